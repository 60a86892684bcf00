/**
 * The types of lists: their messages, their pages, and where their data comes from.
 *
 * @typedef {object} Source
 * @property {FacetIndex} index
 * @property {import("./state.js").Page[]} pages
 * @property {(numbers: number[]) => Promise<Map<number, string>>} loadCards the HTML of cards, by number
 * @property {string} templates the HTML of what scripts add to a list
 *
 * @typedef {object} ListType
 * @property {{ count: string, showing: string, show: string, without: string }} messages their keys
 * @property {string} nothing the name of the template for an empty list
 * @property {string} home the path of the list of everything
 * @property {string[]} axes the facets whose values have list pages
 * @property {string[]} sorts
 * @property {boolean} searchable
 * @property {() => Promise<Source>} open
 */

import { loadCards, loadCourses, loadManifest, loadStories } from "../core/data.js";
import { FacetIndex } from "./facet-index.js";
import { dayNumber, today } from "./start-dates.js";

async function open(load, cardLoaderFor) {
  const [{ built, templates, timeZone }, data] = await Promise.all([loadManifest(), load()]);
  const index = new FacetIndex(data, today(timeZone) - dayNumber(built));
  return { index, pages: data.pages, loadCards: cardLoaderFor(data), templates };
}

/** @type {Record<string, ListType>} */
export const LIST_TYPES = {
  courses: {
    messages: { count: "courses", showing: "showing", show: "show_courses", without: "without_courses" },
    nothing: "no-course",
    home: "courses/",
    axes: ["industry", "mode"],
    sorts: ["relevance", "title", "start", "apply-by", "cost", "duration", "added"],
    searchable: true,
    open: () => open(loadCourses, () => loadCards),
  },
  stories: {
    messages: { count: "stories", showing: "showing_stories", show: "show_stories", without: "without_stories" },
    nothing: "no-story",
    home: "stories/",
    axes: ["background", "industry", "mode"],
    sorts: [],
    searchable: false,
    open: () =>
      open(loadStories, ({ cards }) => async (numbers) => new Map(numbers.map((number) => [number, cards[number]]))),
  },
};
