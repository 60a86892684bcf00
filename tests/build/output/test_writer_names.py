from __future__ import annotations

import os
from pathlib import Path

import pytest

from credsite.build.output import disk
from credsite.build.output.disk import LOCK, MANIFEST, TEMPORARY, OutputError
from credsite.build.output.folder import OutputFolder
from credsite.build.output.journal import JOURNAL, MARK
from credsite.build.output.manifest import WriteSummary
from credsite.build.output.writer import write_outputs
from tests.build.output.conftest import Build, pages, planned

# --- plans that cannot be -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/a",
        "../a",
        "a/../b",
        "a//b",
        "a/",
        "./a",
        "a\\b",
        "a\0b",
        ".",
        "..",
        LOCK,
        MANIFEST,
        f"{TEMPORARY}/a",
    ],
)
def test_paths_that_lead_out_or_are_reserved(build: Build, out: Path, path: str) -> None:
    with pytest.raises(OutputError, match="no path that can be written"):
        build({"good.html": "good", path: "bad"})
    assert not (out / "good.html").exists()


@pytest.mark.parametrize(
    "path", [".well-known/did.json", "a..b/c...d", "übung/日本/index.html", "a b'\"%.html", ".nojekyll"]
)
def test_paths_that_are_good(build: Build, out: Path, path: str) -> None:
    build({path: "good"})
    assert pages(out) == {path: b"good"}


def test_two_pages_at_one_path(out: Path, site: Path) -> None:
    with OutputFolder.open(out, site) as folder, pytest.raises(OutputError, match=r"Two pages .* a\.html"):
        write_outputs(folder, planned({"a.html": "1"}) + planned({"a.html": "2"}))


def test_a_page_that_is_a_folder_too(build: Build) -> None:
    with pytest.raises(OutputError, match="a/b would be a page and a folder"):
        build({"a/b": "page", "a/b/c.html": "page"})


# --- disks that ignore case --------------------------------------------------------------------------------


@pytest.fixture
def ignoring_case(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(OutputFolder, "ignores_case", True)


@pytest.mark.usefixtures("ignoring_case")
def test_names_that_would_be_one(build: Build) -> None:
    with pytest.raises(OutputError, match="About and about would be one and the same"):
        build({"About/a.html": "a", "about/b.html": "b"})
    with pytest.raises(OutputError, match="one and the same"):
        build({"é.html": "a", "É.html": "b"})


def test_names_that_differ_in_case_are_two_elsewhere(build: Build, site: Path, out: Path) -> None:
    with OutputFolder.open(out, site) as folder:
        ignores_case = folder.ignores_case
    if ignores_case:
        with pytest.raises(OutputError):
            build({"A.html": "a", "a.html": "b"})
    else:
        assert build({"A.html": "a", "a.html": "b"}).written == 2


@pytest.mark.usefixtures("ignoring_case")
def test_a_file_of_the_old_spelling_goes_before_the_new_one_comes(
    out: Path, build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    build({"About/Team.html": "a", "other.html": "o"})
    steps: list[str] = []
    unlink, replace = os.unlink, os.replace

    def noted_unlink(path: str) -> None:
        steps.append(f"remove {Path(path).relative_to(out)}")
        unlink(path)

    def noted_replace(source: str, target: str) -> None:
        steps.append(f"write {Path(target).relative_to(out)}")
        replace(source, target)

    monkeypatch.setattr(disk.os, "unlink", noted_unlink)
    monkeypatch.setattr(disk.os, "replace", noted_replace)
    assert build({"about/Team.html": "a", "other.html": "o"}) == WriteSummary(1, 1, 0, 1)
    assert steps[:4] == [
        f"write {MARK}",
        f"write {JOURNAL}",
        "remove About/Team.html",
        "write about/Team.html",
    ]
    assert steps[4] == f"write {MANIFEST}"
    assert set(steps[5:]) == {f"remove {MARK}", f"remove {JOURNAL}"}
    assert pages(out) == {"about/Team.html": b"a", "other.html": b"o"}
