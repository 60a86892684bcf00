/**
 * The module that every page loads. It starts the features for which the page has elements, and loads no others.
 *
 * Each feature is a selector and a module. The module's `start(element)`, which may be async, is called for each element
 * that the selector finds. An error in one feature does not affect the others, and its element then works as it does
 * without scripts.
 */

// Not loaded on demand: its buttons are on every page, and must not wait for another file.
import * as shortlist from "./shortlist/shortlist.js";

/** @type {[selector: string, load: () => Promise<{ start: (element: HTMLElement) => unknown }>][]} */
const FEATURES = [
  ["[data-list]", () => import("./list/list.js")],
  ["[data-search]", () => import("./search/search-field.js")],
  ["[data-skills-gap]", () => import("./skills/skills-finder.js")],
  ["[data-shortlist]", async () => shortlist],
  ["[data-shortlist-page]", () => import("./shortlist/shortlist-page.js")],
  ["[data-compare]", () => import("./shortlist/compare-page.js")],
  ["[data-menu-group]", () => import("./ui/menu-group.js")],
  ["[data-share]", () => import("./ui/share.js")],
  ["[data-print]", () => import("./ui/print.js")],
  ["[data-video]", () => import("./ui/video.js")],
];

const root = document.documentElement;
root.classList.add("started");

for (const [selector, load] of FEATURES) {
  for (const element of document.querySelectorAll(selector)) startFeature(element, load);
}

async function startFeature(element, load) {
  try {
    await (await load()).start(element);
  } catch (error) {
    console.warn(`A part of this page could not be started: ${error}`);
    element.classList.add("not-started");
    // The list as it was loaded is better than none.
    root.classList.remove("filtered");
  }
}
