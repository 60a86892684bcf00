/**
 * The finder for employers: skills are chosen, and the fewest courses that teach them are shown.
 *
 * What is chosen stands in the address, so that whoever opens it sees the same. Everything that the page says is in the
 * page's own markup or comes with the data.
 */

import { combobox } from "../ui/combobox.js";
import { MOST_SKILLS, fewestCourses } from "./set-cover.js";
import { loadCards, loadCourses, say } from "../core/data.js";
import { answer, comparable, showPlan } from "./plan.js";
import { onlineCourses, readAddress, skillBook, writeAddress } from "./selection.js";

/** Whoever finds none of these types another letter. */
const MOST_OFFERED = 40;

/** Rejects where the data is missing or broken; the page then says that the finder does not work. */
export async function start(finder) {
  const part = (name) => finder.querySelector(`[data-${name}]`);
  const input = finder.querySelector("input[role=combobox]");
  const chips = part("chosen").querySelector("ul");
  const online = part("online").querySelector("input");
  const data = await loadCourses();
  const book = skillBook(data);
  const isOnline = onlineCourses(data);
  part("online").hidden = isOnline === null;
  let chosen = { skills: [], online: false };
  let shown = 0;
  let address = null;

  const field = combobox(input, {
    offer(text) {
      const skills = book.matching(text);
      note(text.trim() === "" ? "" : matches(text, skills.length));
      return skills.slice(0, MOST_OFFERED).map((skill) => ({
        skill,
        label: book.names[skill],
        note: say("gap_courses", { num: book.courses(skill) }),
        selected: chosen.skills.includes(skill),
      }));
    },
    choose: ({ skill }) => (chosen.skills.includes(skill) ? without(skill) : add([skill])),
    enter: addTyped,
  });

  /** What was typed, where that is clear: one skill, or several with commas between them. */
  function addTyped(text) {
    if (text.trim() === "") return;
    const parts = text.split(/[,;\n]/).filter((one) => one.trim() !== "");
    const found = parts.map((one) => {
      const named = book.named(one);
      const likely = named === undefined ? book.matching(one) : [named];
      return likely.length === 1 ? likely[0] : undefined;
    });
    if (found.includes(undefined)) {
      if (parts.length === 1 && book.matching(text).length > 1) note(say("gap_choose"));
      return;
    }
    field.close();
    input.value = "";
    add(found);
  }

  function add(skills) {
    const all = [...new Set([...chosen.skills, ...skills])].sort((a, b) => a - b);
    if (all.length > MOST_SKILLS) {
      note(say("gap_most", { num: MOST_SKILLS }));
      return;
    }
    note("");
    change({ ...chosen, skills: all });
  }

  function without(skill) {
    change({ ...chosen, skills: chosen.skills.filter((other) => other !== skill) });
  }

  function change(next) {
    chosen = next;
    const query = writeAddress(chosen, book);
    history.pushState(null, "", query ? `?${query}` : location.pathname);
    address = location.search;
    return show();
  }

  function note(text) {
    part("note").textContent = text;
  }

  function matches(text, count) {
    return count > 0 ? say("gap_matches", { num: count }) : say("gap_no_match", { text: text.trim() });
  }

  /** Shows what is chosen; resolves when all of it is there. */
  async function show() {
    shown += 1;
    const turn = shown;
    showChips();
    online.checked = chosen.online;
    const among = (chosen.online && isOnline) || (() => true);
    const cover = fewestCourses(data, chosen.skills, { among });
    try {
      const cards = await loadCards(cover.courses);
      if (turn !== shown) return;
      showPlan(part("plan"), part("course"), data, cover, cards, among);
    } catch (error) {
      if (turn === shown) failed(error);
      return;
    }
    part("empty").hidden = chosen.skills.length > 0;
    part("plan").hidden = cover.courses.length === 0;
    part("copied").textContent = "";
    part("answer").textContent = sentence(cover);
  }

  function sentence(cover) {
    // Before anything was chosen there is nothing to report; the page says what to do.
    if (chosen.skills.length === 0) return shown > 1 ? say("gap_nothing") : "";
    return answer(cover, {
      names: book.names,
      wanted: chosen.skills.length,
      online: chosen.online,
      comparable: comparable(data, cover.courses),
    });
  }

  function showChips() {
    chips.replaceChildren(...chosen.skills.map(chip));
    part("chosen").hidden = chosen.skills.length === 0;
  }

  function chip(skill) {
    const item = document.importNode(part("chip").content, true).firstElementChild;
    const button = item.querySelector("button");
    button.setAttribute("aria-label", say("gap_remove", { name: book.names[skill] }));
    button.querySelector("span").textContent = book.names[skill];
    button.addEventListener("click", () => {
      const place = chosen.skills.indexOf(skill);
      without(skill);
      // The focus goes to what took the chip's place, never to nowhere.
      (chips.querySelectorAll("button")[Math.min(place, chosen.skills.length - 1)] ?? input).focus();
    });
    return item;
  }

  function failed(error) {
    console.warn(`The courses could not be shown: ${error}`);
    finder.classList.add("not-started");
  }

  async function fromAddress() {
    // A link within the page changes the address, too, but not what is chosen.
    if (location.search === address) return;
    address = location.search;
    const { skills, online: onlyOnline, unknown, tooMany } = readAddress(location.search, book);
    chosen = { skills, online: onlyOnline && isOnline !== null };
    const notes = [];
    if (unknown > 0) notes.push(say("gap_left_out", { num: unknown }));
    if (tooMany) notes.push(say("gap_most", { num: MOST_SKILLS }));
    note(notes.join(" "));
    await show();
  }

  part("clear").addEventListener("click", () => {
    change({ ...chosen, skills: [] });
    input.focus();
  });
  online.addEventListener("change", () => change({ ...chosen, online: online.checked }));
  part("print").addEventListener("click", () => print());
  part("copy").addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(location.href);
      part("copied").textContent = say("gap_copied");
    } catch {
      // Not every browser lets a page copy; the address is there for the visitor to copy.
      part("copied").textContent = say("gap_copy");
    }
  });
  addEventListener("popstate", fromAddress);
  await fromAddress();
  document.documentElement.classList.remove("filtered");
}
