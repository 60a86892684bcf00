// Text search, as the page sees it: questions go to a worker that builds the index when the first one is asked.
import { dataUrl, loadManifest } from "../core/data.js";
import { basePath } from "../core/dom.js";

/**
 * @typedef {import("./catalogue-index.js").Other} Other
 * @typedef {import("./catalogue-index.js").Suggestion} Suggestion
 * @typedef {{worker: Worker, ask: (task: string, message: object) => Promise<any>, ready: Promise<void>}} Line
 */

/** @type {Promise<Line> | null} */
let line = null;
/**
 * The newest question of each task that waits for its answer.
 * @type {Map<string, {query: string, answer: Promise<any>}>}
 */
const newest = new Map();

/**
 * The courses that a query means, best first, each as its number and its score (higher is better), and the stories,
 * guides and pathways. Where a newer query is asked meanwhile, the promise of the older one rejects with an AbortError,
 * so that an answer that comes late cannot be taken for the newest. Rejects with another error where the search does
 * not work now; the next query tries again.
 * @param {string} query
 * @returns {Promise<{courses: Array<[number, number]>, others: Other[]}>}
 */
export function search(query) {
  return newestAnswer("search", query);
}

/**
 * A few things that somebody may mean who has typed `prefix` so far, best first. Rejects as `search` does. While the
 * index is being built, the answer comes from what is there; ask again after `ready`.
 * @param {string} prefix
 * @returns {Promise<Suggestion[]>}
 */
export function suggest(prefix) {
  return newestAnswer("suggest", prefix);
}

/**
 * Loads all that is needed, unless it is there. Resolves when everything can be found.
 * @returns {Promise<void>}
 */
export async function ready() {
  return (await opened()).ready;
}

/**
 * @param {string} task
 * @param {string} query
 */
function newestAnswer(task, query) {
  const before = newest.get(task);
  // Whoever asks the same again, before there is an answer, overtakes nobody.
  if (before?.query === query) {
    return before.answer;
  }
  const current = { query, answer: answered(task, query, () => newest.get(task) !== current) };
  newest.set(task, current);
  const done = () => newest.get(task) === current && newest.delete(task);
  current.answer.then(done, done);
  return current.answer;
}

/**
 * @param {string} task
 * @param {string} query
 * @param {() => boolean} overtaken
 */
async function answered(task, query, overtaken) {
  const stopIfOvertaken = () => {
    if (overtaken()) {
      throw new DOMException("A newer question was asked.", "AbortError");
    }
  };
  const { ask } = await opened();
  stopIfOvertaken();
  try {
    return await ask(task, { query });
  } finally {
    stopIfOvertaken();
  }
}

/** @returns {Promise<Line>} */
function opened() {
  line ??= open().catch((error) => {
    line = null;
    throw error;
  });
  return line;
}

/** @returns {Promise<Line>} */
async function open() {
  const manifest = await loadManifest();
  const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
  /** @type {Map<number, {resolve: (answer: any) => void, reject: (error: Error) => void}>} */
  const waiting = new Map();
  let asked = 0;
  /** @type {Error | null} */
  let closed = null;

  /** @param {Error} error */
  const close = (error) => {
    worker.terminate();
    closed = error;
    line = null;
    waiting.forEach(({ reject }) => reject(error));
    waiting.clear();
  };
  // Also where the browser knows no workers that are modules.
  worker.addEventListener("error", () => close(new Error("The search could not be started.")));
  worker.addEventListener("message", ({ data: { id, answer, failure } }) => {
    if (failure !== undefined) {
      close(new Error(failure));
      return;
    }
    waiting.get(id)?.resolve(answer);
    waiting.delete(id);
  });

  const ask = (/** @type {string} */ task, /** @type {object} */ message) =>
    new Promise((resolve, reject) => {
      if (closed !== null) {
        reject(closed);
        return;
      }
      asked += 1;
      waiting.set(asked, { resolve, reject });
      worker.postMessage({ id: asked, task, ...message });
    });
  const whole = ask("load", { basePath, courses: dataUrl(manifest.courses), blocks: manifest.search.map(dataUrl) });
  // Whoever asks is told of a failure by the answer; nobody need wait for this.
  whole.catch(() => {});
  return { worker, ask, ready: whole };
}
