/**
 * Which entries match a choice of filters, how many each value would give, and in which order. An entry is a number: its
 * position in the data. Needs no page.
 *
 * @typedef {import("./bit-set.js").BitSet} BitSet
 *
 * @typedef {object} Facet
 * @property {string} id
 * @property {string} title
 * @property {boolean} named whether a value says nothing without the facet's title, such as a number
 * @property {boolean} offered whether visitors can choose it; false for a facet that only has list pages
 * @property {{id: string, title: string}[]} values
 * @property {Map<string, number>} codes the position of each value by its id
 * @property {Uint32Array} offsets entry n has the values `flat[offsets[n]]` to `flat[offsets[n + 1] - 1]`
 * @property {Uint32Array} flat
 * @property {Map<number, BitSet>} sets the entries that have a value, by its code; filled when they are first needed
 *
 * @typedef {object} Selection
 * @property {BitSet} set the entries that match
 * @property {Uint32Array} numbers the same in ascending order
 * @property {Map<string, Uint32Array>} counts by facet, for each value: how many entries would match if it were the only
 *   chosen value of its facet
 */

import { add, emptySet, fullSet, has, intersect, members, unite } from "./bit-set.js";
import { NEVER, nextSession, startCodes } from "./start-dates.js";

export class FacetIndex {
  /**
   * @param {object} data columns, as the build writes them. Throws a TypeError if they are not as they should be.
   * @param {number} day days since the build; sessions before this day are over
   */
  constructor(data, day = 0) {
    this.size = array(data.ids, "ids").length;
    this.data = data;
    this.day = Math.max(0, day);
    const starts = data.starts ? column(data.starts, this.size, "starts") : null;
    /** @type {{ start: number, applyBy: number }[] | null} */
    this.next = starts && starts.map((sessions) => nextSession(sessions, this.day));
    /** @type {Facet[]} */
    this.facets = array(data.facets, "facets").map((facet) => this.#facet(facet, starts));
    this.byId = new Map(this.facets.map((facet) => [facet.id, facet]));
    this.all = fullSet(this.size);
    this.orders = new Map();
    this.skills = new Map(data.skills ? data.skills.names.map((name, code) => [name, code]) : []);
  }

  /** The ids of a facet's values, in order; for `skill` the names of the skills. */
  values(facet) {
    if (facet === "skill") return [...this.skills.keys()];
    return this.byId.get(facet)?.values.map((value) => value.id) ?? [];
  }

  /** The title of a value; the name of a skill is its title. */
  title(facet, id) {
    const found = this.byId.get(facet);
    return found?.values[found.codes.get(id)]?.title ?? id;
  }

  /** The title of a value that stands alone: `Childcare: yes` where the value says nothing without its facet. */
  chipTitle(facet, id) {
    const found = this.byId.get(facet);
    return found?.named ? `${found.title}: ${this.title(facet, id)}` : this.title(facet, id);
  }

  /**
   * The entries that have, of each facet with chosen values, at least one of these.
   *
   * @param {Record<string, string[]>} chosen by facet (or `skill`)
   * @param {BitSet[]} within sets that all have to contain the entries
   * @returns {Selection}
   */
  select(chosen, within = []) {
    const base = this.all.slice();
    for (const set of within) intersect(base, set);
    /** @type {Map<string, BitSet>} */
    const sets = new Map();
    for (const id in chosen) {
      if (id === "skill") intersect(base, this.#withSkill(chosen[id]));
      else if (this.byId.has(id)) sets.set(id, this.#withValue(id, chosen[id]));
    }
    const set = base.slice();
    for (const other of sets.values()) intersect(set, other);
    const numbers = members(set);
    const counts = new Map();
    for (const facet of this.facets) {
      let counted = numbers;
      if (sets.has(facet.id)) {
        const byOthers = base.slice();
        for (const [id, other] of sets) if (id !== facet.id) intersect(byOthers, other);
        counted = members(byOthers);
      }
      counts.set(facet.id, countValues(facet, counted));
    }
    return { set, numbers, counts };
  }

  /** The set of some entries; numbers that are not in the data are ignored. */
  setOf(numbers) {
    const set = emptySet(this.size);
    for (const number of numbers) if (number < this.size) add(set, number);
    return set;
  }

  /**
   * The entries of a selection in order.
   *
   * @param {Selection} selection
   * @param {string} sort "" or "relevance" for the order of `ranked`, if that is given
   * @param {ArrayLike<number>} [ranked] the search results, best first
   * @returns {ArrayLike<number>}
   */
  ordered(selection, sort, ranked) {
    const order = sort === "" || sort === "relevance" ? ranked : this.#order(sort);
    if (!order) return selection.numbers;
    const result = new Uint32Array(selection.numbers.length);
    let length = 0;
    for (let position = 0; position < order.length; position += 1) {
      const number = order[position];
      if (has(selection.set, number)) {
        result[length] = number;
        length += 1;
      }
    }
    return length === result.length ? result : result.subarray(0, length);
  }

  #order(sort) {
    if (!this.orders.has(sort)) this.orders.set(sort, this.#sortAll(sort));
    return this.orders.get(sort);
  }

  /** All entries in an order, or null for the order of the data, which is by title. Equal entries stay in that order. */
  #sortAll(sort) {
    const keys = this.#sortKeys(sort);
    if (!keys) return null;
    return Uint32Array.from({ length: this.size }, (_, number) => number).sort((a, b) => {
      for (const key of keys) if (key[a] !== key[b]) return key[a] - key[b];
      return a - b;
    });
  }

  /** The columns to sort by, ascending. Unknown values come last. */
  #sortKeys(sort) {
    const { data, next } = this;
    const unknownLast = (values) => values.map((value) => value ?? NEVER);
    if (sort === "start" && next) return [next.map((session) => session.start)];
    if (sort === "apply-by" && next) return [next.map((session) => session.applyBy), next.map((session) => session.start)];
    if (sort === "cost" && data.cost) {
      // Prices in different currencies cannot be compared, so each currency has its own part of the list.
      const currencies = data.cost.map((cost, number) => (cost === null ? null : (data.currency?.[number] ?? 0)));
      return [unknownLast(currencies), unknownLast(data.cost)];
    }
    if (sort === "duration" && data.days) return [unknownLast(data.days), unknownLast(data.hours ?? [])];
    if (data.orders?.[sort]) return [unknownLast(data.orders[sort])];
    if (sort === "added" && data.added) return [data.added.map((day) => -day)];
    return null;
  }

  /** The entries that have any of some values of a facet. */
  #withValue(id, values) {
    const facet = this.byId.get(id);
    const set = emptySet(this.size);
    for (const value of values) {
      const code = facet.codes.get(value);
      if (code !== undefined) unite(set, this.#withCode(facet, code));
    }
    return set;
  }

  #withCode(facet, code) {
    let set = facet.sets.get(code);
    if (!set) {
      set = emptySet(this.size);
      for (let number = 0; number < this.size; number += 1) {
        for (let at = facet.offsets[number]; at < facet.offsets[number + 1]; at += 1) {
          if (facet.flat[at] === code) add(set, number);
        }
      }
      facet.sets.set(code, set);
    }
    return set;
  }

  #withSkill(names) {
    const wanted = new Set(names.map((name) => this.skills.get(name)));
    const set = emptySet(this.size);
    this.data.skills.codes.forEach((codes, number) => {
      if (codes.some((code) => wanted.has(code))) add(set, number);
    });
    return set;
  }

  #facet({ id, title, values, codes, offered = true, named = false }, starts) {
    array(values, `values of ${id}`);
    const codesOfEntries = codes === null ? startCodes(values, starts ?? [], this.day) : column(codes, this.size, id);
    const offsets = new Uint32Array(this.size + 1);
    const flat = [];
    codesOfEntries.forEach((entryCodes, number) => {
      for (const code of Array.isArray(entryCodes) ? entryCodes : [entryCodes]) {
        if (!(code >= 0 && code < values.length)) throw new TypeError(`${id} has no value ${code}`);
        flat.push(code);
      }
      offsets[number + 1] = flat.length;
    });
    return {
      id,
      title,
      offered,
      named,
      values,
      codes: new Map(values.map((value, code) => [value.id, code])),
      offsets,
      flat: Uint32Array.from(flat),
      sets: new Map(),
    };
  }
}

/** How many of some entries have each value of a facet. */
function countValues(facet, numbers) {
  const { offsets, flat } = facet;
  const counts = new Uint32Array(facet.values.length);
  for (let index = 0; index < numbers.length; index += 1) {
    const number = numbers[index];
    for (let at = offsets[number], end = offsets[number + 1]; at < end; at += 1) counts[flat[at]] += 1;
  }
  return counts;
}

function array(value, name) {
  if (!Array.isArray(value)) throw new TypeError(`${name} is not a list`);
  return value;
}

function column(value, size, name) {
  if (array(value, name).length !== size) throw new TypeError(`${name} has ${value.length} rows, not ${size}`);
  return value;
}
