/** Joins several calendar files into one. Their events stay as the build wrote them. */

const EVENT = /^BEGIN:VEVENT\r\n[\s\S]*?^END:VEVENT\r\n/gm;
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
  const head = first.slice(0, first.indexOf("BEGIN:VEVENT")).replace(NAME, "");
  return `${head}${[...events.values()].join("")}END:VCALENDAR\r\n`;
}

/** Has the browser save a calendar, or open it in a calendar program. */
export function downloadCalendar(text, fileName) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/calendar;charset=utf-8" }));
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
