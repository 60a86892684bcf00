/**
 * The state of a list (query, filters, order, page), as an address and back. Needs neither page nor data.
 *
 * Addresses are canonical: the same state always has the same one. Unknown parts of an address are ignored.
 *
 * @typedef {object} State
 * @property {string} q the search query; "" for none
 * @property {Record<string, string[]>} chosen the chosen values by facet, in the facet's order; no empty lists
 * @property {string} sort the order; "" for the default one
 * @property {number} page from 1
 *
 * @typedef {object} Options what can be chosen in a list
 * @property {Map<string, string[]>} values the ids of each facet's values, in order; for `skill` their names
 * @property {string[]} sorts
 *
 * @typedef {object} Page a list that has a page of its own. It also has a property for each axis: the value, or ""
 * @property {string} path relative to the base path
 * @property {string} heading
 * @property {string} title of the document
 *
 * @typedef {object} Routes the addresses of the lists of one type
 * @property {string} base the base path, with a slash at both ends
 * @property {string} home the path of the list of everything, or of this list if it has only one page
 * @property {string[]} axes the facets whose values have list pages, such as `industry`
 * @property {Page[]} pages
 */

/** The parameters of an address, in order. `early.js` has the same list. */
export const KEYS = [
  "q", "background", "industry", "mode", "level", "cost", "duration", "pace", "timing", "start", "language",
  "provider", "credential", "place", "skill", "sort", "page",
];
const FIRST_NON_FACET = KEYS.indexOf("sort");
const NOT_FACETS = new Set(["q", "sort", "page"]);
const MAX_QUERY_CHARACTERS = 200;
const PATH_AND_NUMBER = /^(.*?)(?:page\/([1-9]\d{0,5})\/)?$/s;

/**
 * The parameters of an address in which these facets can occur. Facets that are not in `KEYS` stand before `sort`, by id.
 *
 * @param {Iterable<string>} facets
 */
export function orderedKeys(facets) {
  const added = [...facets].filter((facet) => !KEYS.includes(facet)).sort();
  return [...KEYS.slice(0, FIRST_NON_FACET), ...added, ...KEYS.slice(FIRST_NON_FACET)];
}

/** @returns {State} */
export function emptyState() {
  return { q: "", chosen: {}, sort: "", page: 1 };
}

/** A query without superfluous white space, and no longer than anybody would type. */
function normalizeQuery(text) {
  return text.replace(/[\s\p{Cc}]+/gu, " ").trim().slice(0, MAX_QUERY_CHARACTERS).trim();
}

/**
 * The state that a query string asks for.
 *
 * @param {string} search with or without its question mark
 * @param {Options} options
 * @returns {State}
 */
export function parseQuery(search, options) {
  const parameters = new URLSearchParams(search);
  const state = emptyState();
  state.q = normalizeQuery(parameters.get("q") ?? "");
  for (const key of orderedKeys(options.values.keys())) {
    const values = NOT_FACETS.has(key) ? undefined : options.values.get(key);
    if (values && parameters.has(key)) setValues(state, key, new Set(parameters.getAll(key)), values);
  }
  const sort = parameters.get("sort") ?? "";
  if (options.sorts.includes(sort)) state.sort = sort;
  const page = parameters.get("page") ?? "";
  if (/^[1-9]\d{0,5}$/.test(page)) state.page = Number(page);
  return withDefaultSort(state);
}

/** The query string of a state, without a question mark; "" for the default state. */
export function formatQuery(state) {
  const parameters = new URLSearchParams();
  for (const key of orderedKeys(Object.keys(state.chosen))) {
    if (key === "page") {
      if (state.page > 1) parameters.append(key, String(state.page));
    } else if (NOT_FACETS.has(key)) {
      if (state[key]) parameters.append(key, state[key]);
    } else {
      for (const value of state.chosen[key] ?? []) parameters.append(key, value);
    }
  }
  return parameters.toString();
}

/**
 * The page of its own that has exactly the chosen values, whatever page number, if there is one.
 *
 * @param {State} state
 * @param {Routes} routes
 * @returns {Page | undefined}
 */
export function pageOf(state, routes) {
  if (state.q || state.sort) return undefined;
  for (const key in state.chosen) {
    if (!routes.axes.includes(key) || state.chosen[key].length > 1) return undefined;
  }
  return routes.pages.find((page) => routes.axes.every((axis) => page[axis] === (state.chosen[axis]?.[0] ?? "")));
}

/**
 * The address of a state: path and query.
 *
 * @param {State} state
 * @param {Routes} routes
 */
export function addressOf(state, routes) {
  const page = pageOf(state, routes);
  if (page) return routes.base + encodeURI(page.path) + (state.page > 1 ? `page/${state.page}/` : "");
  const query = formatQuery(state);
  return routes.base + encodeURI(routes.home) + (query ? `?${query}` : "");
}

/**
 * The state that an address of this website shows; undefined if the address is not a list.
 *
 * @param {string} path the whole path, with the base path
 * @param {string} search
 * @param {Options} options
 * @param {Routes} routes
 * @returns {State | undefined}
 */
export function stateAt(path, search, options, routes) {
  let decoded = path;
  try {
    decoded = decodeURI(path);
  } catch {
    // The path is malformed, so it is not a page of this website.
    return undefined;
  }
  if (!decoded.startsWith(routes.base)) return undefined;
  const [, home, number] = PATH_AND_NUMBER.exec(decoded.slice(routes.base.length));
  const page = routes.pages.find((other) => other.path === home);
  if (!page && home !== routes.home) return undefined;
  const state = parseQuery(search, options);
  for (const axis of routes.axes) {
    const values = options.values.get(axis);
    if (page?.[axis] && values) setValues(state, axis, new Set([...(state.chosen[axis] ?? []), page[axis]]), values);
  }
  // The number in a path counts the pages of the list without filters.
  if (number && !formatQuery(parseQuery(search, options))) state.page = Number(number);
  return state;
}

/**
 * The state with a value added or removed, on its first page.
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
  return withDefaultSort({ ...state, q: normalizeQuery(q), page: 1 });
}

/** The state in another order, on its first page. */
export function withSort(state, sort) {
  return withDefaultSort({ ...state, sort, page: 1 });
}

function setValues(state, facet, wanted, values) {
  const chosen = values.filter((value) => wanted.has(value));
  if (chosen.length) state.chosen[facet] = chosen;
  else delete state.chosen[facet];
}

/** The default order is written as "": by relevance for search results, by title otherwise. */
function withDefaultSort(state) {
  if (state.sort === (state.q ? "relevance" : "title")) return { ...state, sort: "" };
  if (state.sort === "relevance") return { ...state, sort: "" };
  return state;
}
