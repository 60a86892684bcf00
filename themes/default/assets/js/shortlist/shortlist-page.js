/** The page of the shortlist. It shows the visitor's own courses, or the courses in a link, which are kept apart. */

import { loadCards, loadCourses } from "../core/data.js";
import { basePath, copyTemplate, elementFromHtml, part, setText } from "../core/dom.js";
import { fetchFile } from "../core/fetch.js";
import { fillPlaceholders } from "../core/i18n.js";
import { downloadCalendar, mergeCalendars } from "./calendar.js";
import { refresh, shortlist } from "./shortlist.js";
import { StatusLine } from "./status-line.js";
import { addressWithCourses, MAX_COMPARED, parseCourseIds } from "./store.js";

/** @param {HTMLElement} root */
export function start(root) {
  const page = new ShortlistPage(root);
  shortlist.onChange(() => page.show());
  return page.show();
}

/**
 * A course on the page. `exists` is false if it is no longer in the catalogue.
 *
 * @typedef {{ element: HTMLElement, title: string, exists: boolean }} Item
 */

class ShortlistPage {
  constructor(root) {
    this.root = root;
    this.list = part(root, "list");
    this.status = new StatusLine(root);
    const linked = parseCourseIds(location.search);
    const saved = new Set(shortlist.items().map((course) => course.id));
    const isOwnList = !linked?.ids.length || (linked.ids.length === saved.size && linked.ids.every((id) => saved.has(id)));
    /** The courses in the address; null if the page shows the visitor's own list. @type {string[] | null} */
    this.linked = isOwnList ? null : linked.ids;
    this.hasUnknown = linked?.ignored ?? false;
    /** By id. @type {Map<string, Item>} */
    this.items = new Map();
    /** The ids of the courses that are ticked for the comparison. */
    this.ticked = new Set();
    /** What `undo` brings back, the last one first. */
    this.removed = [];
    this.updates = 0;

    this.onClick("take", () => this.saveLinked());
    this.onClick("undo", () => this.undo());
    this.onClick("share-list", () => this.status.shareCourses(this.ids()));
    this.onClick("calendar", () => this.downloadCalendar());
  }

  onClick(name, act) {
    part(this.root, name).addEventListener("click", act);
  }

  /** The courses to show. Titles are "" as far as they are unknown. */
  wanted() {
    return this.linked ? this.linked.map((id) => ({ id, title: "" })) : shortlist.items();
  }

  /** The ids of the courses on the page, in order. */
  *ids() {
    for (const element of this.list.children) yield element.dataset.id;
  }

  // --- showing courses ---

  /** Updates the page. Items that stay are left alone, so that they keep the focus and their ticks. */
  async show() {
    const update = ++this.updates;
    const wanted = this.wanted();
    const added = wanted.filter((course) => !this.items.has(course.id));
    if (added.length) {
      const items = await this.status.whileLoading(this.createItems(added));
      if (update !== this.updates) return undefined;
      for (const [id, item] of items) this.items.set(id, item);
    }
    const courses = wanted.filter((course) => this.items.has(course.id));
    if (this.linked && !courses.length) {
      this.linked = null; // A link without a single course must not hide the visitor's own list.
      return this.show();
    }
    this.arrange(courses);
    refresh(this.list);
    this.showFrame(courses.length);
    return undefined;
  }

  /** Removes the items of other courses, and brings these in order. */
  arrange(courses) {
    for (const [id, item] of this.items) {
      if (!courses.some((course) => course.id === id)) {
        item.element.remove();
        this.items.delete(id);
        this.ticked.delete(id);
      }
    }
    courses.forEach(({ id }, position) => {
      const { element } = this.items.get(id);
      if (this.list.children[position] !== element) this.list.insertBefore(element, this.list.children[position] ?? null);
    });
  }

  /** Everything around the list. */
  showFrame(count) {
    const { root } = this;
    const isOwnList = !this.linked;
    const heading = part(root, "heading");
    root.classList.toggle("kept-own", isOwnList);
    part(root, "from").hidden = isOwnList || !shortlist.isPersistent();
    part(root, "not-kept").hidden = shortlist.isPersistent() || !count;
    part(root, "unknown").hidden = !this.hasUnknown;
    part(root, "empty").hidden = count > 0;
    part(root, "filled").hidden = !count;
    part(root, "undo").hidden = !isOwnList || !this.removed.length;
    const { own, sent } = heading.dataset;
    setText(heading, fillPlaceholders(isOwnList ? own : sent, { count: String(count) }));
    this.showActions();
  }

  /** What can be done with the courses that are still in the catalogue. */
  showActions() {
    const existing = [...this.ids()].filter((id) => this.items.get(id).exists);
    const ticked = existing.filter((id) => this.ticked.has(id));
    const compare = part(this.root, "compare");
    compare.href = addressWithCourses(compare.pathname, ticked.length ? ticked : existing.slice(0, MAX_COMPARED));
    compare.hidden = existing.length < 2;
    part(this.root, "hint").hidden = existing.length <= MAX_COMPARED;
    part(this.root, "calendar").hidden = !existing.length;
    for (const id of existing) this.items.get(id).element.querySelector(".kept-choice").hidden = existing.length < 2;
  }

  // --- items ---

  /**
   * Items for courses, by id. Without the data they are plain links.
   *
   * @returns {Promise<Map<string, Item>>}
   */
  async createItems(courses) {
    const cards = await this.loadCardsById(courses.map((course) => course.id));
    const items = new Map();
    for (const course of courses) {
      const card = cards?.get(course.id);
      if (card !== undefined) items.set(course.id, this.createItem(course, elementFromHtml(card), true));
      else if (!cards) items.set(course.id, this.createItem(course, this.plainLink(course), true));
      else if (!this.linked) items.set(course.id, this.createItem(course, this.goneNote(course), false));
      else this.hasUnknown = true;
    }
    return items;
  }

  /** The cards by course id, without those of unknown courses; null if the data cannot be loaded. */
  async loadCardsById(ids) {
    try {
      const { ids: allIds } = await loadCourses();
      const wanted = new Set(ids);
      const numbers = new Map();
      allIds.forEach((id, number) => wanted.has(id) && numbers.set(id, number));
      const cards = await loadCards(numbers.values());
      return new Map([...numbers].map(([id, number]) => [id, cards.get(number)]));
    } catch {
      this.status.show("failed");
      return null;
    }
  }

  plainLink(course) {
    const card = copyTemplate(this.root, "plain");
    const link = card.querySelector("a");
    link.textContent = course.title || course.id;
    link.href = `${basePath}courses/${course.id}/`;
    return card;
  }

  goneNote(course) {
    const card = copyTemplate(this.root, "gone");
    part(card, "title").textContent = course.title || course.id;
    return card;
  }

  createItem(course, card, exists) {
    const element = copyTemplate(this.root, "item");
    const title = card.querySelector(".card-title")?.textContent.trim() || course.title || course.id;
    element.dataset.id = course.id;
    element.prepend(card);
    for (const name of element.querySelectorAll('[data-part="name"]')) name.textContent = title;
    const choice = element.querySelector(".kept-choice");
    if (exists) choice.querySelector("input").addEventListener("change", (event) => this.tick(course.id, event.target));
    else choice.remove();
    element.querySelector(".kept-remove").addEventListener("click", () => this.remove(course.id));
    return { element, title, exists };
  }

  // --- what visitors do ---

  tick(id, checkbox) {
    if (checkbox.checked && this.ticked.size >= MAX_COMPARED) {
      checkbox.checked = false;
      this.status.show("most");
      return;
    }
    if (checkbox.checked) this.ticked.add(id);
    else this.ticked.delete(id);
    this.status.clear();
    this.showActions();
  }

  remove(id) {
    const position = shortlist.items().findIndex((course) => course.id === id);
    const { title, element } = this.items.get(id);
    const next = element.nextElementSibling ?? element.previousElementSibling;
    this.removed.push({ course: shortlist.items()[position], position });
    shortlist.remove(id); // which also updates the page
    this.status.show("removed", { course: title });
    // The button that had the focus is gone. The next one is in its place now.
    (next?.querySelector(".kept-remove") ?? part(this.root, "undo")).focus();
  }

  async undo() {
    const { course, position } = this.removed.pop();
    shortlist.save(course, position);
    await this.show();
    const item = this.items.get(course.id);
    this.status.show("back", { course: item?.title ?? course.title });
    (item?.element.querySelector(".card-title a") ?? part(this.root, "heading")).focus();
  }

  /** Saves the courses of the link in the visitor's own list. */
  async saveLinked() {
    for (const id of this.ids()) {
      if (!shortlist.has(id)) shortlist.save({ id, title: this.items.get(id).title });
    }
    this.linked = null;
    history.replaceState(history.state, "", location.pathname);
    await this.show();
    this.status.show("taken");
    part(this.root, "heading").focus();
  }

  async downloadCalendar() {
    const links = [...this.list.querySelectorAll(".card-title a")];
    try {
      const files = await Promise.all(links.map((link) => fetchFile(new URL("sessions.ics", link.href), { optional: true })));
      const texts = await Promise.all(files.filter(Boolean).map((file) => file.text()));
      const calendar = mergeCalendars(texts);
      if (!calendar) this.status.show("noDates");
      else if (texts.length < links.length) this.status.show("someDates");
      else this.status.clear();
      if (calendar) downloadCalendar(calendar, "shortlist.ics");
    } catch {
      this.status.show("noCalendar");
    }
  }
}
