"""Finds the files of a site: the Markdown files, with what their names say, and those in ``static/``, published as they are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from credsite.content.misplaced import has_front_matter
from credsite.content.source_folders import CONTENT, IMAGE_SUFFIXES, STATIC, checked_files, is_markdown
from credsite.core.names import composed
from credsite.core.regular_files import FileTooLargeError, size_in_words
from credsite.core.stat_cache import StatCache
from credsite.core.text import shorten_slug, slugify
from credsite.problems.model import Location, Problem
from credsite.problems.suggestions import unknown_value_problem
from credsite.schema.field_types import MAX_SLUG_LENGTH, SLUG_PATTERN
from credsite.schema.kinds import FOLDERS, Kind
from credsite.schema.standard_codes import language_codes

_SLUG: Final = re.compile(SLUG_PATTERN)
_LANGUAGE_SUFFIX: Final = re.compile(r"\.([a-z]{2,3}(?:-[A-Za-z0-9]+)*)$")

_ALMOST_MARKDOWN: Final = frozenset(
    {"md", "txt", "text", "mdx", "mdown", "mdwn", "mkd", "mkdn", "mdtxt", "mdtext", "rmd", "qmd"}
)
_TEXTS: Final = frozenset({"txt", "text"})
_MARKDOWN_SUFFIX: Final = re.compile(r"\.(?:md|markdown)$", re.IGNORECASE)
_OFFICE_TEXTS: Final = frozenset({"doc", "docx", "htm", "html", "odt", "rtf", "pages", "wps", "gdoc"})
_OTHER_IMAGES: Final = frozenset(
    {"heic", "heif", "tif", "tiff", "bmp", "psd", "raw", "dng", "cr2", "nef", "eps"}
)
_SHEETS: Final = frozenset({"csv", "tsv", "xls", "xlsx", "xlsm", "ods", "numbers", "gsheet"})


MAX_STATIC_SIZE: Final = 100_000_000
"""Bytes of the largest file in ``static/``, where the settings say nothing else."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A Markdown file: its ``path`` from the site's root, and what its name says.

    One that ``is_misnamed`` cannot be published. What its name says is a guess, with which its text can be checked.
    """

    path: str
    kind: Kind
    slug: str
    language: str
    is_misnamed: bool = False


def find_sources(
    root: Path, language: str, *, with_misnamed: bool = False
) -> tuple[list[SourceFile], list[Problem]]:
    """All Markdown files of the site's content, in order of their paths, and what is wrong with their names.

    Other files are problems, unless they are images. Files with wrong names are among the first only ``with_misnamed``.
    """
    sources: list[SourceFile] = []
    paths, problems = checked_files(root, CONTENT, lambda path: not path.lower().endswith(IMAGE_SUFFIXES))
    for path in paths:
        if not is_markdown(path):
            problems.append(_unread_file_problem(root, path))
            continue
        source, problem = _source(path, language)
        if problem is not None:
            problems.append(problem)
        if source is not None and (with_misnamed or not source.is_misnamed):
            sources.append(source)
    return sources, problems


def _source(path: str, language: str) -> tuple[SourceFile | None, Problem | None]:
    """What the path of a Markdown file says, and why it cannot be that of an entry."""
    folder = path.removeprefix(f"{CONTENT}/").rpartition("/")[0].partition("/")[0]
    name = path.rpartition("/")[2].rpartition(".")[0]
    location = Location(path, 1, 1)
    if folder not in FOLDERS:
        where = f"the folder `{folder}`" if folder else "`content` itself"
        message = f"credsite does not know what a Markdown file in {where} is, so it would not be published. Move it."
        problem = unknown_value_problem("unknown-folder", message, location, folder, tuple(FOLDERS))
        return _misnamed(path, problem.suggestion, name, language), problem
    suffix = _LANGUAGE_SUFFIX.search(name)
    if suffix is not None and suffix[1] == language:
        name = name[: suffix.start()]
    elif suffix is not None and suffix[1].split("-")[0] in language_codes():
        message = (
            f"The file name says that this is written in `{suffix[1]}`, but `languages` in credsite.yaml is "
            f"`{language}`. Rename the file, or move it out of `content`."
        )
        return _misnamed(path, folder, name, language), Problem("unknown-language", message, location)
    if not _SLUG.fullmatch(name):
        words = _MARKDOWN_SUFFIX.sub("", name)  # of `first-aid.md.md`
        slug = shorten_slug(slugify(words, suffix[1] if suffix else language), MAX_SLUG_LENGTH)
        message = f"The file name `{name}` becomes part of an address: use a to z, 0 to 9 and hyphens only."
        problem = Problem("bad-slug", message, location, suggestion=slug and f"{slug}.md")
        return _misnamed(path, folder, name, language), problem
    if len(name) > MAX_SLUG_LENGTH:
        message = f"The file name has {len(name)} characters and becomes part of an address: use {MAX_SLUG_LENGTH} at most."
        slug = shorten_slug(name, MAX_SLUG_LENGTH, name)
        problem = Problem("bad-slug", message, location, suggestion=f"{slug}.md")
        return SourceFile(path, FOLDERS[folder], slug, language, is_misnamed=True), problem
    return SourceFile(path, FOLDERS[folder], name, language), None


def _misnamed(path: str, folder: str, name: str, language: str) -> SourceFile | None:
    """What a file with a wrong name or in a wrong folder probably is; None where nobody can say."""
    slug = shorten_slug(slugify(name, language), MAX_SLUG_LENGTH)
    return SourceFile(path, FOLDERS[folder], slug, language, is_misnamed=True) if folder and slug else None


def _unread_file_problem(root: Path, path: str) -> Problem:
    """The warning that nobody will see a file which is neither Markdown nor an image."""
    name = path.rpartition("/")[2]
    stem, _, suffix = name.rstrip(" ._").rpartition(".")
    suggestion = ""
    is_text = suffix.lower() in _TEXTS and not (
        _MARKDOWN_SUFFIX.search(stem) or has_front_matter(f"{root}/{path}")
    )
    if suffix.lower() in _ALMOST_MARKDOWN and not is_text:
        suggestion = f"{re.sub(_MARKDOWN_SUFFIX, '', stem)}.md"
        advice = "If it is an entry, let its name end in `.md`."
    elif suffix.lower() in _OFFICE_TEXTS:
        advice = "If it is an entry, save its words as a text file whose name ends in `.md`. If it is to download, move it into `static/`."
    elif suffix.lower() in _SHEETS:
        advice = "`credsite import` makes entries from a spreadsheet. If it is to download, move it into `static/`."
    elif suffix.lower() in _OTHER_IMAGES:
        advice = "Save the picture as JPEG, PNG or WebP."
    else:
        advice = (
            f"If visitors are to download it, move it to `static/{name}`. If not, move it out of `content`."
        )
    message = f"This is neither a Markdown file nor an image that browsers show, so nothing of it is published. {advice}"
    return Problem("file-not-read", message, Location(path), suggestion=suggestion)


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file to copy: its path from the site's root, where it goes, and the digest of its bytes.

    It goes to an address as people type it, also where a system has coded the name in another way.
    """

    path: str
    output: str
    digest: str


def find_static(
    root: Path, digests: StatCache | None = None, max_size: int = MAX_STATIC_SIZE
) -> tuple[list[StaticFile], list[Problem]]:
    """All files in ``static/``, in order of their paths, and what is wrong with them.

    Only files are read of which ``digests`` does not know the digest. More than ``max_size`` bytes are a problem.
    """
    digests = digests or StatCache()
    files: list[StaticFile] = []
    paths, problems = checked_files(root, STATIC)
    for path in paths:
        try:
            output = composed(path.removeprefix(f"{STATIC}/"))
            files.append(StaticFile(path, output, digests.file_digest(root, path, max_size)))
        except FileTooLargeError:
            message = (
                f"The file has more than {size_in_words(max_size)}, which many hosts refuse. Make it smaller, or raise "
                "`max_static_size` in credsite.yaml."
            )
            problems.append(Problem("file-too-large", message, Location(path)))
        except OSError as error:
            message = f"The file cannot be read: {error.strerror or error}."
            problems.append(Problem("file-unreadable", message, Location(path)))
    return files, problems
