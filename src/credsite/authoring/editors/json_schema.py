"""JSON Schemas (draft 2020-12) of front matter and settings, generated from the models.

Code editors read YAML with its core schema, where ``2027`` is a number and ``true`` is a boolean. For credsite both are
texts. So these schemas accept numbers and booleans as texts, and texts as numbers.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, Final

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from credsite.problems.codes import CODES, OWN_CODE
from credsite.problems.model import Severity
from credsite.schema import patterns
from credsite.schema.config import Config
from credsite.schema.kinds import KINDS, Kind
from credsite.schema.site_schema import BUILT_IN, SiteSchema
from credsite.schema.standard_codes import country_codes, currency_codes

SETTINGS_SCHEMA: Final = "settings"
"""The name of the schema of credsite.yaml. The other schemas are named after the kinds of entries."""
_SCALAR: Final = ["string", "number", "boolean"]
_DEFINITIONS: Final = "$defs"
_MAX_VALUES: Final = 1000
"""How many values a schema offers for one key. More would be slow to load, and nobody reads them."""
_CODES: Final[Mapping[str, Callable[[], Collection[str]]]] = {
    "country": country_codes,
    "currency": currency_codes,
}
"""Keys whose values are codes, which are offered because nobody remembers all of them."""


PATTERN_PROBLEM_CODES: Final[Mapping[str, str]] = {
    patterns.DATE: "bad-date",
    patterns.MOMENT: "bad-date",
    patterns.LOCAL_MOMENT: "bad-date",
    patterns.TIME: "bad-time",
    patterns.MEETING: "bad-time",
    patterns.DURATION: "bad-duration",
    patterns.PRICE: "bad-price",
    patterns.URL: "bad-url",
    patterns.WEB_ADDRESS: "bad-url",
    patterns.SITE_ADDRESS: "bad-url",
    patterns.EMAIL: "bad-url",
    patterns.LINK_TARGET: "bad-url",
    patterns.GIT_BRANCH: "bad-publish-target",
    patterns.GIT_REMOTE: "bad-publish-target",
    patterns.RSYNC_TARGET: "bad-publish-target",
    patterns.ALIAS: "bad-alias",
    patterns.LANGUAGE: "bad-language",
    patterns.CTID: "bad-ctid",
    patterns.NUMBER: "bad-number",
}
"""For each pattern, the code of the problem that `check` reports for a text that does not match it."""


class _Generator(GenerateJsonSchema):
    """Pydantic's generator, except for scalars, which YAML may read as another type than the model's."""

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        return {**super().str_schema(schema), "type": list(_SCALAR)}

    def int_schema(self, schema: core_schema.IntSchema) -> JsonSchemaValue:
        return {
            **super().int_schema(schema),
            "type": ["integer", "string"],
            "pattern": patterns.WHOLE_NUMBER,
        }

    def decimal_schema(self, schema: core_schema.DecimalSchema) -> JsonSchemaValue:
        number: dict[str, Any] = {"type": ["number", "string"], "pattern": patterns.AMOUNT}
        if "gt" in schema:
            number["exclusiveMinimum"] = float(schema["gt"])
        if "ge" in schema:
            number["minimum"] = float(schema["ge"])
        return number

    def bool_schema(self, schema: core_schema.BoolSchema) -> JsonSchemaValue:  # noqa: ARG002
        return {
            "anyOf": [
                {"type": "boolean"},
                {"type": "string", "pattern": patterns.YES_OR_NO},
                {"type": "integer", "minimum": 0, "maximum": 1},
            ]
        }


def json_text(data: Any) -> str:
    """``data`` as JSON for people to read, with a line end."""
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def json_schema(
    kind: str, ids: Mapping[str, tuple[str, ...]] | None = None, schema: SiteSchema = BUILT_IN
) -> dict[str, Any]:
    """The JSON Schema of a kind of entries in a site with this ``schema``, or of SETTINGS_SCHEMA.

    ``ids`` are the values to offer for keys that name something, such as entries. Others are not refused, because a
    schema in a file is older than what was written since; ``credsite check`` knows better.
    """
    model: type[BaseModel] = Config if kind == SETTINGS_SCHEMA else schema.models[Kind(kind)]
    generated = model.model_json_schema(schema_generator=_Generator)
    for block in list(_blocks(generated)):
        for name, field in block["properties"].items():
            if name in _CODES:
                _offer(field, sorted(_CODES[name]()), others=name != "country")
            elif ids and kind != SETTINGS_SCHEMA:
                _offer(field, ids.get(name, ()))
            block["properties"][name] = _tidy(field, required=name in block.get("required", ()))
    for block in (generated, *generated.get(_DEFINITIONS, {}).values()):
        block.pop("title", None)
    if kind == SETTINGS_SCHEMA:
        generated["properties"]["problems"].update(_severities())
        _offer_facets(generated["properties"]["filters"], schema)
    _name_keys(generated, generated.get(_DEFINITIONS, {}))
    _ease(generated)
    title = (
        "credsite.yaml"
        if kind == SETTINGS_SCHEMA
        else f"The front matter of content/{KINDS[Kind(kind)].folder}/"
    )
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, **generated}


def _offer_facets(filters: dict[str, Any], schema: SiteSchema) -> None:
    for option in (filters, *filters.get("anyOf", ())):
        if "items" in option:
            option["items"] = {"enum": list(schema.facets)}


def _blocks(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The schemas of all blocks of keys in a schema."""
    for one in (schema, *schema.get(_DEFINITIONS, {}).values()):
        for block in (one, *one.get("anyOf", ())):
            if "properties" in block:
                block.pop("title", None)
                yield block


def _offer(field: dict[str, Any], values: Sequence[str], *, others: bool = True) -> None:
    """Offer values for a key, for one value or a list. Any other value is allowed too, unless ``others`` is false."""
    if not values:
        return
    offered = {"enum": list(values[:_MAX_VALUES])}
    for option in (field, *field.get("anyOf", ())):
        if option.get("type") == "array":
            option["items"] = {"anyOf": [offered, option["items"]]}
        elif option.get("type") == _SCALAR or "pattern" in option:
            rest = {key: option.pop(key) for key in ("type", "minLength", "pattern") if key in option}
            option["anyOf"] = [offered, rest] if others else [offered]


def _tidy(field: dict[str, Any], *, required: bool) -> dict[str, Any]:
    """The schema of a field without titles and empty defaults. An optional key may also be empty."""
    field.pop("title", None)
    for text in (field, *field.get("anyOf", ())):
        if text.get("pattern") in (patterns.MOMENT, patterns.LOCAL_MOMENT):
            text.pop("anyOf", None)  # these formats are stricter than credsite
    if not field.get("default", True) or isinstance(field.get("default"), dict):
        field.pop("default")
    if "patternProperties" in field:
        field["additionalProperties"] = False
    if required:
        return field
    nothing = {"type": "null"}
    if "anyOf" in field and "type" not in field:
        return {**field, "anyOf": [*(one for one in field["anyOf"] if one != nothing), nothing]}
    about: dict[str, Any] = {
        key: field.pop(key) for key in ("description", "examples", "default") if key in field
    }
    return {**about, "anyOf": [field, nothing]}


def _name_keys(schema: Any, definitions: Mapping[str, Any]) -> None:
    """Change a schema so that code editors offer the keys of a block that has a few names for them."""
    for part in schema.values() if isinstance(schema, dict) else schema:
        if isinstance(part, dict | list):
            _name_keys(part, definitions)
    if isinstance(schema, dict) and "propertyNames" in schema:
        names = schema.pop("propertyNames")
        names = definitions[names["$ref"].rpartition("/")[2]] if "$ref" in names else names
        schema["properties"] = dict.fromkeys(names["enum"], schema["additionalProperties"])
        schema["additionalProperties"] = False


def _ease(schema: Any) -> None:
    """Change a schema so that code editors do not offer `null`, `true` or `false` for a text, and explain patterns.

    Editors offer the values of a `type`, but not those of a `not`. Other programs ignore the keywords for messages.
    """
    for part in schema.values() if isinstance(schema, dict) else schema:
        if isinstance(part, dict | list):
            _ease(part)
    if not isinstance(schema, dict):
        return
    if schema.get("type") == _SCALAR:
        del schema["type"]
        schema["not"] = {"type": ["null", "array", "object"]}
        schema["errorMessage"] = "This needs one text."
    elif schema == {"type": "null"}:
        del schema["type"]
        schema["not"] = {"type": ["string", "number", "boolean", "array", "object"]}
    if schema.get("pattern") in PATTERN_PROBLEM_CODES:
        schema["patternErrorMessage"] = CODES[PATTERN_PROBLEM_CODES[schema["pattern"]]].meaning


def _severities() -> dict[str, Any]:
    """The problem codes, each with its meaning and the severities that can be set for it."""
    return {
        "anyOf": [
            {
                "type": "object",
                "additionalProperties": False,
                "properties": {
                    code: {
                        "description": definition.meaning,
                        "enum": ["error", "off"] if definition.severity is Severity.ADVICE else ["error"],
                    }
                    for code, definition in CODES.items()
                },
                "patternProperties": {f"^{OWN_CODE}": {"enum": ["error", "off"]}},
            },
            {"type": "null"},
        ]
    }
