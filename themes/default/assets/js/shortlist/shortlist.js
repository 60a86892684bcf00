/** The visitor's shortlist on every page: the link to it, the buttons that save a course, the links that compare one. */

import { announce } from "../core/announce.js";
import { basePath, part } from "../core/dom.js";
import { addressWithCourses, createShortlist, MAX_COMPARED } from "./store.js";

// Several websites may share an origin, each under its own path.
const KEY = `credsite:${basePath}:shortlist`;

export const shortlist = createShortlist(KEY, () => window.localStorage);

/** @type {HTMLAnchorElement | null} */
let shortlistLink = null;

/**
 * Updates the buttons and links in an element. To be called after cards were added to the page.
 *
 * @param {ParentNode} [root]
 */
export function refresh(root = document) {
  for (const button of root.querySelectorAll("[data-save]")) {
    button.setAttribute("aria-pressed", String(shortlist.has(button.dataset.save)));
  }
  for (const link of root.querySelectorAll("a[data-compare-link]")) {
    const id = link.dataset.compareLink;
    const others = savedIds().filter((other) => other !== id);
    link.href = addressWithCourses(link.pathname, [id, ...others.slice(1 - MAX_COMPARED)]);
  }
}

/** @param {HTMLAnchorElement} link the link in the header; its `data-` attributes have the messages */
export function start(link) {
  shortlistLink = link;
  shortlist.onChange(update);
  addEventListener("storage", (event) => {
    if (event.key === KEY || event.key === null) shortlist.reload();
  });
  // A page that the browser kept for going back missed the changes since.
  addEventListener("pageshow", () => shortlist.reload());
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button[data-save]") : null;
    if (button) toggle(button);
  });
  update();
}

const savedIds = () => shortlist.items().map((course) => course.id);

function update() {
  const ids = savedIds();
  if (shortlistLink) {
    part(shortlistLink, "count").textContent = ids.length ? `(${ids.length})` : "";
    // A list that is not stored can only be taken along in the address.
    shortlistLink.href = addressWithCourses(shortlistLink.pathname, shortlist.isPersistent() ? [] : ids);
  }
  refresh();
}

function toggle(button) {
  const id = button.dataset.save;
  if (shortlist.has(id)) {
    shortlist.remove(id);
  } else if (!shortlist.save({ id, title: titleFor(button) })) {
    announce(shortlistLink?.dataset.full ?? "");
  } else if (!shortlist.isPersistent()) {
    announce(shortlistLink?.dataset.notKept ?? "");
  }
}

/** The title of the course that a button saves: on a course page in the button, on a card in the card. */
function titleFor(button) {
  return button.dataset.title ?? button.closest("article")?.querySelector(".card-title")?.textContent.trim() ?? "";
}
