// Runs before anything is drawn, so that what needs scripts is there from the start and nothing jumps.
// The only script that is no module: a module would come too late.
(() => {
  const root = document.documentElement;
  const keys = [
    "q", "background", "industry", "mode", "level", "cost", "duration", "pace", "timing", "start", "language",
    "provider", "credential", "skill", "sort", "page",
  ];
  root.classList.add("js");
  // Who goes back before the modules have come stays on this page, at the address of another.
  root.dataset.at = location.pathname + location.search;
  // Whether the system has a menu to share with, or a link is copied: the button says which.
  if (typeof navigator.share === "function") root.classList.add("shares");
  const asked = new URLSearchParams(location.search);
  // The list in the page is not the one that the address asks for: its place is kept until that one is there.
  if (keys.some((key) => asked.has(key))) root.classList.add("filtered");
  // By then a module has run, unless it could not be loaded or understood. The page then goes on without scripts.
  document.addEventListener("DOMContentLoaded", () => {
    if (!root.classList.contains("started")) root.classList.remove("js", "filtered");
  });
})();
