"""How a website looks: its colours, fonts and pictures, as `brand` in credsite.yaml has them."""

import re
from collections.abc import Iterator
from typing import Annotated, Any, Final, Literal, get_args

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from credsite.problems.model import KeyPath
from credsite.problems.suggestions import closest_match
from credsite.schema import patterns
from credsite.schema.field_types import Text, likely_values, text_only, value_error
from credsite.schema.models.base import FieldFinding, Model, TextOrBlock

Corners = Literal["square", "soft", "round"]


def _colour(text: str) -> str:
    from credsite.core.colours import HEX, normal_hex  # only where there are colours

    if not HEX.fullmatch(text):
        raise value_error("bad-colour", *likely_values().colour_advice(text))
    return normal_hex(text)


Colour = Annotated[
    str, BeforeValidator(text_only(_colour)), WithJsonSchema({"type": "string", "pattern": patterns.COLOUR})
]


class Colours(Model):
    """The colours of a website. One is enough: all others are derived from it."""

    accent: Colour = Field(
        description="The colour that visitors know you by. Put it in quotation marks, because `#` begins a comment.",
        examples=["#7a1f3d"],
    )
    secondary: Colour | None = Field(
        default=None,
        description="For small marks: the line above a card's title, the menu's current item. The accent if left out.",
        examples=["#00695c"],
    )
    highlight: Colour | None = Field(
        default=None,
        description="What stands out on the band: the most important button, the site's name.",
        examples=["#ffd166"],
    )
    band: Colour | None = Field(
        default=None,
        description="The background of the top of the home page and of the footer.",
        examples=["#3d0f1e"],
    )
    success: Colour | None = Field(
        default=None,
        description="For what learners gain: outcomes, skills, what has become of them.",
        examples=["#2f7d4f"],
    )


FontStack = Literal[
    "system-ui",
    "transitional",
    "old-style",
    "humanist",
    "geometric-humanist",
    "classical-humanist",
    "neo-grotesque",
    "industrial",
    "rounded-sans",
    "slab-serif",
    "antique",
    "didone",
]
"""Fonts that computers and telephones have, by the names of https://modernfontstacks.com/."""
FONT_SUFFIX: Final = ".woff2"


class Typeface(TextOrBlock):
    """A font: the name of one that computers have, or a file of your own. A block has the files of several styles."""

    regular: Text | None = Field(
        default=None, description="The file of the usual style.", examples=["brand/text.woff2"]
    )
    italic: Text | None = Field(
        default=None, description="The file of the italic style.", examples=["brand/text-italic.woff2"]
    )
    bold: Text | None = Field(
        default=None, description="The file of the bold style.", examples=["brand/text-bold.woff2"]
    )
    bold_italic: Text | None = Field(
        default=None,
        description="The file of the style that is bold and italic.",
        examples=["brand/text-bold-italic.woff2"],
    )
    stack: FontStack | None = Field(
        default=None,
        description="Fonts that computers have: in place of files, or until these are loaded.",
    )

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, data: Any) -> Any:
        if not isinstance(data, str):
            return data
        text = data.strip()
        return {"regular": text} if re.search(r"[./\\]", text) else {"stack": _known_stack(text)}

    @property
    def files(self) -> dict[str, str]:
        """The paths of the files by style."""
        return {style: path for style in FONT_STYLES if (path := getattr(self, style))}


FONT_STYLES: Final = ("regular", "italic", "bold", "bold_italic")


def _known_stack(text: str) -> str:
    names = get_args(FontStack)
    if text not in names:
        message = (
            f"`{text}` is not a font that is known here. Write the path of a file, such as brand/text.woff2, or one of: "
            f"{', '.join(names)}."
        )
        raise value_error("unknown-value", message, closest_match(text, names))
    return text


class Fonts(Model):
    """The fonts of the website."""

    text: Typeface | None = Field(
        default=None, description="For everything that is read.", examples=["humanist"]
    )
    display: Typeface | None = Field(default=None, description="For headings.", examples=["old-style"])


class Brand(Model):
    """How the website looks. Files are given by their paths, such as `brand/logo.svg`."""

    logo: Text | None = Field(
        default=None,
        description="The logo at the top of every page: an SVG or PNG of at most 500 kB.",
        examples=["brand/logo.svg"],
    )
    logo_dark: Text | None = Field(
        default=None,
        description="The logo for dark screens. Without it, the logo stands on a light ground there.",
        examples=["brand/logo-dark.svg"],
    )
    logo_has_name: bool = Field(
        default=False,
        description="`true` if the logo has the name in it, so that the name is not beside it again.",
    )
    icon: Text | None = Field(
        default=None,
        description="A square SVG or PNG for the tabs of browsers and for home screens; the logo if left out.",
        examples=["brand/icon.svg"],
    )
    colours: Colours | None = Field(default=None, description="The colours; those of the theme if left out.")
    fonts: Fonts | None = Field(default=None, description="The fonts; those of the theme if left out.")
    corners: Corners | None = Field(
        default=None, description="The corners of cards and buttons; as the theme has them if left out."
    )
    hero: Text | None = Field(
        default=None,
        description="The picture at the top of the home page, or `none`. A drawing in your colours if left out.",
        examples=["brand/harbour.jpg"],
    )

    @property
    def has_icons(self) -> bool:
        """Whether there is something that icons are made from."""
        return any((self.icon, self.logo, self.colours))

    @property
    def has_own_fonts(self) -> bool:
        faces = (self.fonts.text, self.fonts.display) if self.fonts else ()
        return any(face and face.files for face in faces)

    @property
    def hero_file(self) -> str | None:
        return None if self.hero == NO_HERO else self.hero


NO_HERO: Final = "none"
"""What the editor writes for no picture."""


def brand_findings(brand: Brand, key: KeyPath) -> Iterator[FieldFinding]:
    """What is wrong with the brand at ``key`` although each of its parts is right."""
    for name in ("logo_dark", "logo_has_name") if brand.logo is None else ():
        if getattr(brand, name):
            message = f"There is no `logo`, so `{name}` does nothing. Write `logo` too, or delete this line."
            yield FieldFinding("missing-key", message, (*key, name), depends_on=((*key, "logo"),))
