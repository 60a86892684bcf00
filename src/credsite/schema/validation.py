"""Pydantic's errors as problems in plain words, for front matter and for credsite.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from credsite.core.text import shorten_slug, slugify
from credsite.problems.codes import CODES
from credsite.problems.invisible import invisible_advice
from credsite.problems.model import MAX_PER_FILE, KeyPath, Location, Problem, with_others
from credsite.problems.suggestions import Effort, closest_match, unknown_value_problem
from credsite.schema.empty_values import is_blank
from credsite.schema.field_types import MAX_SLUG_LENGTH
from credsite.schema.introspection import (
    block_model,
    description,
    field_shape,
    find_field,
    inner_models,
    key_name,
    list_phrase,
    shape_of,
    vocabulary_mark,
)
from credsite.schema.partial_validation import AnyModel, compact_keys, error_key, validate_partially
from credsite.schema.standard_codes import suggest_language
from credsite.schema.vocabularies import FromVocabulary, labels

WITHOUT_COMMAS: Final = " These are several values: put a comma between them."
"""What is said of an item of a list that is several values. In a spreadsheet, other signs separate them."""
_QUOTED: Final = re.compile(r"'([^']*)'")
_NOT_A_LIST: Final = ("list_type", "tuple_type")
_NOT_A_MAPPING: Final = ("dict_type", "mapping_type")
_NOT_A_BLOCK: Final = (*_NOT_A_MAPPING, "model_type", "model_attributes_type")
_NOT_A_NUMBER: Final = ("int_", "decimal_", "float_", "finite_number", "greater_than", "less_than")
_NOT_A_TEXT: Final = ("string_type", "literal_error", "enum")
_PLAIN_NAME: Final = re.compile(r"\w[\w .()/-]*")
"""A name that needs no quotation marks in YAML."""
_MAX_SUGGESTED: Final = 120
"""Characters of a suggestion at most."""
_MAX_PARTIAL: Final = 1_000
"""Of a file with more mistakes than this, nothing is used."""
_BOUNDS: Final = {"ge": "{} or more", "gt": "more than {}", "le": "at most {}", "lt": "less than {}"}


def validation_problems(error: ValidationError, model: type[BaseModel], path: str) -> list[Problem]:
    """All that pydantic found in the file at ``path``, each as a problem with the key that leads to it.

    A key that is only misspelt is not missing as well, and a list of wrong values is not empty. Of more than MAX_PER_FILE,
    the last says that there are others.
    """
    details = error.errors(include_url=False)
    effort = Effort()
    problems = [
        _complete_problem(_Error.of(detail, model, path, effort))
        for detail in details[:MAX_PER_FILE]
        # Pydantic counts only the values that are right, so that a wrong one would be reported twice.
        if detail["type"] != "too_short" or not detail["input"]
    ]
    if len(details) > MAX_PER_FILE:
        problems[-1] = with_others(problems[-1])
    outer = {
        problem.location.key[:length] for problem in problems for length in range(len(problem.location.key))
    }
    not_missing = _meant_keys(problems) | outer
    return [
        problem
        for problem in problems
        if problem.code != "missing-key" or problem.location.key not in not_missing
    ]


def partial_model(
    values: Mapping[str, Any], model: type[AnyModel], path: str, context: Mapping[str, Any] | None = None
) -> tuple[AnyModel | None, frozenset[KeyPath], list[Problem]]:
    """What can be used of ``values``, of which some are wrong: a model, the keys at which it is invented, and the problems.

    The model is None where nothing can be used. ``context`` is what validators are told.
    """
    try:
        return model.model_validate(values, context=context), frozenset(), []
    except ValidationError as error:
        problems = validation_problems(error, model, path)
        count = error.error_count()
    if count > _MAX_PARTIAL:
        return None, frozenset(), problems
    fields, wrong = validate_partially(model, values, context) or (None, frozenset())
    return fields, compact_keys(wrong | _meant_keys(problems), model), problems


def _meant_keys(problems: Iterable[Problem]) -> set[KeyPath]:
    """The keys that are there, but misspelt."""
    return {
        (*problem.location.key[:-1], problem.suggestion)
        for problem in problems
        if problem.code == "unknown-key" and problem.suggestion
    }


@dataclass(frozen=True, slots=True)
class _Error:
    """One of pydantic's errors. ``kind`` is its type. ``is_name`` says that a key is wrong and not its value, as in ``funding: {Ä: ...}``."""

    kind: str
    value: Any
    message: str
    context: dict[str, Any]
    model: type[BaseModel]
    path: str
    effort: Effort
    key: KeyPath
    is_name: bool

    @classmethod
    def of(cls, detail: ErrorDetails, model: type[BaseModel], path: str, effort: Effort) -> _Error:
        found = detail["type"], detail["input"], detail["msg"], detail.get("ctx", {})
        return cls(*found, model, path, effort, *error_key(detail))

    @property
    def name(self) -> str:
        return key_name(self.key)

    @property
    def location(self) -> Location:
        return Location(self.path, key=self.key, target="key" if self.is_name else "value")

    @property
    def key_location(self) -> Location:
        return Location(self.path, key=self.key, target="key")


def _complete_problem(error: _Error) -> Problem:
    found = _with_invisible(_problem(error), error.value)
    if not isinstance(error.value, list) or len(error.value) < 2:
        return found
    from credsite.schema.own_field_advice import how_to_allow_several

    return replace(found, message=found.message + how_to_allow_several(error.model, error.key))


def _with_invisible(problem: Problem, value: Any) -> Problem:
    """``problem`` with what nobody sees in the value that is wrong."""
    is_about_value = problem.code not in ("unknown-key", "missing-key") and not (
        problem.code == "wrong-type" and "`true`" not in problem.message
    )
    advice = invisible_advice(value) if is_about_value and isinstance(value, str) else ""
    if not advice or advice in problem.message:
        return problem
    return replace(problem, message=f"{problem.message} {advice}")


def _problem(error: _Error) -> Problem:
    if isinstance(error.value, str) and is_blank(error.value):
        return _missing(error)
    if error.kind in CODES:  # raised by a field type of ours
        suggestion = str(error.context.get("suggestion", ""))
        return Problem(error.kind, error.message, error.location, suggestion=suggestion)
    if error.is_name and error.value is None:
        message = f'A name in {key_name(error.key[:-1])} is empty. Write `null` between "quotation marks" if that is meant.'
        return Problem("bad-slug", message, error.location)
    if error.kind in ("extra_forbidden", "invalid_key"):
        return _unknown_key(error)
    if error.kind in ("missing", "string_too_short") or error.value is None:
        return _missing(error)
    if error.kind == "too_short":
        message = f"{_capital(error.name)} needs at least one value. {description(error.model, error.key)}"
        return Problem("missing-key", message, error.location)
    if error.kind in ("literal_error", "enum") and isinstance(error.value, str):
        return _unknown_value(error)
    if error.kind.startswith(_NOT_A_NUMBER):
        message = f"{_capital(error.name)} needs {_number_needed(error)}{_not_value(error.value)}."
        return Problem("bad-number", message, error.location)
    if error.kind in ("string_pattern_mismatch", "string_too_long"):
        return _bad_slug(error)
    return _wrong_type(error)


def _capital(words: str) -> str:
    """``words`` as the beginning of a sentence."""
    return words[:1].upper() + words[1:]


def _missing(error: _Error) -> Problem:
    name = f"A key in {key_name(error.key[:-1])}" if error.is_name else _capital(error.name)
    message = f"{name} is missing or empty. {description(error.model, error.key)}"
    return Problem("missing-key", message.rstrip(), error.key_location)


def _unknown_key(error: _Error) -> Problem:
    from credsite.schema.likely_keys import likely_key
    from credsite.schema.own_field_advice import how_to_declare

    written = str(error.key[-1])
    advice = " Write a space after its colon." if ":" in written else ""
    keys = tuple(block_model(error.model, error.key[:-1]).model_fields)
    message = f"`{written}` is not a key that is known here.{advice}"
    found = unknown_value_problem(
        "unknown-key",
        message + how_to_declare(error.model, error.key),
        error.key_location,
        written,
        keys,
        effort=error.effort,
    )
    if likely := likely_key(written, keys):
        return replace(found, suggestion=likely)
    place = "" if found.suggestion == f"{written}s" else _place_of(error)
    return replace(found, message=f"{message} {place}", suggestion="", allowed=()) if place else found


def _place_of(error: _Error) -> str:
    """Where the key belongs that is not known here, if it is known in another block; "" otherwise."""
    written = str(error.key[-1])
    if len(error.key) > 1:
        if written not in error.model.model_fields or not isinstance(error.key[0], str):
            return ""
        return f"It is no part of `{error.key[0]}`: begin it at the left edge, as `{error.key[0]}:` does."
    blocks = [
        (name, field_shape(field.annotation).is_list)
        for name, field in error.model.model_fields.items()
        if any(written in inner.model_fields for inner in inner_models(field.annotation))
    ]
    if len(blocks) != 1:
        return ""
    block, is_list = blocks[0]
    above = f"an item of `{block}`" if is_list else f"`{block}`"
    return f"It is a part of {above}: put it there, indented in the same way as the other lines below `{block}:`."


def _unknown_value(error: _Error) -> Problem:
    allowed = _QUOTED.findall(str(error.context.get("expected", "")))
    field = find_field(error.model, error.key)
    mark = vocabulary_mark(field) if field is not None and not error.is_name else None
    if mark is not None and error.value in mark.replacements:
        from credsite.schema.vocabulary_advice import hidden_value_problem

        return hidden_value_problem("unknown-value", mark, error.value, error.location)
    if error.key and isinstance(error.key[-1], int):
        message = f"`{error.value}` cannot be one of {list_phrase(error.key[:-1])}."
        values = [closest_match(part, allowed, error.effort) for part in _several(error.value)]
        if values and all(values):
            message += WITHOUT_COMMAS
            return Problem("unknown-value", message, error.location, suggestion=", ".join(values))
    elif error.is_name:
        message = f"`{error.key[-1]}` is not a key that {key_name(error.key[:-1])} can have."
    else:
        message = f"`{error.value}` is not a value that {error.name} can have."
    words = {} if field is None or error.is_name else _labels(error, field, mark)
    found = unknown_value_problem(
        "unknown-value", message, error.location, error.value, allowed, effort=error.effort, labels=words
    )
    if mark is None:
        return found if found.suggestion else _with_likely_word(found, error.value, allowed)
    from credsite.schema.vocabulary_advice import with_advice

    return with_advice(found, mark, error.value)


def _labels(error: _Error, field: FieldInfo, mark: FromVocabulary | None) -> Mapping[str, str]:
    """What visitors read for the values of a field, by their ids."""
    if mark is None:
        return shape_of(key_name(error.key), field).labels
    terms = getattr(error.model, "TERMS", {})
    return {**labels(terms.get(mark.name, {})), **mark.labels}


def _with_likely_word(problem: Problem, written: str, allowed: list[str]) -> Problem:
    from credsite.schema.likely_keys import likely_key

    return replace(problem, suggestion=likely_key(written, allowed))


def _several(written: str) -> list[str]:
    from credsite.schema.likely_lists import separate_values

    values = separate_values(written)
    return values if len(values) > 1 else []


def _bad_slug(error: _Error) -> Problem:
    use = f"a name in {key_name(error.key[:-1])}" if error.is_name else f"used for {error.name}"
    slug = shorten_slug(slugify(str(error.value)), MAX_SLUG_LENGTH)
    if error.kind == "string_too_long":
        message = (
            f"This has {len(error.value)} characters, so it cannot be {use}: write at most {MAX_SLUG_LENGTH}."
        )
    else:
        message = f"`{error.value}` cannot be {use}: write a to z, 0 to 9, and hyphens between them only."
    return Problem("bad-slug", message, error.location, suggestion=slug)


def _wrong_type(error: _Error) -> Problem:
    from credsite.schema import likely_lists

    message, suggestion = f"{_capital(error.name)} {_form_needed(error)}.", ""
    if error.kind in _NOT_A_LIST:
        block = block_model(error.model, error.key)
        is_plain_list = block is error.model or hasattr(block, "ONE_LINE")
        if advice := likely_lists.bullet_advice(error.value):
            message = f"{_capital(error.name)} needs a list. {advice}"
        elif is_plain_list and (values := likely_lists.separate_values(error.value)):
            if error.key[-1:] == ("languages",):
                values = [suggest_language(value) or value for value in values]
            suggestion = f"[{', '.join(values)}]"
    elif error.kind in _NOT_A_MAPPING and (names := _listed_names(error)):
        pairs = [f"{slugify(name)}: {name}" for name in names]
        message = f"{_capital(error.name)} needs lines of its own, indented below it: for each value an id and its name, such as `{pairs[0]}`."
        suggestion = f"{{{', '.join(pairs)}}}" if sum(map(len, pairs)) <= _MAX_SUGGESTED else ""
    elif error.kind in _NOT_A_TEXT and (value := likely_lists.one_value(error.value)):
        message = (
            f"{_capital(error.name)} needs one text, not a list: write `{value}` without brackets or hyphen."
        )
    return Problem("wrong-type", message, error.location, suggestion=suggestion)


def _listed_names(error: _Error) -> list[str]:
    """The names in a list that stands where ids with names are needed."""
    field = find_field(error.model, error.key)
    item = (
        block_model(error.model, error.key) if field is None else next(inner_models(field.annotation), None)
    )
    one_line = getattr(item, "ONE_LINE", {})
    is_list = isinstance(error.value, list) and all(isinstance(name, str) for name in error.value)
    if not is_list or one_line.get("type") != "string":
        return []
    return [name for name in error.value if _PLAIN_NAME.fullmatch(name) and slugify(name)]


def _form_needed(error: _Error) -> str:
    if error.kind in _NOT_A_LIST:
        return f"needs a list: {_list_item(error)}"
    if error.kind in _NOT_A_BLOCK:
        example = _block_example(error) if error.kind.startswith("model_") else "`key: value`"
        return f"needs lines of its own, indented below it, such as {example}"
    if error.kind.startswith("bool_"):
        return f"needs `true` or `false`{_not_value(error.value)}"
    if error.kind in _NOT_A_TEXT:
        if isinstance(error.value, dict):
            return 'needs one text, not lines of its own. Put a text that holds a colon or begins with a brace between "quotation marks"'
        if error.kind != "string_type":
            return "needs one value, not a list"
        return 'needs one text, not a list. Put a text that begins with a bracket or a hyphen between "quotation marks"'
    if error.kind == "too_long":
        most = error.context["max_length"]
        return f"can have only {most} value{'' if most == 1 else 's'}"
    return f"cannot have this value: {error.message}"


def _list_item(error: _Error) -> str:
    example = _block_example(error).strip("`")
    if example:
        return f"each item begins with a hyphen, such as `- {example}`"
    return "one value on each line, with a hyphen and a space before it"


def _block_example(error: _Error) -> str:
    """The first keys that the block at the key needs; "" where it takes no block."""
    block, field = block_model(error.model, error.key), find_field(error.model, error.key)
    if block is error.model or (field is not None and block not in inner_models(field.annotation)):
        return ""
    fields = block.model_fields
    required = [name for name, field in fields.items() if field.is_required()] or list(fields)[:1]
    return " and ".join(f"`{name}: …`" for name in required[:2])


def _number_needed(error: _Error) -> str:
    for name, words in _BOUNDS.items():
        if name in error.context:
            return f"a number, {words.format(error.context[name])}"
    return "a whole number" if error.kind.startswith("int_") else "a number"


def _not_value(value: Any) -> str:
    return f", not `{value}`" if isinstance(value, str | int | float) else ""
