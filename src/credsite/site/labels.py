"""The words for the vocabularies' ids, in the site's language."""

from __future__ import annotations

from typing import Protocol

from credsite.schema.config import Config
from credsite.schema.vocabularies import BACKGROUNDS, SUPPORT, VOCABULARIES
from credsite.site.views import Term


class Translator(Protocol):
    """A language's translations, as gettext keeps them."""

    def gettext(self, message: str, /) -> str: ...

    def ngettext(self, singular: str, plural: str, number: int, /) -> str: ...


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
        term = VOCABULARIES[vocabulary].get(found)
        return self._texts.gettext(term.label) if term is not None else found

    def summary(self, vocabulary: str, found: str) -> str:
        """The sentence about an id, or ""."""
        summary = VOCABULARIES[vocabulary][found].summary
        return self._texts.gettext(summary) if summary else ""

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
    return tuple(config.backgrounds or BACKGROUNDS)


def support_ids(config: Config) -> tuple[str, ...]:
    """The ids of support that courses may name."""
    return tuple({**SUPPORT, **config.support})
