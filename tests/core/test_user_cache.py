"""The cache folder of the user, and the seals that only this user's credsite can make."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from credsite.core import user_cache
from credsite.core.user_cache import can_seal, seal, user_cache_folder


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of all caches, which is not there yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    user_cache._key.cache_clear()
    yield tmp_path / "caches"
    user_cache._key.cache_clear()


def sealed_anew(data: bytes = b"data") -> str:
    """The seal that another run gives."""
    user_cache._key.cache_clear()
    return seal(data)


def test_the_folder_is_made_for_this_user_alone(base: Path) -> None:
    assert user_cache_folder() == base / "credsite"
    assert (base / "credsite").stat().st_mode & 0o777 == 0o700
    assert user_cache_folder() == base / "credsite"


def test_all_runs_give_the_same_seal_and_other_users_another(
    base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = seal(b"data")
    assert can_seal()
    assert sealed_anew() == first != seal(b"other")
    monkeypatch.setenv("XDG_CACHE_HOME", str(base / "of-another"))
    assert sealed_anew() != first


def test_a_folder_that_others_may_write_to_is_not_used(base: Path) -> None:
    (base / "credsite").mkdir(parents=True)
    (base / "credsite").chmod(0o777)
    assert user_cache_folder() is None
    first = sealed_anew()
    assert not can_seal()
    assert sealed_anew() != first
    assert list((base / "credsite").iterdir()) == []


def test_a_folder_that_others_may_read_is_closed_to_them(base: Path) -> None:
    """Somebody may have made it, or restored it from an archive. What is in it may be used, but the secret is nobody's business."""
    first = sealed_anew()
    (base / "credsite").chmod(0o755)
    assert sealed_anew() == first
    assert (base / "credsite").stat().st_mode & 0o777 == 0o700


def test_a_folder_of_somebody_else_is_not_used(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    base.mkdir()
    assert user_cache_folder() is None
    assert list(base.iterdir()) == []
    (base / "credsite").mkdir()
    assert user_cache_folder() is None


@pytest.mark.parametrize("what", ["link", "file", "no folder at all"])
def test_something_else_is_not_used(base: Path, tmp_path: Path, what: str) -> None:
    (tmp_path / "elsewhere").mkdir()
    if what == "no folder at all":
        base.write_text("in the way")
    else:
        base.mkdir()
        place = base / "credsite"
        place.symlink_to(tmp_path / "elsewhere") if what == "link" else place.touch()
    assert user_cache_folder() is None
    assert not can_seal()
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_damaged_key_is_replaced(base: Path) -> None:
    first = seal(b"data")
    for damaged in (b"", b"short", b"long" * 9):
        (base / "credsite/key").write_bytes(damaged)
        assert sealed_anew() != first
        assert can_seal()
        assert sealed_anew() == seal(b"data")


def test_a_key_is_not_read_through_a_link(base: Path, tmp_path: Path) -> None:
    (tmp_path / "known").write_bytes(b"k" * 32)
    (base / "credsite").mkdir(parents=True, mode=0o700)
    (base / "credsite/key").symlink_to(tmp_path / "known")
    first = sealed_anew()
    assert not can_seal()
    assert sealed_anew() != first


@pytest.mark.parametrize("variable", ["", "relative/caches"])
def test_where_it_is_without_a_setting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", variable)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")
    assert user_cache_folder() == tmp_path / ".cache/credsite"
    monkeypatch.setattr("sys.platform", "darwin")
    assert user_cache_folder() == tmp_path / "Library/Caches/credsite"
    monkeypatch.setattr("os.path.expanduser", lambda path: path)  # there is no home folder
    assert user_cache_folder() is None
