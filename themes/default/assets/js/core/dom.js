/**
 * The document: finding parts, copying templates, making elements.
 *
 * Scripts find the parts of a page by their `data-part`. New elements are copies of a `<template>` where possible, so
 * that their markup and their words come from the theme's templates.
 */

/** The base path of the website, with a slash at both ends. */
export const basePath = document.documentElement.dataset.base ?? "/";

/** The facets whose values are the titles of entries; those of all others are words of the theme. */
export const FACETS_OF_ENTRIES = ["industry", "provider", "place"];

/** Says of an element that its text is one of the site, where the words of the theme around it are in another language. */
export function markContent(/** @type {HTMLElement} */ element) {
  const { contentLang } = document.documentElement.dataset;
  if (contentLang) {
    element.lang = contentLang;
    element.dir = "auto";
  }
  return element;
}

/** @returns {HTMLElement | null} */
export const part = (root, name) => root.querySelector(`[data-part="${name}"]`);

/** A copy of the element in the `<template>` whose `data-template` is `name`. */
export function copyTemplate(root, name) {
  const template = root.querySelector(`template[data-template="${name}"]`);
  return /** @type {HTMLElement} */ (template.content.firstElementChild.cloneNode(true));
}

/**
 * @param {string} tag
 * @param {string} className
 * @param {string} [text]
 */
export function createElement(tag, className, text = "") {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}

/** The first element of some HTML, such as a card that the build rendered. */
export function elementFromHtml(/** @type {string} */ html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return /** @type {HTMLElement} */ (template.content.firstElementChild);
}

/** Sets the text of an element, but only if it differs: setting it costs a layout. */
export function setText(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}
