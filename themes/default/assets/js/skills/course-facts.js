/** What is known about courses: whether they are online, and the sums of their prices and workloads. Needs no page. */

/** Prices have up to three decimals. They are added as whole numbers, because sums of fractions get rounding errors. */
const THOUSANDTHS = 1000;

/**
 * A test of whether a course can be taken online; null if the catalogue does not say so of any course.
 *
 * @returns {((course: number) => boolean) | null}
 */
export function onlineTest(data) {
  const modes = data.facets.find((facet) => facet.id === "mode");
  const online = new Set((modes?.values ?? []).flatMap((value, code) => (isOnline(value) ? [code] : [])));
  if (!online.size) return null;
  return (course) => [modes.codes[course]].flat().some((code) => online.has(code));
}

function isOnline(/** @type {{ id: string, same_as?: string }} */ mode) {
  return (mode.same_as ?? mode.id) === "online";
}

/**
 * What some courses cost and how long they take, all together.
 *
 * @param {import("./set-cover.js").Courses & { currencies: string[] }} data
 * @param {number[]} courses
 * @returns {{ prices: { amount: number, currency: string }[], unpriced: number[], hours: number, untimed: number[] }} a
 *   price for each currency, largest first, without free courses; and the courses without a known price or workload
 */
export function totals(data, courses) {
  const sums = new Map();
  for (const course of courses) {
    if (data.cost[course] > 0) {
      const currency = data.currencies[data.currency[course]];
      sums.set(currency, (sums.get(currency) ?? 0) + Math.round(data.cost[course] * THOUSANDTHS));
    }
  }
  return {
    prices: [...sums]
      .map(([currency, amount]) => ({ currency, amount: amount / THOUSANDTHS }))
      .sort((a, b) => b.amount - a.amount),
    unpriced: courses.filter((course) => data.cost[course] === null),
    hours: courses.reduce((sum, course) => sum + (data.hours[course] ?? 0), 0),
    untimed: courses.filter((course) => data.hours[course] === null),
  };
}

/** Whether all prices are known and in one currency, with something to pay, so that plans can be compared by price. */
export function haveComparablePrices(data, courses) {
  const { prices, unpriced } = totals(data, courses);
  return prices.length === 1 && unpriced.length === 0;
}
