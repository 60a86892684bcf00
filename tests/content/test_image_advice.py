"""Advice on the sizes of pictures."""

from __future__ import annotations

import pytest

from credsite.content.image_advice import image_advice
from credsite.content.image_variants import ImageRecipe
from credsite.content.images import ImageFile
from credsite.content.record_builder import record_of
from credsite.content.records import Record
from credsite.schema.images import USUAL_IMAGES
from tests.support.catalogues import AnyEntry, course, page, provider, story


def advice(entry: AnyEntry, width: int, height: int = 1000, *more: Record) -> list[tuple[str, object, str]]:
    """The code, the key and the message of each advice where all pictures of ``entry`` have the same size."""
    variants = ImageRecipe.of(USUAL_IMAGES).variants("content/a.jpg", "0" * 32, (width, height), "jpeg")
    image = ImageFile("content/a.jpg", width, height, "0" * 32, "images/a.jpg", "", variants)
    records = [record_of(entry), *more]
    images = {(record.folder, use.src): image for record in records for use in record.images}
    found = image_advice(records, images, USUAL_IMAGES)
    return [(one.code, one.location.key, one.message) for one in found]


def test_a_picture_that_is_stretched_is_too_small() -> None:
    assert advice(course("a", image={"src": "a.jpg", "alt": "A bench"}), 300) == [
        (
            "image-small",
            ("image", "src"),
            "`a.jpg` is only 300 pixels wide, and is shown up to 688 pixels wide, so it is blurred. Use one that is 1376 pixels "
            "wide or more, to be sharp on all screens.",
        )
    ]
    assert advice(course("a", image={"src": "a.jpg", "alt": "A bench"}), 688) == []


@pytest.mark.parametrize(
    ("entry", "wide", "high", "is_small"),
    [
        (story("a", learner={"name": "Ana", "photo": "a.jpg"}), 143, 900, True),
        (story("a", learner={"name": "Ana", "photo": "a.jpg"}), 900, 143, True),
        (story("a", learner={"name": "Ana", "photo": "a.jpg"}), 144, 144, False),
        (provider("a", logo="a.png"), 95, 95, True),
        (provider("a", logo="a.png"), 96, 20, False),
        (course("a", credential={"image": "a.png"}), 100, 100, True),
        (page("a", "![A bench](a.jpg)"), 10, 10, False),
    ],
)
def test_how_small_depends_on_the_place(entry: AnyEntry, wide: int, high: int, is_small: bool) -> None:
    assert [code for code, _, _ in advice(entry, wide, high)] == (["image-small"] if is_small else [])


def test_a_picture_that_nobody_sees_as_a_whole_is_too_large() -> None:
    ((code, _, message),) = advice(page("a", "![A bench](a.jpg) ![Again](a.jpg)"), 8000, 6000)
    assert code == "image-large"
    assert "`a.jpg` has 48 megapixels" in message
    assert "1600 pixels wide" in message
    assert advice(page("a", "![A bench](a.jpg)"), 6000, 4000) == []


def test_it_is_said_once_that_a_picture_is_too_large() -> None:
    other = record_of(page("b", "![A bench](a.jpg)"))
    assert len(advice(page("a", "![A bench](a.jpg)"), 8000, 6000, other)) == 1


def test_drawings_have_no_size() -> None:
    record = record_of(course("a", image={"src": "a.svg", "alt": "A bench"}))
    drawing = ImageFile("content/a.svg", 10, 10, "0" * 32, "images/a.svg")
    assert list(image_advice([record], {(record.folder, "a.svg"): drawing}, USUAL_IMAGES)) == []
