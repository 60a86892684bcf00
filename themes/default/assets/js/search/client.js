/** Text search for the page. The first query starts a worker, which builds the index and answers. */

import { dataUrl, loadManifest } from "../core/data.js";
import { basePath } from "../core/dom.js";

/**
 * @typedef {import("./catalogue-index.js").OtherResult} OtherResult
 * @typedef {import("./catalogue-index.js").Suggestion} Suggestion
 * @typedef {{ask: (task: string, message: object) => Promise<any>, ready: Promise<void>}} Connection
 */

/** @type {Promise<Connection> | null} */
let connection = null;
/** The latest query of each task, as long as it has no answer. @type {Map<string, {query: string, answer: Promise<any>}>} */
const pending = new Map();

/**
 * The courses that match a query, best first, each with its number and its score (higher is better), and the stories,
 * guides and pathways.
 *
 * If a newer query is asked before the answer, the promise rejects with an AbortError: a late answer cannot be mistaken for
 * that of the newest query. It rejects with another error if the search does not work now; the next query tries again.
 *
 * @param {string} query
 * @returns {Promise<{courses: Array<[number, number]>, others: OtherResult[]}>}
 */
export function search(query) {
  return latestAnswer("search", query);
}

/**
 * What somebody may mean who has typed `prefix` so far, best first. Rejects as `search` does. While the index is being
 * built, the answer comes from the part that is there; ask again after `ready`.
 *
 * @param {string} prefix
 * @returns {Promise<Suggestion[]>}
 */
export function suggest(prefix) {
  return latestAnswer("suggest", prefix);
}

/**
 * Loads everything that a search needs. Resolves when the index is complete.
 *
 * @returns {Promise<void>}
 */
export async function ready() {
  return (await connect()).ready;
}

/**
 * @param {string} task
 * @param {string} query
 */
function latestAnswer(task, query) {
  const latest = pending.get(task);
  // The same query again shares the answer that is on its way.
  if (latest?.query === query) {
    return latest.answer;
  }
  const current = { query, answer: answerUnlessOutdated(task, query, () => pending.get(task) !== current) };
  pending.set(task, current);
  const done = () => pending.get(task) === current && pending.delete(task);
  current.answer.then(done, done);
  return current.answer;
}

/**
 * @param {string} task
 * @param {string} query
 * @param {() => boolean} isOutdated
 */
async function answerUnlessOutdated(task, query, isOutdated) {
  const stopIfOutdated = () => {
    if (isOutdated()) {
      throw new DOMException("A newer query was asked.", "AbortError");
    }
  };
  const { ask } = await connect();
  stopIfOutdated();
  try {
    return await ask(task, { query });
  } finally {
    stopIfOutdated();
  }
}

/** @returns {Promise<Connection>} */
function connect() {
  connection ??= startWorker().catch((error) => {
    connection = null;
    throw error;
  });
  return connection;
}

/** @returns {Promise<Connection>} */
async function startWorker() {
  const manifest = await loadManifest();
  const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
  /** The questions without an answer, by id. @type {Map<number, {resolve: (answer: any) => void, reject: (error: Error) => void}>} */
  const waiting = new Map();
  let lastId = 0;
  /** Why the worker was stopped. @type {Error | null} */
  let failure = null;

  /** @param {Error} error */
  const stop = (error) => {
    worker.terminate();
    failure = error;
    connection = null;
    waiting.forEach(({ reject }) => reject(error));
    waiting.clear();
  };
  // This also happens if the browser does not support modules in workers.
  worker.addEventListener("error", () => stop(new Error("The search could not be started.")));
  worker.addEventListener("message", ({ data }) => {
    if (data.failure !== undefined) {
      stop(new Error(data.failure));
      return;
    }
    waiting.get(data.id)?.resolve(data.answer);
    waiting.delete(data.id);
  });

  const ask = (/** @type {string} */ task, /** @type {object} */ message) =>
    new Promise((resolve, reject) => {
      if (failure !== null) {
        reject(failure);
        return;
      }
      lastId += 1;
      waiting.set(lastId, { resolve, reject });
      worker.postMessage({ id: lastId, task, ...message });
    });
  const urls = { courses: dataUrl(manifest.courses), blocks: manifest.search.map(dataUrl) };
  const indexReady = ask("load", { base: basePath, ...urls });
  // A failure also reaches everybody who asks, so it does not matter if nobody waits for this promise.
  indexReady.catch(() => {});
  return { ask, ready: indexReady };
}
