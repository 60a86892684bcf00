/** Splits texts and queries into the words that are compared: lower case, without accents. */

import { fold } from "../core/fold.js";

/** Longer words are cut. */
const MAX_CHARACTERS = 40;
/** Something with more hyphens than a compound has, such as a long list, has no spelling in one word. */
const MAX_COMPOUND_PARTS = 4;

// Words, which may contain hyphens and apostrophes, and names such as C++ and F#.
const WORD = /[\p{L}\p{N}\p{M}]+(?:[-'][\p{L}\p{N}\p{M}]+)*(?:\+\+|#)?/gu;
const PART = /([^-']+)([-']?)/g;
/** What stands before an apostrophe and is no word of its own: l'art, qu'on, dell'arte, O'Brien. */
const ELIDED =
  /^(?:[a-z]{1,2}|jusqu|lorsqu|puisqu|quoiqu|quelqu|[cdns]?all|[dn]ell|[cs]oll|sull|quell|quest|bell|sant|degl|agl)$/;
/** What stands after an apostrophe and is no word of its own: women's, don't. */
const CONTRACTION = /^[a-z]{1,2}$/;
const WITHOUT_SPACES =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** @type {Intl.Segmenter | null} */
const segmenter = "Segmenter" in Intl ? new Intl.Segmenter(undefined, { granularity: "word" }) : null;

/**
 * A word of a text. `parts` has one item, unless the word has hyphens or apostrophes. Of such a word, `joined` are the
 * spellings in one word, because people write front-end, front end and frontend; and `required` are the parts that mean
 * something by themselves, such as "art" in l'art. `inPhrase` are the terms that stand for it where terms in a row count.
 *
 * @typedef {{parts: string[], joined: string[], required: string[], inPhrase: string[]}} Word
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
      words.push(...segments(word).map(simple));
    } else {
      words.push(word.includes("-") || word.includes("'") ? compound(word) : simple(word));
    }
  }
  return words;
}

/** @returns {Word} */
function simple(/** @type {string} */ word) {
  const parts = [shortened(word)];
  return { parts, joined: [], required: parts, inPhrase: parts };
}

/** @returns {Word} */
function compound(/** @type {string} */ word) {
  const found = [...word.matchAll(PART)];
  const parts = found.map(([, part]) => shortened(part));
  if (parts.length > MAX_COMPOUND_PARTS) return { parts, joined: [], required: parts, inPhrase: parts };
  const meaningful = parts.filter((part, index) => {
    const isLast = index === parts.length - 1;
    if (isLast && found[index - 1][2] === "'" && CONTRACTION.test(part)) return false;
    return !(found[index][2] === "'" && ELIDED.test(part));
  });
  const required = meaningful.length ? meaningful : parts;
  const spellings = required.length > 1 ? [parts, required] : [parts];
  const joined = [...new Set(spellings.map((spelling) => shortened(spelling.join(""))))];
  let inPhrase = parts;
  if (required.length === parts.length) inPhrase = word.includes("'") ? joined : [...parts, ...joined];
  return { parts, joined, required, inPhrase };
}

/**
 * The terms under which a text is indexed: its words, the parts of compounds included.
 *
 * @param {string} text
 * @returns {string[]}
 */
export function indexTerms(text) {
  return splitWords(text).flatMap(({ parts, joined }) => (joined.length ? [...parts, ...joined] : parts));
}

/**
 * The terms of a text in a row, in which the terms of a phrase are looked for.
 *
 * @param {string} text
 * @returns {string}
 */
export function phrase(text) {
  return splitWords(text)
    .flatMap(({ inPhrase }) => inPhrase)
    .join(" ");
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
