/** Lists of courses and of stories that can be filtered. */

/** @param {HTMLElement} list */
export function start(list) {
  list.ownerDocument.documentElement.classList.remove("filtered");
}
