/**
 * Exact search for small set covers. Courses are bit masks of the skills that they teach, at most 30.
 *
 * Both searches are depth first and always branch on the skill that the fewest courses teach. They prune with the bounds
 * of shadow-prices.js: the skills still to be covered have a certain worth, and no course is worth more than it costs,
 * so a branch whose remaining courses cannot reach that worth is cut. They count steps and not time, so that everybody
 * gets the same answer.
 */

import { MaskSums, shadowPrices } from "./shadow-prices.js";

const TOLERANCE = 1e-7;

/** The number of bits that are set in a mask. */
export function bitCount(mask) {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

/**
 * A cover found greedily: always the course that adds the most skills (of several, the cheapest), in the end without
 * the courses that turned out to be unnecessary.
 */
export function greedyCover(all, masks, costs) {
  const chosen = [];
  for (let left = all; left !== 0; ) {
    let best = -1;
    let most = 0;
    for (let course = 0; course < masks.length; course += 1) {
      const gain = bitCount(masks[course] & left);
      if (gain > most || (gain === most && gain > 0 && costs[course] < costs[best])) {
        best = course;
        most = gain;
      }
    }
    chosen.push(best);
    left &= ~masks[best];
  }
  return withoutUnnecessary(chosen, masks, costs);
}

function withoutUnnecessary(chosen, masks, costs) {
  let necessary = [...chosen];
  for (const course of [...chosen].sort((a, b) => costs[b] - costs[a])) {
    const others = necessary.filter((other) => other !== course);
    const covered = others.reduce((mask, other) => mask | masks[other], 0);
    if ((masks[course] & ~covered) === 0) necessary = others;
  }
  return necessary;
}

/** As many courses for less: each in turn is replaced by the cheapest that teaches what only it does. */
export function cheaperSwaps(chosen, masks, costs) {
  const better = [...chosen];
  for (let again = true; again; ) {
    again = false;
    for (let position = 0; position < better.length; position += 1) {
      const others = better.reduce((mask, other, index) => (index === position ? mask : mask | masks[other]), 0);
      const onlyHere = masks[better[position]] & ~others;
      for (let course = 0; course < masks.length; course += 1) {
        if ((onlyHere & ~masks[course]) === 0 && costs[course] < costs[better[position]]) {
          better[position] = course;
          again = true;
        }
      }
    }
  }
  return better;
}

/** The courses that are not dominated: no other one teaches at least the same and costs no more. */
function undominated(courses, masks, costs) {
  const order = [...courses].sort((a, b) => bitCount(masks[b]) - bitCount(masks[a]) || costs[a] - costs[b] || a - b);
  const bySkill = Array.from({ length: 30 }, () => []);
  const result = [];
  for (const course of order) {
    const mask = masks[course];
    let fewest = null;
    for (let rest = mask; rest !== 0; rest &= rest - 1) {
      const teachers = bySkill[31 - Math.clz32(rest & -rest)];
      if (fewest === null || teachers.length < fewest.length) fewest = teachers;
    }
    if (fewest.some((other) => (mask & ~masks[other]) === 0 && costs[other] <= costs[course])) continue;
    result.push(course);
    for (let rest = mask; rest !== 0; rest &= rest - 1) bySkill[31 - Math.clz32(rest & -rest)].push(course);
  }
  return result;
}

/** The courses that teach each skill, and the skills in branching order: fewest courses first. */
function teachersBySkill(courses, masks, skills) {
  const bySkill = Array.from({ length: skills }, (_, skill) => courses.filter((course) => (masks[course] >> skill) & 1));
  const order = bySkill.map((_, skill) => skill).sort((a, b) => bySkill[a].length - bySkill[b].length || a - b);
  return { bySkill, order };
}

/**
 * The smallest cover, as far as `steps` suffice.
 *
 * @param {number} all The bits to cover: the lowest `skills` ones. Some course teaches each of them.
 * @param {ArrayLike<number>} masks
 * @param {number} skills
 * @param {number[]} initial A cover to improve on.
 * @param {number} steps
 * @returns {{cover: number[], atLeast: number, prices: Float64Array}} No cover has fewer courses than `atLeast`. If
 *     `cover` has as many, it is proven to be a smallest one.
 */
export function smallestCover(all, masks, skills, initial, steps) {
  const noCosts = new Float64Array(masks.length);
  const courses = undominated(masks.keys(), masks, noCosts);
  const courseMasks = courses.map((course) => masks[course]);
  const { prices } = shadowPrices(courseMasks, new Float64Array(courseMasks.length).fill(1), skills);
  const worth = new MaskSums(prices);
  const { bySkill, order } = teachersBySkill(courses, masks, skills);
  /** By the skills left: with how many courses they could not be covered. */
  const failed = new Map();
  const rankings = new RankingPool(masks.length);
  const path = [];
  let budget = steps;

  /** Whether `more` courses can cover the skills that are left. Then `path` has the cover. */
  function covers(left, more) {
    if (left === 0) return true;
    if (more === 0 || (failed.get(left) ?? 0) >= more) return false;
    const skill = order.find((candidate) => (left >> candidate) & 1);
    const rank = rankings.at(more);
    budget -= bySkill[skill].length;
    const possible = bySkill[skill].filter((course) => {
      rank[course] = worth.of(left & ~masks[course]);
      return rank[course] <= more - 1 + TOLERANCE;
    });
    possible.sort((a, b) => rank[a] - rank[b] || a - b);
    for (const course of possible) {
      if (budget < 0) return false;
      path.push(course);
      if (covers(left & ~masks[course], more - 1)) return true;
      path.pop();
    }
    if (budget >= 0) failed.set(left, more);
    return false;
  }

  let cover = initial;
  let atLeast = Math.max(1, Math.ceil(worth.of(all) - TOLERANCE));
  while (cover.length > atLeast && budget >= 0) {
    path.length = 0;
    if (covers(all, cover.length - 1)) cover = [...path];
    else if (budget >= 0) atLeast = cover.length;
  }
  return { cover, atLeast, prices };
}

/** An array of ranks for each depth of a search, reused whenever the search comes back to that depth. */
class RankingPool {
  #size;
  #depths = [];

  constructor(size) {
    this.#size = size;
  }

  at(depth) {
    this.#depths[depth] ??= new Float64Array(this.#size);
    return this.#depths[depth];
  }
}

/**
 * The cheapest cover with as many courses as `smallest`, as far as `steps` suffice.
 *
 * @param {number} all
 * @param {Int32Array} masks
 * @param {Float64Array} costs Integers, 0 or more.
 * @param {number} skills
 * @param {number[]} smallest A cover with the fewest courses.
 * @param {Float64Array} prices What the skills are worth if each course costs 1, as smallestCover found them.
 * @param {number} steps
 * @returns {{cover: number[], proven: boolean}}
 */
export function cheapestCover(all, masks, costs, skills, smallest, prices, steps) {
  const most = smallest.length;
  const worth = new MaskSums(prices);
  // A course that is worth less than 1 wastes the difference, and a cover of this size can waste no more than the slack.
  const slack = most - worth.of(all) + TOLERANCE;
  const possibleCourses = [...masks.keys()].filter((course) => 1 - worth.of(masks[course]) <= slack);
  const useful = undominated(possibleCourses, masks, costs);
  let best = cheaperSwaps(smallest, masks, costs);
  let bestCost = best.reduce((total, course) => total + costs[course], 0);

  const highestCost = useful.reduce((highest, course) => Math.max(highest, costs[course]), 1);
  const dual = shadowPrices(useful.map((course) => masks[course]), useful.map((course) => costs[course]), skills, most);
  const value = new MaskSums(dual.prices);
  const roundingError = (highestCost + dual.fee + value.of(all)) * most * 2 ** -48;
  // Costs are integers, so a better cover costs at least 1 less.
  const couldBeBetter = (cost) => cost - roundingError <= bestCost - 1;
  const lowerBound = value.of(all) - (most - 1) * dual.fee;
  const { bySkill, order } = teachersBySkill(
    useful.filter((course) => couldBeBetter(lowerBound + costs[course] - value.of(masks[course]))),
    masks,
    skills,
  );
  /** By the number of courses and the skills left: the lowest cost with which the search has been there. */
  const visited = Array.from({ length: most + 1 }, () => new Map());
  const rankings = new RankingPool(masks.length);
  const path = [];
  let budget = steps;

  function search(left, more, spent) {
    if (left === 0) {
      best = [...path];
      bestCost = spent;
      return;
    }
    if (more === 0 || spent >= (visited[more].get(left) ?? Infinity)) return;
    visited[more].set(left, spent);
    const skill = order.find((candidate) => (left >> candidate) & 1);
    const rank = rankings.at(more);
    budget -= bySkill[skill].length;
    const possible = bySkill[skill].filter((course) => {
      const rest = left & ~masks[course];
      rank[course] = spent + costs[course] + value.of(rest) - (more - 1) * dual.fee;
      return worth.of(rest) <= more - 1 + TOLERANCE && couldBeBetter(rank[course]);
    });
    possible.sort((a, b) => rank[a] - rank[b] || a - b);
    for (const course of possible) {
      if (budget < 0 || !couldBeBetter(rank[course])) return;
      path.push(course);
      search(left & ~masks[course], more - 1, spent + costs[course]);
      path.pop();
    }
  }

  search(all, most, 0);
  return { cover: best, proven: budget >= 0 };
}
