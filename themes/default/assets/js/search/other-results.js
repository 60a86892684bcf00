/** Search results that are not courses: the section below the list of courses, and the link above it that leads there. */

import { copyTemplate, part } from "../core/dom.js";
import { message } from "../core/i18n.js";

/** How many are shown at first, and in all. Visitors who want others search for something more specific. */
const FIRST = 6;
const MAX_RESULTS = 60;

/**
 * Shows stories, guides and pathways, or hides the section if there are none.
 *
 * @param {HTMLElement} list the list of courses, with the templates (parts/list-templates.html). `data-matches` says that it shows them
 * @param {import("./catalogue-index.js").OtherResult[]} results best first
 */
export function showOtherResults(list, results) {
  if (!("matches" in list.dataset)) return;
  if (!list.querySelector(".matches")) {
    part(list, "results").before(copyTemplate(list, "matches-link"));
    part(list, "results").after(copyTemplate(list, "matches"));
  }
  const section = /** @type {HTMLElement} */ (list.querySelector(".matches"));
  const line = /** @type {HTMLElement} */ (list.querySelector(".matches-link"));
  const items = results.slice(0, MAX_RESULTS).map((result) => createItem(list, result));
  items.slice(FIRST).forEach((item) => item.toggleAttribute("hidden", true));
  section.querySelector(".matches-list")?.replaceChildren(...items);
  const more = /** @type {HTMLButtonElement} */ (section.querySelector(".matches-more"));
  more.hidden = items.length <= FIRST;
  more.onclick = () => {
    more.hidden = true;
    items.forEach((item) => item.removeAttribute("hidden"));
    items[FIRST].querySelector("a")?.focus();
  };
  section.hidden = !items.length;
  line.hidden = !items.length;
  /** @type {HTMLElement} */ (line.firstElementChild).textContent = message("matches", { num: results.length });
}

/**
 * @param {ParentNode} list
 * @param {import("./catalogue-index.js").OtherResult} result
 */
function createItem(list, { kind, title, summary, url }) {
  const item = /** @type {HTMLElement} */ copyTemplate(list, "match");
  const link = /** @type {HTMLAnchorElement} */ (item.querySelector(".match-title"));
  link.href = url;
  link.textContent = title;
  /** @type {HTMLElement} */ (item.querySelector(".match-kind")).textContent = message(`kind_${kind}`);
  /** @type {HTMLElement} */ (item.querySelector(".match-summary")).textContent = summary;
  return item;
}
