/**
 * Shadow prices: what each skill is worth in the cheapest mix of courses, if fractions of courses were allowed.
 *
 * They solve the linear programme
 *     maximize  sum(price[skill]) - most * fee   subject to  sum(price of its skills) - fee <= cost  for each course,
 * the dual of covering all skills with at most `most` courses (L. A. Wolsey, Integer Programming, chapters 2 and 12).
 * Any feasible solution is a lower bound for all covers, even if it is not optimal. So the simplex method below may stop
 * early, and at the end the solution is made feasible again where rounding has spoiled it.
 */

const MAX_ROUNDS = 400;
const TOLERANCE = 1e-9;
const PERTURBATION = 1e-4;

const CHUNK = 6;
const CHUNK_MASK = (1 << CHUNK) - 1;

/** Sums of values over the bits of a 30-bit mask, with five table look-ups. */
export class MaskSums {
  #tables = Array.from({ length: 5 }, () => new Float64Array(1 << CHUNK));

  /** @param {ArrayLike<number>} values One value for each bit. */
  constructor(values) {
    this.set(values);
  }

  /** @param {ArrayLike<number>} values */
  set(values) {
    this.#tables.forEach((table, chunk) => {
      for (let bit = 0; bit < CHUNK; bit += 1) {
        const index = chunk * CHUNK + bit;
        const value = index < values.length ? values[index] : 0;
        for (let below = 0; below < 1 << bit; below += 1) table[below + (1 << bit)] = table[below] + value;
      }
    });
  }

  /** @param {number} mask */
  of(mask) {
    const [first, second, third, fourth, fifth] = this.#tables;
    return (
      first[mask & CHUNK_MASK] +
      second[(mask >> 6) & CHUNK_MASK] +
      third[(mask >> 12) & CHUNK_MASK] +
      fourth[(mask >> 18) & CHUNK_MASK] +
      fifth[(mask >> 24) & CHUNK_MASK]
    );
  }
}

/**
 * Prices for skills, each 0 or more, so that no course is worth more than its cost plus the fee.
 *
 * @param {ArrayLike<number>} masks The skills of each course as bits; together they have all bits below `skills`.
 * @param {ArrayLike<number>} costs What each course costs, 0 or more.
 * @param {number} skills How many skills there are, 1 to 30.
 * @param {number} most How many courses a cover may have; if Infinity, there is no limit and no fee.
 * @returns {{prices: Float64Array, fee: number}}
 */
export function shadowPrices(masks, costs, skills, most = Infinity) {
  const size = Number.isFinite(most) ? skills + 1 : skills;
  // A vertex of the feasible region is where `size` of its constraints meet. The first one has all prices at 0.
  const vertex = new Float64Array(size);
  const inverse = Array.from({ length: size }, (_, row) => {
    const line = new Float64Array(size);
    line[row] = -1;
    return line;
  });
  const active = Array.from({ length: size }, (_, index) => -1 - index);
  const direction = new Float64Array(size);
  const change = new MaskSums(direction);
  // The slack of each course's constraint, and how fast it shrinks. The costs are perturbed a little, so that many
  // constraints never become tight at once: the method could cycle among them.
  const scale = costs.reduce((largest, cost) => Math.max(largest, cost), 0) || 1;
  const slack = Float64Array.from(costs, (cost, course) => cost / scale + PERTURBATION * ((course * 0.618034) % 1));
  const slopes = new Float64Array(masks.length);
  let stalled = false;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const leaving = leavingConstraint(inverse, active, skills, most, stalled);
    if (leaving < 0) break;
    for (let row = 0; row < size; row += 1) direction[row] = -inverse[row][leaving];
    change.set(direction.subarray(0, skills));
    const feeChange = size > skills ? direction[skills] : 0;
    let step = Infinity;
    let entering = 0;
    for (let index = 0; index < size; index += 1) {
      if (direction[index] < -TOLERANCE && vertex[index] / -direction[index] < step) {
        step = Math.max(0, vertex[index] / -direction[index]);
        entering = -1 - index;
      }
    }
    for (let course = 0; course < masks.length; course += 1) {
      const slope = change.of(masks[course]) - feeChange;
      slopes[course] = slope;
      if (slope > TOLERANCE && slack[course] < step * slope) {
        step = Math.max(0, slack[course] / slope);
        entering = course;
      }
    }
    if (step === Infinity) break;
    stalled = step <= TOLERANCE;
    for (let index = 0; index < size; index += 1) vertex[index] += step * direction[index];
    for (let course = 0; course < slack.length; course += 1) slack[course] -= step * slopes[course];
    exchange(inverse, leaving, entering, masks, skills);
    active[leaving] = entering;
  }
  // The same vertex with the costs without perturbation.
  const exact = inverse.map((line) =>
    line.reduce((sum, part, column) => sum + part * (active[column] < 0 ? 0 : costs[active[column]]), 0),
  );
  return feasible(exact, masks, costs, skills, size);
}

/** The constraint to leave: the one with the steepest gain or, after a step of length 0, the first one, which prevents cycles. */
function leavingConstraint(inverse, active, skills, most, takeFirst) {
  let leaving = -1;
  let steepest = -TOLERANCE;
  for (let column = 0; column < active.length; column += 1) {
    let gain = 0;
    for (let row = 0; row < skills; row += 1) gain += inverse[row][column];
    if (active.length > skills) gain -= most * inverse[skills][column];
    if (gain >= -TOLERANCE) continue;
    if (takeFirst ? leaving < 0 || active[column] < active[leaving] : gain < steepest) {
      steepest = gain;
      leaving = column;
    }
  }
  return leaving;
}

/** Replaces one constraint by another in the inverse of the matrix of all constraints that meet at the vertex. */
function exchange(inverse, leaving, entering, masks, skills) {
  const size = inverse.length;
  const row = new Float64Array(size);
  for (let column = 0; column < size; column += 1) {
    if (entering < 0) {
      row[column] = -inverse[-1 - entering][column];
      continue;
    }
    for (let skill = 0; skill < skills; skill += 1) {
      if ((masks[entering] >> skill) & 1) row[column] += inverse[skill][column];
    }
    if (size > skills) row[column] -= inverse[skills][column];
  }
  const pivot = row[leaving];
  for (const line of inverse) {
    const scaled = line[leaving] / pivot;
    for (let column = 0; column < size; column += 1) line[column] -= row[column] * scaled;
    line[leaving] = scaled;
  }
}

/** The prices without rounding errors: none is negative, and no course is worth more than its cost plus the fee. */
function feasible(vertex, masks, costs, skills, size) {
  const prices = Float64Array.from(vertex.slice(0, skills), (price) => Math.max(0, price));
  let fee = size > skills ? Math.max(0, vertex[skills]) : 0;
  const worth = new MaskSums(prices);
  let excess = 0;
  let ratio = 1;
  for (let course = 0; course < masks.length; course += 1) {
    const value = worth.of(masks[course]);
    excess = Math.max(excess, value - fee - costs[course]);
    if (value > costs[course]) ratio = Math.max(ratio, value / costs[course]);
  }
  if (size > skills) fee += excess;
  else for (let skill = 0; skill < skills; skill += 1) prices[skill] /= ratio;
  return { prices, fee };
}
