"""Headings, leads and breadcrumbs of lists of courses and stories, for their pages and for the scripts that filter them."""

from __future__ import annotations

from credsite.site.facet_labels import value_title
from credsite.site.urls import course_list_path, story_list_path
from credsite.site.view_builder import ViewBuilder

Trail = tuple[tuple[str, str], ...]
"""Breadcrumbs as titles and site paths, from below the home page to the list itself."""


def course_list_heading(builder: ViewBuilder, industry: str, mode: str) -> str:
    """The heading of the list of courses of an industry, a delivery mode, both or neither ("" for none)."""
    _ = builder.translations.gettext
    if not mode:
        return builder.industry(industry).title if industry else _("All courses")
    if not industry:
        return _("%(mode)s courses") % {"mode": builder.mode(mode).title}
    names = {"mode": builder.mode(mode).title, "industry": builder.industry(industry).title}
    return _("%(mode)s courses in %(industry)s") % names


def course_list_lead(builder: ViewBuilder, industry: str, mode: str) -> str:
    """The sentence below that heading."""
    if mode:
        return builder.mode_summary(mode)
    return builder.catalogue.industries[industry].summary if industry else builder.config.tagline


def course_list_trail(builder: ViewBuilder, industry: str, mode: str) -> Trail:
    """The breadcrumbs of that list."""
    _ = builder.translations.gettext
    if not industry:
        own = (course_list_heading(builder, "", mode), course_list_path("", mode))
        return ((_("Delivery"), "delivery/"), own) if mode else (own,)
    trail = (
        (_("Industries"), "industries/"),
        (builder.industry(industry).title, course_list_path(industry, "")),
    )
    if not mode:
        return trail
    return (*trail, (builder.mode(mode).title, course_list_path(industry, mode)))


def story_list_heading(builder: ViewBuilder, kind: str, value: str) -> str:
    """The heading of a list of stories: of the ``industry``, ``background`` or ``mode`` (``kind``) ``value``, or of all."""
    _ = builder.translations.gettext
    match kind:
        case "industry":
            return _("Stories from %(industry)s") % {"industry": builder.industry(value).title}
        case "background":
            return _("Stories: %(background)s") % {"background": builder.labels.title("background", value)}
        case "mode":
            return _("Stories of %(mode)s courses") % {"mode": builder.mode(value).title}
        case _:
            return _("Stories")


def story_list_lead(builder: ViewBuilder) -> str:
    """The sentence below the heading of any list of stories."""
    _ = builder.translations.gettext
    return _("Learners tell what they came from, what went well, what was hard, and where it led.")


def story_list_trail(builder: ViewBuilder, kind: str, value: str) -> Trail:
    """The breadcrumbs of a list of stories."""
    all_stories = (builder.translations.gettext("Stories"), "stories/")
    if not value:
        return (all_stories,)
    return (all_stories, (value_title(builder, kind, value), story_list_path(kind, value)))
