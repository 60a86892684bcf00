/**
 * Scroll position and focus, stored with each entry of the browser's history and restored by Back and Forward. Browsers
 * restore only the scroll position, and before a list that scripts show is there.
 */

/** The current scroll position. Reading it in the middle of a change would cost a layout. */
let y = scrollY;
addEventListener("scroll", () => (y = scrollY), { passive: true });

/** A selector that finds an element again after the list was rebuilt; "" if there is none. */
function selectorFor(root, element) {
  if (!element || !root.contains(element)) return "";
  if (element.id) return `#${CSS.escape(element.id)}`;
  if (element.type === "checkbox") return `input[name=${CSS.escape(element.name)}][value="${CSS.escape(element.value)}"]`;
  if (element.localName === "a") return `a[href="${CSS.escape(element.getAttribute("href"))}"]`;
  const { facet, value } = element.dataset;
  if (facet && value) return `[data-facet="${CSS.escape(facet)}"][data-value="${CSS.escape(value)}"]`;
  return element.dataset.part ? `[data-part="${CSS.escape(element.dataset.part)}"]` : "";
}

/** Stores the scroll position and the focused element of a list with the current entry of the history. */
export function storeView(root) {
  const view = { y: Math.round(y), focus: selectorFor(root, document.activeElement) };
  history.replaceState({ ...history.state, view }, "");
}

/** Restores what was stored with the current entry of the history; does nothing for a new entry. */
export function restoreView(root) {
  const view = history.state?.view;
  if (!view) return;
  const focused = view.focus ? root.querySelector(view.focus) : null;
  focused?.focus({ preventScroll: true });
  scrollTo({ top: view.y, behavior: "instant" });
}
