"""Fields of a site's own, as `fields` in credsite.yaml declares them, and what makes each a field of a model.

Everything that credsite does with a field follows from its model, so that an own field needs no code anywhere else.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Final, Literal

from pydantic import AfterValidator, Field, create_model

from credsite.schema.field_types import Date, DecimalNumber, Email, Slug, Text, Url, value_error
from credsite.schema.kinds import Kind
from credsite.schema.models.base import EntryFields, TextOrBlock
from credsite.schema.models.price import MoneyText
from credsite.schema.vocabularies import Display, Vocabulary, VocabularyTerm

MAX_FIELDS: Final = 50
"""How many fields of its own a kind of entries can have."""
MAX_VALUES: Final = 500
"""How many values a choice can have."""
_MAX_KEY_LENGTH: Final = 40
_KEY: Final = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")

ShownPlace = Literal["facts", "card", "compare"]
"""Where a field is shown: on the page of its entry, on cards of courses, in the comparison of courses."""
Use = Literal["list", "card", "compare", "filter", "sort", "search", "pages"]
"""What can be declared of a field, but does not make sense for every type."""


@dataclass(frozen=True, slots=True)
class FieldType:
    """A type that a field can have. ``value`` is that of one value, and ``example`` is what editors may write."""

    value: Any
    uses: frozenset[Use]
    example: str = ""


def _type(value: Any, uses: str, example: str = "") -> FieldType:
    return FieldType(value, frozenset(uses.split()), example)  # type: ignore[arg-type]


MARKDOWN: Final = "markdown"
FIELD_TYPES: Final[Mapping[str, FieldType]] = {
    "text": _type(Text, "list card compare sort search"),
    MARKDOWN: _type(Text, "search"),
    "number": _type(DecimalNumber, "list card compare filter sort search", "12"),
    "money": _type(MoneyText, "list card compare sort", "495"),
    "yes-no": _type(bool, "card compare filter"),
    "date": _type(Date, "list card compare sort", "2027-02-01"),
    "url": _type(Url, "list compare", "https://college.example/"),
    "email": _type(Email, "list compare", "ask@college.example"),
    "choice": _type(None, "list card compare filter search pages"),
    "reference": _type(Text, "list card compare filter search"),
}
"""The types of fields by the names that editors write."""
if TYPE_CHECKING:  # Type checkers cannot read the table.
    FieldTypeName = str
else:
    FieldTypeName = Literal[tuple(FIELD_TYPES)]
KINDS_WITH_LISTS: Final = frozenset({Kind.COURSE})
"""The kinds whose entries have cards with facts, filters and a comparison."""
SEARCHED_KINDS: Final = frozenset({Kind.COURSE, Kind.STORY, Kind.PATHWAY, Kind.PAGE})
"""The kinds whose entries visitors can search."""


def likely_field_key(written: str) -> str:
    """The key of a field that is most like ``written``, or ""."""
    likely = re.sub(r"[^a-z0-9]+", "_", written.lower()).strip("_")[:_MAX_KEY_LENGTH].rstrip("_")
    return likely if _KEY.fullmatch(likely) else ""


def _field_key(key: str) -> str:
    if _KEY.fullmatch(key) and len(key) <= _MAX_KEY_LENGTH:
        return key
    message = (
        f"`{key}` cannot be the key of a field: write small letters a to z, digits and underscores, {_MAX_KEY_LENGTH} at most, "
        "and begin with a letter."
    )
    raise value_error("bad-declaration", message, likely_field_key(key))


class ChoiceValue(TextOrBlock):
    """A value of a choice: its name for visitors, or a block with a summary too."""

    TEXT_KEY = "label"

    label: Text = Field(description="Its name for visitors.")
    summary: str = Field(default="", description="A sentence about it, for the page of its courses.")


class FieldDeclaration(TextOrBlock):
    """A field of your own: its type, or a block that also says where visitors see it."""

    ONE_LINE: ClassVar[dict[str, Any]] = {"enum": list(FIELD_TYPES)}
    TEXT_KEY = "type"
    KEEPS_EMPTY: ClassVar[Mapping[str, Any]] = {"show": list}

    type: FieldTypeName = Field(description="What its values are.", examples=["choice"])
    label: str = Field(default="", description="Its name for visitors; the key in words if left out.")
    help: str = Field(default="", description="What editors should write, in a sentence.")
    required: bool = Field(default=False, description="`true` if every entry must have it.")
    list: bool = Field(default=False, description="`true` if it can have several values.")
    values: Mapping[Slug, ChoiceValue] = Field(
        default={}, description="The values of a `choice`: ids and names."
    )
    kind: Kind | None = Field(
        default=None, description="The kind of entry whose ids are the values of a `reference`."
    )
    show: tuple[ShownPlace, ...] = Field(
        default=("facts",),
        description="Where it is shown: among the facts of its entry, on cards, in the comparison of courses.",
        examples=[["facts", "card", "compare"]],
    )
    filter: bool = Field(default=False, description="`true` if visitors can filter courses by it.")
    sort: bool = Field(default=False, description="`true` if visitors can sort courses by it.")
    search: bool = Field(default=False, description="`true` if the search looks in it.")
    export: bool = Field(default=True, description="`false` if `credsite export` leaves it out.")
    pages: bool = Field(
        default=False, description="`true` if each value of a `choice` gets a page with its courses."
    )

    @property
    def field_type(self) -> FieldType:
        return FIELD_TYPES[self.type]

    @property
    def uses(self) -> tuple[Use, ...]:
        """What is declared of the field beside its values."""
        switches: tuple[Use, ...] = ("list", "filter", "sort", "search", "pages")
        places: tuple[Use, ...] = ("card", "compare")
        return (
            *(one for one in switches if getattr(self, one)),
            *(one for one in places if one in self.show),
        )

    def title(self, key: str) -> str:
        """Its name for visitors."""
        return self.label or key.replace("_", " ").capitalize()

    def vocabulary(self) -> Vocabulary | None:
        if self.type != "choice":
            return None
        return {
            id_: VocabularyTerm(id_, value.label, value.summary, is_own_label=True, is_own_summary=True)
            for id_, value in self.values.items()
        }


OwnFields = Mapping[Kind, Mapping[Annotated[str, AfterValidator(_field_key)], FieldDeclaration]]
"""The declared fields of each kind by their keys."""


def with_own_fields(model: type[EntryFields], declared: Mapping[str, FieldDeclaration]) -> type[EntryFields]:
    """``model`` with the ``declared`` fields after its own. Those that it has already, and names that no field can have, are left out."""
    definitions: dict[str, Any] = {
        key: _definition(key, one) for key, one in declared.items() if is_possible_name(model, key)
    }
    return create_model(
        model.__name__, __base__=model, __module__=model.__module__, __doc__=model.__doc__, **definitions
    )


def is_possible_name(model: type[EntryFields], key: str) -> bool:
    """Whether a field of ``model`` can be called ``key``: nothing else of the model is called so."""
    return not hasattr(model, key) and key not in model.model_fields and not key.startswith("model_")


def _definition(key: str, declared: FieldDeclaration) -> tuple[Any, Any]:
    """The annotation and the field of a declaration, as pydantic takes them."""
    display = Display(
        declared.title(key),
        vocabulary=declared.vocabulary(),
        on_page="facts" in declared.show,
        on_card="card" in declared.show,
        in_comparison="compare" in declared.show,
        is_filter=declared.filter,
        is_sort=declared.sort,
        is_searched=declared.search,
        has_pages=declared.pages,
        is_exported=declared.export,
        is_own=True,
        type=declared.type,
        reference=declared.kind,
    )
    value = declared.field_type.value
    if declared.type == "choice":
        value = Literal[tuple(declared.values) or ("",)]  # without values, the declaration is wrong
    options: dict[str, Any] = {"description": declared.help or declared.title(key)}
    if declared.field_type.example:
        example = declared.field_type.example
        options["examples"] = [[example] if declared.list else example]
    if declared.list:
        options |= {"min_length": 1} if declared.required else {"default": ()}
        return Annotated[tuple[value, ...], display], Field(**options)  # type: ignore[valid-type]
    if declared.required:
        return Annotated[value, display], Field(**options)
    return Annotated[value | None, display], Field(default=None, **options)
