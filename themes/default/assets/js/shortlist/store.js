/**
 * A list of saved courses, and how it is kept and sent. Knows nothing of pages, so that it can be tried by itself.
 *
 * @typedef {object} Saved
 * @property {string} id the course's slug
 * @property {string} title what it was called when it was saved; "" where that is not known
 *
 * @typedef {object} Shortlist
 * @property {() => Saved[]} items in the order in which they were saved
 * @property {(id: string) => boolean} has
 * @property {(course: Saved, position?: number) => boolean} save false where the list is full
 * @property {(id: string) => number} remove the position that the course had, -1 for none
 * @property {() => boolean} isKept whether the list outlives the page
 * @property {(listener: () => void) => void} onChange also for what another tab does
 * @property {() => void} reread another tab may have changed it
 */

/** How many courses a list or a link may hold. */
export const MOST = 100;
/** How many courses stand side by side. */
export const MOST_COMPARED = 4;

const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const LONGEST = 200;

/** Whether a text can be the slug of a course. */
export const isId = (text) => typeof text === "string" && text.length <= LONGEST && ID.test(text);

/**
 * What a browser has kept, whatever that is.
 *
 * @param {string | null} text
 * @returns {Saved[]}
 */
export function fromStorage(text) {
  let found;
  try {
    found = JSON.parse(text ?? "[]");
  } catch {
    return []; // Somebody else's, or damaged: there is nothing in it that could be saved.
  }
  const courses = new Map();
  for (const one of Array.isArray(found) ? found : []) {
    if (isId(one?.id) && !courses.has(one.id) && courses.size < MOST) {
      courses.set(one.id, { id: one.id, title: typeof one.title === "string" ? one.title.slice(0, LONGEST) : "" });
    }
  }
  return [...courses.values()];
}

/**
 * The courses that an address names in `?c=one,other`; null where it names none at all.
 *
 * @param {string} search
 * @returns {{ ids: string[], ignored: boolean } | null} `ignored`: there was something that can be no course
 */
export function fromAddress(search) {
  const asked = new URLSearchParams(search).getAll("c");
  if (!asked.length) return null;
  const texts = asked.flatMap((one) => one.split(",")).map((one) => one.trim()).filter(Boolean);
  const ids = [...new Set(texts.filter(isId))];
  return { ids: ids.slice(0, MOST), ignored: ids.length > MOST || !texts.every(isId) };
}

/** The address that names courses. `path` has no query. Slugs need no escapes, and commas are shorter without. */
export const addressOf = (path, ids) => (ids.length ? `${path}?c=${ids.join(",")}` : path);

/**
 * @param {string} key what the list is kept under
 * @param {() => Storage} storage may throw, as some browsers do when a site may keep nothing
 * @returns {Shortlist}
 */
export function createShortlist(key, storage) {
  /** @type {Saved[]} */
  let list = [];
  let kept = true;
  const listeners = [];
  read();

  function read() {
    try {
      list = fromStorage(storage().getItem(key));
      kept = true;
    } catch {
      kept = false; // The list lives as long as the page does.
    }
  }

  function change(courses) {
    list = courses;
    try {
      storage().setItem(key, JSON.stringify(list));
      kept = true;
    } catch {
      kept = false; // Blocked or full. What was saved before still stands there, so it is not read again.
    }
    for (const listener of listeners) listener();
  }

  // Another tab may have saved something since, which must not be lost.
  const fresh = () => {
    if (kept) read();
    return list;
  };

  return {
    items: () => [...list],
    has: (id) => list.some((one) => one.id === id),
    save(course, position = Infinity) {
      const others = fresh().filter((one) => one.id !== course.id);
      if (!isId(course.id) || others.length >= MOST) return false;
      const saved = { id: course.id, title: course.title.slice(0, LONGEST) };
      change([...others.slice(0, position), saved, ...others.slice(position)]);
      return true;
    },
    remove(id) {
      const position = fresh().findIndex((one) => one.id === id);
      if (position >= 0) change(list.filter((one) => one.id !== id));
      return position;
    },
    isKept: () => kept,
    onChange: (listener) => void listeners.push(listener),
    reread() {
      if (!kept) return;
      const before = JSON.stringify(list);
      read();
      if (JSON.stringify(list) !== before) for (const listener of listeners) listener();
    },
  };
}
