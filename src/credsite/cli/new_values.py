"""What `credsite new` is given for the keys of an entry: by options, or by answers on a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import click

from credsite.authoring.editors.choices import Choice, Choices
from credsite.authoring.scaffold import GivenValues, RawYaml
from credsite.cli.prompts import ask_choices, ask_text
from credsite.problems.suggestions import closest_match, list_allowed, with_suggestion
from credsite.schema.introspection import REFERENCE_KEYS, SETTING_KEYS, ValueField, required_fields
from credsite.schema.kinds import Kind
from credsite.schema.models import MODELS
from credsite.schema.yaml import loader

_OWN: Final = ("title", "slug")
"""Keys that have an argument and an option of their own."""
_FREE: Final = "languages"
"""A key that settings offer values for, and that may have any other."""


def required_values(kind: Kind) -> list[ValueField]:
    """The keys that an entry of a kind needs, but for its title."""
    return [leaf for leaf in required_fields(MODELS[kind]) if leaf.path != ("title",)]


def option_for(leaf: ValueField) -> click.Option:
    """The option for a key. A list may be given as several options, or with commas."""
    return click.Option(
        [f"--{_dashed(leaf)}", "_".join(leaf.path)],
        multiple=leaf.shape.is_list,
        metavar="ID" if leaf.name in REFERENCE_KEYS else "TEXT" if not leaf.shape.choices else "VALUE",
        help=_about(leaf) + (" Repeat it for several." if leaf.shape.is_list else ""),
    )


def values_from_options(kind: Kind, options: Mapping[str, Any]) -> dict[tuple[str, ...], str | list[str]]:
    """What the options of ``option_of`` were given. BadParameter where a value is none of those that there are."""
    values: dict[tuple[str, ...], str | list[str]] = {}
    for leaf in required_values(kind):
        given = options["_".join(leaf.path)]
        if not given:
            continue
        written = [given] if isinstance(given, str) else [one for text in given for one in text.split(",")]
        texts = [" ".join(text.split()) for text in written]
        for text in texts:
            if leaf.shape.choices and text not in leaf.shape.choices:
                listed = list_allowed(leaf.shape.choices)
                raise click.BadParameter(f"There is no `{text}`. {listed}", param_hint=f"--{_dashed(leaf)}")
        values[leaf.path] = texts if leaf.shape.is_list else texts[0]
    return values


def values_from_set_options(kind: Kind, settings: Sequence[str]) -> dict[tuple[str, ...], RawYaml]:
    """What ``--set key=value`` says, each value as one would write it in the file."""
    values: dict[tuple[str, ...], RawYaml] = {}
    for setting in settings:
        key, sign, value = (part.strip() for part in setting.partition("="))
        keys = [name for name in MODELS[kind].model_fields if name not in _OWN]
        if not sign or not value or "\n" in value:
            raise click.BadParameter(
                f"`{setting}` is not a key, an equals sign and a value in one line, such as --set draft=false.",
                param_hint="--set",
            )
        if key not in keys:
            meant = closest_match(key, (*keys, *_OWN))
            if meant in _OWN:
                meant = "--slug" if meant == "slug" else "TITLE"
            message = with_suggestion(f"`{key}` cannot be set here.", meant)
            raise click.BadParameter(message, param_hint="--set")
        _, problems = loader.load_yaml(f"{key}: {value}\n", "")
        if problems:
            raise click.BadParameter(f"`{key}`: {problems[0].message}", param_hint="--set")
        values[(key,)] = RawYaml(value)
    return values


def ask_for_missing_values(
    kind: Kind, given: GivenValues, choices: Choices
) -> dict[tuple[str, ...], str | list[str]]:
    """Ask for what is needed and not yet ``given``. Nothing is asked of which the site has none to choose from."""
    answers: dict[tuple[str, ...], str | list[str]] = {}
    for leaf in required_values(kind):
        if leaf.path in given or leaf.path[:1] in given:
            continue
        offered = _offered(leaf, choices)
        if offered:
            found = ask_choices(_label(leaf), _about(leaf), offered, many=leaf.shape.is_list)
            answers[leaf.path] = found if leaf.shape.is_list else found[0]
        elif leaf.name not in REFERENCE_KEYS:
            text = ask_text(_label(leaf), _about(leaf), check=checked_text)
            if text:
                answers[leaf.path] = text
    return answers


def checked_text(text: str) -> str:
    """The text with its spaces tidied. BadParameter where it holds what no page can show."""
    text = " ".join(text.split())
    if not text.isprintable() or any(sign in "\ufffe\uffff" for sign in text):
        raise click.BadParameter("It holds a character that no page can show.")
    return text


@dataclass(frozen=True, slots=True)
class UnknownId:
    """An id that was given and is none: the key that it stands for, and the one that is probably meant."""

    key: str
    id: str
    suggestion: str

    def __str__(self) -> str:
        kind = REFERENCE_KEYS.get(self.key)
        what = f"There is no {kind} `{self.id}`." if kind else f"`{self.id}` is not known in `{self.key}`."
        otherwise = f'Make it first, with `credsite new {kind} "Its name"`.' if kind else ""
        return with_suggestion(what, self.suggestion, otherwise)


def unknown_ids(values: Any, choices: Choices, key: str = "") -> Iterator[UnknownId]:
    """The ids anywhere in the front matter ``values`` that the site does not have."""
    if isinstance(values, dict):
        for name, value in values.items():
            yield from unknown_ids(value, choices, name)
    elif isinstance(values, list):
        for value in values:
            yield from unknown_ids(value, choices, key)
    elif isinstance(values, str) and key != _FREE and (key in REFERENCE_KEYS or key in SETTING_KEYS):
        known = [choice.id for choice in choices.get(key, ())]
        if values not in known:
            yield UnknownId(key, values, closest_match(values, known))


def _offered(leaf: ValueField, choices: Choices) -> tuple[Choice, ...]:
    return tuple(Choice(value, value) for value in leaf.shape.choices) or choices.get(leaf.name, ())


def _dashed(leaf: ValueField) -> str:
    return "-".join(leaf.path).replace("_", "-")


def _label(leaf: ValueField) -> str:
    return " ".join(leaf.path).replace("_", " ").capitalize()


def _about(leaf: ValueField) -> str:
    return (leaf.field.description or "").replace("`", "")
