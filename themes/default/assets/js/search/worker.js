// Builds the index and answers, apart from the page, so that the page never waits. client.js is its only partner.
import { CatalogueIndex } from "./catalogue-index.js";

/** How many search blocks are under way at a time. */
const AT_ONCE = 4;

/** @type {Promise<CatalogueIndex>} The index as soon as it takes texts in; the first message asks for it. */
let begun;
/** @type {Promise<void>} When all texts are in it. */
let whole;

/**
 * @param {string} url
 * @returns {Promise<any>}
 */
async function fetched(url) {
  const answer = await fetch(url);
  if (!answer.ok) {
    throw new Error(`${url}: ${answer.status}`);
  }
  return answer.json();
}

/**
 * Takes block after block into the index. Between two of them questions are answered.
 * @param {string[]} blocks
 */
async function fill(blocks) {
  const index = await begun;
  const coming = blocks.slice(0, AT_ONCE).map(fetched);
  // One that fails while an earlier one is waited for is told of when its turn comes.
  coming.forEach((one) => one.catch(() => {}));
  for (const position of blocks.keys()) {
    index.add(await coming[position]);
    if (position + AT_ONCE < blocks.length) {
      const next = fetched(blocks[position + AT_ONCE]);
      next.catch(() => {});
      coming.push(next);
    }
    await new Promise((resolve) => setTimeout(resolve));
  }
}

/** @type {Record<string, (message: any) => Promise<any>>} */
const answers = {
  async load({ base, courses, blocks }) {
    begun = fetched(courses).then((data) => new CatalogueIndex(base, data));
    whole = fill(blocks);
    await whole;
  },
  async search({ query }) {
    await whole;
    return (await begun).search(query);
  },
  // What is indexed so far will do: the page asks again when all of it is.
  async suggest({ query }) {
    return (await begun).suggest(query);
  },
};

addEventListener("message", async ({ data }) => {
  try {
    postMessage({ id: data.id, answer: await answers[data.task](data) });
  } catch (error) {
    postMessage({ id: data.id, failure: String(error) });
  }
});
