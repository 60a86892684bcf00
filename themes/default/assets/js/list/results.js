/** The results of a list: the cards that the build rendered, or a note in their place. */

import { part } from "../core/dom.js";
import { refresh } from "../shortlist/shortlist.js";

export class Results {
  /** @param {HTMLElement} root the list */
  constructor(root) {
    this.element = part(root, "results");
    /** The results in the page as it was loaded. They can be shown again without any data. */
    this.original = [...this.element.childNodes];
    this.isOriginal = true;
  }

  /** @param {boolean} busy whether other results are being loaded */
  setBusy(busy) {
    this.element.setAttribute("aria-busy", String(busy));
  }

  /**
   * @param {string[]} cards HTML that the build rendered
   * @param {HTMLElement | null} pagination
   */
  showCards(cards, pagination) {
    const list = document.createElement("ul");
    list.className = "cards";
    list.setAttribute("role", "list");
    list.innerHTML = cards.map((card) => `<li>${card}</li>`).join("");
    this.#replace(false, list, ...(pagination ? [pagination] : []));
  }

  /** @param {HTMLElement} note in place of results */
  showNote(note) {
    this.#replace(false, note);
  }

  showOriginal() {
    if (this.isOriginal) this.setBusy(false);
    else this.#replace(true, ...this.original);
  }

  #replace(isOriginal, ...nodes) {
    this.element.replaceChildren(...nodes);
    refresh(this.element); // new cards must show which courses are saved
    this.isOriginal = isOriginal;
    this.setBusy(false);
  }
}
