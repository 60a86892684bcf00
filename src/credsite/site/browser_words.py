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
        # The heading of a list, as parts/words.html and stories.html have it without scripts.
        "courses": ngettext("%(num)s course", "%(num)s courses"),
        "courses_range": _("Courses %(first)s–%(last)s of %(total)s"),
        "courses_none": _("No courses found"),
        "stories": ngettext("%(num)s story", "%(num)s stories"),
        "stories_range": _("Stories %(first)s–%(last)s of %(total)s"),
        "stories_none": _("No stories found"),
        # What is said to those who do not see the list.
        "showing": ngettext(
            "Showing %(shown)s of %(total)s course", "Showing %(shown)s of %(total)s courses"
        ),
        "showing_with": ngettext(
            "Showing %(shown)s of %(total)s course: %(filters)s",
            "Showing %(shown)s of %(total)s courses: %(filters)s",
        ),
        "showing_stories": ngettext(
            "Showing %(shown)s of %(total)s story", "Showing %(shown)s of %(total)s stories"
        ),
        "showing_stories_with": ngettext(
            "Showing %(shown)s of %(total)s story: %(filters)s",
            "Showing %(shown)s of %(total)s stories: %(filters)s",
        ),
        "showing_page": _("Page %(page)s of %(pages)s"),
        "showing_sorted": _("Sorted by: %(order)s"),
        # Buttons.
        "show_courses": ngettext("Show %(num)s course", "Show %(num)s courses"),
        "show_stories": ngettext("Show %(num)s story", "Show %(num)s stories"),
        "show_more": ngettext("Show %(num)s more", "Show %(num)s more"),
        "without_courses": ngettext(
            "Without %(value)s: %(num)s course", "Without %(value)s: %(num)s courses"
        ),
        "without_stories": ngettext("Without %(value)s: %(num)s story", "Without %(value)s: %(num)s stories"),
        # Translators: what somebody has typed into the search, as one of the choices that make a list
        "query": _("“%(query)s”"),
        "page_title": _("%(title)s, page %(number)s"),
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
