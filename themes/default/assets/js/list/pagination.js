/** The links to the pages of a list, as the build writes them. */

import { copyTemplate, part } from "../core/dom.js";
import { fillPlaceholders, formatNumber } from "../core/i18n.js";
import { pageNumbers } from "./page-numbers.js";

/**
 * A `<nav>` with links to the pages, or null if there is only one page.
 *
 * @param {HTMLElement} root has the templates
 * @param {number} page
 * @param {number} pages
 * @param {(page: number) => string} addressOf
 */
export function createPagination(root, page, pages, addressOf) {
  if (pages < 2) return null;
  const nav = copyTemplate(root, "pagination");
  const leadTo = (link, number) => {
    link.href = addressOf(number);
    link.dataset.page = String(number);
  };
  for (const [name, number] of [["previous", page - 1], ["next", page + 1]]) {
    const link = part(nav, name);
    if (number < 1 || number > pages) link.remove();
    else leadTo(link, number);
  }
  part(nav, "numbers").replaceChildren(
    ...pageNumbers(page, pages).map((number) => {
      const item = copyTemplate(root, "number");
      const link = item.firstElementChild;
      leadTo(link, number);
      link.textContent = formatNumber(number);
      link.setAttribute("aria-label", fillPlaceholders(link.dataset.label, { number }));
      if (number === page) link.setAttribute("aria-current", "page");
      return item;
    }),
  );
  return nav;
}
