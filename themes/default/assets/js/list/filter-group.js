/** The values of one facet in the filter panel: a group of checkboxes with counts. */

import { copyTemplate, FACETS_OF_ENTRIES, markContent, part, setText } from "../core/dom.js";
import { foldWithoutApostrophes } from "../core/fold.js";
import { formatNumber, message } from "../core/i18n.js";

/** How many values of a long list are shown at first. */
const SHORT_LIST = 10;
/** A list with this many values has a field to find one. */
const LONG_LIST = 15;

/** @typedef {{ item: HTMLElement, input: HTMLInputElement, count: HTMLElement, title: string, lastCount: number }} Row */

export class FilterGroup {
  /**
   * @param {HTMLElement} root the list, which has the templates
   * @param {HTMLElement} element the group
   */
  constructor(root, element) {
    this.root = root;
    this.element = element;
    this.id = element.dataset.facet;
    this.list = part(element, "values");
    /** By value. @type {Map<string, Row>} */
    this.rows = new Map();
    for (const item of this.list.children) this.#addRow(item);
  }

  /**
   * @param {string[]} chosen
   * @param {Uint32Array} [counts] by the code of the value; undefined as long as there is no data
   */
  show(chosen, counts) {
    const checked = new Set(chosen);
    for (const [value, row] of this.rows) {
      if (row.input.checked !== checked.has(value)) row.input.checked = checked.has(value);
      if (counts && this.codes) this.#showCount(row, counts[this.codes.get(value)] ?? 0);
    }
    const number = part(this.element, "facet-chosen");
    number.hidden = checked.size === 0;
    setText(number, formatNumber(checked.size));
  }

  #showCount(row, count) {
    if (row.lastCount === count) return;
    row.lastCount = count;
    setText(row.count, formatNumber(count));
    row.item.classList.toggle("facet-none", count === 0);
  }

  /**
   * Takes the values from the data. The page has only those that its own list has; a short group shows all of them.
   *
   * @param {import("./facet-index.js").FacetIndex} index
   * @param {string[]} values
   */
  complete(index, values) {
    this.index = index;
    this.values = values;
    this.codes = index.byId.get(this.id).codes;
    if (values.length <= SHORT_LIST) this.#addMissing();
    this.#updateMoreButton();
  }

  /** Adds the rows of chosen values that are not shown yet. */
  ensureRows(chosen) {
    for (const value of chosen) {
      if (this.rows.has(value) || !this.codes?.has(value)) continue;
      this.list.append(this.#createItem(value));
      this.#updateMoreButton();
    }
  }

  /** Shows all values, with a field to find one if they are many. */
  expand() {
    this.#addMissing();
    this.#updateMoreButton();
    if (this.values.length >= LONG_LIST) {
      const find = copyTemplate(this.root, "find");
      this.list.before(find);
      this.list.classList.add("facet-scroll");
      find.querySelector("input").focus();
    } else {
      this.rows.get(this.values[SHORT_LIST]).input.focus();
    }
  }

  /** Shows only the values whose titles contain a text. */
  find(text) {
    const wanted = foldWithoutApostrophes(text.trim());
    let matches = 0;
    for (const { item, title } of this.rows.values()) {
      item.hidden = !foldWithoutApostrophes(title).includes(wanted);
      matches += item.hidden ? 0 : 1;
    }
    part(this.element, "find-none").hidden = matches > 0;
  }

  #updateMoreButton() {
    const more = part(this.element, "more");
    const hidden = this.values.length - this.rows.size;
    more.hidden = hidden <= 0;
    if (hidden > 0) setText(more, message("show_more", { num: hidden }));
  }

  /** Adds the missing rows in their places. Existing rows are not moved, because that would cost them the focus. */
  #addMissing() {
    let next = null;
    for (const value of [...this.values].reverse()) {
      next = this.rows.get(value)?.item ?? this.list.insertBefore(this.#createItem(value), next);
    }
  }

  #createItem(value) {
    const item = copyTemplate(this.root, "value");
    const input = item.querySelector("input");
    input.name = this.id;
    input.value = value;
    const title = titleOf(input);
    setText(title, this.index.title(this.id, value));
    if (FACETS_OF_ENTRIES.includes(this.id)) markContent(title);
    this.#addRow(item);
    return item;
  }

  #addRow(item) {
    const input = item.querySelector("input");
    const title = titleOf(input);
    const count = /** @type {HTMLElement} */ (title.nextElementSibling);
    this.rows.set(input.value, { item, input, count, title: title.textContent, lastCount: -1 });
  }
}

const titleOf = (input) => /** @type {HTMLElement} */ (input.nextElementSibling);
