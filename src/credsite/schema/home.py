"""The sections of the home page, as `home` in credsite.yaml has them."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Final, Literal

from pydantic import BeforeValidator, Field

from credsite.problems.model import KeyPath
from credsite.schema.field_types import Slug, value_error
from credsite.schema.kinds import Kind
from credsite.schema.models.base import FieldFinding, TextOrBlock

MAX_COUNT: Final = 48
"""How many entries a section can show."""
MAX_SECTIONS: Final = 40
HERO_SECTION: Final = "hero"
TEXT_SECTION: Final = "text"
_ENTRIES: Final[Mapping[str, Kind]] = {
    "industries": Kind.INDUSTRY,
    "delivery": Kind.DELIVERY_MODE,
    "featured": Kind.COURSE,
    "stories": Kind.STORY,
    "pathways": Kind.PATHWAY,
    "guides": Kind.PAGE,
    "providers": Kind.PROVIDER,
    "places": Kind.PLACE,
}
"""The sections that show entries of a kind which the settings can choose."""
_COUNTED: Final = frozenset({"heading", "count"})
_CHOSEN: Final = _COUNTED | {"entries"}
SECTIONS: Final[Mapping[str, frozenset[str]]] = {
    HERO_SECTION: frozenset(),
    "industries": _CHOSEN,
    "delivery": _CHOSEN,
    "backgrounds": _COUNTED,
    "starts": _COUNTED,
    "featured": _CHOSEN,
    "stories": _CHOSEN - {"heading"},
    "pathways": _CHOSEN,
    "guides": _CHOSEN,
    "providers": _CHOSEN,
    "places": _CHOSEN,
    TEXT_SECTION: frozenset({"heading", "text"}),
}
"""The sections by their names, each with the keys that it can have."""
if TYPE_CHECKING:  # Type checkers cannot read the table.
    SectionName = str
else:
    SectionName = Literal[tuple(SECTIONS)]


def _id_alone(value: Any) -> Any:
    kind, _, slug = value.partition(":") if isinstance(value, str) else ("", "", "")
    if slug and kind in frozenset(Kind):
        raise value_error("bad-slug", f"Write only the id of the entry, without `{kind}:`.", slug.strip())
    return value


class SectionChoice(TextOrBlock):
    """A section: its name, or a block that also says what it shows."""

    ONE_LINE: ClassVar[dict[str, Any]] = {"enum": [name for name in SECTIONS if name != TEXT_SECTION]}
    TEXT_KEY = "section"

    section: SectionName = Field(description="Which section it is.", examples=["starts"])
    heading: str = Field(
        default="", description="Its heading; the usual one if left out.", examples=["Starting soon"]
    )
    count: Annotated[int, Field(ge=1, le=MAX_COUNT)] | None = Field(
        default=None, description="How many entries it shows at most.", examples=[5]
    )
    entries: tuple[Annotated[Slug, BeforeValidator(_id_alone)], ...] = Field(
        default=(),
        description="Which entries it shows, by their ids, in this order; the featured or first ones if left out.",
        examples=[["first-aid", "bookkeeping"]],
    )
    text: str = Field(default="", description="The text of a section `text`, in Markdown.")

    @property
    def kind(self) -> Kind | None:
        """The kind of the ``entries``."""
        return _ENTRIES.get(self.section)


HomeSections = Annotated[tuple[SectionChoice, ...], Field(max_length=MAX_SECTIONS)]
USUAL_SECTIONS: Final = tuple(
    SectionChoice.model_construct(section=name)
    for name in SECTIONS
    if name not in ("providers", "places", TEXT_SECTION)
)


def home_findings(home: HomeSections, key: KeyPath) -> Iterator[FieldFinding]:
    """What is wrong with the sections at ``key`` although each of their parts is right."""
    seen: set[str] = set()
    for position, choice in enumerate(home):
        name, here = choice.section, (*key, position)
        if name == HERO_SECTION and position:
            message = "`hero` is the top of the home page: write it first, or leave it out."
            yield FieldFinding("unknown-value", message, (*here, "section"))
        elif name in seen:
            message = f"`{name}` is in `home` twice. Remove one of the two."
            yield FieldFinding("unknown-value", message, (*here, "section"))
        if name != TEXT_SECTION:
            seen.add(name)
        for other in sorted(choice.model_fields_set - SECTIONS[name] - {"section"}):
            possible = [f"`{one}`" for one in SectionChoice.model_fields if one in SECTIONS[name]]
            advice = f"It can have {' and '.join(possible)}." if possible else "It needs only its name."
            message = f"The section `{name}` has no `{other}`. {advice}"
            yield FieldFinding("unknown-key", message, (*here, other), depends_on=((*here, "section"),))
        if name == TEXT_SECTION and not choice.text:
            message = "A section `text` needs the `text` that it shows."
            yield FieldFinding("missing-key", message, here, depends_on=((*here, "section"),))
