/**
 * The data that the build writes into `data/`. A file is loaded when something first needs it, and then kept.
 *
 * Every loader rejects if a file is missing or unusable. The next call tries again.
 *
 * @typedef {object} Manifest `data/catalogue.json`
 * @property {number} version
 * @property {string} built the day of the build
 * @property {string} timeZone of the website
 * @property {string} courses the name of the file with the data of all courses
 * @property {{ size: number, files: string[] }} cards `size` cards in each file
 * @property {string[]} search
 * @property {string | null} stories
 * @property {string} templates the HTML of what scripts add to a list
 * @property {Record<string, string | Record<string, string>>} words the messages that only scripts show
 */

import { basePath } from "./dom.js";
import { fetchJson } from "./fetch.js";
import { addMessages } from "./i18n.js";

const MANIFEST = "catalogue.json";
const VERSION = 1;

/** The address of a data file. */
export const dataUrl = (/** @type {string} */ name) => new URL(`${basePath}data/${name}`, location.origin).href;

/**
 * The files by name. One that could not be loaded is forgotten, so that it is fetched again.
 *
 * @type {Map<string, Promise<any>>}
 */
const files = new Map();

function cached(name, read) {
  let file = files.get(name);
  if (!file) {
    file = read();
    files.set(name, file);
    file.catch(() => files.delete(name));
  }
  return file;
}

const load = (name) => cached(name, () => fetchJson(dataUrl(name)));

/**
 * The manifest: which data files there are. Its own name never changes, so browsers must ask the server for the current
 * one. All other names change with the content.
 *
 * @returns {Promise<Manifest>}
 */
export function loadManifest() {
  return cached(MANIFEST, async () => {
    const manifest = await fetchJson(dataUrl(MANIFEST), { cache: "no-cache" });
    if (manifest?.version !== VERSION) throw new Error(`${MANIFEST} has another version than these scripts`);
    addMessages(manifest.words);
    return manifest;
  });
}

/** The data of all courses, in columns. */
export async function loadCourses() {
  const { courses } = await loadManifest();
  return load(courses);
}

/** The data of all stories, in columns, with their cards. */
export async function loadStories() {
  const { stories } = await loadManifest();
  if (!stories) throw new Error("This website has no data about stories");
  return load(stories);
}

/**
 * The cards of courses, as HTML that the build rendered.
 *
 * @param {Iterable<number>} numbers of the courses
 * @returns {Promise<Map<number, string>>} by number
 */
export async function loadCards(numbers) {
  const { cards } = await loadManifest();
  const wanted = [...numbers];
  const blockOf = (number) => Math.floor(number / cards.size);
  const blocks = [...new Set(wanted.map(blockOf))];
  const loaded = new Map(await Promise.all(blocks.map(async (block) => [block, await load(cards.files[block])])));
  return new Map(
    wanted.map((number) => {
      const card = loaded.get(blockOf(number))[number % cards.size];
      if (typeof card !== "string") throw new Error(`Course ${number} has no card`);
      return [number, card];
    }),
  );
}
