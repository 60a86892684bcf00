// The list of problems, over the page. It stands in a shadow root, so that no theme can hide or break it.

const SEEN = "credsite-preview-problems"; // whether the list was open, and which one it was
const TYPED_IN = "input, textarea, select, [contenteditable]";

let parts = null;
let wanted = "";

export async function show(id) {
  wanted = id;
  if (!id) {
    parts?.host.remove();
    parts = null;
    return;
  }
  const [answer, style] = await Promise.all([
    fetch("/_credsite/problems"),
    parts === null ? fetch("/_credsite/preview.css").then((found) => found.text()) : "",
  ]);
  const found = await answer.json();
  if (!found.id || id !== wanted) {
    return; // mended meanwhile, or there is another list already
  }
  parts ??= made(style);
  parts.chip.textContent = found.heading;
  parts.list.innerHTML = found.html; // escaped where it was made
  parts.heading.textContent = found.heading;
  parts.host.classList.toggle("urgent", found.is_urgent);
  parts.id = found.id;
  const seen = recalled();
  open(seen.id === found.id ? seen.open : found.is_urgent);
  if (seen.id !== found.id) {
    parts.status.textContent = `${found.heading} in the files of this website.`;
  }
}

function made(style) {
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
    open(true);
    close.focus();
    remember();
  });
  close.addEventListener("click", dismiss);
  document.addEventListener("keydown", escaped);
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

function open(isOpen) {
  parts.panel.hidden = !isOpen;
  parts.chip.hidden = isOpen;
  parts.chip.setAttribute("aria-expanded", String(isOpen));
}

function dismiss() {
  const hadFocus = parts.host.shadowRoot.activeElement !== null;
  open(false);
  if (hadFocus) {
    parts.chip.focus();
  }
  remember();
}

// Escape belongs first to whatever is open on the page itself, or is being typed in.
function escaped(event) {
  const isFree = !event.defaultPrevented && !event.target.closest?.(TYPED_IN) && !document.querySelector("dialog[open]");
  if (event.key === "Escape" && isFree && parts !== null && !parts.panel.hidden) {
    dismiss();
  }
}

function remember() {
  try {
    sessionStorage.setItem(SEEN, JSON.stringify({ id: parts.id, open: !parts.panel.hidden }));
  } catch {
    // Storage may be switched off: then the list opens again with the next page.
  }
}

function recalled() {
  try {
    return JSON.parse(sessionStorage.getItem(SEEN)) ?? {};
  } catch {
    return {};
  }
}
