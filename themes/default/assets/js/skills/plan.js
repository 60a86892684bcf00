// A plan on the page: the courses of a cover, what each of them teaches, and what they come to.

import { substitutes } from "./set-cover.js";
import { loadCards, say } from "../core/data.js";
import { totals } from "./selection.js";

const MOST_STAND_INS = 6;
const language = document.documentElement.lang;
const hourFormat = new Intl.NumberFormat(language, { style: "unit", unit: "hour", unitDisplay: "long" });
const both = new Intl.ListFormat(language, { type: "conjunction" });
const either = new Intl.ListFormat(language, { type: "disjunction" });

/** An amount of money as the language writes it; cents only where there are some. */
export function money(amount, currency) {
  const digits = Number.isInteger(amount) ? { minimumFractionDigits: 0, maximumFractionDigits: 0 } : {};
  return new Intl.NumberFormat(language, { style: "currency", currency, ...digits }).format(amount);
}

/**
 * What a cover is, in whole sentences.
 *
 * @param {import("./set-cover.js").Cover} cover
 * @param {object} asked
 * @param {string[]} asked.names the names of all skills of the catalogue
 * @param {number} asked.wanted how many skills were chosen
 * @param {boolean} asked.online
 * @param {boolean} asked.comparable whether all prices are known, in one currency, and there is something to pay
 */
export function answer(cover, { names, wanted, online, comparable }) {
  const sentences = [];
  const count = cover.courses.length;
  if (count > 0) {
    const covered = wanted - cover.missing.length;
    const skills = say(covered === wanted ? "gap_all" : "gap_some", { num: wanted, covered });
    sentences.push(say("gap_covers", { num: count, skills }));
  }
  if (cover.missing.length > 0) {
    const skills = either.format(cover.missing.map((skill) => names[skill]));
    sentences.push(say(online ? "gap_none_online" : "gap_none", { skills }));
  }
  if (count > 1) {
    sentences.push(cover.fewest ? say("gap_fewest") : say("gap_maybe_fewer", { num: cover.atLeast }));
  }
  if (count > 0 && cover.cheapest && comparable) sentences.push(say("gap_cheapest"));
  return sentences.join(" ");
}

/** Whether two plans of these courses can be compared by what they cost. */
export function comparable(data, courses) {
  const { prices, unpriced } = totals(data, courses);
  return prices.length === 1 && unpriced.length === 0;
}

/**
 * Shows a cover.
 *
 * @param {HTMLElement} plan
 * @param {HTMLTemplateElement} template of one course
 * @param {object} data the columns of all courses
 * @param {import("./set-cover.js").Cover} cover
 * @param {Map<number, string>} cards
 * @param {(course: number) => boolean} among
 */
export function showPlan(plan, template, data, cover, cards, among) {
  const titles = new Map();
  const items = cover.courses.map((course, place) => {
    const item = document.importNode(template.content, true).firstElementChild;
    const card = cardElement(cards.get(course));
    titles.set(course, titleLink(card).textContent.trim());
    item.prepend(card);
    item.querySelector(".gap-teaches span").textContent = both.format(
      cover.teaches[place].map((skill) => data.skills.names[skill]),
    );
    offerStandIns(item.querySelector("details"), data, substitutes(data, cover, course, among));
    return item;
  });
  plan.querySelector("ol").replaceChildren(...items);
  const sums = totals(data, cover.courses);
  fill(plan, '[data-total="courses"]', new Intl.NumberFormat(language).format(cover.courses.length));
  fill(plan, '[data-total="price"]', priceText(sums, cover.courses.length));
  const noHours = sums.untimed.length === cover.courses.length;
  fill(plan, '[data-total="hours"]', noHours ? say("gap_not_given") : hourFormat.format(sums.hours));
  const named = (courses) => both.format(courses.map((course) => titles.get(course)));
  fill(plan, '[data-unknown="price"]', sums.unpriced.length ? say("gap_unpriced", { titles: named(sums.unpriced) }) : "");
  fill(plan, '[data-unknown="hours"]', sums.untimed.length ? say("gap_untimed", { titles: named(sums.untimed) }) : "");
}

function priceText({ prices, unpriced }, courses) {
  if (prices.length > 0) return both.format(prices.map(({ amount, currency }) => money(amount, currency)));
  return say(unpriced.length === courses ? "gap_not_given" : "gap_free");
}

/** A text where there is one; the element is hidden where there is none. */
function fill(plan, selector, text) {
  const element = plan.querySelector(selector);
  element.textContent = text;
  element.hidden = text === "";
}

/** A card, as the build rendered it. */
function cardElement(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  return holder.content.firstElementChild;
}

/** The link of a card to its course, whose words are the course's title. */
function titleLink(card) {
  return card.querySelector(".card-title a") ?? card.querySelector("a[href]");
}

/** Other courses in the place of one. Their titles are only loaded for whoever wants to see them. */
function offerStandIns(details, data, courses) {
  if (courses.length === 0) return;
  details.hidden = false;
  details.querySelector("summary").textContent = say("gap_instead", { num: courses.length });
  const list = details.querySelector("ul");
  details.addEventListener("toggle", async () => {
    if (!details.open || list.childElementCount > 0) return;
    const shown = courses.slice(0, MOST_STAND_INS);
    try {
      const cards = await loadCards(shown);
      list.replaceChildren(...shown.map((course) => standIn(data, course, cards.get(course))));
      if (courses.length > shown.length) {
        const rest = document.createElement("li");
        rest.textContent = say("gap_more", { num: courses.length - shown.length });
        list.append(rest);
      }
    } catch (error) {
      console.warn(`Other courses could not be shown: ${error}`);
      details.hidden = true;
    }
  });
}

function standIn(data, course, html) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  const title = titleLink(cardElement(html));
  link.href = title.getAttribute("href");
  link.textContent = title.textContent.trim();
  const facts = [];
  if (data.cost[course] === 0) facts.push(say("gap_free"));
  if (data.cost[course] > 0) facts.push(money(data.cost[course], data.currencies[data.currency[course]]));
  if (data.hours[course] !== null) facts.push(hourFormat.format(data.hours[course]));
  item.append(link, facts.length > 0 ? ` (${facts.join(", ")})` : "");
  return item;
}
