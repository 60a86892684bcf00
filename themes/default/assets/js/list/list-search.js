/** The text search of a list. It remembers the results of the latest query. */

/**
 * @typedef {object} Found
 * @property {import("./bit-set.js").BitSet[]} within the sets that contain all results
 * @property {number[]} [ranked] the results, best first; undefined without a query
 * @property {import("../search/catalogue-index.js").OtherResult[]} others results that are not courses
 */

export class ListSearch {
  /** @param {HTMLElement} root the list */
  constructor(root) {
    this.root = root;
    this.query = "";
  }

  /** Whether the results of a query are there already. */
  has(/** @type {string} */ query) {
    return query === this.query;
  }

  /**
   * @param {string} query "" for no query
   * @param {import("./list-data.js").ListData} data
   * @param {() => boolean} isCurrent whether the results are still wanted
   * @returns {Promise<Found>}
   */
  async find(query, { index, within }, isCurrent) {
    if (!query) return { within, others: [] };
    if (query !== this.query) {
      const [{ search }, { showOtherResults }] = await Promise.all([
        import("../search/client.js"),
        import("../search/other-results.js"),
      ]);
      // Loading the modules takes time. An outdated query must not be sent after a newer one: it would cancel that.
      if (!isCurrent()) return { within, others: [] };
      const { courses, others } = await search(query);
      const ranked = courses.map(([number]) => number);
      this.query = query;
      this.found = { ranked, within: [...within, index.setOf(ranked)], others };
      this.showOtherResults = showOtherResults;
    }
    return this.found;
  }

  /** Shows the query in the search field, and the results that are not courses below the list. */
  show(query, others) {
    for (const field of document.querySelectorAll('[data-search] [name="q"]')) {
      if (field !== document.activeElement) field.value = query;
    }
    this.showOthers(others);
  }

  /** @param {import("../search/catalogue-index.js").OtherResult[]} others */
  showOthers(others) {
    this.showOtherResults?.(this.root, others);
  }
}
