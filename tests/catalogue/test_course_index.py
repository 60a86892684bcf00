from __future__ import annotations

import pytest

from credsite.catalogue import course_index
from credsite.catalogue.catalogue import Catalogue
from credsite.catalogue.patch import patched_catalogue
from credsite.content.record_builder import record_of
from credsite.schema.kinds import INDEX_SLUG
from tests.support.catalogues import AnyEntry, catalogue, course


@pytest.fixture(autouse=True)
def short_lists_are_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(course_index, "_LONG", 3)


def titled(*titles: str) -> list[AnyEntry]:
    return [course(f"c-{number}", title=title) for number, title in enumerate(titles)]


def letters(*titles: str) -> dict[str, int]:
    return dict(catalogue(*titled(*titles)).letters)


def test_letters_lead_to_the_first_title_that_begins_with_them() -> None:
    assert letters("Zebras", "apes", "Bees", "3D printing", "Ärzte", "“Art”") == {
        "#": 0,
        "A": 1,
        "B": 3,
        "Z": 4,
    }
    assert letters("A", "A", "A", "Ж", "ж", "Ю") == {"A": 0, "Ж": 3, "Ю": 5}


def test_a_short_list_has_none() -> None:
    assert letters("A", "B") == {}


def test_a_course_may_have_the_address_of_the_index() -> None:
    entries = [*titled("A", "B", "C"), course(INDEX_SLUG)]
    assert catalogue(*entries).letters == {}


def test_a_title_with_another_letter_needs_the_plan_of_the_site() -> None:
    entries = titled("Apes", "Bees", "Dogs")
    before: Catalogue = catalogue(*entries)
    for title, is_patched in (("Bears", True), ("Cats", False)):
        other = record_of(course("c-1", title=title))
        assert (patched_catalogue(before, [other]) is not None) == is_patched
