"""How a website looks: its colours, fonts and pictures, as `brand` in credsite.yaml has them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from credsite.core.colours import HEX, normal_hex
from credsite.schema import patterns
from credsite.schema.field_types import likely_values, text_only, value_error
from credsite.schema.models.base import Model

Corners = Literal["square", "soft", "round"]


def _colour(text: str) -> str:
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
    )
    highlight: Colour | None = Field(
        default=None, description="What stands out on the band: the most important button, the site's name."
    )
    band: Colour | None = Field(
        default=None, description="The background of the top of the home page and of the footer."
    )
    success: Colour | None = Field(
        default=None, description="For what learners gain: outcomes, skills, what has become of them."
    )


class Brand(Model):
    """How the website looks."""

    colours: Colours | None = Field(default=None, description="The colours; those of the theme if left out.")
    corners: Corners | None = Field(
        default=None, description="The corners of cards and buttons; as the theme has them if left out."
    )
