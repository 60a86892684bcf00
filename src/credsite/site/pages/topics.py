"""The indexes of industries, of delivery modes, and of the values of an own field."""

from __future__ import annotations

from collections.abc import Iterator

from credsite.catalogue.catalogue import Catalogue
from credsite.site import views
from credsite.site.cards import industry_card, mode_card
from credsite.site.details import detail_title
from credsite.site.page_parts import page_fields
from credsite.site.planned import PlannedPage
from credsite.site.urls import detail_path
from credsite.site.view_builder import ViewBuilder


def topic_pages(catalogue: Catalogue) -> Iterator[PlannedPage]:
    """The indexes of industries and of delivery modes."""
    if catalogue.industries:
        yield PlannedPage("industries/", topic_index, ("industries",))
    yield PlannedPage("delivery/", topic_index, ("modes",))


def topic_index(builder: ViewBuilder, kind: str) -> views.TopicIndexPage:
    """The index of industries or of delivery modes: ``kind`` is ``industries`` or ``modes``."""
    _, catalogue = builder.translations.gettext, builder.catalogue
    if kind == "industries":
        path, heading = "industries/", _("Industries")
        summary = _("Find a short course for the field that you work in, or want to.")
        topics = tuple(industry_card(builder, slug) for slug in catalogue.industries)
    else:
        path, heading = "delivery/", _("Ways to learn")
        summary = _("Find a short course that fits where you are and when you have time.")
        topics = tuple(mode_card(builder, mode) for mode in catalogue.modes)
    return views.TopicIndexPage(
        **page_fields(builder, path, heading, summary, section=path.rstrip("/"), graphs=()),
        kind=kind,
        topics=topics,
    )


def detail_index(builder: ViewBuilder, field_id: str) -> views.TopicIndexPage:
    """The index of the values of an own field."""
    field = builder.config.site_schema.course_fields[field_id]
    path, title = detail_path(field_id), detail_title(builder, field)
    counts = builder.catalogue.by_detail
    topics = (
        views.TopicCard(
            term.id,
            term.label,
            builder.urls.to(detail_path(field_id, term.id)),
            term.summary,
            len(counts.get((field_id, term.id), ())),
            None,
        )
        for term in (field.display.vocabulary or {}).values()
    )
    return views.TopicIndexPage(
        **page_fields(
            builder, path, title, "", section=path.rstrip("/"), own=True, description=title, graphs=()
        ),
        kind="details",
        topics=tuple(topics),
    )
