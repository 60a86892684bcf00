/**
 * The parts of a list's page that scripts look for or make anew, by their `data-part`; what is made anew is a copy of a
 * `<template>`, so that its markup and its words are the theme's.
 */

/** @returns {HTMLElement | null} */
export const part = (root, name) => root.querySelector(`[data-part="${name}"]`);

/** A copy of the element in a template of that name. */
export function copyOf(root, name) {
  const template = root.querySelector(`template[data-template="${name}"]`);
  return /** @type {HTMLElement} */ (template.content.firstElementChild.cloneNode(true));
}

/** Sets a text only where it is another one: to set it costs a layout. */
export function setText(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}

/** The sentence of an attribute in the markup, with `%(name)s` filled in: for words that must not wait for data. */
export function filled(text, values) {
  return text.replace(/%\((\w+)\)s/g, (whole, name) => values[name] ?? whole);
}
