/** Courses side by side. Their facts come from their own pages, so that nothing is said twice. */

import { copyOf, filled, part, setText } from "../core/dom.js";
import { addressOf, fromAddress, MOST_COMPARED } from "./store.js";
import { share } from "../ui/share.js";
import { refresh, shortlist } from "./shortlist.js";

/** @param {HTMLElement} root */
export function start(root) {
  const page = new ComparePage(root);
  shortlist.onChange(() => page.offer());
  return page.show();
}

class ComparePage {
  constructor(root) {
    this.root = root;
    this.table = part(root, "table");
    this.rows = [...this.table.querySelectorAll("tr[data-row]")];
    const asked = fromAddress(location.search);
    const ids = asked?.ids ?? shortlist.items().map((one) => one.id);
    /** What is compared, in order. @type {string[]} */
    this.ids = ids.slice(0, MOST_COMPARED);
    this.unknown = asked?.ignored ?? false;
    /** The cells of each course: its heading, then one for each row. @type {Map<string, HTMLElement[]>} */
    this.columns = new Map();
    this.titles = new Map(shortlist.items().map((one) => [one.id, one.title]));
    if (asked && ids.length > MOST_COMPARED) this.say("most");

    keepTable(this.table);
    part(root, "only").addEventListener("change", (event) => {
      this.table.classList.toggle("compare-only", event.target.checked);
      this.frame();
    });
    part(root, "again").addEventListener("click", () => this.show());
    part(root, "share-list").addEventListener("click", () => this.share());
  }

  say(name, values = {}) {
    const status = part(this.root, "status");
    status.textContent = name ? filled(status.dataset[name], values) : "";
  }

  /** Loads what is missing, and shows all that could be had. */
  async show() {
    const missing = this.ids.filter((id) => !this.columns.has(id));
    const status = part(this.root, "status");
    const slow = missing.length ? setTimeout(() => this.say("loading"), 500) : 0;
    const found = await Promise.allSettled(missing.map(loadedCourse));
    clearTimeout(slow);
    if (status.textContent === status.dataset.loading) this.say("");
    missing.forEach((id, number) => {
      const result = found[number];
      if (result.status === "rejected" || !this.ids.includes(id)) return;
      if (result.value) this.columns.set(id, this.column(result.value));
      else this.drop(id);
    });
    part(this.root, "failed").hidden = this.ids.every((id) => this.columns.has(id));
    this.frame();
  }

  drop(id) {
    this.ids = this.ids.filter((one) => one !== id);
    this.unknown = true;
  }

  /** Puts the columns in order, marks what is the same, and brings all around the table up to date. */
  frame() {
    const { root } = this;
    const shown = this.ids.filter((id) => this.columns.has(id));
    shown.forEach((id) => {
      const [heading, ...cells] = this.columns.get(id);
      part(root, "courses").append(heading);
      this.rows.forEach((row, number) => row.append(cells[number]));
    });
    this.table.style.setProperty("--courses", String(shown.length));
    let differ = 0;
    for (const row of this.rows) {
      const texts = new Set([...row.querySelectorAll("td")].map((cell) => textOf(cell)));
      const same = shown.length > 1 && texts.size === 1;
      row.classList.toggle("compare-equal", same);
      part(row, "same").hidden = !same;
      differ += Number(!same);
    }
    const only = part(root, "only");
    only.closest("label").hidden = shown.length < 2;
    part(root, "all-same").hidden = differ > 0 || !only.checked || shown.length < 2;
    part(root, "unknown").hidden = !this.unknown;
    part(root, "empty").hidden = this.ids.length > 0;
    part(root, "filled").hidden = !shown.length;
    history.replaceState(history.state, "", addressOf(location.pathname, this.ids) + location.hash);
    this.offer();
  }

  /** The courses of the shortlist that could be added. */
  offer() {
    const others = shortlist.items().filter((one) => !this.ids.includes(one.id));
    part(this.root, "more").hidden = !others.length;
    part(this.root, "others").replaceChildren(
      ...others.map((course) => {
        const item = copyOf(this.root, "other");
        part(item, "title").textContent = course.title || course.id;
        item.querySelector("button").addEventListener("click", () => this.add(course));
        return item;
      }),
    );
  }

  async add(course) {
    if (this.ids.length >= MOST_COMPARED) {
      this.say("most");
      return;
    }
    this.ids = [...this.ids, course.id];
    await this.show();
    const column = this.columns.get(course.id);
    if (!column) return;
    this.say("added", { course: textOf(part(column[0], "title")) });
    part(column[0], "title").focus();
  }

  remove(id) {
    const column = this.columns.get(id);
    const next = this.ids[this.ids.indexOf(id) + 1] ?? this.ids[this.ids.indexOf(id) - 1];
    for (const cell of column) cell.remove();
    this.columns.delete(id);
    this.ids = this.ids.filter((one) => one !== id);
    this.frame();
    this.say("removed", { course: textOf(part(column[0], "title")) });
    const place = this.columns.get(next)?.[0].querySelector(".kept-remove") ?? part(this.root, "empty").querySelector("a");
    place.focus();
  }

  /** The cells of a course. */
  column(course) {
    const heading = copyOf(this.root, "course");
    heading.setAttribute("role", "columnheader");
    const link = /** @type {HTMLAnchorElement} */ (part(heading, "title"));
    link.href = course.url;
    link.textContent = course.title;
    part(heading, "name").textContent = course.title;
    heading.querySelector(".kept-remove").addEventListener("click", () => this.remove(course.id));
    if (course.save) {
      link.after(course.save);
      refresh(heading);
    }
    return [heading, ...this.rows.map((row) => this.cell(course.facts.get(row.dataset.row)))];
  }

  cell(nodes) {
    const cell = document.createElement("td");
    cell.setAttribute("role", "cell");
    cell.append(...(nodes?.length ? nodes : [copyOf(this.root, "nothing")]));
    return cell;
  }

  async share() {
    const address = addressOf(location.origin + location.pathname, this.ids);
    const done = await share(document.querySelector("h1").textContent.trim(), address);
    if (done === "copied") this.say("copied");
    if (done === "failed") setText(part(this.root, "status"), address);
  }
}

/**
 * A course out of its own page; null where there is none, so that its slug is none either.
 *
 * @param {string} id
 */
async function loadedCourse(id) {
  const url = new URL(`${document.documentElement.dataset.base}courses/${id}/`, location.origin);
  const response = await fetch(url);
  if (response.status === 404 || response.status === 410) return null;
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  // Some hosts answer with another page where there is none, and an old address leads to a page that leads on.
  if (page.querySelector("[data-course]")?.dataset.course !== id) return null;
  const facts = new Map();
  for (const fact of page.querySelectorAll("[data-fact]")) {
    facts.set(fact.dataset.fact, taken(fact.matches("ul, ol") ? [fact] : [...fact.childNodes]));
  }
  const save = page.querySelector(".helpers [data-save]");
  const title = textOf(page.querySelector("h1"));
  return { id, url: url.pathname, title, facts, save: save && taken([save])[0] };
}

/** Nodes of another document, but for white space between them. */
function taken(nodes) {
  return nodes
    .map((node) => document.importNode(node, true))
    .filter((node) => node.nodeType === Node.ELEMENT_NODE || node.textContent.trim());
}

function textOf(element) {
  return element.textContent.replace(/\s+/g, " ").trim();
}

/** On a phone the rows are laid out as blocks, which some browsers then no longer take for a table. */
function keepTable(table) {
  table.setAttribute("role", "table");
  for (const part of table.querySelectorAll("thead, tbody")) part.setAttribute("role", "rowgroup");
  for (const row of table.querySelectorAll("tr")) row.setAttribute("role", "row");
  for (const heading of table.querySelectorAll('th[scope="row"]')) heading.setAttribute("role", "rowheader");
  for (const cell of table.querySelectorAll("td")) cell.setAttribute("role", "cell");
}
