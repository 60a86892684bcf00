"""The words that only scripts show. All others stand in templates.

A word that goes with a number has a text for each plural category of the site's language, as the Unicode CLDR names
them and ``Intl.PluralRules`` in the browser does, too. ``%(name)s`` is filled in there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from babel import Locale

from credsite.core.locales import locale_of
from credsite.site.labels import Translator

Message = str | Mapping[str, str]

_SAMPLES: Final = (1, 2, 0, *range(3, 201), 1000, 1_000_000)
"""Numbers among which there is one of each category that whole numbers have, in every language of the CLDR."""


def script_messages(texts: Translator, language: str) -> dict[str, Message]:
    """The words by the names that scripts know them by."""
    _ = texts.gettext
    samples = _samples(language)

    def ngettext(singular: str, plural: str) -> dict[str, str]:
        return {category: texts.ngettext(singular, plural, number) for category, number in samples.items()}

    return {
        **_skills_finder(_, ngettext),
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
        # The search.
        "suggestions": ngettext("%(num)s suggestion", "%(num)s suggestions"),
        "matches": ngettext(
            "There is also %(num)s story, guide or pathway",
            "There are also %(num)s stories, guides and pathways",
        ),
        "kind_course": _("Course"),
        "kind_guide": _("Guide"),
        "kind_industry": _("Industry"),
        "kind_pathway": _("Pathway"),
        "kind_provider": _("Provider"),
        "kind_skill": _("Skill"),
        "kind_story": _("Story"),
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


def _skills_finder(
    _: Callable[[str], str], ngettext: Callable[[str, str], Mapping[str, str]]
) -> dict[str, Message]:
    """The words of the finder of courses for a set of skills; ``%(skills)s`` and ``%(titles)s`` are written as lists."""
    return {
        "gap_courses": ngettext("%(num)s course", "%(num)s courses"),
        "gap_matches": ngettext("%(num)s skill matches.", "%(num)s skills match."),
        "gap_no_match": _("No skill in this catalogue matches “%(text)s”."),
        "gap_choose": _("Choose one from the list: the down arrow key leads into it."),
        "gap_most": ngettext(
            "At most %(num)s skill can be chosen at a time. Remove it before you add another.",
            "At most %(num)s skills can be chosen at a time. Remove one before you add another.",
        ),
        "gap_remove": _("Remove %(name)s"),
        "gap_nothing": _("No skills are chosen."),
        "gap_left_out": ngettext(
            "The address asked for %(num)s skill that is not in this catalogue. It was left out.",
            "The address asked for %(num)s skills that are not in this catalogue. They were left out.",
        ),
        # The first is filled into the second: "3 courses cover" and "all 8 skills".
        "gap_all": ngettext("this skill", "all %(num)s skills"),
        "gap_some": ngettext("%(covered)s of %(num)s skill", "%(covered)s of %(num)s skills"),
        "gap_covers": ngettext("%(num)s course covers %(skills)s.", "%(num)s courses cover %(skills)s."),
        "gap_none": _("No course teaches %(skills)s."),
        "gap_none_online": _("No course that can be taken online teaches %(skills)s."),
        "gap_fewest": _("This is the fewest possible."),
        "gap_maybe_fewer": ngettext(
            "It may be possible with fewer, but %(num)s is needed.",
            "It may be possible with fewer, but at least %(num)s are needed.",
        ),
        "gap_cheapest": _("No other choice of that size costs less."),
        "gap_free": _("Free"),
        "gap_not_given": _("Not given"),
        "gap_unpriced": _("Not in the sum, because no price is given: %(titles)s."),
        "gap_untimed": _("Not in the sum, because no workload is given: %(titles)s."),
        "gap_instead": ngettext(
            "%(num)s other course would do instead", "%(num)s other courses would do instead"
        ),
        "gap_more": ngettext("and %(num)s more", "and %(num)s more"),
        "gap_copied": _("The link is copied."),
        "gap_copy": _("Copy the address of this page: it holds your choice."),
    }
