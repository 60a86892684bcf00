/**
 * What a list shows, as an address and back. Without the page and without the data: both are arguments.
 *
 * An address is exact: the same state always has the same one. Whatever is unknown in it is left out.
 *
 * @typedef {object} State
 * @property {string} q what is looked for, "" for nothing
 * @property {Record<string, string[]>} chosen the chosen values by facet, in the facet's own order; no empty lists
 * @property {string} sort the order, "" for the usual one
 * @property {number} page from 1
 *
 * @typedef {object} Known what a list can be filtered by
 * @property {Map<string, string[]>} values the ids of each facet's values, in order; `skill` by its name
 * @property {string[]} sorts
 *
 * @typedef {object} Page a list that the website has as a page of its own
 * @property {string} path relative to the base path
 * @property {string} heading
 * @property {string} title of the document
 *
 * @typedef {object} Place where a list stands
 * @property {string} base the base path, with a slash at both ends
 * @property {string} home the path of the list of all, or of the only one where `fixed` says more
 * @property {string[]} axes the facets of which pages are made, such as `industry`
 * @property {Page[]} pages the pages; each has a value ("" for none) by the name of each axis
 */

/** The keys of an address, in its order. */
export const KEYS = [
  "q", "background", "industry", "mode", "level", "cost", "duration", "pace", "timing", "start", "language",
  "provider", "credential", "skill", "sort", "page",
];
const OTHERS = new Set(["q", "sort", "page"]);
const LONGEST_QUERY = 200;
const NUMBERED = /^(.*?)(?:page\/([1-9]\d{0,5})\/)?$/s;

/** @returns {State} */
export function emptyState() {
  return { q: "", chosen: {}, sort: "", page: 1 };
}

/** What is looked for, as it is kept: white space made one, and not longer than anybody would type. */
export function tidyQuery(text) {
  return text.replace(/[\s\p{Cc}]+/gu, " ").trim().slice(0, LONGEST_QUERY).trim();
}

/**
 * The state that a query string asks for.
 *
 * @param {string} search with or without its question mark
 * @param {Known} known
 * @returns {State}
 */
export function parseQuery(search, known) {
  const asked = new URLSearchParams(search);
  const state = emptyState();
  state.q = tidyQuery(asked.get("q") ?? "");
  for (const key of KEYS) {
    const values = OTHERS.has(key) ? undefined : known.values.get(key);
    if (values && asked.has(key)) setValues(state, key, new Set(asked.getAll(key)), values);
  }
  const sort = asked.get("sort") ?? "";
  if (known.sorts.includes(sort)) state.sort = sort;
  const page = asked.get("page") ?? "";
  if (/^[1-9]\d{0,5}$/.test(page)) state.page = Number(page);
  return usual(state);
}

/** The query string of a state, without a question mark; "" where everything is as usual. */
export function formatQuery(state) {
  const parts = new URLSearchParams();
  for (const key of KEYS) {
    if (key === "page") {
      if (state.page > 1) parts.append(key, String(state.page));
    } else if (OTHERS.has(key)) {
      if (state[key]) parts.append(key, state[key]);
    } else {
      for (const value of state.chosen[key] ?? []) parts.append(key, value);
    }
  }
  return parts.toString();
}

/**
 * The page of its own that shows exactly what the state does (whatever the number), if there is one.
 *
 * @param {State} state
 * @param {Place} place
 * @returns {Page | undefined}
 */
export function pageOf(state, place) {
  if (state.q || state.sort) return undefined;
  for (const key in state.chosen) {
    if (!place.axes.includes(key) || state.chosen[key].length > 1) return undefined;
  }
  return place.pages.find((page) => place.axes.every((axis) => page[axis] === (state.chosen[axis]?.[0] ?? "")));
}

/**
 * The address of a state: path and query.
 *
 * @param {State} state
 * @param {Place} place
 */
export function addressOf(state, place) {
  const page = pageOf(state, place);
  if (page) return place.base + encodeURI(page.path) + (state.page > 1 ? `page/${state.page}/` : "");
  const query = formatQuery(state);
  return place.base + encodeURI(place.home) + (query ? `?${query}` : "");
}

/**
 * The state that an address of this website shows; undefined where it is no list.
 *
 * @param {string} path the whole path, with the base path
 * @param {string} search
 * @param {Known} known
 * @param {Place} place
 * @returns {State | undefined}
 */
export function stateAt(path, search, known, place) {
  let own = path;
  try {
    own = decodeURI(path);
  } catch {
    // Not an address that this website wrote; then it is no page of it either.
    return undefined;
  }
  if (!own.startsWith(place.base)) return undefined;
  const [, home, number] = NUMBERED.exec(own.slice(place.base.length));
  const page = place.pages.find((one) => one.path === home);
  if (!page && home !== place.home) return undefined;
  const state = parseQuery(search, known);
  for (const axis of place.axes) {
    const values = known.values.get(axis);
    if (page?.[axis] && values) setValues(state, axis, new Set([...(state.chosen[axis] ?? []), page[axis]]), values);
  }
  // The number in a path belongs to the page as it is, not to what the query makes of it.
  if (number && !formatQuery(parseQuery(search, known))) state.page = Number(number);
  return state;
}

/**
 * The state with a value chosen or not, on its first page.
 *
 * @param {State} state
 * @param {string} facet
 * @param {string} value
 * @param {boolean} on
 * @param {string[]} values all values of the facet, in order
 * @returns {State}
 */
export function withValue(state, facet, value, on, values) {
  const wanted = new Set(state.chosen[facet]);
  if (on) wanted.add(value);
  else wanted.delete(value);
  const next = { ...state, chosen: { ...state.chosen }, page: 1 };
  setValues(next, facet, wanted, values);
  return next;
}

/** The state with another query, on its first page. */
export function withQuery(state, q) {
  return usual({ ...state, q: tidyQuery(q), page: 1 });
}

/** The state in another order, on its first page. */
export function withSort(state, sort) {
  return usual({ ...state, sort, page: 1 });
}

/** How many values are chosen. */
export function chosenCount(state) {
  return Object.values(state.chosen).reduce((sum, values) => sum + values.length, 0);
}

function setValues(state, facet, wanted, values) {
  const found = values.filter((value) => wanted.has(value));
  if (found.length) state.chosen[facet] = found;
  else delete state.chosen[facet];
}

/** The usual order is not said: by relevance where something is looked for, else by title. */
function usual(state) {
  if (state.sort === (state.q ? "relevance" : "title")) return { ...state, sort: "" };
  if (state.sort === "relevance") return { ...state, sort: "" };
  return state;
}
