/** The data of a list, once it is loaded, and what follows from it: the list's entries, their values, its addresses. */

import { basePath } from "../core/dom.js";

export class ListData {
  /**
   * @param {import("./list-types.js").Source} source
   * @param {import("./list-types.js").ListType} type
   * @param {Record<string, string[]>} fixed the value that filters cannot remove, by its facet, such as a provider
   * @param {import("./state.js").Page} loadedPage
   */
  constructor({ index, pages, loadCards }, type, fixed, loadedPage) {
    const [fixedFacet] = Object.keys(fixed);
    this.index = index;
    this.loadCards = loadCards;
    /** The sets that contain all entries of the list. @type {import("./bit-set.js").BitSet[]} */
    this.within = fixedFacet ? [index.select(fixed).set] : [];
    const all = index.select({}, this.within);
    this.total = all.numbers.length;
    /** By facet, the values that entries of the list have. @type {Map<string, string[]>} */
    this.available = new Map(
      index.facets
        .filter((facet) => facet.id !== fixedFacet)
        .map(({ id, values }) => [id, values.map((value) => value.id).filter((_, code) => all.counts.get(id)[code])]),
    );
    const facets = [...index.facets.map((facet) => facet.id), "skill"].filter((id) => id !== fixedFacet);
    const sorts = [...type.sorts, ...Object.keys(index.data.orders ?? {})];
    /** @type {import("./state.js").Options} */
    this.options = { values: new Map(facets.map((id) => [id, index.values(id)])), sorts };
    /** @type {import("./state.js").Routes} */
    this.routes = fixedFacet
      ? { base: basePath, home: loadedPage.path, axes: [], pages: [loadedPage] }
      : { base: basePath, home: type.home, axes: type.axes, pages };
  }
}
