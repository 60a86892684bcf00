"""What is wrong with declarations of a site's own vocabularies although each of their parts is right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from credsite.core.text import join_names
from credsite.problems.model import KeyPath
from credsite.problems.suggestions import with_closest_match
from credsite.schema.models import FieldFinding
from credsite.schema.own_vocabularies import (
    MAX_TERMS,
    WITH_ICONS,
    WITH_SUMMARIES,
    OwnVocabularies,
    TermDeclaration,
    own_vocabulary,
)
from credsite.schema.vocabularies import SETTING_NAMES, VOCABULARIES, Vocabulary

_CODE: Final = "bad-declaration"
_BUILT_IN: Final[Mapping[str, Vocabulary]] = {
    setting: VOCABULARIES[name] for name, setting in SETTING_NAMES.items()
}
_NAMES: Final[Mapping[str, str]] = {setting: name for name, setting in SETTING_NAMES.items()}


def own_vocabulary_findings(
    vocabularies: OwnVocabularies, old_settings: Mapping[str, Mapping[str, str] | None]
) -> Iterator[FieldFinding]:
    """Everything that is wrong with ``vocabularies``. The keys of the findings are those of credsite.yaml.

    ``old_settings`` are those that say the same of a vocabulary, by their names, which are also its names.
    """
    for name, declared in vocabularies.items():
        path: KeyPath = ("vocabularies", name)
        if old_settings.get(name):
            message = f"`{name}` is declared twice: here, and as a setting of its own. Move everything here, and take the other out."
            yield FieldFinding(_CODE, message, path, ((name,),))
        if len(declared) > MAX_TERMS:
            message = f"There are {len(declared)} values in `{name}`. Declare {MAX_TERMS} at most."
            yield FieldFinding(_CODE, message, path)
        for id_, one in declared.items():
            yield from _term_findings(name, id_, one, (*path, id_))
        yield from _hidden_findings(name, declared, path)
        yield from _label_findings(name, declared, path)


def _term_findings(name: str, id_: str, declared: TermDeclaration, path: KeyPath) -> Iterator[FieldFinding]:
    built_in = _BUILT_IN[name]
    if id_ not in built_in and not declared.label and not declared.hidden:
        message = f"`{id_}` needs a `label`: its name for visitors, such as `{id_}: {id_.replace('-', ' ').capitalize()}`."
        yield FieldFinding(_CODE, message, path, ((*path, "label"),))
    if id_ in built_in and declared == TermDeclaration():
        message = (
            f"This says nothing new of `{id_}`, which is built in. Give it a `label` or an `order`, hide it with "
            "`hidden: true`, or take it out."
        )
        yield FieldFinding(_CODE, message, path)
    if declared.same_as and id_ in built_in:
        message = f"`{id_}` is built in, so it has its own meaning. Take `same_as` out, or choose another id for your own value."
        yield FieldFinding(_CODE, message, (*path, "same_as"))
    elif declared.same_as and declared.same_as not in built_in:
        message = f"`{declared.same_as}` is no built-in value of `{name}`."
        listed = f"It can be: {join_names(list(built_in), len(built_in))}."
        message = f"{with_closest_match(message, declared.same_as, built_in)} {listed}"
        yield FieldFinding(_CODE, message, (*path, "same_as"))
    for key, able in (("summary", WITH_SUMMARIES), ("icon", WITH_ICONS)):
        if getattr(declared, key) and name not in able:
            names = join_names([f"`{one}`" for one in sorted(able)])
            message = f"Nothing shows the `{key}` of a value of `{name}`, only of {names}. Take `{key}` out."
            yield FieldFinding(_CODE, message, (*path, key))


def _hidden_findings(
    name: str, declared: Mapping[str, TermDeclaration], path: KeyPath
) -> Iterator[FieldFinding]:
    shown = [
        id_ for id_ in {**_BUILT_IN[name], **declared} if id_ not in declared or not declared[id_].hidden
    ]
    if not shown:
        message = f"All values of `{name}` are hidden, so there is nothing to choose. Leave one that is not, or add one of your own."
        yield FieldFinding(_CODE, message, path, tuple((*path, id_) for id_ in declared))


def _label_findings(
    name: str, declared: Mapping[str, TermDeclaration], path: KeyPath
) -> Iterator[FieldFinding]:
    """Two values with the same name, which visitors could not tell apart."""
    terms = own_vocabulary(_NAMES[name], declared)
    first: dict[str, str] = {}
    for id_, term in sorted(terms.items(), key=lambda pair: pair[0] in declared):
        other = first.setdefault(term.label.casefold(), id_)
        if other != id_:
            message = (
                f"Visitors cannot tell `{id_}` from `{other}`: both are called “{term.label}”. Change a `label`, or hide one "
                "of the two with `hidden: true`."
            )
            key = (*path, id_) if id_ in declared else path
            yield FieldFinding(_CODE, message, key, ((*path, other),))
