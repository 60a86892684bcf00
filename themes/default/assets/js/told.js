/** What scripts have to say beside the page: to those who listen, or to all. Both places are in every page. */

/** @param {string} text for screen readers alone; what it says can be seen where it happened */
export const said = (text) => tell("site_said", text);

/** @param {string} text for all */
export const notice = (text) => tell("site_notice", text);

function tell(id, text) {
  const place = document.getElementById(id);
  if (!place) return;
  // The same words once more are news only if they were away.
  place.textContent = "";
  requestAnimationFrame(() => (place.textContent = text));
}
