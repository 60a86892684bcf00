"""Which of the files of a picture the places need where it is shown."""

from __future__ import annotations

from itertools import pairwise

import pytest

from credsite.content.image_slots import (
    BADGE,
    CARD,
    GALLERY,
    IN_TEXT,
    LARGE_PORTRAIT,
    LOGO,
    PAGE,
    PORTRAIT,
    TOPIC,
    Slot,
    files_for,
    needed_files,
    share_file,
    slots_of,
    whole_picture,
)
from credsite.content.image_variants import ImageRecipe
from credsite.content.images import ImageFile
from credsite.problems.model import KeyPath
from credsite.schema.images import ImageSettings
from credsite.schema.kinds import Kind

SLOTS = (CARD, TOPIC, PAGE, IN_TEXT, GALLERY, PORTRAIT, LARGE_PORTRAIT, LOGO, BADGE)
SHARPEST = 2
"""Pixels of a screen for each pixel of a style sheet."""


def image(width: int, height: int = 1000, **settings: object) -> ImageFile:
    chosen = ImageSettings.model_validate(settings)
    variants = ImageRecipe.of(chosen).variants("content/courses/a.jpg", "0" * 32, (width, height), "jpeg")
    return ImageFile("content/courses/a.jpg", width, height, "0" * 32, "images/a.jpg", "#808080", variants)


def widths(picture: ImageFile, slot: Slot, form: str = "jpeg") -> list[int]:
    return [one.width for one in files_for(picture, slot) if one.format == form]


def test_a_place_needs_few_files() -> None:
    large = image(4000)
    assert widths(large, CARD) == [480, 960]
    assert widths(large, TOPIC) == [160, 320, 640, 960]
    assert widths(large, PORTRAIT) == widths(large, LOGO) == [160, 320]
    assert widths(large, PAGE) == widths(large, IN_TEXT) == [480, 960, 1600]
    assert [one.format for one in files_for(large, CARD)] == ["avif", "avif", "webp", "webp", "jpeg", "jpeg"]


@pytest.mark.parametrize("slot", SLOTS)
def test_the_files_fill_the_place_on_a_sharp_screen(slot: Slot) -> None:
    needed = widths(image(4000), slot)
    assert needed[-1] >= slot.most
    assert needed[-1] >= SHARPEST * slot.shown
    assert all(after <= 2.25 * before for before, after in pairwise(needed))


@pytest.mark.parametrize("width", [1, 300, 481, 800, 1079, 2000])
@pytest.mark.parametrize("slot", SLOTS)
def test_a_picture_that_is_too_small_is_shown_in_its_own_width(slot: Slot, width: int) -> None:
    needed = widths(image(width), slot)
    assert needed
    assert needed[-1] == width or needed[-1] >= slot.most


def test_settings_decide_which_widths_there_are() -> None:
    assert widths(image(4000, widths=[2000]), CARD) == [2000]
    assert widths(image(4000, widths=[100, 200, 400, 800, 1600, 3200]), CARD) == [400, 800, 1600]
    assert widths(image(4000, widths=[100, 3000]), PAGE) == [3000]
    assert [one.format for one in files_for(image(4000, formats=["webp"]), CARD)] == ["webp", "webp"]


def test_a_small_picture_has_one_format() -> None:
    assert [(one.format, one.width) for one in files_for(image(300), PAGE)] == [("jpeg", 300)]
    assert len(files_for(image(4000, widths=[2000]), PAGE)) == 3, "it is not small"


def test_an_svg_has_no_other_files() -> None:
    drawing = ImageFile("content/a.svg", 10, 10, "0" * 32, "images/a.svg")
    assert files_for(drawing, CARD) == ()
    assert share_file(drawing) is None
    assert whole_picture(drawing) == "images/a.svg"


@pytest.mark.parametrize(
    ("kind", "key", "slots"),
    [
        (Kind.COURSE, ("image", "src"), (CARD, PAGE)),
        (Kind.INDUSTRY, ("image", "src"), (TOPIC, PAGE)),
        (Kind.COURSE, ("video", "image"), (PAGE,)),
        (Kind.COURSE, ("credential", "image"), (BADGE,)),
        (Kind.COURSE, ("credentials", 1, "image"), (BADGE,)),
        (Kind.STORY, ("learner", "photo"), (PORTRAIT, LARGE_PORTRAIT)),
        (Kind.STORY, ("images", 0, "src"), (GALLERY,)),
        (Kind.PROVIDER, ("logo",), (LOGO,)),
        (Kind.PAGE, (), (IN_TEXT,)),
    ],
)
def test_the_key_says_where_a_picture_is_shown(kind: Kind, key: KeyPath, slots: tuple[Slot, ...]) -> None:
    assert slots_of(kind, key) == slots


def test_what_is_published_is_what_places_need() -> None:
    large = image(4000)
    files = needed_files(large, Kind.COURSE, ("image", "src"))
    assert set(files) == {*files_for(large, CARD), *files_for(large, PAGE)}
    assert len(files) == 9
    portrait = needed_files(large, Kind.STORY, ("learner", "photo"))
    assert max(one.width for one in portrait) < 700, "nobody sees a larger one"


def test_other_websites_get_what_they_can_show() -> None:
    shared = share_file(image(4000))
    assert shared is not None
    assert (shared.format, shared.width) == ("jpeg", 960)
    assert share_file(image(4000, formats=["avif"])) is None
    small = share_file(image(300))
    assert small is not None
    assert small.width == 300


def test_a_link_leads_to_the_largest_file() -> None:
    large = image(4000)
    assert whole_picture(large).endswith(".jpg")
    assert "-1600." in whole_picture(large)
    assert whole_picture(large) in {one.output for one in needed_files(large, Kind.PAGE, ())}
