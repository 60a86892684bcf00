"""Which player shows a video, and from which server."""

from __future__ import annotations

import pytest

from credsite.site.video_players import video_player

ID = "0123456-_9a"
YOUTUBE = f"https://www.youtube-nocookie.com/embed/{ID}?autoplay=1"
VIMEO = "https://player.vimeo.com/video/76979871?"


@pytest.mark.parametrize(
    ("url", "frame"),
    [
        (f"https://www.youtube.com/watch?v={ID}", YOUTUBE),
        (f"HTTPS://WWW.YouTube.com/watch?list=a&v={ID}&t=1m30s", f"{YOUTUBE}&start=90"),
        (f"https://youtu.be/{ID}?t=42", f"{YOUTUBE}&start=42"),
        (f"https://youtu.be/{ID}?t=soon", YOUTUBE),
        (f"http://m.youtube.com/shorts/{ID}", YOUTUBE),
        (f"https://www.youtube-nocookie.com/embed/{ID}?start=7", f"{YOUTUBE}&start=7"),
        ("https://vimeo.com/76979871", f"{VIMEO}dnt=1&autoplay=1"),
        ("https://vimeo.com/76979871/0a1b2c", f"{VIMEO}h=0a1b2c&dnt=1&autoplay=1"),
        ("https://vimeo.com/channels/staff/76979871", f"{VIMEO}dnt=1&autoplay=1"),
        ("https://player.vimeo.com/video/76979871?h=a%26b", f"{VIMEO}h=a%26b&dnt=1&autoplay=1"),
    ],
)
def test_known_services_play_in_a_frame(url: str, frame: str) -> None:
    player = video_player(url)
    assert player is not None
    assert (player.frame, player.is_file) == (frame, False)
    assert player.origin == f"https://{player.server}"
    assert frame.startswith(f"{player.origin}/")


@pytest.mark.parametrize(
    ("url", "server", "origin"),
    [
        ("/films/a day.mp4", "", ""),
        ("https://media.test/day.WEBM?size=small", "media.test", "https://media.test"),
        ("http://me:secret@media.test:8080/day.mp4#t=5", "media.test:8080", "http://media.test:8080"),
    ],
)
def test_the_browser_plays_files(url: str, server: str, origin: str) -> None:
    player = video_player(url)
    assert player is not None
    assert (player.frame, player.is_file, player.server, player.origin) == ("", True, server, origin)


@pytest.mark.parametrize(
    "url",
    [
        "https://www.youtube.com/playlist?list=abc",
        f"https://www.youtube.com/watch?v={ID}x",
        f"https://youtube.com.evil.test/watch?v={ID}",
        f'https://www.youtube.com/embed/{ID[:-1]}"',
        "https://vimeo.com/about",
        "https://vimeo.com/channels/staff",
        "https://tube.test/w/abc",
        "https://media.test/day.avi",
        "https://media.test;script-src/day.mp4",
        "https://media.test:port/day.mp4",
        "https://[media/day.mp4",
        "/films/",
    ],
)
def test_anything_else_is_a_link(url: str) -> None:
    assert video_player(url) is None
