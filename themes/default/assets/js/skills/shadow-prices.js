// Shadow prices: what each skill is worth in the cheapest mix of courses, parts of courses allowed.
//
// They are a solution of the linear programme
//     most of  sum(price[skill]) - most * fee   where, for each course,  sum(price of its skills) - fee <= its cost,
// which is the dual of covering all skills with at most `most` courses (L. A. Wolsey, Integer Programming, chapters 2
// and 12). Any feasible solution of it is a lower bound for every cover, so it need not even be the best one: the search
// below stops where it would take long, and whatever rounding spoiled is mended at the end.

const ROUNDS = 400;
const TINY = 1e-9;
const JITTER = 1e-4;

const CHUNK = 6;
const CHUNK_MASK = (1 << CHUNK) - 1;

/** Sums over the bits of a mask of 30, by five look-ups. */
export class MaskSums {
  #tables = Array.from({ length: 5 }, () => new Float64Array(1 << CHUNK));

  /** @param {ArrayLike<number>} values One for each bit. */
  constructor(values) {
    this.set(values);
  }

  /** @param {ArrayLike<number>} values */
  set(values) {
    this.#tables.forEach((table, place) => {
      for (let bit = 0; bit < CHUNK; bit += 1) {
        const index = place * CHUNK + bit;
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
 * Prices for skills, each 0 or more, such that no course is worth more than its cost (and the fee).
 *
 * @param {ArrayLike<number>} masks The skills of each course as bits; together they have all of the bits below `skills`.
 * @param {ArrayLike<number>} costs What each course costs, 0 or more.
 * @param {number} skills How many skills there are, 1 to 30.
 * @param {number} most How many courses a cover may have; Infinity where that does not matter, and then there is no fee.
 * @returns {{prices: Float64Array, fee: number}}
 */
export function shadowPrices(masks, costs, skills, most = Infinity) {
  const size = Number.isFinite(most) ? skills + 1 : skills;
  // A corner of the feasible region is where `size` of its borders meet. It begins at 0, where no price may fall further.
  const corner = new Float64Array(size);
  const inverse = Array.from({ length: size }, (_, row) => {
    const line = new Float64Array(size);
    line[row] = -1;
    return line;
  });
  const active = Array.from({ length: size }, (_, index) => -1 - index);
  const direction = new Float64Array(size);
  const change = new MaskSums(direction);
  // How far each course still is from its border, and how fast it comes nearer.
  // Costs that differ a little never leave many courses at their borders at once, among which it could go astray.
  const scale = costs.reduce((largest, cost) => Math.max(largest, cost), 0) || 1;
  const room = Float64Array.from(costs, (cost, course) => cost / scale + JITTER * ((course * 0.618034) % 1));
  const slopes = new Float64Array(masks.length);
  let stalled = false;
  for (let round = 0; round < ROUNDS; round += 1) {
    const leaving = leavingBorder(inverse, active, skills, most, stalled);
    if (leaving < 0) break;
    for (let row = 0; row < size; row += 1) direction[row] = -inverse[row][leaving];
    change.set(direction.subarray(0, skills));
    const feeChange = size > skills ? direction[skills] : 0;
    let step = Infinity;
    let entering = 0;
    for (let index = 0; index < size; index += 1) {
      if (direction[index] < -TINY && corner[index] / -direction[index] < step) {
        step = Math.max(0, corner[index] / -direction[index]);
        entering = -1 - index;
      }
    }
    for (let course = 0; course < masks.length; course += 1) {
      const slope = change.of(masks[course]) - feeChange;
      slopes[course] = slope;
      if (slope > TINY && room[course] < step * slope) {
        step = Math.max(0, room[course] / slope);
        entering = course;
      }
    }
    if (step === Infinity) break;
    stalled = step <= TINY;
    for (let index = 0; index < size; index += 1) corner[index] += step * direction[index];
    for (let course = 0; course < room.length; course += 1) room[course] -= step * slopes[course];
    exchange(inverse, leaving, entering, masks, skills);
    active[leaving] = entering;
  }
  // The same corner with the costs as they are.
  const exact = inverse.map((line) =>
    line.reduce((sum, part, column) => sum + part * (active[column] < 0 ? 0 : costs[active[column]]), 0),
  );
  return mended(exact, masks, costs, skills, size);
}

/** The border to leave: the one that holds the sum back most, or (after a step of no length) the first, so as not to go in circles. */
function leavingBorder(inverse, active, skills, most, first) {
  let found = -1;
  let steepest = -TINY;
  for (let column = 0; column < active.length; column += 1) {
    let gain = 0;
    for (let row = 0; row < skills; row += 1) gain += inverse[row][column];
    if (active.length > skills) gain -= most * inverse[skills][column];
    if (gain >= -TINY) continue;
    if (first ? found < 0 || active[column] < active[found] : gain < steepest) {
      steepest = gain;
      found = column;
    }
  }
  return found;
}

/** Puts one border in the place of another in the inverse of the matrix of all borders that meet. */
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

/** The prices without what rounding left over: none below 0, and no course worth more than it may be. */
function mended(corner, masks, costs, skills, size) {
  const prices = Float64Array.from(corner.slice(0, skills), (price) => Math.max(0, price));
  let fee = size > skills ? Math.max(0, corner[skills]) : 0;
  const worth = new MaskSums(prices);
  let over = 0;
  let ratio = 1;
  for (let course = 0; course < masks.length; course += 1) {
    const value = worth.of(masks[course]);
    over = Math.max(over, value - fee - costs[course]);
    if (value > costs[course]) ratio = Math.max(ratio, value / costs[course]);
  }
  if (size > skills) fee += over;
  else for (let skill = 0; skill < skills; skill += 1) prices[skill] /= ratio;
  return { prices, fee };
}
