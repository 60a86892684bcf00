/**
 * A list that can be filtered, sorted and searched. At first it is as the build wrote it. Once a visitor asks for
 * something else, it shows a state (see state.js), and the address of the page always has that state.
 */

import { basePath, part } from "../core/dom.js";
import { FilterPanel } from "./filter-panel.js";
import { currentAddress, ListAddress } from "./list-address.js";
import { ListData } from "./list-data.js";
import { ListSearch } from "./list-search.js";
import { LIST_TYPES } from "./list-types.js";
import { PageHeader } from "./page-header.js";
import { createPagination } from "./pagination.js";
import { Results } from "./results.js";
import { restoreView, storeView } from "./scroll-restoration.js";
import * as states from "./state.js";
import { Summary } from "./summary.js";

const html = document.documentElement;

/** The list of this page. @type {List | null} */
let pageList = null;

/** @param {HTMLElement} element */
export function start(element) {
  pageList = new List(element);
  return pageList.start();
}

/**
 * Searches the list of this page, together with its filters.
 *
 * @param {string} query
 * @param {{ typing?: boolean }} [options] `typing`: the address changes without a step back for each letter
 * @returns {boolean} whether the page has a list that can be searched
 */
export function setQuery(query, { typing = false } = {}) {
  if (!pageList?.type.searchable) return false;
  pageList.change((state) => states.withQuery(state, query), { typing, toTop: !typing });
  return true;
}

/**
 * How a state came about.
 *
 * @typedef {object} Change
 * @property {boolean} [byVisitor] a visitor has chosen something, and did not go back or forward
 * @property {boolean} [isFirst] the page has just been loaded
 * @property {boolean} [typing]
 * @property {boolean} [toTop] the beginning of the results is to be scrolled into view
 */

class List {
  constructor(root) {
    const { list, fixed = "", page, size } = root.dataset;
    this.root = root;
    this.type = LIST_TYPES[list];
    this.size = Number(size);
    const [facet, value] = splitAt(fixed, ":");
    this.fixed = fixed ? { [facet]: [value] } : {};
    const [path] = splitAt(decodeURI(location.pathname).slice(basePath.length), /page\/\d+\/$/);
    /** @type {import("./state.js").State} */
    this.initial = { ...states.emptyState(), page: Number(page) };
    for (const axis of this.type.axes) {
      if (root.dataset[axis]) this.initial.chosen[axis] = [root.dataset[axis]];
    }
    this.state = this.initial;
    /** Counts changes, so that what arrives late for an older one is dropped. */
    this.changes = 0;

    this.header = new PageHeader(path);
    this.address = new ListAddress(root, () => this.header.removeCanonicalLinks());
    this.results = new Results(root);
    this.search = new ListSearch(root);
    this.panel = part(root, "panel") && new FilterPanel(root, this.type.messages.show, this.#panelEvents());
    this.summary = new Summary(root, this.type, {
      remove: (facet, value) => this.change((state, index) => without(state, index, facet, value)),
      clear: () => this.change(({ sort }) => states.withSort(states.emptyState(), sort)),
      sort: (order) => this.change((state) => states.withSort(state, order)),
    });
  }

  /** Shows what the address asks for, if that is not the list in the page. */
  async start() {
    if (html.dataset.at !== currentAddress()) {
      location.reload();
      return;
    }
    this.#listen();
    const isFiltered = html.classList.contains("filtered");
    if (isFiltered) {
      this.root.classList.add("list-changed");
      history.scrollRestoration = "manual";
    }
    const applied = isFiltered && this.#apply(() => this.#stateOfAddress(), { isFirst: true });
    this.panel?.reportEarlyChoices();
    this.#fetchFacets();
    await applied;
  }

  /**
   * Goes to another state, and to its address.
   *
   * @param {(state: import("./state.js").State, index: import("./facet-index.js").FacetIndex) => import("./state.js").State} next
   * @param {{ typing?: boolean, toTop?: boolean }} [how]
   */
  change(next, how = {}) {
    return this.#apply((index) => next(this.state, index), { byVisitor: true, ...how });
  }

  // --- from a change to a state ---

  /** @param {Change} change */
  async #apply(next, change) {
    const begin = performance.now();
    this.changes += 1;
    const number = this.changes;
    const isCurrent = () => number === this.changes;
    try {
      if (!this.data) {
        this.results.setBusy(true);
        await this.#load();
      }
      // Several changes may have waited for the data. Each of them starts from the state that the one before has left.
      this.state = next(this.data.index);
      if (change.byVisitor) this.address.go(states.addressOf(this.state, this.data.routes), change.typing);
      await this.#show(change, begin, isCurrent);
    } catch (error) {
      if (isCurrent()) this.#giveUp(error, change);
    }
  }

  async #load() {
    this.loading ??= this.type.open().finally(() => {
      this.loading = undefined;
    });
    const source = await this.loading;
    if (this.data) return;
    this.root.insertAdjacentHTML("beforeend", source.templates);
    this.data = new ListData(source, this.type, this.fixed, this.header.loadedPage(this.initial.page));
  }

  #stateOfAddress() {
    const state = states.stateAt(location.pathname, location.search, this.data.options, this.data.routes);
    if (!state) throw new Error(`${currentAddress()} is not the address of a list`);
    return state;
  }

  // --- from a state to the page ---

  /**
   * @param {Change} change
   * @param {number} begin when the change began
   * @param {() => boolean} isCurrent
   */
  async #show(change, begin, isCurrent) {
    // A first search may take a while, because it builds its index.
    if (this.state.q && !this.search.has(this.state.q)) this.results.setBusy(true);
    const found = await this.search.find(this.state.q, this.data, isCurrent);
    if (!isCurrent()) return;
    const { data: { index, total, routes }, size } = this;
    const selection = index.select(this.state.chosen, found.within);
    const order = index.ordered(selection, this.state.sort, found.ranked);
    const count = order.length;
    const pages = Math.max(1, Math.ceil(count / size));
    const page = Math.min(this.state.page, pages);
    this.state = { ...this.state, page };
    const outcome = { state: this.state, index, count, total, pages, size };
    this.address.replace(states.addressOf(this.state, routes));
    this.#showPanel(selection);
    this.summary.show(outcome);
    this.#showHeader();
    const numbers = Array.from(order.slice((page - 1) * size, page * size));
    const duration = performance.now() - begin;

    this.results.setBusy(true);
    const cards = await this.data.loadCards(numbers);
    if (!isCurrent()) return;
    const resumed = performance.now();
    this.#showResults(outcome, numbers.map((number) => cards.get(number)), found);
    this.summary.announce(outcome);
    if (change.toTop) this.#goToResults();
    else if (!change.byVisitor) restoreView(this.root);
    // The work of the scripts, without the time that the cards took to arrive.
    performance.measure("list-change", { start: begin, duration: duration + performance.now() - resumed });
  }

  #showResults(outcome, cards, found) {
    this.root.classList.add("list-changed");
    this.root.classList.remove("list-links");
    if (outcome.count) {
      const addressOf = (page) => states.addressOf({ ...this.state, page }, this.data.routes);
      this.results.showCards(cards, createPagination(this.root, outcome.state.page, outcome.pages, addressOf));
    } else {
      const countWithout = (facet, value) => this.#countWithout(facet, value, found);
      this.results.showNote(this.summary.createEmptyNote(outcome, countWithout));
    }
    if (this.type.searchable) this.search.show(this.state.q, found.others);
    html.classList.remove("filtered");
  }

  #countWithout(facet, value, { within }) {
    const { index, within: all } = this.data;
    const { chosen } = without(this.state, index, facet, value);
    return index.select(chosen, facet === "q" ? all : within).numbers.length;
  }

  #showPanel({ counts, numbers }) {
    const { index, available } = this.data;
    this.panel?.show(this.state, { index, available, counts, count: numbers.length });
  }

  #showHeader() {
    const { routes } = this.data;
    const ownPage = states.pageOf(this.state, routes);
    const page = ownPage ?? routes.pages.find((other) => other.path === routes.home);
    this.header.show(page, ownPage ? this.state.page : 1, this.address.isLoaded);
  }

  /**
   * Shows the page as it was loaded, which needs no data, and says why.
   *
   * @param {Change} change
   */
  #giveUp(error, { byVisitor, isFirst }) {
    console.warn(`This list cannot be filtered: ${error}`);
    if (!byVisitor && !isFirst) {
      // Back or Forward has led to an address that the server may have a page for.
      location.reload();
      return;
    }
    this.state = this.initial;
    this.results.showOriginal();
    this.header.showOriginal();
    if (this.data) this.#showPanel(this.data.index.select(this.initial.chosen, this.data.within));
    else this.panel?.show(this.initial);
    this.summary.showOriginal(this.initial);
    this.search.showOthers([]);
    html.classList.remove("filtered");
    this.root.classList.add("list-links");
    this.address.replace(this.address.loaded);
    this.summary.announceProblem();
  }

  // --- what visitors do ---

  #panelEvents() {
    return {
      choose: (facet, value, on) => {
        this.change((state, index) => states.withValue(state, facet, value, on, index.values(facet)));
      },
      more: () => this.#showCounts(),
      intent: () => this.#loadAhead(),
      done: () => this.#goToResults(),
    };
  }

  async #fetchFacets() {
    try {
      await this.panel?.fetchFacets();
    } catch (error) {
      // The data has the facets as well. It is much larger, so it is only the second choice.
      console.warn(`The filters are taken from the data: ${error}`);
      await this.#showCounts();
    }
  }

  /** Shows the panel with the counts from the data, and leaves the results as they are. */
  async #showCounts() {
    try {
      if (!this.data) await this.#load();
      const number = this.changes;
      const { within } = await this.search.find(this.state.q, this.data, () => number === this.changes);
      this.#showPanel(this.data.index.select(this.state.chosen, within));
      return true;
    } catch (error) {
      this.#giveUp(error, { byVisitor: true });
      return false;
    }
  }

  async #loadAhead() {
    try {
      if (!this.data) await this.#load();
    } catch (error) {
      // Nothing is missing yet. Visitors are told when they choose something.
      console.warn(`The data was not loaded ahead: ${error}`);
    }
  }

  #listen() {
    this.root.addEventListener("click", (event) => {
      const link = event.target.closest("a[data-page]");
      const isPlainClick = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
      if (!link || !isPlainClick) return;
      event.preventDefault();
      const page = Number(link.dataset.page);
      this.change((state) => ({ ...state, page }), { toTop: true });
    });
    addEventListener("popstate", () => {
      // Only the fragment has changed, as by a link to the results.
      if (currentAddress() === this.address.value) return;
      this.#apply(() => {
        this.address.value = currentAddress();
        return this.#stateOfAddress();
      }, {});
    });
    // Visitors who follow a link and come back find the list as they left it.
    for (const name of ["click", "pagehide"]) {
      addEventListener(name, () => !this.address.isLoaded && storeView(this.root), { capture: true });
    }
  }

  #goToResults() {
    part(this.root, "main").scrollIntoView({ block: "start", behavior: "instant" });
    this.summary.count.focus({ preventScroll: true });
  }
}

/** The state without a value, or without the query (`q`). */
function without(state, index, facet, value) {
  if (facet === "q") return states.withQuery(state, "");
  return states.withValue(state, facet, value, false, index.values(facet));
}

/** The parts of a text before and after a separator; the whole text and "" if it has none. */
function splitAt(text, separator) {
  const index = text.search(separator);
  return index < 0 ? [text, ""] : [text.slice(0, index), text.slice(index + 1)];
}
