"""`serve` flooded, confused and killed: it never dies, never shows a part of a page, and ends right."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from credsite.build.options import Options
from credsite.serve.preview import Preview
from tests.serve.conftest import PATIENCE, Served, start_server, until
from tests.support.paths import STARTER

MANY, BROKEN = 500, 50
COURSE = "content/courses/first-aid-at-work.md"
PAGE = "courses/first-aid-at-work/"


def page_text(number: int, words: str, *, valid: bool = True) -> str:
    return f"---\ntitle: {'' if valid else '['}Page {number}\nsummary: S.\n---\n{words}\n"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    running = start_server(Path(shutil.copytree(STARTER, tmp_path_factory.mktemp("robust") / "site")))
    assert running.url, running.said
    yield running
    running.end()


@contextmanager
def visited(served: Served, *paths: str) -> Iterator[list[str]]:
    """While it is entered, pages are asked for again and again; gives what was wrong with the answers."""
    wrong: list[str] = []
    ended = threading.Event()

    def visit() -> None:
        with httpx.Client(base_url=served.url, timeout=PATIENCE) as client:
            while not ended.wait(0.1):
                for path in paths:
                    answer = client.get(path)
                    if answer.status_code != 200 or not answer.text.rstrip().endswith("</html>"):
                        wrong.append(f"{path}: {answer.status_code} {answer.text[-80:]}")

    thread = threading.Thread(target=visit)
    thread.start()
    try:
        yield wrong
    finally:
        ended.set()
        thread.join()


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".credsite")
    }


def assert_right(served: Served, tmp_path: Path) -> None:
    """The preview is what a preview from nothing is, in the end."""
    ignored = shutil.ignore_patterns(".credsite")
    copy = Path(shutil.copytree(served.site, tmp_path / "copy", ignore=ignored))
    fresh = Preview(Options(copy, base_url=served.url, include_unpublished=True))
    fresh.rebuild()
    wanted, folder = files_of(fresh.folder), served.site / ".credsite/preview"
    until("the preview is right", lambda: files_of(folder).keys() == wanted.keys())
    until("the preview is right", lambda: files_of(folder) == wanted)


def test_many_files_at_once_a_renamed_folder_and_broken_files(served: Served, tmp_path: Path) -> None:
    pages = served.site / "content/pages"
    with visited(served, "", "courses/", PAGE) as wrong:
        for number in range(MANY):
            (pages / f"p{number}.md").write_text(page_text(number, "one"))
        until("the last page", lambda: served.get(f"p{MANY - 1}/").status_code == 200)
        for valid in (False, True):  # they are put right before anybody has looked, or right after
            for number in range(BROKEN):
                (pages / f"p{number}.md").write_text(page_text(number, "two", valid=valid))
        until("the first page", served.shows("p0/", "two"))
        until("the last page", served.shows(f"p{BROKEN - 1}/", "two"))
        for number in range(2, MANY):
            (pages / f"p{number}.md").unlink()
        until("the pages are gone", lambda: served.get(f"p{MANY - 1}/").status_code == 404)
        pages.rename(pages.with_name("seiten"))
        until("the folder is not known", lambda: "content/seiten/p0.md" in served.said)
        pages.with_name("seiten").rename(pages)
    assert wrong == []
    (served.site / "content/courses").rename(served.site / "content/gone")
    (served.site / "content/gone").rename(served.site / "content/courses")
    assert_right(served, tmp_path)
    assert "Traceback" not in served.said
    assert served.process.poll() is None


def test_a_half_written_file_is_never_shown(served: Served) -> None:
    file = served.site / COURSE
    text = file.read_text()
    half, rest = text[: text.index("price:")], text[text.index("price:") :]
    seen: set[str] = set()
    with file.open("w") as writing:
        writing.write(half)
        writing.flush()
        end = time.monotonic() + 1
        while time.monotonic() < end:
            seen.add(served.get(PAGE).text)
            time.sleep(0.02)
        writing.write(rest.rstrip() + "\n\nAnd it is whole.\n")
    until("the whole file", served.shows(PAGE, "And it is whole."))
    assert len(seen) == 1
    assert "price:" not in served.said
    file.write_text(text)


def test_a_file_that_cannot_be_read_for_a_while(served: Served) -> None:
    file = served.site / COURSE
    text = file.read_text()
    for number, broken in enumerate(
        (b"\xff\xfe", b"", b"---\n", b"---\n: [\n---\n", b"---\na: &a [*a]\n---\n")
    ):
        file.write_bytes(broken)
        until("the list of problems", lambda: httpx.get(served.url + "_credsite/problems").json()["id"] != "")
        assert "First Aid at Work" in served.get(PAGE).text
        file.write_text(f"{text}\nMended for the time {number}.\n")
        until("the mended page", served.shows(PAGE, f"Mended for the time {number}."))
        assert httpx.get(served.url + "_credsite/problems").json()["id"] == ""


def test_killed_in_the_middle_of_a_build(served: Served, tmp_path: Path) -> None:
    """The last test here, for it ends the server."""
    index = served.site / ".credsite/preview/index.html"
    before = index.read_bytes()
    served.write("credsite.yaml", "title: Example Short Courses", "title: Courses of Exampleton")
    until("the first page is written", lambda: index.read_bytes() != before)
    served.end()
    again = start_server(served.site)
    try:
        assert "Courses of Exampleton" in again.get(PAGE).text
        assert_right(again, tmp_path)
        assert "Traceback" not in again.said
    finally:
        again.end()
