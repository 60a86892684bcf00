/** Courses side by side. Their facts come from their own pages, so that they are written only once. */

import { basePath, copyTemplate, part } from "../core/dom.js";
import { fetchFile } from "../core/fetch.js";
import { refresh, shortlist } from "./shortlist.js";
import { StatusLine } from "./status-line.js";
import { addressWithCourses, MAX_COMPARED, parseCourseIds } from "./store.js";

/** @param {HTMLElement} root */
export function start(root) {
  const page = new ComparePage(root);
  shortlist.onChange(() => page.offerOthers());
  return page.show();
}

class ComparePage {
  constructor(root) {
    this.root = root;
    this.table = part(root, "table");
    this.rows = [...this.table.querySelectorAll("tr[data-row]")];
    this.status = new StatusLine(root);
    const linked = parseCourseIds(location.search);
    const ids = linked?.ids ?? shortlist.items().map((course) => course.id);
    /** The compared courses, in order. @type {string[]} */
    this.ids = ids.slice(0, MAX_COMPARED);
    this.hasUnknown = linked?.ignored ?? false;
    /** The cells of each course by id: its heading, then a cell for each row. @type {Map<string, HTMLElement[]>} */
    this.columns = new Map();
    if (linked && ids.length > MAX_COMPARED) this.status.show("most");

    addTableRoles(this.table);
    part(root, "only").addEventListener("change", (event) => {
      this.table.classList.toggle("compare-only", event.target.checked);
      this.arrange();
    });
    part(root, "again").addEventListener("click", () => this.show());
    part(root, "share-list").addEventListener("click", () => this.status.shareCourses(this.ids));
  }

  /** Loads the courses that are missing, and shows all that could be loaded. */
  async show() {
    const missing = this.ids.filter((id) => !this.columns.has(id));
    const results = await this.status.whileLoading(Promise.allSettled(missing.map(loadCourse)));
    missing.forEach((id, index) => {
      const result = results[index];
      if (result.status === "rejected" || !this.ids.includes(id)) return;
      if (result.value) this.columns.set(id, this.createColumn(result.value));
      else this.leaveOut(id);
    });
    part(this.root, "failed").hidden = this.ids.every((id) => this.columns.has(id));
    this.arrange();
  }

  leaveOut(id) {
    this.ids = this.ids.filter((other) => other !== id);
    this.hasUnknown = true;
  }

  /** Brings the columns in order, marks equal rows, and updates everything around the table. */
  arrange() {
    const { root } = this;
    const loaded = this.ids.filter((id) => this.columns.has(id));
    loaded.forEach((id) => {
      const [heading, ...cells] = this.columns.get(id);
      part(root, "courses").append(heading);
      this.rows.forEach((row, index) => row.append(cells[index]));
    });
    this.table.style.setProperty("--courses", String(loaded.length));
    const different = this.markEqualRows(loaded.length);
    const only = part(root, "only");
    only.closest("label").hidden = loaded.length < 2;
    part(root, "all-same").hidden = different > 0 || !only.checked || loaded.length < 2;
    part(root, "unknown").hidden = !this.hasUnknown;
    part(root, "empty").hidden = this.ids.length > 0;
    part(root, "filled").hidden = !loaded.length;
    history.replaceState(history.state, "", addressWithCourses(location.pathname, this.ids) + location.hash);
    this.offerOthers();
  }

  /** Hides rows of which no course says anything, and marks those in which all are the same. Returns the number of other rows. */
  markEqualRows(courses) {
    let different = 0;
    for (const row of this.rows) {
      row.hidden = !row.querySelector("td:not([data-nothing])");
      const texts = new Set([...row.querySelectorAll("td")].map(textOf));
      const equal = courses > 1 && texts.size === 1;
      row.classList.toggle("compare-equal", equal);
      part(row, "same").hidden = !equal;
      different += Number(!equal);
    }
    return different;
  }

  /** Offers the other courses of the shortlist. */
  offerOthers() {
    const others = shortlist.items().filter((course) => !this.ids.includes(course.id));
    part(this.root, "more").hidden = !others.length;
    part(this.root, "others").replaceChildren(
      ...others.map((course) => {
        const item = copyTemplate(this.root, "other");
        part(item, "title").textContent = course.title || course.id;
        item.querySelector("button").addEventListener("click", () => this.add(course));
        return item;
      }),
    );
  }

  async add(course) {
    if (this.ids.length >= MAX_COMPARED) {
      this.status.show("most");
      return;
    }
    this.ids = [...this.ids, course.id];
    await this.show();
    const column = this.columns.get(course.id);
    if (!column) return;
    this.status.show("added", { course: textOf(part(column[0], "title")) });
    part(column[0], "title").focus();
  }

  remove(id) {
    const column = this.columns.get(id);
    const next = this.ids[this.ids.indexOf(id) + 1] ?? this.ids[this.ids.indexOf(id) - 1];
    for (const cell of column) cell.remove();
    this.columns.delete(id);
    this.ids = this.ids.filter((other) => other !== id);
    this.arrange();
    this.status.show("removed", { course: textOf(part(column[0], "title")) });
    // The button that had the focus is gone with its column.
    const nextButton = this.columns.get(next)?.[0].querySelector(".kept-remove");
    (nextButton ?? part(this.root, "empty").querySelector("a")).focus();
  }

  /** The heading of a course, then a cell for each row. */
  createColumn(course) {
    const heading = copyTemplate(this.root, "course");
    heading.setAttribute("role", "columnheader");
    const link = /** @type {HTMLAnchorElement} */ (part(heading, "title"));
    link.href = course.url;
    link.textContent = course.title;
    part(heading, "name").textContent = course.title;
    heading.querySelector(".kept-remove").addEventListener("click", () => this.remove(course.id));
    if (course.saveButton) {
      link.after(course.saveButton);
      refresh(heading);
    }
    return [heading, ...this.rows.map((row) => this.createCell(course.facts.get(row.dataset.row)))];
  }

  createCell(nodes) {
    const cell = document.createElement("td");
    cell.setAttribute("role", "cell");
    cell.toggleAttribute("data-nothing", !nodes?.length);
    cell.append(...(nodes?.length ? nodes : [copyTemplate(this.root, "nothing")]));
    return cell;
  }
}

/**
 * Loads a course from its own page.
 *
 * @param {string} id
 * @returns {Promise<{ id: string, url: string, title: string, facts: Map<string, Node[]>, saveButton: Node | null } | null>}
 *   null if there is no such course
 */
async function loadCourse(id) {
  const url = new URL(`${basePath}courses/${id}/`, location.origin);
  const file = await fetchFile(url, { optional: true });
  if (!file) return null;
  const page = new DOMParser().parseFromString(await file.text(), "text/html");
  // Some hosts deliver another page if there is none, and an old address delivers a page that redirects.
  if (page.querySelector("[data-course]")?.dataset.course !== id) return null;
  const facts = new Map();
  for (const fact of page.querySelectorAll("[data-fact]")) {
    facts.set(fact.dataset.fact, importNodes(fact.matches("ul, ol") ? [fact] : [...fact.childNodes]));
  }
  const button = page.querySelector(".helpers [data-save]");
  const title = textOf(page.querySelector("h1"));
  const saveButton = button && /** @type {HTMLElement} */ (document.importNode(button, true));
  if (saveButton) Object.assign(saveButton.dataset, { save: id, title });
  return { id, url: url.pathname, title, facts, saveButton };
}

/** Copies of the nodes of another document, without white space between them. */
function importNodes(nodes) {
  return nodes
    .map((node) => document.importNode(node, true))
    .filter((node) => node.nodeType === Node.ELEMENT_NODE || node.textContent.trim());
}

function textOf(element) {
  return element.textContent.replace(/\s+/g, " ").trim();
}

/** On a phone the rows are laid out as blocks. Some browsers then need roles to still treat them as a table. */
function addTableRoles(table) {
  const roles = { "thead, tbody": "rowgroup", tr: "row", 'th[scope="row"]': "rowheader", td: "cell" };
  table.setAttribute("role", "table");
  for (const [selector, role] of Object.entries(roles)) {
    for (const element of table.querySelectorAll(selector)) element.setAttribute("role", role);
  }
}
