/** Splits texts and queries into the words that are compared: lower case, without accents. */

import { fold } from "../core/fold.js";

/** Longer words are cut. */
const MAX_CHARACTERS = 40;
/** Something with more hyphens than a compound has, such as a long list, has no spelling in one word. */
const MAX_COMPOUND_PARTS = 4;

// Words, which may contain hyphens and apostrophes, and names such as C++ and F#.
const WORD = /[\p{L}\p{N}\p{M}]+(?:[-\u2010\u2011'\u2019][\p{L}\p{N}\p{M}]+)*(?:\+\+|#)?/gu;
const HYPHEN_OR_APOSTROPHE = /[-\u2010\u2011'\u2019]/u;
const APOSTROPHE = /['\u2019]/u;
const WITHOUT_SPACES =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** @type {Intl.Segmenter | null} */
const segmenter = "Segmenter" in Intl ? new Intl.Segmenter(undefined, { granularity: "word" }) : null;

/**
 * A word of a text. `parts` has one item, unless the word has hyphens or apostrophes. With hyphens, `joined` is the
 * spelling in one word, because people write front-end, front end and frontend.
 *
 * @typedef {{parts: string[], joined: string | null}} Word
 */

/**
 * The words of a text in order, repeated words included.
 *
 * @param {string} text
 * @returns {Word[]}
 */
export function splitWords(text) {
  /** @type {Word[]} */
  const words = [];
  const folded = fold(text);
  const needsSegmenter = WITHOUT_SPACES.test(folded);
  for (const word of folded.match(WORD) ?? []) {
    if (needsSegmenter && WITHOUT_SPACES.test(word)) {
      words.push(...segments(word).map((part) => ({ parts: [shortened(part)], joined: null })));
    } else if (HYPHEN_OR_APOSTROPHE.test(word)) {
      const parts = word.split(HYPHEN_OR_APOSTROPHE).map(shortened);
      const isCompound = parts.length <= MAX_COMPOUND_PARTS && !APOSTROPHE.test(word);
      words.push({ parts, joined: isCompound ? shortened(parts.join("")) : null });
    } else {
      words.push({ parts: [shortened(word)], joined: null });
    }
  }
  return words;
}

/**
 * The terms under which a text is indexed: its words, the parts of compounds included.
 *
 * @param {string} text
 * @returns {string[]}
 */
export function indexTerms(text) {
  return splitWords(text).flatMap(({ parts, joined }) => (joined === null ? parts : [...parts, joined]));
}

const shortened = (/** @type {string} */ word) => word.slice(0, MAX_CHARACTERS);

/**
 * The words of a text written without spaces; pairs of neighbouring characters if the browser cannot find words.
 *
 * @param {string} text
 * @returns {string[]}
 */
function segments(text) {
  if (segmenter !== null) {
    return [...segmenter.segment(text)].filter((part) => part.isWordLike).map((part) => part.segment);
  }
  const characters = [...text];
  return characters.length < 2
    ? characters
    : characters.slice(1).map((character, index) => characters[index] + character);
}
