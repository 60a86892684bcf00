// What a search finds beside courses: the section below them, and the line above that leads there.
import { message } from "../core/i18n.js";

/** So many are shown at first, and no more than that at all: whoever wants others looks for them more closely. */
const FIRST = 6;
const MOST = 60;

/**
 * Shows the stories, guides and pathways that were found, or takes away what is shown where there are none.
 * @param {ParentNode} list the list of courses, which holds the section (parts/matches.html)
 * @param {import("./catalogue-index.js").Other[]} others best first
 */
export function showMatches(list, others) {
  const section = /** @type {HTMLElement | null} */ (list.querySelector("[data-matches]"));
  if (section === null) {
    return;
  }
  const template = /** @type {HTMLTemplateElement} */ (section.querySelector("template"));
  const items = others.slice(0, MOST).map((other) => filled(template, other));
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
    /** @type {HTMLElement} */ (line.firstElementChild).textContent = message("matches", { num: others.length });
  }
}

/**
 * @param {HTMLTemplateElement} template
 * @param {import("./catalogue-index.js").Other} other
 */
function filled(template, { kind, title, summary, url }) {
  const item = /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true));
  const link = /** @type {HTMLAnchorElement} */ (item.querySelector(".match-title"));
  link.href = url;
  link.textContent = title;
  /** @type {HTMLElement} */ (item.querySelector(".match-kind")).textContent = message(`kind_${kind}`);
  /** @type {HTMLElement} */ (item.querySelector(".match-summary")).textContent = summary;
  return item;
}
