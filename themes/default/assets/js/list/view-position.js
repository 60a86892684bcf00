/** Where somebody was in a list, kept with each entry of the browser's history and found again with Back and Forward. */

/** How far the page is scrolled. To ask for it in the middle of a change would cost a layout. */
let y = scrollY;
addEventListener("scroll", () => (y = scrollY), { passive: true });

/** A way to find an element again after the list was made anew: a selector, or "" where there is none. */
function trace(root, element) {
  if (!element || !root.contains(element)) return "";
  if (element.id) return `#${CSS.escape(element.id)}`;
  if (element.type === "checkbox") return `input[name=${CSS.escape(element.name)}][value="${CSS.escape(element.value)}"]`;
  if (element.localName === "a") return `a[href="${CSS.escape(element.getAttribute("href"))}"]`;
  const { facet, value } = element.dataset;
  if (facet && value) return `[data-facet="${CSS.escape(facet)}"][data-value="${CSS.escape(value)}"]`;
  return element.dataset.part ? `[data-part="${CSS.escape(element.dataset.part)}"]` : "";
}

/** Notes with the current entry of the history how far the page is scrolled, and where the focus is. */
export function noteView(root) {
  const view = { y: Math.round(y), focus: trace(root, document.activeElement) };
  history.replaceState({ ...history.state, view }, "");
}

/** Goes where the current entry of the history was left; nowhere if it is a new one. */
export function restoreView(root) {
  const view = history.state?.view;
  if (!view) return;
  const focused = view.focus ? root.querySelector(view.focus) : null;
  focused?.focus({ preventScroll: true });
  scrollTo({ top: view.y, behavior: "instant" });
}
