"""Files that are opened where they lie: no link is followed, nothing is waited for, and nothing too large is read."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest

from credsite.core.regular_files import (
    FileTooLargeError,
    RefusedFileError,
    is_link,
    is_linked_entry,
    link_below,
    open_regular,
    read_regular,
    size_in_words,
)
from tests.support.files import NO_FILES

REFUSED: dict[str, Callable[[Path], object]] = {
    **NO_FILES,
    "a link to itself": lambda path: path.symlink_to(path.name),
    "a link to a pipe": lambda path: (os.mkfifo(path.with_name("pipe")), path.symlink_to("pipe")),
    "a link to a device": lambda path: path.symlink_to("/dev/zero"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_nothing_else_is_opened(tmp_path: Path, what: str) -> None:
    (tmp_path / "victim").write_text("secret")
    REFUSED[what](tmp_path / "file")
    reason = "symbolic link" if "link" in what else "pipe or a device"
    with pytest.raises(RefusedFileError, match=reason):
        read_regular(tmp_path / "file", 100)
    if what not in ("a link to nothing", "a link to itself"):
        with pytest.raises(RefusedFileError, match="pipe or a device") if what != "a link" else nullcontext():
            open_and_close(tmp_path / "file")


def open_and_close(path: Path) -> None:
    descriptor, _ = open_regular(path, follow_links=True)
    os.close(descriptor)


def test_a_device_and_a_folder_are_not_opened(tmp_path: Path) -> None:
    with pytest.raises(RefusedFileError):
        read_regular("/dev/zero", 100)
    with pytest.raises(IsADirectoryError):
        read_regular(tmp_path, 100)
    with pytest.raises(FileNotFoundError):
        read_regular(tmp_path / "nothing", 100)


def test_the_size_is_limited_before_anything_is_read(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"12345")
    assert read_regular(file, 5) == read_regular(file, 100) == b"12345"
    with pytest.raises(FileTooLargeError, match="larger than 4 bytes"):
        read_regular(file, 4)
    with file.open("ab") as sparse:
        sparse.truncate(10**12)
    with pytest.raises(FileTooLargeError, match="larger than 2 MB"):
        read_regular(file, 2_000_000)


def test_a_file_that_grows_is_read_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"123")
    fstat = os.fstat

    def fstat_and_grow(descriptor: int) -> os.stat_result:
        status = fstat(descriptor)
        file.write_bytes(b"1234567")
        return status

    monkeypatch.setattr(os, "fstat", fstat_and_grow)
    assert read_regular(file, 7) == b"1234567"
    file.write_bytes(b"123")
    with pytest.raises(FileTooLargeError):
        read_regular(file, 6)


def test_a_descriptor_is_closed_whatever_is_found(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    before = len([*Path("/proc/self/fd").iterdir()])
    for path in (tmp_path, tmp_path / "pipe"):
        with pytest.raises(OSError):
            read_regular(path, 1)
    assert len([*Path("/proc/self/fd").iterdir()]) == before


def test_links_are_known(tmp_path: Path) -> None:
    (tmp_path / "folder/inner").mkdir(parents=True)
    (tmp_path / "link").symlink_to("folder")
    (tmp_path / "folder/link").symlink_to("inner")
    assert [is_link(tmp_path / name) for name in ("link", "folder", "nothing", "a\0b")] == [
        *(True, False, False, False)
    ]
    assert {item.name for item in os.scandir(tmp_path) if is_linked_entry(item)} == {"link"}
    assert link_below(tmp_path, "folder/inner/new/file.md") == ""
    assert link_below(tmp_path, "folder/link/file.md") == "folder/link"
    assert link_below(tmp_path, "link/inner") == "link"
    assert link_below(tmp_path / "link", "inner/file") == ""


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (1, "1 byte"),
        (999, "999 bytes"),
        (1000, "1 kB"),
        (1500, "1.5 kB"),
        (2_000_000, "2 MB"),
        (10**9, "1000 MB"),
    ],
)
def test_sizes(size: int, words: str) -> None:
    assert size_in_words(size) == words
