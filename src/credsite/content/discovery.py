"""Which files of a site are entries: found, named and contained, but not yet read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from credsite.content.source_folders import CONTENT, checked_files, is_markdown
from credsite.core.text import slugify
from credsite.problems.model import Location, Problem
from credsite.problems.suggestions import unknown_value_problem
from credsite.schema.field_types import SLUG_PATTERN
from credsite.schema.kinds import FOLDERS, Kind
from credsite.schema.standard_codes import language_codes

_LANGUAGE_SUFFIX: Final = re.compile(r"\.([a-z]{2,3}(?:-[A-Za-z0-9]+)*)$")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A Markdown file: its ``path`` from the site's root, and what its name says."""

    path: str
    kind: Kind
    slug: str
    language: str


def find_sources(root: Path, language: str) -> tuple[list[SourceFile], list[Problem]]:
    """All Markdown files of the site's content, in order of their paths, and what is wrong with their names."""
    sources: list[SourceFile] = []
    paths, problems = checked_files(root, CONTENT, is_markdown)
    for path in paths:
        found = _source(path, language)
        if isinstance(found, Problem):
            problems.append(found)
        else:
            sources.append(found)
    return sources, problems


def _source(path: str, language: str) -> SourceFile | Problem:
    folders, name = path.split("/")[1:-1], path.rpartition("/")[2].rpartition(".")[0]
    if not folders or folders[0] not in FOLDERS:
        where = f"the folder `{folders[0]}`" if folders else "`content` itself"
        message = f"credsite does not know what a Markdown file in {where} is, so it would not be published. Move it."
        return unknown_value_problem(
            "unknown-folder", message, Location(path, 1, 1), folders[0] if folders else "", tuple(FOLDERS)
        )
    suffix = _LANGUAGE_SUFFIX.search(name)
    written = language
    if suffix is not None:
        name, written = name[: suffix.start()], suffix[1]
        if written != language and written.split("-")[0] not in language_codes():
            name, written = path.rpartition("/")[2].rpartition(".")[0], language
        elif written != language:
            message = (
                f"The file name says that this is written in `{written}`, but `languages` in credsite.yaml is "
                f"`{language}`. Rename the file, or move it out of `content`."
            )
            return Problem("unknown-language", message, Location(path, 1, 1))
    if not re.fullmatch(SLUG_PATTERN, name):
        suggestion = slugify(name)
        message = f"The file name `{name}` becomes part of an address: use a to z, 0 to 9 and hyphens only."
        return Problem(
            "bad-slug", message, Location(path, 1, 1), suggestion=suggestion and f"{suggestion}.md"
        )
    return SourceFile(path, FOLDERS[folders[0]], name, written)
