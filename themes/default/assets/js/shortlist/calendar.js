/** Joins several calendar files into one. Their events stay as the build wrote them. */

const EVENT = /^BEGIN:VEVENT\r\n[\s\S]*?^END:VEVENT\r\n/gm;
const ZONE = /^BEGIN:VTIMEZONE\r\n[\s\S]*?^END:VTIMEZONE\r\n/gm;
const ZONE_RULE = /^BEGIN:(STANDARD|DAYLIGHT)\r\n[\s\S]*?^END:\1\r\n/gm;
const UID = /^UID:.*\r\n(?: .*\r\n)*/m;
// The name of a calendar. A long line continues on lines that begin with a space.
const NAME = /^(?:NAME|X-WR-CALNAME):.*\r\n(?: .*\r\n)*/gm;

/**
 * One calendar with the events of all, without duplicates; "" if there are no events.
 *
 * @param {string[]} texts `.ics` files
 */
export function mergeCalendars(texts) {
  const events = new Map();
  for (const event of texts.flatMap((text) => text.match(EVENT) ?? [])) {
    events.set(UID.exec(event)?.[0] ?? event, event);
  }
  if (!events.size) return "";
  const first = texts.find((text) => text.includes("BEGIN:VEVENT"));
  const head = first.slice(0, first.search(/^BEGIN:V(?:TIMEZONE|EVENT)/m)).replace(NAME, "");
  return `${head}${timeZone(texts)}${[...events.values()].join("")}END:VCALENDAR\r\n`;
}

/** The time zone of the website, with the rules for the years of all calendars; "" if no event has a time. */
function timeZone(texts) {
  const zones = texts.flatMap((text) => text.match(ZONE) ?? []);
  if (!zones.length) return "";
  const rules = new Set(zones.flatMap((zone) => zone.match(ZONE_RULE) ?? []));
  return zones[0].replace(ZONE_RULE, "").replace("END:VTIMEZONE", `${[...rules].join("")}END:VTIMEZONE`);
}

/** Has the browser save a calendar, or open it in a calendar program. */
export function downloadCalendar(text, fileName) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/calendar;charset=utf-8" }));
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
