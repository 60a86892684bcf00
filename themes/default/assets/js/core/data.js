/**
 * The data that the build writes, loaded when something asks for it and then kept; and the words that only scripts
 * show, which come with it.
 *
 * Every loader rejects where a file is missing or is not what it should be, and tries again when it is asked again.
 *
 * @typedef {object} Manifest see `data/catalogue.json`
 * @property {number} version
 * @property {string} built
 * @property {string} courses
 * @property {{ size: number, files: string[] }} cards
 * @property {string[]} search
 * @property {string | null} stories
 * @property {Record<string, string | Record<string, string>>} words
 */

const VERSION = 1;
const page = document.documentElement;

/** The base path of the website, with a slash at both ends. */
export const base = page.dataset.base ?? "/";

/** The address of a file of the data. */
export const dataUrl = (name) => new URL(`${base}data/${name}`, location.origin).href;

const numbers = new Intl.NumberFormat(page.lang);
const plural = new Intl.PluralRules(page.lang);

/** Words by their key: a text, or one for each plural category. Empty until the manifest is there. */
export const words = {};

/** A number as the page's language writes it. */
export const formatted = (number) => numbers.format(number);

/**
 * The words for `key`, with `%(name)s` filled in; of several forms, the one that goes with `values.num`.
 *
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 */
export function say(key, values = {}) {
  const found = words[key];
  const text = typeof found === "object" ? (found[plural.select(values.num)] ?? found.other) : found;
  // A word that is missing must not take the list with it, and its key says more than nothing.
  return (text ?? key).replace(/%\((\w+)\)s|%%/g, (whole, name) => {
    if (whole === "%%") return "%";
    return typeof values[name] === "number" ? formatted(values[name]) : (values[name] ?? whole);
  });
}

/** @type {Map<string, Promise<any>>} */
const loading = new Map();

function once(name, load) {
  let result = loading.get(name);
  if (!result) {
    result = load();
    loading.set(name, result);
    result.catch(() => loading.delete(name));
  }
  return result;
}

async function json(name, options) {
  const response = await fetch(dataUrl(name), options);
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return response.json();
}

/**
 * What data there is. Its name never changes, so that it alone is asked for anew.
 *
 * @returns {Promise<Manifest>}
 */
export function loadManifest() {
  return once("catalogue.json", async () => {
    const manifest = await json("catalogue.json", { cache: "no-cache" });
    if (manifest?.version !== VERSION) throw new Error("catalogue.json is of another version");
    Object.assign(words, manifest.words);
    return manifest;
  });
}

/** The columns of all courses. */
export async function loadCourses() {
  const { courses } = await loadManifest();
  return once(courses, () => json(courses));
}

/** The columns of all stories, with their cards. */
export async function loadStories() {
  const { stories } = await loadManifest();
  if (!stories) throw new Error("There is no data of stories");
  return once(stories, () => json(stories));
}

/**
 * The cards of courses, as the build rendered them.
 *
 * @param {Iterable<number>} wanted the courses' numbers
 * @returns {Promise<Map<number, string>>}
 */
export async function loadCards(wanted) {
  const { cards } = await loadManifest();
  const all = [...wanted];
  const blocks = [...new Set(all.map((number) => Math.floor(number / cards.size)))];
  const loaded = new Map(
    await Promise.all(blocks.map(async (block) => [block, await once(cards.files[block], () => json(cards.files[block]))])),
  );
  return new Map(
    all.map((number) => {
      const card = loaded.get(Math.floor(number / cards.size))[number % cards.size];
      if (typeof card !== "string") throw new Error(`There is no card ${number}`);
      return [number, card];
    }),
  );
}
