/**
 * A list of saved courses: in the browser's storage, and in the address of a link. Needs no page.
 *
 * @typedef {object} SavedCourse
 * @property {string} id the course's slug
 * @property {string} title its title when it was saved; "" if unknown
 *
 * @typedef {object} Shortlist
 * @property {() => SavedCourse[]} items in the order in which they were saved
 * @property {(id: string) => boolean} has
 * @property {(course: SavedCourse, position?: number) => boolean} save false if the list is full
 * @property {(id: string) => number} remove the position that the course had; -1 if it was not in the list
 * @property {() => boolean} isPersistent whether the list is still there after the page is closed
 * @property {(listener: () => void) => void} onChange also called for changes by other tabs, after `reload`
 * @property {() => void} reload takes over what another tab may have changed
 */

/** How many courses a list or a link can have. */
const MAX_COURSES = 100;
/** How many courses fit side by side. */
export const MAX_COMPARED = 4;

const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
/** The longest id, and the longest title that is stored. */
const MAX_CHARACTERS = 200;

const isId = (text) => typeof text === "string" && text.length <= MAX_CHARACTERS && SLUG.test(text);

/**
 * The courses in a text from the browser's storage, whatever it contains.
 *
 * @param {string | null} text
 * @returns {SavedCourse[]}
 */
export function parseStored(text) {
  let items;
  try {
    items = JSON.parse(text ?? "[]");
  } catch {
    return []; // Damaged, or written by something else.
  }
  const courses = new Map();
  for (const item of Array.isArray(items) ? items : []) {
    if (isId(item?.id) && !courses.has(item.id) && courses.size < MAX_COURSES) {
      const title = typeof item.title === "string" ? item.title.slice(0, MAX_CHARACTERS) : "";
      courses.set(item.id, { id: item.id, title });
    }
  }
  return [...courses.values()];
}

/**
 * The courses in an address, such as `?c=first-aid,bookkeeping`; null if it has no `c`.
 *
 * @param {string} search the query string
 * @returns {{ ids: string[], ignored: boolean } | null} `ignored`: whether something was left out that cannot be a course
 */
export function parseCourseIds(search) {
  const values = new URLSearchParams(search).getAll("c");
  if (!values.length) return null;
  const texts = values.flatMap((value) => value.split(",")).map((text) => text.trim()).filter(Boolean);
  const ids = [...new Set(texts.filter(isId))];
  return { ids: ids.slice(0, MAX_COURSES), ignored: ids.length > MAX_COURSES || !texts.every(isId) };
}

/** The address with courses; `path` has no query. Slugs need no escaping, and plain commas keep it short. */
export const addressWithCourses = (path, ids) => (ids.length ? `${path}?c=${ids.join(",")}` : path);

/**
 * @param {string} key under which the list is stored
 * @param {() => Storage} storage may throw: some browsers do if a site may not store anything
 * @returns {Shortlist}
 */
export function createShortlist(key, storage) {
  /** @type {SavedCourse[]} */
  let courses = [];
  let persistent = true;
  const listeners = [];
  read();

  function read() {
    try {
      courses = parseStored(storage().getItem(key));
      persistent = true;
    } catch {
      persistent = false; // The list lasts as long as the page.
    }
  }

  function change(changed) {
    courses = changed;
    try {
      storage().setItem(key, JSON.stringify(courses));
      persistent = true;
    } catch {
      // The storage is blocked or full. It still has the list before this change, so it must not be read again.
      persistent = false;
    }
    for (const listener of listeners) listener();
  }

  /** The courses, with what another tab may have saved since: a change must not lose that. */
  function current() {
    if (persistent) read();
    return courses;
  }

  return {
    items: () => [...courses],
    has: (id) => courses.some((course) => course.id === id),
    save(course, position = Infinity) {
      const others = current().filter((other) => other.id !== course.id);
      if (!isId(course.id) || others.length >= MAX_COURSES) return false;
      const saved = { id: course.id, title: course.title.slice(0, MAX_CHARACTERS) };
      change([...others.slice(0, position), saved, ...others.slice(position)]);
      return true;
    },
    remove(id) {
      const position = current().findIndex((course) => course.id === id);
      if (position >= 0) change(courses.filter((course) => course.id !== id));
      return position;
    },
    isPersistent: () => persistent,
    onChange: (listener) => void listeners.push(listener),
    reload() {
      if (!persistent) return;
      const before = JSON.stringify(courses);
      read();
      if (JSON.stringify(courses) !== before) for (const listener of listeners) listener();
    },
  };
}
