"""Questions on a terminal: a line of text, or a choice of one or several things. Repeated until the answer is valid."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Final

import click

from credsite.authoring.editors.choices import Choice
from credsite.problems.suggestions import with_closest_match

_MAX_LISTED: Final = 20
"""How many choices are listed at once. Typing part of a name finds the others."""


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
    click.echo(f"\n{click.style(label, bold=True)}  {about}")
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
        click.echo(f"  {number:>4}  {choice.id:<{width}}  {title}".rstrip())
    if omitted := len(choices) - len(listed):
        click.echo(f"        and {omitted:,} more. Type part of a name to see those that contain it.")
