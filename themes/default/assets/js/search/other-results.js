/** Search results that are not courses: the section below the list of courses, and the link above it that leads there. */

import { message } from "../core/i18n.js";

/** How many are shown at first, and in all. Visitors who want others search for something more specific. */
const FIRST = 6;
const MAX_RESULTS = 60;

/**
 * Shows stories, guides and pathways, or hides the section if there are none.
 *
 * @param {ParentNode} list the list of courses, which has the section (parts/matches.html)
 * @param {import("./catalogue-index.js").OtherResult[]} results best first
 */
export function showOtherResults(list, results) {
  const section = /** @type {HTMLElement | null} */ (list.querySelector("[data-matches]"));
  if (section === null) {
    return;
  }
  const template = /** @type {HTMLTemplateElement} */ (section.querySelector("template"));
  const items = results.slice(0, MAX_RESULTS).map((result) => createItem(template, result));
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
  for (const line of list.querySelectorAll("[data-matches-link]")) {
    line.toggleAttribute("hidden", !items.length);
    /** @type {HTMLElement} */ (line.firstElementChild).textContent = message("matches", { num: results.length });
  }
}

/**
 * @param {HTMLTemplateElement} template
 * @param {import("./catalogue-index.js").OtherResult} result
 */
function createItem(template, { kind, title, summary, url }) {
  const item = /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true));
  const link = /** @type {HTMLAnchorElement} */ (item.querySelector(".match-title"));
  link.href = url;
  link.textContent = title;
  /** @type {HTMLElement} */ (item.querySelector(".match-kind")).textContent = message(`kind_${kind}`);
  /** @type {HTMLElement} */ (item.querySelector(".match-summary")).textContent = summary;
  return item;
}
