from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from credsite.content.loader import LoadedEntries, load_entries
from credsite.content.source_files import collect_sources
from credsite.content.storage import Summary, summary_from_text
from credsite.core import parallel
from credsite.core.errors import CredsiteError
from credsite.core.hashing import digest
from credsite.core.processes import StartMethod
from credsite.schema.config import Config
from credsite.schema.kinds import Kind
from tests.support.catalogues import settings

COURSE = """\
---
title: Course {number}
summary: A course.
provider: college
industries: [health]
delivery_modes: [online]
---
About it. <blink>!</blink>
"""


def write(root: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)


def courses(count: int) -> dict[str, str]:
    return {f"content/courses/course-{number:03}.md": COURSE.format(number=number) for number in range(count)}


class CountingCache:
    """A cache that counts hits."""

    def __init__(self) -> None:
        self.stored: dict[str, tuple[bytes, bytes | None]] = {}
        self.hits = 0

    def get(self, key: str) -> Summary | None:
        if key not in self.stored:
            return None
        self.hits += 1
        return summary_from_text(self.stored[key][0])

    def text(self, key: str) -> bytes | None:
        return self.stored[key][1]

    def store(self, key: str, summary: Summary, text: bytes, entry: bytes | None) -> None:
        assert key not in self.stored
        assert summary == summary_from_text(text)
        self.stored[key] = text, entry

    def withhold(self, *_keys_and_files: object) -> None:
        raise AssertionError("loading entries withholds nothing")

    def change_texts(self, change: Callable[[bytes], bytes | None]) -> None:
        """Lose or damage the texts of entries, but not their summaries."""
        self.stored = {key: (summary, text and change(text)) for key, (summary, text) in self.stored.items()}


def content(loaded: LoadedEntries) -> tuple[object, ...]:
    """All that was read, the whole entries too."""
    entries = [loaded.loader.entry(record) for record in loaded.records]
    return loaded.records, loaded.problems, loaded.invalid_files, entries


def codes(loaded: LoadedEntries) -> list[tuple[str, str]]:
    return [(problem.code, problem.location.path) for problem in loaded.problems]


def test_all_entries_come_in_order_with_all_problems(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "content/providers/college.md": "---\ntitle: College\n---\n",
            "content/courses/b.md": "---\ntitle: x\n",
            "content/courses/a.md": COURSE,
            "content/cources/c.md": COURSE,
        },
    )
    loaded = load_entries(tmp_path, settings())
    assert [record.path for record in loaded.records] == [
        "content/courses/a.md",
        "content/providers/college.md",
    ]
    assert [source.path for source in loaded.invalid_files] == [
        "content/cources/c.md",
        "content/courses/b.md",
    ]
    assert [(record.path, record.kind) for record in loaded.partial_records] == [
        ("content/cources/c.md", Kind.COURSE),
        ("content/courses/b.md", Kind.COURSE),
    ]
    found = codes(loaded)
    assert ("unknown-folder", "content/cources/c.md") in found
    assert ("html-not-allowed", "content/courses/a.md") in found
    assert ("front-matter-unclosed", "content/courses/b.md") in found


def test_an_empty_site(tmp_path: Path) -> None:
    assert content(load_entries(tmp_path, settings())) == ((), (), (), [])


def test_the_cache_gives_the_same_with_the_problems(tmp_path: Path) -> None:
    write(tmp_path, courses(3) | {"content/courses/broken.md": "---\ntitle: x\n"})
    cache = CountingCache()
    first = load_entries(tmp_path, settings(), cache=cache)
    assert cache.hits == 0
    second = load_entries(tmp_path, settings(), cache=cache)
    assert cache.hits == 4
    assert content(second) == content(first)
    assert any(code == "html-not-allowed" for code, _ in codes(second))


def test_only_what_changed_is_read_again(tmp_path: Path) -> None:
    write(tmp_path, courses(3))
    cache = CountingCache()
    load_entries(tmp_path, settings(), cache=cache)
    changed = tmp_path / "content/courses/course-001.md"
    before = changed.stat()
    changed.write_text(changed.read_text().replace("Course 1", "Course X"))
    os.utime(changed, ns=(before.st_atime_ns, before.st_mtime_ns))
    loaded = load_entries(tmp_path, settings(), cache=cache)
    assert cache.hits == 2
    assert [record.title for record in loaded.records] == ["Course 0", "Course X", "Course 2"]


def test_equal_bytes_in_two_files_are_two_entries(tmp_path: Path) -> None:
    write(tmp_path, {"content/courses/a.md": COURSE, "content/courses/b.md": COURSE})
    cache = CountingCache()
    for _ in range(2):
        loaded = load_entries(tmp_path, settings(), cache=cache)
        assert [record.slug for record in loaded.records] == ["a", "b"]


def test_the_size_limit_is_part_of_the_key(tmp_path: Path) -> None:
    write(tmp_path, courses(1))
    cache = CountingCache()
    assert len(load_entries(tmp_path, settings(), cache=cache).records) == 1
    small = load_entries(tmp_path, settings(max_file_size="20 B"), cache=cache)
    assert small.records == ()
    assert codes(small) == [("file-too-large", "content/courses/course-000.md")]


def test_a_huge_file_is_not_read_whole(tmp_path: Path) -> None:
    write(tmp_path, courses(1))
    huge = tmp_path / "content/courses/huge.md"
    with huge.open("wb") as file:
        file.truncate(200_000_000_000)
    loaded = load_entries(tmp_path, settings())
    assert ("file-too-large", "content/courses/huge.md") in codes(loaded)
    assert len(loaded.records) == 1


def test_a_file_that_cannot_be_opened_is_a_problem(tmp_path: Path) -> None:
    write(tmp_path, courses(1))
    (tmp_path / "content/courses/gone.md").symlink_to("nowhere.md")
    (tmp_path / "content/courses/loop.md").symlink_to("loop.md")
    os.mkfifo(tmp_path / "content/courses/pipe.md")
    loaded = load_entries(tmp_path, settings())
    assert [found for found in codes(loaded) if found[0] in ("symbolic-link", "file-unreadable")] == [
        ("symbolic-link", "content/courses/gone.md"),
        ("symbolic-link", "content/courses/loop.md"),
        ("file-unreadable", "content/courses/pipe.md"),
    ]
    assert [source.slug for source in loaded.invalid_files] == ["gone", "loop", "pipe"]


@pytest.mark.parametrize("start", ["fork", "spawn"])
def test_worker_processes_give_what_one_process_gives(tmp_path: Path, start: StartMethod) -> None:
    count = parallel.MIN_ITEMS[start] + 7
    write(tmp_path, courses(count) | {"content/courses/broken.md": "---\ntitle: x\n"})
    one = content(load_entries(tmp_path, settings(), jobs=1))
    assert content(load_entries(tmp_path, settings(), jobs=2, start=start)) == one


def test_progress_ends_with_everything(tmp_path: Path) -> None:
    write(tmp_path, courses(5))
    steps: list[tuple[int, int]] = []
    load_entries(tmp_path, settings(), progress=lambda done, total: steps.append((done, total)))
    assert [total for _, total in steps] == [5] * 5
    assert [done for done, _ in steps] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("language", ["en", "fr-CA"])
def test_entries_are_in_the_language_of_the_site(tmp_path: Path, language: str) -> None:
    write(tmp_path, courses(1))
    config: Config = settings(languages=[language])
    assert [record.language for record in load_entries(tmp_path, config).records] == [language]


def test_a_pipe_is_a_problem_and_is_not_waited_for(tmp_path: Path) -> None:
    folder = tmp_path / "content" / "courses"
    folder.mkdir(parents=True)
    os.mkfifo(folder / "a.md")
    (problem,) = load_entries(tmp_path, settings()).problems
    assert (problem.code, problem.location.path) == ("file-unreadable", "content/courses/a.md")


@pytest.mark.parametrize("start", ["fork", "spawn"])
def test_files_whose_digests_were_given_and_that_have_changed_since(
    tmp_path: Path, start: StartMethod
) -> None:
    count = parallel.MIN_ITEMS[start] + 7
    write(tmp_path, courses(count))
    known = {path: digest((tmp_path / path).read_bytes()) for path in courses(count)}
    sources = collect_sources(tmp_path, settings(), digests=known)
    assert not sources.data
    changed, gone = "content/courses/course-001.md", "content/courses/course-002.md"
    write(tmp_path, {changed: COURSE.format(number="X")})
    (tmp_path / gone).unlink()
    cache = CountingCache()
    loaded = load_entries(tmp_path, settings(), sources=sources, jobs=2, start=start, cache=cache)
    assert [record.title for record in loaded.records[:3]] == ["Course 0", "Course X", "Course 3"]
    assert [source.path for source in loaded.invalid_files] == [gone]
    assert ("file-unreadable", gone) in codes(loaded)
    assert len(cache.stored) == count - 1
    # Nothing is stored under the key of bytes that are gone.
    assert content(load_entries(tmp_path, settings(), cache=cache)) == content(
        load_entries(tmp_path, settings())
    )
    assert cache.hits == count - 1


def test_a_file_that_grows_while_it_is_read_is_read_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, courses(1))
    path = tmp_path / "content/courses/course-000.md"
    text, fstat = path.read_text(), os.fstat

    def of_the_past(descriptor: int) -> os.stat_result:
        status = fstat(descriptor)
        return os.stat_result((*status[:6], 10, *status[7:]))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fstat", of_the_past)
        one, small = (
            load_entries(tmp_path, settings()),
            load_entries(tmp_path, settings(max_file_size=f"{len(text) - 1} B")),
        )
    assert content(one) == content(load_entries(tmp_path, settings()))
    assert codes(small) == [("file-too-large", "content/courses/course-000.md")]
    assert len(load_entries(tmp_path, settings(max_file_size=f"{len(text)} B")).records) == 1


# --- whole entries, each decoded when it is first asked for ------------------------------------------


def test_an_entry_is_decoded_once(tmp_path: Path) -> None:
    write(tmp_path, courses(2))
    loaded = load_entries(tmp_path, settings())
    one, other = (loaded.loader.entry(record) for record in loaded.records)
    assert (one.title, other.title) == ("Course 0", "Course 1")
    assert one.digest == loaded.records[0].digest
    assert "About it." in one.body.html
    assert loaded.loader.entry(loaded.records[0]) is one


def test_new_and_cached_entries_are_the_same(tmp_path: Path, parsed: list[str]) -> None:
    write(tmp_path, courses(2))
    cache = CountingCache()
    first = content(load_entries(tmp_path, settings(), cache=cache))
    parsed.clear()
    assert content(load_entries(tmp_path, settings(), cache=cache)) == first
    assert parsed == []


def test_nothing_is_decoded_that_nobody_asks_for(tmp_path: Path, parsed: list[str]) -> None:
    write(tmp_path, courses(2))
    cache = CountingCache()
    first = load_entries(tmp_path, settings(), cache=cache)
    cache.change_texts(lambda _text: b"nonsense")
    parsed.clear()
    assert load_entries(tmp_path, settings(), cache=cache).records == first.records
    assert parsed == []


@pytest.mark.parametrize(("let_go", "text"), [(False, "About it."), (True, "From the cache.")])
def test_texts_that_were_released_come_from_the_cache(tmp_path: Path, let_go: bool, text: str) -> None:
    write(tmp_path, courses(1))
    cache = CountingCache()
    loaded = load_entries(tmp_path, settings(), cache=cache)
    cache.change_texts(lambda known: known.replace(b"About it.", b"From the cache."))
    if let_go:
        loaded.loader.release_texts()
    assert text in loaded.loader.entry(loaded.records[0]).body.html


@pytest.mark.parametrize(
    "change",
    [lambda _text: None, lambda _text: b"nonsense", lambda text: text[:-9]],
    ids=["lost", "other", "cut"],
)
def test_an_entry_comes_from_its_file_where_the_cache_has_lost_it(
    tmp_path: Path, parsed: list[str], change: Callable[[bytes], bytes | None]
) -> None:
    write(tmp_path, courses(2))
    cache = CountingCache()
    first = content(load_entries(tmp_path, settings(), cache=cache))
    cache.change_texts(change)
    parsed.clear()
    loaded = load_entries(tmp_path, settings(), cache=cache)
    assert parsed == []
    assert content(loaded) == first
    assert content(loaded) == first
    assert parsed == ["content/courses/course-000.md", "content/courses/course-001.md"]


@pytest.mark.parametrize(
    "text", [COURSE.format(number="X"), "---\ntitle: x\n", None], ids=["other", "broken", "gone"]
)
def test_a_file_that_changes_while_the_site_is_built_is_an_error(tmp_path: Path, text: str | None) -> None:
    write(tmp_path, courses(1))
    cache = CountingCache()
    load_entries(tmp_path, settings(), cache=cache)
    cache.change_texts(lambda _text: None)
    loaded = load_entries(tmp_path, settings(), cache=cache)
    path = tmp_path / "content/courses/course-000.md"
    if text is None:
        path.unlink()
    else:
        path.write_text(text)
    with pytest.raises(CredsiteError) as told:
        loaded.loader.entry(loaded.records[0])
    said = "content/courses/course-000.md was changed while the website was being built. Build again."
    assert str(told.value) == said


def test_a_decoded_entry_stays_when_its_file_changes(tmp_path: Path) -> None:
    write(tmp_path, courses(1))
    loaded = load_entries(tmp_path, settings())
    (tmp_path / "content/courses/course-000.md").unlink()
    assert loaded.loader.entry(loaded.records[0]).title == "Course 0"


@pytest.mark.parametrize(
    "declared",
    [{}, {"fields": {"course": {"room": "text"}}}, {"vocabularies": {"levels": {"basic": "For beginners"}}}],
)
def test_another_process_has_the_same_entries_whatever_the_site_declares(
    tmp_path: Path, declared: dict[str, Any]
) -> None:
    """Also after some have been decoded here, whose models that process does not have."""
    write(tmp_path, courses(1))
    loaded = load_entries(tmp_path, settings(**declared))
    assert loaded.loader.entry(loaded.records[0]).title == "Course 0"
    copy = pickle.loads(pickle.dumps(loaded))
    assert copy.loader.entry(copy.records[0]) == loaded.loader.entry(loaded.records[0])
