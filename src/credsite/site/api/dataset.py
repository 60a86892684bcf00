"""The description of the published data as a dataset, in DCAT (W3C), by which catalogues of open data find it."""

from __future__ import annotations

from typing import Any, Final

from credsite.schema.navigation import LISTS
from credsite.site.api.addresses import COURSES_CSV, PROVIDERS, STORIES, course_list_file, schema_file
from credsite.site.api.parts import latest_day
from credsite.site.planned import DataContext
from credsite.site.urls import Urls

_CONTEXT: Final = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_MEDIA_TYPES: Final = "https://www.iana.org/assignments/media-types/"
_FILES: Final = (
    ("courses", course_list_file(1), "application/json", "courses"),
    ("courses", COURSES_CSV, "text/csv", ""),
    ("stories", STORIES, "application/json", "stories"),
    ("providers", PROVIDERS, "application/json", "providers"),
)
"""The list that each file has, its site path and media type, and the name of its JSON Schema."""


def dataset(context: DataContext, path: str) -> dict[str, Any]:
    """The description, which is at the site path ``path``."""
    config, urls, catalogue = context.builder.config, context.builder.urls, context.catalogue
    licence = {"dct:license": {"@id": config.data_licence}} if config.data_licence else {}
    description = config.description or config.tagline
    updated = latest_day((*catalogue.courses.values(), *catalogue.stories.values()))
    return {
        "@context": _CONTEXT,
        "@id": urls.absolute(path),
        "@type": "dcat:Dataset",
        "dct:title": {"@language": config.language, "@value": config.title},
        **({"dct:description": {"@language": config.language, "@value": description}} if description else {}),
        "dct:publisher": {"@id": urls.absolute(""), "@type": "foaf:Agent", "foaf:name": config.title},
        "dct:language": config.language,
        **({"dct:modified": {"@type": "xsd:date", "@value": updated[:10]}} if updated else {}),
        "dcat:landingPage": {"@id": urls.absolute("")},
        **licence,
        "dcat:distribution": [
            {
                "@type": "dcat:Distribution",
                "dct:title": context.builder.translations.gettext(LISTS[name]),
                **_distribution(urls, file, media_type, schema),
                **licence,
            }
            for name, file, media_type, schema in _FILES
        ],
    }


def _distribution(urls: Urls, path: str, media_type: str, schema: str) -> dict[str, Any]:
    return {
        "dcat:downloadURL": {"@id": urls.absolute(path)},
        "dcat:accessURL": {"@id": urls.absolute(path)},
        "dcat:mediaType": {"@id": f"{_MEDIA_TYPES}{media_type}"},
        **({"dct:conformsTo": {"@id": urls.absolute(schema_file(schema))}} if schema else {}),
    }
