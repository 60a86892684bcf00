/**
 * Turns what somebody has typed into a query for MiniSearch. Words match by prefix, typing errors are tolerated, and
 * compounds match however they are written.
 */

import { splitWords } from "./words.js";

const MAX_WORDS = 12;
const MAX_CHARACTERS = 400;

/** A word that occurs more often than this for each text, such as "in" and "and", says nothing about a text. */
const COMMON_FREQUENCY = 0.7;
/** Among fewer texts, a word can seem common by chance. */
const MIN_TEXTS_FOR_COMMON = 20;

/** The number of letters from which one typing error is tolerated, and from which two are. */
const MIN_LETTERS_ONE_ERROR = 4;
const MIN_LETTERS_TWO_ERRORS = 8;

/** Up to this many last letters of a long word may be an ending: accounting and accountant. */
const ENDING_LETTERS = 3;
const MIN_LETTERS_WITH_ENDING = 8;

/** A singular counts less than the plural that was typed. */
const SINGULAR_BOOST = 0.7;

/**
 * A word of a query, with everything that can stand for it in a text.
 *
 * @typedef {object} QueryWord
 * @property {string[]} terms none if nothing in the texts is like it
 * @property {object} query for MiniSearch
 * @property {boolean} common whether it says nothing about a text
 */

export class QueryParser {
  #vocabulary;
  #typing;
  #texts;

  /**
   * @param {import("./vocabulary.js").Vocabulary} vocabulary
   * @param {{ texts: number, typing: boolean }} options `texts`: how many texts the index has; `typing`: somebody is still
   *   typing, so a single letter may be the beginning of a word
   */
  constructor(vocabulary, { texts, typing }) {
    this.#vocabulary = vocabulary;
    this.#texts = texts;
    this.#typing = typing;
  }

  /**
   * @param {string} text
   * @returns {QueryWord[]} without duplicates
   */
  parse(text) {
    const words = splitWords(text.slice(0, MAX_CHARACTERS)).slice(0, MAX_WORDS);
    /** @type {Map<string, QueryWord>} */
    const result = new Map();
    for (const [position, { parts, joined, required }] of words.entries()) {
      // A single letter is the beginning of too many words. In scripts in which a character can be a word, it is one.
      const canContinue =
        position === words.length - 1 && (this.#typing || parts.length > 1 || !/^[a-z]$/.test(parts[0]));
      if (joined.length) {
        result.set(joined[0], this.#compound(required, joined, canContinue));
      } else {
        parts.forEach((part, index) => result.set(part, this.#word(part, canContinue && index === parts.length - 1)));
      }
    }
    return [...result.values()];
  }

  /**
   * @param {string} term
   * @param {boolean} canContinue whether it may be the beginning of a word, however short
   * @returns {QueryWord}
   */
  #word(term, canContinue) {
    return this.#isKnown(term, canContinue)
      ? this.#knownWord(term, isPrefix(term, canContinue))
      : this.#unknownWord(term, canContinue);
  }

  /**
   * @param {string} term
   * @param {boolean} canContinue
   */
  #isKnown(term, canContinue) {
    return this.#vocabulary.has(term) || (isPrefix(term, canContinue) && this.#vocabulary.hasPrefix(term));
  }

  /**
   * @param {string} term
   * @param {boolean} prefix
   * @returns {QueryWord}
   */
  #knownWord(term, prefix) {
    const common =
      this.#texts >= MIN_TEXTS_FOR_COMMON && this.#vocabulary.count(term) > COMMON_FREQUENCY * this.#texts;
    const exact = { queries: [term], prefix };
    const one = singular(term);
    if (one === null || !this.#vocabulary.has(one)) {
      return { terms: [term], query: exact, common };
    }
    return { terms: [term, one], query: anyOf([exact, { queries: [one], boostTerm: () => SINGULAR_BOOST }]), common };
  }

  /**
   * A word that is not in the texts is taken for one with typing errors.
   *
   * @param {string} term
   * @param {boolean} canContinue
   * @returns {QueryWord}
   */
  #unknownWord(term, canContinue) {
    const fuzzy = toleratedErrors(term);
    if (!fuzzy) {
      return { terms: [], query: { queries: [] }, common: false };
    }
    const swapped = withSwappedLetters(term).filter(
      (other) => this.#vocabulary.has(other) || (canContinue && this.#vocabulary.hasPrefix(other)),
    );
    const stems = term.length < MIN_LETTERS_WITH_ENDING ? [] : [term.slice(0, -ENDING_LETTERS)];
    const queries = [
      { queries: [term], prefix: false, fuzzy },
      ...swapped.map((other) => ({ queries: [other], prefix: canContinue })),
      ...stems.map((stem) => ({ queries: [stem], prefix: true })),
    ];
    return { terms: [term, ...swapped, ...stems], query: anyOf(queries), common: false };
  }

  /**
   * A word with hyphens or apostrophes: one of its spellings in one word, or all of its parts.
   *
   * @param {string[]} parts
   * @param {string[]} joined
   * @param {boolean} canContinue
   * @returns {QueryWord}
   */
  #compound(parts, joined, canContinue) {
    const partsContinue = parts.map((_, index) => canContinue && index === parts.length - 1);
    // A spelling that no text has is not taken for a typing error if the texts have all parts.
    const canBeWrong = !parts.every((part, index) => this.#isKnown(part, partsContinue[index]));
    const spellings = joined
      .filter((term) => canBeWrong || this.#isKnown(term, canContinue))
      .map((term) => this.#word(term, canContinue))
      .filter((word) => word.terms.length);
    const words = parts.map((part, index) => this.#word(part, partsContinue[index]));
    const queries = spellings.map((word) => word.query);
    if (words.every((word) => word.terms.length)) {
      queries.push({ combineWith: "AND", queries: words.map((word) => word.query) });
      spellings.push(...words);
    }
    return { terms: spellings.flatMap((word) => word.terms), query: anyOf(queries), common: false };
  }
}

/**
 * Whether longer words that begin with a term match too.
 *
 * @param {string} term
 * @param {boolean} canContinue
 */
function isPrefix(term, canContinue) {
  return term.length > 2 || canContinue;
}

/** @param {object[]} queries */
function anyOf(queries) {
  return { combineWith: "OR", queries };
}

/**
 * How many typing errors a word may have: none in short words and in numbers.
 *
 * @param {string} term
 */
function toleratedErrors(term) {
  if (term.length < MIN_LETTERS_ONE_ERROR || /\p{N}/u.test(term)) {
    return 0;
  }
  return term.length < MIN_LETTERS_TWO_ERRORS ? 1 : 2;
}

/**
 * The word without the s that forms the plural in several languages; null if it cannot be a plural. The opposite needs no
 * rule, because a singular is a prefix of its plural.
 *
 * @param {string} term
 */
function singular(term) {
  return term.length > 4 && term.endsWith("s") ? term.slice(0, -1) : null;
}

/**
 * The word with two neighbouring letters swapped, for each pair of neighbours.
 *
 * @param {string} term
 */
function withSwappedLetters(term) {
  const letters = [...term];
  return letters
    .slice(1)
    .map((letter, index) => [...letters.slice(0, index), letter, letters[index], ...letters.slice(index + 2)].join(""));
}
