// The search field with suggestions: a combobox with a list, as the WAI-ARIA Authoring Practices have it. Suggestions
// help and nothing depends on them: where they cannot be had, the field is a plain form.
import { loadManifest, say } from "../core/data.js";

/** How long a pause in typing is that asks for suggestions, and the one before their number is said, in milliseconds. */
const PAUSE = 80;
const PAUSE_TO_SAY = 600;
/** How long the first suggestions wait for the index to be whole, before they come from what is there of it. */
const PATIENCE = 400;

/** @param {HTMLFormElement} form */
export function start(form) {
  new SearchField(form);
}

class SearchField {
  #form;
  #input;
  #list;
  #status;
  /** @type {import("./catalogue-index.js").Suggestion[]} */
  #shown = [];
  /** Position of the suggestion that the keys have reached; -1 is the field itself. */
  #active = -1;
  #timer = 0;
  #sayer = 0;
  /** Counts up with whatever makes suggestions that are under way come too late. */
  #turn = 0;
  /** Whether suggestions could not be had since the field was entered. */
  #given = false;
  /** @type {Promise<typeof import("./client.js")> | null} */
  #search = null;

  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.#form = form;
    this.#input = /** @type {HTMLInputElement} */ (form.elements.namedItem("q"));
    this.#list = element("ul", "suggestions");
    this.#list.id = `${this.#input.id}_list`;
    this.#list.hidden = true;
    this.#list.setAttribute("role", "listbox");
    this.#list.setAttribute("aria-label", form.dataset.search ?? "");
    this.#status = element("p", "visually-hidden");
    this.#status.setAttribute("role", "status");
    form.append(this.#list, this.#status);
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": this.#list.id,
    })) {
      this.#input.setAttribute(name, value);
    }
    this.#input.addEventListener("input", () => this.#typed());
    this.#input.addEventListener("keydown", (event) => this.#pressed(event));
    this.#input.addEventListener("focus", () => {
      this.#given = false;
    });
    // Whoever points at the field will type: what is needed comes meanwhile. The Tab key may only be passing by.
    this.#input.addEventListener(
      "pointerdown",
      () =>
        this.#loaded()
          .then(({ ready }) => ready())
          .catch(() => {}),
      { once: true },
    );
    form.addEventListener("focusout", (event) => {
      if (!form.contains(/** @type {Node | null} */ (event.relatedTarget))) {
        this.#close();
      }
    });
    form.addEventListener("submit", (event) => this.#submitted(event));
    // The pointer must not take the focus out of the field, which would close the list under it.
    this.#list.addEventListener("mousedown", (event) => event.preventDefault());
    this.#list.addEventListener("click", (event) => {
      const option = /** @type {Element} */ (event.target).closest('[role="option"]');
      if (option) {
        this.#choose([...this.#list.children].indexOf(option), event);
      }
    });
    if (hasList()) {
      this.#input.value = new URLSearchParams(location.search).get("q") ?? "";
    }
    // What was typed before this module was there.
    if (document.activeElement === this.#input && this.#input.value !== this.#input.defaultValue) {
      this.#typed();
    }
  }

  get #open() {
    return !this.#list.hidden;
  }

  #loaded() {
    this.#search ??= import("./client.js");
    return this.#search;
  }

  #typed() {
    this.#turn += 1;
    clearTimeout(this.#timer);
    if (!this.#input.value.trim()) {
      this.#close();
    } else {
      this.#timer = setTimeout(() => this.#ask(), PAUSE);
    }
  }

  async #ask() {
    const typed = this.#input.value;
    this.#turn += 1;
    const turn = this.#turn;
    if (this.#given || !typed.trim()) {
      return;
    }
    try {
      const [{ suggest, ready }] = await Promise.all([this.#loaded(), loadManifest()]);
      const all = ready().then(() => true);
      const whole = await Promise.race([all, pause(PATIENCE)]);
      if (this.#turn !== turn) {
        return;
      }
      this.#show(await suggest(typed), turn);
      if (!whole && (await all) && this.#turn === turn && this.#active < 0) {
        this.#show(await suggest(typed), turn);
      }
    } catch (error) {
      if (/** @type {Error} */ (error).name === "AbortError") {
        return;
      }
      console.warn(`There are no suggestions now: ${error}`);
      this.#given = true;
      this.#search = null;
      this.#close();
    }
  }

  /**
   * @param {import("./catalogue-index.js").Suggestion[]} suggestions
   * @param {number} turn
   */
  #show(suggestions, turn) {
    if (this.#turn !== turn || document.activeElement !== this.#input) {
      return;
    }
    this.#shown = suggestions;
    this.#list.replaceChildren(...suggestions.map((one, position) => this.#option(one, position)));
    this.#list.scrollTop = 0;
    this.#reach(-1);
    this.#expand(suggestions.length > 0);
    clearTimeout(this.#sayer);
    this.#sayer = setTimeout(() => {
      this.#status.textContent = say("suggestions", { num: suggestions.length });
    }, PAUSE_TO_SAY);
  }

  /**
   * @param {import("./catalogue-index.js").Suggestion} suggestion
   * @param {number} position
   */
  #option({ kind, title, by }, position) {
    const option = element("li", "suggestion");
    option.id = `${this.#list.id}_${position}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    const name = say(`kind_${kind}`);
    option.append(
      element("span", "suggestion-title", title),
      " ",
      element("span", "suggestion-kind", by ? `${name} · ${by}` : name),
    );
    return option;
  }

  /** @param {boolean} open */
  #expand(open) {
    const opens = open && !this.#open;
    this.#list.hidden = !open;
    if (opens) {
      // The large field of the home page may stand low.
      this.#list.scrollIntoView({ block: "nearest" });
    }
    this.#input.setAttribute("aria-expanded", String(open));
  }

  #close() {
    this.#turn += 1;
    clearTimeout(this.#timer);
    clearTimeout(this.#sayer);
    this.#status.textContent = "";
    this.#reach(-1);
    this.#expand(false);
  }

  /** @param {number} position -1 for the field */
  #reach(position) {
    this.#list.children[this.#active]?.setAttribute("aria-selected", "false");
    this.#active = position;
    const option = this.#list.children[position];
    if (option) {
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      this.#input.setAttribute("aria-activedescendant", option.id);
    } else {
      this.#input.removeAttribute("aria-activedescendant");
    }
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    // While a word is put together from several keys, as in Japanese, the keys belong to that.
    if (event.isComposing) {
      return;
    }
    const last = this.#shown.length - 1;
    const { key } = event;
    if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      if (event.altKey && key === "ArrowUp") {
        this.#close();
      } else if (!this.#open) {
        this.#ask();
      } else if (!event.altKey) {
        const before = this.#active < 0 ? last : this.#active - 1;
        this.#reach(key === "ArrowUp" ? before : this.#active === last ? -1 : this.#active + 1);
      }
    } else if (key === "Home" || key === "End") {
      // The caret moves, and with it the way through the list begins anew.
      this.#reach(-1);
    } else if (key === "Escape" && this.#open) {
      event.preventDefault();
      this.#close();
    } else if (key === "Enter" && this.#open && this.#active >= 0) {
      event.preventDefault();
      this.#choose(this.#active, event);
    }
  }

  /**
   * @param {number} position
   * @param {MouseEvent | KeyboardEvent} event
   */
  #choose(position, event) {
    const { url } = this.#shown[position];
    this.#close();
    if (event.ctrlKey || event.metaKey) {
      open(url, "_blank");
    } else {
      location.assign(url);
    }
  }

  /** @param {SubmitEvent} event */
  #submitted(event) {
    this.#close();
    const query = this.#input.value.trim();
    if (!query || hasList()) {
      event.preventDefault();
      this.#lookFor(query);
    }
  }

  /**
   * A list of courses looks itself, and keeps its filters.
   * @param {string} query
   */
  async #lookFor(query) {
    if (hasList()) {
      const { setQuery } = await import("../list/list.js");
      if (setQuery(query)) {
        return;
      }
    }
    location.assign(query ? `${this.#form.action}?${new URLSearchParams({ q: query })}` : this.#form.action);
  }
}

/** Whether this page has a list in which anything can be looked for: not one that stays with a provider or a skill. */
function hasList() {
  return document.querySelector('[data-list="courses"]:not([data-fixed], .not-started)') !== null;
}

/** @param {number} milliseconds */
function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds, false));
}

/**
 * @param {string} name
 * @param {string} style
 * @param {string} [text]
 */
function element(name, style, text = "") {
  const made = document.createElement(name);
  made.className = style;
  made.textContent = text;
  return made;
}
