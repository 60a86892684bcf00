"""Labels of the ids in vocabularies, in the site's language."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final, Protocol

from credsite.catalogue.reference_checks import Vocabularies
from credsite.schema.config import Config
from credsite.schema.kinds import Kind
from credsite.site.views import DetailView, Term

DEFAULT_TEMPLATES: Final = ("page", "guide", "employers")
"""The templates for pages of the default theme, for a site of which the theme cannot be loaded."""


class Translator(Protocol):
    """Translates messages into the site's language, as gettext does."""

    def gettext(self, message: str, /) -> str: ...

    def ngettext(self, singular: str, plural: str, number: int, /) -> str: ...


class Labels:
    """Labels for the ids of the site's vocabularies: the site's own words as they are, others translated."""

    def __init__(self, config: Config, translator: Translator) -> None:
        self._translator = translator
        self._vocabularies = config.site_schema.vocabularies
        self._terms: dict[tuple[str, str], Term] = {}
        self.details: dict[tuple[Kind, str, tuple[str, ...], bool], DetailView] = {}
        """Displayed fields that were made lately, by the kind of entry, the field's id, its values, and whether these are links."""

    def title(self, vocabulary: str, value: str) -> str:
        """The label of an id; the id itself where it has none."""
        term = self._vocabularies[vocabulary].get(value)
        if term is None:
            return value
        return term.label if term.is_own_label else self._translator.gettext(term.label)

    def summary(self, vocabulary: str, value: str) -> str:
        """The sentence about an id, or ""."""
        term = self._vocabularies[vocabulary][value]
        return (
            self._translator.gettext(term.summary)
            if term.summary and not term.is_own_summary
            else term.summary
        )

    def is_own(self, vocabulary: str, value: str) -> bool:
        """Whether the label of an id is one of the site's own words."""
        term = self._vocabularies.get(vocabulary, {}).get(value)
        return term is not None and term.is_own_label

    def term(self, vocabulary: str, value: str, url: str = "") -> Term:
        term = self._terms.get((vocabulary, value))
        if term is None:
            title, own = self.title(vocabulary, value), self.is_own(vocabulary, value)
            term = self._terms[vocabulary, value] = Term(value, title, "", own)
        return Term(value, term.title, url, term.own) if url else term

    def terms(self, vocabulary: str, values: tuple[str, ...]) -> tuple[Term, ...]:
        return tuple(self.term(vocabulary, value) for value in dict.fromkeys(values))


def site_vocabularies(config: Config, templates: Collection[str]) -> Vocabularies:
    """The ids that entries of a site can use. ``templates`` are those of its theme for pages."""
    return Vocabularies(
        config.funding,
        templates,
        config.currency or "",
        has_time_zone="timezone" in config.model_fields_set,
        schema=config.site_schema,
    )
