"""What is wrong with declarations of own fields although each of their parts is right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from credsite.core.text import join_names
from credsite.problems.model import KeyPath
from credsite.schema.introspection import SPECIAL_KEYS, field_shape
from credsite.schema.kinds import KINDS, Kind
from credsite.schema.models import MODELS, EntryFields, FieldFinding
from credsite.schema.own_fields import (
    FIELD_TYPES,
    KINDS_WITH_LISTS,
    MAX_FIELDS,
    MAX_VALUES,
    SEARCHED_KINDS,
    FieldDeclaration,
    OwnFields,
    Use,
    is_possible_name,
)
from credsite.schema.site_schema import BUILT_IN
from credsite.schema.vocabularies import COURSE_FACETS, SORT_ORDERS

_CODE: Final = "bad-declaration"
_USED_ELSEWHERE: Final = frozenset({"text", "what_is_wrong", "body"})
"""Columns of spreadsheets that are no keys, and what the form in the browser calls the text below the front matter."""
_COMPARED: Final = frozenset({"workload", "pathway", "support"})
"""The ids of rows of the comparison that are no facets."""
_IN_ADDRESSES: Final = frozenset({"q", "sort", "page", "skill", "pair", "constructor"})
"""Parameters of the addresses of lists that are no facets, lists that are none of a facet, and what every JavaScript object has."""
_RESERVED_IDS: Final = frozenset(
    {*COURSE_FACETS, *SORT_ORDERS, *BUILT_IN.course_fields, *_COMPARED, *_IN_ADDRESSES}
)
"""The ids that fields of courses cannot have: addresses, filters or the comparison have them already."""
_WORDS: Final[Mapping[Use, str]] = {
    "list": "have several values",
    "card": "be shown on cards",
    "compare": "be compared",
    "filter": "be a filter",
    "sort": "be sorted by",
    "search": "be searched",
    "pages": "have pages",
}


def own_field_findings(fields: OwnFields) -> Iterator[FieldFinding]:
    """Everything that is wrong with ``fields``. The keys of the findings are those of credsite.yaml."""
    for kind, declared in fields.items():
        if len(declared) > MAX_FIELDS:
            message = (
                f"There are {len(declared)} fields for {KINDS[kind].plural}. Declare {MAX_FIELDS} at most."
            )
            yield FieldFinding(_CODE, message, ("fields", kind.value))
        for key, one in declared.items():
            path = ("fields", kind.value, key)
            yield from _name_findings(kind, key, path)
            yield from _value_findings(one, path)
            yield from _use_findings(kind, one, path)


def _name_findings(kind: Kind, key: str, path: KeyPath) -> Iterator[FieldFinding]:
    model = MODELS[kind]
    other = "Choose another key for your own field"
    if key in model.model_fields:
        about = (model.model_fields[key].description or "").rstrip(".")
        message = f"{KINDS[kind].label_with_article.capitalize()} has a `{key}` already ({about}). Use that, or choose another key for your field."
        yield FieldFinding(_CODE, message, path)
    elif not is_possible_name(model, key) or key in SPECIAL_KEYS or key in _USED_ELSEWHERE:
        yield FieldFinding(
            _CODE, f"`{key}` has a meaning of its own in credsite. {other}, such as `our_{key}`.", path
        )
    elif (column := _column_called(key, model)) is not None:
        message = (
            f"In spreadsheets, `{key}` is the `{column[1]}` of `{column[0]}`. {other}, such as `our_{key}`."
        )
        yield FieldFinding(_CODE, message, path)
    elif kind in KINDS_WITH_LISTS and key.replace("_", "-") in _RESERVED_IDS:
        message = (
            f"Addresses and filters have `{key.replace('_', '-')}` already. {other}, such as `our_{key}`."
        )
        yield FieldFinding(_CODE, message, path)


def _column_called(key: str, model: type[EntryFields]) -> tuple[str, str] | None:
    """The block of ``model``, and the key in it, whose column in a spreadsheet is called ``key``."""
    for name, field in model.model_fields.items():
        shape = field_shape(field.annotation)
        for inner in shape.model.model_fields if shape.model is not None else ():
            if key in (f"{name}_{inner}", f"{name.removesuffix('s')}_{inner}"):
                return name, inner
    return None


def _value_findings(declared: FieldDeclaration, path: KeyPath) -> Iterator[FieldFinding]:
    type_ = (*path, "type")
    if declared.type == "choice" and not declared.values:
        message = "A `choice` needs `values`: the ids that editors write, each with its name, such as `values: {north: North campus}`."
        yield FieldFinding(_CODE, message, type_, ((*path, "values"),))
    if declared.type != "choice" and declared.values:
        message = f"Only a `choice` has `values`, and this is a `{declared.type}`. Write `type: choice`, or take the `values` out."
        yield FieldFinding(_CODE, message, (*path, "values"), (type_,))
    if len(declared.values) > MAX_VALUES:
        message = f"A choice can have {MAX_VALUES} values at most, and this has {len(declared.values)}. Use the type `text`."
        yield FieldFinding(_CODE, message, (*path, "values"), (type_,))
    first: dict[str, str] = {}
    for id_, value in declared.values.items():
        other = first.setdefault(value.label.casefold(), id_)
        if other != id_:
            message = f"Visitors cannot tell `{id_}` from `{other}`: both are called “{value.label}”. Change a `label`."
            yield FieldFinding(_CODE, message, (*path, "values", id_), ((*path, "values", other),))
    if declared.type == "reference" and declared.kind is None:
        message = f"A `reference` needs the `kind` of entry that it leads to: {', '.join(KINDS)}."
        yield FieldFinding(_CODE, message, type_, ((*path, "kind"),))
    if declared.type != "reference" and declared.kind is not None:
        message = f"Only a `reference` has a `kind`, and this is a `{declared.type}`. Write `type: reference`, or take the `kind` out."
        yield FieldFinding(_CODE, message, (*path, "kind"), (type_,))


def _use_findings(kind: Kind, declared: FieldDeclaration, path: KeyPath) -> Iterator[FieldFinding]:
    for use in declared.uses:
        key = (*path, "show") if use in ("card", "compare") else (*path, use)
        if use not in declared.field_type.uses:
            able = ", ".join(f"`{name}`" for name, one in FIELD_TYPES.items() if use in one.uses)
            message = f"A field of the type `{declared.type}` cannot {_WORDS[use]}. Take `{use}` out, or choose another type: {able}."
            yield FieldFinding(_CODE, message, key, ((*path, "type"),))
        elif use == "search":
            if kind not in SEARCHED_KINDS:
                kinds = join_names([KINDS[one].plural for one in KINDS if one in SEARCHED_KINDS])
                message = f"The search finds {kinds}, and no {KINDS[kind].plural}. Take `search` out."
                yield FieldFinding(_CODE, message, key)
        elif use != "list" and kind not in KINDS_WITH_LISTS:
            message = f"Only fields of `course` can {_WORDS[use]}, and this is one of `{kind.value}`. Take `{use}` out."
            yield FieldFinding(_CODE, message, key)
    if "compare" in declared.show and "facts" not in declared.show:
        message = (
            "The comparison takes what it shows from the facts of a course's page. Add `facts` to `show`."
        )
        yield FieldFinding(_CODE, message, (*path, "show"), ((*path, "type"),))
    if declared.list and declared.sort:
        message = "Courses can only be sorted by one value. Take `sort` or `list` out."
        yield FieldFinding(_CODE, message, (*path, "sort"), ((*path, "list"), (*path, "type")))
