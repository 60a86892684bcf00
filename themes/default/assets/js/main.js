/**
 * The one module that every page has. It starts what the page has elements for, and loads nothing else.
 *
 * A feature is a selector and the module to start on each element that it finds: `start(element)`, which may be
 * async. What a feature throws stays with that feature; the page goes on as it does without scripts.
 */

// On every page, and its buttons should not wait for another file when they are already there to be pressed.
import * as shortlist from "./shortlist/shortlist.js";

/** @type {[selector: string, load: () => Promise<{ start: (element: HTMLElement) => unknown }>][]} */
const FEATURES = [
  ["[data-list]", () => import("./list/list.js")],
  ["[data-search]", () => import("./search/search-field.js")],
  ["[data-skills-gap]", () => import("./skills/skills-finder.js")],
  ["[data-shortlist]", async () => shortlist],
  ["[data-shortlist-page]", () => import("./shortlist/shortlist-page.js")],
  ["[data-compare]", () => import("./shortlist/compare-page.js")],
  ["[data-share]", () => import("./ui/share.js")],
  ["[data-print]", () => import("./ui/print.js")],
];

const root = document.documentElement;
root.classList.add("started");

for (const [selector, load] of FEATURES) {
  for (const element of document.querySelectorAll(selector)) run(element, load);
}

async function run(element, load) {
  try {
    await (await load()).start(element);
  } catch (error) {
    console.warn(`A part of this page could not be started: ${error}`);
    element.classList.add("not-started");
    // The list that the page came with is better than none.
    root.classList.remove("filtered");
  }
}
