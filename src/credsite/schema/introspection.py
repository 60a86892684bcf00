"""What the fields of the models accept, for messages and for what is generated: new files, forms and spreadsheets.

A key path, such as ``("sessions", 1, "starts")``, leads through the models to a block or to one of its fields.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

from pydantic import BaseModel, BeforeValidator, PlainValidator, WithJsonSchema
from pydantic.fields import FieldInfo

from credsite.core.text import ordinal
from credsite.core.type_caches import cached_by_type
from credsite.problems.model import KeyPath
from credsite.schema.field_types import SLUG_PATTERN, AskedFor
from credsite.schema.kinds import Kind
from credsite.schema.one_or_many import OneOrMany
from credsite.schema.vocabularies import Display, FromVocabulary, labels

REFERENCE_KEYS: Final[Mapping[str, Kind]] = {
    "provider": Kind.PROVIDER,
    "partners": Kind.PROVIDER,
    "industries": Kind.INDUSTRY,
    "courses": Kind.COURSE,
    "pathways": Kind.PATHWAY,
    "place": Kind.PLACE,
}
"""The keys whose values are ids of other entries, with the kind of those."""
REFERENCE_OR_TEXT_KEYS: Final[Mapping[str, Kind]] = {
    "prerequisites": Kind.COURSE,
    "recognised_by": Kind.PROVIDER,
    "accredited_by": Kind.PROVIDER,
    "places": Kind.PLACE,
    "location": Kind.PLACE,
}
"""The keys whose values are ids of other entries or free text, with the kind of those entries."""
SETTING_KEYS: Final = ("funding", "background", "support", "languages", "template")
"""The keys whose values are defined in credsite.yaml or by the theme."""

CODE_KEYS: Final = ("country", "currency")
"""The keys whose values are codes of a standard."""

_NEVER_PROSE: Final = frozenset(
    {*REFERENCE_KEYS, *SETTING_KEYS, "timezone", "code", "src", "photo", "logo", "image"}
)
"""Keys of texts that programs read: ids, codes and names of files."""
SPECIAL_KEYS: Final = _NEVER_PROSE | {*REFERENCE_OR_TEXT_KEYS, *CODE_KEYS}
"""The keys that mean the same wherever they stand, so that no field of a site's own can have one of them."""
_ID: Final = re.compile(SLUG_PATTERN)


@dataclass(frozen=True, slots=True)
class FieldShape:
    """What a field accepts: one value or a list, of a plain ``type``, of some ``choices``, or blocks with a ``model``.

    ``may_be_list`` says that it is usually one value, but can also be a list of several.
    """

    type: Any = None
    is_list: bool = False
    may_be_list: bool = False
    choices: tuple[str, ...] = ()
    model: type[BaseModel] | None = None
    format: str = ""
    """The ``format`` in the JSON Schema of a text: ``uri`` for a web address, ``email`` for an e-mail address."""
    reference: Kind | None = None
    """The kind of the entries whose ids are its values."""
    labels: Mapping[str, str] = dataclasses.field(default_factory=dict, hash=False)
    """The site's own words for choices."""
    display: Display | None = dataclasses.field(default=None, hash=False)
    """How it is shown, where its declaration says so."""

    @property
    def is_money(self) -> bool:
        """Whether its values are amounts of money, in a field of the site's own."""
        return self.display is not None and self.display.is_money


def field_shape(annotation: Any) -> FieldShape:
    """The shape of a field from its annotation, without the None of fields that may be left out."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        schemas = (one.json_schema for one in arguments if isinstance(one, WithJsonSchema))
        text_format = next((str(schema["format"]) for schema in schemas if schema and "format" in schema), "")
        shape = replace(field_shape(arguments[0]), format=text_format)
        for one in arguments:
            if isinstance(one, OneOrMany):
                shape = replace(shape, is_list=False, may_be_list=True)
            elif isinstance(one, FromVocabulary):
                shape = replace(shape, labels=one.labels)
        return shape
    if origin in (Union, UnionType):
        return field_shape(next(argument for argument in arguments if argument is not NoneType))
    if origin is tuple:
        return replace(field_shape(arguments[0]), is_list=True)
    if origin is Literal:
        return FieldShape(str, choices=arguments)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return FieldShape(model=annotation)
    return FieldShape(annotation)


def full_annotation(field: FieldInfo) -> Any:
    """The annotation of a field as its model has it. Pydantic takes the outermost marks away from it."""
    return Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation


def shape_of(name: str, field: FieldInfo) -> FieldShape:
    """The shape of a model's field with the key ``name``."""
    display = next((mark for mark in field.metadata if isinstance(mark, Display)), None)
    reference = display.reference if display is not None and display.is_own else REFERENCE_KEYS.get(name)
    shape = field_shape(full_annotation(field))
    if display is not None and display.is_own and display.vocabulary is not None:
        shape = replace(shape, labels=labels(display.vocabulary))
    return replace(shape, reference=reference, display=display)


@dataclass(frozen=True, slots=True)
class ValueField:
    """A field that holds a value and not a block, with the keys that lead to it: ``("learner", "name")``."""

    path: tuple[str, ...]
    field: FieldInfo

    @property
    def name(self) -> str:
        return self.path[-1]

    @property
    def shape(self) -> FieldShape:
        return shape_of(self.name, self.field)


def required_fields(model: type[BaseModel], path: tuple[str, ...] = ()) -> Iterator[ValueField]:
    """The fields that a new entry has, with those of the blocks that it needs; of a list of blocks, those of its first."""
    for name, field in ordered_fields(model):
        if is_asked_for(field):
            inner = field_shape(field.annotation).model
            if inner is None:
                yield ValueField((*path, name), field)
            else:
                yield from required_fields(inner, (*path, name))


def ordered_fields(model: type[BaseModel]) -> list[tuple[str, FieldInfo]]:
    """A model's fields by the keys that editors write, with the required ones first."""
    return sorted(model.model_fields.items(), key=lambda pair: not is_asked_for(pair[1]))


def is_asked_for(field: FieldInfo) -> bool:
    """Whether a new entry has a field: it is required, or usual."""
    return field.is_required() or any(isinstance(mark, AskedFor) for mark in field.metadata)


def key_name(key: KeyPath) -> str:
    """The path as an editor would say it: ``the 2nd of its `industries` ``, or `` `starts` in the 1st of its `sessions` ``."""
    if key and isinstance(key[-1], int):
        return f"the {ordinal(key[-1] + 1)} of {list_phrase(key[:-1])}"
    return " in ".join(
        part for part in (f"`{key[-1]}`" if key else "", key_name(key[:-1]) if key[1:] else "") if part
    )


def list_phrase(key: KeyPath) -> str:
    """The list at ``key`` as something to choose from: ``its `industries` ``, or ``the `courses` in the 1st of its `steps` ``."""
    return f"the {key_name(key)}" if key[1:] else f"its {key_name(key)}"


def block_model(model: type[BaseModel], key: KeyPath) -> type[BaseModel]:
    """The model of the innermost block on the path ``key``, which begins in ``model``."""
    *_, innermost = _models_along(model, key)
    return innermost


def description(model: type[BaseModel], key: KeyPath) -> str:
    """The description of the field at ``key``, as in the documentation; "" where there is none, or nothing but a label."""
    field = find_field(model, key)
    about = (field.description or "") if field is not None else ""
    marks = field.metadata if field is not None else ()
    return "" if any(isinstance(mark, Display) and mark.label == about for mark in marks) else about


def is_prose(model: type[BaseModel], key: KeyPath, value: str) -> bool:
    """Whether ``value`` at ``key`` is text for visitors to read, and no number, date, id, code, address or file name."""
    field = find_field(model, key)
    if field is None:
        # The texts of a block with keys of the editor's own, such as `support`.
        outer = model.model_fields.get(str(key[0])) if len(key) > 1 else None
        return outer is not None and _is_text(outer)
    name = last_name(key)
    if name in REFERENCE_OR_TEXT_KEYS:
        return _ID.fullmatch(value) is None
    return name not in _NEVER_PROSE and _is_text(field)


def find_field(model: type[BaseModel], key: KeyPath) -> FieldInfo | None:
    """The field at ``key``, or, where that leads to a value of a list, the field with the list."""
    name = last_name(key)
    blocks = reversed(list(_models_along(model, key)))
    return next((block.model_fields[name] for block in blocks if name in block.model_fields), None)


def vocabulary_mark(field: FieldInfo) -> FromVocabulary | None:
    """The mark of the vocabulary from which the values of ``field`` are, whether it takes one or a list."""
    return mark_in(full_annotation(field))


def vocabulary_keys(model: type[BaseModel]) -> Iterator[tuple[str, str]]:
    """The vocabularies from which ``model`` and its blocks take values, each with the key of such a field."""
    for key, field in model.model_fields.items():
        mark = vocabulary_mark(field)
        if mark is not None:
            yield mark.name, key
        for inner in inner_models(field.annotation):
            yield from vocabulary_keys(inner)


def mark_in(annotation: Any) -> FromVocabulary | None:
    """The mark of a vocabulary in an annotation."""
    if isinstance(annotation, FromVocabulary):
        return annotation
    return next(filter(None, map(mark_in, get_args(annotation))), None)


def last_name(key: KeyPath) -> str:
    """The innermost name on the path ``key``, that of the list where it leads to an item; "" where there is none."""
    return next((part for part in reversed(key) if isinstance(part, str)), "")


def _is_text(field: FieldInfo) -> bool:
    """Whether a field, or each value in it, is any text at all."""
    return _accepts_any_text(full_annotation(field))


def _accepts_any_text(annotation: Any) -> bool:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return not any(_restricts(one) for one in arguments[1:]) and _accepts_any_text(arguments[0])
    if origin in (Union, UnionType, tuple):
        return any(_accepts_any_text(argument) for argument in arguments)
    if origin is Mapping:
        return _accepts_any_text(arguments[1])
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return "pattern" not in getattr(annotation, "ONE_LINE", {"pattern": ""})  # as one line of text
    return annotation is str


def _restricts(constraint: Any) -> bool:
    """Whether a part of an annotation lets a text be only of a certain form."""
    return isinstance(constraint, BeforeValidator | PlainValidator) or bool(
        getattr(constraint, "pattern", None)
    )


@cached_by_type
def known_keys(model: type[BaseModel]) -> frozenset[str]:
    """The keys that editors can write in a model and in the blocks of its fields."""
    names = set(model.model_fields)
    for field in model.model_fields.values():
        for inner in inner_models(field.annotation):
            names |= known_keys(inner)
    return frozenset(names)


def _models_along(model: type[BaseModel], key: KeyPath) -> Iterator[type[BaseModel]]:
    """The models of the blocks on the path ``key``, outermost first."""
    yield model
    for part in key:
        if isinstance(part, str):
            field = model.model_fields.get(part)
            if field is None:
                continue  # a key of the editor's own, as in `funding`
            inner = next(inner_models(field.annotation), None)
            if inner is None:
                return
            model = inner
            yield model


def inner_models(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models of the blocks that a field with this annotation accepts."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in getattr(annotation, "__args__", ()):
        yield from inner_models(argument)
