/**
 * A group of the menu: on a wide screen its links cover a part of the page, so it closes with Escape, and where the visitor
 * goes on elsewhere.
 */

/** @param {HTMLDetailsElement} group */
export function start(group) {
  const close = () => {
    group.open = false;
  };
  group.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !group.open) return;
    close();
    group.querySelector("summary").focus();
  });
  group.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !group.contains(relatedTarget)) close();
  });
  document.addEventListener("click", ({ target }) => {
    if (!group.contains(target)) close();
  });
}
