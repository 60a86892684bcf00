from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from credsite.build.output import disk
from credsite.build.output.disk import MANIFEST, TEMPORARY, OutputError
from credsite.build.output.folder import OutputFolder
from credsite.build.output.manifest import WriteSummary
from credsite.build.output.planned_output import Output, Put, Rendered, WrittenOutput, render_here
from credsite.build.output.writer import remove_outputs, update_outputs, write_outputs
from tests.build.output.conftest import Build, build_to, content, pages, planned, rendering

SITE = {"index.html": "home", "courses/a/index.html": "a", "courses/b/index.html": "b"}


def listed(folder: Path) -> set[str]:
    return set(json.loads((folder / MANIFEST).read_text())["files"])


# --- writing, keeping, pruning -----------------------------------------------------------------------------


def test_everything_is_written_and_nothing_else(out: Path, build: Build) -> None:
    assert build(SITE) == WriteSummary(written=3, skipped=0, unchanged=0, pruned=0)
    assert pages(out) == {path: text.encode() for path, text in SITE.items()}
    assert listed(out) == set(SITE)


def test_what_has_not_changed_is_neither_rendered_nor_written(out: Path, build: Build) -> None:
    build(SITE)
    times = {path: (out / path).stat().st_mtime_ns for path in [*SITE, MANIFEST]}
    rendered: list[str] = []
    assert build(SITE, rendered) == WriteSummary(written=0, skipped=3, unchanged=0, pruned=0)
    assert rendered == []
    assert {path: (out / path).stat().st_mtime_ns for path in times} == times


def test_only_what_is_new_is_rendered(out: Path, build: Build) -> None:
    build(SITE)
    rendered: list[str] = []
    assert build({**SITE, "index.html": "new"}, rendered) == WriteSummary(1, 2, 0, 0)
    assert rendered == ["index.html"]
    assert (out / "index.html").read_text() == "new"


def test_equal_bytes_are_not_written_again(out: Path, site: Path, build: Build) -> None:
    build(SITE)
    inode = (out / "index.html").stat().st_ino
    with OutputFolder.open(out, site) as folder:
        outputs = [
            Output(path, "another", lambda _, text=text: Rendered(text.encode(), "another"))
            for path, text in SITE.items()
        ]
        assert write_outputs(folder, outputs) == WriteSummary(written=0, skipped=0, unchanged=3, pruned=0)
        assert write_outputs(folder, outputs) == WriteSummary(written=0, skipped=3, unchanged=0, pruned=0)
    assert (out / "index.html").stat().st_ino == inode


def test_an_empty_fingerprint_is_always_rendered(out: Path, site: Path) -> None:
    with OutputFolder.open(out, site) as folder:
        outputs = [Output("a.html", "", lambda _: Rendered(b"a", ""))]
        assert write_outputs(folder, outputs).written == 1
        assert write_outputs(folder, outputs) == WriteSummary(written=0, skipped=0, unchanged=1, pruned=0)


def test_a_fingerprint_that_is_known_only_when_rendered_is_kept(out: Path, site: Path) -> None:
    def outputs(known: str) -> list[Output]:
        return [Output("a.html", lambda: known, lambda _: Rendered(b"a", "print"))]

    with OutputFolder.open(out, site) as folder:
        assert write_outputs(folder, outputs("")).written == 1
        assert write_outputs(folder, outputs("print")) == WriteSummary(
            written=0, skipped=1, unchanged=0, pruned=0
        )
        assert write_outputs(folder, outputs("another")) == WriteSummary(
            written=0, skipped=0, unchanged=1, pruned=0
        )


def test_a_fingerprint_is_asked_for_once_and_only_where_one_is_listed(out: Path, site: Path) -> None:
    asked: list[str] = []

    def output(path: str) -> Output:
        def known() -> str:
            asked.append(path)
            return "print of a"

        return Output(path, known, lambda _: rendering("a"))

    with OutputFolder.open(out, site) as folder:
        write_outputs(folder, planned({"a.html": "a"}))
        assert write_outputs(folder, map(output, ["a.html", "b.html"])).skipped == 1
    assert asked == ["a.html"]


def test_notes_come_home_from_what_was_rendered(out: Path, site: Path) -> None:
    noted: list[tuple[str, Mapping[str, str]]] = []

    def render_all(put: Put, outputs: Sequence[Output]) -> Iterator[WrittenOutput]:
        for made in render_here(put, outputs):
            noted.append((next(iter(made.entries)), made.lookups))
            yield made

    def output(path: str, fingerprint: str) -> Output:
        return Output(path, fingerprint, lambda _: Rendered(b"a", fingerprint, {"of": path}))

    with OutputFolder.open(out, site) as folder:
        write_outputs(folder, [output("a.html", "1"), output("b.html", "1")], render_all=render_all)
        assert noted == [("a.html", {"of": "a.html"}), ("b.html", {"of": "b.html"})]
        noted.clear()
        write_outputs(folder, [output("a.html", "1"), output("b.html", "2")], render_all=render_all)
    assert noted == [("b.html", {"of": "b.html"})]  # though its bytes were the same


PAIR = {"a.html": "a", "a.html.beside": "its dates", "b.html": "b"}


def test_files_that_are_made_in_one_go_are_kept_and_made_together(out: Path, build: Build) -> None:
    rendered: list[str] = []
    assert build(PAIR, rendered) == WriteSummary(written=3, skipped=0, unchanged=0, pruned=0)
    assert rendered == ["a.html", "b.html"]
    assert pages(out) == {path: text.encode() for path, text in PAIR.items()}
    assert listed(out) == set(PAIR)
    assert build(PAIR) == WriteSummary(written=0, skipped=3, unchanged=0, pruned=0)
    rendered.clear()
    assert build(PAIR | {"a.html.beside": "others"}, rendered) == WriteSummary(1, 1, 1, 0)
    assert rendered == ["a.html"]
    assert (out / "a.html.beside").read_text() == "others"


@pytest.mark.parametrize("path", ["a.html", "a.html.beside"])
@pytest.mark.parametrize("harm", ["missing", "changed"])
def test_where_one_of_them_was_touched_it_is_mended(out: Path, build: Build, path: str, harm: str) -> None:
    build(PAIR)
    if harm == "missing":
        (out / path).unlink()
    else:
        (out / path).write_text("XXX")
    assert build(PAIR) == WriteSummary(written=1, skipped=1, unchanged=1, pruned=0)
    assert pages(out) == {path: text.encode() for path, text in PAIR.items()}


def test_one_of_them_comes_or_goes(out: Path, build: Build) -> None:
    build({"a.html": "a"})
    assert build({"a.html": "a", "a.html.beside": "x"}) == WriteSummary(
        written=1, skipped=0, unchanged=1, pruned=0
    )
    assert build({"a.html": "a"}) == WriteSummary(written=0, skipped=0, unchanged=1, pruned=1)
    assert listed(out) == {"a.html"}


def test_one_of_them_stands_in_the_way_of_nobody(out: Path, build: Build) -> None:
    out.mkdir()
    (out / "a.html.beside").write_text("foreign")
    with pytest.raises(OutputError, match=r"a\.html\.beside"):
        build(PAIR)
    assert content(out) == {"a.html.beside": b"foreign"}


def test_where_the_manifest_is_lost_both_are_taken_for_own(out: Path, build: Build) -> None:
    build(PAIR)
    (out / MANIFEST).write_text("nonsense")
    (out / "b.html").unlink()
    found = build(PAIR)
    assert (found.written, found.skipped, found.unchanged, found.pruned) == (1, 0, 2, 0)
    assert pages(out) == {path: text.encode() for path, text in PAIR.items()}


def test_two_may_not_have_the_same_file(out: Path, site: Path) -> None:
    outputs = [*planned(PAIR), Output("a.html.beside", "x", lambda _: rendering("x"))]
    with OutputFolder.open(out, site) as folder, pytest.raises(OutputError, match="Two pages"):
        write_outputs(folder, outputs)


def test_an_update_writes_what_differs_of_them(out: Path, site: Path, build: Build) -> None:
    build(PAIR)
    with OutputFolder.open(out, site) as folder:
        found = update_outputs(folder, planned({"a.html": "a", "a.html.beside": "others"}))
    assert found == WriteSummary(written=1, skipped=0, unchanged=1, pruned=0)
    assert (out / "a.html.beside").read_text() == "others"


@pytest.mark.parametrize("harm", ["same size", "longer", "missing", "link", "unreadable"])
def test_an_own_file_that_was_touched_is_mended(out: Path, build: Build, tmp_path: Path, harm: str) -> None:
    build(SITE)
    target = out / "index.html"
    if harm == "same size":
        target.write_text("XXXX")
    elif harm == "longer":
        target.write_text("longer")
    elif harm == "unreadable":
        target.chmod(0)
        target.write_text("XXXX") if os.access(target, os.W_OK) else None
    else:
        target.unlink()
    if harm == "link":
        (tmp_path / "victim").write_text("home")
        target.symlink_to(tmp_path / "victim")
    build(SITE)
    assert pages(out) == {path: text.encode() for path, text in SITE.items()}
    assert not target.is_symlink()
    if harm == "link":
        assert (tmp_path / "victim").read_text() == "home"


def test_stale_files_and_their_empty_folders_are_pruned(out: Path, build: Build) -> None:
    build({**SITE, "courses/b/deep/er/x.html": "x"})
    assert build({"index.html": "home", "courses/a/index.html": "a"}).pruned == 2
    assert pages(out) == {"index.html": b"home", "courses/a/index.html": b"a"}
    assert listed(out) == {"index.html", "courses/a/index.html"}


def test_a_build_of_nothing_leaves_nothing(out: Path, build: Build) -> None:
    build(SITE)
    assert build({}) == WriteSummary(0, 0, 0, 3)
    assert pages(out) == {}


def test_files_are_readable_like_any_new_file(out: Path, build: Build) -> None:
    build(SITE)
    mask = os.umask(0)
    os.umask(mask)
    assert (out / "index.html").stat().st_mode & 0o777 == 0o666 & ~mask


def test_the_temporary_folder_goes_and_so_does_what_a_stopped_build_left_in_it(
    out: Path, build: Build
) -> None:
    build(SITE)
    (out / TEMPORARY).mkdir()
    (out / TEMPORARY / "file").write_text("half a page")
    build({**SITE, "index.html": "new"})
    assert not (out / TEMPORARY).exists()


# --- foreign files -----------------------------------------------------------------------------------------


def test_foreign_files_survive(out: Path, build: Build) -> None:
    build(SITE)
    foreign = {"mine.txt": "1", "courses/b/mine.txt": "2", "courses/mine/index.html": "3"}
    for path, text in foreign.items():
        (out / path).parent.mkdir(exist_ok=True)
        (out / path).write_text(text)
    (out / "courses/empty").mkdir()
    build({"index.html": "home"})
    assert pages(out) == {
        "index.html": b"home",
        "courses/empty": None,
        **{path: text.encode() for path, text in foreign.items()},
    }


def test_all_foreign_files_at_planned_paths_are_named_before_anything_is_written(
    out: Path, build: Build
) -> None:
    build(SITE)
    for path in ("x.html", "courses/c/index.html", "folder/is/here"):
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_text("mine")
    (out / "guide").write_text("mine")
    before = content(out)
    wanted = {
        "index.html": "new",
        "z.html": "z",
        "x.html": "x",
        "courses/c/index.html": "c",
        "guide/index.html": "g",
        "guide/other.html": "g",
        "folder": "f",
    }
    rendered: list[str] = []
    with pytest.raises(OutputError) as caught:
        build(wanted, rendered)
    names = str(caught.value).splitlines()[1:]
    assert names == ["  courses/c/index.html", "  folder/", "  guide", "  x.html"]
    assert content(out) == before
    assert sorted(rendered) == ["courses/c/index.html", "x.html"], "only what may be equal to what is there"


def test_a_foreign_file_with_the_planned_bytes_is_not_in_the_way(out: Path, build: Build) -> None:
    build(SITE)
    (out / "robots.txt").write_text("robots")
    summary = build({**SITE, "robots.txt": "robots"})
    assert (summary.written, summary.left, summary.rewritten) == (0, (), ())
    assert "robots.txt" in json.loads((out / MANIFEST).read_bytes())["files"]
    (out / "humans.txt").write_text("humans")
    with pytest.raises(OutputError, match=r"in the way.*\n  humans\.txt$"):
        build({**SITE, "humans.txt": "others"})


# --- files where folders were, and the other way round -----------------------------------------------------


def test_an_own_file_gives_way_to_a_folder_and_back(out: Path, build: Build) -> None:
    build({"guide": "file", "index.html": "home"})
    build({"guide/index.html": "in a folder", "index.html": "home"})
    assert pages(out) == {"guide/index.html": b"in a folder", "index.html": b"home"}
    build({"guide": "file", "index.html": "home"})
    assert pages(out) == {"guide": b"file", "index.html": b"home"}


def test_an_own_folder_gives_way_also_where_its_files_are_gone_already(out: Path, build: Build) -> None:
    build({"guide/deep/index.html": "x", "guide/other/index.html": "x"})
    (out / "guide/deep/index.html").unlink()
    build({"guide": "file"})
    assert pages(out) == {"guide": b"file"}


@pytest.mark.parametrize("foreign", ["guide/mine.txt", "guide/deep/mine.txt", "guide/mine/x/"])
def test_a_folder_with_something_foreign_in_it_does_not_give_way(
    out: Path, build: Build, foreign: str
) -> None:
    build({"guide/deep/index.html": "x"})
    if foreign.endswith("/"):
        (out / foreign).mkdir(parents=True)
        foreign = "guide/mine/"
    else:
        (out / foreign).write_text("mine")
    before = content(out)
    with pytest.raises(OutputError, match=f"{foreign}$"):
        build({"guide": "file"})
    assert content(out) == before


# --- symbolic links ----------------------------------------------------------------------------------------


def test_nothing_is_written_through_a_link(out: Path, build: Build, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    build({"index.html": "home"})
    (out / "courses").symlink_to(outside)
    with pytest.raises(OutputError, match=r"  courses$"):
        build(SITE)
    assert list(outside.iterdir()) == []


def test_nothing_is_pruned_through_a_link(out: Path, build: Build, tmp_path: Path) -> None:
    build(SITE)
    outside = tmp_path / "outside"
    (out / "courses").rename(outside)
    (outside / "b/index.html").unlink()
    (out / "courses").symlink_to(outside)
    before = content(outside)
    assert build({"index.html": "home"}).pruned == 0
    assert content(outside) == before
    assert (out / "courses").is_symlink()


def test_own_paths_that_are_links_or_folders_now_are_not_pruned(
    out: Path, build: Build, tmp_path: Path
) -> None:
    build({"a": "a", "b": "b", "c": "c"})
    (tmp_path / "victim").write_text("x")
    (out / "a").unlink()
    (out / "a").symlink_to(tmp_path / "victim")
    (out / "b").unlink()
    (out / "b").mkdir()
    assert build({"c": "c"}).pruned == 0
    assert (out / "a").is_symlink()
    assert (tmp_path / "victim").read_text() == "x"


def test_a_temporary_folder_that_is_a_link_is_refused(out: Path, build: Build, tmp_path: Path) -> None:
    build({"index.html": "home"})
    (tmp_path / "outside").mkdir()
    (out / TEMPORARY).symlink_to(tmp_path / "outside")
    with pytest.raises(OutputError, match="symbolic link"):
        build({"index.html": "new"})
    assert list((tmp_path / "outside").iterdir()) == []
    assert (out / "index.html").read_text() == "home"


def test_a_link_in_the_temporary_folder_is_not_followed(out: Path, build: Build, tmp_path: Path) -> None:
    build({"index.html": "home"})
    (out / TEMPORARY).mkdir()
    (tmp_path / "victim").write_text("precious")
    (out / TEMPORARY / "file").symlink_to(tmp_path / "victim")
    build({"index.html": "new"})
    assert (tmp_path / "victim").read_text() == "precious"
    assert (out / "index.html").read_text() == "new"


# --- errors ------------------------------------------------------------------------------------------------


def test_an_error_while_rendering_leaves_the_manifest_true(out: Path, site: Path, build: Build) -> None:
    build({"kept.html": "k", "changed.html": "old", "late.html": "old", "stale.html": "s"})

    def fail(_: None) -> Rendered:
        raise ZeroDivisionError

    outputs = [
        *planned({"kept.html": "k", "changed.html": "new", "made.html": "made"}),
        Output("bad/page/index.html", "bad", fail),
        *planned({"late.html": "new", "never.html": "never"}),
    ]
    with OutputFolder.open(out, site) as folder, pytest.raises(ZeroDivisionError):
        write_outputs(folder, outputs)
    there = {
        "kept.html": b"k",
        "changed.html": b"new",
        "made.html": b"made",
        "late.html": b"old",
        "stale.html": b"s",
    }
    assert pages(out) == there
    assert listed(out) == set(there)
    rendered: list[str] = []
    again = {path: data.decode() for path, data in there.items()}
    assert build(again, rendered).skipped == 5
    assert rendered == []


def test_a_stop_right_after_a_file_appeared(out: Path, build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    replace = os.replace

    def stopped(source: str, target: str) -> None:
        replace(source, target)
        if target.endswith("a/index.html"):
            raise KeyboardInterrupt

    monkeypatch.setattr(disk.os, "replace", stopped)
    with pytest.raises(KeyboardInterrupt):
        build(SITE)
    monkeypatch.undo()
    assert listed(out) == {"index.html", "courses/a/index.html"}
    assert build(SITE) == WriteSummary(written=1, skipped=1, unchanged=1, pruned=0)


def test_a_full_disk_is_a_plain_sentence(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(source: str, target: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(disk.os, "replace", full)
    with pytest.raises(OutputError, match=r"cannot be written: No space left on device\."):
        build(SITE)


# --- cleaning ----------------------------------------------------------------------------------------------


def test_clean_removes_all_of_credsite_and_nothing_else(out: Path, site: Path, build: Build) -> None:
    build(SITE)
    (out / "courses/a/mine.txt").write_text("mine")
    (out / TEMPORARY).mkdir()
    (out / TEMPORARY / "file").write_text("half a page")
    (out / "empty").mkdir()
    folder = OutputFolder.open(out, site)
    assert remove_outputs(folder) == 3
    assert sorted(path.relative_to(out).as_posix() for path in out.rglob("*")) == [
        TEMPORARY,
        "courses",
        "courses/a",
        "courses/a/mine.txt",
        "empty",
    ]
    assert list((out / TEMPORARY).iterdir()) == []


def test_clean_makes_way_for_a_build(out: Path, site: Path, build: Build) -> None:
    build(SITE)
    remove_outputs(OutputFolder.open(out, site))
    assert list(out.iterdir()) == []
    assert build(SITE).written == 3


def test_clean_with_a_damaged_manifest_removes_nothing(out: Path, site: Path, build: Build) -> None:
    build(SITE)
    (out / MANIFEST).write_text("{")
    before = content(out)
    with OutputFolder.open(out, site) as folder, pytest.raises(OutputError, match="by hand"):
        remove_outputs(folder)
    assert content(out) == before


def test_clean_of_an_empty_folder(out: Path, site: Path) -> None:
    assert remove_outputs(OutputFolder.open(out, site)) == 0
    assert list(out.iterdir()) == []


def test_the_same_build_elsewhere_is_equal_to_the_byte(tmp_path: Path, site: Path) -> None:
    for name in ("one", "two"):
        build_to(tmp_path / name, site, SITE if name == "one" else dict(reversed(SITE.items())))
    assert content(tmp_path / "one") == content(tmp_path / "two")
