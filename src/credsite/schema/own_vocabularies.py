"""Words of a site's own for delivery, levels and other lists that entries choose from, as `vocabularies` in credsite.yaml has them.

From a declaration comes a vocabulary, and from this the models that accept its ids. Nothing else needs to know that a term is not
built in.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, Literal

from pydantic import Field, model_validator

from credsite.schema.field_types import Slug
from credsite.schema.models.base import Order, TextOrBlock
from credsite.schema.vocabularies import (
    SETTING_NAMES,
    USUAL_ORDER,
    VOCABULARIES,
    Vocabulary,
    VocabularyTerm,
)

MAX_TERMS: Final = 100
"""How many values of its own a vocabulary can have."""
WITH_SUMMARIES: Final = frozenset({"delivery_modes"})
"""The vocabularies whose values have pages that show a summary."""
WITH_ICONS: Final = frozenset({"delivery_modes", "credential_types"})
"""The vocabularies whose values are shown with icons."""
if TYPE_CHECKING:  # Type checkers cannot read the table.
    VocabularyName = str
else:
    VocabularyName = Literal[tuple(SETTING_NAMES.values())]


class TermDeclaration(TextOrBlock):
    """A value that entries can choose: its name for visitors, or a block that says more."""

    TEXT_KEY = "label"

    label: str = Field(
        default="", description="Its name for visitors; of a built-in value, the usual one if left out."
    )
    summary: str = Field(
        default="", description="A sentence about a delivery mode, for the page of its courses."
    )
    icon: str = Field(
        default="",
        description="The name of one of the theme's icons, for a delivery mode or a type of credential.",
        examples=["briefcase"],
    )
    same_as: str = Field(
        default="",
        description="The built-in value that means the same. Search engines, rules, icons and filters go by it.",
        examples=["online"],
    )
    hidden: bool = Field(default=False, description="`true` if nobody may choose it.")
    order: Order = USUAL_ORDER

    @model_validator(mode="before")
    @classmethod
    def _from_nothing(cls, data: Any) -> Any:
        return {} if data is None else data


OwnVocabularies = Mapping[VocabularyName, Mapping[Slug, TermDeclaration]]
"""The declared values of each vocabulary, by the names that both have in credsite.yaml."""


def with_old_settings(
    vocabularies: OwnVocabularies, backgrounds: Mapping[str, str] | None, support: Mapping[str, str]
) -> OwnVocabularies:
    """``vocabularies`` with the settings of earlier versions: ``backgrounds`` take the place of the built-in ones, ``support`` adds to them."""
    own = dict(vocabularies)
    if support and "support" not in own:
        own["support"] = _declarations(support)
    if backgrounds and "backgrounds" not in own:
        others = {
            id_: TermDeclaration(hidden=True) for id_ in VOCABULARIES["background"] if id_ not in backgrounds
        }
        in_order = {
            id_: one.model_copy(update={"order": position})
            for position, (id_, one) in enumerate(_declarations(backgrounds).items())
        }
        own["backgrounds"] = {**in_order, **others}
    return own


def _declarations(labels: Mapping[str, str]) -> dict[str, TermDeclaration]:
    return {id_: TermDeclaration(label=label) for id_, label in labels.items()}


def own_vocabulary(name: str, declared: Mapping[str, TermDeclaration]) -> Vocabulary:
    """The vocabulary ``name`` of VOCABULARIES with what is ``declared``; all of its terms where these are all hidden, which is wrong."""
    built_in = VOCABULARIES[name]
    terms = dict(built_in)
    for id_, one in declared.items():
        terms[id_] = _term(id_, one, built_in)
    positions = {id_: position for position, id_ in enumerate(built_in)}

    def position(term: VocabularyTerm) -> tuple[int, int]:
        # A term of the site's own stands behind the built-in one that means the same, or behind all.
        return term.order, positions.get(term.meaning, len(positions))

    shown = [term for id_, term in terms.items() if id_ not in declared or not declared[id_].hidden]
    return {term.id: term for term in sorted(shown or terms.values(), key=position)}


def _term(id_: str, declared: TermDeclaration, built_in: Vocabulary) -> VocabularyTerm:
    base = built_in.get(id_) or built_in.get(declared.same_as)
    return VocabularyTerm(
        id_,
        label=declared.label or (base.label if base is not None and base.id == id_ else id_),
        summary=declared.summary or (base.summary if base else ""),
        icon=declared.icon or (base.icon if base else ""),
        schema_org=base.schema_org if base else "",
        order=declared.order,
        same_as=base.id if base is not None and base.id != id_ else "",
        is_own_label=bool(declared.label) or id_ not in built_in,
        is_own_summary=bool(declared.summary),
    )


def replacements(name: str, declared: Mapping[str, TermDeclaration]) -> dict[str, str]:
    """The ids that ``declared`` hides in the vocabulary ``name``, each with the id that means the same, or ""."""
    shown = own_vocabulary(name, declared)
    by_meaning = {term.meaning: term.id for term in reversed(list(shown.values()))}
    return {
        id_: by_meaning.get(one.same_as or id_, "")
        for id_, one in declared.items()
        if one.hidden and id_ not in shown
    }
