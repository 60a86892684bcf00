/** The chosen values above the results, each with a way to take it away again. */

import { copyTemplate, part, setText } from "../core/dom.js";

/**
 * @typedef {object} Chip
 * @property {string} facet "q" for what is looked for
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
    this.box = part(root, "chips");
    this.list = part(root, "chip-list");
    /** @type {Chip[]} */
    this.shown = this.#buttons().map((button) => ({
      facet: button.dataset.facet,
      value: button.dataset.value,
      title: part(button, "title").textContent,
    }));
    this.box.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      if (button === part(this.box, "clear")) {
        on.clear();
        return;
      }
      this.removed = this.#buttons().indexOf(button);
      on.remove(button.dataset.facet, button.dataset.value);
    });
  }

  /** @param {Chip[]} chips */
  show(chips) {
    this.shown = chips;
    const old = new Map(this.#buttons().map((button) => [key(button.dataset.facet, button.dataset.value), button]));
    const focused = this.box.contains(document.activeElement) ? document.activeElement : null;
    this.list.replaceChildren(
      ...chips.map(({ facet, value, title }) => {
        const known = old.get(key(facet, value));
        if (known) return known.parentElement;
        const item = copyTemplate(this.root, "chip");
        const button = item.querySelector("button");
        Object.assign(button.dataset, { facet, value });
        setText(part(button, "title"), title);
        return item;
      }),
    );
    this.box.classList.toggle("chips-none", chips.length === 0);
    // What is put in its place again has lost the focus as well.
    if (focused?.isConnected && chips.length) focused.focus({ preventScroll: true });
    else if (focused) this.#focusAgain();
  }

  /** After a removal the next chip has the focus, so that several go quickly; with the last one gone, the results. */
  #focusAgain() {
    const buttons = this.#buttons();
    const next = buttons[Math.min(this.removed ?? 0, buttons.length - 1)];
    (next ?? part(this.root, "count")).focus({ preventScroll: true });
    this.removed = undefined;
  }

  #buttons() {
    return [...this.list.querySelectorAll("button")];
  }
}

const key = (facet, value) => `${facet}\n${value}`;
