"""What is held back from the website, and when that changes: the words for it, without the rules."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

from credsite.problems.model import KeyPath
from credsite.schema.kinds import Kind

Ref = tuple[Kind, str]
Reason = Literal["draft", "not-yet", "expired", "no-consent", "consent-expired", "consent-withdrawn", "needs"]
What = Literal[
    "appears", "expires", "loses consent", "closes applications", "starts a session", "ends a session"
]
CONSENT_REASONS: Collection[Reason] = ("no-consent", "consent-expired", "consent-withdrawn")


@dataclass(frozen=True, slots=True)
class Unpublished:
    """An entry that is not published on this date. ``until`` is when it will be, ``needs`` what it waits for."""

    kind: Kind
    slug: str
    path: str
    title: str
    reason: Reason
    until: datetime | None = None
    needs: str = ""
    key: KeyPath = ()
    for_errors: bool = False
    """Whether it is, in the end, the errors of another entry that hold it back."""


class Change(NamedTuple):
    """A moment at which the published site would differ because time has passed. ``what`` is said of the entry."""

    at: datetime
    path: str
    title: str
    what: What
