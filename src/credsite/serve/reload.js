// Reloads the page when `credsite serve` has built it anew. Only the preview adds it to pages.
(() => {
  "use strict";

  const shown = document.currentScript.dataset.build;
  let stream = null;

  function listen() {
    if (stream !== null) {
      return;
    }
    stream = new EventSource("/_credsite/events");
    stream.addEventListener("build", (event) => {
      if (event.data !== shown) {
        location.reload();
      }
    });
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

  document.addEventListener("visibilitychange", follow);
  addEventListener("pagehide", rest);
  addEventListener("pageshow", follow);
  follow();
})();
