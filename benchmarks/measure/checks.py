"""Checks that the comparison is fair: all generators build the same pages, and show an edit on every page that it changes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

from benchmarks.catalogues.catalogue import Catalogue
from benchmarks.catalogues.edits import Edit, mark, mark_pattern
from benchmarks.catalogues.listings import PAGE_SIZE
from benchmarks.measure.meter import RunError
from benchmarks.peers import Generator

_SPACE = re.compile(r"\s+")
_TAG = re.compile(r"<[^>]*>")
_CARDS = 4
"""The number of related courses at the end of a course's page."""


class MismatchError(RunError):
    """A generator's pages differ from those of the others, or do not show an edit. The message says which and where."""


def check_pages(generator: Generator, catalogue: Catalogue) -> None:
    """Raise MismatchError unless every course has a page, and one of them and the first list have all that is required."""
    output = generator.output
    slugs = {catalogue.name(number)[1] for number in range(catalogue.size)}
    missing = [slug for slug in sorted(slugs) if not _page(output, f"courses/{slug}").is_file()]
    if missing:
        raise MismatchError(
            f"{generator.title} has no page for {len(missing):,} courses, such as {missing[0]}."
        )
    course = catalogue.course(catalogue.edited_course)
    page = _page(output, f"courses/{course.slug}").read_text(encoding="utf-8")
    page_text = f"{_visible_text(page)} {unescape(page)}"
    lacks = [part for part in _required_parts(course.fields, course.body) if part not in page_text]
    if lacks:
        raise MismatchError(f"{generator.title} does not show {lacks[0]!r} on the page of {course.slug}.")
    if (cards := page.count('class="card course-card"')) < _CARDS:
        raise MismatchError(
            f"{generator.title} shows the cards of {cards} related courses on the page of {course.slug}."
        )
    shown = _linked_courses(_page(output, "courses").read_text(encoding="utf-8"), slugs)
    if len(shown) != min(PAGE_SIZE, catalogue.size):
        raise MismatchError(f"{generator.title} shows {len(shown)} courses on the first list.")


def check_edit(generator: Generator, catalogue: Catalogue, edit: Edit, number: int) -> None:
    """Raise MismatchError unless the ``number``-th edit is on all pages that must show it, and an earlier one on none."""
    wanted = mark(edit, number).encode()
    found: set[str] = set()
    pages = 0
    for path, text in _pages(generator.output):
        pages += 1
        on_page = set(mark_pattern(edit).findall(text))
        if outdated := on_page - {wanted}:
            raise MismatchError(f"{generator.title} still shows {min(outdated).decode()!r} in {path}.")
        if on_page:
            found.add(path)
    if edit == "theme":
        if len(found) != pages:
            raise MismatchError(
                f"{generator.title} shows an edit of the theme on {len(found)} of {pages} pages."
            )
        return
    for place in _required_places(catalogue, edit):
        if not any(path.startswith(place) for path in found):
            raise MismatchError(f"{generator.title} does not show the edited {edit} on any page of {place}.")


def _required_places(catalogue: Catalogue, edit: Edit) -> tuple[str, ...]:
    """Where the title of the edited course or industry must be shown, as beginnings of paths."""
    course = catalogue.course(catalogue.edited_course)
    if edit == "industry":
        return ("index.html", f"industries/{catalogue.industries[0].slug}/", "courses/")
    return (
        f"courses/{course.slug}/",
        f"providers/{course.fields['provider']}/",
        *(f"industries/{industry}/" for industry in course.fields["industries"]),
    )


def _required_parts(fields: dict[str, Any], body: str) -> Iterator[str]:
    """The texts and addresses that the page of a course must have."""
    yield str(fields["title"])
    yield str(fields["summary"])
    yield from map(str, fields["outcomes"])
    for session in fields["sessions"]:
        yield session["enrol_url"]
        yield f'datetime="{session["starts"]}'
    for line in body.splitlines():
        if line.startswith("## "):
            yield line.removeprefix("## ")


def _visible_text(page: str) -> str:
    return _SPACE.sub(" ", unescape(_TAG.sub(" ", page)))


def _linked_courses(page: str, slugs: set[str]) -> set[str]:
    return set(re.findall(r'href="[^"]*?courses/([\w-]+)/"', page)) & slugs


def _page(output: Path, path: str) -> Path:
    return output / path / "index.html"


def _pages(output: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(output.rglob("*.html")):
        yield path.relative_to(output).as_posix(), path.read_bytes()
