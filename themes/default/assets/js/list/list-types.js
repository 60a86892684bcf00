/**
 * The kinds of lists: where their data and their cards come from.
 *
 * @typedef {object} Source
 * @property {Index} index
 * @property {import("./state.js").Page[]} pages
 * @property {(numbers: number[]) => Promise<Map<number, string>>} cards
 */

import { loadCards, loadCourses, loadManifest, loadStories } from "../core/data.js";
import { dayNumber, Index, today } from "./facet-index.js";

async function ready(load, cardsOf) {
  const [{ built }, data] = await Promise.all([loadManifest(), load()]);
  const index = new Index(data, today() - dayNumber(built));
  return { index, pages: data.pages, cards: cardsOf(data) };
}

export const KINDS = {
  courses: {
    words: { found: "courses", showing: "showing", show: "show_courses", without: "without_courses" },
    home: "courses/",
    axes: ["industry", "mode"],
    sorts: ["relevance", "title", "start", "apply-by", "cost", "duration", "added"],
    searched: true,
    /** @returns {Promise<Source>} */
    open: () => ready(loadCourses, () => loadCards),
  },
  stories: {
    words: { found: "stories", showing: "showing_stories", show: "show_stories", without: "without_stories" },
    home: "stories/",
    axes: ["background", "industry", "mode"],
    sorts: [],
    searched: false,
    open: () =>
      ready(loadStories, ({ cards }) => async (numbers) => new Map(numbers.map((number) => [number, cards[number]]))),
  },
};
