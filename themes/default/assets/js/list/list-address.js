/** The address of the list's state in the browser's history. */

import { storeView } from "./scroll-restoration.js";

/** The path and the query string of the browser's address. */
export const currentAddress = () => location.pathname + location.search;

export class ListAddress {
  /**
   * @param {HTMLElement} root the list
   * @param {() => void} onLeave the address is no longer that of the loaded page
   */
  constructor(root, onLeave) {
    this.root = root;
    this.onLeave = onLeave;
    this.loaded = currentAddress();
    this.value = this.loaded;
  }

  get isLoaded() {
    return this.value === this.loaded;
  }

  /**
   * Goes to an address. While somebody types, it replaces the current one, so that Back does not undo single letters.
   *
   * @param {string} address
   * @param {boolean} typing
   */
  go(address, typing) {
    if (address === this.value) return;
    if (!typing) storeView(this.root);
    history[typing ? "replaceState" : "pushState"](typing ? history.state : {}, "", address);
    history.scrollRestoration = "manual";
    this.onLeave();
    this.value = address;
  }

  /** Replaces the address by another one for the same list, such as one without unknown parameters. */
  replace(address) {
    if (address !== this.value) history.replaceState(history.state, "", address);
    this.value = address;
  }
}
