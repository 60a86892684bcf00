/** What a list says about itself: how many results there are, which filters and order are chosen, what to do if it is empty. */

import { copyTemplate, part, setText } from "../core/dom.js";
import { message } from "../core/i18n.js";
import { Chips } from "./chips.js";
import { orderedKeys } from "./state.js";

/**
 * @typedef {object} Outcome
 * @property {import("./state.js").State} state
 * @property {import("./facet-index.js").FacetIndex} index
 * @property {number} count how many entries match
 * @property {number} total how many entries there are without filters
 * @property {number} pages
 * @property {number} size how many entries a page has
 */

export class Summary {
  /**
   * @param {HTMLElement} root the list
   * @param {import("./list-types.js").ListType} type
   * @param {{ remove: (facet: string, value: string) => void, clear: () => void, sort: (order: string) => void }} on
   */
  constructor(root, { messages, nothing }, on) {
    this.root = root;
    this.messages = messages;
    this.nothing = nothing;
    this.on = on;
    this.count = part(root, "count");
    this.status = part(root, "status");
    this.problem = part(root, "problem");
    this.sort = part(root, "sort");
    this.relevance = this.sort?.querySelector('[value="relevance"]');
    this.relevance?.remove();
    this.chips = new Chips(root, on);
    this.sort?.addEventListener("change", () => on.sort(this.sort.value));
    this.original = { count: this.count.textContent, chips: this.chips.current };
  }

  /** @param {Outcome} outcome */
  show({ state, index, count, pages, size }) {
    this.chips.show(chipsOf(state, index));
    this.#showSort(state);
    const first = (state.page - 1) * size + 1;
    const last = Math.min(count, state.page * size);
    const form = count === 0 ? "_none" : pages > 1 ? "_range" : "";
    setText(this.count, message(this.messages.count + form, { num: count, first, last, total: count }));
  }

  /** Shows what the page said when it was loaded. */
  showOriginal(state) {
    setText(this.count, this.original.count);
    this.chips.show(this.original.chips);
    this.#showSort(state);
  }

  /**
   * Tells screen readers what the results are.
   *
   * @param {Outcome} outcome
   */
  announce({ state, index, count, total, pages }) {
    this.problem.hidden = true;
    const filters = chipsOf(state, index).map((chip) => chip.title).join(", ");
    const { showing } = this.messages;
    const sentences = [message(filters ? `${showing}_with` : showing, { num: total, shown: count, total, filters })];
    if (pages > 1) sentences.push(message("showing_page", { page: state.page, pages }));
    if (state.sort && this.sort) sentences.push(message("showing_sorted", { order: this.sort.selectedOptions[0].text }));
    setText(this.status, `${sentences.join(". ")}.`);
  }

  /** Says that the list cannot be filtered now. */
  announceProblem() {
    this.problem.hidden = false;
    // Screen readers would not read out the same text again.
    this.status.textContent = "";
    setText(this.status, this.problem.textContent.trim());
  }

  /**
   * A note for an empty list: which filters to remove, and how many results there would be then.
   *
   * @param {Outcome} outcome
   * @param {(facet: string, value: string) => number} countWithout
   */
  createEmptyNote({ state, index }, countWithout) {
    const note = copyTemplate(this.root, this.nothing);
    const ways = part(note, "ways");
    for (const { facet, value, title } of chipsOf(state, index)) {
      const count = countWithout(facet, value);
      if (!count) continue;
      const item = copyTemplate(this.root, "way");
      const button = item.querySelector("button");
      setText(button, message(this.messages.without, { num: count, value: title }));
      button.addEventListener("click", () => {
        this.on.remove(facet, value);
        this.count.focus({ preventScroll: true });
      });
      ways.append(item);
    }
    part(note, "ways-title").hidden = !ways.children.length;
    return note;
  }

  /** The order "relevance" exists only for search results. */
  #showSort({ q, sort }) {
    if (!this.sort) return;
    if (this.relevance && Boolean(q) !== this.relevance.isConnected) {
      if (q) this.sort.prepend(this.relevance);
      else this.relevance.remove();
    }
    this.sort.value = sort || (q ? "relevance" : "title");
  }
}

/** @returns {import("./chips.js").Chip[]} */
function chipsOf(state, index) {
  const chips = state.q ? [{ facet: "q", value: state.q, title: message("query", { query: state.q }) }] : [];
  for (const facet of orderedKeys(Object.keys(state.chosen))) {
    for (const value of state.chosen[facet] ?? []) chips.push({ facet, value, title: index.chipTitle(facet, value) });
  }
  return chips;
}
