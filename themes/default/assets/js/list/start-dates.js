/** When courses start, seen from today. Days are numbers; in the data they count from the day of the build. */

const SOON_DAYS = 30;
const LATER_DAYS = 92;

/** Sorts after all days. */
export const NEVER = Number.MAX_SAFE_INTEGER;
/** A course that can be started at any time sorts after all days, but before those that never start. */
const ANY_TIME = NEVER - 1;

/**
 * Today in the time zone of the website, in days since 1970-01-01: an application that is possible until today is possible
 * until the day is over there, wherever the visitor is. Where the browser does not know the time zone: today for the visitor.
 *
 * @param {string} [timeZone] such as "America/Halifax"
 */
export function today(timeZone, now = new Date()) {
  let format;
  try {
    format = dayFormat(timeZone);
  } catch {
    format = dayFormat();
  }
  const parts = Object.fromEntries(format.formatToParts(now).map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(parts.year, parts.month - 1, parts.day) / 864e5;
}

function dayFormat(timeZone) {
  const options = /** @type {const} */ ({ year: "numeric", month: "numeric", day: "numeric" });
  return new Intl.DateTimeFormat("en-u-ca-gregory-nu-latn", { ...options, timeZone });
}

/** A day such as "2026-11-25", in days since 1970-01-01. NaN if the text is not a day. */
export function dayNumber(text) {
  return Date.parse(`${text}T00:00:00Z`) / 864e5;
}

/**
 * The next day on which a course starts, and the next last day to apply, among the sessions that can still be applied for.
 *
 * @param {number[] | 0} sessions start and last day to apply of each session in turn; 0 if the course starts at any time
 * @param {number} day
 * @returns {{ start: number, applyBy: number }}
 */
export function nextSession(sessions, day) {
  if (sessions === 0) return { start: ANY_TIME, applyBy: ANY_TIME };
  const next = { start: NEVER, applyBy: NEVER };
  for (let index = 0; index < sessions.length; index += 2) {
    // Where the last day to apply is after the start, people can join today.
    if (sessions[index + 1] < day) continue;
    next.start = Math.min(next.start, Math.max(sessions[index], day));
    next.applyBy = Math.min(next.applyBy, sessions[index + 1]);
  }
  return next;
}

/**
 * The codes of each course in the facet "start", such as "within 30 days". They depend on the day, so the build cannot write
 * them.
 *
 * @param {{ id: string }[]} values of the facet
 * @param {(number[] | 0)[]} starts the sessions of each course
 * @param {number} day
 */
export function startCodes(values, starts, day) {
  const codes = new Map(values.map((value, code) => [value.id, code]));
  const periods = [["30-days", SOON_DAYS], ["3-months", LATER_DAYS]].filter(([id]) => codes.has(id));
  return starts.map((sessions) => {
    if (sessions === 0) return codes.get("any-time") ?? [];
    const { start } = nextSession(sessions, day);
    return periods.filter(([, days]) => start <= day + days).map(([id]) => codes.get(id));
  });
}
