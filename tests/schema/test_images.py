"""How pictures are published, as `images` in credsite.yaml has it. What is wrong in it: tests/sites/*.images."""

from __future__ import annotations

import pytest

from credsite.schema.config import Config
from credsite.schema.images import MAX_WIDTHS, USUAL_IMAGES, ImageSettings


def settings(images: object) -> ImageSettings:
    site = {"title": "A site", "base_url": "https://site.example/", "images": images}
    return Config.model_validate(site).image_settings


def test_the_usual_ones_are_valid() -> None:
    written = {name: list(value) if isinstance(value, tuple) else value for name, value in USUAL_IMAGES}
    assert settings(written) == USUAL_IMAGES == settings(None)


@pytest.mark.parametrize("empty", [{}, {"widths": []}, {"formats": []}, {"quality": None}])
def test_what_is_empty_is_left_out(empty: object) -> None:
    assert settings(empty) == USUAL_IMAGES


def test_widths_rise_and_formats_have_their_order() -> None:
    found = settings({"widths": [900, 300, 900], "formats": ["original", "avif"]})
    assert (found.widths, found.formats) == ((300, 900), ("avif", "original"))


def test_one_stands_for_a_list_of_one() -> None:
    found = settings({"widths": 900, "formats": "original"})
    assert (found.widths, found.formats) == ((900,), ("original",))


def test_there_may_not_be_too_many_widths() -> None:
    assert len(settings({"widths": list(range(100, 100 + MAX_WIDTHS))}).widths) == MAX_WIDTHS
    with pytest.raises(ValueError, match="widths"):
        settings({"widths": list(range(100, 101 + MAX_WIDTHS))})
