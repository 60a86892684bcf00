/** The chosen skills in the address of the page, so that a link shows everybody the same plan. Needs no page. */

import { MAX_SKILLS } from "./set-cover.js";

/**
 * @typedef {object} Choice
 * @property {number[]} skills in the order of the catalogue
 * @property {boolean} online only courses that can be taken online
 */

/**
 * What the query string of an address asks for.
 *
 * @param {string} search with or without its question mark
 * @param {import("./skill-directory.js").SkillDirectory} directory
 * @returns {Choice & { unknown: number, tooMany: boolean }} `unknown`: how many names are not skills of the catalogue;
 *   `tooMany`: whether there were more skills than can be chosen
 */
export function readAddress(search, directory) {
  const parameters = new URLSearchParams(search);
  const names = [...new Set(parameters.getAll("skill"))];
  const found = names.map((name) => directory.find(name));
  const skills = [...new Set(found.filter((skill) => skill !== undefined))].sort((a, b) => a - b);
  return {
    skills: skills.slice(0, MAX_SKILLS),
    online: parameters.getAll("mode").includes("online"),
    unknown: found.filter((skill) => skill === undefined).length,
    tooMany: skills.length > MAX_SKILLS,
  };
}

/**
 * The query string of a choice, without a question mark; "" for no choice. The same choice always gives the same one.
 *
 * @param {Choice} choice
 * @param {import("./skill-directory.js").SkillDirectory} directory
 */
export function writeAddress({ skills, online }, directory) {
  const parameters = new URLSearchParams();
  if (online) parameters.append("mode", "online");
  for (const skill of [...skills].sort((a, b) => a - b)) parameters.append("skill", directory.names[skill]);
  return parameters.toString();
}
