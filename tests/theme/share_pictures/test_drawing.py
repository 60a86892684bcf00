"""Share pictures as they are drawn."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from xml.etree import ElementTree

import pytest
from PIL import Image

from credsite.theme.loader import ThemeError
from credsite.theme.share_pictures.design import Design, load_design
from credsite.theme.share_pictures.drawing import PictureDrawer
from credsite.theme.share_pictures.lines import RIGHT_TO_LEFT
from tests.support.fonts import packaged_as_woff2, woff2
from tests.theme.conftest import LoadTheme, MakeTheme
from tests.theme.share_pictures.conftest import FIRST_AID

MOST_BYTES = 60_000
PANEL, GROUND = (253, 252, 249), (15, 76, 92)
TEXTS = {"{http://www.w3.org/2000/svg}text"}


@pytest.fixture
def svgs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The SVGs that are drawn."""
    found: list[str] = []
    monkeypatch.setattr(
        "credsite.theme.share_pictures.drawing.drawn_svg", lambda svg, *_: found.append(svg) or b""
    )
    return found


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(svg).iter() if element.tag in TEXTS]


def drawer(make_theme: MakeTheme, load: LoadTheme, template: str) -> PictureDrawer:
    make_theme("own", "extends: default", {"templates/share-picture.svg": template})
    return PictureDrawer(load_design(load("own")))


def test_a_picture_is_a_small_png_of_the_size_that_networks_want(design: Design) -> None:
    data = PictureDrawer(design).draw(FIRST_AID)
    assert data == PictureDrawer(design).draw(FIRST_AID)
    with Image.open(BytesIO(data)) as picture:
        assert (picture.format, picture.size, picture.mode) == ("PNG", (1200, 630), "P")
        flat = picture.convert("RGB")
    assert len(data) < MOST_BYTES
    for place, colour in (((20, 20), PANEL), ((1195, 3), GROUND)):
        # A palette may have a colour that is one step off.
        assert all(abs(one - other) <= 1 for one, other in zip(flat.getpixel(place), colour, strict=True))  # type: ignore[arg-type]
    # The words are there: the title's ink, and nothing of it where no words are.
    ink = [flat.crop(box).getcolors(1 << 16) or [] for box in ((72, 200, 813, 400), (0, 200, 70, 400))]
    assert [any(sum(colour) < 200 for _, colour in colours) for colours in ink] == [True, False]


def test_the_words_stand_in_the_picture_and_are_escaped(design: Design, svgs: list[str]) -> None:
    PictureDrawer(design).draw(replace(FIRST_AID, title='<script> & "Aid"'))
    assert texts(svgs[0]) == ["Short Courses", '<script> & "Aid"', "Tern Institute", "Care", "Online"]


def test_a_title_that_no_font_has_gives_a_picture_without_words(design: Design, svgs: list[str]) -> None:
    PictureDrawer(design).draw(replace(FIRST_AID, title="応急手当"))
    PictureDrawer(design).draw(replace(FIRST_AID, line="応急手当", labels=("応急", "Online")))
    assert texts(svgs[0]) == []
    assert "<image " in svgs[0]
    assert texts(svgs[1]) == ["Short Courses", "First Aid", "Online"]


def test_where_words_run_from_right_to_left_all_is_mirrored(design: Design, svgs: list[str]) -> None:
    PictureDrawer(design).draw(replace(FIRST_AID, direction="rtl"))
    (svg,) = svgs
    starts = re.findall(r'<text x="([\d.]+)"[^>]*text-anchor="(start|end)"', svg)
    assert starts
    assert all(anchor == "end" and float(x) > 900 for x, anchor in starts)
    assert texts(svg)[1] == RIGHT_TO_LEFT.format("First Aid")


def test_a_site_has_its_name_only_once(design: Design, svgs: list[str]) -> None:
    PictureDrawer(design).draw(replace(FIRST_AID, kind="site", title="Short Courses", labels=()))
    assert texts(svgs[0]) == ["Short Courses", "Tern Institute"]


@pytest.mark.parametrize(
    ("fonts", "of_title", "of_line"),
    [
        ({}, ("Noto Sans", "700"), ("Noto Sans", "400")),
        ({"text-regular": 400}, ("Noto Sans", "700"), ("own-text-regular", "400")),
        ({"text-regular": 400, "text-bold": 700}, ("own-text-bold", "700"), ("own-text-regular", "400")),
        ({"display-regular": 700}, ("own-display-regular", "400"), ("Noto Sans", "400")),
    ],
)
def test_words_are_in_the_fonts_of_the_site(
    design: Design,
    svgs: list[str],
    fonts: dict[str, int],
    of_title: tuple[str, str],
    of_line: tuple[str, str],
) -> None:
    own = {name: packaged_as_woff2(weight) for name, weight in fonts.items()}
    PictureDrawer(replace(design, fonts=own)).draw(FIRST_AID)
    found = re.findall(r'font-family="([^"]+)" font-weight="(\d+)" font-size="(?:72|34)"', svgs[0])
    assert found == [of_title, of_line]


def test_a_font_that_cannot_be_read_is_not_used(design: Design, svgs: list[str]) -> None:
    PictureDrawer(replace(design, fonts={"text-regular": woff2(10)})).draw(FIRST_AID)
    assert "own-" not in svgs[0]


def test_a_theme_draws_its_own_with_its_own_parts(
    make_theme: MakeTheme, load: LoadTheme, svgs: list[str]
) -> None:
    text = '{% include "parts/sea.svg" %}<g>{{ picture.title|fitted(500, [(50, 1)])|attr("size") }}</g>'
    make_theme(
        "own", "extends: default", {"templates/share-picture.svg": text, "templates/parts/sea.svg": "<sea/>"}
    )
    PictureDrawer(load_design(load("own"))).draw(FIRST_AID)
    assert svgs == ["<sea/><g>50</g>"]


@pytest.mark.parametrize(
    ("template", "message", "line"),
    [
        ("<svg>\n{{ picture.titel }}</svg>", "The template uses `titel`, which a SharePicture does not have. Did you mean `title`?", 2),
        ("\n{% if %}", "The template cannot be understood: Expected an expression, got 'end of statement block'.", 2),
        ('{% include "parts/logo.html" %}', "The theme has no template `parts/logo.html`.", 1),
    ],
)  # fmt: skip
def test_mistakes_in_a_template_have_their_line(
    make_theme: MakeTheme, load: LoadTheme, template: str, message: str, line: int
) -> None:
    with pytest.raises(ThemeError) as caught:
        drawer(make_theme, load, template).draw(FIRST_AID)
    assert caught.value.message.startswith(message)
    assert (caught.value.path is not None and caught.value.path.name, caught.value.line) == (
        "share-picture.svg",
        line,
    )


def test_what_is_no_svg_is_a_mistake_of_the_template(make_theme: MakeTheme, load: LoadTheme) -> None:
    with pytest.raises(ThemeError, match="cannot be drawn"):
        drawer(make_theme, load, "<p>no picture").draw(FIRST_AID)
