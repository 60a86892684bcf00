"""The values of keys that `credsite new` gets from options, or from answers on a terminal."""

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

_KEYS_WITH_OWN_PARAMETER: Final = ("title", "slug")
"""Keys that have an argument or an option of their own."""
_OPEN_KEY: Final = "languages"
"""A key with suggestions from the settings that can also have any other value."""


def required_values(kind: Kind) -> list[ValueField]:
    """The required keys of a kind, except for the title."""
    return [leaf for leaf in required_fields(MODELS[kind]) if leaf.path != ("title",)]


def option_for(leaf: ValueField) -> click.Option:
    """The option for a key. A list can be given by several options, or with commas."""
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
        parts = [given] if isinstance(given, str) else [part for text in given for part in text.split(",")]
        texts = [" ".join(text.split()) for text in parts]
        for text in texts:
            if leaf.shape.choices and text not in leaf.shape.choices:
                listed = list_allowed(leaf.shape.choices)
                raise click.BadParameter(f"There is no `{text}`. {listed}", param_hint=f"--{_dashed(leaf)}")
        values[leaf.path] = texts if leaf.shape.is_list else texts[0]
    return values


def values_from_set_options(kind: Kind, settings: Sequence[str]) -> dict[tuple[str, ...], RawYaml]:
    """The values of ``--set key=value`` options, each as YAML. Raises BadParameter."""
    values: dict[tuple[str, ...], RawYaml] = {}
    for setting in settings:
        key, equals, value = (part.strip() for part in setting.partition("="))
        keys = [name for name in MODELS[kind].model_fields if name not in _KEYS_WITH_OWN_PARAMETER]
        if not equals or not value or "\n" in value:
            raise click.BadParameter(
                f"`{setting}` is not a key, an equals sign and a value on one line, such as --set draft=false.",
                param_hint="--set",
            )
        if key not in keys:
            suggestion = closest_match(key, (*keys, *_KEYS_WITH_OWN_PARAMETER))
            if suggestion in _KEYS_WITH_OWN_PARAMETER:
                suggestion = "--slug" if suggestion == "slug" else "TITLE"
            message = with_suggestion(f"`{key}` cannot be set here.", suggestion)
            raise click.BadParameter(message, param_hint="--set")
        _, problems = loader.load_yaml(f"{key}: {value}\n", "")
        if problems:
            raise click.BadParameter(f"`{key}`: {problems[0].message}", param_hint="--set")
        values[(key,)] = RawYaml(value)
    return values


def ask_for_missing_values(
    kind: Kind, given: GivenValues, choices: Choices
) -> dict[tuple[str, ...], str | list[str]]:
    """Ask for the required values that are not ``given``, except for entries if the site has none of their kind."""
    answers: dict[tuple[str, ...], str | list[str]] = {}
    for leaf in required_values(kind):
        if leaf.path in given or leaf.path[:1] in given:
            continue
        offered = _offered(leaf, choices)
        if offered:
            chosen = ask_choices(_label(leaf), _about(leaf), offered, many=leaf.shape.is_list)
            answers[leaf.path] = chosen if leaf.shape.is_list else chosen[0]
        elif leaf.name not in REFERENCE_KEYS:
            text = ask_text(_label(leaf), _about(leaf), check=checked_text)
            if text:
                answers[leaf.path] = text
    return answers


def checked_text(text: str) -> str:
    """The text with single spaces. Raises BadParameter for a character that no page can show."""
    text = " ".join(text.split())
    if not text.isprintable() or any(character in "\ufffe\uffff" for character in text):
        raise click.BadParameter("It holds a character that no page can show.")
    return text


@dataclass(frozen=True, slots=True)
class UnknownId:
    """An id that does not exist, with its key, and the id that was probably meant."""

    key: str
    id: str
    suggestion: str

    def __str__(self) -> str:
        kind = REFERENCE_KEYS.get(self.key)
        what = f"There is no {kind} `{self.id}`." if kind else f"`{self.id}` is not known in `{self.key}`."
        otherwise = f'Create it first with `credsite new {kind} "Its name"`.' if kind else ""
        return with_suggestion(what, self.suggestion, otherwise)


def unknown_ids(values: Any, choices: Choices, key: str = "") -> Iterator[UnknownId]:
    """The ids anywhere in ``values``, front matter, that the site does not have."""
    if isinstance(values, dict):
        for name, value in values.items():
            yield from unknown_ids(value, choices, name)
    elif isinstance(values, list):
        for value in values:
            yield from unknown_ids(value, choices, key)
    elif isinstance(values, str) and key != _OPEN_KEY and (key in REFERENCE_KEYS or key in SETTING_KEYS):
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
