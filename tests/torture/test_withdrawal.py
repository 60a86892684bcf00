"""Traces of withdrawn learners.

Every field of a story holds a word that is nowhere else, and its photograph is like no other. After the story has been
withdrawn, every byte of the site's folder is searched, except its content: packed values are unpacked first.
"""

from __future__ import annotations

import base64
import gzip
import json
import re
import shutil
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote, unquote

import pytest

from credsite.audit.links.answer_cache import save_answers
from credsite.audit.links.request import Answer
from credsite.build.options import Options
from credsite.build.pipeline import build
from credsite.build.state_dir import PREVIEW_FOLDER
from credsite.core.user_cache import user_cache_folder
from credsite.serve.preview import Preview
from tests.support.files import text_replaced
from tests.support.sequences import NOW
from tests.support.small_site import small_site
from tests.torture.trials import Trials

PROMISE = (
    "Once a story is withdrawn, held back or deleted, the next build leaves no word of it, no photograph and no address "
    "outside `content/`, even where errors stop that build."
)

STORY = "content/stories/qzaddress.md"
PHOTO = "content/stories/qzphotoname.svg"
COURSE = "content/courses/payroll.md"
TEXT = """\
---
title: Qztitle
summary: How qzsummary fared.
learner: {name: Qzlearner, location: Qztown}
courses: [interviews, spreadsheets, payroll]
background: [newcomer]
before: Qzbefore
after: Qzafter
quote: I would qzquote it again.
highs: [A qzhigh]
lows: [A qzlow]
image: {src: qzphotoname.svg, alt: A qzalt}
aliases: [/qzalias/]
consent: {given: 2026-02-04, expires: 2029-04-09}
---
It began with qzbody, at [qzlink](https://qzhost.test/qzpath).

## A qzheading

![A qzalternative](qzphotoname.svg)
"""
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="77" height="33"><title>qzpixels</title></svg>\n'
TRACE = re.compile(rb"qz[a-z]+", re.IGNORECASE)

Edit = Callable[[Path], object]


def deleted(site: Path) -> None:
    (site / STORY).unlink()
    (site / PHOTO).unlink()


def with_other_words(site: Path) -> None:
    """All words are gone from the text, and the photograph too."""
    (site / PHOTO).unlink()
    text = re.sub("image: .*\n|aliases: .*\n|!\\[.*\n", "", TEXT)
    (site / STORY).write_text(
        re.sub("(?i)qz[a-z]+", "other", text).replace("[other](https://other.test/other)", "it")
    )
    (site / STORY).rename(site / "content/stories/other.md")


WITHDRAWALS: dict[str, Edit] = {
    "withdrawn": text_replaced(STORY, "expires: 2029-04-09", "withdrawn: 2026-11-01"),
    "consent removed": text_replaced(STORY, "consent: {given: 2026-02-04, expires: 2029-04-09}\n", ""),
    "consent expired": text_replaced(STORY, "2029-04-09", "2026-11-01"),
    "draft": text_replaced(STORY, "before:", "draft: true\nbefore:"),
    "expired": text_replaced(STORY, "before:", "expires_at: 2026-11-01\nbefore:"),
    "deleted": deleted,
    "unreadable": text_replaced(STORY, "consent: {", "consent {"),
    "with an error": text_replaced(STORY, "highs:", "heighs:"),
    "other words": with_other_words,
}
BEFORE: dict[str, Callable[[Options], object]] = {
    "build": build,
    "two outputs": lambda options: build(replace(options, output=options.root / "elsewhere")),
    "preview": lambda options: Preview(replace(options, include_unpublished=True)).rebuild(),
    "preview on a network": lambda options: Preview(options, is_shared=True).rebuild(),
    "links": lambda options: save_answers(
        options.root,
        {"https://qzhost.test/qzpath": (NOW.astimezone(), Answer("good", "", ""))},
        ["https://qzhost.test/qzpath"],
    ),
    "killed": lambda options: _leave_temporary_files(options),
}
BROKEN: dict[str, Edit] = {
    "": Path.resolve,
    "course": text_replaced(COURSE, "duration: ", "duration: many "),
    "settings": text_replaced("credsite.yaml", "page_size: 3", "page_size: three"),
}


def _leave_temporary_files(options: Options) -> None:
    """What builds that were killed may leave behind."""
    (options.output_folder / ".credsite-tmp").mkdir(exist_ok=True)
    (options.output_folder / ".credsite-tmp/file").write_text(TEXT)
    (options.output_folder / ".credsite-tmp/file-123").write_text(TEXT)


def traces(site: Path) -> list[str]:
    """Where there is anything left of the story: file, and word."""
    found: set[str] = set()
    roots = [site, user_cache_folder()]
    for root in filter(None, roots):
        for path in root.rglob("*"):
            name = path.relative_to(root).as_posix()
            if name.startswith(("content/", "elsewhere/")) and root == site:
                continue
            texts = [name.encode(), *(_decoded(path) if path.is_file() else ())]
            found |= {f"{name}: {word.decode()}" for text in texts for word in TRACE.findall(text)}
    return sorted(found)


def _decoded(path: Path) -> Iterator[bytes]:
    data = path.read_bytes()
    yield from _unpacked(data)
    if data.startswith(b"SQLite format 3"):
        with closing(sqlite3.connect(path)) as connection:
            for (table,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table'"
            ).fetchall():
                for row in connection.execute(f"SELECT * FROM {table}"):
                    for value in row:
                        yield from _unpacked(value if isinstance(value, bytes) else str(value).encode())


def _unpacked(data: bytes) -> Iterator[bytes]:
    """The bytes themselves, and what they may be packed from."""
    yield data
    yield unquote(data.decode("utf-8", "replace")).encode()
    yield data.replace(b"\0", b"")  # UTF-16
    for unpack in (gzip.decompress, zlib.decompress, base64.b64decode):
        with suppress(Exception):
            yield unpack(data)
    with suppress(ValueError):
        yield json.dumps(json.loads(data), ensure_ascii=False).encode()


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("withdrawal")
    site = small_site(folder)
    (site / STORY).write_text(TEXT)
    (site / PHOTO).write_text(PICTURE)
    assert build(Options(site, now=NOW)).report is not None
    shutil.copytree(site, folder / "copy")
    return folder


def test_traces_are_found_at_all(published: Path) -> None:
    """Every word is published and cached, so that the search would find it."""
    site = _restored(published)
    words = {trace.rpartition(": ")[2].lower() for trace in traces(site)}
    assert {word.decode().lower() for word in TRACE.findall((TEXT + PICTURE).encode())} <= words
    assert len(quote("qz")) == 2


def test_nothing_stays(published: Path, trials: Trials, whole: bool) -> None:
    for number, (withdrawal, before, broken) in enumerate(
        (one, two, three) for one in WITHDRAWALS for two in BEFORE for three in BROKEN
    ):
        if not whole and number % 17:
            continue
        if withdrawal == "other words" and broken:
            continue  # an edit is no withdrawal: the published version stays until the errors are fixed
        with trials(f"{withdrawal}, after {before}, broken: {broken or 'nothing'}"):
            site = _restored(published)
            options = Options(site, now=NOW)
            BEFORE[before](options)
            WITHDRAWALS[withdrawal](site)
            BROKEN[broken](site)
            result = build(options)
            if "error" not in withdrawal and withdrawal != "unreadable":
                assert (result.report is None) == bool(broken)
            assert traces(site) == []
            build(options)
            assert traces(site) == []


def test_nothing_stays_of_a_story_that_was_withdrawn_before_its_preview(
    published: Path, trials: Trials
) -> None:
    for killed in (False, True):
        with trials(f"killed: {killed}"):
            site = _restored(published)
            WITHDRAWALS["withdrawn"](site)
            preview = Preview(Options(site, now=NOW, include_unpublished=True))
            preview.rebuild()
            assert (site / PREVIEW_FOLDER / "stories/qzaddress/index.html").exists()
            if not killed:
                preview.remove_unpublished()
            build(Options(site, now=NOW))
            assert traces(site) == []


def _restored(published: Path) -> Path:
    site = published / "site"
    shutil.rmtree(site)
    shutil.copytree(published / "copy", site)
    return site
