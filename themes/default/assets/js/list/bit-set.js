/**
 * Sets of numbers below a fixed size, as one bit for each number, 32 to a word. Two sets are combined a word at a time.
 *
 * @typedef {Uint32Array} BitSet
 */

/** @returns {BitSet} an empty set for numbers below `size` */
export const emptySet = (size) => new Uint32Array(Math.ceil(size / 32));

/** @returns {BitSet} all numbers below `size` */
export function fullSet(size) {
  const set = emptySet(size).fill(-1);
  if (size % 32) set[set.length - 1] = 2 ** (size % 32) - 1;
  return set;
}

export function add(/** @type {BitSet} */ set, /** @type {number} */ number) {
  set[number >> 5] |= 1 << (number & 31);
}

/** @returns {boolean} */
export const has = (set, number) => (set[number >> 5] & (1 << (number & 31))) !== 0;

/** Adds all numbers of another set. */
export function unite(set, other) {
  for (let word = 0; word < set.length; word += 1) set[word] |= other[word];
}

/** Removes all numbers that another set does not have. */
export function intersect(set, other) {
  for (let word = 0; word < set.length; word += 1) set[word] &= other[word];
}

/** @returns {Uint32Array} the numbers in a set, in ascending order */
export function members(set) {
  const numbers = new Uint32Array(set.length * 32);
  let length = 0;
  for (let word = 0; word < set.length; word += 1) {
    for (let rest = set[word]; rest !== 0; rest &= rest - 1) {
      numbers[length] = word * 32 + 31 - Math.clz32(rest & -rest);
      length += 1;
    }
  }
  return numbers.subarray(0, length);
}
