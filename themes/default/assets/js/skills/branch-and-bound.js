// Exact search for small covers: courses as bit masks of skills, 30 skills at most.
//
// Depth first, always for the skill that fewest courses teach, with the bounds of shadow-prices.js: whatever is still to be
// covered is worth a certain price, no course is worth more than it costs, and so a branch that can no longer get by with
// what is left is not followed. Both searches count steps, not time, so that everybody gets the same answer.

import { MaskSums, shadowPrices } from "./shadow-prices.js";

const TINY = 1e-7;

/** How many bits a mask has. */
export function bits(mask) {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

/** A cover made by always taking the course that adds most skills (the cheapest of those), without what proves needless. */
export function greedyCover(all, masks, costs) {
  const chosen = [];
  for (let left = all; left !== 0; ) {
    let best = -1;
    let most = 0;
    for (let course = 0; course < masks.length; course += 1) {
      const gain = bits(masks[course] & left);
      if (gain > most || (gain === most && gain > 0 && costs[course] < costs[best])) {
        best = course;
        most = gain;
      }
    }
    chosen.push(best);
    left &= ~masks[best];
  }
  return withoutNeedless(chosen, masks, costs);
}

function withoutNeedless(chosen, masks, costs) {
  const kept = [...chosen];
  for (const course of [...chosen].sort((a, b) => costs[b] - costs[a])) {
    const others = kept.filter((other) => other !== course);
    const covered = others.reduce((mask, other) => mask | masks[other], 0);
    if ((masks[course] & ~covered) === 0) kept.splice(0, kept.length, ...others);
  }
  return kept;
}

/** The same number of courses for less: each in its turn gives way to the cheapest that does what only it does. */
export function cheaperSwaps(chosen, masks, costs) {
  const better = [...chosen];
  for (let again = true; again; ) {
    again = false;
    for (let place = 0; place < better.length; place += 1) {
      const others = better.reduce((mask, other, index) => (index === place ? mask : mask | masks[other]), 0);
      const alone = masks[better[place]] & ~others;
      for (let course = 0; course < masks.length; course += 1) {
        if ((alone & ~masks[course]) === 0 && costs[course] < costs[better[place]]) {
          better[place] = course;
          again = true;
        }
      }
    }
  }
  return better;
}

/** Courses without those that another one makes needless: it teaches as much or more, and costs no more. */
export function undominated(courses, masks, costs) {
  const order = [...courses].sort((a, b) => bits(masks[b]) - bits(masks[a]) || costs[a] - costs[b] || a - b);
  const bySkill = Array.from({ length: 30 }, () => []);
  const kept = [];
  for (const course of order) {
    const mask = masks[course];
    let fewest = null;
    for (let rest = mask; rest !== 0; rest &= rest - 1) {
      const teaching = bySkill[31 - Math.clz32(rest & -rest)];
      if (fewest === null || teaching.length < fewest.length) fewest = teaching;
    }
    if (fewest.some((other) => (mask & ~masks[other]) === 0 && costs[other] <= costs[course])) continue;
    kept.push(course);
    for (let rest = mask; rest !== 0; rest &= rest - 1) bySkill[31 - Math.clz32(rest & -rest)].push(course);
  }
  return kept;
}

/** For each skill the courses that teach it, and the skills in the order in which the search decides on them. */
function teachers(courses, masks, skills) {
  const bySkill = Array.from({ length: skills }, (_, skill) => courses.filter((course) => (masks[course] >> skill) & 1));
  const order = bySkill.map((_, skill) => skill).sort((a, b) => bySkill[a].length - bySkill[b].length || a - b);
  return { bySkill, order };
}

/**
 * The smallest cover, as far as `steps` suffice.
 *
 * @param {number} all The bits to cover: the lowest `skills` ones, each taught by some course.
 * @param {ArrayLike<number>} masks
 * @param {number} skills
 * @param {number[]} known A cover.
 * @param {number} steps
 * @returns {{cover: number[], atLeast: number, prices: Float64Array}} No cover has fewer courses than `atLeast`;
 *     `cover` is a smallest one where it has as many.
 */
export function smallestCover(all, masks, skills, known, steps) {
  const free = new Float64Array(masks.length);
  const courses = undominated(masks.keys(), masks, free);
  const kept = courses.map((course) => masks[course]);
  const { prices } = shadowPrices(kept, new Float64Array(kept.length).fill(1), skills);
  const worth = new MaskSums(prices);
  const { bySkill, order } = teachers(courses, masks, skills);
  const failed = new Map();
  const ranks = new Ranks(masks.length);
  const path = [];
  let budget = steps;

  /** Whether `more` courses can cover what is left; then `path` has them. */
  function covers(left, more) {
    if (left === 0) return true;
    if (more === 0 || (failed.get(left) ?? 0) >= more) return false;
    const skill = order.find((candidate) => (left >> candidate) & 1);
    const rank = ranks.at(more);
    budget -= bySkill[skill].length;
    const possible = bySkill[skill].filter((course) => {
      rank[course] = worth.of(left & ~masks[course]);
      return rank[course] <= more - 1 + TINY;
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

  let cover = known;
  let atLeast = Math.max(1, Math.ceil(worth.of(all) - TINY));
  while (cover.length > atLeast && budget >= 0) {
    path.length = 0;
    if (covers(all, cover.length - 1)) cover = [...path];
    else if (budget >= 0) atLeast = cover.length;
  }
  return { cover, atLeast, prices };
}

/** For each depth of a search its own ranks of courses, which a deeper one leaves alone. */
class Ranks {
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
 * The cheapest cover of as many courses as `known`, a smallest one; as far as `steps` suffice.
 *
 * @param {number} all
 * @param {Int32Array} masks
 * @param {Float64Array} costs Whole numbers, 0 or more.
 * @param {number} skills
 * @param {number[]} known
 * @param {Float64Array} prices What the skills are worth where each course costs 1, as smallestCover found them.
 * @param {number} steps
 * @returns {{cover: number[], proven: boolean}}
 */
export function cheapestCover(all, masks, costs, skills, known, prices, steps) {
  const most = known.length;
  const worth = new MaskSums(prices);
  // What a course is worth less than 1 is lost to the cover that has it, and no more than this can be lost.
  const slack = most - worth.of(all) + TINY;
  const affordable = [...masks.keys()].filter((course) => 1 - worth.of(masks[course]) <= slack);
  const useful = undominated(affordable, masks, costs);
  let best = cheaperSwaps(known, masks, costs);
  let bestCost = best.reduce((total, course) => total + costs[course], 0);

  const dearest = useful.reduce((highest, course) => Math.max(highest, costs[course]), 1);
  const dual = shadowPrices(useful.map((course) => masks[course]), useful.map((course) => costs[course]), skills, most);
  const value = new MaskSums(dual.prices);
  const error = (dearest + dual.fee + value.of(all)) * most * 2 ** -48;
  const couldBeBetter = (cost) => cost - error <= bestCost - 1;
  const floor = value.of(all) - (most - 1) * dual.fee;
  const { bySkill, order } = teachers(
    useful.filter((course) => couldBeBetter(floor + costs[course] - value.of(masks[course]))),
    masks,
    skills,
  );
  const seen = Array.from({ length: most + 1 }, () => new Map());
  const ranks = new Ranks(masks.length);
  const path = [];
  let budget = steps;

  function search(left, more, spent) {
    if (left === 0) {
      best = [...path];
      bestCost = spent;
      return;
    }
    if (more === 0 || spent >= (seen[more].get(left) ?? Infinity)) return;
    seen[more].set(left, spent);
    const skill = order.find((candidate) => (left >> candidate) & 1);
    const rank = ranks.at(more);
    budget -= bySkill[skill].length;
    const possible = bySkill[skill].filter((course) => {
      const rest = left & ~masks[course];
      rank[course] = spent + costs[course] + value.of(rest) - (more - 1) * dual.fee;
      return worth.of(rest) <= more - 1 + TINY && couldBeBetter(rank[course]);
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
