// The list of problems on top of the page. It is in a shadow root, so that no theme can hide or break it.

const STATE_KEY = "credsite-preview-problems"; // the id of the last list, and whether it was open
const FIELDS = "input, textarea, select, [contenteditable]";

let parts = null;
let requestedId = "";

export async function show(id) {
  requestedId = id;
  if (!id) {
    parts?.host.remove();
    parts = null;
    return;
  }
  const [answer, style] = await Promise.all([
    fetch("/_credsite/problems"),
    parts === null ? fetch("/_credsite/preview.css").then((response) => response.text()) : "",
  ]);
  const problems = await answer.json();
  if (!problems.id || id !== requestedId) {
    return; // fixed in the meantime, or there is a newer list already
  }
  parts ??= createOverlay(style);
  parts.chip.textContent = problems.heading;
  parts.list.innerHTML = problems.html; // the server has escaped it
  parts.heading.textContent = problems.heading;
  parts.host.classList.toggle("urgent", problems.is_urgent);
  parts.id = problems.id;
  const state = loadState();
  setOpen(state.id === problems.id ? state.open : problems.is_urgent);
  if (state.id !== problems.id) {
    parts.status.textContent = `${problems.heading} in the files of this website.`;
  }
}

function createOverlay(style) {
  const host = document.createElement("credsite-problems");
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  root.adoptedStyleSheets = [sheet];
  root.innerHTML = `
    <section class="problems" aria-label="Problems">
      <button class="chip" type="button" aria-expanded="false" aria-controls="panel"></button>
      <div class="panel" id="panel">
        <div class="bar"><h2></h2><button class="close" type="button">Close</button></div>
        <div class="list" tabindex="0" role="group" aria-label="List of problems"></div>
      </div>
    </section>
    <p class="status" role="status"></p>`;
  const [chip, close] = root.querySelectorAll("button");
  chip.addEventListener("click", () => {
    setOpen(true);
    close.focus();
    saveState();
  });
  close.addEventListener("click", dismiss);
  document.addEventListener("keydown", onKeydown);
  document.body.append(host);
  return {
    host,
    chip,
    close,
    heading: root.querySelector("h2"),
    list: root.querySelector(".list"),
    panel: root.querySelector(".panel"),
    status: root.querySelector(".status"),
    id: "",
  };
}

function setOpen(isOpen) {
  parts.panel.hidden = !isOpen;
  parts.chip.hidden = isOpen;
  parts.chip.setAttribute("aria-expanded", String(isOpen));
}

function dismiss() {
  const hadFocus = parts.host.shadowRoot.activeElement !== null;
  setOpen(false);
  if (hadFocus) {
    parts.chip.focus();
  }
  saveState();
}

// The Escape key is first for what is open on the page itself, or for a field with the focus.
function onKeydown(event) {
  const isFree = !event.defaultPrevented && !event.target.closest?.(FIELDS) && !document.querySelector("dialog[open]");
  if (event.key === "Escape" && isFree && parts !== null && !parts.panel.hidden) {
    dismiss();
  }
}

function saveState() {
  try {
    sessionStorage.setItem(STATE_KEY, JSON.stringify({ id: parts.id, open: !parts.panel.hidden }));
  } catch {
    // Storage can be disabled. Then the list opens again on the next page.
  }
}

function loadState() {
  try {
    return JSON.parse(sessionStorage.getItem(STATE_KEY)) ?? {};
  } catch {
    return {};
  }
}
