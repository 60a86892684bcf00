/** The links to the pages of a list, as the build makes them. */

import { copyTemplate, part } from "../core/dom.js";
import { fillPlaceholders, formatNumber } from "../core/i18n.js";

/**
 * The numbers to show: the first, the last and those around the current one; 0 stands for a gap, which is never a
 * single number.
 *
 * @param {number} page
 * @param {number} pages
 * @returns {number[]}
 */
export function pageNumbers(page, pages) {
  const near = [1, page - 1, page, page + 1, pages].filter((number) => number >= 1 && number <= pages);
  const shown = [];
  for (const number of [...new Set(near)].sort((a, b) => a - b)) {
    const left = number - (shown.at(-1) ?? 0) - 1;
    if (left === 1) shown.push(number - 1);
    else if (left > 1) shown.push(0);
    shown.push(number);
  }
  return shown;
}

/**
 * A `<nav>` with links to all pages, or null where there is only one.
 *
 * @param {HTMLElement} root where the templates are
 * @param {number} page
 * @param {number} pages
 * @param {(page: number) => string} addressOf
 */
export function pagination(root, page, pages, addressOf) {
  if (pages < 2) return null;
  const nav = copyTemplate(root, "pagination");
  const link = (anchor, number) => {
    anchor.href = addressOf(number);
    anchor.dataset.page = String(number);
  };
  for (const [name, number] of [["previous", page - 1], ["next", page + 1]]) {
    const anchor = part(nav, name);
    if (number < 1 || number > pages) anchor.remove();
    else link(anchor, number);
  }
  part(nav, "numbers").replaceChildren(
    ...pageNumbers(page, pages).map((number) => {
      if (!number) return copyTemplate(root, "gap");
      const item = copyTemplate(root, "number");
      const anchor = item.firstElementChild;
      link(anchor, number);
      anchor.textContent = formatNumber(number);
      anchor.setAttribute("aria-label", fillPlaceholders(anchor.dataset.label, { number: formatNumber(number) }));
      if (number === page) anchor.setAttribute("aria-current", "page");
      return item;
    }),
  );
  return nav;
}
