/** Texts compared without regard to case and accents. */

/** Letters that Unicode does not decompose into a base letter and an accent. */
const BASE_LETTERS = new Map(
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
const SPECIAL = new RegExp(`[${[...BASE_LETTERS.keys()].join("")}]`, "gu");

// Accents of Latin, Greek and Cyrillic, Hebrew vowel points, and Arabic vowel marks and tatweel. Marks of other scripts
// stay, because they are vowels there and belong to the word.
const MARKS =
  /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]/gu;

/**
 * The text in lower case and without accents: "Łódź, Straße" gives "lodz, strasse".
 *
 * @param {string} text
 * @returns {string}
 */
export function fold(text) {
  const lower = text.toLowerCase();
  if (/^[\0-\x7f]*$/.test(lower)) {
    return lower;
  }
  return lower
    .normalize("NFKD")
    .replace(MARKS, "")
    .replace(SPECIAL, (letter) => BASE_LETTERS.get(letter) ?? letter)
    .normalize("NFC");
}
