"""What somebody else has changed in the output folder, or never was credsite's, is not removed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from credsite.build.output.disk import LOCK, MANIFEST, TEMPORARY, OutputError
from credsite.build.output.folder import OutputFolder
from credsite.build.output.manifest import WriteSummary, verified_manifest, withdrawn_files
from credsite.build.output.notices import left_notice, rewritten_notice, still_there_notice
from credsite.build.output.planned_output import Output, Rendered
from credsite.build.output.writer import changed_outputs, remove_outputs, update_outputs, write_outputs
from credsite.core.stat_cache import StatCache
from tests.build.output.conftest import Build, pages, planned

HOME = {"index.html": "home"}


def everything(out: Path) -> set[str]:
    """The names of all that is in the folder; links are not followed."""
    return {path.name for path in out.iterdir()}


def claim(out: Path, *paths: str, **values: object) -> None:
    """List ``paths`` in the manifest as somebody else might."""
    data = json.loads((out / MANIFEST).read_text())
    entry = {"fingerprint": "f", "digest": "d", "size": 4, **values}
    data["files"].update(dict.fromkeys(paths, entry))
    (out / MANIFEST).write_text(json.dumps(data))


def test_a_file_that_was_changed_is_left_when_it_is_no_longer_planned(out: Path, build: Build) -> None:
    build({**HOME, "CNAME": "old.example", "gone.html": "x", "same.html": "y"})
    (out / "CNAME").write_text("new.example")
    summary = build(HOME)
    assert (summary.pruned, summary.left, summary.rewritten) == (2, ("CNAME",), ())
    assert pages(out) == {"index.html": b"home", "CNAME": b"new.example"}
    assert build(HOME).left == ()
    summary = build({**HOME, "CNAME": "old.example"})
    assert (summary.left, summary.rewritten) == ((), ("CNAME",))
    assert pages(out)["CNAME"] == b"old.example"


def test_a_file_that_was_left_is_removed_once_it_is_as_it_was_written(out: Path, build: Build) -> None:
    build({**HOME, "CNAME": "old.example"})
    (out / "CNAME").write_text("new.example")
    build(HOME)
    (out / "CNAME").write_text("old.example")
    assert build(HOME).removed == ("CNAME",)
    assert "left" not in json.loads((out / MANIFEST).read_bytes())


def test_what_must_not_be_published_is_told_of_until_it_is_gone(out: Path, site: Path, build: Build) -> None:
    files = {**HOME, "story": "s", "other": "o"}

    def write(*paths: str) -> WriteSummary:
        outputs = planned({path: files[path] for path in paths})
        with OutputFolder.open(out, site) as folder:
            return write_outputs(folder, outputs, must_go=lambda stale: {"story"}.intersection(stale))

    write(*files)
    (out / "story").write_text("changed")
    (out / "other").write_text("changed")
    first = write("index.html")
    assert (first.left, first.withdrawn) == (("other",), ("story",))
    assert withdrawn_files(out) == ["story"]
    for _ in range(2):
        again = build(HOME)
        assert (again.left, again.withdrawn) == ((), ("story",))
    assert verified_manifest(out, again.manifest, StatCache()) is None
    (out / "story").unlink()
    assert withdrawn_files(out) == []
    assert build(HOME).withdrawn == ()
    assert "withdrawn" not in json.loads((out / MANIFEST).read_bytes())


@pytest.mark.parametrize("way", ["a build", "clean"])
def test_what_must_not_be_published_is_remembered_by(out: Path, site: Path, way: str) -> None:
    with OutputFolder.open(out, site) as folder:
        write_outputs(folder, planned({**HOME, "story": "s"}))
    (out / "story").write_text("changed")
    with OutputFolder.open(out, site) as folder:
        write_outputs(folder, planned(HOME), must_go=lambda stale: stale)

    def stop(_: None) -> Rendered:
        raise ZeroDivisionError

    if way == "clean":
        remove_outputs(OutputFolder.open(out, site))
    else:
        with OutputFolder.open(out, site) as folder, pytest.raises(ZeroDivisionError):
            write_outputs(folder, [Output("index.html", "bad", stop)])
    assert withdrawn_files(out) == ["story"]


def test_after_clean_a_changed_page_is_written_again(out: Path, site: Path, build: Build) -> None:
    build({**HOME, "a": "a"})
    (out / "a").write_text("changed")
    for _ in range(2):
        remove_outputs(OutputFolder.open(out, site))
        assert everything(out) == {"a", MANIFEST}
    assert build({**HOME, "a": "new"}).rewritten == ("a",)
    assert pages(out) == {"index.html": b"home", "a": b"new"}
    remove_outputs(OutputFolder.open(out, site))
    assert everything(out) == set()


@pytest.mark.parametrize("values", [{}, {"digest": "", "fingerprint": "", "size": 0}, {"digest": ""}])
def test_what_somebody_else_has_listed_is_left(
    out: Path, build: Build, tmp_path: Path, values: dict[str, object]
) -> None:
    build(HOME)
    (tmp_path / "victim").write_text("mine")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/x").write_text("mine")
    (out / "file.txt").write_text("mine")
    (out / "empty").touch()
    (out / "folder").mkdir()
    (out / "link").symlink_to(tmp_path / "victim")
    (out / "to-folder").symlink_to(tmp_path / "outside")
    before = everything(out)
    claim(
        out,
        "file.txt",
        "empty",
        "folder",
        "link",
        "to-folder",
        "to-folder/x",
        "not-there",
        "x" * 300,
        "index.html/y",
        **values,
    )
    claim(out, "a/" * 3000 + "a", "\ud800", ".git/config", "a\nb", **values)
    assert set(build(HOME).left) == {"file.txt", "empty", "folder", "link", "to-folder", "to-folder/x"}
    assert everything(out) == before
    claim(out, "file.txt", "empty", "folder", "link", "to-folder", "to-folder/x", "x" * 300, **values)
    with OutputFolder.open(out, tmp_path / "site") as folder:
        assert set(changed_outputs(folder)) == {
            "file.txt",
            "empty",
            "folder",
            "link",
            "to-folder",
            "to-folder/x",
        }
    assert remove_outputs(OutputFolder.open(out, tmp_path / "site")) == 1
    is_kept = values.get("digest") != ""
    assert everything(out) == before - {"index.html", LOCK, MANIFEST} | {MANIFEST if is_kept else TEMPORARY}
    assert (out / "file.txt").read_text() == (tmp_path / "victim").read_text() == "mine"
    assert (tmp_path / "outside/x").read_text() == "mine"


def test_a_changed_file_makes_no_way_for_a_folder(out: Path, build: Build) -> None:
    build({"guide": "file"})
    (out / "guide").write_text("mine")
    with pytest.raises(OutputError, match=r"in the way.*\n  guide$"):
        build({"guide/index.html": "page"})
    (out / "guide").unlink()
    build({"a/b": "file"})
    (out / "a/b").write_text("mine")
    with pytest.raises(OutputError, match=r"  a/$"):
        build({"a": "page"})


def test_a_planned_file_that_was_changed_is_written_again_and_told_of(out: Path, build: Build) -> None:
    build({**HOME, "a": "a", "b": "b", "c": "c"})
    (out / "a").write_text("x")
    (out / "b").write_text("longer")
    (out / "c").unlink()
    summary = build({**HOME, "a": "a", "b": "new", "c": "c"})
    assert (summary.rewritten, summary.written) == (("a", "b"), 3)
    assert build({**HOME, "a": "other", "b": "new", "c": "c"}).rewritten == ()


@pytest.mark.parametrize("stale", [False, True])
def test_what_a_stopped_build_wrote_is_its_own(out: Path, site: Path, build: Build, stale: bool) -> None:
    build({**HOME, "a": "a"})

    def stop(_: None) -> Rendered:
        raise ZeroDivisionError

    outputs = [*planned({"a": "changed", "new": "new"}), Output("index.html", "bad", stop)]
    with OutputFolder.open(out, site) as folder, pytest.raises(ZeroDivisionError):
        write_outputs(folder, outputs)
    assert not (out / TEMPORARY).exists()
    summary = build(HOME if stale else {**HOME, "a": "more", "new": "more"})
    assert (summary.left, summary.rewritten) == ((), ())
    assert set(pages(out)) == ({"index.html"} if stale else {"index.html", "a", "new"})


def test_a_stopped_build_adopts_nothing_of_somebody_else(out: Path, site: Path, build: Build) -> None:
    build({"a": "a", "b": "b"})
    (out / "b").write_text("mine")

    def stop(_: None) -> Rendered:
        raise ZeroDivisionError

    with OutputFolder.open(out, site) as folder, pytest.raises(ZeroDivisionError):
        write_outputs(folder, [Output("a", "bad", stop), *planned({"b": "new"})])
    assert build({"a": "a"}).left == ("b",)
    assert (out / "b").read_text() == "mine"


def test_what_an_update_wrote_is_removed_later(out: Path, site: Path, build: Build) -> None:
    build({**HOME, "a": "a", "b": "b"})
    for text in ("one", "two"):
        with OutputFolder.open(out, site) as folder:
            update_outputs(folder, planned({"a": text}))
    summary = build({**HOME, "b": "b"})
    assert (summary.pruned, summary.left) == (1, ())
    assert set(pages(out)) == {"index.html", "b"}


def test_after_clean_a_folder_with_other_files_can_be_built_into(out: Path, site: Path, build: Build) -> None:
    build({**HOME, "courses/a": "a"})
    (out / "courses/mine.txt").write_text("mine")
    for _ in range(2):
        remove_outputs(OutputFolder.open(out, site))
    build({**HOME, "courses/b": "b"})
    assert pages(out) == {"index.html": b"home", "courses/b": b"b", "courses/mine.txt": b"mine"}
    remove_outputs(OutputFolder.open(out, site))
    (out / "courses/mine.txt").unlink()
    (out / "courses").rmdir()
    remove_outputs(OutputFolder.open(out, site))
    assert list(out.iterdir()) == []


def test_a_folder_git_that_is_no_repository_locks_nothing(out: Path, site: Path, build: Build) -> None:
    build(HOME)
    (out / ".git").mkdir()
    (out / ".git/config").write_text("x")
    claim(out, ".git/config")
    build({**HOME, "a": "a"})
    remove_outputs(OutputFolder.open(out, site))
    assert (out / ".git/config").read_text() == "x"
    (out / ".git/HEAD").touch()
    with pytest.raises(OutputError, match="Git repository"):
        build(HOME)


def test_the_notices_name_a_few_files_and_no_control_characters() -> None:
    assert left_notice(()) == rewritten_notice(()) == ""
    assert "`a [31m`" in left_notice(["a\x1b[31m"])
    assert still_there_notice("public", ()) == ""
    assert still_there_notice("public", ["a\x1b[31m"]).endswith("Delete it now:\n  public/a [31m")
    assert still_there_notice("public", ["b", "a"]).endswith("Delete them now:\n  public/a\n  public/b")
    text = rewritten_notice([f"page-{number}" for number in range(20)])
    assert "15 more" in text
    assert "`static/`" in text
