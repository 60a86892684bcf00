// How texts and questions become the words that are compared: without accents, without case, one by one.

/** Longer words are cut, and a question's words beyond this many are left out: both are no words that somebody means. */
const LONGEST = 40;
const MOST_PARTS = 4;

/** Letters that Unicode does not take apart into a plain one and a mark. */
const LETTERS = new Map(
  Object.entries({
    ß: "ss",
    æ: "ae",
    œ: "oe",
    ø: "o",
    ł: "l",
    đ: "d",
    ð: "d",
    þ: "th",
    ħ: "h",
    ŧ: "t",
    ŋ: "n",
    ĸ: "k",
    ı: "i",
    ſ: "s",
    ς: "σ",
  }),
);
const SPECIAL = new RegExp(`[${[...LETTERS.keys()].join("")}]`, "gu");

// Accents of Latin, Greek and Cyrillic, vowel points of Hebrew, vowel marks of Arabic and its stretching sign. The marks
// of other scripts are left, because there they are vowels that make the word.
const MARKS =
  /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]/gu;

// Words, also with hyphens or apostrophes within, and names such as C++ and F#.
const WORD = /[\p{L}\p{N}\p{M}]+(?:[-\u2010\u2011'\u2019][\p{L}\p{N}\p{M}]+)*(?:\+\+|#)?/gu;
const JOINT = /[-\u2010\u2011'\u2019]/u;
const APOSTROPHE = /['\u2019]/u;
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** @type {Intl.Segmenter | null} */
const segmenter = "Segmenter" in Intl ? new Intl.Segmenter(undefined, { granularity: "word" }) : null;

/**
 * The text in small letters without accents: "Łódź, Straße" gives "lodz, strasse".
 * @param {string} text
 * @returns {string}
 */
export function folded(text) {
  const small = text.toLowerCase();
  if (/^[\0-\x7f]*$/.test(small)) {
    return small;
  }
  return small
    .normalize("NFKD")
    .replace(MARKS, "")
    .replace(SPECIAL, (letter) => LETTERS.get(letter) ?? letter)
    .normalize("NFC");
}

/**
 * A word of a text: its parts, which are one except where it is written with hyphens or apostrophes, and then, for
 * hyphens, also `joined`, since people write front-end, front end and frontend.
 * @typedef {{parts: string[], joined: string | null}} Word
 */

/**
 * The words of a text in their order, a word again wherever it stands again.
 * @param {string} text
 * @returns {Word[]}
 */
export function words(text) {
  /** @type {Word[]} */
  const found = [];
  const small = folded(text);
  const spaced = !UNSPACED.test(small);
  for (const written of small.match(WORD) ?? []) {
    if (!spaced && UNSPACED.test(written)) {
      found.push(...segmented(written).map((part) => ({ parts: [part.slice(0, LONGEST)], joined: null })));
    } else if (JOINT.test(written)) {
      const parts = written.split(JOINT).map((part) => part.slice(0, LONGEST));
      const one = parts.length <= MOST_PARTS && !APOSTROPHE.test(written);
      found.push({ parts, joined: one ? parts.join("").slice(0, LONGEST) : null });
    } else {
      found.push({ parts: [written.slice(0, LONGEST)], joined: null });
    }
  }
  return found;
}

/**
 * What of a text goes into an index.
 * @param {string} text
 * @returns {string[]}
 */
export function terms(text) {
  return words(text).flatMap(({ parts, joined }) => (joined === null ? parts : [...parts, joined]));
}

/**
 * Words of a writing without spaces; two characters at a time where the browser does not know the words.
 * @param {string} text
 * @returns {string[]}
 */
function segmented(text) {
  if (segmenter !== null) {
    return [...segmenter.segment(text)].filter((part) => part.isWordLike).map((part) => part.segment);
  }
  const characters = [...text];
  return characters.length < 2
    ? characters
    : characters.slice(1).map((character, before) => characters[before] + character);
}
