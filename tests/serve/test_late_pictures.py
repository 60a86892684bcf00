"""The preview makes pictures when a browser asks for them."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from credsite.build.options import Options
from credsite.content import image_encoding
from credsite.serve import late_pictures
from credsite.serve.app import create_app
from credsite.serve.live_reload import EventStreams
from credsite.serve.preview import Preview
from tests.serve.test_watcher import run
from tests.support.photos import SECRET, metadata, photo
from tests.support.sequences import NOW
from tests.support.small_site import small_site

STORY = "content/stories/story-0.md"
PAGE = "stories/story-0/index.html"
PICTURE = re.compile(r"/(images/stories/(?:ana|copy)-\d+\.[0-9a-f]{10}\.\w+)")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = small_site(tmp_path)
    (root / "content/stories/ana.jpg").write_bytes(photo("JPEG", (900, 600)))
    text = (root / STORY).read_text()
    (root / STORY).write_text(text.replace("---\n", "---\nimage: {src: ana.jpg, alt: Seen}\n", 1))
    return root


@pytest.fixture
def encoded(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    made: list[int] = []
    encode = image_encoding.encoded_files

    def counted(data: bytes, variants: Any, quality: int) -> list[bytes]:
        made.append(len(variants))
        return encode(data, variants, quality)

    monkeypatch.setattr(image_encoding, "encoded_files", counted)
    return made


def preview_of(site: Path, *, is_shared: bool = False) -> Preview:
    preview = Preview(Options(site, now=NOW), is_shared=is_shared)
    assert preview.rebuild().summary is not None
    return preview


def get(preview: Preview, path: str) -> httpx.Response:
    app = create_app(preview, EventStreams(preview), "127.0.0.1")

    async def answer() -> httpx.Response:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
            return await client.get(path)

    return run(answer)


def pictures_on(preview: Preview) -> list[str]:
    return sorted(set(PICTURE.findall((preview.folder / PAGE).read_text())))


def test_a_preview_is_there_before_its_pictures(site: Path, encoded: list[int]) -> None:
    preview = preview_of(site)
    assert encoded == []
    assert list((preview.folder / "images").rglob("ana*")) == []
    assert not (site / ".credsite/pictures").exists()
    first, *others = pictures_on(preview)
    assert others
    data = preview.pictures.get(first)
    assert encoded == [1]
    assert preview.pictures.get(first) == data
    assert encoded == [1]


def test_what_a_browser_gets_has_no_metadata(site: Path, tmp_path: Path) -> None:
    preview = preview_of(site, is_shared=True)
    for path in pictures_on(preview):
        answer = get(preview, f"/{path}")
        assert (answer.status_code, answer.headers["content-type"].partition("/")[0]) == (200, "image")
        assert SECRET not in answer.content
        (tmp_path / path.rpartition("/")[2]).write_bytes(answer.content)
    found = metadata(tmp_path.glob("ana-*"))
    assert len(found) > 3
    assert not any(found.values())
    assert get(preview, "/images/stories/ana-320.0123456789.jpg").status_code == 404


def test_two_pictures_with_the_same_bytes_are_both_shown(site: Path) -> None:
    (site / "content/stories/copy.jpg").write_bytes((site / "content/stories/ana.jpg").read_bytes())
    with (site / STORY).open("a") as text:
        text.write("\n![The same](copy.jpg)\n")
    preview = preview_of(site)
    ours, others = (
        next(path for path in pictures_on(preview) if f"/{name}-" in path) for name in ("ana", "copy")
    )
    assert preview.pictures.get(ours)
    assert preview.pictures.get(others)


def test_a_picture_that_is_shown_in_another_place_too_has_the_files_for_that(site: Path) -> None:
    picture, photograph = "---\nimage: {src: ana.jpg, alt: Seen}\n", "learner: {photo: ana.jpg, "
    text = (site / STORY).read_text().replace("learner: {", photograph)
    (site / STORY).write_text(text.replace(picture, "---\n"))
    preview = preview_of(site)
    small = pictures_on(preview)
    (site / STORY).write_text(text)
    preview.rebuild({STORY})
    added = sorted(set(pictures_on(preview)) - set(small))
    assert added
    assert preview.pictures.get(added[0])


def test_a_withdrawn_picture_is_gone_at_once(site: Path) -> None:
    preview = preview_of(site, is_shared=True)
    path = pictures_on(preview)[0]
    assert preview.pictures.get(path)
    text = (site / STORY).read_text()
    (site / STORY).write_text(text.replace("consent: {", "consent: {withdrawn: 2026-11-01, "))
    preview.rebuild({STORY})
    assert preview.pictures.get(path) is None


def test_a_damaged_picture_stops_nothing_else(site: Path) -> None:
    preview = preview_of(site)
    (site / "content/stories/ana.jpg").write_bytes(b"damaged")
    assert get(preview, f"/{pictures_on(preview)[0]}").status_code == 500
    assert get(preview, "/stories/story-0/").status_code == 200


def test_several_browsers_have_a_picture_made_once(site: Path, encoded: list[int]) -> None:
    preview = preview_of(site)
    path = pictures_on(preview)[0]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(preview.pictures.get, [path] * 8))
    assert len(set(found)) == 1
    assert len(encoded) <= 2


def test_only_so_many_pictures_are_remembered(
    site: Path, encoded: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(late_pictures, "_MAX_MEMORY", 1)
    preview = preview_of(site)
    path = pictures_on(preview)[0]
    assert preview.pictures.get(path) == preview.pictures.get(path)
    assert len(encoded) == 2
