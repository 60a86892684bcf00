/** A full-text index with MiniSearch, and its ranking: texts with more words of the query come first. */

import MiniSearch from "../vendor/minisearch.js";
import { QueryParser } from "./query-parser.js";
import { Vocabulary } from "./vocabulary.js";
import { indexTerms, phrase } from "./words.js";

/** If this many texts have all words of a query, texts with only some of them are left out. */
const ENOUGH_FULL_MATCHES = 10;

/** Factors for a title that is the query, begins with it, or contains it. */
const TITLE_EQUAL = 4;
const TITLE_BEGINS = 2;
const TITLE_CONTAINS = 1.5;

/** Queries are split into terms before MiniSearch gets them. */
const UNCHANGED = {
  tokenize: (/** @type {string} */ text) => [text],
  processTerm: (/** @type {string} */ term) => term,
};

/**
 * @typedef {import("./query-parser.js").QueryWord} QueryWord
 * @typedef {{id: number, score: number, queryTerms: string[], match: object}} Match from MiniSearch
 */

/** Texts with several fields; the first field is the title. */
export class TextIndex {
  #index;
  #fields;
  #vocabulary = new Vocabulary();
  /** The terms of each title, with a space before and after. @type {Map<number, string>} */
  #titles = new Map();

  /**
   * @param {Record<string, number>} boosts the weight of each field, in the order of the fields
   * @param {string[]} [labels] fields with labels and not with sentences: a word may be frequent there and still mean much
   */
  constructor(boosts, labels = []) {
    this.#fields = Object.keys(boosts);
    this.#index = new MiniSearch({
      fields: this.#fields,
      extractField: (/** @type {{id: number, texts: string[]}} */ text, /** @type {string} */ field) =>
        field === "id" ? text.id : text.texts[this.#fields.indexOf(field)],
      tokenize: indexTerms,
      processTerm: (/** @type {string} */ term, /** @type {string} */ field) => {
        this.#vocabulary.add(term, !labels.includes(field));
        return term;
      },
      searchOptions: { ...UNCHANGED, boost: boosts, weights: { prefix: 0.4, fuzzy: 0.3 } },
    });
  }

  /**
   * @param {number} id
   * @param {string[]} texts one for each field
   */
  add(id, texts) {
    this.#index.add({ id, texts });
    this.#titles.set(id, ` ${phrase(texts[0])} `);
  }

  /**
   * The texts that match a query, best first, as pairs of id and score. The integer part of a score is the number of words
   * that were found, so sorting by score sorts by that first. A query without words gives nothing.
   *
   * @param {string} query
   * @param {{fields?: string[], all?: boolean, typing?: boolean}} [options] `fields`: search only these; `all`: only texts
   *   with all words; `typing`: a single letter may be the beginning of a word
   * @returns {Array<[number, number]>}
   */
  find(query, { fields = this.#fields, all = false, typing = false } = {}) {
    const words = new QueryParser(this.#vocabulary, { texts: this.#titles.size, typing }).parse(query);
    const meaningful = words.filter((word) => !word.common);
    const needed = meaningful.length ? meaningful : words;
    if (!needed.length) {
      return [];
    }
    const known = needed.filter((word) => word.terms.length);
    let matches = known.length ? this.#search("AND", known, fields) : [];
    if (all) {
      return known.length === needed.length ? this.#ranked(matches, known, query) : [];
    }
    // A few full matches are followed by texts with most of the words. Without any, half of the words are enough.
    const minimum = matches.length ? Math.floor(known.length / 2) + 1 : Math.ceil(known.length / 2);
    if (minimum < known.length && matches.length < ENOUGH_FULL_MATCHES) {
      matches = withMostWords(this.#search("OR", known, fields), known, minimum);
    }
    return this.#ranked(matches, known, query);
  }

  /**
   * @param {"AND" | "OR"} combineWith
   * @param {QueryWord[]} words
   * @param {string[]} fields
   */
  #search(combineWith, words, fields) {
    return this.#index.search({ combineWith, queries: words.map((word) => word.query), fields });
  }

  /**
   * @param {Match[]} matches
   * @param {QueryWord[]} words
   * @param {string} query
   * @returns {Array<[number, number]>}
   */
  #ranked(matches, words, query) {
    const typed = ` ${phrase(query)}`;
    let highest = 0;
    const scored = matches.map(({ id, score, queryTerms, match }) => {
      const exact = queryTerms.filter((term) => Object.hasOwn(match, term)).length;
      const improved = score * (1 + exact / words.length) * titleFactor(this.#titles.get(id) ?? "", typed);
      highest = Math.max(highest, improved);
      return { id, count: countFound(queryTerms, words), score: improved };
    });
    return scored
      .map(({ id, count, score }) => /** @type {[number, number]} */ ([id, count + score / (highest + 1)]))
      .sort(([id, score], [otherId, otherScore]) => otherScore - score || id - otherId);
  }
}

/**
 * @param {string} title with a space before and after
 * @param {string} phrase with a space before
 */
function titleFactor(title, phrase) {
  if (title.startsWith(phrase)) {
    return title.length === phrase.length + 1 ? TITLE_EQUAL : TITLE_BEGINS;
  }
  return title.includes(phrase) ? TITLE_CONTAINS : 1;
}

/**
 * How many words of the query were found.
 *
 * @param {string[]} queryTerms the terms that a text has
 * @param {QueryWord[]} words
 */
function countFound(queryTerms, words) {
  return words.filter((word) => word.terms.some((term) => queryTerms.includes(term))).length;
}

/**
 * The matches with at least `minimum` words or, if there are none, those with the most.
 *
 * @param {Match[]} matches
 * @param {QueryWord[]} words
 * @param {number} minimum
 */
function withMostWords(matches, words, minimum) {
  const counts = matches.map(({ queryTerms }) => countFound(queryTerms, words));
  const most = counts.reduce((highest, count) => Math.max(highest, count), 0);
  return matches.filter((_, index) => counts[index] >= Math.min(minimum, most));
}
