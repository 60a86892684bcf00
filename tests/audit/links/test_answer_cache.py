"""Answers that are kept for some days."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from credsite.audit.links.answer_cache import CACHE_FILE, load_answers, save_answers
from credsite.audit.links.request import Answer
from credsite.core.user_cache import sealed

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
GOOD = (NOW, Answer("good", moved="https://new.example/"))
DEAD = (NOW, Answer("dead", "the other website answers 404"))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    save_answers(tmp_path, {"a": GOOD, "b": DEAD, "c": (NOW, Answer("private")), "d": GOOD}, {"a", "b", "c"})
    return tmp_path / ".credsite" / CACHE_FILE


def test_good_answers_are_kept_for_a_week_and_others_for_a_day(tmp_path: Path, file: Path) -> None:
    assert load_answers(tmp_path, NOW) == {"a": GOOD, "b": DEAD}
    assert load_answers(tmp_path, NOW + timedelta(days=1)) == {"a": GOOD}
    assert load_answers(tmp_path, NOW + timedelta(days=7)) == {}
    assert load_answers(tmp_path, NOW - timedelta(seconds=1)) == {}


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "{", "[" * 100_000, '{"version": 2, "answers": {}}', '{"version": 1, "answers": []}',
        '{"version": 1, "answers": {"a": {"asked": "today", "state": "good", "reason": "", "moved": ""}}}',
        '{"version": 1, "answers": {"a": {"asked": "2026-11-26T09:00", "state": "good", "reason": "", "moved": ""}}}',
        '{"version": 1, "answers": {"a": {"asked": "2026-11-26T09:00+00:00", "state": "busy", "reason": "", "moved": ""}}}',
        '{"version": 1, "answers": {"a": {"asked": "2026-11-26T09:00+00:00", "state": "good", "reason": 1, "moved": ""}}}',
    ],
)  # fmt: skip
def test_a_damaged_file_counts_as_no_file(tmp_path: Path, file: Path, text: str) -> None:
    file.write_bytes(sealed(text.encode()))
    assert load_answers(tmp_path, NOW) == {}


def test_answers_that_somebody_else_has_written_are_not_believed(tmp_path: Path, file: Path) -> None:
    """A dead page would count as one that exists."""
    data = file.read_bytes()
    file.write_bytes(data.replace(b'"dead"', b'"good"'))
    assert load_answers(tmp_path, NOW) == {}
    file.write_bytes(data.partition(b"\n")[2])
    assert load_answers(tmp_path, NOW) == {}
    file.write_bytes(data)
    assert load_answers(tmp_path, NOW) == {"a": GOOD, "b": DEAD}


def test_nothing_is_written_if_the_folder_is_something_else(tmp_path: Path) -> None:
    (tmp_path / ".credsite").write_text("mine")
    save_answers(tmp_path, {"a": GOOD}, {"a"})
    assert (tmp_path / ".credsite").read_text() == "mine"
    assert load_answers(tmp_path, NOW) == {}
