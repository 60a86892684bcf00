/** The numbers in the links to the pages of a list, as the build chooses them. */

/** In place of the numbers between two that are shown. */
export const GAP = 0;

/** Up to so many pages, only the first, the last and those around the current one are shown. */
const FEW_PAGES = 7;

/**
 * The numbers to show: the first, the last, and those around the current one. A gap never stands for a single number.
 * Of a long list, they are also all within the current ten, the tens within the current hundred, and so on, without gaps.
 *
 * @param {number} page
 * @param {number} pages
 * @returns {number[]}
 */
export function pageNumbers(page, pages) {
  const isLong = pages > FEW_PAGES;
  const wanted = [1, page - 1, page, page + 1, pages];
  for (let step = 1; isLong && step < pages; step *= 10) {
    const start = page - (page % (10 * step));
    for (let count = 0; count <= 10; count++) wanted.push(start + count * step);
  }
  const shown = [...new Set(wanted)].filter((number) => number >= 1 && number <= pages).sort((a, b) => a - b);
  if (isLong) return shown;
  const numbers = [];
  for (const number of shown) {
    const skipped = number - (numbers.at(-1) ?? 0) - 1;
    if (skipped === 1) numbers.push(number - 1);
    else if (skipped > 1) numbers.push(GAP);
    numbers.push(number);
  }
  return numbers;
}
