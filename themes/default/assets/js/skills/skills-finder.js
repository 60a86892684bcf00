/**
 * The skills finder for employers: they choose skills, and it shows the fewest courses that teach all of them.
 *
 * The choice is in the address, so that everybody who opens a link sees the same plan. All texts come from the page's
 * markup or from the messages in the data.
 */

import { loadCards, loadCourses } from "../core/data.js";
import { message } from "../core/i18n.js";
import { combobox } from "../ui/combobox.js";
import { copy } from "../ui/share.js";
import { readAddress, writeAddress } from "./address.js";
import { haveComparablePrices, onlineTest } from "./course-facts.js";
import { describeCover, showPlan } from "./plan.js";
import { fewestCourses, MAX_SKILLS } from "./set-cover.js";
import { SkillDirectory } from "./skill-directory.js";

/** Somebody who does not find a skill among so many types another letter. */
const MAX_OPTIONS = 40;

/** Rejects if the data is missing or broken; the page then says that the finder does not work. */
export async function start(/** @type {HTMLElement} */ element) {
  const finder = new SkillsFinder(element, await loadCourses());
  await finder.showAddress();
  document.documentElement.classList.remove("filtered");
}

class SkillsFinder {
  constructor(element, data) {
    this.element = element;
    this.data = data;
    this.directory = new SkillDirectory(data);
    this.isOnline = onlineTest(data);
    /** @type {import("./address.js").Choice} */
    this.choice = { skills: [], online: false };
    /** The query string that `choice` comes from. */
    this.address = null;
    /** Counts how often a plan was asked for, so that an older one that arrives late is dropped. */
    this.requests = 0;

    this.input = element.querySelector("input[role=combobox]");
    this.chips = this.part("chosen").querySelector("ul");
    this.online = this.part("online").querySelector("input");
    this.part("online").hidden = this.isOnline === null;
    this.combobox = combobox(this.input, document.getElementById(this.input.getAttribute("aria-controls")), {
      request: (text) => this.offerOptions(text),
      choose: ({ skill }) => {
        this.input.value = "";
        if (this.choice.skills.includes(skill)) this.remove(skill);
        else this.add([skill]);
      },
      enter: (text) => this.addTyped(text),
    });
    this.listen();
  }

  part(name) {
    return this.element.querySelector(`[data-${name}]`);
  }

  listen() {
    this.part("clear").addEventListener("click", () => {
      this.change({ ...this.choice, skills: [] });
      this.input.focus();
    });
    this.online.addEventListener("change", () => this.change({ ...this.choice, online: this.online.checked }));
    this.part("print").addEventListener("click", () => print());
    this.part("copy").addEventListener("click", async () => {
      // If the browser does not let pages copy, visitors can copy the address themselves.
      this.part("copied").textContent = message((await copy(location.href)) ? "gap_copied" : "gap_copy");
    });
    addEventListener("popstate", () => this.showAddress());
  }

  // --- choosing skills ---

  offerOptions(text) {
    const skills = this.directory.search(text);
    this.note(text.trim() === "" ? "" : matchesSentence(text, skills.length));
    this.combobox.show(
      skills.slice(0, MAX_OPTIONS).map((skill) => ({
        skill,
        label: this.directory.names[skill],
        note: message("gap_courses", { num: this.directory.courseCount(skill) }),
        selected: this.choice.skills.includes(skill),
      })),
    );
  }

  /** Adds what was typed, if it is clear: one skill, or several separated by commas. */
  addTyped(text) {
    const names = text.split(/[,;\n]/).filter((name) => name.trim() !== "");
    if (names.length === 0) return;
    const skills = names.map((name) => this.clearMatch(name));
    if (skills.includes(undefined)) {
      if (names.length === 1 && this.directory.search(text).length > 1) this.note(message("gap_choose"));
      return;
    }
    this.combobox.close();
    this.input.value = "";
    this.add(skills);
  }

  /** The skill with a name, or the only one that contains it. */
  clearMatch(name) {
    const skill = this.directory.find(name);
    if (skill !== undefined) return skill;
    const matches = this.directory.search(name);
    return matches.length === 1 ? matches[0] : undefined;
  }

  add(added) {
    const skills = [...new Set([...this.choice.skills, ...added])].sort((a, b) => a - b);
    if (skills.length > MAX_SKILLS) {
      this.note(message("gap_most", { num: MAX_SKILLS }));
      return;
    }
    this.note("");
    this.change({ ...this.choice, skills });
  }

  remove(removed) {
    this.change({ ...this.choice, skills: this.choice.skills.filter((skill) => skill !== removed) });
  }

  change(choice) {
    this.choice = choice;
    const query = writeAddress(choice, this.directory);
    history.pushState(null, "", query ? `?${query}` : location.pathname);
    this.address = location.search;
    return this.show();
  }

  async showAddress() {
    // A link within the page changes the address, but not the choice.
    if (location.search === this.address) return;
    this.address = location.search;
    const { skills, online, unknown, tooMany } = readAddress(location.search, this.directory);
    this.choice = { skills, online: online && this.isOnline !== null };
    const notes = [];
    if (unknown > 0) notes.push(message("gap_left_out", { num: unknown }));
    if (tooMany) notes.push(message("gap_most", { num: MAX_SKILLS }));
    this.note(notes.join(" "));
    await this.show();
  }

  // --- showing the plan ---

  /** Shows the choice and its plan. Resolves when everything is there. */
  async show() {
    this.requests += 1;
    const request = this.requests;
    const { skills, online } = this.choice;
    this.showChips();
    this.online.checked = online;
    const isAllowed = (online && this.isOnline) || (() => true);
    const cover = fewestCourses(this.data, skills, { isAllowed });
    try {
      const cards = await loadCards(cover.courses);
      if (request !== this.requests) return;
      showPlan(this.part("plan"), this.part("course"), this.data, cover, cards, isAllowed);
    } catch (error) {
      if (request !== this.requests) return;
      console.warn(`The courses could not be shown: ${error}`);
      this.element.classList.add("not-started");
      return;
    }
    this.part("empty").hidden = skills.length > 0;
    this.part("plan").hidden = cover.courses.length === 0;
    this.part("copied").textContent = "";
    this.part("answer").textContent = this.describe(cover);
  }

  describe(cover) {
    const { skills, online } = this.choice;
    // At first there is nothing to report, and the page says what to do.
    if (skills.length === 0) return this.requests > 1 ? message("gap_nothing") : "";
    return describeCover(cover, {
      names: this.directory.names,
      wanted: skills.length,
      online,
      comparable: haveComparablePrices(this.data, cover.courses),
    });
  }

  showChips() {
    const { skills } = this.choice;
    this.chips.replaceChildren(...skills.map((skill) => this.chip(skill)));
    this.part("chosen").hidden = skills.length === 0;
  }

  chip(skill) {
    const name = this.directory.names[skill];
    const item = document.importNode(this.part("chip").content, true).firstElementChild;
    const button = item.querySelector("button");
    button.setAttribute("aria-label", message("gap_remove", { name }));
    button.querySelector("span").textContent = name;
    button.addEventListener("click", () => {
      const position = this.choice.skills.indexOf(skill);
      this.remove(skill);
      // The chip had the focus. The one now in its place gets it, or else the field.
      const next = Math.min(position, this.choice.skills.length - 1);
      (this.chips.querySelectorAll("button")[next] ?? this.input).focus();
    });
    return item;
  }

  note(text) {
    this.part("note").textContent = text;
  }
}

function matchesSentence(text, count) {
  return count > 0 ? message("gap_matches", { num: count }) : message("gap_no_match", { text: text.trim() });
}
