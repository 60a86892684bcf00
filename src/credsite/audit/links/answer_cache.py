"""The answers of other websites, cached in the site's folder for some days, so that not every check asks again."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from credsite.audit.links.request import Answer
from credsite.build.state_dir import FOLDER, state_folder
from credsite.core.atomic_write import atomic_write

CACHE_FILE: Final = "links.json"
CACHE_VERSION: Final = 1
_MAX_AGE_GOOD: Final = timedelta(days=7)
_MAX_AGE_OTHER: Final = timedelta(days=1)
_MAX_FILE_SIZE: Final = 20_000_000
_CACHED_STATES: Final = ("good", "dead", "unreached")

CachedAnswers = dict[str, tuple[datetime, Answer]]
"""For each URL, when it was asked (with a UTC offset) and what the answer was."""


def load_answers(root: Path, now: datetime) -> CachedAnswers:
    """The answers that are still valid at ``now``; none if the file is missing, damaged or of another version."""
    file = root / FOLDER / CACHE_FILE
    try:
        if file.is_symlink() or file.stat().st_size > _MAX_FILE_SIZE:
            return {}
        contents = json.loads(file.read_bytes())
        if contents["version"] != CACHE_VERSION:
            return {}
        answers = {str(url): _parse_answer(value) for url, value in contents["answers"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}
    return {
        url: (asked, answer) for url, (asked, answer) in answers.items() if _is_valid(answer, now - asked)
    }


def _is_valid(answer: Answer, age: timedelta) -> bool:
    return timedelta() <= age < (_MAX_AGE_GOOD if answer.state == "good" else _MAX_AGE_OTHER)


def _parse_answer(value: Mapping[str, Any]) -> tuple[datetime, Answer]:
    asked = datetime.fromisoformat(value["asked"])
    state, reason, moved = value["state"], value["reason"], value["moved"]
    if (
        state not in _CACHED_STATES
        or not isinstance(reason, str)
        or not isinstance(moved, str)
        or asked.tzinfo is None
    ):
        raise ValueError("not an answer")
    return asked, Answer(state, reason, moved)


def save_answers(root: Path, cached: CachedAnswers, urls: Collection[str]) -> None:
    """Save the answers to ``urls``. If that fails, the next check asks them again."""
    folder = state_folder(root)
    if folder is None:
        return
    values = {
        url: {
            "asked": asked.isoformat(),
            "state": answer.state,
            "reason": answer.reason,
            "moved": answer.moved,
        }
        for url, (asked, answer) in sorted(cached.items())
        if url in urls and answer.state in _CACHED_STATES
    }
    text = json.dumps({"version": CACHE_VERSION, "answers": values}, indent=1)
    with suppress(OSError):
        atomic_write(folder / CACHE_FILE, text.encode())
