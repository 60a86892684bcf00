// Runs before the page is drawn, so that everything that needs scripts is there from the beginning and nothing moves.
// The only script that is not a module, because a module would run too late.
(() => {
  const root = document.documentElement;
  const script = document.currentScript;
  // Modules begin to load before the browser knows of them. The build adds to each call what the module imports.
  const preloadModules = (...paths) => {
    for (const path of paths) {
      const link = document.createElement("link");
      link.rel = "modulepreload";
      link.href = new URL(path, script.src).href;
      document.head.append(link);
    }
  };
  preloadModules("./main.js");
  if (root.dataset.preload === "list") preloadModules("./list/list.js");
  // The parameters of a list's address, as in list/state.js. The script's own element names facets of added fields.
  const keys = [
    "q", "background", "industry", "mode", "level", "cost", "duration", "pace", "timing", "start", "language",
    "provider", "credential", "place", "skill", "sort", "page",
  ];
  const added = script.dataset.facets;
  if (added) keys.push(...added.split(" "));
  root.classList.add("js");
  // Somebody may go back before the modules are there. Then this page has the address of another one, and list.js reloads.
  root.dataset.at = location.pathname + location.search;
  // The label of the share button depends on whether the system has a share menu or the link is copied.
  if (typeof navigator.share === "function") root.classList.add("shares");
  const parameters = new URLSearchParams(location.search);
  // The address asks for another list than the one in the page. That stays hidden until the right one is there.
  if (keys.some((key) => parameters.has(key))) root.classList.add("filtered");
  // By now the modules have started, unless they could not be loaded or run. Then the page works without scripts.
  document.addEventListener("DOMContentLoaded", () => {
    if (!root.classList.contains("started")) root.classList.remove("js", "filtered");
  });
})();
