/**
 * Which entries match, how many each value would give, and in which order. Numbers only: no page, no words.
 *
 * A set of entries is a bit for each, 32 to a word, so that sets are joined and cut a word at a time.
 *
 * @typedef {Uint32Array} Bits
 *
 * @typedef {object} Facet
 * @property {string} id
 * @property {string} title
 * @property {boolean} offered whether visitors may choose it; lists of their own may be of it all the same
 * @property {{id: string, title: string}[]} values
 * @property {Map<string, number>} codes from a value's id to its position
 * @property {Uint32Array} offsets entry n has the values `flat[offsets[n]]` to `flat[offsets[n + 1] - 1]`
 * @property {Uint32Array} flat
 * @property {Map<number, Bits>} sets of the values that were asked for
 *
 * @typedef {object} Selection
 * @property {Bits} bits the entries that match
 * @property {Uint32Array} numbers the same, one after another
 * @property {Map<string, Uint32Array>} counts by facet, for each value: how many entries there would be if it were the
 *   only one of its facet that is chosen
 */

const SOON = 30;
const LATER = 92;
const LAST = Number.MAX_SAFE_INTEGER;

/** Days from 1970-01-01 to the day that it is where the visitor is. */
export function today(now = new Date()) {
  return Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) / 864e5;
}

/** Days from 1970-01-01 to a day such as "2026-11-25". NaN where it is none. */
export function dayNumber(text) {
  return Date.parse(`${text}T00:00:00Z`) / 864e5;
}

/** Data of the build made ready to be filtered. */
export class Index {
  /**
   * @param {object} data the columns, as the build writes them. A TypeError tells where they are not as they should be.
   * @param {number} day days since the build; sessions before it are over
   */
  constructor(data, day = 0) {
    this.size = listed(data.ids, "ids").length;
    this.data = data;
    this.day = Math.max(0, day);
    this.words = Math.ceil(this.size / 32);
    const starts = data.starts ? column(data.starts, this.size, "starts") : null;
    /** @type {{ start: number, applyBy: number }[] | null} */
    this.next = starts && starts.map((sessions) => nextSession(sessions, this.day));
    /** @type {Facet[]} */
    this.facets = listed(data.facets, "facets").map((facet) => this.#facet(facet, starts));
    this.byId = new Map(this.facets.map((facet) => [facet.id, facet]));
    this.all = new Uint32Array(this.words).fill(-1);
    if (this.size % 32) this.all[this.words - 1] = 2 ** (this.size % 32) - 1;
    this.orders = new Map();
    this.skills = new Map(data.skills ? data.skills.names.map((name, code) => [name, code]) : []);
  }

  /** The ids of a facet's values in order; the names of skills for `skill`. */
  values(facet) {
    if (facet === "skill") return [...this.skills.keys()];
    return this.byId.get(facet)?.values.map((value) => value.id) ?? [];
  }

  /** The title of a value; a skill is its own. */
  title(facet, id) {
    const found = this.byId.get(facet);
    return found?.values[found.codes.get(id)]?.title ?? id;
  }

  /**
   * What matches: any of the values chosen of a facet, in every facet of which some are chosen.
   *
   * @param {Record<string, string[]>} chosen by facet (or `skill`)
   * @param {Bits[]} within sets in which all of it must be
   * @returns {Selection}
   */
  select(chosen, within = []) {
    const ground = this.all.slice();
    for (const bits of within) cut(ground, bits);
    /** @type {Map<string, Bits>} */
    const sets = new Map();
    for (const id in chosen) {
      if (id === "skill") cut(ground, this.#withSkill(chosen[id]));
      else if (this.byId.has(id)) sets.set(id, this.union(id, chosen[id]));
    }
    const bits = ground.slice();
    for (const set of sets.values()) cut(bits, set);
    const numbers = members(bits);
    const counts = new Map();
    for (const facet of this.facets) {
      let base = numbers;
      if (sets.has(facet.id)) {
        const others = ground.slice();
        for (const [id, set] of sets) if (id !== facet.id) cut(others, set);
        base = members(others);
      }
      counts.set(facet.id, counted(facet, base));
    }
    return { bits, numbers, counts };
  }

  /** The entries that have any of some values of a facet. */
  union(id, values) {
    const facet = this.byId.get(id);
    const result = new Uint32Array(this.words);
    for (const value of values) {
      const code = facet.codes.get(value);
      if (code === undefined) continue;
      const set = this.#set(facet, code);
      for (let word = 0; word < result.length; word += 1) result[word] |= set[word];
    }
    return result;
  }

  /** The entries with these numbers. */
  bitsOf(numbers) {
    const bits = new Uint32Array(this.words);
    for (const number of numbers) if (number < this.size) bits[number >> 5] |= 1 << (number & 31);
    return bits;
  }

  /**
   * The numbers of a selection in order: by `sort`, or, where `ranked` is given and `sort` is "", as that has them.
   *
   * @param {Selection} selection
   * @param {string} sort
   * @param {ArrayLike<number>} [ranked] all numbers that the search found, the best first
   * @returns {ArrayLike<number>}
   */
  ordered(selection, sort, ranked) {
    const order = sort === "" || sort === "relevance" ? ranked : this.#order(sort);
    if (!order) return selection.numbers;
    const { bits } = selection;
    const result = new Uint32Array(selection.numbers.length);
    let length = 0;
    for (let place = 0; place < order.length; place += 1) {
      const number = order[place];
      if (bits[number >> 5] & (1 << (number & 31))) {
        result[length] = number;
        length += 1;
      }
    }
    return length === result.length ? result : result.subarray(0, length);
  }

  #order(sort) {
    if (!this.orders.has(sort)) this.orders.set(sort, this.#sorted(sort));
    return this.orders.get(sort);
  }

  /** All numbers in an order, or null where it is the order of the data. Equals stay in order of title. */
  #sorted(sort) {
    const keys = this.#keys(sort);
    if (!keys) return null;
    return Uint32Array.from({ length: this.size }, (_, number) => number).sort((a, b) => {
      for (const key of keys) if (key[a] !== key[b]) return key[a] - key[b];
      return a - b;
    });
  }

  /** Columns to sort by, the smallest first. What is not known comes last. */
  #keys(sort) {
    const { data, next } = this;
    const known = (values) => values.map((value) => value ?? LAST);
    if (sort === "start" && next) return [next.map((session) => session.start)];
    if (sort === "apply-by" && next) return [next.map((session) => session.applyBy), next.map((session) => session.start)];
    if (sort === "cost" && data.cost) {
      // Amounts in different currencies cannot be compared, so that each currency has its own part of the list.
      return [known(data.cost.map((cost, number) => (cost === null ? null : (data.currency?.[number] ?? 0)))), known(data.cost)];
    }
    if (sort === "duration" && data.days) return [known(data.days), known(data.hours ?? [])];
    if (sort === "added" && data.added) return [data.added.map((day) => -day)];
    return null;
  }

  #set(facet, code) {
    let set = facet.sets.get(code);
    if (!set) {
      set = new Uint32Array(this.words);
      for (let number = 0; number < this.size; number += 1) {
        for (let place = facet.offsets[number]; place < facet.offsets[number + 1]; place += 1) {
          if (facet.flat[place] === code) set[number >> 5] |= 1 << (number & 31);
        }
      }
      facet.sets.set(code, set);
    }
    return set;
  }

  #withSkill(names) {
    const wanted = new Set(names.map((name) => this.skills.get(name)));
    const bits = new Uint32Array(this.words);
    this.data.skills.codes.forEach((codes, number) => {
      if (codes.some((code) => wanted.has(code))) bits[number >> 5] |= 1 << (number & 31);
    });
    return bits;
  }

  #facet({ id, title, values, codes, offered = true }, starts) {
    listed(values, `values of ${id}`);
    const own = codes === null ? startCodes(values, starts ?? [], this.day) : column(codes, this.size, id);
    const offsets = new Uint32Array(this.size + 1);
    const flat = [];
    own.forEach((found, number) => {
      for (const code of Array.isArray(found) ? found : [found]) {
        if (!(code >= 0 && code < values.length)) throw new TypeError(`${id} has no value ${code}`);
        flat.push(code);
      }
      offsets[number + 1] = flat.length;
    });
    return {
      id,
      title,
      offered,
      values,
      codes: new Map(values.map((value, code) => [value.id, code])),
      offsets,
      flat: Uint32Array.from(flat),
      sets: new Map(),
    };
  }
}

/** The next session that one can still apply for. A course that can be begun at any time comes after all dates. */
function nextSession(sessions, day) {
  if (sessions === 0) return { start: LAST - 1, applyBy: LAST - 1 };
  const next = { start: LAST, applyBy: LAST };
  for (let place = 0; place < sessions.length; place += 2) {
    if (sessions[place] < day || sessions[place + 1] < day) continue;
    next.start = Math.min(next.start, sessions[place]);
    next.applyBy = Math.min(next.applyBy, sessions[place + 1]);
  }
  return next;
}

function startCodes(values, starts, day) {
  const codeOf = new Map(values.map((value, code) => [value.id, code]));
  const soon = [["30-days", SOON], ["3-months", LATER]].filter(([id]) => codeOf.has(id));
  return starts.map((sessions) => {
    if (sessions === 0) return codeOf.get("any-time") ?? [];
    const { start } = nextSession(sessions, day);
    return soon.filter(([, days]) => start <= day + days).map(([id]) => codeOf.get(id));
  });
}

function counted(facet, numbers) {
  const { offsets, flat } = facet;
  const counts = new Uint32Array(facet.values.length);
  for (let place = 0; place < numbers.length; place += 1) {
    const number = numbers[place];
    for (let at = offsets[number], end = offsets[number + 1]; at < end; at += 1) counts[flat[at]] += 1;
  }
  return counts;
}

function cut(bits, other) {
  for (let word = 0; word < bits.length; word += 1) bits[word] &= other[word];
}

/** The numbers in a set, in order. */
function members(bits) {
  const result = new Uint32Array(bits.length * 32);
  let length = 0;
  for (let word = 0; word < bits.length; word += 1) {
    for (let rest = bits[word]; rest !== 0; rest &= rest - 1) {
      result[length] = word * 32 + 31 - Math.clz32(rest & -rest);
      length += 1;
    }
  }
  return result.subarray(0, length);
}

function listed(value, name) {
  if (!Array.isArray(value)) throw new TypeError(`${name} is no list`);
  return value;
}

function column(value, size, name) {
  if (listed(value, name).length !== size) throw new TypeError(`${name} has ${value.length} rows, not ${size}`);
  return value;
}
