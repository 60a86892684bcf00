/** A button that prints the page. */

/** @param {HTMLButtonElement} button */
export function start(button) {
  button.addEventListener("click", () => window.print());
}
