"""The invented catalogues of the bench are deterministic, realistic and without problems."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from io import BytesIO
from itertools import islice
from pathlib import Path
from statistics import mean

import pytest
from PIL import Image

from benchmarks.catalogues.catalogue import Catalogue
from benchmarks.catalogues.edits import mark
from benchmarks.catalogues.generate import NOW, main, write_site
from benchmarks.catalogues.listings import PAGE_SIZE, Listings
from benchmarks.catalogues.markdown_files import front_matter, with_addresses
from benchmarks.catalogues.own_fields import DECLARATIONS, with_own_fields
from benchmarks.catalogues.photos import large_photos, photos
from benchmarks.catalogues.vocabulary import INDUSTRIES, MODES
from credsite.build.analysis import analyse
from credsite.build.options import Options
from credsite.content.image_location import has_location
from credsite.schema.yaml import loader

SMALL = Catalogue(90)


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_the_same_seed_gives_the_same_files(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_site(Catalogue(90), tmp_path / name)
    assert files_of(tmp_path / "one") == files_of(tmp_path / "two")


def test_photos_are_the_same_for_the_same_seed_and_each_has_bytes_of_its_own() -> None:
    first, second = (list(islice(photos(seed=7), 15)) for _ in range(2))
    assert first == second
    assert len(set(first)) == 15
    assert all(400_000 < len(photo) < 600_000 for photo in first)
    assert next(photos(seed=8)) not in first


def test_large_photos_are_those_of_telephones() -> None:
    first, second = islice(large_photos(seed=7), 2)
    assert first != second
    assert 2_000_000 < len(first) < 6_000_000
    assert has_location(first)
    assert Image.open(BytesIO(first)).size == (4000, 3000)


def test_credsite_finds_nothing_wrong_with_photos(tmp_path: Path) -> None:
    write_site(SMALL, tmp_path / "site", with_photos=photos)
    found = analyse(Options(tmp_path / "site", now=datetime.fromisoformat(NOW)))
    assert found.problems == ()
    assert found.key is not None
    assert len(found.key.images) == SMALL.size


def test_credsite_finds_nothing_wrong_with_own_fields_and_most_courses_have_several(tmp_path: Path) -> None:
    write_site(SMALL, tmp_path / "site", with_own=True)
    found = analyse(Options(tmp_path / "site", now=datetime.fromisoformat(NOW)))
    assert found.problems == ()
    assert found.catalogue is not None
    unanswered = [len(course.unanswered) for course in found.catalogue.courses.values()]
    assert 3 < sum(unanswered) / len(unanswered) < 5
    assert {field for field, _ in found.catalogue.by_detail} == {"faculty"}
    assert len(DECLARATIONS) == 10


def test_own_fields_are_the_same_for_the_same_seed() -> None:
    course = SMALL.course(5)
    assert with_own_fields(course, seed=7) == with_own_fields(course, seed=7)
    assert with_own_fields(course, seed=7) != with_own_fields(course, seed=8)


def test_another_seed_gives_another_catalogue() -> None:
    assert Catalogue(90, seed=1).course(5) != Catalogue(90, seed=2).course(5)


def test_credsite_finds_nothing_wrong_and_shows_every_course(tmp_path: Path) -> None:
    write_site(SMALL, tmp_path / "site")
    found = analyse(Options(tmp_path / "site", now=datetime.fromisoformat(NOW)))
    assert found.problems == ()
    assert found.catalogue is not None
    assert len(found.catalogue.courses) == SMALL.size
    assert set(found.catalogue.by_industry) == {industry.id for industry in INDUSTRIES}
    assert set(found.catalogue.by_mode) == set(MODES)


def test_courses_have_about_440_words_and_20_keys() -> None:
    courses = list(Catalogue(400).courses())
    assert 420 <= mean(len(course.body.split()) for course in courses) <= 460
    assert {len(course.fields) for course in courses} == {20}


def test_no_two_courses_share_a_title_or_a_slug() -> None:
    catalogue = Catalogue(50_000)
    titles, slugs = zip(*map(catalogue.name, range(catalogue.size)), strict=True)
    assert len(set(slugs)) == catalogue.size
    assert Counter(titles).most_common(1)[0][1] <= 2  # two industries may teach the same topic


def test_texts_use_the_structures_of_markdown() -> None:
    text = "\n".join(course.body for course in SMALL.courses())
    for part in (
        "\n## ",
        "\n### ",
        "\n- ",
        "\n1. ",
        "\n> ",
        "| --- |",
        "**",
        " *",
        "](course:",
        "](https://",
    ):
        assert part in text
    assert "{" not in text


def test_the_marks_stand_in_one_course_and_one_industry() -> None:
    courses = [number for number, course in enumerate(SMALL.courses()) if mark("course") in course.title]
    assert courses == [SMALL.edited_course]
    assert sum(mark("industry") in industry.title for industry in SMALL.industries) == 1


@pytest.mark.parametrize("size", [0, 79, 1_000_000])
def test_sizes_that_cannot_be_made_are_refused(size: int) -> None:
    with pytest.raises(ValueError, match=str(size)):
        Catalogue(size)


def test_front_matter_means_what_was_written() -> None:
    fields = {
        "title": "Glass: a Beginning, no. 2",
        "answer": "no",
        "free": "true",
        "ids": ["a", "b"],
        "texts": ["one thing", 'a "quoted" thing'],
        "block": {"amount": 3, "note": "# not a comment"},
        "sessions": [{"seats": 3, "timing": ["evening"]}, {"seats": 4, "timing": ["daytime"]}],
    }
    found, problems = loader.load_yaml(front_matter(fields), "test")
    assert problems == []
    assert found == {
        **fields,
        "block": {"amount": "3", "note": "# not a comment"},
        "sessions": [{"seats": "3", "timing": ["evening"]}, {"seats": "4", "timing": ["daytime"]}],
    }


def test_links_to_entries_become_addresses() -> None:
    text = "See [this](course:glass) and [that](https://a.example/course:x)."
    assert with_addresses(text, lambda folder, slug: f"/{folder}/{slug}/") == (
        "See [this](/courses/glass/) and [that](https://a.example/course:x)."
    )


def test_lists_hold_every_course_once_and_no_page_is_too_long() -> None:
    listings = Listings.of(SMALL)
    every = [item for page in listings.pages if page.base == "courses/" for item in page.items]
    assert sorted(every) == sorted(course.slug for course in SMALL.courses())
    assert all(0 < len(page.items) <= PAGE_SIZE for page in listings.pages)
    assert len({page.path for page in listings.pages}) == len(listings.pages)


def test_the_counts_of_pairs_are_those_of_their_lists() -> None:
    listings = Listings.of(SMALL)
    totals = {page.base: page.total for page in listings.pages if page.filters and page.base != "courses/"}
    assert totals == listings.counts


def test_a_folder_with_files_is_not_written_into(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.txt").write_text("keep me")
    assert main(["90", str(tmp_path)]) == 2
    assert "not empty" in capsys.readouterr().err
    assert files_of(tmp_path) == {"mine.txt": b"keep me"}
