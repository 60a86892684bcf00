"""What to say of a value that is not, or no longer, among those of a vocabulary that a site can change."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from credsite.core.text import slugify
from credsite.problems.model import Location, Problem
from credsite.problems.suggestions import closest_match
from credsite.schema.vocabularies import SETTING_NAMES, FromVocabulary

_MAX_LENGTH: Final = 40
"""Characters of a value at most; a longer text is a sentence."""


def hidden_value_problem(code: str, mark: FromVocabulary, value: str, location: Location) -> Problem:
    """That credsite.yaml hides ``value`` in the vocabulary of the ``mark``."""
    setting = SETTING_NAMES[mark.name]
    message = (
        f"credsite.yaml hides `{value}`, so nobody may choose it. Choose another value, or take `hidden` out at "
        f"`{value}` in `{setting}`."
    )
    return Problem(code, message, location, suggestion=mark.replacements[value])


def with_advice(problem: Problem, mark: FromVocabulary, written: str) -> Problem:
    """``problem``, that ``written`` is not in the vocabulary of the ``mark``, with what to do if nothing was suggested."""
    if problem.suggestion:
        return problem
    if replacement := mark.replacements.get(closest_match(written, mark.replacements)):
        return replace(problem, suggestion=replacement)
    id_ = slugify(written)
    words = written.replace('"', "").strip()
    if not id_ or len(written) > _MAX_LENGTH:
        return problem
    label = words.replace("-", " ") if words == id_ else words
    label = label[:1].upper() + label[1:]
    declaration = f'vocabularies: {{{SETTING_NAMES[mark.name]}: {{{id_}: "{label}"}}}}'
    message = f"{problem.message} If it is a value of your own, declare it in credsite.yaml: `{declaration}`."
    return replace(problem, message=message)
