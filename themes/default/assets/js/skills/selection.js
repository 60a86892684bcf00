// The skills that somebody chooses: found by typing, kept in an address, and what their courses come to. Pure.

import { MOST_SKILLS } from "./set-cover.js";
import { folded } from "../search/words.js";

const MOST_AT_FIRST = 12;
const THOUSANDTHS = 1000;

/** A skill's name as it is compared: a slug such as `data-cleaning` is then the same as the name that it comes from. */
export function plain(name) {
  return folded(name).replace(/[\s\p{Pd}_]+/gu, " ").trim();
}

/**
 * The skills of a catalogue.
 *
 * @param {import("./set-cover.js").Courses & { skills: { names: string[], codes: number[][] } }} data
 */
export function skillBook(data) {
  const { names, codes } = data.skills;
  const texts = names.map(plain);
  const courses = new Array(names.length).fill(0);
  for (const taught of codes) for (const skill of taught) courses[skill] += 1;
  const byText = new Map(texts.map((text, skill) => [text, skill]).reverse());
  const byName = new Map(names.map((name, skill) => [name, skill]));

  return {
    names,
    /** How many courses teach a skill. */
    courses: (skill) => courses[skill],
    /** The skill that a text names, whatever its accents and capitals; undefined where there is none. */
    named: (text) => byName.get(text) ?? byText.get(plain(text)),
    /** Skills for what was typed so far, the likeliest first; those that most courses teach where that is nothing. */
    matching(typed) {
      const asked = plain(typed);
      const all = names.map((_, skill) => skill);
      if (asked === "") return all.sort((a, b) => courses[b] - courses[a] || a - b).slice(0, MOST_AT_FIRST);
      const words = asked.split(" ");
      const ranks = texts.map((text) => {
        if (!words.every((word) => text.includes(word))) return -1;
        if (text.startsWith(asked)) return 0;
        return ` ${text}`.includes(` ${words[0]}`) ? 1 : 2;
      });
      return all
        .filter((skill) => ranks[skill] >= 0)
        .sort((a, b) => ranks[a] - ranks[b] || a - b);
    },
  };
}

/**
 * What an address asks for.
 *
 * @param {string} search the query, with or without its question mark
 * @param {ReturnType<typeof skillBook>} book
 * @returns {{ skills: number[], online: boolean, unknown: number, tooMany: boolean }} the skills in the catalogue's order,
 *     how many values name none, and whether there were more skills than can be chosen
 */
export function readAddress(search, book) {
  const asked = new URLSearchParams(search);
  const values = [...new Set(asked.getAll("skill"))];
  const known = [...new Set(values.map(book.named).filter((skill) => skill !== undefined))].sort((a, b) => a - b);
  const unknown = values.filter((value) => book.named(value) === undefined).length;
  return {
    skills: known.slice(0, MOST_SKILLS),
    online: asked.getAll("mode").includes("online"),
    unknown,
    tooMany: known.length > MOST_SKILLS,
  };
}

/** The query of an address, in an order that depends on nothing but what is chosen; "" for nothing. */
export function writeAddress({ skills, online }, book) {
  const query = new URLSearchParams();
  if (online) query.append("mode", "online");
  for (const skill of [...skills].sort((a, b) => a - b)) query.append("skill", book.names[skill]);
  return query.toString();
}

/** Whether a course can be taken online; all can where the catalogue says nothing of how they are taught. */
export function onlineCourses(data) {
  const modes = data.facets.find((facet) => facet.id === "mode");
  const online = modes ? modes.values.findIndex((value) => value.id === "online") : -1;
  if (online < 0) return null;
  return (course) => [modes.codes[course]].flat().includes(online);
}

/**
 * What some courses come to.
 *
 * @param {import("./set-cover.js").Courses & { currencies: string[] }} data
 * @param {number[]} courses
 * @returns {{ prices: { amount: number, currency: string }[], unpriced: number[], hours: number, untimed: number[] }}
 *     Sums by currency, without free courses, the largest first; and the courses that say nothing.
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
