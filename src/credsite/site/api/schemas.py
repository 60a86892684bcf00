"""The JSON Schemas of the files for other programs, which follow from the declarations in :mod:`.documents`."""

from __future__ import annotations

from typing import Any, Final

from pydantic import TypeAdapter

from credsite.site.api.addresses import SCHEMAS, schema_file
from credsite.site.api.documents import CourseDocument, CourseList, ProviderList, StoryList
from credsite.site.api.own_fields import own_field_names
from credsite.site.view_builder import ViewBuilder

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_DOCUMENTS: Final = dict(zip(SCHEMAS, (CourseDocument, CourseList, StoryList, ProviderList), strict=True))
_WITH_OWN_FIELDS: Final = ("CourseSummary", "CourseDocument")


def document_schema(builder: ViewBuilder, name: str) -> dict[str, Any]:
    """The schema of a kind of file. It names the own fields of the site."""
    found = TypeAdapter[Any](_DOCUMENTS[name]).json_schema()
    own = {key: {"title": label} for key, label in own_field_names(builder).items()}
    if own:
        for definition in (found, *found.get("$defs", {}).values()):
            if definition.get("title") in _WITH_OWN_FIELDS:
                definition["properties"]["fields"]["properties"] = own
    return {"$schema": _DIALECT, "$id": builder.urls.absolute(schema_file(name)), **found}
