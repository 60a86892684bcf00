"""The schema of a site: what its authors may write, and what credsite knows of the fields and values in it.

It is the built-in schema, with what credsite.yaml declares beside it. Whoever reads, shows or generates something by the fields of
an entry or by the terms of a vocabulary takes them from the schema of the site, and never from the constants that it is made of.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from credsite.schema.displayed_fields import DisplayedField, displayed_fields
from credsite.schema.kinds import Kind
from credsite.schema.models import MODELS, EntryFields
from credsite.schema.vocabularies import COURSE_FACETS, VOCABULARIES, Vocabulary, VocabularyTerm

DisplayedFields = Mapping[str, DisplayedField]
"""The displayed fields of a kind by their ids, in the order of their declaration."""


@dataclass(frozen=True, eq=False)
class SiteSchema:
    """The models of entries, their displayed fields and the vocabularies, as one site has them.

    ``declarations`` is a digest of what credsite.yaml declares, "" where it declares nothing. What was read with one schema must
    not be used with another. There is one object for each digest, so that schemas can be compared by identity.
    """

    models: Mapping[Kind, type[EntryFields]]
    vocabularies: Mapping[str, Vocabulary]
    declarations: str = ""

    def __reduce__(self) -> str:
        """For another process, which has the same object."""
        return "BUILT_IN"

    @cached_property
    def displayed_fields(self) -> Mapping[Kind, DisplayedFields]:
        """The displayed fields of each kind."""
        return {
            kind: {field.id: field for field in displayed_fields(model)}
            for kind, model in self.models.items()
        }

    @property
    def course_fields(self) -> DisplayedFields:
        """The displayed fields of courses."""
        return self.displayed_fields[Kind.COURSE]

    @cached_property
    def filter_fields(self) -> tuple[str, ...]:
        """The ids of the displayed fields by which visitors can filter courses."""
        return tuple(id_ for id_, field in self.course_fields.items() if field.display.is_filter)

    @cached_property
    def recorded_fields(self) -> tuple[DisplayedField, ...]:
        """The displayed fields of courses that pages of other entries show or filter by."""
        return tuple(
            field for field in self.course_fields.values() if field.display.on_card or field.display.is_filter
        )

    @cached_property
    def card_fields(self) -> tuple[str, ...]:
        """The ids of the displayed fields that cards of courses show."""
        return tuple(id_ for id_, field in self.course_fields.items() if field.display.on_card)

    @cached_property
    def facet_terms(self) -> Vocabulary:
        """All that visitors can filter courses by, in the order in which it stands where credsite.yaml gives no other."""
        labels = {id_: self.course_fields[id_].display.label for id_ in self.filter_fields}
        return {**COURSE_FACETS, **{id_: VocabularyTerm(id_, label) for id_, label in labels.items()}}

    @cached_property
    def facets(self) -> tuple[str, ...]:
        """The ids of all facets, in their usual order."""
        return tuple(self.facet_terms)


BUILT_IN: Final = SiteSchema(MODELS, VOCABULARIES)
"""The schema of a site that declares nothing."""
