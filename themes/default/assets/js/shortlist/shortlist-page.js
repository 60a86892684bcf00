/** The page of the shortlist: the visitor's own courses, or those that a link names, which stay apart from them. */

import { download, merged } from "./calendar.js";
import { loadCards, loadCourses } from "../core/data.js";
import { copyOf, filled, part, setText } from "../core/dom.js";
import { addressOf, fromAddress, MOST_COMPARED } from "./store.js";
import { share } from "../ui/share.js";
import { refresh, shortlist } from "./shortlist.js";

/** @param {HTMLElement} root */
export function start(root) {
  const page = new ShortlistPage(root);
  shortlist.onChange(() => page.show());
  return page.show();
}

class ShortlistPage {
  constructor(root) {
    this.root = root;
    this.list = part(root, "list");
    const asked = fromAddress(location.search);
    const own = new Set(shortlist.items().map((one) => one.id));
    const isOwn = !asked?.ids.length || (asked.ids.length === own.size && asked.ids.every((id) => own.has(id)));
    /** The courses that the address names; null where the list is the visitor's own. @type {string[] | null} */
    this.sent = isOwn ? null : asked.ids;
    this.ignored = asked?.ignored ?? false;
    /** @type {Map<string, { element: HTMLElement, title: string, there: boolean }>} */
    this.items = new Map();
    this.chosen = new Set();
    this.removed = [];
    this.turn = 0;

    this.on("take", () => this.take());
    this.on("undo", () => this.undo());
    this.on("share-list", () => this.share());
    this.on("calendar", () => this.calendar());
  }

  on(name, act) {
    part(this.root, name).addEventListener("click", act);
  }

  say(name, values = {}) {
    const status = part(this.root, "status");
    status.textContent = name ? filled(status.dataset[name], values) : "";
  }

  /** What is to be shown: ids with the titles that are known of them. */
  wanted() {
    return this.sent ? this.sent.map((id) => ({ id, title: "" })) : shortlist.items();
  }

  /** Brings the page up to date. Items that stay are not touched, so that focus and ticks stay too. */
  async show() {
    const turn = ++this.turn;
    const wanted = this.wanted();
    const fresh = wanted.filter((one) => !this.items.has(one.id));
    if (fresh.length) {
      const slow = setTimeout(() => this.say("loading"), 500);
      const made = await this.made(fresh);
      clearTimeout(slow);
      if (turn !== this.turn) return undefined;
      if (part(this.root, "status").textContent === part(this.root, "status").dataset.loading) this.say("");
      for (const [id, item] of made) this.items.set(id, item);
    }
    const shown = wanted.filter((one) => this.items.has(one.id));
    if (this.sent && !shown.length) {
      this.sent = null; // A link to nothing must not stand before what there is.
      return this.show();
    }
    for (const [id, item] of this.items) {
      if (!shown.some((one) => one.id === id)) {
        item.element.remove();
        this.items.delete(id);
        this.chosen.delete(id);
      }
    }
    shown.forEach((one, position) => {
      const { element } = this.items.get(one.id);
      if (this.list.children[position] !== element) this.list.insertBefore(element, this.list.children[position] ?? null);
    });
    refresh(this.list);
    this.frame(shown);
    return undefined;
  }

  /** Everything around the list. */
  frame(shown) {
    const { root } = this;
    const own = !this.sent;
    const heading = part(root, "heading");
    root.classList.toggle("kept-own", own);
    part(root, "from").hidden = own || !shortlist.isKept();
    part(root, "not-kept").hidden = shortlist.isKept() || !shown.length;
    part(root, "unknown").hidden = !this.ignored;
    part(root, "empty").hidden = shown.length > 0;
    part(root, "filled").hidden = !shown.length;
    part(root, "undo").hidden = !own || !this.removed.length;
    setText(heading, filled(own ? heading.dataset.own : heading.dataset.sent, { count: String(shown.length) }));
    this.actions();
  }

  /** What can be done with the courses that are there. */
  actions() {
    const there = [...this.ids()].filter((id) => this.items.get(id).there);
    const chosen = there.filter((id) => this.chosen.has(id));
    const compare = part(this.root, "compare");
    compare.href = addressOf(compare.pathname, chosen.length ? chosen : there.slice(0, MOST_COMPARED));
    compare.hidden = there.length < 2;
    part(this.root, "hint").hidden = there.length <= MOST_COMPARED;
    part(this.root, "calendar").hidden = !there.length;
    for (const id of there) this.items.get(id).element.querySelector(".kept-choice").hidden = there.length < 2;
  }

  /** The ids of what is shown, in order. */
  *ids() {
    for (const element of this.list.children) yield element.dataset.id;
  }

  /** Elements for courses. Without the data they are plain links. */
  async made(courses) {
    let numbers = new Map();
    let cards = new Map();
    let failed = false;
    try {
      const all = await loadCourses();
      const wanted = new Set(courses.map((one) => one.id));
      all.ids.forEach((id, number) => wanted.has(id) && numbers.set(id, number));
      cards = await loadCards(numbers.values());
    } catch {
      failed = true; // The pages of the courses can still be reached.
      numbers = new Map();
      this.say("failed");
    }
    const made = new Map();
    for (const course of courses) {
      const card = cards.get(numbers.get(course.id));
      if (card !== undefined) made.set(course.id, this.item(course, fragmentOf(card), true));
      else if (failed) made.set(course.id, this.item(course, this.plain(course), true));
      else if (!this.sent) made.set(course.id, this.item(course, this.gone(course), false));
      else this.ignored = true;
    }
    return made;
  }

  plain(course) {
    const card = copyOf(this.root, "plain");
    const link = card.querySelector("a");
    link.textContent = course.title || course.id;
    link.href = `${document.documentElement.dataset.base}courses/${course.id}/`;
    return card;
  }

  gone(course) {
    const card = copyOf(this.root, "gone");
    part(card, "title").textContent = course.title || course.id;
    return card;
  }

  item(course, card, there) {
    const element = copyOf(this.root, "item");
    const title = card.querySelector?.(".card-title")?.textContent.trim() || course.title || course.id;
    element.dataset.id = course.id;
    element.prepend(card);
    for (const name of element.querySelectorAll('[data-part="name"]')) name.textContent = title;
    const choice = element.querySelector(".kept-choice");
    if (there) choice.querySelector("input").addEventListener("change", (event) => this.choose(course.id, event.target));
    else choice.remove();
    element.querySelector(".kept-remove").addEventListener("click", () => this.remove(course.id));
    return { element, title, there };
  }

  choose(id, box) {
    if (box.checked && this.chosen.size >= MOST_COMPARED) {
      box.checked = false;
      this.say("most");
      return;
    }
    if (box.checked) this.chosen.add(id);
    else this.chosen.delete(id);
    this.say("");
    this.actions();
  }

  remove(id) {
    const position = shortlist.items().findIndex((one) => one.id === id);
    const { title, element } = this.items.get(id);
    const next = element.nextElementSibling ?? element.previousElementSibling;
    this.removed.push({ course: shortlist.items()[position], position });
    shortlist.remove(id); // which shows the page anew
    this.say("removed", { course: title });
    // Where the button was, the next one is now.
    (next?.querySelector(".kept-remove") ?? part(this.root, "undo")).focus();
  }

  async undo() {
    const { course, position } = this.removed.pop();
    shortlist.save(course, position);
    await this.show();
    const item = this.items.get(course.id);
    this.say("back", { course: item?.title ?? course.title });
    (item?.element.querySelector(".card-title a") ?? part(this.root, "heading")).focus();
  }

  async take() {
    for (const id of this.ids()) {
      if (!shortlist.has(id)) shortlist.save({ id, title: this.items.get(id).title });
    }
    this.sent = null;
    history.replaceState(history.state, "", location.pathname);
    await this.show();
    this.say("taken");
    part(this.root, "heading").focus();
  }

  async share() {
    const address = addressOf(location.origin + location.pathname, [...this.ids()]);
    const done = await share(document.querySelector("h1").textContent.trim(), address);
    if (done === "copied") this.say("copied");
    if (done === "failed") setText(part(this.root, "status"), address);
  }

  async calendar() {
    const there = [...this.list.querySelectorAll(".card-title a")];
    try {
      const found = await Promise.all(there.map((link) => fetchedText(new URL("sessions.ics", link.href))));
      const texts = found.filter(Boolean);
      const text = merged(texts);
      this.say(!text ? "noDates" : texts.length < there.length ? "someDates" : "");
      if (text) download(text, "shortlist.ics");
    } catch {
      this.say("noCalendar");
    }
  }
}

/** A file's text; "" where there is no such file. */
async function fetchedText(url) {
  const response = await fetch(url);
  if (response.status === 404) return "";
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response.text();
}

/** A card that the build has rendered, as an element. */
function fragmentOf(html) {
  const box = document.createElement("template");
  box.innerHTML = html;
  return /** @type {HTMLElement} */ (box.content.firstElementChild);
}
