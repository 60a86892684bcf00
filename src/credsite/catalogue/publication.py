"""The types of what is not published, and of upcoming changes."""

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
    """An entry that is not published on this date. ``until`` is when it will be, ``needs`` the path of what it needs."""

    kind: Kind
    slug: str
    path: str
    title: str
    reason: Reason
    until: datetime | None = None
    needs: str = ""
    key: KeyPath = ()
    for_errors: bool = False
    """Whether it is not published because of errors in an entry that it needs, directly or through others."""


class Change(NamedTuple):
    """A moment at which the published site changes because time passes. ``what`` is what happens to the entry."""

    at: datetime
    path: str
    title: str
    what: What
