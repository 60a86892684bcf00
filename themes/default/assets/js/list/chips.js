/** The chosen filters above the results: chips, each with a button that removes it. */

import { copyTemplate, FACETS_OF_ENTRIES, markContent, part, setText } from "../core/dom.js";

/**
 * @typedef {object} Chip
 * @property {string} facet "q" for the search query
 * @property {string} value
 * @property {string} title
 */

export class Chips {
  /**
   * @param {HTMLElement} root the list
   * @param {{ remove: (facet: string, value: string) => void, clear: () => void }} on
   */
  constructor(root, on) {
    this.root = root;
    this.element = part(root, "chips");
    this.list = part(root, "chip-list");
    /** @type {Chip[]} */
    this.current = this.#buttons().map((button) => ({
      facet: button.dataset.facet,
      value: button.dataset.value,
      title: part(button, "title").textContent,
    }));
    this.element.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      if (button === part(this.element, "clear")) {
        on.clear();
        return;
      }
      this.removedIndex = this.#buttons().indexOf(button);
      on.remove(button.dataset.facet, button.dataset.value);
    });
  }

  /** @param {Chip[]} chips */
  show(chips) {
    this.current = chips;
    const existing = new Map(this.#buttons().map((button) => [key(button.dataset.facet, button.dataset.value), button]));
    const focused = this.element.contains(document.activeElement) ? document.activeElement : null;
    this.list.replaceChildren(
      ...chips.map(({ facet, value, title }) => {
        const button = existing.get(key(facet, value));
        return button ? button.parentElement : this.#createChip(facet, value, title);
      }),
    );
    this.element.classList.toggle("chips-none", chips.length === 0);
    // An element that is inserted again has lost the focus, too.
    if (focused?.isConnected && chips.length) focused.focus({ preventScroll: true });
    else if (focused) this.#focusNext();
  }

  #createChip(facet, value, title) {
    const item = copyTemplate(this.root, "chip");
    const button = item.querySelector("button");
    Object.assign(button.dataset, { facet, value });
    setText(part(button, "title"), title);
    if (FACETS_OF_ENTRIES.includes(facet)) markContent(part(button, "title"));
    return item;
  }

  /** Focuses the chip after the removed one, so that several can be removed quickly, or the results after the last. */
  #focusNext() {
    const buttons = this.#buttons();
    const next = buttons[Math.min(this.removedIndex ?? 0, buttons.length - 1)];
    (next ?? part(this.root, "count")).focus({ preventScroll: true });
    this.removedIndex = undefined;
  }

  #buttons() {
    return [...this.list.querySelectorAll("button")];
  }
}

const key = (facet, value) => `${facet}\n${value}`;
