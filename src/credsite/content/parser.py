"""From the bytes of one file to a validated entry and its problems. Pure: the same bytes give the same result."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError

from credsite.content.discovery import SourceFile
from credsite.content.entry import Entry
from credsite.content.finding_messages import finding_message
from credsite.content.markdown.body import render
from credsite.content.markdown.sanitizer import Finding
from credsite.content.own_texts import render_texts
from credsite.core.hashing import digest
from credsite.core.profiling import stage
from credsite.problems.model import KeyPath, Location, Problem
from credsite.schema.advice_headings import has_heading_for
from credsite.schema.front_matter import SplitFile, decode_text, location_after, split_front_matter
from credsite.schema.merge_conflicts import without_conflicts
from credsite.schema.models import EntryFields
from credsite.schema.models.base import NOTHING_EMPTY
from credsite.schema.other_kind import with_other_kind
from credsite.schema.partial_validation import compact_keys
from credsite.schema.placeholders import placeholder_problems
from credsite.schema.recovery import (
    MISSPELT_CLOSER,
    damaged_keys,
    is_damaged,
    readable_text,
    recover_front_matter,
)
from credsite.schema.site_schema import BUILT_IN, SiteSchema
from credsite.schema.validation import partial_model
from credsite.schema.yaml.loader import LoadedYaml, load_document
from credsite.schema.yaml.lost_text import lost_text_problems, with_lost_text


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """What a file gave: its problems, and an entry unless one of these is an error that prevents it.

    ``partial_entry`` is there in place of the entry where something can still be checked: its ``wrong_keys`` say what
    cannot. It must not be published.
    """

    source: SourceFile
    entry: Entry[EntryFields] | None
    problems: tuple[Problem, ...] = ()
    partial_entry: Entry[EntryFields] | None = None


def parse(
    data: bytes,
    source: SourceFile,
    max_size: int,
    currency: str | None = None,
    schema: SiteSchema = BUILT_IN,
) -> ParsedFile:
    """The entry in ``data``, the bytes of ``source``. More than ``max_size`` bytes are an error.

    ``currency`` is that of the site, "" for none. Where it is None, a price may have a sign such as `$`, of any currency.
    ``schema`` is that of the site.
    """
    with stage("parse"):
        text, problem = _decode(data, source.path, max_size)
        if problem is not None:
            return _parse_damaged(data, source, problem, currency, schema)
        text, conflicts = without_conflicts(text, source.path)
        parsed = _parse_text(text, data, source, currency, schema)
        return replace(parsed, problems=_with_conflicts(parsed, conflicts)) if conflicts else parsed


def _parse_text(
    text: str, data: bytes, source: SourceFile, currency: str | None, schema: SiteSchema
) -> ParsedFile:
    model = schema.models[source.kind]
    parts, document = _front_matter(text, source.path)
    context = {"currency": currency, "language": source.language}
    if document.problems:
        readable = recover_front_matter(text, source.path, document.problems)
        parts = readable.parts
        fields, wrong, found = partial_model(readable.values, model, source.path, context)
        unreadable = compact_keys(readable.wrong_keys, model)
        found = with_lost_text(found, _lost_text(load_document(parts.yaml, ""), parts, source, model))
        problems = [*readable.problems, *(one for one in found if not one.is_affected(unreadable))]
        return _parsed(data, source, schema, parts, fields, wrong | unreadable, problems)
    values = document.data or {}
    fields, problems = _validate(values, model, {**context, NOTHING_EMPTY: document.nothing_empty})
    wrong = frozenset[KeyPath]()
    if fields is None:
        fields, wrong, problems = partial_model(values, model, source.path, context)
        problems = with_other_kind(problems, values, source.kind, schema.models)
    if lost := _lost_text(document, parts, source, model):
        problems = with_lost_text(problems, lost)
    if fields is not None and not fields.draft:
        problems = [*problems, *placeholder_problems(values, parts, source.path, source.kind)]
    return _parsed(data, source, schema, parts, fields, wrong, problems)


def _with_conflicts(parsed: ParsedFile, conflicts: list[Problem]) -> tuple[Problem, ...]:
    """The problems with those of merge conflicts, which may be why there is no front matter."""
    if any(one.code.startswith("front-matter-") for one in parsed.problems):
        return tuple(conflicts)
    return (*conflicts, *parsed.problems)


def _parsed(
    data: bytes,
    source: SourceFile,
    schema: SiteSchema,
    parts: SplitFile,
    fields: EntryFields | None,
    wrong_keys: frozenset[KeyPath],
    problems: list[Problem],
) -> ParsedFile:
    """The file with its body and what its fields lack. ``problems`` are those of the front matter."""
    with stage("Markdown"):
        body, findings = render(parts.body)
    problems += (_text_problem(one, _place(one, source.path, parts.body_line)) for one in findings)
    if fields is None:
        return ParsedFile(source, None, tuple(problems))
    texts = []
    for key, text, of_text in render_texts(fields, schema.text_fields[source.kind]):
        texts.append((key, text))
        problems += (
            _text_problem(one, Location(source.path, key=(key,), snippet=one.snippet)) for one in of_text
        )
    if body.headings and body.headings[0].title.casefold() == fields.title.casefold():
        problems += _repeated_title(parts, body.headings[0].title, source.path)
    problems += (
        Problem(finding.code, finding.message, Location(source.path, key=finding.key))
        for finding in fields.findings()
        if not (wrong_keys and finding.is_affected(wrong_keys))
        and not (body.headings and has_heading_for(finding.code, (one.title for one in body.headings)))
    )
    entry = Entry(
        fields.slug or source.slug,
        source.path,
        source.language,
        fields,
        body,
        digest(data),
        tuple(sorted(wrong_keys, key=str)),
        tuple(texts),
    )
    if not wrong_keys:
        return ParsedFile(source, entry, tuple(problems))
    # An entry that names this one by the slug that is suggested must not get a second problem.
    suggested = (one.suggestion for one in problems if one.location.key == ("slug",) and one.suggestion)
    partial_entry = replace(entry, slug=next(suggested, entry.slug))
    return ParsedFile(source, None, tuple(problems), partial_entry)


def _parse_damaged(
    data: bytes, source: SourceFile, problem: Problem, currency: str | None, schema: SiteSchema
) -> ParsedFile:
    """What can still be checked of a text that is not UTF-8 throughout: all but what the damaged characters are part of."""
    if problem.code not in ("file-not-utf8", "file-nul"):
        return ParsedFile(source, None, (problem,))
    text = readable_text(data)
    parsed = parse(text.encode(), source, len(data) * 3, currency, schema)
    if any(one.code.startswith("front-matter-") for one in parsed.problems):
        return ParsedFile(source, None, (problem,))  # probably in another encoding throughout
    rest = (one for one in parsed.problems if not is_damaged(one))
    partial = parsed.entry or parsed.partial_entry
    if partial is not None:
        damaged = compact_keys(frozenset(damaged_keys(text)), schema.models[source.kind])
        keys = (*partial.wrong_keys, *sorted(damaged, key=str))
        partial = replace(partial, wrong_keys=keys, digest=digest(data))
    return ParsedFile(source, None, (problem, *rest), partial)


def _front_matter(text: str, path: str) -> tuple[SplitFile, LoadedYaml]:
    """The parts of a file, and the values of its front matter or why these cannot be read."""
    parts = split_front_matter(text)
    if parts.problem_code:
        return parts, LoadedYaml(None, [_edge_problem(parts.problem_code, text, path)])
    document = load_document(parts.yaml, path, parts.yaml_line)
    if not isinstance(document.data, dict | None):
        message = (
            "The front matter is not made of `key: value` lines, with a space after each colon. "
            "Begin with `title: The name of the entry`."
        )
        return parts, LoadedYaml(None, [Problem("front-matter-shape", message, Location(path))])
    return parts, document


def _validate(
    values: dict[str, Any], model: type[EntryFields], context: Mapping[str, Any]
) -> tuple[EntryFields | None, list[Problem]]:
    try:
        return model.model_validate(values, context=context), []
    except ValidationError:
        return None, []


def _lost_text(
    document: LoadedYaml, parts: SplitFile, source: SourceFile, model: type[EntryFields]
) -> list[Problem]:
    return lost_text_problems(document, parts.yaml, source.path, parts.yaml_line, model)


def _decode(data: bytes, path: str, max_size: int) -> tuple[str, Problem | None]:
    if len(data) > max_size:
        size = f"{max_size / 1_000_000:g} MB" if max_size >= 1_000_000 else f"{max_size / 1000:g} kB"
        message = f"The file has more than {size}. Split it, or raise `max_file_size` in credsite.yaml."
        return "", Problem("file-too-large", message, Location(path, 1, 1))
    return decode_text(data, path)


def _edge_problem(code: str, text: str, path: str) -> Problem:
    messages = {
        "front-matter-missing": "The very first line must be `---`, then come the keys, then another line `---`.",
        "front-matter-unclosed": "The front matter begins but never ends. Put a line `---` after its last key.",
        "front-matter-toml": "The front matter is TOML. Write it as YAML: lines `---` around it, and `key: value` in it.",
    }
    if code == "front-matter-missing" and (message := _no_markdown(text)):
        return Problem(code, message, Location(path, 1, 1))
    if code == "front-matter-unclosed" and (almost := MISSPELT_CLOSER.search(text, 4)):
        message = (
            "The line that ends the front matter must be exactly `---`: three hyphens and no space before."
        )
        return Problem(code, message, location_after(text[: almost.start(1)], path))
    return Problem(code, messages[code], Location(path, 1, 1))


def _no_markdown(text: str) -> str:
    """What to do about a text without front matter that is empty or of another format; "" for others."""
    start = text[:200].lstrip()
    if not start:
        return (
            "The file is empty. If it is an entry, `credsite new` shows how one begins. Otherwise delete it."
        )
    if start.startswith("{\\rtf"):
        return "The file is a document of a word processor (RTF). Save it again as plain text, with the encoding UTF-8."
    if start[:5].lower() in ("<html", "<!doc"):
        return (
            "The file is a web page (HTML). Write Markdown: a line `---`, the keys, another line `---`, and the text. If "
            "visitors are to see the file as it is, move it into `static/`."
        )
    return ""


def _repeated_title(parts: SplitFile, title: str, path: str) -> list[Problem]:
    """The warning that a text begins with the title of its page, as texts for other programs do."""
    line = re.search(rf"^# +{re.escape(title)}", parts.body, re.MULTILINE)
    if line is None:
        return []
    message = "Every page shows its title by itself, so visitors see it twice. Delete this heading."
    return [Problem("markdown-unusual", message, Location(path, snippet=line[0]))]


def _text_problem(finding: Finding, location: Location) -> Problem:
    """The problem of something that is wrong in a text in Markdown."""
    return Problem(finding.code, finding_message(finding), location)


def _place(finding: Finding, path: str, body_line: int) -> Location:
    if finding.line:
        return Location(path, body_line + finding.line - 1, finding.column)
    return Location(path, snippet=finding.snippet)
