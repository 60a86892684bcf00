"""What is said of an entry that is not published, and of a coming change: values, and the words for them.

No models are imported here, because a build in which nothing has changed reports these too.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, NamedTuple

from credsite.problems.model import KeyPath
from credsite.schema.kinds import Kind

Ref = tuple[Kind, str]
Reason = Literal["draft", "not-yet", "expired", "no-consent", "consent-expired", "consent-withdrawn", "needs"]
What = Literal[
    "appears",
    "expires",
    "loses consent",
    "opens applications",
    "closes applications",
    "starts a session",
    "ends a session",
]
CONSENT_REASONS: Collection[Reason] = ("no-consent", "consent-expired", "consent-withdrawn")


class ReasonText(NamedTuple):
    """What users read about a reason why an entry is not published."""

    label: str
    """The heading of the banner in the preview."""
    clause: str
    """What follows the path of the entry in a sentence; ``{until}`` and ``{needs}`` stand for a date and a path."""
    count_nouns: tuple[str, str]
    """What such entries are called when they are counted: one, and several."""
    consent_state: str = ""
    """The state of a story's consent, for the reasons in ``CONSENT_REASONS``."""


REASON_TEXTS: Final[Mapping[Reason, ReasonText]] = {
    "draft": ReasonText("Draft", "is a draft", ("draft", "drafts")),
    "not-yet": ReasonText(
        "Not published yet",
        "is published from {until}",
        ("entry before its date", "entries before their dates"),
    ),
    "expired": ReasonText(
        "Not published any more", "has expired", ("entry that has expired", "entries that have expired")
    ),
    "no-consent": ReasonText(
        "Not published",
        "has no consent",
        ("story without a valid consent", "stories without a valid consent"),
        "no valid consent",
    ),
    "consent-expired": ReasonText(
        "Not published any more",
        "has a consent that has expired",
        ("story whose consent has ended", "stories whose consent has ended"),
        "the consent has ended",
    ),
    "consent-withdrawn": ReasonText(
        "Will not be published",
        "has a consent that was withdrawn",
        ("story whose consent was withdrawn", "stories whose consent was withdrawn"),
        "the consent was withdrawn",
    ),
    "needs": ReasonText(
        "Not published",
        "waits for {needs}",
        ("entry that waits for another", "entries that wait for another"),
    ),
}


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
