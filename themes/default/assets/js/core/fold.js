/** Texts compared without regard to case, accents, and the many ways to write an apostrophe or a hyphen. */

// The next three are the same in `core/text.py`.

/** What people write for the apostrophe in komp'iuter, l'art and O'Brien. */
export const APOSTROPHES =
  "'`\u00b4\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u02c8\u02ca\u02cb\u055a\u05f3\u2018\u2019\u201b\u2032\ua78b\ua78c\uff07\uff40";
/** What people write for the hyphen in front-end. */
export const HYPHENS = "-\u058a\u05be\u2010\u2011\u2012\u2013\u2043\u2212\ufe63\uff0d";
/** Ranges of characters that nobody sees, such as soft hyphens, joiners and direction marks. */
export const INVISIBLE =
  "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff";

/** Letters that Unicode does not decompose into a base letter and an accent; and apostrophes and hyphens. */
const REPLACEMENTS = new Map([
  ...[...APOSTROPHES.slice(1)].map((character) => [character, "'"]),
  ...[...HYPHENS.slice(1)].map((character) => [character, "-"]),
  ...Object.entries({
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
]);
const SPECIAL = new RegExp(`[${[...REPLACEMENTS.keys()].join("")}]`, "gu");

// Accents of Latin, Greek and Cyrillic, Hebrew vowel points, and Arabic vowel marks and tatweel; and what nobody sees. Marks
// of other scripts stay, because they are vowels there and belong to the word.
const MARKS = new RegExp(
  "[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670" +
    `\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff${INVISIBLE}]`,
  "gu",
);
/** Catalan writes the letters in col·legi with a dot between them, or without one. */
const DOT_BETWEEN_LS = /l[\u00b7\u2022\u2027\u2219\u22c5](?=l)/g;
/** Hebrew marks an abbreviation with what is typed as a quotation mark before its last letter. */
const HEBREW_ABBREVIATION = /([\u05d0-\u05ea])["\u05f4\u201c\u201d](?=[\u05d0-\u05ea])/g;

/**
 * The text in lower case and without accents: "Łódź, Straße" gives "lodz, strasse". Each apostrophe is "'", each hyphen "-".
 *
 * @param {string} text
 * @returns {string}
 */
export function fold(text) {
  const lower = text.toLowerCase();
  if (/^[\0-_a-\x7f]*$/.test(lower)) {
    return lower;
  }
  return (
    lower
      // Unicode decomposes this one into a space and an accent.
      .replaceAll("\u00b4", "'")
      .normalize("NFKD")
      .replace(MARKS, "")
      .replace(SPECIAL, (character) => REPLACEMENTS.get(character))
      .replace(DOT_BETWEEN_LS, "l")
      .replace(HEBREW_ABBREVIATION, "$1'")
      .normalize("NFC")
  );
}

/**
 * The folded text without apostrophes, for finding one text in another: a word may be written with one or without.
 *
 * @param {string} text
 * @returns {string}
 */
export function foldWithoutApostrophes(text) {
  return fold(text).replaceAll("'", "");
}
