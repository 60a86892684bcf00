/**
 * The filters of a list: a group of checkboxes for each facet, and, on a small screen, the button that opens them.
 *
 * The panel shows a state and tells of wishes; it keeps none itself.
 */

import { copyTemplate, part, setText } from "../core/dom.js";
import { formatNumber, message } from "../core/i18n.js";

/** Values that a long list shows at first. */
const FEW = 10;
/** From this many values on, there is a box to find one. */
const MANY = 15;
const WIDE = matchMedia("(min-width: 62em)");

/**
 * @typedef {object} Wishes
 * @property {(facet: string, value: string, on: boolean) => void} choose
 * @property {() => Promise<boolean>} more shows the panel with data; false where there is none
 * @property {() => void} intent somebody is about to choose
 * @property {() => void} done leads to the results
 */

export class Panel {
  /**
   * @param {HTMLElement} root the list
   * @param {string} doneWord the word for the way to the results
   * @param {Wishes} on
   */
  constructor(root, doneWord, on) {
    this.root = root;
    this.doneWord = doneWord;
    this.on = on;
    this.form = part(root, "panel");
    this.toggle = part(root, "toggle");
    /** @type {Map<string, Group>} */
    this.groups = new Map();
    for (const element of this.form.querySelectorAll("[data-facet]")) this.#adopt(element);
    this.#listen();
    this.#fold();
  }

  /**
   * On the later pages of a list the facets come from its first page.
   *
   * @throws if they cannot be had
   */
  async fetch() {
    const facets = part(this.form, "facets");
    const { source } = facets.dataset;
    if (!source) return;
    const answer = await fetch(source);
    if (!answer.ok) throw new Error(`${source}: ${answer.status}`);
    const found = part(new DOMParser().parseFromString(await answer.text(), "text/html"), "facets");
    // The data may have been quicker, and has made them all.
    if (this.completed) return;
    if (!found) {
      // All that is listed is alike, so there is nothing to choose.
      this.toggle.parentElement.remove();
      this.root.classList.remove("list-panelled");
      return;
    }
    facets.replaceChildren(...found.children);
    for (const element of facets.children) this.#adopt(element);
    this.#fold();
    if (this.shown) this.show(...this.shown);
  }

  /** Tells of what was chosen before anything listened; `defaultChecked` is what the page came with. */
  catchUp() {
    for (const input of this.form.querySelectorAll('input[type="checkbox"]')) {
      if (input.checked !== input.defaultChecked) this.on.choose(input.name, input.value, input.checked);
    }
  }

  /** Whether the results are out of sight behind the open panel. */
  get covers() {
    return !WIDE.matches && this.open;
  }

  get open() {
    return this.toggle.getAttribute("aria-expanded") === "true";
  }

  set open(open) {
    this.toggle.setAttribute("aria-expanded", String(open));
    part(this.toggle, "show").hidden = open;
    part(this.toggle, "hide").hidden = !open;
    this.form.classList.toggle("panel-open", open);
    // The panel lies below the button, and has most room where that is at the top.
    if (open && !WIDE.matches) {
      scrollBy({ top: Math.max(0, this.toggle.parentElement.getBoundingClientRect().top), behavior: "instant" });
    }
  }

  /**
   * Shows what is chosen, and how many results each value would give.
   *
   * @param {import("./state.js").State} state
   * @param {{ counts: Map<string, Uint32Array>, index: import("./facet-index.js").Index, count: number, offered: Map<string, string[]> }} [found]
   *   left out as long as there is no data; `count` is of all that match, `offered` the values of each facet that this
   *   list could ever have
   */
  show(state, found) {
    this.shown = [state, found];
    const first = found && !this.completed;
    if (first) this.#complete(found.index, found.offered);
    let all = 0;
    for (const group of this.groups.values()) {
      const chosen = state.chosen[group.id] ?? [];
      if (found) group.ensure(chosen);
      group.show(chosen, found?.counts.get(group.id));
      all += chosen.length;
    }
    const number = part(this.toggle, "chosen");
    number.hidden = all === 0;
    setText(number, `(${formatNumber(all)})`);
    if (found) setText(part(this.form, "done"), message(this.doneWord, { num: found.count }));
    if (first && !this.open) this.#fold();
  }

  /** Facets that the list alone had no use for have one as soon as it shows more. */
  #complete(index, offered) {
    this.completed = true;
    let before = null;
    for (const facet of [...index.facets].reverse()) {
      let group = this.groups.get(facet.id);
      const values = offered.get(facet.id) ?? [];
      if (!group && facet.offered && values.length > 1) {
        const element = copyTemplate(this.root, "facet");
        element.dataset.facet = facet.id;
        setText(part(element, "facet-title"), facet.title);
        setText(part(element, "legend"), facet.title);
        part(this.form, "facets").insertBefore(element, before);
        group = this.#adopt(element);
      }
      group?.complete(index, values);
      before = group?.element ?? before;
    }
  }

  #adopt(element) {
    const group = new Group(this.root, element);
    this.groups.set(group.id, group);
    return group;
  }

  #listen() {
    const { form, on } = this;
    for (const name of ["pointerdown", "focusin"]) form.addEventListener(name, () => on.intent(), { once: true });
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("change", ({ target }) => {
      if (target.type === "checkbox") on.choose(target.name, target.value, target.checked);
    });
    form.addEventListener("input", ({ target }) => {
      if (target.type === "search") this.#groupOf(target).find(target.value);
    });
    form.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && event.target.type === "search" && event.target.value) event.stopPropagation();
    });
    form.addEventListener("click", async ({ target }) => {
      const button = target.closest("button");
      if (!button) return;
      if (button === part(form, "done")) {
        this.open = false;
        on.done();
      } else if (button.dataset.part === "more") {
        if (!(await on.more())) return;
        this.#groupOf(button).expand();
        this.show(...this.shown);
      }
    });
    this.toggle.addEventListener("click", () => {
      this.open = !this.open;
      on.intent();
    });
    const bar = this.toggle.parentElement;
    bar.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.covers) return;
      this.open = false;
      this.toggle.focus();
    });
    // What has the focus must not lie behind the panel.
    bar.addEventListener("focusout", ({ relatedTarget }) => {
      if (this.covers && relatedTarget && !bar.contains(relatedTarget)) this.open = false;
    });
  }

  #groupOf(element) {
    return this.groups.get(element.closest("[data-facet]").dataset.facet);
  }

  /** On a small screen all groups are seen at a glance, and those that are in use are open. */
  #fold() {
    if (WIDE.matches) return;
    let open = 2;
    for (const { element } of this.groups.values()) {
      element.open = element.querySelector("input:checked") !== null || open > 0;
      open -= 1;
    }
  }
}

/** The values of one facet. */
class Group {
  constructor(root, element) {
    this.root = root;
    this.element = element;
    this.id = element.dataset.facet;
    this.list = part(element, "values");
    /** @type {Map<string, { item: HTMLElement, input: HTMLInputElement, count: HTMLElement, title: string }>} */
    this.rows = new Map();
    for (const item of this.list.children) this.#row(item);
  }

  show(chosen, counts) {
    const on = new Set(chosen);
    for (const [value, row] of this.rows) {
      if (row.input.checked !== on.has(value)) row.input.checked = on.has(value);
      if (!counts || !this.codes) continue;
      const count = counts[this.codes.get(value)] ?? 0;
      if (row.shown === count) continue;
      row.shown = count;
      setText(row.count, formatNumber(count));
      row.item.classList.toggle("facet-none", count === 0);
    }
    const number = part(this.element, "facet-chosen");
    number.hidden = on.size === 0;
    setText(number, formatNumber(on.size));
  }

  /** A short list has all its values, also those that the page's own list has no use for. */
  complete(index, values) {
    this.index = index;
    this.values = values;
    this.codes = index.byId.get(this.id).codes;
    if (values.length <= FEW) this.#fill();
    this.#showMore();
  }

  /** What is chosen is shown, also where it is not among the few. */
  ensure(chosen) {
    for (const value of chosen) {
      if (this.rows.has(value) || !this.codes?.has(value)) continue;
      this.list.append(this.#made(value));
      this.#showMore();
    }
  }

  /** Shows all values, with a box to find one in a long list. */
  expand() {
    this.#fill();
    this.#showMore();
    const find = part(this.element, "find");
    if (this.values.length >= MANY) {
      find.hidden = false;
      this.list.classList.add("facet-scroll");
      find.querySelector("input").focus();
    } else {
      this.rows.get(this.values[FEW]).input.focus();
    }
  }

  /** Leaves those values whose title has what is typed at the beginning of a word, or anywhere. */
  find(text) {
    const wanted = folded(text);
    let left = 0;
    for (const { item, title } of this.rows.values()) {
      item.hidden = !folded(title).includes(wanted);
      left += item.hidden ? 0 : 1;
    }
    part(this.element, "find-none").hidden = left > 0;
  }

  #showMore() {
    const more = part(this.element, "more");
    const left = this.values.length - this.rows.size;
    more.hidden = left <= 0;
    if (left > 0) setText(more, message("show_more", { num: left }));
  }

  /** Puts in what is missing. What is there stays where it is: to be moved costs it the focus. */
  #fill() {
    let before = null;
    for (const value of [...this.values].reverse()) {
      before = this.rows.get(value)?.item ?? this.list.insertBefore(this.#made(value), before);
    }
  }

  #made(value) {
    const item = copyTemplate(this.root, "value");
    const input = item.querySelector("input");
    input.name = this.id;
    input.value = value;
    setText(part(item, "value-title"), this.index.title(this.id, value));
    this.#row(item);
    return item;
  }

  #row(item) {
    const input = item.querySelector("input");
    const title = part(item, "value-title").textContent;
    this.rows.set(input.value, { item, input, count: part(item, "value-count"), title, shown: -1 });
  }
}

const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
