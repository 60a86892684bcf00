from __future__ import annotations

import os
from pathlib import Path

from credsite.content.static_files import StaticFile, find_static
from credsite.core.hashing import digest


def test_everything_is_copied_as_it_is(tmp_path: Path) -> None:
    files = {
        "static/robots.txt": b"User-agent: *\n",
        "static/.well-known/security.txt": b"",
        "static/downloads/Guide 2027.pdf": b"%PDF",
        "static/écoles/介護.bin": b"\0\xff",
    }
    for path, data in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    found, problems = find_static(tmp_path)
    assert problems == []
    assert sorted(found, key=lambda file: file.path) == [
        StaticFile(path, path.removeprefix("static/"), digest(files[path])) for path in sorted(files)
    ]


def test_the_order_does_not_depend_on_the_disk(tmp_path: Path) -> None:
    for name in ("c", "a", "sub/b", "b"):
        (tmp_path / "static" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "static" / name).write_text(name)
    assert [file.output for file in find_static(tmp_path)[0]] == ["a", "b", "c", "sub/b"]


def test_what_programs_leave_behind_is_not_copied(tmp_path: Path) -> None:
    (tmp_path / "static").mkdir()
    for name in ("a.txt~", ".DS_Store", "notes.bak", "~$guide.docx", ".env"):
        (tmp_path / "static" / name).write_text("")
    assert find_static(tmp_path) == ([], [])


def test_no_folder_no_files(tmp_path: Path) -> None:
    assert find_static(tmp_path) == ([], [])


def test_links_out_of_the_site_are_refused(tmp_path: Path) -> None:
    site = tmp_path / "site"
    (site / "static").mkdir(parents=True)
    (tmp_path / "secret").write_text("secret")
    (site / "note.txt").write_text("note")
    (site / "static" / "in.txt").symlink_to(site / "note.txt")
    (site / "static" / "out.txt").symlink_to(tmp_path / "secret")
    (site / "static" / "gone.txt").symlink_to(site / "nowhere")
    found, problems = find_static(site)
    assert [file.output for file in found] == ["in.txt"]
    assert sorted((p.code, p.location.path) for p in problems) == [
        ("file-unreadable", "static/gone.txt"),
        ("link-outside-site", "static/out.txt"),
    ]


def test_a_pipe_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "static").mkdir()
    os.mkfifo(tmp_path / "static" / "pipe")
    files, problems = find_static(tmp_path)
    assert files == []
    assert [(p.code, p.location.path) for p in problems] == [("file-unreadable", "static/pipe")]


def test_a_linked_folder_is_a_problem(tmp_path: Path) -> None:
    site = tmp_path / "site"
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "a.txt").write_text("a")
    (site / "static").mkdir(parents=True)
    (site / "static" / "more").symlink_to(tmp_path / "elsewhere")
    files, problems = find_static(site)
    assert files == []
    assert [(p.code, p.location.path) for p in problems] == [("link-outside-site", "static/more")]


def test_the_folder_itself_may_not_lie_outside(tmp_path: Path) -> None:
    site = tmp_path / "site"
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "a.txt").write_text("a")
    site.mkdir()
    (site / "static").symlink_to(tmp_path / "elsewhere")
    files, problems = find_static(site)
    assert files == []
    assert [(p.code, p.location.path) for p in problems] == [("link-outside-site", "static")]
