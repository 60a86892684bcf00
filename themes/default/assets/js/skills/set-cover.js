// The fewest courses that teach a set of skills: a minimum set cover, solved exactly where that is possible in short time.
//
// Pure: no page, no network, no clock. What comes in are the columns of the catalogue's data, what goes out are the
// numbers of courses.

import { bits, cheapestCover, cheaperSwaps, greedyCover, smallestCover } from "./branch-and-bound.js";

/** As many skills fit into a mask. */
export const MOST_SKILLS = 30;
/** How often a search looks at a course, before it gives up. */
const STEPS = 600_000;
const THOUSANDTHS = 1000;
const MINUTES = 60;

/**
 * @typedef {object} Courses Columns of the catalogue's data; a course is its position in them.
 * @property {{codes: number[][]}} skills The codes of the skills of each course.
 * @property {(number | null)[]} cost Amounts, null where unknown.
 * @property {number[]} currency A code for each amount.
 * @property {(number | null)[]} hours Workloads, null where unknown.
 *
 * @typedef {object} Cover
 * @property {number[]} courses The chosen ones, those that teach most of the skills first.
 * @property {number[][]} teaches For each of them, which of the skills it teaches.
 * @property {number[]} missing Skills that no course teaches.
 * @property {number} atLeast No cover has fewer courses.
 * @property {boolean} fewest Whether it is proven that none has fewer than this one.
 * @property {boolean} cheapest Whether it is proven that, of all such covers, none has fewer courses of unknown price,
 *     then a smaller total price, then a smaller total workload.
 */

/**
 * The fewest courses for some skills; of several such covers the one of the least price, then of the least workload.
 *
 * The same question gets the same answer, in whatever order the skills are named.
 *
 * @param {Courses} data
 * @param {Iterable<number>} wanted Codes of skills, at most MOST_SKILLS.
 * @param {{among?: (course: number) => boolean, steps?: number}} [options] `among` says which courses are to be had.
 * @returns {Cover}
 */
export function fewestCourses(data, wanted, { among = () => true, steps = STEPS } = {}) {
  const skills = [...new Set(wanted)].sort((a, b) => a - b);
  if (skills.length > MOST_SKILLS) throw new RangeError(`More than ${MOST_SKILLS} skills`);
  const found = teaching(data, skills, among);
  const taught = skills.filter((skill) => found.some((course) => data.skills.codes[course].includes(skill)));
  const missing = skills.filter((skill) => !taught.includes(skill));
  if (taught.length === 0) return { courses: [], teaches: [], missing, atLeast: 0, fewest: true, cheapest: true };

  const { costs, exact } = weights(data, found, taught.length);
  const [numbers, masks, masksCosts] = bestOfEachMask(data, taught, found, costs);
  const all = taught.length === 30 ? 0x3fffffff : (1 << taught.length) - 1;
  const greedy = greedyCover(all, masks, masksCosts);
  const small = smallestCover(all, masks, taught.length, greedy, steps);
  const fewest = small.cover.length === small.atLeast;
  const cheap = fewest
    ? cheapestCover(all, masks, masksCosts, taught.length, small.cover, small.prices, steps)
    : { cover: cheaperSwaps(small.cover, masks, masksCosts), proven: false };
  const courses = cheap.cover
    .sort((a, b) => bits(masks[b]) - bits(masks[a]) || numbers[a] - numbers[b])
    .map((position) => numbers[position]);
  return {
    courses,
    teaches: courses.map((course) => taught.filter((skill) => data.skills.codes[course].includes(skill))),
    missing,
    atLeast: small.atLeast,
    fewest,
    cheapest: cheap.proven && exact,
  };
}

/**
 * Which other courses could stand in for one of a cover: they teach whatever no other course of the cover does.
 *
 * @param {Courses} data
 * @param {Cover} cover
 * @param {number} course One of the cover's.
 * @param {(course: number) => boolean} [among]
 * @returns {number[]} The cheapest first.
 */
export function substitutes(data, cover, course, among = () => true) {
  const others = new Set(cover.courses.flatMap((other, place) => (other === course ? [] : cover.teaches[place])));
  const alone = cover.teaches[cover.courses.indexOf(course)].filter((skill) => !others.has(skill));
  if (alone.length === 0) return [];
  const found = [];
  for (let other = 0; other < data.skills.codes.length; other += 1) {
    const teaches = data.skills.codes[other];
    if (alone.every((skill) => teaches.includes(skill)) && !cover.courses.includes(other) && among(other)) {
      found.push(other);
    }
  }
  const { costs } = weights(data, found, 1);
  return found
    .map((other, place) => [costs[place], other])
    .sort((a, b) => a[0] - b[0] || a[1] - b[1])
    .map(([, other]) => other);
}

/** The courses that teach any of some skills. */
function teaching(data, skills, among) {
  const asked = new Set(skills);
  const found = [];
  data.skills.codes.forEach((codes, course) => {
    if (codes.some((skill) => asked.has(skill)) && among(course)) found.push(course);
  });
  return found;
}

/**
 * One whole number for each course, so that the sums of up to `most` of them compare as covers are to be compared: by
 * unknown prices, then by price, then by unknown workloads, then by workload. Prices can only be compared in one
 * currency, the one that most of them are in; others count as unknown. `exact` is false where the numbers grow too large.
 */
function weights(data, courses, most) {
  const money = courses.map((course) => amount(data.cost[course], THOUSANDTHS));
  const currency = usual(courses.filter((_, place) => money[place] > 0).map((course) => data.currency[course]));
  courses.forEach((course, place) => {
    if (money[place] > 0 && data.currency[course] !== currency) money[place] = null;
  });
  const time = courses.map((course) => amount(data.hours[course], MINUTES));
  const moneyScale = inScale(money, most);
  const timeScale = inScale(time, most);
  return {
    costs: Float64Array.from(courses, (_, place) => moneyScale.values[place] * timeScale.size + timeScale.values[place]),
    exact: most * moneyScale.largest * timeScale.size + most * timeScale.largest < Number.MAX_SAFE_INTEGER,
  };
}

/** Values by their common measure; an unknown one is more than `most` known ones. All sums of `most` are below `size`. */
function inScale(values, most) {
  const measure = values.reduce((common, value) => (value === null ? common : divisor(common, value)), 0) || 1;
  const known = values.map((value) => (value === null ? null : value / measure));
  const unknown = most * known.reduce((largest, value) => Math.max(largest, value ?? 0), 0) + 1;
  const scaled = known.map((value) => value ?? unknown);
  const largest = scaled.reduce((most, value) => Math.max(most, value), 0);
  return { values: scaled, largest, size: most * largest + 1 };
}

function amount(value, parts) {
  return Number.isFinite(value) && value >= 0 ? Math.round(value * parts) : null;
}

function divisor(a, b) {
  return b === 0 ? a : divisor(b, a % b);
}

/** The most frequent of some values; the smallest of several. */
function usual(values) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([a, many], [b, others]) => others - many || a - b)[0]?.[0];
}

/** Of all courses that teach the same of the skills, the cheapest: their numbers, masks and costs. */
function bestOfEachMask(data, skills, courses, costs) {
  const bitOf = new Map(skills.map((skill, bit) => [skill, 1 << bit]));
  const places = new Map();
  courses.forEach((course, place) => {
    const mask = data.skills.codes[course].reduce((bits, skill) => bits | (bitOf.get(skill) ?? 0), 0);
    const known = places.get(mask);
    if (known === undefined || costs[place] < costs[known]) places.set(mask, place);
  });
  const kept = [...places.values()];
  return [
    kept.map((place) => courses[place]),
    Int32Array.from(places.keys()),
    Float64Array.from(kept, (place) => costs[place]),
  ];
}
