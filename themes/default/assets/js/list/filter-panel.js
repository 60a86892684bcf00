/**
 * The filters of a list: a group of checkboxes for each facet and, on a small screen, the button that opens them.
 *
 * The panel shows the state of the list and reports what visitors do. It has no state of the list itself.
 */

import { copyTemplate, part, setText } from "../core/dom.js";
import { fetchFile } from "../core/fetch.js";
import { formatNumber, message } from "../core/i18n.js";
import { FilterGroup } from "./filter-group.js";

const wideScreen = matchMedia("(min-width: 62em)");
/** How many groups are open at first on a small screen. */
const OPEN_GROUPS = 2;

/**
 * @typedef {object} PanelEvents
 * @property {(facet: string, value: string, on: boolean) => void} choose
 * @property {() => Promise<boolean>} more more values are wanted: shows the panel with data, false if there is none
 * @property {() => void} intent somebody is about to choose something
 * @property {() => void} done leads to the results
 *
 * @typedef {object} PanelData
 * @property {import("./facet-index.js").FacetIndex} index
 * @property {Map<string, Uint32Array>} counts by facet, for each value
 * @property {number} count how many entries match
 * @property {Map<string, string[]>} available the values of each facet that entries of this list have
 */

export class FilterPanel {
  /**
   * @param {HTMLElement} root the list
   * @param {string} doneKey of the message on the button that leads to the results
   * @param {PanelEvents} on
   */
  constructor(root, doneKey, on) {
    this.root = root;
    this.doneKey = doneKey;
    this.on = on;
    this.form = part(root, "panel");
    this.toggle = part(root, "toggle");
    /** @type {Map<string, FilterGroup>} */
    this.groups = new Map();
    for (const element of this.form.querySelectorAll("[data-facet]")) this.#addGroup(element);
    this.#listenToForm();
    this.#listenToToggle();
    this.#collapseGroups();
  }

  /** Takes the facets from the first page of the list, if this is a later one. Rejects if they cannot be loaded. */
  async fetchFacets() {
    const facets = part(this.form, "facets");
    const { source } = facets.dataset;
    if (!source) return;
    const file = await fetchFile(source);
    const fetched = part(new DOMParser().parseFromString(await file.text(), "text/html"), "facets");
    // The data may have been faster, and has all facets.
    if (this.isComplete) return;
    if (!fetched) {
      // All entries of the list have the same values, so there is nothing to choose.
      this.toggle.parentElement.remove();
      this.root.classList.remove("list-panelled");
      return;
    }
    facets.replaceChildren(...fetched.children);
    for (const element of facets.children) this.#addGroup(element);
    this.#collapseGroups();
    if (this.current) this.show(...this.current);
  }

  /** Reports what was chosen before the scripts were there; `defaultChecked` is what the page was loaded with. */
  reportEarlyChoices() {
    for (const input of this.form.querySelectorAll('input[type="checkbox"]')) {
      if (input.checked !== input.defaultChecked) this.on.choose(input.name, input.value, input.checked);
    }
  }

  get isOpen() {
    return this.toggle.getAttribute("aria-expanded") === "true";
  }

  set isOpen(isOpen) {
    this.toggle.setAttribute("aria-expanded", String(isOpen));
    part(this.toggle, "show").hidden = isOpen;
    part(this.toggle, "hide").hidden = !isOpen;
    this.form.classList.toggle("panel-open", isOpen);
    // The panel opens below the button, and has the most room with the button at the top.
    if (isOpen && !wideScreen.matches) {
      scrollBy({ top: Math.max(0, this.toggle.parentElement.getBoundingClientRect().top), behavior: "instant" });
    }
  }

  /** Whether the open panel covers the results. */
  get coversResults() {
    return !wideScreen.matches && this.isOpen;
  }

  /**
   * Shows what is chosen and, with data, how many results each value would give.
   *
   * @param {import("./state.js").State} state
   * @param {PanelData} [data]
   */
  show(state, data) {
    this.current = [state, data];
    const isFirstData = data && !this.isComplete;
    if (isFirstData) this.#complete(data);
    let chosenCount = 0;
    for (const group of this.groups.values()) {
      const chosen = state.chosen[group.id] ?? [];
      if (data) group.ensureRows(chosen);
      group.show(chosen, data?.counts.get(group.id));
      chosenCount += chosen.length;
    }
    const number = part(this.toggle, "chosen");
    number.hidden = chosenCount === 0;
    setText(number, `(${formatNumber(chosenCount)})`);
    if (data) setText(part(this.form, "done"), message(this.doneKey, { num: data.count }));
    if (isFirstData && !this.isOpen) this.#collapseGroups();
  }

  /** Adds what the page does not have: facets in which all entries of its own list are alike, and more values. */
  #complete({ index, available }) {
    this.isComplete = true;
    let next = null;
    for (const facet of [...index.facets].reverse()) {
      let group = this.groups.get(facet.id);
      const values = available.get(facet.id) ?? [];
      if (!group && facet.offered && values.length > 1) {
        const element = copyTemplate(this.root, "facet");
        element.dataset.facet = facet.id;
        setText(part(element, "facet-title"), facet.title);
        setText(element.querySelector("legend"), facet.title);
        part(this.form, "facets").insertBefore(element, next);
        group = this.#addGroup(element);
      }
      group?.complete(index, values);
      next = group?.element ?? next;
    }
  }

  #addGroup(element) {
    const group = new FilterGroup(this.root, element);
    this.groups.set(group.id, group);
    return group;
  }

  #groupOf(element) {
    return this.groups.get(element.closest("[data-facet]").dataset.facet);
  }

  #listenToForm() {
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
      // Escape empties the field. It must not close the panel as well.
      if (event.key === "Escape" && event.target.type === "search" && event.target.value) event.stopPropagation();
    });
    form.addEventListener("click", async ({ target }) => {
      const button = target.closest("button");
      if (!button) return;
      if (button === part(form, "done")) {
        this.isOpen = false;
        on.done();
      } else if (button.dataset.part === "more") {
        if (!(await on.more())) return;
        this.#groupOf(button).expand();
        this.show(...this.current);
      }
    });
  }

  #listenToToggle() {
    this.toggle.addEventListener("click", () => {
      this.isOpen = !this.isOpen;
      this.on.intent();
    });
    const bar = this.toggle.parentElement;
    bar.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.coversResults) return;
      this.isOpen = false;
      this.toggle.focus();
    });
    // The panel must not cover the element that has the focus.
    bar.addEventListener("focusout", ({ relatedTarget }) => {
      if (this.coversResults && relatedTarget && !bar.contains(relatedTarget)) this.isOpen = false;
    });
  }

  /** On a small screen, only the first groups and those with chosen values are open, so that all fit on the screen. */
  #collapseGroups() {
    if (wideScreen.matches) return;
    [...this.groups.values()].forEach(({ element }, index) => {
      element.open = index < OPEN_GROUPS || element.querySelector("input:checked") !== null;
    });
  }
}
