"""The player that shows a video on a page: that of YouTube or Vimeo in a frame, or the browser's own for a file.

Sources: https://developers.google.com/youtube/player_parameters, https://developer.vimeo.com/player/sdk/embed.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import SplitResult, parse_qs, urlencode, urlsplit

from credsite.site.views import VideoPlayer

_YOUTUBE: Final = frozenset({"youtube.com", "m.youtube.com", "youtube-nocookie.com"})
_YOUTUBE_PATH: Final = re.compile(r"/(?:embed|live|shorts|v)/([\w-]{11})/?", re.ASCII)
_YOUTUBE_ID: Final = re.compile(r"[\w-]{11}", re.ASCII)
_START: Final = re.compile(r"(?:(\d{1,3})h)?(?:(\d{1,4})m)?(?:(\d{1,6})s?)?", re.ASCII)
_VIMEO_PATH: Final = re.compile(r"/(?:video/|channels/[\w-]+/)?(\d{1,12})(?:/([0-9a-f]{1,40}))?/?", re.ASCII)
_FILE: Final = re.compile(r".*\.(?:mp4|webm)", re.IGNORECASE)
_HOST: Final = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*")


def video_player(url: str) -> VideoPlayer | None:
    """The player for the video at ``url``, a web address or one of the site; None where there is only a link to it."""
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").removeprefix("www."), parts.port
    except ValueError:
        return None
    if not host:
        return VideoPlayer(is_file=True) if _FILE.fullmatch(parts.path) else None
    if host in _YOUTUBE or host == "youtu.be":
        return _youtube(host, parts)
    if host in ("vimeo.com", "player.vimeo.com"):
        return _vimeo(parts)
    if not _FILE.fullmatch(parts.path) or not _HOST.fullmatch(parts.hostname or ""):
        return None
    server = f"{parts.hostname}:{port}" if port else parts.hostname or ""
    return VideoPlayer(is_file=True, server=server, origin=f"{parts.scheme}://{server}")


def _youtube(host: str, parts: SplitResult) -> VideoPlayer | None:
    asked = parse_qs(parts.query)
    id_ = asked.get("v", [""])[0] if parts.path == "/watch" else ""
    if host == "youtu.be":
        id_ = parts.path.strip("/")
    elif found := _YOUTUBE_PATH.fullmatch(parts.path):
        id_ = found[1]
    if not _YOUTUBE_ID.fullmatch(id_):
        return None
    values = {"autoplay": 1}
    if start := _seconds((asked.get("t") or asked.get("start") or [""])[0]):
        values["start"] = start
    return _frame("www.youtube-nocookie.com", f"embed/{id_}?{urlencode(values)}")


def _seconds(text: str) -> int:
    """The seconds of a time in a YouTube address, such as `90` or `1m30s`; 0 where it is none."""
    found = _START.fullmatch(text)
    hours, minutes, seconds = (int(one or 0) for one in found.groups()) if found else (0, 0, 0)
    return (hours * 60 + minutes) * 60 + seconds


def _vimeo(parts: SplitResult) -> VideoPlayer | None:
    found = _VIMEO_PATH.fullmatch(parts.path)
    if found is None:
        return None
    # Videos that are not listed have a second part, which the player needs too.
    key = found[2] or parse_qs(parts.query).get("h", [""])[0]
    values = {**({"h": key} if key else {}), "dnt": 1, "autoplay": 1}
    return _frame("player.vimeo.com", f"video/{found[1]}?{urlencode(values)}")


def _frame(server: str, path: str) -> VideoPlayer:
    origin = f"https://{server}"
    return VideoPlayer(frame=f"{origin}/{path}", server=server, origin=origin)
