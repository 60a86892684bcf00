"""The indexes of industries and of delivery modes."""

from __future__ import annotations

from collections.abc import Iterator

from credsite.catalogue.catalogue import Catalogue
from credsite.site import views
from credsite.site.cards import industry_card, mode_card
from credsite.site.page_parts import page_fields
from credsite.site.planned import PlannedPage
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
