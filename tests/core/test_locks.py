"""Files that are locked: what else may lie in their place, and that nothing of it is followed, emptied or waited for."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import Timeout

from credsite.core.locks import file_lock
from tests.support.files import NO_FILES

OTHERS: dict[str, Callable[[Path], object]] = {
    **NO_FILES,
    "a hard link": lambda path: os.link(path.with_name("victim"), path),
    "a folder": Path.mkdir,
}


@pytest.mark.parametrize("what", OTHERS)
def test_something_else_is_not_locked(tmp_path: Path, what: str) -> None:
    (tmp_path / "victim").write_text("precious")
    OTHERS[what](tmp_path / "lock")
    with pytest.raises(OSError, match="is a link" if "link" in what else "in the way"):
        file_lock(tmp_path / "lock", 0)
    assert (tmp_path / "victim").read_text() == "precious"
    assert not (tmp_path / "nowhere").exists()


def test_a_link_that_appears_just_before_is_not_followed_either(tmp_path: Path) -> None:
    (tmp_path / "victim").write_text("precious")
    lock = file_lock(tmp_path / "lock", 0)
    (tmp_path / "lock").symlink_to("victim")
    with pytest.raises(OSError, match="lock"):
        lock.acquire()
    assert (tmp_path / "victim").read_text() == "precious"


def test_one_at_a_time(tmp_path: Path) -> None:
    with file_lock(tmp_path / "lock", 0).acquire(), pytest.raises(Timeout):
        file_lock(tmp_path / "lock", 0).acquire()
    file_lock(tmp_path / "lock", 0).acquire().lock.release()
