/** Gives a link on: through the system's own menu where there is one, else through the clipboard. */

import { notice } from "../core/announce.js";

/** A page's button that shares it: `data-copied` and `data-by-hand` say what happened. @param {HTMLButtonElement} button */
export function start(button) {
  button.addEventListener("click", async () => {
    const address = location.origin + location.pathname;
    const done = await share(document.querySelector("h1")?.textContent.trim() ?? document.title, address);
    if (done === "copied") notice(button.dataset.copied);
    if (done === "failed") notice(`${button.dataset.byHand} ${address}`);
  });
}

/**
 * @param {string} title
 * @param {string} url
 * @returns {Promise<"shared" | "copied" | "failed">}
 */
export async function share(title, url) {
  if (typeof navigator.share === "function") {
    try {
      await navigator.share({ title, url });
      return "shared";
    } catch (error) {
      // Whoever closes the menu has changed their mind; anything else is a browser that can't, after all.
      if (error.name === "AbortError") return "shared";
    }
  }
  try {
    await navigator.clipboard.writeText(url);
    return "copied";
  } catch {
    return "failed"; // No clipboard without a secure address, or without the visitor's leave.
  }
}
