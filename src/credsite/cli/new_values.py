"""The values of keys that `credsite new` gets from options, or from answers to questions on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

import click

from credsite.authoring.editors.choices import Choice, Choices
from credsite.authoring.scaffold import PLACEHOLDER_ID, GivenValues, RawYaml, as_sentence
from credsite.cli.streams import one_line, styled
from credsite.problems.suggestions import closest_match, list_allowed, with_closest_match, with_suggestion
from credsite.schema.introspection import SETTING_KEYS, ValueField, required_fields
from credsite.schema.kinds import Kind
from credsite.schema.models import EntryFields
from credsite.schema.yaml.loader import load_document
from credsite.schema.yaml.lost_text import lost_text_problems

_MAX_LISTED: Final = 20
"""How many choices are listed at once. Typing part of a name finds the others."""
_KEYS_WITH_OWN_PARAMETER: Final = ("title", "slug")
"""Keys that have an argument or an option of their own."""
_OPEN_KEY: Final = "languages"
"""A key with suggestions from the settings that can also have any other value."""


def can_ask() -> bool:
    """Whether input and output are a terminal. A script is never asked, so that it never waits for an answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def ask_text(
    label: str, about: str, *, required: bool = False, check: Callable[[str], str] = str, default: str = ""
) -> str:
    """Ask for one line of text; ``""`` is possible unless it is ``required``. No answer means ``default``, if there is one.

    ``check`` returns the text to use, or raises BadParameter if the answer is wrong.
    """
    how = "" if required else "Press Enter to write it later, in the file."
    _print_question(label, about, f"Press Enter for {default}, or type another." if default else how)
    while True:
        answer = _read_answer() or default
        if not answer and not required:
            return ""
        try:
            return check(answer)
        except click.BadParameter as error:
            click.echo(f"  {error.message}")


def ask_choices(label: str, about: str, choices: Sequence[Choice], *, many: bool) -> list[str]:
    """Ask for one choice or, if ``many``, for one or more. Their ids without duplicates, in the order of the answer."""
    how = "Type numbers or names, with commas between them." if many else "Type a number or a name."
    only = f" Press Enter for {choices[0].id}." if len(choices) == 1 else ""
    _print_question(label, about, how + only)
    _print_choices(list(enumerate(choices, 1)))
    while True:
        answer = _read_answer() or (choices[0].id if only else "")
        chosen: list[str] = []
        for part in _split_answer(answer, choices) if many else [answer]:
            choice = _find_choice(part, choices)
            if choice is None:
                _print_hint(part, choices)
                break
            chosen.append(choice.id)
        else:
            if chosen:
                return list(dict.fromkeys(chosen))
            click.echo("  Choose at least one.")


def _print_question(label: str, about: str, how: str) -> None:
    click.echo(f"\n{styled(label, bold=True)}  {about}")
    if how:
        click.echo(f"  {how}")


def _read_answer() -> str:
    answer: str = click.prompt("", prompt_suffix="> ", default="", show_default=False)
    return answer.strip()


def _split_answer(answer: str, choices: Sequence[Choice]) -> list[str]:
    """The answer split at its commas, unless all of it is one choice: titles can have commas."""
    if _find_choice(answer, choices) is not None:
        return [answer]
    return [part.strip() for part in answer.split(",") if part.strip()]


def _find_choice(answer: str, choices: Sequence[Choice]) -> Choice | None:
    if answer.isdecimal() and 0 < int(answer) <= len(choices):
        return choices[int(answer) - 1]
    folded = answer.casefold()
    same = [choice for choice in choices if folded in (choice.id.casefold(), choice.title.casefold())]
    return same[0] if len(same) == 1 else None


def _print_hint(answer: str, choices: Sequence[Choice]) -> None:
    """Say what the user may have meant by an answer that is not one of the choices."""
    if not answer:
        click.echo("  Choose one.")
        return
    folded = answer.casefold()
    matches = [
        (number, choice)
        for number, choice in enumerate(choices, 1)
        if folded in choice.id.casefold() or folded in choice.title.casefold()
    ]
    if matches:
        click.echo(f"  These names contain `{answer}`:")
        _print_choices(matches)
        return
    ids = [choice.id for choice in choices]
    click.echo("  " + with_closest_match(f"There is no `{answer}` here.", answer, ids))


def _print_choices(choices: Sequence[tuple[int, Choice]]) -> None:
    listed = choices[:_MAX_LISTED]
    width = max((len(choice.id) for _, choice in listed), default=0)
    for number, choice in listed:
        title = "" if choice.title == choice.id else choice.title
        click.echo(f"  {number:>4}  {choice.id:<{width}}  {one_line(title)}".rstrip())
    if omitted := len(choices) - len(listed):
        click.echo(f"        and {omitted:,} more. Type part of a name to see those that contain it.")


def required_values(model: type[EntryFields]) -> list[ValueField]:
    """The required keys of a kind of entries with this ``model``, except for the title."""
    return [leaf for leaf in required_fields(model) if leaf.path != ("title",)]


def option_for(leaf: ValueField) -> click.Option:
    """The option for a key. A list can be given by several options, or with commas."""
    return click.Option(
        [f"--{_dashed(leaf)}", "_".join(leaf.path)],
        multiple=leaf.shape.is_list,
        metavar="ID" if leaf.shape.reference else "TEXT" if not leaf.shape.choices else "VALUE",
        help=_about(leaf) + (" Repeat it for several." if leaf.shape.is_list else ""),
    )


def values_from_options(
    model: type[EntryFields], options: Mapping[str, Any]
) -> dict[tuple[str, ...], str | list[str]]:
    """What the options of ``option_of`` were given. BadParameter where a value is none of those that there are."""
    values: dict[tuple[str, ...], str | list[str]] = {}
    for leaf in required_values(model):
        given = options.get("_".join(leaf.path))
        if not given:
            continue
        parts = [given] if isinstance(given, str) else [part for text in given for part in text.split(",")]
        texts = [" ".join(text.split()) for text in parts]
        for text in texts:
            if leaf.shape.choices and text not in leaf.shape.choices:
                message = with_closest_match(f"There is no `{text}`.", text, leaf.shape.choices)
                listed = list_allowed(leaf.shape.choices)
                raise click.BadParameter(f"{message} {listed}", param_hint=f"--{_dashed(leaf)}")
        values[leaf.path] = texts if leaf.shape.is_list else texts[0]
    return values


def values_from_set_options(
    model: type[EntryFields], settings: Sequence[str]
) -> dict[tuple[str, ...], RawYaml]:
    """The values of ``--set key=value`` options, each as YAML. Raises BadParameter."""
    values: dict[tuple[str, ...], RawYaml] = {}
    for setting in settings:
        key, equals, value = (part.strip() for part in setting.partition("="))
        keys = [name for name in model.model_fields if name not in _KEYS_WITH_OWN_PARAMETER]
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
        text = f"{key}: {value}\n"
        document = load_document(text, "")
        problems = document.problems or lost_text_problems(document, text, "", 1, model)
        if problems:
            message = with_suggestion(problems[0].message, problems[0].suggestion)
            raise click.BadParameter(f"`{key}`: {message}", param_hint="--set")
        values[(key,)] = RawYaml(value)
    return values


def missing_option_lines(model: type[EntryFields], given: GivenValues, choices: Choices) -> Iterator[str]:
    """A line for each option that chooses among values, and that a new entry needs but was not ``given``."""
    for leaf in required_values(model):
        is_given = leaf.path in given or leaf.path[:1] in given
        if is_given or not (leaf.shape.choices or leaf.shape.reference):
            continue
        ids = [choice.id for choice in _offered(leaf, choices)]
        if ids:
            values = list_allowed(ids, _MAX_LISTED)
        else:
            needed = leaf.shape.reference
            values = (
                f'The site has no {needed} yet: create one first, with `credsite new {needed} "Its name"`.'
            )
        own = leaf.shape.display is not None and leaf.shape.display.is_own
        option = f"--set {leaf.name}=…" if own else f"--{_dashed(leaf)}"
        yield f"  {option}  {_about(leaf)} {values}"


def ask_for_missing_values(
    model: type[EntryFields], given: GivenValues, choices: Choices
) -> dict[tuple[str, ...], str | list[str]]:
    """Ask for the required values that are not ``given``, except for entries if the site has none of their kind."""
    answers: dict[tuple[str, ...], str | list[str]] = {}
    for leaf in required_values(model):
        if leaf.path in given or leaf.path[:1] in given:
            continue
        offered = _offered(leaf, choices)
        if offered:
            chosen = ask_choices(_label(leaf), _about(leaf), offered, many=leaf.shape.is_list)
            answers[leaf.path] = chosen if leaf.shape.is_list else chosen[0]
        elif not leaf.shape.reference:
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


def unknown_id_messages(
    values: Any, choices: Choices, references: Mapping[str, Kind], key: str = ""
) -> Iterator[str]:
    """A sentence about each id anywhere in ``values``, front matter, that the site does not have, with a suggestion.

    ``references`` are the keys whose values are ids of entries.
    """
    if isinstance(values, dict):
        for name, value in values.items():
            yield from unknown_id_messages(value, choices, references, name)
    elif isinstance(values, list):
        for value in values:
            yield from unknown_id_messages(value, choices, references, key)
    elif isinstance(values, str) and values != PLACEHOLDER_ID and key != _OPEN_KEY:
        known = [choice.id for choice in choices.get(key, ())]
        kind = references.get(key)
        if values not in known and (kind or key in SETTING_KEYS):
            what = f"There is no {kind} `{values}`." if kind else f"`{values}` is not known in `{key}`."
            otherwise = f'Create it first with `credsite new {kind} "Its name"`.' if kind else ""
            yield with_suggestion(what, closest_match(values, known), otherwise)


def _offered(leaf: ValueField, choices: Choices) -> tuple[Choice, ...]:
    return tuple(
        Choice(value, leaf.shape.labels.get(value, value)) for value in leaf.shape.choices
    ) or choices.get(leaf.name, ())


def _dashed(leaf: ValueField) -> str:
    return "-".join(leaf.path).replace("_", "-")


def _label(leaf: ValueField) -> str:
    return " ".join(leaf.path).replace("_", " ").capitalize()


def _about(leaf: ValueField) -> str:
    return as_sentence((leaf.field.description or "").replace("`", ""))
