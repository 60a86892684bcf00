/** What a list says of itself: how many it has, what is chosen, in which order, and what to do where it has nothing. */

import { Chips } from "./filter-chips.js";
import { copyTemplate, part, setText } from "../core/dom.js";
import { message } from "../core/i18n.js";
import { KEYS } from "./state.js";

/**
 * @typedef {object} Shown
 * @property {import("./state.js").State} state
 * @property {import("./facet-index.js").Index} index
 * @property {number} count how many match
 * @property {number} total how many there are to filter
 * @property {number} pages
 * @property {number} size of a page
 */

export class Summary {
  /**
   * @param {HTMLElement} root the list
   * @param {Record<string, string>} words the names of the words for its kind of entries
   * @param {{ remove: (facet: string, value: string) => void, clear: () => void, sort: (order: string) => void }} on
   */
  constructor(root, words, on) {
    this.root = root;
    this.words = words;
    this.on = on;
    this.count = part(root, "count");
    this.status = part(root, "status");
    this.problem = part(root, "problem");
    this.sort = part(root, "sort");
    this.relevance = this.sort?.querySelector('[value="relevance"]');
    this.relevance?.remove();
    this.chips = new Chips(root, on);
    this.sort?.addEventListener("change", () => on.sort(this.sort.value));
    this.before = { count: this.count.textContent, chips: this.chips.shown };
  }

  /** @param {Shown} shown */
  show({ state, index, count, pages, size }) {
    this.chips.show(chosen(state, index));
    this.#showSort(state);
    const first = (state.page - 1) * size + 1;
    const last = Math.min(count, state.page * size);
    const form = count === 0 ? "_none" : pages > 1 ? "_range" : "";
    setText(this.count, message(this.words.found + form, { num: count, first, last, total: count }));
  }

  /** The page as it came. */
  back(state) {
    setText(this.count, this.before.count);
    this.chips.show(this.before.chips);
    this.#showSort(state);
  }

  /**
   * Tells those who do not see the results what they are.
   *
   * @param {Shown} shown
   */
  announce({ state, index, count, total, pages }) {
    this.problem.hidden = true;
    const filters = chosen(state, index).map((chip) => chip.title).join(", ");
    const { showing } = this.words;
    const sentences = [message(filters ? `${showing}_with` : showing, { num: total, shown: count, total, filters })];
    if (pages > 1) sentences.push(message("showing_page", { page: state.page, pages }));
    if (state.sort && this.sort) sentences.push(message("showing_sorted", { order: this.sort.selectedOptions[0].text }));
    setText(this.status, `${sentences.join(". ")}.`);
  }

  /** Tells that there is no data. */
  announceProblem() {
    this.problem.hidden = false;
    // A text that was there before would not be read out again.
    this.status.textContent = "";
    setText(this.status, this.problem.textContent.trim());
  }

  /**
   * In the place of results: what could be taken away, and how many there would be then.
   *
   * @param {Shown} shown
   * @param {(facet: string, value: string) => number} countWithout
   */
  nothing({ state, index }, countWithout) {
    const note = copyTemplate(this.root, "nothing");
    const ways = part(note, "ways");
    for (const { facet, value, title } of chosen(state, index)) {
      const count = countWithout(facet, value);
      if (!count) continue;
      const item = copyTemplate(this.root, "way");
      const button = item.querySelector("button");
      setText(button, message(this.words.without, { num: count, value: title }));
      button.addEventListener("click", () => {
        this.on.remove(facet, value);
        this.count.focus({ preventScroll: true });
      });
      ways.append(item);
    }
    part(note, "ways-title").hidden = !ways.children.length;
    return note;
  }

  /** By relevance is an order only where something is looked for. */
  #showSort({ q, sort }) {
    if (!this.sort) return;
    if (this.relevance && Boolean(q) !== this.relevance.isConnected) {
      if (q) this.sort.prepend(this.relevance);
      else this.relevance.remove();
    }
    this.sort.value = sort || (q ? "relevance" : "title");
  }
}

/** @returns {import("./filter-chips.js").Chip[]} */
function chosen(state, index) {
  const chips = state.q ? [{ facet: "q", value: state.q, title: message("query", { query: state.q }) }] : [];
  for (const facet of KEYS) {
    for (const value of state.chosen[facet] ?? []) chips.push({ facet, value, title: index.title(facet, value) });
  }
  return chips;
}
