"""Headings, leads and breadcrumbs of lists of courses and stories, for their pages and for the scripts that filter them."""

from __future__ import annotations

from typing import NamedTuple

from credsite.site.facet_labels import value_title
from credsite.site.urls import course_list_path, story_list_path
from credsite.site.view_builder import ViewBuilder


class TrailStep(NamedTuple):
    """A page in the breadcrumbs of another: its title and site path. ``own`` is as in a :class:`~credsite.site.views.Term`."""

    title: str
    path: str
    own: bool = False


class ListHeading(NamedTuple):
    """The heading of a list, and the sentence below it.

    ``above`` are the breadcrumbs between the home page and the list. Its own is ``short_title``, or the ``title`` where that is "".
    ``own`` says that the heading and the sentence are texts of the site, and no words of the theme. ``has_own_lead`` says that no other
    list has the same sentence.
    """

    title: str
    lead: str
    above: tuple[TrailStep, ...] = ()
    short_title: str = ""
    own: bool = False
    has_own_lead: bool = True


def course_list_heading(builder: ViewBuilder, industry: str, mode: str) -> ListHeading:
    """Of the list of courses of an industry, a delivery mode, both or neither ("" for none)."""
    _ = builder.translations.gettext
    if not industry and not mode:
        return ListHeading(_("All courses"), builder.config.tagline, has_own_lead=False)
    if not industry:
        # A site's own words may not fit before "courses": "Online in your own time".
        form = _("Courses: %(mode)s") if builder.labels.is_own("mode", mode) else _("%(mode)s courses")
        title = form % {"mode": builder.mode(mode).title}
        return ListHeading(title, builder.mode_summary(mode), (TrailStep(_("Delivery"), "delivery/"),))
    name, industries = builder.industry(industry).title, TrailStep(_("Industries"), "industries/")
    if not mode:
        return ListHeading(name, builder.catalogue.industries[industry].summary, (industries,), own=True)
    names = {"industry": name, "mode": builder.mode(mode).title}
    above = (industries, TrailStep(name, course_list_path(industry, ""), own=True))
    is_own = builder.labels.is_own("mode", mode)
    form = _("Courses in %(industry)s: %(mode)s") if is_own else _("%(mode)s courses in %(industry)s")
    return ListHeading(form % names, builder.mode_summary(mode), above, names["mode"], has_own_lead=False)


def story_list_heading(builder: ViewBuilder, kind: str, value: str) -> ListHeading:
    """Of a list of stories: of the ``industry``, ``background`` or ``mode`` (``kind``) ``value``, or of all."""
    _ = builder.translations.gettext
    lead = _("Learners tell what they came from, what went well, what was hard, and where it led.")
    if not value:
        return ListHeading(_("Stories"), lead)
    name = value_title(builder, kind, value)
    titles = {
        "industry": _("Stories from %(industry)s"),
        "background": _("Stories: %(background)s"),
        "mode": _("Stories of %(mode)s courses"),
    }
    if kind == "mode" and builder.labels.is_own("mode", value):
        titles["mode"] = _("Stories of courses: %(mode)s")
    all_stories = TrailStep(_("Stories"), story_list_path("stories", ""))
    return ListHeading(titles[kind] % {kind: name}, lead, (all_stories,), name, has_own_lead=False)
