"""Only what credsite wrote, and nobody changed, is written anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credsite.authoring.editors.generated_files import SEAL, Renewed, is_intact, renew, sealed
from credsite.core.errors import CredsiteError

OLD, NEW = sealed(f"// {SEAL}\none\n"), sealed(f"// {SEAL}\ntwo\n")


@given(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40), st.integers(0, 100), st.binary(max_size=3)
)
def test_whatever_is_changed_breaks_the_seal(text: str, at: int, change: bytes) -> None:
    data = sealed(f"// {SEAL}\n{text}")
    assert is_intact(data)
    at = at % len(data)
    changed = data[:at] + change + data[at + 1 :]
    assert is_intact(changed) == (changed.replace(b"\r\n", b"\n") == data.replace(b"\r\n", b"\n"))


def test_line_ends_of_another_system_are_no_change() -> None:
    assert is_intact(OLD.replace(b"\n", b"\r\n"))


def test_a_text_without_a_seal_is_somebody_elses() -> None:
    assert not is_intact(b"")
    assert not is_intact(f"// {SEAL}".encode())


def test_files_are_made_renewed_and_left(tmp_path: Path) -> None:
    assert renew(tmp_path, {"a/b": OLD}) == Renewed(written=("a/b",))
    assert renew(tmp_path, {"a/b": OLD}) == Renewed(unchanged=("a/b",))
    (tmp_path / "a/b").write_bytes(OLD.replace(b"\n", b"\r\n"))
    assert renew(tmp_path, {"a/b": OLD}) == Renewed(unchanged=("a/b",))
    assert renew(tmp_path, {"a/b": NEW}) == Renewed(written=("a/b",))
    assert (tmp_path / "a/b").read_bytes() == NEW
    (tmp_path / "a/b").write_bytes(NEW + b"mine")
    assert renew(tmp_path, {"a/b": OLD}) == Renewed(kept=("a/b",))
    assert (tmp_path / "a/b").read_bytes() == NEW + b"mine"
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b"]


@pytest.mark.parametrize("thing", ["folder", "link", "empty"])
def test_what_is_no_file_of_ours_is_left(tmp_path: Path, thing: str) -> None:
    place = tmp_path / "b"
    if thing == "folder":
        place.mkdir()
    elif thing == "link":
        place.symlink_to(tmp_path / "nowhere")
    else:
        place.touch()
    assert renew(tmp_path, {"b": OLD}) == Renewed(kept=("b",))
    assert not (tmp_path / "nowhere").exists()


def test_a_folder_that_leads_elsewhere_is_refused(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "site/a").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(CredsiteError, match="leads out of the site"):
        renew(tmp_path / "site", {"a/b": OLD})
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_file_in_the_place_of_a_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("mine")
    with pytest.raises(CredsiteError, match="cannot be written"):
        renew(tmp_path, {"a/b": OLD})
    assert (tmp_path / "a").read_text() == "mine"
