"""The words that only scripts show. All others stand in templates.

A word that goes with a number has a text for each plural category of the site's language, as the Unicode CLDR names
them and ``Intl.PluralRules`` in the browser does, too. ``%(name)s`` is filled in there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from babel import Locale

from credsite.locales import locale_of
from credsite.site.labels import Texts

Word = str | Mapping[str, str]

_SAMPLES: Final = (1, 2, 0, *range(3, 201), 1000, 1_000_000)
"""Numbers among which there is one of each category that whole numbers have, in every language of the CLDR."""


def browser_words(texts: Texts, language: str) -> dict[str, Word]:
    """The words by the names that scripts know them by."""
    _ = texts.gettext
    samples = _samples(language)

    def ngettext(singular: str, plural: str) -> dict[str, str]:
        return {category: texts.ngettext(singular, plural, number) for category, number in samples.items()}

    return {
        "showing": ngettext(
            "Showing %(shown)s of %(total)s course", "Showing %(shown)s of %(total)s courses"
        ),
        "showing_with": ngettext(
            "Showing %(shown)s of %(total)s course: %(filters)s",
            "Showing %(shown)s of %(total)s courses: %(filters)s",
        ),
        "none": _("No course fits all of this. Take a filter away, or look for something else."),
        "loading": _("Loading courses"),
        "unavailable": _("Filters are not available at the moment. Here is the whole list."),
    }


def _samples(language: str) -> dict[str, int]:
    """A number for each plural category of a language."""
    rule = (locale_of(language) or Locale("en")).plural_form
    found: dict[str, int] = {}
    for number in _SAMPLES:
        found.setdefault(rule(number), number)
    # Where only fractions have it, it stands for everything else all the same.
    found.setdefault("other", _SAMPLES[-1])
    return {category: found[category] for category in _in_order(found)}


def _in_order(categories: Iterable[str]) -> list[str]:
    return sorted(categories, key=("zero", "one", "two", "few", "many", "other").index)
