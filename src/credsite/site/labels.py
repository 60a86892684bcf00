"""The words for the vocabularies' ids, in the site's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Protocol

from credsite.schema.config import Config
from credsite.site.views import Term


class Translator(Protocol):
    """A language's translations, as gettext keeps them."""

    def gettext(self, message: str, /) -> str: ...

    def ngettext(self, singular: str, plural: str, number: int, /) -> str: ...


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "translate this, but not here"
    return message


VOCABULARIES: Final[Mapping[str, Mapping[str, str]]] = {
    "mode": {
        "online": N_("Online"),
        "in-person": N_("In-person"),
        "blended": N_("Blended"),
        "hybrid": N_("Hybrid"),
    },
    "mode-summary": {
        "online": N_("Taught entirely online, wherever you are."),
        "in-person": N_("Taught face to face, at a place and a time."),
        "blended": N_("Partly online and partly on site."),
        "hybrid": N_("At each session you choose: in the room, or online."),
    },
    "pace": {"self-paced": N_("At your own pace"), "scheduled": N_("On a schedule")},
    "timing": {"daytime": N_("Daytime"), "evening": N_("Evening"), "weekend": N_("Weekend")},
    "level": {
        "introductory": N_("Introductory"),
        "intermediate": N_("Intermediate"),
        "advanced": N_("Advanced"),
    },
    "learning": {
        "lectures": N_("Lectures"),
        "seminars": N_("Seminars"),
        "projects": N_("Projects"),
        "conferences": N_("Conferences"),
        "workplace": N_("In a workplace"),
        "labs": N_("Labs"),
        "mentoring": N_("Mentoring"),
    },
    "assessment": {
        "assignments": N_("Assignments"),
        "portfolio": N_("Portfolio"),
        "written-exam": N_("Written examination"),
        "oral-exam": N_("Oral examination"),
        "practical": N_("Practical test"),
        "project": N_("Project"),
        "peer-review": N_("Review by peers"),
        "workplace-demonstration": N_("Demonstration in a workplace"),
    },
    "credential": {
        "micro-credential": N_("Micro-credential"),
        "digital-badge": N_("Digital badge"),
        "certificate": N_("Certificate"),
        "licence": N_("Licence"),
    },
    "provider": {
        "university": N_("University"),
        "college": N_("College"),
        "institute": N_("Institute"),
        "professional-body": N_("Professional body"),
        "company": N_("Company"),
        "licensing-body": N_("Licensing body"),
        "community": N_("Community organisation"),
    },
    "background": {
        "career-changer": N_("Changing career"),
        "returning-parent": N_("Parents going back to work"),
        "armed-forces": N_("Leaving the armed forces"),
        "newcomer": N_("New to the country"),
        "jobseeker": N_("Looking for work"),
        "upskilling": N_("Growing in a job"),
        "graduate": N_("Starting out after studies"),
    },
    "support": {
        "wheelchair-accessible": N_("Wheelchair accessible"),
        "childcare": N_("Childcare"),
        "job-placement": N_("Help with finding a job"),
        "equipment-provided": N_("Equipment provided"),
        "captioned-video": N_("Captioned video"),
        "quiet-space": N_("Quiet space"),
        "sign-language": N_("Sign language"),
        "transport": N_("Help with transport"),
    },
}
SCHEME_NAMES: Final[Mapping[str, str]] = {
    "noc-2021": "NOC 2021",
    "onet-soc": "O*NET-SOC",
    "esco": "ESCO",
    "isced-f-2013": "ISCED-F 2013",
    "cip-2020": "CIP 2020",
    "cip-2021": "CIP 2021",
    "naics-2022": "NAICS 2022",
    "nzsced": "NZSCED",
}
"""Names of schemes, which are the same in every language."""


class Labels:
    """Ids to words: the site's own names where credsite.yaml has some, translated ones otherwise."""

    def __init__(self, config: Config, texts: Translator) -> None:
        self._texts = texts
        self._own = {"background": config.backgrounds or {}, "support": config.support}
        self._terms: dict[tuple[str, str], Term] = {}

    def title(self, vocabulary: str, found: str) -> str:
        """The words for an id; the id itself where there are none."""
        own = self._own.get(vocabulary, {}).get(found)
        if own is not None:
            return own
        message = VOCABULARIES[vocabulary].get(found)
        return self._texts.gettext(message) if message else found

    def term(self, vocabulary: str, found: str, url: str = "") -> Term:
        if url:
            return Term(found, self.title(vocabulary, found), url)
        term = self._terms.get((vocabulary, found))
        if term is None:
            term = self._terms[vocabulary, found] = Term(found, self.title(vocabulary, found), "")
        return term

    def terms(self, vocabulary: str, found: tuple[str, ...]) -> tuple[Term, ...]:
        return tuple(self.term(vocabulary, one) for one in dict.fromkeys(found))


def background_ids(config: Config) -> tuple[str, ...]:
    """The ids of backgrounds that stories may name, in the order in which they are listed."""
    return tuple(config.backgrounds or VOCABULARIES["background"])


def support_ids(config: Config) -> tuple[str, ...]:
    """The ids of support that courses may name."""
    return tuple({**VOCABULARIES["support"], **config.support})
