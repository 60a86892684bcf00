/** Everything in a catalogue that can be searched: courses, other texts, and the names that are suggested to visitors. */

import { foldWithoutApostrophes } from "../core/fold.js";
import { TextIndex } from "./text-index.js";

/** The weights of the fields. `labels` are the titles of some filter values, such as "Online". */
const COURSE_FIELDS = { title: 5, summary: 1.5, skills: 2.5, outcomes: 1, provider: 2, industry: 2, labels: 1 };
const OTHER_FIELDS = { title: 5, summary: 2, more: 1 };
const LABEL_FACETS = ["mode", "level", "timing", "language", "credential"];
/** The only price that people search for by name. */
const FREE = "free";

const MAX_SUGGESTIONS = 8;
const MAX_NAMES = 3;
const MAX_OTHERS = 2;
/** The order of suggestions that match equally well. */
const KIND_ORDER = ["industry", "skill", "provider", "place", "course", "pathway", "guide", "story"];

/**
 * @typedef {{kind: string, title: string, summary: string, url: string}} OtherResult a story, guide or pathway
 * @typedef {{kind: string, title: string, by: string, url: string}} Suggestion `by` is a course's provider, else ""
 * @typedef {{first: number, courses: string[][], others?: string[][]}} Block a file in `data/search/`
 */

/** Built from the files that the build writes: first the data of the courses, then one search block after another. */
export class CatalogueIndex {
  #courses = new TextIndex(COURSE_FIELDS, ["labels"]);
  #others = new TextIndex(OTHER_FIELDS);
  #names = new TextIndex({ title: 1 });
  /** @type {Array<[title: string, provider: string]>} */
  #courseTitles = [];
  /** @type {OtherResult[]} */
  #otherResults = [];
  /** @type {Suggestion[]} */
  #nameSuggestions = [];
  #labels;
  #base;
  #data;

  /**
   * @param {string} base the base path of the website, with a slash at both ends
   * @param {any} data of all courses
   */
  constructor(base, data) {
    this.#base = base;
    this.#data = data;
    this.#labels = searchableLabels(data);
    const valuesOf = (/** @type {string} */ id) =>
      data.facets.find((/** @type {any} */ facet) => facet.id === id)?.values ?? [];
    for (const { id, title } of valuesOf("industry")) {
      const page = data.pages.find((/** @type {any} */ other) => other.industry === id && other.mode === "");
      if (page) {
        this.#addName("industry", title, page.path);
      }
    }
    for (const { id, title } of valuesOf("provider")) {
      this.#addName("provider", title, `providers/${id}/`);
    }
    for (const { id, title } of valuesOf("place")) {
      this.#addName("place", title, `places/${id}/`);
    }
    for (const name of data.skills.names) {
      this.#addName("skill", name, `courses/?skill=${encodeURIComponent(name)}`);
    }
  }

  /** @param {Block} block */
  add({ first, courses, others = [] }) {
    for (const [position, texts] of courses.entries()) {
      const number = first + position;
      this.#courses.add(number, [...texts, this.#labelsOf(number)]);
      this.#courseTitles[number] = [texts[0], texts[4]];
    }
    for (const [kind, title, summary, more, url] of others) {
      this.#others.add(this.#otherResults.length, [title, summary, more]);
      this.#otherResults.push({ kind, title, summary, url });
    }
  }

  /**
   * @param {string} query
   * @returns {{courses: Array<[number, number]>, others: OtherResult[]}} best first; of each course its number and score
   */
  search(query) {
    return {
      courses: this.#courses.find(query),
      others: this.#others.find(query).map(([number]) => this.#otherResults[number]),
    };
  }

  /**
   * What somebody may mean who has typed this so far: at most 8, best first.
   *
   * @param {string} prefix
   * @returns {Suggestion[]}
   */
  suggest(prefix) {
    const inTitles = { fields: ["title"], all: true, typing: true };
    const names = this.#names.find(prefix, inTitles).map(([number]) => this.#nameSuggestions[number]);
    const others = this.#others.find(prefix, inTitles).map(([number]) => {
      const { kind, title, url } = this.#otherResults[number];
      return { kind, title, by: "", url };
    });
    const beforeCourses = [
      ...inOrder(names, prefix).slice(0, MAX_NAMES),
      ...inOrder(others, prefix).slice(0, MAX_OTHERS),
    ];
    let courses = this.#courses.find(prefix, inTitles);
    if (!courses.length && !beforeCourses.length) {
      courses = this.#courses.find(prefix);
    }
    const suggestedCourses = courses
      .slice(0, MAX_SUGGESTIONS - beforeCourses.length)
      .map(([number]) => this.#courseSuggestion(number));
    return inOrder([...beforeCourses, ...suggestedCourses], prefix);
  }

  /**
   * @param {string} kind
   * @param {string} title
   * @param {string} path
   */
  #addName(kind, title, path) {
    this.#names.add(this.#nameSuggestions.length, [title]);
    this.#nameSuggestions.push({ kind, title, by: "", url: this.#base + path });
  }

  /**
   * @param {number} number
   * @returns {Suggestion}
   */
  #courseSuggestion(number) {
    const [title, by] = this.#courseTitles[number];
    return { kind: "course", title, by, url: `${this.#base}courses/${this.#data.ids[number]}/` };
  }

  /** @param {number} number */
  #labelsOf(number) {
    return this.#labels
      .flatMap(({ codes, titles }) => [codes[number]].flat().map((code) => titles[code] ?? ""))
      .join(" ");
  }
}

/**
 * For each facet with labels, the codes of all courses, and the labels by code; "" for those that cannot be searched for.
 * The language of most courses is among these: a search for English means the subject.
 *
 * @param {any} data
 * @returns {Array<{codes: Array<number | number[]>, titles: string[]}>}
 */
function searchableLabels({ ids, facets }) {
  return facets
    .filter((/** @type {any} */ facet) => LABEL_FACETS.includes(facet.id) || facet.id === "cost")
    .map((/** @type {any} */ { id, values, codes }) => {
      const counts = values.map(() => 0);
      codes.flat().forEach((/** @type {number} */ code) => (counts[code] += 1));
      const isSearchable = (/** @type {any} */ value, /** @type {number} */ code) =>
        id === "cost" ? value.id === FREE : id !== "language" || counts[code] * 2 <= ids.length;
      const titles = values.map((/** @type {any} */ value, /** @type {number} */ code) =>
        isSearchable(value, code) ? value.title : "",
      );
      return { codes, titles };
    });
}

/**
 * Suggestions in order: first those that begin with what was typed, among them by kind. Others keep their order.
 *
 * @param {Suggestion[]} suggestions
 * @param {string} prefix
 */
function inOrder(suggestions, prefix) {
  const start = foldWithoutApostrophes(prefix.trim());
  const rank = (/** @type {Suggestion} */ { kind, title }) =>
    (foldWithoutApostrophes(title).startsWith(start) ? 0 : KIND_ORDER.length) + KIND_ORDER.indexOf(kind);
  return [...suggestions].sort((one, other) => rank(one) - rank(other));
}
