"""Questions on a terminal: a text, one of several things, or some of them. Asked again until the answer makes sense."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Final

import click

from credsite.authoring.editors.choices import Choice
from credsite.problems.suggestions import with_closest_match

_SHOWN: Final = 20
"""Choices that are listed at once; a word finds the others."""


def can_ask() -> bool:
    """Whether somebody sits there: a script, whose input or output is no terminal, is never kept waiting."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def ask_text(label: str, about: str, *, needed: bool = False, check: Callable[[str], str] = str) -> str:
    """A text in one line, ``""`` for none where none is ``needed``. ``check`` refuses one with a BadParameter."""
    _put(label, about, "" if needed else "Press Enter to write it later, in the file.")
    while True:
        answer = _answer()
        if not answer and not needed:
            return ""
        try:
            return check(answer)
        except click.BadParameter as error:
            click.echo(f"  {error.message}")


def ask_choices(label: str, about: str, choices: Sequence[Choice], *, many: bool) -> list[str]:
    """The ids of one or, where ``many``, of one or more choices, each once, in the order of the answer."""
    how = "Type numbers or names, with commas between them." if many else "Type a number or a name."
    only = f" Press Enter for {choices[0].id}." if len(choices) == 1 else ""
    _put(label, about, how + only)
    _list(list(enumerate(choices, 1)), len(choices))
    while True:
        answer = _answer() or (choices[0].id if only else "")
        found: list[str] = []
        for part in _parts(answer, choices) if many else [answer]:
            choice = _match(part, choices)
            if choice is None:
                _advise(part, choices)
                break
            found.append(choice.id)
        else:
            if found:
                return list(dict.fromkeys(found))
            click.echo("  It needs one at least.")


def _put(label: str, about: str, how: str) -> None:
    click.echo(f"\n{click.style(label, bold=True)}  {about}")
    if how:
        click.echo(f"  {how}")


def _answer() -> str:
    answer: str = click.prompt("", prompt_suffix="> ", default="", show_default=False)
    return answer.strip()


def _parts(answer: str, choices: Sequence[Choice]) -> list[str]:
    """The answer as a whole where it is a choice, since titles may have commas; else what commas part."""
    if _match(answer, choices) is not None:
        return [answer]
    return [part.strip() for part in answer.split(",") if part.strip()]


def _match(answer: str, choices: Sequence[Choice]) -> Choice | None:
    if answer.isdecimal() and 0 < int(answer) <= len(choices):
        return choices[int(answer) - 1]
    folded = answer.casefold()
    same = [choice for choice in choices if folded in (choice.id.casefold(), choice.title.casefold())]
    return same[0] if len(same) == 1 else None


def _advise(answer: str, choices: Sequence[Choice]) -> None:
    """What was perhaps meant by an answer that is no choice."""
    if not answer:
        click.echo("  It needs one.")
        return
    folded = answer.casefold()
    holding = [
        (number, choice)
        for number, choice in enumerate(choices, 1)
        if folded in choice.id.casefold() or folded in choice.title.casefold()
    ]
    if holding:
        click.echo(f"  These have `{answer}` in their names:")
        _list(holding, len(holding))
        return
    ids = [choice.id for choice in choices]
    click.echo("  " + with_closest_match(f"There is no `{answer}` here.", answer, ids))


def _list(choices: Sequence[tuple[int, Choice]], count: int) -> None:
    shown = choices[:_SHOWN]
    width = max((len(choice.id) for _, choice in shown), default=0)
    for number, choice in shown:
        title = "" if choice.title == choice.id else choice.title
        click.echo(f"  {number:>4}  {choice.id:<{width}}  {title}".rstrip())
    if count > len(shown):
        click.echo(
            f"        and {count - len(shown):,} more: type a part of a name to see those that have it."
        )
