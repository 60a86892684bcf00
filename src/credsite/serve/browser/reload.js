// Keeps a page of the preview up to date with the last build of `credsite serve`, and shows problems.
(() => {
  "use strict";

  const STATE_KEY = "credsite-preview";
  const FIELDS = 'textarea, input:is([type="text"], [type="search"], [type="email"], [type="number"], :not([type]))';
  const GROWTH_TIME = 3000; // milliseconds in which scripts may fill a page that was scrolled down
  const { build, version, problems, listsProblems } = document.currentScript.dataset;
  const shown = { build, version, problems: "" };
  let stream = null;

  performance.setResourceTimingBufferSize(10000); // by default, the browser forgets some of the files that a large page has loaded

  // Save what a reload would lose and browsers do not restore themselves.
  function saveState() {
    const state = {
      url: location.href,
      x: scrollX,
      y: scrollY,
      open: [...document.querySelectorAll("details")].map((details) => [nameOf(details), details.open]),
      typed: [...document.querySelectorAll(FIELDS)].map((field) => [nameOf(field), field.value]),
      focus: document.activeElement?.id ?? "",
    };
    try {
      sessionStorage.setItem(STATE_KEY, JSON.stringify(state));
    } catch {
      // Storage can be disabled. Then only what the browser restores itself is restored.
    }
  }

  function nameOf(element) {
    return element.id || element.name || element.querySelector("summary")?.textContent.trim() || "";
  }

  // Calls `apply` with each element and the value saved for its name. Elements with the same name get theirs in order.
  function restoreEach(selector, saved, apply) {
    for (const element of document.querySelectorAll(selector)) {
      const index = saved.findIndex(([name]) => name === nameOf(element));
      if (index >= 0) {
        apply(element, saved.splice(index, 1)[0][1]);
      }
    }
  }

  function restoreState() {
    let state = null;
    try {
      state = JSON.parse(sessionStorage.getItem(STATE_KEY));
      sessionStorage.removeItem(STATE_KEY);
    } catch {
      return;
    }
    if (state?.url !== location.href) {
      return;
    }
    restoreEach("details", state.open, (details, open) => {
      details.open = open;
    });
    restoreEach(FIELDS, state.typed, (field, value) => {
      if (field.value === field.defaultValue) {
        field.value = value;
      }
    });
    if (state.focus) {
      document.getElementById(state.focus)?.focus({ preventScroll: true });
    }
    if (state.x || state.y) {
      restoreScroll(state);
    }
  }

  // Scripts may fill the page later, so it is scrolled again whenever it grows, until the user scrolls it. The first time is
  // after the layout and before the page is painted.
  function restoreScroll({ x, y }) {
    const again = () => scrollTo({ left: x, top: y, behavior: "instant" });
    const growing = new ResizeObserver(again);
    const end = () => growing.disconnect();
    growing.observe(document.documentElement);
    growing.observe(document.body);
    for (const name of ["wheel", "touchstart", "pointerdown", "keydown"]) {
      addEventListener(name, end, { once: true, passive: true });
    }
    setTimeout(end, GROWTH_TIME);
  }

  function reload() {
    saveState();
    disconnect();
    location.reload();
  }

  // Replaces the stylesheets of the page with those that the last build gave it.
  async function replaceStylesheets(wanted) {
    const answer = await fetch(location.href, { cache: "no-store" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const [now, then] = [stylesheets(document), stylesheets(page)];
    if (now.length !== then.length) {
      reload();
      return;
    }
    await Promise.all(now.map((link, at) => replace(link, then[at].getAttribute("href"))));
    shown.version = wanted;
  }

  function stylesheets(page) {
    return [...page.querySelectorAll('link[rel~="stylesheet"]:not([href^="/_credsite/"])')];
  }

  function replace(link, href) {
    if (link.getAttribute("href") === href) {
      return null;
    }
    return new Promise((done) => {
      const other = link.cloneNode();
      const end = () => {
        link.remove();
        done();
      };
      other.addEventListener("load", end, { once: true });
      other.addEventListener("error", end, { once: true });
      other.href = href;
      link.after(other);
    });
  }

  function usesAny(changed) {
    const loaded = performance.getEntriesByType("resource").map(({ name }) => new URL(name));
    const paths = new Set(loaded.filter(({ origin }) => origin === location.origin).map(({ pathname }) => pathname));
    return changed.some((path) => paths.has(path));
  }

  async function onBuild(event) {
    const update = JSON.parse(event.data);
    const isNew = update.version !== "" && update.version !== shown.version;
    const [text] = update.version.split(".");
    if ((isNew && !shown.version.startsWith(`${text}.`)) || update.changed === null || usesAny(update.changed)) {
      reload();
      return;
    }
    shown.build = event.lastEventId;
    showProblems(update.problems);
    if (isNew) {
      await replaceStylesheets(update.version);
    }
  }

  async function showProblems(id) {
    if (id === shown.problems || listsProblems !== undefined) {
      return;
    }
    shown.problems = id;
    const overlay = await import("/_credsite/overlay.js");
    await overlay.show(id);
  }

  function connect() {
    if (stream !== null) {
      return;
    }
    const query = new URLSearchParams({ page: location.pathname, build: shown.build });
    stream = new EventSource(`/_credsite/events?${query}`);
    stream.addEventListener("build", onBuild);
  }

  function disconnect() {
    stream?.close();
    stream = null;
  }

  // Browsers allow only a few connections to one host, so a page in the background closes its own, and connects again when
  // it is looked at.
  function followVisibility() {
    if (document.visibilityState === "visible") {
      connect();
    } else {
      disconnect();
    }
  }

  restoreState();
  document.addEventListener("visibilitychange", followVisibility);
  addEventListener("pagehide", disconnect);
  addEventListener("pageshow", followVisibility);
  followVisibility();
  showProblems(problems);
})();
