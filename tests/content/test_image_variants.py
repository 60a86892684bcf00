"""The files that a picture is published as."""

from __future__ import annotations

import re

import pytest

from credsite.content import image_variants
from credsite.content.image_variants import ImageRecipe, ImageVariant
from credsite.schema.images import USUAL_IMAGES, ImageSettings

CODE = "0123456789abcdef0123456789abcdef"


def variants(
    width: int, height: int, settings: ImageSettings = USUAL_IMAGES, code: str = CODE
) -> tuple[ImageVariant, ...]:
    return ImageRecipe.of(settings).variants("content/images/a b.jpg", code, (width, height), "jpeg")


def sizes(width: int, height: int) -> list[tuple[int, int]]:
    return [(one.width, one.height) for one in variants(width, height) if one.format == "jpeg"]


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((4000, 3000), [(160, 120), (320, 240), (480, 360), (640, 480), (960, 720), (1600, 1200)]),
        ((1000, 500), [(160, 80), (320, 160), (480, 240), (640, 320), (1000, 500)]),
        ((500, 250), [(160, 80), (320, 160), (500, 250)]),
        ((300, 200), [(160, 107), (300, 200)]),
        ((1, 1), [(1, 1)]),
        ((20_000, 1), [(160, 1), (320, 1), (480, 1), (640, 1), (960, 1), (1600, 1)]),
        ((1, 20_000), [(1, 16_000)]),
        ((1000, 32_000), [(160, 5_120), (320, 10_240), (500, 16_000)]),
    ],
)
def test_a_picture_is_never_enlarged(size: tuple[int, int], expected: list[tuple[int, int]]) -> None:
    assert sizes(*size) == expected


def test_the_best_format_comes_first() -> None:
    found = variants(400, 300)
    assert [(one.format, one.media_type, one.width) for one in found] == [
        (form, f"image/{form}", width) for form in ("avif", "webp", "jpeg") for width in (160, 320, 400)
    ]
    for one in found:
        suffix = {"jpeg": "jpg"}.get(one.format, one.format)
        assert re.fullmatch(rf"images/a-b-{one.width}\.[0-9a-f]{{10}}\.{suffix}", one.output)


def test_a_name_stands_for_the_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    def mark() -> str:
        return variants(400, 300)[0].output

    before = mark()
    others = [
        variants(400, 300, code="f" * 32)[0].output,
        variants(400, 300, ImageSettings(quality=70))[0].output,
    ]
    monkeypatch.setattr(image_variants, "ENCODING_VERSION", 0)
    others.append(mark())
    monkeypatch.undo()
    monkeypatch.setattr(image_variants, "library_release", lambda _: "pillow 99")
    others.append(mark())
    assert len({before, *others}) == 5
    monkeypatch.undo()
    # Other widths and formats leave the files that stay as they are.
    assert before in {
        one.output
        for one in variants(400, 300, ImageSettings.model_validate({"widths": 160, "formats": "avif"}))
    }
