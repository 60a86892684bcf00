"""The bench refuses to compare pages that cannot be compared."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.catalogues.catalogue import Catalogue
from benchmarks.catalogues.edits import EDITS, Edit
from benchmarks.measure.checks import MismatchError, check_edit, check_pages
from benchmarks.measure.meter import measure
from benchmarks.peers.credsite import Credsite

SMALL = Catalogue(90)


def build(generator: Credsite) -> None:
    measure(generator.command, generator.folder, {}, memory=False)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Credsite:
    generator = Credsite(tmp_path_factory.mktemp("checks"))
    generator.prepare(SMALL)
    generator.find_marks()
    build(generator)
    return generator


@pytest.fixture
def generator(built: Credsite, tmp_path: Path) -> Credsite:
    """A copy that may be spoilt."""
    shutil.copytree(built.folder, tmp_path, dirs_exist_ok=True)
    copy = Credsite(tmp_path)
    copy.edited_files = {
        edit: [tmp_path / path.relative_to(built.folder) for path in files]
        for edit, files in built.edited_files.items()
    }
    return copy


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def edited_page(generator: Credsite) -> Path:
    return generator.output / "courses" / SMALL.name(SMALL.edited_course)[1] / "index.html"


def first_session(generator: Credsite) -> None:
    address = SMALL.course(SMALL.edited_course).fields["sessions"][0]["enrol_url"]
    change(edited_page(generator), address, "https://elsewhere.example/")


SPOILT: dict[str, Callable[[Credsite], None]] = {
    "has no page for 1 courses": lambda generator: shutil.rmtree(
        generator.output / "courses" / SMALL.name(3)[1]
    ),
    "does not show 'https://enrol.example/": first_session,
    "does not show 'Who it suits'": lambda generator: change(
        edited_page(generator), "Who it suits", "Who it fits"
    ),
    "shows the cards of 0 related courses": lambda generator: change(
        edited_page(generator), "card course-card", "card"
    ),
    "shows 0 courses on the first list": lambda generator: change(
        generator.output / "courses" / "index.html", "courses/", "classes/"
    ),
}


def test_pages_as_they_are_pass(built: Credsite) -> None:
    check_pages(built, SMALL)


@pytest.mark.parametrize("complaint", SPOILT)
def test_pages_that_lack_something_are_refused(generator: Credsite, complaint: str) -> None:
    SPOILT[complaint](generator)
    with pytest.raises(MismatchError, match=complaint):
        check_pages(generator, SMALL)


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_that_is_not_built_is_refused_and_one_that_is_passes(generator: Credsite, edit: Edit) -> None:
    generator.edit(edit, 1)
    with pytest.raises(MismatchError, match="still shows"):
        check_edit(generator, SMALL, edit, 1)
    build(generator)
    check_edit(generator, SMALL, edit, 1)


def test_an_edit_that_is_missing_on_a_list_is_refused(generator: Credsite) -> None:
    provider = SMALL.course(SMALL.edited_course).fields["provider"]
    for page in (generator.output / "providers" / provider).rglob("index.html"):
        change(page, ", edition 0", "") if ", edition 0" in page.read_text(encoding="utf-8") else None
    with pytest.raises(MismatchError, match=f"on any page of providers/{provider}/"):
        check_edit(generator, SMALL, "course", 0)


def test_an_edit_of_the_theme_that_is_missing_on_one_page_is_refused(generator: Credsite) -> None:
    check_edit(generator, SMALL, "theme", 0)
    change(edited_page(generator), "issue 0", "")
    with pytest.raises(MismatchError, match=r"on 3\d\d of 3\d\d pages"):
        check_edit(generator, SMALL, "theme", 0)
