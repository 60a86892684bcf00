/** The cards of a list, as the build rendered them, and what stands in their place while or where there are none. */

import { part } from "../core/dom.js";
import { refresh } from "../shortlist/shortlist.js";

export class Results {
  /** @param {HTMLElement} root the list */
  constructor(root) {
    this.root = root;
    this.box = part(root, "results");
    /** What the page came with, kept to be shown again: it is right without any data. */
    this.original = [...this.box.childNodes];
    this.changed = false;
  }

  /** @param {boolean} on whether others are on their way */
  busy(on) {
    this.box.setAttribute("aria-busy", String(on));
  }

  /**
   * @param {string[]} cards HTML that the build rendered
   * @param {HTMLElement | null} pagination
   */
  show(cards, pagination) {
    const list = document.createElement("ul");
    list.className = "cards";
    list.setAttribute("role", "list");
    list.innerHTML = cards.map((card) => `<li>${card}</li>`).join("");
    this.#put(list, ...(pagination ? [pagination] : []));
  }

  /** @param {HTMLElement} note stands in the place of results */
  showNote(note) {
    this.#put(note);
  }

  /** The list that the page came with. */
  showOriginal() {
    if (this.changed) {
      this.box.replaceChildren(...this.original);
      refresh(this.box);
    }
    this.changed = false;
    this.busy(false);
  }

  #put(...nodes) {
    this.box.replaceChildren(...nodes);
    refresh(this.box); // what was saved shows on these cards too
    this.changed = true;
    this.busy(false);
  }
}
