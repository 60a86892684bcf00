/**
 * What stands around a list and names it: heading, title, lead, breadcrumbs. When the list shows what another page of
 * the website has, it says what that page says; what belongs to the page that was loaded is hidden as long.
 */

import { basePath } from "../core/dom.js";
import { formatNumber, message } from "../core/i18n.js";

export class Frame {
  /** @param {string} path of the page that was loaded, without the basePath path and the number */
  constructor(path) {
    this.path = path;
    this.intro = document.querySelector(".intro");
    this.heading = document.querySelector("main h1");
    this.lead = document.querySelector(".intro .lead");
    this.crumbs = document.querySelector(".crumbs ol");
    this.menu = [...document.querySelectorAll(".site-nav a")];
    this.own = [...document.querySelectorAll("[data-own]")];
    this.before = {
      title: document.title,
      heading: this.heading?.textContent,
      lead: this.lead?.textContent,
      crumbs: this.crumbs ? [...this.crumbs.children] : [],
      menu: this.menu.map((link) => link.getAttribute("aria-current")),
    };
  }

  /**
   * @param {import("./state.js").Page & { lead?: string, crumbs?: [string, string][] }} page whose words are shown
   * @param {number} number of that page
   * @param {boolean} loaded whether this is, to the number, the page that was loaded
   */
  show(page, number, loaded) {
    const here = page.path === this.path;
    const shown = `${page.path} ${number} ${loaded}`;
    if (shown === this.shown) return;
    this.shown = shown;
    const before = this.intro?.offsetHeight;
    document.title = loaded ? this.before.title : numberedTitle(page, number);
    this.#text(this.heading, here ? this.before.heading : page.heading);
    if (this.lead) {
      this.#text(this.lead, here ? this.before.lead : (page.lead ?? ""));
      this.lead.hidden = this.lead.textContent === "";
    }
    this.crumbs?.replaceChildren(...(here ? this.before.crumbs : this.#crumbs(page)));
    this.#showMenu(here ? null : page);
    for (const element of this.own) element.hidden = !loaded;
    if (before) this.#keepPlace(before);
  }

  /**
   * The page that was loaded, as one of those that the data has.
   *
   * @param {number} number of that page
   * @returns {import("./state.js").Page}
   */
  page(number) {
    const { heading, title } = this.before;
    const numbered = message("page_title", { title: heading, number: formatNumber(number) });
    return {
      path: this.path,
      heading,
      title: title.startsWith(numbered) ? heading + title.slice(numbered.length) : title,
    };
  }

  /** Another address than the page's own. Browsers share the canonical one, which is no longer what is seen. */
  leave() {
    for (const link of document.querySelectorAll('link:is([rel="canonical"], [rel="prev"], [rel="next"])')) link.remove();
  }

  /** The page as it was loaded. */
  back() {
    this.show({ path: this.path, heading: "", title: "" }, 1, true);
  }

  /** What somebody points at stays where it is: the top of the page does not get smaller, and where it grows, the page
   * is scrolled by as much. */
  #keepPlace(before) {
    this.intro.style.minHeight = `${before}px`;
    const more = this.intro.offsetHeight - before;
    if (more) scrollBy({ top: more, behavior: "instant" });
  }

  /** Marks the item of the menu below which a page stands; null stands for the page that was loaded. */
  #showMenu(page) {
    const section = page && basePath + page.crumbs[0][1];
    this.menu.forEach((link, index) => {
      const mark = page ? link.pathname === section && (basePath + page.path === section ? "page" : "true") : this.before.menu[index];
      if (mark) link.setAttribute("aria-current", mark);
      else link.removeAttribute("aria-current");
    });
  }

  #text(element, text) {
    if (element && element.textContent !== text) element.textContent = text;
  }

  #crumbs(page) {
    const home = this.before.crumbs.slice(0, 1);
    const others = page.crumbs.map(([title, path], index) => {
      const item = document.createElement("li");
      const last = index === page.crumbs.length - 1;
      const inner = document.createElement(last ? "span" : "a");
      inner.textContent = title;
      if (last) inner.setAttribute("aria-current", "page");
      else inner.href = basePath + encodeURI(path);
      item.append(inner);
      return item;
    });
    return [...home, ...others];
  }
}

/** As the build names the pages of a list. */
function numberedTitle({ title, heading }, number) {
  if (number === 1 || !title.startsWith(heading)) return title;
  return message("page_title", { title: heading, number: formatNumber(number) }) + title.slice(heading.length);
}
