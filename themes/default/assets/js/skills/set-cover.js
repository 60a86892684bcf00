/**
 * The fewest courses that teach a set of skills: the minimum set cover, solved exactly if that takes little time.
 *
 * Needs no page, network or clock: it takes the data of the catalogue and gives the numbers of courses.
 */

import { bitCount, cheaperSwaps, cheapestCover, greedyCover, smallestCover } from "./branch-and-bound.js";

/** The number of skills that fit into a bit mask. */
export const MAX_SKILLS = 30;
/** How many courses a search looks at before it gives up. */
const MAX_STEPS = 600_000;
const THOUSANDTHS = 1000;
const MINUTES = 60;

/**
 * @typedef {object} Courses The data of the catalogue, in columns. A course is its position in them.
 * @property {{codes: number[][]}} skills The skills of each course, as codes.
 * @property {(number | null)[]} cost Prices; null if unknown.
 * @property {number[]} currency The currency of each price, as a code.
 * @property {(number | null)[]} hours Workloads; null if unknown.
 *
 * @typedef {object} Cover
 * @property {number[]} courses The chosen courses, those that teach most of the skills first.
 * @property {number[][]} teaches For each of them, which of the skills it teaches.
 * @property {number[]} missing The skills that no course teaches.
 * @property {number} atLeast No cover has fewer courses than this.
 * @property {boolean} fewest Whether it is proven that no cover has fewer courses than this one.
 * @property {boolean} cheapest Whether it is proven that, of all covers with the fewest courses, no other is better: by
 *     the number of unknown prices, then by total price, then by total workload.
 */

/**
 * The fewest courses for some skills; of several such covers the one with the lowest price, then the lowest workload.
 *
 * The order of the skills makes no difference.
 *
 * @param {Courses} data
 * @param {Iterable<number>} wanted Codes of skills, at most MAX_SKILLS. RangeError for more.
 * @param {{isAllowed?: (course: number) => boolean, steps?: number}} [options] `isAllowed`: which courses may be chosen.
 * @returns {Cover}
 */
export function fewestCourses(data, wanted, { isAllowed = () => true, steps = MAX_STEPS } = {}) {
  const skills = [...new Set(wanted)].sort((a, b) => a - b);
  if (skills.length > MAX_SKILLS) throw new RangeError(`More than ${MAX_SKILLS} skills`);
  const candidates = coursesWithAny(data, skills, isAllowed);
  const taught = skills.filter((skill) => candidates.some((course) => data.skills.codes[course].includes(skill)));
  const missing = skills.filter((skill) => !taught.includes(skill));
  if (taught.length === 0) return { courses: [], teaches: [], missing, atLeast: 0, fewest: true, cheapest: true };

  const { costs, exact } = combinedCosts(data, candidates, taught.length);
  const [numbers, masks, maskCosts] = cheapestByMask(data, taught, candidates, costs);
  const all = taught.length === 30 ? 0x3fffffff : (1 << taught.length) - 1;
  const greedy = greedyCover(all, masks, maskCosts);
  const smallest = smallestCover(all, masks, taught.length, greedy, steps);
  const fewest = smallest.cover.length === smallest.atLeast;
  const cheapest = fewest
    ? cheapestCover(all, masks, maskCosts, taught.length, smallest.cover, smallest.prices, steps)
    : { cover: cheaperSwaps(smallest.cover, masks, maskCosts), proven: false };
  const courses = cheapest.cover
    .sort((a, b) => bitCount(masks[b]) - bitCount(masks[a]) || numbers[a] - numbers[b])
    .map((position) => numbers[position]);
  return {
    courses,
    teaches: courses.map((course) => taught.filter((skill) => data.skills.codes[course].includes(skill))),
    missing,
    atLeast: smallest.atLeast,
    fewest,
    cheapest: cheapest.proven && exact,
  };
}

/**
 * The courses that can take the place of one course of a cover: they teach all that no other course of the cover does.
 *
 * @param {Courses} data
 * @param {Cover} cover
 * @param {number} course One of the cover's.
 * @param {(course: number) => boolean} [isAllowed]
 * @returns {number[]} The cheapest first.
 */
export function substitutes(data, cover, course, isAllowed = () => true) {
  const byOthers = new Set(cover.courses.flatMap((other, index) => (other === course ? [] : cover.teaches[index])));
  const onlyHere = cover.teaches[cover.courses.indexOf(course)].filter((skill) => !byOthers.has(skill));
  if (onlyHere.length === 0) return [];
  const candidates = [];
  for (let other = 0; other < data.skills.codes.length; other += 1) {
    const teaches = data.skills.codes[other];
    if (onlyHere.every((skill) => teaches.includes(skill)) && !cover.courses.includes(other) && isAllowed(other)) {
      candidates.push(other);
    }
  }
  const { costs } = combinedCosts(data, candidates, 1);
  return candidates
    .map((other, index) => [costs[index], other])
    .sort((a, b) => a[0] - b[0] || a[1] - b[1])
    .map(([, other]) => other);
}

/** The courses that teach any of some skills. */
function coursesWithAny(data, skills, isAllowed) {
  const wanted = new Set(skills);
  const courses = [];
  data.skills.codes.forEach((codes, course) => {
    if (codes.some((skill) => wanted.has(skill)) && isAllowed(course)) courses.push(course);
  });
  return courses;
}

/**
 * One integer for each course, so that sums of up to `most` of them compare as covers do: by the number of unknown prices,
 * then by price, then by the number of unknown workloads, then by workload.
 *
 * Only prices in one currency can be compared. The most frequent one is taken, and prices in others count as unknown.
 * `exact` is false if the integers become too large for exact sums.
 */
function combinedCosts(data, courses, most) {
  const prices = courses.map((course) => integer(data.cost[course], THOUSANDTHS));
  const currency = mostFrequent(courses.filter((_, index) => prices[index] > 0).map((course) => data.currency[course]));
  courses.forEach((course, index) => {
    if (prices[index] > 0 && data.currency[course] !== currency) prices[index] = null;
  });
  const minutes = courses.map((course) => integer(data.hours[course], MINUTES));
  const price = scaled(prices, most);
  const time = scaled(minutes, most);
  return {
    costs: Float64Array.from(courses, (_, index) => price.values[index] * time.size + time.values[index]),
    exact: most * price.largest * time.size + most * time.largest < Number.MAX_SAFE_INTEGER,
  };
}

/**
 * Values divided by their greatest common divisor. An unknown value counts more than `most` known ones together. All sums
 * of `most` values are below `size`.
 */
function scaled(values, most) {
  const divisor = values.reduce((common, value) => (value === null ? common : gcd(common, value)), 0) || 1;
  const known = values.map((value) => (value === null ? null : value / divisor));
  const unknown = most * known.reduce((largest, value) => Math.max(largest, value ?? 0), 0) + 1;
  const complete = known.map((value) => value ?? unknown);
  const largest = complete.reduce((maximum, value) => Math.max(maximum, value), 0);
  return { values: complete, largest, size: most * largest + 1 };
}

/** An amount in parts of its unit, such as an hour in 60 minutes; null if it is unknown or negative. */
function integer(value, parts) {
  return Number.isFinite(value) && value >= 0 ? Math.round(value * parts) : null;
}

function gcd(a, b) {
  return b === 0 ? a : gcd(b, a % b);
}

/** The most frequent value; of several the smallest. */
function mostFrequent(values) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([a, countA], [b, countB]) => countB - countA || a - b)[0]?.[0];
}

/** Of all courses that teach the same of the skills, the cheapest one: their numbers, masks and costs. */
function cheapestByMask(data, skills, courses, costs) {
  const bitOf = new Map(skills.map((skill, bit) => [skill, 1 << bit]));
  const cheapest = new Map();
  courses.forEach((course, index) => {
    const mask = data.skills.codes[course].reduce((bits, skill) => bits | (bitOf.get(skill) ?? 0), 0);
    const other = cheapest.get(mask);
    if (other === undefined || costs[index] < costs[other]) cheapest.set(mask, index);
  });
  const indexes = [...cheapest.values()];
  return [
    indexes.map((index) => courses[index]),
    Int32Array.from(cheapest.keys()),
    Float64Array.from(indexes, (index) => costs[index]),
  ];
}
