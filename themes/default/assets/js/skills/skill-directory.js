/** The skills of a catalogue, and finding them by name or by what somebody types. Needs no page. */

import { foldWithoutApostrophes } from "../core/fold.js";

/** How many skills are offered before anything is typed. */
const MAX_POPULAR = 12;

/** A skill's name for comparisons: the slug `data-cleaning` becomes the same as the name "Data cleaning". */
function comparableName(/** @type {string} */ name) {
  return foldWithoutApostrophes(name).replace(/[\s\p{Pd}_]+/gu, " ").trim();
}

export class SkillDirectory {
  #comparable;
  #byName;
  #byComparable;
  #courseCounts;

  /** @param {{ skills: { names: string[], codes: number[][] } }} data of all courses; a skill's code is its position in `names` */
  constructor({ skills: { names, codes } }) {
    this.names = names;
    this.#comparable = names.map(comparableName);
    this.#byName = new Map(names.map((name, skill) => [name, skill]));
    // If several names compare the same, the first one counts.
    this.#byComparable = new Map(this.#comparable.map((name, skill) => [name, skill]).reverse());
    this.#courseCounts = new Array(names.length).fill(0);
    for (const taught of codes) for (const skill of taught) this.#courseCounts[skill] += 1;
  }

  /** How many courses teach a skill. */
  courseCount(/** @type {number} */ skill) {
    return this.#courseCounts[skill];
  }

  /**
   * The skill with a name, exactly or apart from accents, capitals and hyphens.
   *
   * @param {string} name
   * @returns {number | undefined}
   */
  find(name) {
    return this.#byName.get(name) ?? this.#byComparable.get(comparableName(name));
  }

  /**
   * The skills that contain all words of a text, likeliest first: names that begin with the text, then names with a word
   * that does, then others. An empty text gives the skills that most courses teach.
   *
   * @param {string} text
   * @returns {number[]}
   */
  search(text) {
    const query = comparableName(text);
    const skills = this.names.map((_, skill) => skill);
    if (query === "") {
      return skills.sort((a, b) => this.#courseCounts[b] - this.#courseCounts[a] || a - b).slice(0, MAX_POPULAR);
    }
    const words = query.split(" ");
    const ranks = this.#comparable.map((name) => {
      if (!words.every((word) => name.includes(word))) return -1;
      if (name.startsWith(query)) return 0;
      return ` ${name}`.includes(` ${words[0]}`) ? 1 : 2;
    });
    return skills.filter((skill) => ranks[skill] >= 0).sort((a, b) => ranks[a] - ranks[b] || a - b);
  }
}
