/**
 * What names a list on its page: the document's title, heading, lead, breadcrumbs and the marked item of the menu. When
 * filters lead to the list of another page of the website, all of this becomes that page's, and whatever belongs only to
 * the loaded page (`data-own`) is hidden.
 */

import { basePath, setText } from "../core/dom.js";
import { message } from "../core/i18n.js";

export class PageHeader {
  /** @param {string} path of the loaded page, without base path and page number */
  constructor(path) {
    this.path = path;
    this.intro = document.querySelector(".intro");
    this.heading = document.querySelector("main h1");
    this.lead = document.querySelector(".intro .lead");
    this.crumbs = document.querySelector(".crumbs ol");
    this.menuLinks = [...document.querySelectorAll(".site-nav a")];
    this.ownElements = [...document.querySelectorAll("[data-own]")];
    this.original = {
      title: document.title,
      heading: this.heading?.textContent,
      lead: this.lead?.textContent,
      crumbs: this.crumbs ? [...this.crumbs.children] : [],
      menuMarks: this.menuLinks.map((link) => link.getAttribute("aria-current")),
    };
  }

  /**
   * @param {import("./state.js").Page & { lead?: string, crumbs?: [string, string][] }} page
   * @param {number} number of the page
   * @param {boolean} isLoadedPage whether this is the page that was loaded, with the same number and no filters
   */
  show(page, number, isLoadedPage) {
    const isSamePath = page.path === this.path;
    const current = `${page.path} ${number} ${isLoadedPage}`;
    if (current === this.current) return;
    this.current = current;
    const height = this.intro?.offsetHeight;
    document.title = isLoadedPage ? this.original.title : numberedTitle(page, number);
    setText(this.heading, isSamePath ? this.original.heading : page.heading);
    if (this.lead) {
      setText(this.lead, isSamePath ? this.original.lead : (page.lead ?? ""));
      this.lead.hidden = this.lead.textContent === "";
    }
    this.crumbs?.replaceChildren(...(isSamePath ? this.original.crumbs : this.#createCrumbs(page)));
    this.#markMenu(isSamePath ? null : page);
    for (const element of this.ownElements) element.hidden = !isLoadedPage;
    if (height) this.#keepScrollPosition(height);
  }

  /** Shows everything as it was when the page was loaded. */
  showOriginal() {
    this.show({ path: this.path, heading: "", title: "" }, 1, true);
  }

  /**
   * The loaded page, in the form that the data has for pages.
   *
   * @param {number} number of the page
   * @returns {import("./state.js").Page}
   */
  loadedPage(number) {
    const { heading, title } = this.original;
    const numbered = message("page_title", { title: heading, number });
    return {
      path: this.path,
      heading,
      title: title.startsWith(numbered) ? heading + title.slice(numbered.length) : title,
    };
  }

  /** Once the address has changed, browsers must not share the canonical address of the loaded page. */
  removeCanonicalLinks() {
    for (const link of document.querySelectorAll('link:is([rel="canonical"], [rel="prev"], [rel="next"])')) link.remove();
  }

  /**
   * Keeps the list below in its place: the intro does not shrink, and if it grows, the page is scrolled by as much.
   *
   * @param {number} height of the intro before the change
   */
  #keepScrollPosition(height) {
    this.intro.style.minHeight = `${height}px`;
    const growth = this.intro.offsetHeight - height;
    if (growth) scrollBy({ top: growth, behavior: "instant" });
  }

  /** Marks the menu item that a page belongs to; null stands for the loaded page. */
  #markMenu(page) {
    const section = page && basePath + page.crumbs[0][1];
    this.menuLinks.forEach((link, index) => {
      const mark = page ? menuMark(link, section, page) : this.original.menuMarks[index];
      if (mark) link.setAttribute("aria-current", mark);
      else link.removeAttribute("aria-current");
    });
    for (const group of document.querySelectorAll("[data-menu-group]")) {
      const summary = group.querySelector("summary");
      if (group.querySelector("a[aria-current]")) summary.setAttribute("aria-current", "true");
      else summary.removeAttribute("aria-current");
    }
  }

  #createCrumbs(page) {
    const home = this.original.crumbs.slice(0, 1);
    const others = page.crumbs.map(([title, path], index) => {
      const isLast = index === page.crumbs.length - 1;
      const inner = document.createElement(isLast ? "span" : "a");
      inner.textContent = title;
      if (isLast) inner.setAttribute("aria-current", "page");
      else inner.href = basePath + encodeURI(path);
      const item = document.createElement("li");
      item.append(inner);
      return item;
    });
    return [...home, ...others];
  }
}

function menuMark(link, section, page) {
  if (link.pathname !== section || link.search || link.origin !== location.origin) return null;
  return basePath + page.path === section ? "page" : "true";
}

/** The document's title for a page of a list, as the build writes it. */
function numberedTitle({ title, heading }, number) {
  if (number === 1 || !title.startsWith(heading)) return title;
  return message("page_title", { title: heading, number }) + title.slice(heading.length);
}
