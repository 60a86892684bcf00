from __future__ import annotations

import os
from pathlib import Path

import pytest

from credsite import processes
from credsite.config import Config
from credsite.content.parse import Parsed
from credsite.content.reader import Reading, read_site
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


class Notebook:
    """A memo that counts."""

    def __init__(self) -> None:
        self.known: dict[str, Parsed] = {}
        self.hits = 0

    def get(self, key: str) -> Parsed | None:
        found = self.known.get(key)
        self.hits += found is not None
        return found

    def put(self, key: str, parsed: Parsed) -> None:
        assert key not in self.known
        self.known[key] = parsed


def codes(reading: Reading) -> list[tuple[str, str]]:
    return [(problem.code, problem.place.path) for problem in reading.problems]


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
    reading = read_site(tmp_path, settings())
    assert [entry.path for entry in reading.entries] == [
        "content/courses/a.md",
        "content/providers/college.md",
    ]
    assert [source.path for source in reading.broken] == ["content/courses/b.md"]
    found = codes(reading)
    assert ("unknown-folder", "content/cources/c.md") in found
    assert ("html-not-allowed", "content/courses/a.md") in found
    assert ("front-matter-unclosed", "content/courses/b.md") in found


def test_an_empty_site(tmp_path: Path) -> None:
    assert read_site(tmp_path, settings()) == Reading((), (), ())


def test_the_memo_gives_the_same_with_the_problems(tmp_path: Path) -> None:
    write(tmp_path, courses(3) | {"content/courses/broken.md": "---\ntitle: x\n"})
    memo = Notebook()
    first = read_site(tmp_path, settings(), memo=memo)
    assert memo.hits == 0
    second = read_site(tmp_path, settings(), memo=memo)
    assert memo.hits == 4
    assert second == first
    assert any(code == "html-not-allowed" for code, _ in codes(second))


def test_only_what_changed_is_read_again(tmp_path: Path) -> None:
    write(tmp_path, courses(3))
    memo = Notebook()
    read_site(tmp_path, settings(), memo=memo)
    changed = tmp_path / "content/courses/course-001.md"
    before = changed.stat()
    changed.write_text(changed.read_text().replace("Course 1", "Course X"))
    os.utime(changed, ns=(before.st_atime_ns, before.st_mtime_ns))
    reading = read_site(tmp_path, settings(), memo=memo)
    assert memo.hits == 2
    assert [entry.title for entry in reading.entries] == ["Course 0", "Course X", "Course 2"]


def test_equal_bytes_in_two_files_are_two_entries(tmp_path: Path) -> None:
    write(tmp_path, {"content/courses/a.md": COURSE, "content/courses/b.md": COURSE})
    memo = Notebook()
    for _ in range(2):
        reading = read_site(tmp_path, settings(), memo=memo)
        assert [entry.slug for entry in reading.entries] == ["a", "b"]


def test_the_limit_counts_for_the_memo(tmp_path: Path) -> None:
    write(tmp_path, courses(1))
    memo = Notebook()
    assert len(read_site(tmp_path, settings(), memo=memo).entries) == 1
    small = read_site(tmp_path, settings(max_file_size="20 B"), memo=memo)
    assert small.entries == ()
    assert codes(small) == [("file-too-large", "content/courses/course-000.md")]


def test_a_huge_file_is_not_read_whole(tmp_path: Path) -> None:
    write(tmp_path, courses(1))
    huge = tmp_path / "content/courses/huge.md"
    with huge.open("wb") as file:
        file.truncate(200_000_000_000)
    reading = read_site(tmp_path, settings())
    assert ("file-too-large", "content/courses/huge.md") in codes(reading)
    assert len(reading.entries) == 1


def test_a_file_that_cannot_be_opened_is_a_problem(tmp_path: Path) -> None:
    write(tmp_path, courses(1))
    (tmp_path / "content/courses/gone.md").symlink_to("nowhere.md")
    (tmp_path / "content/courses/loop.md").symlink_to("loop.md")
    reading = read_site(tmp_path, settings())
    assert [found for found in codes(reading) if found[0] == "file-unreadable"] == [
        ("file-unreadable", "content/courses/gone.md"),
        ("file-unreadable", "content/courses/loop.md"),
    ]
    assert [source.slug for source in reading.broken] == ["gone", "loop"]


@pytest.mark.parametrize("start", ["fork", "spawn"])
def test_worker_processes_give_what_one_process_gives(tmp_path: Path, start: processes.Start) -> None:
    count = processes.WORTH_IT[start] + 7
    write(tmp_path, courses(count) | {"content/courses/broken.md": "---\ntitle: x\n"})
    here = read_site(tmp_path, settings(), jobs=1)
    assert read_site(tmp_path, settings(), jobs=2, start=start) == here


def test_progress_ends_with_everything(tmp_path: Path) -> None:
    write(tmp_path, courses(5))
    steps: list[tuple[int, int]] = []
    read_site(tmp_path, settings(), progress=lambda done, total: steps.append((done, total)))
    assert [total for _, total in steps] == [5] * 5
    assert [done for done, _ in steps] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("language", ["en", "fr-CA"])
def test_entries_are_in_the_language_of_the_site(tmp_path: Path, language: str) -> None:
    write(tmp_path, courses(1))
    config: Config = settings(languages=[language])
    assert [entry.language for entry in read_site(tmp_path, config).entries] == [language]


def test_a_pipe_is_a_problem_and_is_not_waited_for(tmp_path: Path) -> None:
    folder = tmp_path / "content" / "courses"
    folder.mkdir(parents=True)
    os.mkfifo(folder / "a.md")
    (problem,) = read_site(tmp_path, settings()).problems
    assert (problem.code, problem.place.path) == ("file-unreadable", "content/courses/a.md")
