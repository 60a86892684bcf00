/** A plan on the page: the courses of a set cover, what each of them teaches, and what they cost together. */

import { loadCards } from "../core/data.js";
import { elementFromHtml } from "../core/dom.js";
import { formatNumber, language, message } from "../core/i18n.js";
import { refresh } from "../shortlist/shortlist.js";
import { totals } from "./course-facts.js";
import { substitutes } from "./set-cover.js";

const MAX_SUBSTITUTES = 6;
const hourFormat = new Intl.NumberFormat(language, { style: "unit", unit: "hour", unitDisplay: "long" });
const andList = new Intl.ListFormat(language, { type: "conjunction" });
const orList = new Intl.ListFormat(language, { type: "disjunction" });

/** An amount of money as the page's language writes it; whole amounts have no cents. */
function formatMoney(amount, currency) {
  const digits = Number.isInteger(amount) ? { minimumFractionDigits: 0, maximumFractionDigits: 0 } : {};
  return new Intl.NumberFormat(language, { style: "currency", currency, ...digits }).format(amount);
}

/**
 * Describes a cover in sentences.
 *
 * @param {import("./set-cover.js").Cover} cover
 * @param {object} context
 * @param {string[]} context.names the names of all skills of the catalogue
 * @param {number} context.wanted how many skills were chosen
 * @param {boolean} context.online whether only online courses were considered
 * @param {boolean} context.comparable whether the prices of the courses can be compared
 */
export function describeCover(cover, { names, wanted, online, comparable }) {
  const sentences = [];
  const count = cover.courses.length;
  if (count > 0) {
    const covered = wanted - cover.missing.length;
    const skills = message(covered === wanted ? "gap_all" : "gap_some", { num: wanted, covered });
    sentences.push(message("gap_covers", { num: count, skills }));
  }
  if (cover.missing.length > 0) {
    const skills = orList.format(cover.missing.map((skill) => names[skill]));
    sentences.push(message(online ? "gap_none_online" : "gap_none", { skills }));
  }
  if (count > 1) {
    sentences.push(cover.fewest ? message("gap_fewest") : message("gap_maybe_fewer", { num: cover.atLeast }));
  }
  if (count > 0 && cover.cheapest && comparable) sentences.push(message("gap_cheapest"));
  return sentences.join(" ");
}

/**
 * Shows a cover.
 *
 * @param {HTMLElement} plan
 * @param {HTMLTemplateElement} template of one course
 * @param {object} data of all courses
 * @param {import("./set-cover.js").Cover} cover
 * @param {Map<number, string>} cards
 * @param {(course: number) => boolean} isAllowed which courses can stand in for others
 */
export function showPlan(plan, template, data, cover, cards, isAllowed) {
  const titles = new Map();
  const items = cover.courses.map((course, position) => {
    const item = document.importNode(template.content, true).firstElementChild;
    const card = elementFromHtml(cards.get(course));
    titles.set(course, titleLink(card).textContent.trim());
    item.prepend(card);
    item.querySelector(".gap-teaches span").textContent = andList.format(
      cover.teaches[position].map((skill) => data.skills.names[skill]),
    );
    offerSubstitutes(item.querySelector("details"), data, substitutes(data, cover, course, isAllowed));
    return item;
  });
  plan.querySelector("ol").replaceChildren(...items);
  refresh(plan); // its cards must say which courses their buttons save
  showTotals(plan, totals(data, cover.courses), cover.courses.length, titles);
}

function showTotals(plan, { prices, unpriced, hours, untimed }, count, titles) {
  const priceText =
    prices.length > 0
      ? andList.format(prices.map(({ amount, currency }) => formatMoney(amount, currency)))
      : message(unpriced.length === count ? "gap_not_given" : "gap_free");
  const titlesOf = (courses) => andList.format(courses.map((course) => titles.get(course)));
  const texts = {
    '[data-total="courses"]': formatNumber(count),
    '[data-total="price"]': priceText,
    '[data-total="hours"]': untimed.length === count ? message("gap_not_given") : hourFormat.format(hours),
    '[data-unknown="price"]': unpriced.length ? message("gap_unpriced", { titles: titlesOf(unpriced) }) : "",
    '[data-unknown="hours"]': untimed.length ? message("gap_untimed", { titles: titlesOf(untimed) }) : "",
  };
  for (const [selector, text] of Object.entries(texts)) {
    const element = plan.querySelector(selector);
    element.textContent = text;
    element.hidden = text === "";
  }
}

/** The link from a card to its course; its text is the course's title. */
function titleLink(card) {
  return card.querySelector(".card-title a") ?? card.querySelector("a[href]");
}

/** Offers courses that could take the place of one. Their titles are loaded only if somebody opens the list. */
function offerSubstitutes(details, data, courses) {
  if (courses.length === 0) return;
  details.hidden = false;
  details.querySelector("summary").textContent = message("gap_instead", { num: courses.length });
  const list = details.querySelector("ul");
  details.addEventListener("toggle", async () => {
    if (!details.open || list.childElementCount > 0) return;
    const first = courses.slice(0, MAX_SUBSTITUTES);
    try {
      const cards = await loadCards(first);
      list.replaceChildren(...first.map((course) => substituteItem(data, course, cards.get(course))));
      if (courses.length > first.length) {
        const more = document.createElement("li");
        more.textContent = message("gap_more", { num: courses.length - first.length });
        list.append(more);
      }
    } catch (error) {
      console.warn(`The substitutes could not be loaded: ${error}`);
      details.hidden = true;
    }
  });
}

function substituteItem(data, course, html) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  const original = titleLink(elementFromHtml(html));
  link.href = original.getAttribute("href");
  link.textContent = original.textContent.trim();
  const facts = [];
  if (data.cost[course] === 0) facts.push(message("gap_free"));
  if (data.cost[course] > 0) facts.push(formatMoney(data.cost[course], data.currencies[data.currency[course]]));
  if (data.hours[course] !== null) facts.push(hourFormat.format(data.hours[course]));
  item.append(link, facts.length > 0 ? ` (${facts.join(", ")})` : "");
  return item;
}
