/** The visitor's shortlist on every page: the link to it, the buttons that save a course, the links that compare one. */

import { announce } from "../core/announce.js";
import { basePath, part } from "../core/dom.js";
import { fillPlaceholders, message } from "../core/i18n.js";
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
  for (const button of root.querySelectorAll(".save, [data-save]")) {
    if (!button.dataset.save) nameCourse(button);
    button.setAttribute("aria-pressed", String(shortlist.has(button.dataset.save)));
  }
  for (const link of root.querySelectorAll("a[data-compare-link]")) {
    const id = link.dataset.compareLink || coursePageId();
    const others = savedIds().filter((other) => other !== id);
    link.href = addressWithCourses(link.pathname, [id, ...others.slice(1 - MAX_COMPARED)]);
  }
}

/** The id of the course whose page this is. */
const coursePageId = () => document.querySelector("[data-course]")?.dataset.course ?? "";

/** Says of a button which course it saves: that of its card, or that of the page. Pages do not say so themselves. */
function nameCourse(button) {
  const link = button.closest(".card")?.querySelector(".card-title a");
  button.type = "button";
  button.dataset.save = link ? link.pathname.split("/").at(-2) : coursePageId();
  if (link) button.setAttribute("aria-label", fillPlaceholders(shortlistLink?.dataset.label ?? "%(course)s", { course: titleOf(link) }));
}

/** @param {HTMLAnchorElement} link the link in the header; its `data-label` is what buttons on cards are called */
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
    announceMessage("shortlist_full");
  } else if (!shortlist.isPersistent()) {
    announceMessage("shortlist_not_kept");
  }
}

/** Shows a message that hardly anybody ever needs, so it comes with the data. */
async function announceMessage(key) {
  const { loadManifest } = await import("../core/data.js");
  await loadManifest();
  announce(message(key));
}

/** The title of the course that a button saves: in a comparison in the button, on a card in the card, or that of the page. */
function titleFor(button) {
  const card = button.closest(".card");
  return button.dataset.title ?? titleOf((card ?? document).querySelector(card ? ".card-title" : "h1"));
}

const titleOf = (element) => element?.textContent.trim() ?? "";
