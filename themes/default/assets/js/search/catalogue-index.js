// What can be searched of a catalogue: courses, other texts, and the names that are suggested while somebody types.
import { fold } from "../core/fold.js";
import { TextIndex } from "./text-index.js";

/** What a word counts where it stands. The last, facts, are the titles of some filters' values, such as "Online". */
const COURSE = { title: 5, summary: 1.5, skills: 2.5, outcomes: 1, provider: 2, industry: 2, facts: 1 };
const OTHER = { title: 5, summary: 2, more: 1 };
const FACTS = ["mode", "level", "timing", "language", "credential"];
/** Of the prices, the only one that is a word. */
const FREE = "free";

const MOST_SUGGESTED = 8;
const MOST_NAMES = 3;
const MOST_OTHERS = 2;
/** Where two suggestions are as good, the one whose kind comes first. */
const KINDS = ["industry", "skill", "provider", "course", "pathway", "guide", "story"];

/**
 * @typedef {{kind: string, title: string, summary: string, url: string}} Other
 * @typedef {{kind: string, title: string, by: string, url: string}} Suggestion `by` is a course's provider, or ""
 */

/** Made of the files that the build writes: first of the courses' data, then of one search block after another. */
export class CatalogueIndex {
  #courses = new TextIndex(COURSE, ["facts"]);
  #others = new TextIndex(OTHER);
  #names = new TextIndex({ title: 1 });
  /** @type {Array<[string, string]>} Title and provider of each course. */
  #titles = [];
  /** @type {Other[]} */
  #texts = [];
  /** @type {Suggestion[]} */
  #named = [];
  #tellingFacts;
  #base;
  #data;

  /**
   * @param {string} base the path below which the site stands, with a slash at both ends
   * @param {any} data what courses.json says
   */
  constructor(base, data) {
    this.#base = base;
    this.#data = data;
    this.#tellingFacts = tellingFacts(data);
    const facet = (/** @type {string} */ id) =>
      data.facets.find((/** @type {any} */ one) => one.id === id)?.values ?? [];
    for (const { id, title } of facet("industry")) {
      const page = data.pages.find((/** @type {any} */ one) => one.industry === id && one.mode === "");
      if (page) {
        this.#name("industry", title, page.path);
      }
    }
    for (const { id, title } of facet("provider")) {
      this.#name("provider", title, `providers/${id}/`);
    }
    for (const name of data.skills.names) {
      this.#name("skill", name, `courses/?skill=${encodeURIComponent(name)}`);
    }
  }

  /** @param {{first: number, courses: string[][], others?: string[][]}} block */
  add({ first, courses, others = [] }) {
    for (const [position, texts] of courses.entries()) {
      const number = first + position;
      this.#courses.add(number, [...texts, this.#facts(number)]);
      this.#titles[number] = [texts[0], texts[4]];
    }
    for (const [kind, title, summary, more, url] of others) {
      this.#others.add(this.#texts.length, [title, summary, more]);
      this.#texts.push({ kind, title, summary, url });
    }
  }

  /**
   * @param {string} query
   * @returns {{courses: Array<[number, number]>, others: Other[]}}
   */
  search(query) {
    return {
      courses: this.#courses.find(query),
      others: this.#others.find(query).map(([number]) => this.#texts[number]),
    };
  }

  /**
   * What somebody may mean who has typed so far: at most 8, the best first.
   * @param {string} prefix
   * @returns {Suggestion[]}
   */
  suggest(prefix) {
    const only = { fields: ["title"], all: true, typing: true };
    const names = this.#names.find(prefix, only).map(([number]) => this.#named[number]);
    const others = this.#others.find(prefix, only).map(([number]) => {
      const { kind, title, url } = this.#texts[number];
      return { kind, title, by: "", url };
    });
    const few = [...upTo(MOST_NAMES, names, prefix), ...upTo(MOST_OTHERS, others, prefix)];
    let courses = this.#courses.find(prefix, only);
    if (!courses.length && !few.length) {
      courses = this.#courses.find(prefix);
    }
    const found = courses.slice(0, MOST_SUGGESTED - few.length).map(([number]) => this.#course(number));
    return ordered([...few, ...found], prefix);
  }

  /**
   * @param {string} kind
   * @param {string} title
   * @param {string} path
   */
  #name(kind, title, path) {
    this.#names.add(this.#named.length, [title]);
    this.#named.push({ kind, title, by: "", url: this.#base + path });
  }

  /**
   * @param {number} number
   * @returns {Suggestion}
   */
  #course(number) {
    const [title, by] = this.#titles[number];
    return { kind: "course", title, by, url: `${this.#base}courses/${this.#data.ids[number]}/` };
  }

  /** @param {number} number */
  #facts(number) {
    return this.#tellingFacts
      .flatMap(({ codes, titles }) => [codes[number]].flat().map((code) => titles[code] ?? ""))
      .join(" ");
  }
}

/**
 * The titles of values that can be searched, by facet and the number of the value. The language of most courses is left
 * out: whoever looks for English among them means the subject.
 * @param {any} data
 * @returns {Array<{codes: Array<number | number[]>, titles: string[]}>}
 */
function tellingFacts({ ids, facets }) {
  return facets
    .filter((/** @type {any} */ facet) => FACTS.includes(facet.id) || facet.id === "cost")
    .map((/** @type {any} */ { id, values, codes }) => {
      const counts = values.map(() => 0);
      codes.flat().forEach((/** @type {number} */ code) => (counts[code] += 1));
      const telling = (/** @type {any} */ value, /** @type {number} */ code) =>
        id === "cost" ? value.id === FREE : id !== "language" || counts[code] * 2 <= ids.length;
      const titles = values.map((/** @type {any} */ value, /** @type {number} */ code) =>
        telling(value, code) ? value.title : "",
      );
      return { codes, titles };
    });
}

/**
 * @param {number} most
 * @param {Suggestion[]} found
 * @param {string} prefix
 */
function upTo(most, found, prefix) {
  return ordered(found, prefix).slice(0, most);
}

/**
 * Those that begin with what was typed before others, and then by kind; otherwise as they come.
 * @param {Suggestion[]} found
 * @param {string} prefix
 */
function ordered(found, prefix) {
  const start = fold(prefix.trim());
  const rank = (/** @type {Suggestion} */ { kind, title }) =>
    (fold(title).startsWith(start) ? 0 : KINDS.length) + KINDS.indexOf(kind);
  return [...found].sort((one, other) => rank(one) - rank(other));
}
