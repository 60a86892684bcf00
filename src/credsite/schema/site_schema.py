"""The schema of a site: what its authors may write, and what credsite knows of the fields and values in it.

It is the built-in schema, with what credsite.yaml declares beside it. Whoever reads, shows or generates something by the fields of
an entry or by the terms of a vocabulary takes them from the schema of the site, and never from the constants that it is made of.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from credsite.core.hashing import digest
from credsite.core.type_caches import forget_types
from credsite.schema.displayed_fields import DisplayedField, displayed_fields
from credsite.schema.introspection import REFERENCE_KEYS
from credsite.schema.kinds import Kind
from credsite.schema.models import MODELS, EntryFields
from credsite.schema.own_fields import MARKDOWN, OwnFields, with_own_fields
from credsite.schema.own_vocabularies import OwnVocabularies, own_vocabulary, replacements
from credsite.schema.vocabularies import (
    COURSE_FACETS,
    SETTING_NAMES,
    VOCABULARIES,
    Vocabulary,
    VocabularyTerm,
)

_FACETS_OF_TERMS: Final = ("mode", "level", "pace", "timing", "credential", "background")
"""The facets of courses and stories whose values are the terms of a vocabulary that a site can change."""

DisplayedFields = Mapping[str, DisplayedField]
"""The displayed fields of a kind by their ids, in the order of their declaration."""


@dataclass(frozen=True, eq=False)
class SiteSchema:
    """The models of entries, their displayed fields and the vocabularies, as one site has them.

    ``fields`` and ``own_vocabularies`` are declared, and ``declarations`` is a digest of all that credsite.yaml declares, "" for
    nothing. ``replacements`` are by the names of vocabularies the ids that these hide, each with the id that means the same, or "".
    What was read with one schema must not be used with another. Schemas are compared by identity: there is one object for each
    digest.
    """

    models: Mapping[Kind, type[EntryFields]]
    vocabularies: Mapping[str, Vocabulary]
    declarations: str = ""

    fields: OwnFields = field(default_factory=dict)
    own_vocabularies: OwnVocabularies = field(default_factory=dict)
    replacements: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def __reduce__(self) -> tuple[Callable[..., SiteSchema], tuple[OwnFields, OwnVocabularies]]:
        """For another process, which derives its own from the same declarations: their models cannot be sent."""
        return site_schema, (self.fields, self.own_vocabularies)

    def meaning(self, vocabulary: str, value: str) -> str:
        """The id of the built-in term that means the same as ``value``, which may be that term itself."""
        term = self.vocabularies[vocabulary].get(value)
        return term.meaning if term is not None else value

    def with_meaning(self, vocabulary: str, meaning: str) -> tuple[str, ...]:
        """The ids of the site that mean the same as the built-in ``meaning``, itself first."""
        terms = self.vocabularies[vocabulary]
        found = (id_ for id_, term in terms.items() if term.meaning == meaning)
        return tuple(sorted(found, key=lambda id_: id_ != meaning))

    def id_with_meaning(self, vocabulary: str, meaning: str) -> str:
        """The id that the site itself writes for the built-in ``meaning``, "" where it has none."""
        return next(iter(self.with_meaning(vocabulary, meaning)), "")

    @cached_property
    def facet_meanings(self) -> Mapping[str, Mapping[str, str]]:
        """The site's own values of each facet that has some, each with the built-in one that means the same, if that one is not hidden."""
        of_fields = {id_: self.course_fields[id_].display.vocabulary or {} for id_ in self.filter_fields}
        facets = {**{id_: self.vocabularies[id_] for id_ in _FACETS_OF_TERMS}, **of_fields}
        found = {
            facet: {id_: term.same_as for id_, term in terms.items() if term.same_as in terms}
            for facet, terms in facets.items()
        }
        return {facet: meanings for facet, meanings in found.items() if meanings}

    @cached_property
    def displayed_fields(self) -> Mapping[Kind, DisplayedFields]:
        """The displayed fields of each kind."""
        return {kind: {one.id: one for one in displayed_fields(model)} for kind, model in self.models.items()}

    @property
    def course_fields(self) -> DisplayedFields:
        """The displayed fields of courses."""
        return self.displayed_fields[Kind.COURSE]

    @cached_property
    def filter_fields(self) -> tuple[str, ...]:
        """The ids of the displayed fields by whose values courses are counted: for filters, or for pages of their own."""
        return tuple(
            id_ for id_, one in self.course_fields.items() if one.display.is_filter or one.display.has_pages
        )

    @cached_property
    def recorded_fields(self) -> Mapping[Kind, tuple[DisplayedField, ...]]:
        """The displayed fields of each kind whose values records hold."""
        return {
            kind: tuple(one for one in of_kind.values() if one.is_recorded)
            for kind, of_kind in self.displayed_fields.items()
        }

    @cached_property
    def page_details(self) -> Mapping[Kind, tuple[DisplayedField, ...]]:
        """The displayed fields of each kind that stand on an entry's own page, except long texts."""
        return {
            kind: tuple(
                one for one in of_kind.values() if one.display.on_page and one.display.type != MARKDOWN
            )
            for kind, of_kind in self.displayed_fields.items()
        }

    @cached_property
    def text_fields(self) -> Mapping[Kind, tuple[DisplayedField, ...]]:
        """The own fields of each kind that are long texts in Markdown."""
        return {
            kind: tuple(one for one in of_kind.values() if one.display.type == MARKDOWN)
            for kind, of_kind in self.displayed_fields.items()
        }

    @cached_property
    def reference_keys(self) -> Mapping[str, Kind]:
        """The keys whose values are ids of other entries, with the kind of those.

        A key of own fields that lead to different kinds is left out.
        """
        own: dict[str, set[Kind]] = {}
        for of_kind in self.displayed_fields.values():
            for one in of_kind.values():
                if one.display.reference is not None:
                    own.setdefault(one.key, set()).add(one.display.reference)
        return {**REFERENCE_KEYS, **{key: next(iter(kinds)) for key, kinds in own.items() if len(kinds) == 1}}

    @cached_property
    def own_course_keys(self) -> tuple[str, ...]:
        """The keys of the own fields of courses."""
        return tuple(one.key for one in self.course_fields.values() if one.display.is_own)

    @cached_property
    def page_fields(self) -> tuple[DisplayedField, ...]:
        """The fields of courses of which each value has a page."""
        return tuple(one for one in self.course_fields.values() if one.display.has_pages)

    @cached_property
    def sort_fields(self) -> tuple[DisplayedField, ...]:
        """The fields that visitors can sort courses by."""
        return tuple(one for one in self.course_fields.values() if one.display.is_sort)

    @cached_property
    def card_fields(self) -> tuple[str, ...]:
        """The ids of the displayed fields that cards of courses show."""
        return tuple(id_ for id_, one in self.course_fields.items() if one.display.on_card)

    @cached_property
    def facet_terms(self) -> Vocabulary:
        """All that visitors can filter courses by, in its usual order."""
        labels = {id_: self.course_fields[id_].display.label for id_ in self.filter_fields}
        return {**COURSE_FACETS, **{id_: VocabularyTerm(id_, label) for id_, label in labels.items()}}

    @cached_property
    def own_facets(self) -> frozenset[str]:
        """The ids of the facets that are own fields, whose titles are in the language of the site."""
        return frozenset(id_ for id_, one in self.course_fields.items() if one.display.is_own)

    @cached_property
    def usual_filters(self) -> tuple[str, ...]:
        """The ids of the facets that are filters where credsite.yaml names none."""
        fields = self.course_fields
        return tuple(id_ for id_ in self.facets if id_ not in fields or fields[id_].display.is_filter)

    @cached_property
    def facets(self) -> tuple[str, ...]:
        """The ids of all facets, in their usual order."""
        return tuple(self.facet_terms)


BUILT_IN: Final = SiteSchema(MODELS, VOCABULARIES)
"""The schema of a site that declares nothing."""
_MAX_DERIVED: Final = 8
"""How many schemas are remembered: in a preview, somebody may change the declarations again and again."""
_derived: dict[str, SiteSchema] = {}


def site_schema(fields: OwnFields, vocabularies: OwnVocabularies) -> SiteSchema:
    """The schema of a site that declares these ``fields`` and ``vocabularies``. Equal declarations give the same object."""
    declared = {kind: of_kind for kind, of_kind in fields.items() if of_kind}
    own = {name: of_name for name, of_name in vocabularies.items() if of_name}
    if not declared and not own:
        return BUILT_IN
    declarations = digest(repr((declared, own)).encode())
    if declarations not in _derived:
        if len(_derived) >= _MAX_DERIVED:
            _derived.clear()
            forget_types()
        _derived[declarations] = _derive(declared, own, declarations)
    return _derived[declarations]


def _derive(fields: OwnFields, own_vocabularies: OwnVocabularies, declarations: str) -> SiteSchema:
    own = {
        name: own_vocabularies[setting]
        for name, setting in SETTING_NAMES.items()
        if setting in own_vocabularies
    }
    changed = {name: own_vocabulary(name, declared) for name, declared in own.items()}
    hidden = {name: replacements(name, declared) for name, declared in own.items()}
    vocabularies = {**VOCABULARIES, **changed}
    models = dict(MODELS)
    if changed:
        from credsite.schema.derived_models import (
            ModelDeriver,  # loaded late: most sites change no vocabulary
        )

        derive_model = ModelDeriver(changed, hidden).derive
        models = {kind: derive_model(model) for kind, model in models.items()}
    for kind, of_kind in fields.items():
        models[kind] = with_own_fields(models[kind], of_kind)
    return SiteSchema(models, vocabularies, declarations, fields, own_vocabularies, hidden)
