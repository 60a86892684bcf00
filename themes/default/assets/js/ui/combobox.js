/**
 * A text field with a list of what it may hold: the editable combobox of WAI-ARIA's authoring practices, with a list that
 * is only ever offered. The focus stays in the field; `aria-activedescendant` says where in the list somebody is.
 *
 * The markup is the page's: an `<input role="combobox" aria-controls="...">` and the `<ul role="listbox">` that it names.
 *
 * @typedef {object} Option
 * @property {string} label
 * @property {string} [note] stands beside the label
 * @property {boolean} [selected] has been chosen already, where several can be
 */

/**
 * @template {Option} T
 * @param {HTMLInputElement} input
 * @param {object} does
 * @param {(text: string) => T[]} does.offer what goes with a text, the best first
 * @param {(option: T) => void} does.choose
 * @param {(text: string) => void} [does.enter] Enter was pressed without an option
 * @returns {{ close: () => void }}
 */
export function combobox(input, { offer, choose, enter = () => {} }) {
  const list = document.getElementById(input.getAttribute("aria-controls"));
  /** @type {T[]} */
  let options = [];
  let active = -1;

  const isOpen = () => !list.hidden;

  function open() {
    options = offer(input.value);
    list.replaceChildren(...options.map(optionElement));
    list.hidden = options.length === 0;
    list.scrollTop = 0;
    input.setAttribute("aria-expanded", String(isOpen()));
    move(-1);
  }

  function close() {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    move(-1);
  }

  function optionElement(option, index) {
    const element = document.createElement("li");
    element.id = `${list.id}_${index}`;
    element.setAttribute("role", "option");
    element.setAttribute("aria-selected", String(option.selected ?? false));
    const label = document.createElement("span");
    label.className = "combobox-label";
    label.textContent = option.label;
    element.append(label);
    if (option.note) {
      const note = document.createElement("span");
      note.className = "combobox-note";
      note.textContent = option.note;
      element.append(" ", note);
    }
    return element;
  }

  /** Makes the option at a place the active one; -1 is none. */
  function move(index) {
    list.children[active]?.classList.remove("is-active");
    active = index;
    const element = list.children[active];
    if (!element || list.hidden) {
      active = -1;
      input.removeAttribute("aria-activedescendant");
      return;
    }
    element.classList.add("is-active");
    element.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", element.id);
  }

  function take(option) {
    close();
    input.value = "";
    choose(option);
  }

  /** What each key does; true where the field itself must not act on it. */
  const keys = {
    ArrowDown(event) {
      const wasOpen = isOpen();
      if (!wasOpen) open();
      if (isOpen() && !event.altKey) move(wasOpen ? (active + 1) % options.length : 0);
      return true;
    },
    ArrowUp(event) {
      if (event.altKey) {
        close();
        return true;
      }
      if (!isOpen()) open();
      if (isOpen()) move(active <= 0 ? options.length - 1 : active - 1);
      return true;
    },
    Enter() {
      if (active >= 0) take(options[active]);
      else enter(input.value);
      return true;
    },
    Escape() {
      if (!isOpen() && input.value === "") return false;
      if (isOpen()) close();
      else input.value = "";
      return true;
    },
    Tab() {
      close();
      return false;
    },
  };

  input.addEventListener("keydown", (event) => {
    // While a word is being composed, as in Japanese, keys belong to the writing and not to the list.
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    if (Object.hasOwn(keys, event.key) && keys[event.key](event)) event.preventDefault();
  });
  input.addEventListener("input", open);
  input.addEventListener("click", () => {
    if (!isOpen()) open();
  });
  input.addEventListener("blur", close);
  // The field keeps the focus while the list is clicked.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const index = [...list.children].indexOf(event.target.closest('[role="option"]'));
    if (index >= 0) take(options[index]);
  });
  // What was typed before this module was there.
  if (document.activeElement === input && input.value !== "") open();
  return { close };
}
