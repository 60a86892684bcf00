"""Providers in schema.org's words: Organization, on the pages of courses and on the provider's own."""

from __future__ import annotations

from typing import Any

from credsite.content.records import ProviderRecord
from credsite.schema.kinds import Kind
from credsite.schema.models import Provider
from credsite.site import views
from credsite.site.json_ld import absolute, organization, without_empty
from credsite.site.place_parts import place_data
from credsite.site.urls import Urls
from credsite.site.view_builder import ViewBuilder


def provider_data(provider: ProviderRecord, urls: Urls) -> dict[str, Any]:
    """Who offers a course. The provider's own page says more, by the same ``@id``."""
    link = views.Link(provider.title, urls.entry(Kind.PROVIDER, provider.slug))
    return without_empty({**organization(link, urls), "sameAs": provider.url})


def full_provider_data(
    builder: ViewBuilder, record: ProviderRecord, provider: Provider, logo: views.Picture | None
) -> dict[str, Any]:
    """A provider on its own page, with all that is known."""
    data = provider_data(record, builder.urls)
    kinds = builder.config.site_schema.vocabularies["provider"]
    address = without_empty({"addressRegion": provider.region, "addressCountry": provider.country})
    return without_empty(
        {
            **data,
            "@type": (kinds[provider.kind].schema_org if provider.kind else "") or data["@type"],
            "url": data["@id"],
            "description": provider.summary,
            "logo": absolute(logo.url, builder.urls) if logo is not None else None,
            "email": (provider.email or "").removeprefix("mailto:"),
            "address": {"@type": "PostalAddress", **address} if address else None,
            "location": place_data(builder, provider.place or ""),
        }
    )
