"""Pictures as pages show them."""

from __future__ import annotations

import re

import pytest

from credsite.content.image_slots import CARD, LOGO, PAGE
from credsite.content.image_variants import ImageRecipe
from credsite.content.images import ImageFile
from credsite.schema.images import ImageSettings
from credsite.schema.kinds import Kind
from credsite.site.pictures import picture_view, share_picture, text_image, tone
from credsite.site.urls import Urls
from tests.support.paths import REPOSITORY

URLS = Urls("https://courses.test/a/")
STYLES = REPOSITORY / "themes/default/assets/css/pictures.css"


def image(width: int, colour: str = "#806040", **settings: object) -> ImageFile:
    recipe = ImageRecipe.of(ImageSettings.model_validate(settings))
    variants = recipe.variants("content/courses/a.jpg", "0" * 32, (width, width), "jpeg")
    return ImageFile("content/courses/a.jpg", width, width, "0" * 32, "images/a.jpg", colour, variants)


def names(srcset: str) -> list[str]:
    """The files of a srcset, without the digests."""
    return [re.sub(r"\.[0-9a-f]{10}", "", one) for one in srcset.split(", ")]


def test_browsers_choose_a_format_and_a_width() -> None:
    shown = picture_view(image(4000), "A bench", CARD, URLS)
    assert [one.type for one in shown.sources] == ["image/avif", "image/webp"]
    assert names(shown.sources[0].srcset) == [
        "/a/images/courses/a-480.avif 480w",
        "/a/images/courses/a-960.avif 960w",
    ]
    assert names(shown.srcset) == ["/a/images/courses/a-480.jpg 480w", "/a/images/courses/a-960.jpg 960w"]
    assert names(shown.url) == ["/a/images/courses/a-480.jpg"], "for browsers that choose nothing"
    assert (shown.width, shown.height, shown.alt) == (4000, 4000, "A bench")
    assert names(picture_view(image(4000), "", PAGE, URLS).url) == ["/a/images/courses/a-960.jpg"]


def test_a_small_picture_is_one_file() -> None:
    shown = picture_view(image(300), "", CARD, URLS)
    assert (shown.srcset, shown.sources) == ("", ())
    assert names(shown.url) == ["/a/images/courses/a-300.jpg"]


def test_a_drawing_is_shown_as_it_is() -> None:
    drawing = ImageFile("content/a.svg", 10, 20, "0" * 32, "images/a.0123456789.svg")
    shown = picture_view(drawing, "A sign", PAGE, URLS)
    assert shown.url == "/a/images/a.0123456789.svg"
    assert (shown.srcset, shown.sources, shown.tone) == ("", (), "")
    assert share_picture(drawing, "", URLS) is None


def test_the_place_of_a_picture_has_its_colour() -> None:
    assert picture_view(image(4000), "", CARD, URLS).tone == "tone tone-dark r4 g3 b2"
    assert picture_view(image(4000), "", LOGO, URLS).tone == "", "it would be seen beside the logo"
    assert picture_view(image(4000, ""), "", CARD, URLS).tone == "", "something behind it can be seen"


@pytest.mark.parametrize(
    "colour", ["#000000", "#ffffff", "#777777", "#0000ff", "#00ff00", "#ff0000", "#a4b0c2"]
)
def test_the_stylesheet_knows_all_tones(colour: str) -> None:
    styles = STYLES.read_text()
    classes = tone(colour).split()
    shown = [
        int(value) for name in classes[-3:] for value in re.findall(rf"\.{name} {{ --\w: (\d+); }}", styles)
    ]
    meant = bytes.fromhex(colour[1:])
    assert len(shown) == 3
    assert all(abs(one - other) <= 18 for one, other in zip(shown, meant, strict=True))


@pytest.mark.parametrize("grey", range(0, 256, 15))
def test_descriptions_can_be_read_on_the_colour(grey: int) -> None:
    step = round(grey * 7 / 255) / 7
    luminance = step / 12.92 if step <= 0.04045 else ((step + 0.055) / 1.055) ** 2.4
    is_light = "tone-dark" in tone(f"#{grey:02x}{grey:02x}{grey:02x}").split()
    contrast = 1.05 / (luminance + 0.05) if is_light else (luminance + 0.05) / 0.05
    assert contrast >= 4.5


def test_pictures_in_texts_and_of_other_websites_have_the_same_files() -> None:
    shown = text_image(image(4000), Kind.PAGE, URLS)
    assert [kind for kind, _ in shown.sources] == ["image/avif", "image/webp"]
    assert shown.sizes == "min(94vw,43rem)"
    assert text_image(image(4000), Kind.PATHWAY, URLS).sizes != shown.sizes, "their column is narrow"
    shared = share_picture(image(4000), "A bench", URLS)
    assert shared is not None
    assert names(shared.url) == ["https://courses.test/a/images/courses/a-960.jpg"]
    assert (shared.width, shared.height, shared.alt) == (960, 960, "A bench")
