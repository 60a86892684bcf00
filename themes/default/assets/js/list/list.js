/**
 * A list that can be filtered, sorted and searched. It begins as the page that the build wrote and stays so until
 * somebody asks for something else; from then on it shows a state (see state.js), and the address says which.
 */

import { basePath, part } from "../core/dom.js";
import { Frame } from "./page-header.js";
import { noteView, restoreView } from "./view-position.js";
import { KINDS } from "./list-types.js";
import { pagination } from "./pagination.js";
import { Panel } from "./filter-panel.js";
import { Results } from "./results.js";
import * as states from "./state.js";
import { Summary } from "./summary.js";

const html = document.documentElement;

/** @type {List | null} */
let current = null;

/** @param {HTMLElement} element */
export function start(element) {
  current = new List(element);
  return current.begin();
}

/**
 * Looks for something in the list of this page, together with what is chosen there.
 *
 * @param {string} q
 * @param {{ typing?: boolean }} [how] while somebody is typing, the address follows without a step back for each letter
 * @returns {boolean} whether there is such a list
 */
export function setQuery(q, { typing = false } = {}) {
  if (!current?.kind.searched) return false;
  current.change((state) => states.withQuery(state, q), { typing, toTop: !typing });
  return true;
}

class List {
  constructor(root) {
    const { list, fixed = "", page, size } = root.dataset;
    this.root = root;
    this.kind = KINDS[list];
    this.size = Number(size);
    const [facet, value] = split(fixed, ":");
    this.fixed = fixed ? { [facet]: [value] } : {};
    this.path = split(decodeURI(location.pathname).slice(basePath.length), /page\/\d+\/$/)[0];
    /** @type {import("./state.js").State} */
    this.initial = { ...states.emptyState(), page: Number(page) };
    for (const axis of this.kind.axes) {
      if (root.dataset[axis]) this.initial.chosen[axis] = [root.dataset[axis]];
    }
    this.state = this.initial;
    this.address = this.loaded = here();
    /** Counts what was asked for, so that what comes late is told from what is wanted. */
    this.turn = 0;

    this.results = new Results(root);
    this.frame = new Frame(this.path);
    this.panel = part(root, "panel") && new Panel(root, this.kind.words.show, this.#wishes());
    this.summary = new Summary(root, this.kind.words, {
      remove: (facet, value) => this.remove(facet, value),
      clear: () => this.change(({ sort }) => states.withSort(states.emptyState(), sort)),
      sort: (order) => this.change((state) => states.withSort(state, order)),
    });
  }

  /** Shows what the address asks for, if that is another list than the one in the page. */
  async begin() {
    if (html.dataset.at !== here()) {
      location.reload();
      return;
    }
    this.#listen();
    const asked = html.classList.contains("filtered");
    if (asked) {
      this.root.classList.add("list-changed");
      history.scrollRestoration = "manual";
    }
    const shown = asked && this.#go(() => this.#stateHere(), { first: true });
    this.panel?.catchUp();
    this.#fetchPanel();
    await shown;
  }

  /**
   * Goes to another state, and its address.
   *
   * @param {(state: import("./state.js").State, index: import("./facet-index.js").Index) => import("./state.js").State} step
   * @param {{ typing?: boolean, toTop?: boolean }} [how]
   */
  change(step, { typing = false, toTop = false } = {}) {
    return this.#go((index) => step(this.state, index), { asked: true, typing, toTop });
  }

  /** Takes away a value, or what is looked for. */
  remove(facet, value) {
    return this.change((state, index) => without(state, index, facet, value));
  }

  // --- from a wish to a state ---

  async #go(next, how) {
    const begin = performance.now();
    const turn = (this.turn += 1);
    try {
      if (!this.source) {
        this.results.busy(true);
        await this.#open();
      }
      // Wishes that waited for the data are met one after the other, each from what the one before has left.
      this.state = next(this.source.index);
      if (how.asked) this.#note(how.typing);
      await this.#show(turn, how, begin);
    } catch (error) {
      if (turn === this.turn) this.#giveUp(error, how);
    }
  }

  async #open() {
    this.opening ??= this.kind.open().finally(() => {
      this.opening = undefined;
    });
    const source = await this.opening;
    if (this.source) return;
    const { index, pages } = source;
    const [fixed] = Object.keys(this.fixed);
    this.ground = fixed ? [index.select(this.fixed).bits] : [];
    const everything = index.select({}, this.ground);
    this.total = everything.numbers.length;
    this.offered = new Map(
      index.facets
        .filter((facet) => facet.id !== fixed)
        .map(({ id, values }) => [id, values.map((value) => value.id).filter((_, code) => everything.counts.get(id)[code])]),
    );
    const facets = [...index.facets.map((facet) => facet.id), "skill"].filter((id) => id !== fixed);
    this.known = { values: new Map(facets.map((id) => [id, index.values(id)])), sorts: this.kind.sorts };
    // The list of a provider or a skill is the only page of its kind, and keeps its words.
    this.place = fixed
      ? { basePath, home: this.path, axes: [], pages: [this.frame.page(this.initial.page)] }
      : { basePath, home: this.kind.home, axes: this.kind.axes, pages };
    this.source = source;
  }

  #stateHere() {
    const found = states.stateAt(location.pathname, location.search, this.known, this.place);
    if (!found) throw new Error(`${here()} is no list`);
    return found;
  }

  #note(typing) {
    const address = states.addressOf(this.state, this.place);
    if (address === this.address) return;
    if (!typing) noteView(this.root);
    history[typing ? "replaceState" : "pushState"](typing ? history.state : {}, "", address);
    history.scrollRestoration = "manual";
    this.frame.leave();
    this.address = address;
  }

  // --- from a state to the page ---

  async #show(turn, how, begin) {
    // To look for something may take a while: the index has to be made first.
    if (this.state.q && this.looked?.q !== this.state.q) this.results.busy(true);
    const found = await this.#found(turn);
    if (turn !== this.turn) return;
    const { state, size, total, source: { index } } = this;
    const selection = index.select(state.chosen, found.within);
    const order = index.ordered(selection, state.sort, found.ranked);
    const count = order.length;
    const pages = Math.max(1, Math.ceil(count / size));
    const page = Math.min(state.page, pages);
    this.state = { ...state, page };
    const shown = { state: this.state, index, count, total, pages, size };
    this.#correctAddress();
    this.#showPanel(selection);
    this.summary.show(shown);
    this.#showFrame();
    const wanted = Array.from(order.slice((page - 1) * size, page * size));
    const worked = performance.now() - begin;

    this.results.busy(true);
    const cards = await this.source.cards(wanted);
    if (turn !== this.turn) return;
    const resumed = performance.now();
    this.root.classList.add("list-changed");
    this.root.classList.remove("list-links");
    if (count) {
      const addressOf = (number) => states.addressOf({ ...this.state, page: number }, this.place);
      this.results.show(wanted.map((number) => cards.get(number)), pagination(this.root, page, pages, addressOf));
    } else {
      this.results.showNote(this.summary.nothing(shown, (facet, value) => this.#countWithout(facet, value, found)));
    }
    if (this.kind.searched) this.#showSearch(found.others);
    html.classList.remove("filtered");
    this.summary.announce(shown);
    if (how.toTop) this.#toResults();
    else if (!how.asked) restoreView(this.root);
    performance.measure("list-change", { start: begin, duration: worked + performance.now() - resumed });
  }

  /** What the search found, in its order, and the sets in which results must be. */
  async #found(turn = this.turn) {
    const { q } = this.state;
    if (!q) return { within: this.ground, others: [] };
    if (this.looked?.q !== q) {
      const [{ search }, { showMatches }] = await Promise.all([import("../search/client.js"), import("../search/other-results.js")]);
      // Whoever has waited longer for the modules must not ask after a newer question, which would overtake that.
      if (turn !== this.turn) return { within: this.ground, others: [] };
      const { courses, others } = await search(q);
      const ranked = courses.map(([number]) => number);
      this.looked = { q, ranked, within: [...this.ground, this.source.index.bitsOf(ranked)], others };
      this.showMatches = showMatches;
    }
    return this.looked;
  }

  /** What is looked for stands in the field of the search, and what it found beside courses below them. */
  #showSearch(others) {
    for (const field of document.querySelectorAll('[data-search] [name="q"]')) {
      if (field !== document.activeElement) field.value = this.state.q;
    }
    this.showMatches?.(this.root, others);
  }

  #countWithout(facet, value, { within }) {
    const { index } = this.source;
    const { chosen } = without(this.state, index, facet, value);
    return index.select(chosen, facet === "q" ? this.ground : within).numbers.length;
  }

  /** The address of what is shown: without what is unknown, and not beyond the last page. */
  #correctAddress() {
    const address = states.addressOf(this.state, this.place);
    if (address !== this.address) history.replaceState(history.state, "", address);
    this.address = address;
  }

  #showPanel({ counts, numbers }) {
    const { source: { index }, offered } = this;
    this.panel?.show(this.state, { index, offered, counts, count: numbers.length });
  }

  #showFrame() {
    const { state, place } = this;
    const own = states.pageOf(state, place);
    const page = own ?? place.pages.find((one) => one.path === place.home);
    this.frame.show(page, own ? state.page : 1, this.address === this.loaded);
  }

  /** The page as it came, which is right without any data, and a word on why. */
  #giveUp(error, { asked, first }) {
    console.warn(`This list cannot be filtered: ${error}`);
    if (!asked && !first) {
      // Back or Forward has led to a page that the website has.
      location.reload();
      return;
    }
    this.state = this.initial;
    this.results.showOriginal();
    this.frame.back();
    if (this.source) this.#showPanel(this.source.index.select(this.initial.chosen, this.ground));
    else this.panel?.show(this.initial);
    this.summary.back(this.initial);
    this.showMatches?.(this.root, []);
    html.classList.remove("filtered");
    this.root.classList.add("list-links");
    if (this.address !== this.loaded) history.replaceState(history.state, "", this.loaded);
    this.address = this.loaded;
    this.summary.announceProblem();
  }

  // --- what visitors do ---

  #wishes() {
    return {
      choose: (facet, value, on) => {
        this.change((state, index) => states.withValue(state, facet, value, on, index.values(facet)));
      },
      more: () => this.#withCounts(),
      intent: () => this.#loadAhead(),
      done: () => this.#toResults(),
    };
  }

  async #fetchPanel() {
    try {
      await this.panel?.fetch();
    } catch (error) {
      // The data has all of it as well, and is loaded only because there is no other way.
      console.warn(`The filters come from the data: ${error}`);
      await this.#withCounts();
    }
  }

  /** The panel with the counts of the data, and the list as it is. */
  async #withCounts() {
    try {
      if (!this.source) await this.#open();
      const { within } = await this.#found();
      this.#showPanel(this.source.index.select(this.state.chosen, within));
      return true;
    } catch (error) {
      this.#giveUp(error, { asked: true });
      return false;
    }
  }

  async #loadAhead() {
    try {
      if (!this.source) await this.#open();
    } catch (error) {
      // Nothing is missing yet. Who chooses something is told.
      console.warn(`The data was not loaded ahead: ${error}`);
    }
  }

  #listen() {
    this.root.addEventListener("click", (event) => {
      const link = event.target.closest("a[data-page]");
      const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
      if (!link || !plain) return;
      event.preventDefault();
      const page = Number(link.dataset.page);
      this.change((state) => ({ ...state, page }), { toTop: true });
    });
    addEventListener("popstate", () => {
      // A step within the page, such as to the results, is no other list.
      if (here() === this.address) return;
      this.#go(() => {
        this.address = here();
        return this.#stateHere();
      }, {});
    });
    // Whoever follows a link and comes back finds the list as it was.
    for (const name of ["click", "pagehide"]) {
      addEventListener(name, () => this.address !== this.loaded && noteView(this.root), { capture: true });
    }
  }

  #toResults() {
    part(this.root, "main").scrollIntoView({ block: "start", behavior: "instant" });
    this.summary.count.focus({ preventScroll: true });
  }
}

const here = () => location.pathname + location.search;

function without(state, index, facet, value) {
  if (facet === "q") return states.withQuery(state, "");
  return states.withValue(state, facet, value, false, index.values(facet));
}

function split(text, mark) {
  const at = text.search(mark);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}
