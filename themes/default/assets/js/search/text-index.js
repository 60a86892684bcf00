// An index of texts that finds what people mean: words by their beginnings and with slips of the finger, those with all
// words of the question first.
import MiniSearch from "../vendor/minisearch.js";
import { terms, words } from "./words.js";

const MOST_WORDS = 12;
const MOST_CHARACTERS = 400;

/** A word that stands in the texts oftener than this for each of them ("in", "and") says nothing. */
const COMMON = 0.7;
/** Fewer texts than that have no words that are common by chance alone. */
const FEW = 20;

/** Where as many texts have all words of a question, nobody looks for those that have only some. */
const PLENTY = 10;

/** From how many letters on one slip, or two, are forgiven. */
const ONE_SLIP = 4;
const TWO_SLIPS = 8;

/** So many letters at the end of a long word may be its ending: accounting and accountant. */
const ENDING = 3;
const WITH_ENDING = 8;

const EXACTLY = { tokenize: (/** @type {string} */ text) => [text], processTerm: (/** @type {string} */ term) => term };

/**
 * A word of a question with all that may stand for it in a text.
 * @typedef {{terms: string[], query: object, common: boolean}} Meant
 */

/** Texts with several fields, the first of which is their title. */
export class TextIndex {
  #index;
  #fields;
  /** @type {Map<string, number>} How often each term stands in the texts, not counting fields that hold no running text. */
  #known = new Map();
  /** @type {string[] | null} The same terms in order, once they are asked for. */
  #sorted = null;
  /** @type {Map<number, string>} Titles as their terms, with spaces around. */
  #titles = new Map();

  /**
   * @param {Record<string, number>} boosts what a word counts in each field, in the order of the fields
   * @param {string[]} [labels] fields that hold no running text: what stands there often does say something
   */
  constructor(boosts, labels = []) {
    this.#fields = Object.keys(boosts);
    this.#index = new MiniSearch({
      fields: this.#fields,
      extractField: (/** @type {{id: number, texts: string[]}} */ text, /** @type {string} */ field) =>
        field === "id" ? text.id : text.texts[this.#fields.indexOf(field)],
      tokenize: terms,
      processTerm: (/** @type {string} */ term, /** @type {string} */ field) => {
        this.#known.set(term, (this.#known.get(term) ?? 0) + (labels.includes(field) ? 0 : 1));
        return term;
      },
      searchOptions: { ...EXACTLY, boost: boosts, weights: { prefix: 0.4, fuzzy: 0.3 } },
    });
  }

  get size() {
    return this.#titles.size;
  }

  /**
   * @param {number} id
   * @param {string[]} texts one for each field
   */
  add(id, texts) {
    this.#index.add({ id, texts });
    this.#titles.set(id, ` ${terms(texts[0]).join(" ")} `);
    this.#sorted = null;
  }

  /**
   * Ids of the texts that a question means, best first. The whole part of a score is the number of words that were
   * found, so that it alone gives the order. None for a question without words.
   * @param {string} question
   * @param {{fields?: string[], all?: boolean, typing?: boolean}} [options] `fields`: only
   *   there; `all`: only those with all words; `typing`: a single letter may be the beginning of a word
   * @returns {Array<[number, number]>}
   */
  find(question, { fields = this.#fields, all = false, typing = false } = {}) {
    const meant = this.#meant(question.slice(0, MOST_CHARACTERS), typing);
    const telling = meant.filter((word) => !word.common);
    const needed = telling.length ? telling : meant;
    if (!needed.length) {
      return [];
    }
    const possible = needed.filter((word) => word.terms.length);
    let found = possible.length ? this.#combined("AND", possible, fields) : [];
    if (all) {
      return possible.length === needed.length ? this.#ranked(found, possible, question) : [];
    }
    // After a few with all words come those with most of them; where there is none, whatever comes nearest.
    const enough = found.length ? Math.floor(possible.length / 2) + 1 : Math.ceil(possible.length / 2);
    if (enough < possible.length && found.length < PLENTY) {
      found = nearest(this.#combined("OR", possible, fields), possible, enough);
    }
    return this.#ranked(found, possible, question);
  }

  /**
   * @param {string} question
   * @param {boolean} typing
   */
  #meant(question, typing) {
    const asked = words(question).slice(0, MOST_WORDS);
    /** @type {Map<string, Meant>} */
    const meant = new Map();
    for (const [position, { parts, joined }] of asked.entries()) {
      // A letter alone is the beginning of too much, though not where a character is a word.
      const last = position === asked.length - 1 && (typing || parts.length > 1 || !/^[a-z]$/.test(parts[0]));
      const name = joined ?? parts.join(" ");
      if (joined === null) {
        parts.forEach((part, at) => meant.set(part, this.#single(part, last && at === parts.length - 1)));
      } else {
        meant.set(name, this.#hyphened(parts, this.#single(joined, last), last));
      }
    }
    return [...meant.values()];
  }

  /**
   * @param {string} term
   * @param {boolean} last whether it may still be being typed
   * @returns {Meant}
   */
  #single(term, last) {
    const common = this.size >= FEW && (this.#known.get(term) ?? 0) > COMMON * this.size;
    const prefix = term.length > 2 || last;
    if (this.#known.has(term) || (prefix && this.#begins(term))) {
      const exact = { queries: [term], prefix };
      const one = singular(term);
      return one === null || !this.#known.has(one)
        ? { terms: [term], query: exact, common }
        : {
            terms: [term, one],
            query: { combineWith: "OR", queries: [exact, { queries: [one], boostTerm: () => 0.7 }] },
            common,
          };
    }
    const fuzzy = slips(term);
    if (!fuzzy) {
      return { terms: [], query: { queries: [] }, common: false };
    }
    const swapped = swaps(term).filter((other) => this.#known.has(other) || (last && this.#begins(other)));
    const stems = term.length < WITH_ENDING ? [] : [term.slice(0, -ENDING)];
    const queries = [
      { queries: [term], prefix: false, fuzzy },
      ...swapped.map((other) => ({ queries: [other], prefix: last })),
      ...stems.map((stem) => ({ queries: [stem], prefix: true })),
    ];
    return { terms: [term, ...swapped, ...stems], query: { combineWith: "OR", queries }, common: false };
  }

  /**
   * @param {string[]} parts
   * @param {Meant} joined
   * @param {boolean} last
   * @returns {Meant}
   */
  #hyphened(parts, joined, last) {
    const each = parts.map((part, at) => this.#single(part, last && at === parts.length - 1));
    if (each.some((part) => !part.terms.length)) {
      return joined;
    }
    const apart = { combineWith: "AND", queries: each.map((part) => part.query) };
    const queries = joined.terms.length ? [joined.query, apart] : [apart];
    return {
      terms: [...joined.terms, ...each.flatMap((part) => part.terms)],
      query: { combineWith: "OR", queries },
      common: false,
    };
  }

  /** @param {string} start */
  #begins(start) {
    this.#sorted ??= [...this.#known.keys()].sort();
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#sorted[middle] < start) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return this.#sorted[low]?.startsWith(start) ?? false;
  }

  /**
   * @param {"AND" | "OR"} combineWith
   * @param {Meant[]} meant
   * @param {string[]} fields
   */
  #combined(combineWith, meant, fields) {
    return this.#index.search({ combineWith, queries: meant.map((word) => word.query), fields });
  }

  /**
   * @param {Array<{id: number, score: number, queryTerms: string[], match: object}>} found
   * @param {Meant[]} meant
   * @param {string} question
   * @returns {Array<[number, number]>}
   */
  #ranked(found, meant, question) {
    const phrase = ` ${terms(question).join(" ")}`;
    let most = 0;
    const scored = found.map(({ id, score, queryTerms, match }) => {
      const exact = queryTerms.filter((term) => Object.hasOwn(match, term)).length;
      const better = score * (1 + exact / meant.length) * titled(this.#titles.get(id) ?? "", phrase);
      most = Math.max(most, better);
      return { id, count: counted(queryTerms, meant), score: better };
    });
    return scored
      .map(({ id, count, score }) => /** @type {[number, number]} */ ([id, count + score / (most + 1)]))
      .sort(([id, score], [otherId, otherScore]) => otherScore - score || id - otherId);
  }
}

/**
 * @param {string} title
 * @param {string} phrase
 */
function titled(title, phrase) {
  if (title.startsWith(phrase)) {
    return title.length === phrase.length + 1 ? 4 : 2;
  }
  return title.includes(phrase) ? 1.5 : 1;
}

/**
 * How many of the words were found.
 * @param {string[]} queryTerms
 * @param {Meant[]} meant
 */
function counted(queryTerms, meant) {
  return meant.reduce((count, word) => count + Number(word.terms.some((term) => queryTerms.includes(term))), 0);
}

/**
 * Those with at least `enough` of the words; where there is none, those with the most.
 * @template {{queryTerms: string[]}} Result
 * @param {Result[]} found
 * @param {Meant[]} meant
 * @param {number} enough
 */
function nearest(found, meant, enough) {
  const counts = found.map(({ queryTerms }) => counted(queryTerms, meant));
  const least = Math.min(
    enough,
    counts.reduce((most, count) => Math.max(most, count), 0),
  );
  return found.filter((_, position) => counts[position] >= least);
}

/**
 * How many slips a word may have: none in short words and in numbers.
 * @param {string} term
 */
function slips(term) {
  if (term.length < ONE_SLIP || /\p{N}/u.test(term)) {
    return 0;
  }
  return term.length < TWO_SLIPS ? 1 : 2;
}

/**
 * The word without the s that makes a plural in several languages; null where it cannot be one. The other way round
 * needs no rule, because a plural begins with its singular.
 * @param {string} term
 */
function singular(term) {
  return term.length > 4 && term.endsWith("s") ? term.slice(0, -1) : null;
}

/**
 * The word with two neighbouring letters changed about, in each place.
 * @param {string} term
 */
function swaps(term) {
  const letters = [...term];
  return letters
    .slice(1)
    .map((letter, before) =>
      [...letters.slice(0, before), letter, letters[before], ...letters.slice(before + 2)].join(""),
    );
}
