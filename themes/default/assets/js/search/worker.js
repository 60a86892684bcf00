/** The worker that builds the index and searches it, so that the page never has to wait. Only client.js talks to it. */

import { fetchJson } from "../core/fetch.js";
import { CatalogueIndex } from "./catalogue-index.js";

/** How many search blocks are fetched at the same time. */
const PARALLEL_FETCHES = 4;

/** The index, with the blocks that have arrived so far. The first message starts it. @type {Promise<CatalogueIndex>} */
let index;
/** Resolves when the index has all blocks. @type {Promise<void>} */
let complete;

/**
 * Adds one block after another to the index. Between two of them the worker can answer.
 *
 * @param {string[]} urls of the blocks
 */
async function addBlocks(urls) {
  const target = await index;
  const fetches = urls.slice(0, PARALLEL_FETCHES).map(startFetch);
  for (const position of urls.keys()) {
    target.add(await fetches[position]);
    if (position + PARALLEL_FETCHES < urls.length) {
      fetches.push(startFetch(urls[position + PARALLEL_FETCHES]));
    }
    await new Promise((resolve) => setTimeout(resolve));
  }
}

/** @param {string} url */
function startFetch(url) {
  const result = fetchJson(url);
  // It may fail while an earlier block is awaited. The error counts when its own turn comes.
  result.catch(() => {});
  return result;
}

/** @type {Record<string, (message: any) => Promise<any>>} */
const tasks = {
  async load({ base, courses, blocks }) {
    index = fetchJson(courses).then((data) => new CatalogueIndex(base, data));
    complete = addBlocks(blocks);
    await complete;
  },
  async search({ query }) {
    await complete;
    return (await index).search(query);
  },
  // An incomplete index is good enough: the page asks again when it is complete.
  async suggest({ query }) {
    return (await index).suggest(query);
  },
};

addEventListener("message", async ({ data }) => {
  try {
    postMessage({ id: data.id, answer: await tasks[data.task](data) });
  } catch (error) {
    postMessage({ id: data.id, failure: String(error) });
  }
});
