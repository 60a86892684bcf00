"""``credsite check --explain``: what a problem means, with a wrong example and a right one."""

from __future__ import annotations

import click

from credsite.problems.codes import CODES
from credsite.problems.explanations import explanations
from credsite.problems.model import Severity
from credsite.problems.suggestions import with_closest_match

_ALL = "all"


def print_explanation(code: str) -> None:
    """Print the explanation of a problem code, or a list of ``all`` codes. UsageError if the code is unknown."""
    code = code.strip().strip("`")
    if code == _ALL:
        click.echo("\n".join(_list()))
        return
    if code not in CODES:
        message = f"There is no problem with the code `{code}`."
        raise click.UsageError(with_closest_match(message, code, CODES, f"`--explain {_ALL}` lists them."))
    severity = CODES[code].severity
    title = (
        f"{code} ({severity})"
        if severity is Severity.ADVICE
        else f"{code} (a{'n' * (severity is Severity.ERROR)} {severity})"
    )
    click.echo(f"{click.style(title, bold=True)}\n\n{explanations()[code].as_text()}")


def _list() -> list[str]:
    """All codes with their meanings, by severity."""
    width = max(map(len, CODES))
    lines = []
    for severity in Severity:
        lines += ["", click.style(f"{severity}", bold=True)]
        lines += [
            f"  {code:<{width}}  {definition.meaning}"
            for code, definition in CODES.items()
            if definition.severity is severity
        ]
    return lines[1:]
