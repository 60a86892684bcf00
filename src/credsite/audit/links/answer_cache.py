"""The answers of other websites, cached in the site's folder for some days, so that not every check asks again."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, Literal

from pydantic import AwareDatetime, BaseModel

from credsite.audit.links.request import Answer
from credsite.build.state_dir import FOLDER, LINK_ANSWERS, state_folder
from credsite.core.atomic_write import atomic_write
from credsite.core.regular_files import read_regular
from credsite.core.user_cache import can_seal, sealed, unsealed

CACHE_FILE: Final = LINK_ANSWERS
_MAX_AGE_GOOD: Final = timedelta(days=7)
_MAX_AGE_OTHER: Final = timedelta(days=1)
_MAX_FILE_SIZE: Final = 20_000_000

CachedAnswers = dict[str, tuple[datetime, Answer]]
"""For each URL, when it was asked (with a UTC offset) and what the answer was."""


class _StoredAnswer(BaseModel):
    asked: AwareDatetime
    state: Literal["good", "dead", "unreached"]
    reason: str
    moved: str


class _CacheContents(BaseModel):
    version: Literal[1] = 1
    answers: dict[str, _StoredAnswer]


def load_answers(root: Path, now: datetime) -> CachedAnswers:
    """The answers that are still valid at ``now``; none if the file is missing, damaged, of another version or somebody else's."""
    try:
        data = unsealed(read_regular(root / FOLDER / CACHE_FILE, _MAX_FILE_SIZE))
        answers = _CacheContents.model_validate_json(data).answers
    except (OSError, ValueError):
        return {}
    return {
        url: (stored.asked, Answer(stored.state, stored.reason, stored.moved))
        for url, stored in answers.items()
        if timedelta() <= now - stored.asked < (_MAX_AGE_GOOD if stored.state == "good" else _MAX_AGE_OTHER)
    }


def save_answers(root: Path, cached: CachedAnswers, urls: Collection[str]) -> None:
    """Save the answers to ``urls``. If that fails, the next check asks them again."""
    folder = state_folder(root) if can_seal() else None
    if folder is None:
        return
    with suppress(OSError, ValueError):  # an address may contain half of a surrogate pair
        contents = _CacheContents(
            answers={
                url: _StoredAnswer(asked=asked, state=answer.state, reason=answer.reason, moved=answer.moved)
                for url, (asked, answer) in sorted(cached.items())
                if url in urls and answer.state not in ("private", "busy")
            }
        )
        atomic_write(folder / CACHE_FILE, sealed(contents.model_dump_json(indent=1).encode()))
