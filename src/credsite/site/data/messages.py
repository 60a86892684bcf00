"""The messages that only scripts show. All others are in templates.

A message with a number has a text for each plural category of the site's language. The categories are those of the Unicode
CLDR, which ``Intl.PluralRules`` in the browser uses too. Scripts fill in ``%(name)s``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from babel import Locale

from credsite.core.locales import locale_of
from credsite.site.labels import Translator

Message = str | Mapping[str, str]
Gettext = Callable[[str], str]
Ngettext = Callable[[str, str], Mapping[str, str]]

_SAMPLES: Final = (1, 2, 0, *range(3, 201), 1000, 1_000_000)
"""Numbers with at least one of each plural category that whole numbers have, in every language of the CLDR."""


def script_messages(translator: Translator, language: str, *, has_places: bool = False) -> dict[str, Message]:
    """The messages by the names that scripts use."""
    samples = _samples(language)

    def ngettext(singular: str, plural: str) -> dict[str, str]:
        return {
            category: translator.ngettext(singular, plural, number) for category, number in samples.items()
        }

    _ = translator.gettext
    messages = {**_skills_finder(_, ngettext), **_lists(_, ngettext), **_search(_, ngettext), **_shortlist(_)}
    return {**messages, "kind_place": _("Location")} if has_places else messages


def _samples(language: str) -> dict[str, int]:
    """A number for each plural category of a language."""
    rule = (locale_of(language) or Locale("en")).plural_form
    samples: dict[str, int] = {}
    for number in _SAMPLES:
        samples.setdefault(rule(number), number)
    # Some languages use it for fractions only, but scripts fall back on it.
    samples.setdefault("other", _SAMPLES[-1])
    return {category: samples[category] for category in _in_order(samples)}


def _in_order(categories: Iterable[str]) -> list[str]:
    return sorted(categories, key=("zero", "one", "two", "few", "many", "other").index)


def _skills_finder(_: Gettext, ngettext: Ngettext) -> dict[str, Message]:
    """The messages of the skills finder. ``%(skills)s`` and ``%(titles)s`` become lists."""
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
        # These two become %(skills)s of gap_covers.
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


def _lists(_: Gettext, ngettext: Ngettext) -> dict[str, Message]:
    """The messages of lists of courses and stories."""
    return {
        # The heading of a list, as parts/words.html and stories.html have it without scripts.
        "courses": ngettext("%(num)s course", "%(num)s courses"),
        "courses_range": _("Courses %(first)s–%(last)s of %(total)s"),
        "courses_none": _("No courses found"),
        "stories": ngettext("%(num)s story", "%(num)s stories"),
        "stories_range": _("Stories %(first)s–%(last)s of %(total)s"),
        "stories_none": _("No stories found"),
        # For screen readers.
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


def _search(_: Gettext, ngettext: Ngettext) -> dict[str, Message]:
    """The messages of the search."""
    return {
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


def _shortlist(_: Gettext) -> dict[str, Message]:
    """What visitors are told if a course cannot be saved, or not for long."""
    return {
        "shortlist_full": _("The shortlist is full. Take a course off it first."),
        "shortlist_not_kept": _(
            "Saved for now only: your browser keeps nothing for this site. The link to the shortlist takes the course along."
        ),
    }
