"""Generated files are written again, unless somebody has edited them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credsite.authoring.editors.generated_files import (
    CHECKSUM_MARKER,
    GeneratedFiles,
    has_valid_checksum,
    with_checksum,
    write_generated_files,
)
from credsite.core.errors import CredsiteError

OLD, NEW = with_checksum(f"// {CHECKSUM_MARKER}\none\n"), with_checksum(f"// {CHECKSUM_MARKER}\ntwo\n")


@given(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40), st.integers(0, 100), st.binary(max_size=3)
)
def test_any_change_makes_the_checksum_wrong(text: str, at: int, change: bytes) -> None:
    data = with_checksum(f"// {CHECKSUM_MARKER}\n{text}")
    assert has_valid_checksum(data)
    at = at % len(data)
    changed = data[:at] + change + data[at + 1 :]
    assert has_valid_checksum(changed) == (changed.replace(b"\r\n", b"\n") == data.replace(b"\r\n", b"\n"))


def test_line_ends_of_another_system_are_no_change() -> None:
    assert has_valid_checksum(OLD.replace(b"\n", b"\r\n"))


def test_a_text_without_a_valid_checksum_is_not_generated() -> None:
    assert not has_valid_checksum(b"")
    assert not has_valid_checksum(f"// {CHECKSUM_MARKER}".encode())


def test_a_file_with_the_marker_of_earlier_versions_is_written_again(tmp_path: Path) -> None:
    (tmp_path / "b").write_bytes(OLD.replace(b"credsite-checksum-", b"credsite-seal-"))
    assert write_generated_files(tmp_path, {"b": OLD}) == GeneratedFiles(written=("b",))
    assert (tmp_path / "b").read_bytes() == OLD


def test_files_are_written_updated_and_left(tmp_path: Path) -> None:
    assert write_generated_files(tmp_path, {"a/b": OLD}) == GeneratedFiles(written=("a/b",))
    assert write_generated_files(tmp_path, {"a/b": OLD}) == GeneratedFiles()
    (tmp_path / "a/b").write_bytes(OLD.replace(b"\n", b"\r\n"))
    assert write_generated_files(tmp_path, {"a/b": OLD}) == GeneratedFiles()
    assert write_generated_files(tmp_path, {"a/b": NEW}) == GeneratedFiles(written=("a/b",))
    assert (tmp_path / "a/b").read_bytes() == NEW
    (tmp_path / "a/b").write_bytes(NEW + b"mine")
    assert write_generated_files(tmp_path, {"a/b": OLD}) == GeneratedFiles(edited=("a/b",))
    assert (tmp_path / "a/b").read_bytes() == NEW + b"mine"
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b"]


@pytest.mark.parametrize("thing", ["folder", "link", "pipe", "empty"])
def test_what_is_no_file_of_ours_is_left(tmp_path: Path, thing: str) -> None:
    place = tmp_path / "b"
    if thing == "folder":
        place.mkdir()
    elif thing == "link":
        place.symlink_to(tmp_path / "nowhere")
    elif thing == "pipe":
        os.mkfifo(place)
    else:
        place.touch()
    assert write_generated_files(tmp_path, {"b": OLD}) == GeneratedFiles(edited=("b",))
    assert not (tmp_path / "nowhere").exists()


def test_a_folder_that_leads_elsewhere_is_refused(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "site/a").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(CredsiteError, match="site/a is a symbolic link, which is not followed"):
        write_generated_files(tmp_path / "site", {"a/b": OLD})
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_file_in_the_place_of_a_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("mine")
    with pytest.raises(CredsiteError, match=r"a/b cannot be read: Not a directory"):
        write_generated_files(tmp_path, {"a/b": OLD})
    assert (tmp_path / "a").read_text() == "mine"
