/** Messages that belong to no particular part of a page, such as "The link is copied". */

/**
 * Shows a message, and has screen readers read it out. Every page has an element for it.
 *
 * @param {string} text
 */
export function announce(text) {
  const status = document.getElementById("site_notice");
  if (!status) return;
  // Screen readers only read out changes, so the same message again needs an empty element in between.
  status.textContent = "";
  requestAnimationFrame(() => (status.textContent = text));
}
