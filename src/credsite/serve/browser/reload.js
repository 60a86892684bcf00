// Shows the page as `credsite serve` has built it last, and the problems there are. Only the preview adds it to pages.
(() => {
  "use strict";

  const KEPT = "credsite-preview";
  const FIELDS = 'textarea, input:is([type="text"], [type="search"], [type="email"], [type="number"], :not([type]))';
  const PATIENCE = 3000; // milliseconds in which a page may grow to where it was scrolled to
  const { build, version, problems, listsThem } = document.currentScript.dataset;
  const shown = { build, version, problems: "" };
  let stream = null;

  performance.setResourceTimingBufferSize(10000); // else the browser forgets what a long page has loaded

  // What a reload would lose beside what browsers keep by themselves.
  function keep() {
    const state = {
      url: location.href,
      x: scrollX,
      y: scrollY,
      open: [...document.querySelectorAll("details")].map((details) => [named(details), details.open]),
      typed: [...document.querySelectorAll(FIELDS)].map((field) => [named(field), field.value]),
      focus: document.activeElement?.id ?? "",
    };
    try {
      sessionStorage.setItem(KEPT, JSON.stringify(state));
    } catch {
      // Storage may be switched off: then only what the browser keeps is kept.
    }
  }

  function named(element) {
    return element.id || element.name || element.querySelector("summary")?.textContent.trim() || "";
  }

  // Gives each element what one of the same name had; where several have one, in their order.
  function giveBack(selector, kept, give) {
    for (const element of document.querySelectorAll(selector)) {
      const at = kept.findIndex(([name]) => name === named(element));
      if (at >= 0) {
        give(element, kept.splice(at, 1)[0][1]);
      }
    }
  }

  function restore() {
    let state = null;
    try {
      state = JSON.parse(sessionStorage.getItem(KEPT));
      sessionStorage.removeItem(KEPT);
    } catch {
      return;
    }
    if (state?.url !== location.href) {
      return;
    }
    giveBack("details", state.open, (details, open) => {
      details.open = open;
    });
    giveBack(FIELDS, state.typed, (field, value) => {
      if (field.value === field.defaultValue) {
        field.value = value;
      }
    });
    if (state.focus) {
      document.getElementById(state.focus)?.focus({ preventScroll: true });
    }
    if (state.x || state.y) {
      scrollBack(state);
    }
  }

  // Scripts may fill the page later, so it is scrolled again as it grows, until somebody else scrolls it. The first time is
  // when it has been laid out, and before anybody sees it.
  function scrollBack({ x, y }) {
    const again = () => scrollTo({ left: x, top: y, behavior: "instant" });
    const growing = new ResizeObserver(again);
    const end = () => growing.disconnect();
    growing.observe(document.documentElement);
    growing.observe(document.body);
    for (const name of ["wheel", "touchstart", "pointerdown", "keydown"]) {
      addEventListener(name, end, { once: true, passive: true });
    }
    setTimeout(end, PATIENCE);
  }

  function reload() {
    keep();
    rest();
    location.reload();
  }

  // Puts the stylesheets that the page has now in the place of those that it was loaded with.
  async function restyle(wanted) {
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

  function uses(changed) {
    const loaded = performance.getEntriesByType("resource").map(({ name }) => new URL(name));
    const paths = new Set(loaded.filter(({ origin }) => origin === location.origin).map(({ pathname }) => pathname));
    return changed.some((path) => paths.has(path));
  }

  async function told(event) {
    const news = JSON.parse(event.data);
    const isNew = news.version !== "" && news.version !== shown.version;
    const [text] = news.version.split(".");
    if ((isNew && !shown.version.startsWith(`${text}.`)) || news.changed === null || uses(news.changed)) {
      reload();
      return;
    }
    shown.build = event.lastEventId;
    showProblems(news.problems);
    if (isNew) {
      await restyle(news.version);
    }
  }

  async function showProblems(id) {
    if (id === shown.problems || listsThem !== undefined) {
      return;
    }
    shown.problems = id;
    const overlay = await import("/_credsite/overlay.js");
    await overlay.show(id);
  }

  function listen() {
    if (stream !== null) {
      return;
    }
    const asked = new URLSearchParams({ page: location.pathname, build: shown.build });
    stream = new EventSource(`/_credsite/events?${asked}`);
    stream.addEventListener("build", told);
  }

  function rest() {
    stream?.close();
    stream = null;
  }

  // A browser keeps only a few connections to one host: a page that nobody sees gives its own up, and asks again
  // when it is looked at.
  function follow() {
    if (document.visibilityState === "visible") {
      listen();
    } else {
      rest();
    }
  }

  restore();
  document.addEventListener("visibilitychange", follow);
  addEventListener("pagehide", rest);
  addEventListener("pageshow", follow);
  follow();
  showProblems(problems);
})();
