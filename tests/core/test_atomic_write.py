"""A file is written in one step, and nothing is left beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from credsite.core.atomic_write import atomic_write, create_file, replace_file, temporary_copy


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_a_new_file_is_as_any_new_file_is(tmp_path: Path) -> None:
    atomic_write(tmp_path / "new", b"one")
    (tmp_path / "plain").write_bytes(b"one")
    assert (tmp_path / "new").read_bytes() == b"one"
    assert mode(tmp_path / "new") == mode(tmp_path / "plain")


def test_an_old_file_keeps_its_permissions(tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.write_bytes(b"one")
    old.chmod(0o640)
    atomic_write(old, b"two")
    assert (old.read_bytes(), mode(old)) == (b"two", 0o640)


def test_whoever_has_the_old_file_open_reads_it_to_its_end(tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.write_bytes(b"one")
    with old.open("rb") as reading:
        atomic_write(old, b"two")
        assert reading.read() == b"one"


def test_nothing_is_left_where_it_gets_no_name(tmp_path: Path) -> None:
    with temporary_copy(tmp_path / "new", b"one") as finished:
        assert finished.read_bytes() == b"one"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_its_place_is_an_error_and_stays(tmp_path: Path) -> None:
    (tmp_path / "folder/in").mkdir(parents=True)
    with pytest.raises(OSError, match=r"folder|directory"):
        atomic_write(tmp_path / "folder", b"one")
    assert list(tmp_path.iterdir()) == [tmp_path / "folder"]


def test_a_file_is_replaced_through_one_that_a_stopped_process_left(tmp_path: Path) -> None:
    temporary, path = tmp_path / "temporary", tmp_path / "file"
    temporary.write_bytes(b"half")
    path.write_bytes(b"one")
    replace_file(str(temporary), path, b"two")
    assert path.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [path]


def test_replacing_follows_no_link(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(b"one")
    for name in ("temporary", "file"):
        (tmp_path / name).symlink_to(elsewhere)
    replace_file(str(tmp_path / "temporary"), tmp_path / "file", b"two")
    assert elsewhere.read_bytes() == b"one"
    assert (tmp_path / "file").read_bytes() == b"two"
    assert not (tmp_path / "file").is_symlink()


@pytest.mark.parametrize("has_links", [True, False])
def test_a_new_file_is_created_and_no_file_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, has_links: bool
) -> None:
    def fails(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    if not has_links:
        monkeypatch.setattr("os.link", fails)
    create_file(tmp_path / "new", b"mine")
    assert (tmp_path / "new").read_bytes() == b"mine"
    with pytest.raises(FileExistsError):
        create_file(tmp_path / "new", b"other")
    assert [path.name for path in tmp_path.iterdir()] == ["new"]
    assert (tmp_path / "new").read_bytes() == b"mine"
