/** The visitor's shortlist on every page: its link, the buttons that save a course, and links that compare one. */

import { addressOf, createShortlist, MOST_COMPARED } from "./store.js";
import { notice } from "../core/announce.js";

const base = document.documentElement.dataset.base ?? "/";
// Several websites may share an origin, each below a path of its own.
const KEY = `credsite:${base}:shortlist`;

export const shortlist = createShortlist(KEY, () => window.localStorage);

/** @type {HTMLAnchorElement | null} */
let ownLink = null;

/**
 * Brings the buttons and links below `root` up to date. For whoever puts cards into a page.
 *
 * @param {ParentNode} [root]
 */
export function refresh(root = document) {
  for (const button of root.querySelectorAll("[data-save]")) {
    button.setAttribute("aria-pressed", String(shortlist.has(button.dataset.save)));
  }
  for (const link of root.querySelectorAll("a[data-compare-link]")) {
    const id = link.dataset.compareLink;
    const others = shortlist.items().map((one) => one.id).filter((one) => one !== id);
    link.href = addressOf(link.pathname, [id, ...others.slice(1 - MOST_COMPARED)]);
  }
}

/** @param {HTMLAnchorElement} link the header's own, which has the words as well */
export function start(link) {
  ownLink = link;
  shortlist.onChange(show);
  addEventListener("storage", (event) => {
    if (event.key === KEY || event.key === null) shortlist.reread();
  });
  // A page that comes out of the browser's history was not told of anything.
  addEventListener("pageshow", () => shortlist.reread());
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button[data-save]") : null;
    if (button) toggle(button);
  });
  show();
}

function show() {
  const ids = shortlist.items().map((one) => one.id);
  if (ownLink) {
    ownLink.querySelector('[data-part="count"]').textContent = ids.length ? `(${ids.length})` : "";
    // What is not kept can be taken along.
    ownLink.href = addressOf(ownLink.pathname, shortlist.isKept() ? [] : ids);
  }
  refresh();
}

function toggle(button) {
  const id = button.dataset.save;
  if (shortlist.has(id)) {
    shortlist.remove(id);
  } else if (!shortlist.save({ id, title: titleOf(button) })) {
    notice(ownLink?.dataset.full ?? "");
  } else if (!shortlist.isKept()) {
    notice(ownLink?.dataset.notKept ?? "");
  }
}

function titleOf(button) {
  return button.dataset.title ?? button.closest("article")?.querySelector(".card-title")?.textContent.trim() ?? "";
}
