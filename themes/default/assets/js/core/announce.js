/** What scripts have to say that belongs to no part of the page. The place for it is on every page. */

/** @param {string} text */
export function notice(text) {
  const place = document.getElementById("site_notice");
  if (!place) return;
  // The same words once more are news only if they were away.
  place.textContent = "";
  requestAnimationFrame(() => (place.textContent = text));
}
