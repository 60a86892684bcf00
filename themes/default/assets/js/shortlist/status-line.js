/** The line on the shortlist and the comparison that says what has happened. Its sentences are in its `data-` attributes. */

import { part, setText } from "../core/dom.js";
import { fillPlaceholders } from "../core/i18n.js";
import { share } from "../ui/share.js";
import { addressWithCourses } from "./store.js";

/** Milliseconds after which a visitor is told that something is loading. */
const LOADING_DELAY = 500;

export class StatusLine {
  /** @param {HTMLElement} root of the page */
  constructor(root) {
    this.element = part(root, "status");
  }

  /**
   * @param {string} name of the attribute that has the sentence: `copied` for `data-copied`
   * @param {Record<string, string>} [values] of its placeholders
   */
  show(name, values = {}) {
    this.element.textContent = fillPlaceholders(this.element.dataset[name], values);
  }

  clear() {
    this.element.textContent = "";
  }

  /**
   * Waits for something, and says so if it takes long.
   *
   * @template T
   * @param {Promise<T>} promise
   * @returns {Promise<T>}
   */
  async whileLoading(promise) {
    const timer = setTimeout(() => this.show("loading"), LOADING_DELAY);
    const result = await promise;
    clearTimeout(timer);
    if (this.element.textContent === this.element.dataset.loading) this.clear();
    return result;
  }

  /**
   * Shares the address of this page with some courses.
   *
   * @param {Iterable<string>} ids
   */
  async shareCourses(ids) {
    const address = addressWithCourses(location.origin + location.pathname, [...ids]);
    const outcome = await share(address);
    if (outcome === "copied") this.show("copied");
    // Visitors can copy the address themselves.
    if (outcome === "failed") setText(this.element, address);
  }
}
