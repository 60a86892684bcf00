/**
 * The search field with its suggestions. Nothing depends on suggestions: without them the field is a plain form.
 */

import { loadManifest } from "../core/data.js";
import { createElement } from "../core/dom.js";
import { message } from "../core/i18n.js";
import { combobox } from "../ui/combobox.js";

/** Milliseconds without a keystroke after which suggestions are fetched, and after which their number is announced. */
const TYPING_PAUSE = 80;
const ANNOUNCEMENT_PAUSE = 600;
/** Milliseconds that the first suggestions wait for the complete index, before an incomplete one has to do. */
const INDEX_PATIENCE = 400;

/** @param {HTMLFormElement} form */
export function start(form) {
  new SearchField(form);
}

class SearchField {
  #form;
  #input;
  #status;
  #combobox;
  #typingTimer = 0;
  #announcementTimer = 0;
  /** Counts requests for suggestions, so that an answer to an older one is ignored. */
  #request = 0;
  /** Whether suggestions have failed since the field got the focus. */
  #failed = false;
  /** @type {Promise<typeof import("./client.js")> | null} */
  #client = null;

  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.#form = form;
    this.#input = /** @type {HTMLInputElement} */ (form.elements.namedItem("q"));
    Object.assign(this.#input, { autocomplete: "off", autocapitalize: "none", spellcheck: false, enterKeyHint: "search" });
    this.#status = createElement("p", "visually-hidden");
    this.#status.setAttribute("role", "status");
    const list = createElement("ul", "combobox-list suggestions");
    list.id = `${this.#input.id}_list`;
    list.hidden = true;
    list.setAttribute("aria-label", form.dataset.search ?? "");
    form.append(list, this.#status);
    this.#input.addEventListener("focus", () => (this.#failed = false));
    // Somebody who points at the field is about to type. The Tab key may only be passing by.
    this.#input.addEventListener("pointerdown", () => this.#loadAhead(), { once: true });
    form.addEventListener("submit", (event) => this.#submit(event));
    if (hasSearchableList()) this.#input.value = new URLSearchParams(location.search).get("q") ?? "";
    this.#combobox = combobox(this.#input, list, {
      request: (text, reason) => this.#requested(text, reason),
      choose: ({ url }, event) => (event.ctrlKey || event.metaKey ? open(url, "_blank") : location.assign(url)),
      close: () => this.#cancel(),
      fieldInCycle: true,
    });
  }

  #requested(text, reason) {
    if (reason === "opened") this.#suggest();
    if (reason !== "typed") return;
    this.#request += 1;
    clearTimeout(this.#typingTimer);
    if (text.trim()) this.#typingTimer = setTimeout(() => this.#suggest(), TYPING_PAUSE);
    else this.#combobox.close();
  }

  /** Drops what is under way. */
  #cancel() {
    this.#request += 1;
    clearTimeout(this.#typingTimer);
    clearTimeout(this.#announcementTimer);
    this.#status.textContent = "";
  }

  #load() {
    this.#client ??= import("./client.js");
    return this.#client;
  }

  async #loadAhead() {
    try {
      await (await this.#load()).ready();
    } catch {
      // Nothing is missing yet. The first request for suggestions reports it.
    }
  }

  async #suggest() {
    const text = this.#input.value;
    this.#request += 1;
    const request = this.#request;
    const isCurrent = () => this.#request === request;
    if (this.#failed || !text.trim()) return;
    try {
      const [{ suggest, ready }] = await Promise.all([this.#load(), loadManifest()]);
      const indexReady = ready().then(() => true);
      const isComplete = await Promise.race([indexReady, pause(INDEX_PATIENCE)]);
      if (!isCurrent()) return;
      this.#show(await suggest(text), isCurrent);
      if (!isComplete && (await indexReady) && isCurrent() && !this.#combobox.isActive()) {
        this.#show(await suggest(text), isCurrent);
      }
    } catch (error) {
      if (/** @type {Error} */ (error).name === "AbortError") return;
      console.warn(`There are no suggestions now: ${error}`);
      this.#failed = true;
      this.#client = null;
      this.#combobox.close();
    }
  }

  /**
   * @param {import("./catalogue-index.js").Suggestion[]} suggestions
   * @param {() => boolean} isCurrent
   */
  #show(suggestions, isCurrent) {
    if (!isCurrent() || document.activeElement !== this.#input) return;
    this.#combobox.show(suggestions.map(suggestionOption));
    clearTimeout(this.#announcementTimer);
    this.#announcementTimer = setTimeout(() => {
      this.#status.textContent = message("suggestions", { num: suggestions.length });
    }, ANNOUNCEMENT_PAUSE);
  }

  /** @param {SubmitEvent} event */
  async #submit(event) {
    this.#combobox.close();
    const query = this.#input.value.trim();
    // The browser can submit anything else by itself.
    if (query && !hasSearchableList()) return;
    event.preventDefault();
    if (hasSearchableList()) {
      const { setQuery } = await import("../list/list.js");
      if (setQuery(query)) return;
    }
    location.assign(query ? `${this.#form.action}?${new URLSearchParams({ q: query })}` : this.#form.action);
  }
}

/** @param {import("./catalogue-index.js").Suggestion} suggestion */
function suggestionOption({ kind, title, by, url }) {
  const name = message(`kind_${kind}`);
  return { label: title, note: by ? `${name} · ${by}` : name, url };
}

/**
 * Whether this page has a list that can be searched together with its filters. The lists of a single provider or a single
 * skill cannot.
 */
function hasSearchableList() {
  return document.querySelector('[data-list="courses"]:not([data-fixed], .not-started)') !== null;
}

/** @param {number} milliseconds */
function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds, false));
}
