/**
 * A text field with a list of options below it: the editable combobox of the WAI-ARIA Authoring Practices. The focus
 * stays in the field, and `aria-activedescendant` says which option is active.
 *
 * The widget decides when options are needed, and the caller which: `request` calls `show` with them, at once or later.
 *
 * @typedef {object} Option
 * @property {string} label
 * @property {string} [note] more text beside the label
 * @property {boolean} [selected] in a list from which several can be chosen: whether this one is already
 *
 * @typedef {"typed" | "clicked" | "opened"} Reason why options are needed: the text has changed, the field was clicked,
 *   or an arrow key opens the list
 */

import { createElement, markContent } from "../core/dom.js";

/**
 * @template {Option} T
 * @param {HTMLInputElement} input
 * @param {HTMLElement} list an empty `<ul>` with an id and a label
 * @param {object} on
 * @param {(text: string, reason: Reason) => void} on.request options for a text are needed
 * @param {(option: T, event: MouseEvent | KeyboardEvent) => void} on.choose the list is closed already
 * @param {(text: string) => void} [on.enter] Enter was pressed while no option was active; without this the browser acts
 * @param {() => void} [on.close] the list has closed, and options that are still being looked for are no longer wanted
 * @param {boolean} [on.fieldInCycle] whether the arrow keys lead from the last option to the field before the first
 */
export function combobox(input, list, { request, choose, enter, close: closed = () => {}, fieldInCycle = false }) {
  /** @type {T[]} */
  let options = [];
  /** The index of the active option; -1 for none. */
  let active = -1;

  const isOpen = () => !list.hidden;
  const isActive = () => active >= 0;

  /** Shows options, the best first. An empty list is hidden. */
  function show(/** @type {T[]} */ newOptions) {
    options = newOptions;
    const wasOpen = isOpen();
    list.replaceChildren(...options.map(optionElement));
    list.hidden = options.length === 0;
    list.scrollTop = 0;
    // A field at the bottom of the window would have its list out of sight.
    if (isOpen() && !wasOpen) list.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-expanded", String(isOpen()));
    activate(-1);
  }

  function close() {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    activate(-1);
    closed();
  }

  function optionElement({ label, note, selected = false }, index) {
    const element = document.createElement("li");
    element.id = `${list.id}_${index}`;
    element.setAttribute("role", "option");
    element.setAttribute("aria-selected", String(selected));
    element.append(markContent(createElement("span", "combobox-label", label)));
    if (note) element.append(" ", createElement("span", "combobox-note", note));
    return element;
  }

  function activate(index) {
    mark(active, false);
    active = index;
    const element = mark(active, true);
    if (!element || !isOpen()) {
      active = -1;
      input.removeAttribute("aria-activedescendant");
      return;
    }
    element.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", element.id);
  }

  function mark(index, on) {
    const element = list.children[index];
    element?.classList.toggle("is-active", on);
    // If only one option can be chosen, the active one counts as selected.
    if (options[index] && options[index].selected === undefined) element?.setAttribute("aria-selected", String(on));
    return element;
  }

  /** Makes the next (1) or previous (-1) option active, round and round. */
  function step(direction) {
    const first = fieldInCycle ? -1 : 0;
    const last = options.length - 1;
    let next = Math.max(active, first - 1) + direction;
    if (next < first) next = last;
    if (next > last) next = first;
    activate(next);
  }

  function take(index, event) {
    const option = options[index];
    close();
    choose(option, event);
  }

  function openAndStep(event, direction) {
    if (!isOpen()) request(input.value, "opened");
    if (isOpen() && !event.altKey) step(direction);
  }

  function leaveOption() {
    activate(-1);
    return false;
  }

  /** What each key does. True if the browser must not act on it as well. */
  const keys = {
    ArrowDown(event) {
      openAndStep(event, 1);
      return true;
    },
    ArrowUp(event) {
      if (event.altKey) close();
      else openAndStep(event, -1);
      return true;
    },
    Enter(event) {
      if (isActive()) take(active, event);
      else if (enter) enter(input.value);
      else return false;
      return true;
    },
    // The caret moves within the text, so the text is what counts again.
    Home: leaveOption,
    End: leaveOption,
    Escape() {
      if (!isOpen() && input.value === "") return false;
      if (!isOpen()) input.value = "";
      close();
      return true;
    },
    Tab() {
      // A list that scrolls could get the focus if it was still open.
      close();
      return false;
    },
  };

  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);
  list.setAttribute("role", "listbox");
  input.addEventListener("keydown", (event) => {
    // While a word is being composed from several keys, as in Japanese, the keys belong to the input method.
    if (event.isComposing || !Object.hasOwn(keys, event.key)) return;
    if (keys[event.key](event)) event.preventDefault();
  });
  input.addEventListener("input", () => request(input.value, "typed"));
  input.addEventListener("click", () => {
    if (!isOpen()) request(input.value, "clicked");
  });
  input.addEventListener("blur", close);
  // A click in the list must not take the focus out of the field.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const index = [...list.children].indexOf(event.target.closest('[role="option"]'));
    if (index >= 0) take(index, event);
  });
  // Somebody may have typed before this script had loaded. The caller first gets what this function returns.
  queueMicrotask(() => {
    if (document.activeElement === input && input.value !== input.defaultValue) request(input.value, "typed");
  });
  return { show, close, isActive };
}
