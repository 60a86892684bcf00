/**
 * A video: a link with a picture until a visitor activates it. Then a player takes the place of the picture, and what
 * remains of the link leads to where the video is. Nothing of another server is loaded before.
 */

import { markContent, createElement } from "../core/dom.js";

/** @param {HTMLElement} video it has the address of a player in `data-frame`, or its link leads to a file */
export function start(video) {
  const link = video.querySelector("a");
  const note = video.querySelector(".video-note");
  const playing = new AbortController();
  const { signal } = playing;

  link.setAttribute("role", "button");
  if (note) link.setAttribute("aria-describedby", note.id);
  link.addEventListener("click", play, { signal });
  link.addEventListener("keydown", pressSpace, { signal });

  function play(/** @type {MouseEvent} */ event) {
    // In a new tab or window, a link is what is wanted.
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    playing.abort();
    document.addEventListener("securitypolicyviolation", followIfBlocked);
    const player = video.dataset.frame ? frame(video.dataset.frame) : file(link);
    label(player, video.querySelector(".video-title > span > span").textContent);
    video.querySelector(".video-picture")?.remove();
    note?.remove();
    link.removeAttribute("role");
    link.removeAttribute("aria-describedby");
    video.prepend(player);
    player.focus();
  }

  // Buttons can be pressed with the space bar, links cannot.
  function pressSpace(/** @type {KeyboardEvent} */ event) {
    if (event.key !== " ") return;
    event.preventDefault();
    link.click();
  }

  // The host's Content-Security-Policy may not know of the video yet. Then the link is as good as before.
  function followIfBlocked({ effectiveDirective, disposition }) {
    const isPlayer = effectiveDirective === "frame-src" || effectiveDirective === "media-src";
    if (isPlayer && disposition === "enforce") location.assign(link.href);
  }
}

function frame(address) {
  const player = /** @type {HTMLIFrameElement} */ (createElement("iframe", "video-player"));
  player.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
  // YouTube plays nothing without knowing the website. It does not learn which page.
  player.referrerPolicy = "strict-origin-when-cross-origin";
  player.src = address;
  return player;
}

function file(/** @type {HTMLAnchorElement} */ link) {
  const player = /** @type {HTMLVideoElement} */ (createElement("video", "video-player"));
  player.controls = true;
  player.autoplay = true;
  player.playsInline = true;
  player.tabIndex = 0;
  const picture = link.querySelector("img");
  if (picture) player.poster = picture.currentSrc || picture.src;
  player.src = link.href;
  return player;
}

function label(/** @type {HTMLElement} */ player, /** @type {string} */ title) {
  markContent(player);
  if (player.localName === "iframe") player.title = title;
  else player.setAttribute("aria-label", title);
}
