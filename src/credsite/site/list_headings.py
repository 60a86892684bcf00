"""Headings, leads and breadcrumbs of lists of courses and stories, for their pages and for the scripts that filter them."""

from __future__ import annotations

from typing import NamedTuple

from credsite.site.facet_labels import value_title
from credsite.site.urls import course_list_path, story_list_path
from credsite.site.view_builder import ViewBuilder

Trail = tuple[tuple[str, str], ...]
"""Breadcrumbs as titles and site paths, from below the home page to the page itself."""


class ListHeading(NamedTuple):
    """The heading of a list, the sentence below it, and its breadcrumbs."""

    title: str
    lead: str
    trail: Trail


def course_list_heading(builder: ViewBuilder, industry: str, mode: str) -> ListHeading:
    """Of the list of courses of an industry, a delivery mode, both or neither ("" for none)."""
    _ = builder.translations.gettext
    path = course_list_path(industry, mode)
    if not industry and not mode:
        title = _("All courses")
        return ListHeading(title, builder.config.tagline, ((title, path),))
    if not industry:
        # A site's own words may not fit before "courses": "Online in your own time".
        form = _("Courses: %(mode)s") if builder.labels.is_own("mode", mode) else _("%(mode)s courses")
        title = form % {"mode": builder.mode(mode).title}
        return ListHeading(title, builder.mode_summary(mode), ((_("Delivery"), "delivery/"), (title, path)))
    names = {"industry": builder.industry(industry).title}
    trail = ((_("Industries"), "industries/"), (names["industry"], course_list_path(industry, "")))
    if not mode:
        return ListHeading(names["industry"], builder.catalogue.industries[industry].summary, trail)
    names["mode"] = builder.mode(mode).title
    is_own = builder.labels.is_own("mode", mode)
    form = _("Courses in %(industry)s: %(mode)s") if is_own else _("%(mode)s courses in %(industry)s")
    return ListHeading(form % names, builder.mode_summary(mode), (*trail, (names["mode"], path)))


def story_list_heading(builder: ViewBuilder, kind: str, value: str) -> ListHeading:
    """Of a list of stories: of the ``industry``, ``background`` or ``mode`` (``kind``) ``value``, or of all."""
    _ = builder.translations.gettext
    lead = _("Learners tell what they came from, what went well, what was hard, and where it led.")
    all_stories = (_("Stories"), story_list_path("stories", ""))
    if not value:
        return ListHeading(_("Stories"), lead, (all_stories,))
    name = value_title(builder, kind, value)
    titles = {
        "industry": _("Stories from %(industry)s"),
        "background": _("Stories: %(background)s"),
        "mode": _("Stories of %(mode)s courses"),
    }
    if kind == "mode" and builder.labels.is_own("mode", value):
        titles["mode"] = _("Stories of courses: %(mode)s")
    trail = (all_stories, (name, story_list_path(kind, value)))
    return ListHeading(titles[kind] % {kind: name}, lead, trail)
