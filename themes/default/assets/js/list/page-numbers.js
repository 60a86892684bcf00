/**
 * The numbers in the links to the pages of a list, as the build chooses them: the first, the last, and those around the current
 * one. These are all within the current ten, the tens within the current hundred, and so on.
 *
 * @param {number} page
 * @param {number} pages
 * @returns {number[]}
 */
export function pageNumbers(page, pages) {
  const numbers = [1, page - 1, page + 1, pages];
  for (let step = 1; step < pages; step *= 10) {
    const start = page - (page % (10 * step));
    for (let count = 0; count <= 10; count++) numbers.push(start + count * step);
  }
  return [...new Set(numbers)].filter((number) => number >= 1 && number <= pages).sort((a, b) => a - b);
}
