/** Sharing a link: through the system's share menu if there is one, otherwise through the clipboard. */

import { announce } from "../core/announce.js";

/**
 * A button that shares its page. Its attributes `data-copied` and `data-by-hand` have the sentences about the outcome.
 *
 * @param {HTMLButtonElement} button
 */
export function start(button) {
  button.addEventListener("click", async () => {
    const url = location.origin + location.pathname;
    const outcome = await share(url);
    if (outcome === "copied") announce(button.dataset.copied);
    if (outcome === "failed") announce(`${button.dataset.byHand} ${url}`);
  });
}

/**
 * Shares a link with the heading of this page.
 *
 * @param {string} url
 * @returns {Promise<"shared" | "copied" | "failed">}
 */
export async function share(url) {
  if (typeof navigator.share === "function") {
    try {
      const title = document.querySelector("h1")?.textContent.trim() ?? document.title;
      await navigator.share({ title, url });
      return "shared";
    } catch (error) {
      // Somebody who closes the menu has decided not to share. Any other error means that there is no menu after all.
      if (error.name === "AbortError") return "shared";
    }
  }
  return (await copy(url)) ? "copied" : "failed";
}

/**
 * Copies a text to the clipboard.
 *
 * @param {string} text
 * @returns {Promise<boolean>} false if there is no clipboard, as on insecure addresses, or no permission to use it
 */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
