/** The terms of an index, and how often the texts have them. */

export class Vocabulary {
  /** @type {Map<string, number>} */
  #counts = new Map();
  /** The terms in order, once they are needed. @type {string[] | null} */
  #sorted = null;

  /**
   * Adds one occurrence of a term.
   *
   * @param {string} term
   * @param {boolean} counts whether it counts towards the frequency of the term
   */
  add(term, counts) {
    this.#counts.set(term, (this.#counts.get(term) ?? 0) + Number(counts));
    this.#sorted = null;
  }

  /** @param {string} term */
  has(term) {
    return this.#counts.has(term);
  }

  /** @param {string} term */
  count(term) {
    return this.#counts.get(term) ?? 0;
  }

  /**
   * Whether any term begins with a prefix.
   *
   * @param {string} prefix
   */
  hasPrefix(prefix) {
    this.#sorted ??= [...this.#counts.keys()].sort();
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#sorted[middle] < prefix) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return this.#sorted[low]?.startsWith(prefix) ?? false;
  }
}
