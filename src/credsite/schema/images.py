"""How the pictures of entries are published, as `images` in credsite.yaml has it."""

from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from credsite.schema.field_types import value_error
from credsite.schema.models.base import Model
from credsite.schema.one_or_many import ONE_OR_MANY

ImageFormat = Literal["avif", "webp", "original"]
MIN_WIDTH: Final = 16
MAX_WIDTH: Final = 4000
MAX_WIDTHS: Final = 12
"""Each width is a file of each picture in each format, which takes time to make and room on the host."""
WIDTHS: Final = (160, 320, 480, 640, 960, 1600)
"""Pixels. Portraits are small, and cards and pages need half and the whole of about 960 or 1600, so that no screen loads many more pixels
than it shows."""
_ORDER: Final[tuple[ImageFormat, ...]] = ("avif", "webp", "original")
"""The smallest first: browsers take the first that they know."""
_OTHER_NAMES: Final = ("jpg", "jpeg", "png", "gif")


def _format(value: Any) -> Any:
    if isinstance(value, str) and value.strip().lower().removeprefix(".") in _OTHER_NAMES:
        message = f"`{value}` is not a format to choose. `original` stands for JPEG or PNG, whichever suits a picture."
        raise value_error("unknown-value", message, "original")
    return value


def _width(value: Any) -> Any:
    if isinstance(value, str) and value.strip().lower().endswith("px"):
        number = value.strip()[:-2].strip()
        if number.isdecimal():
            raise value_error("bad-number", "A width is a number of pixels, without a unit.", number)
    return value


def _rising(widths: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(sorted(set(widths)))


def _best_first(formats: tuple[ImageFormat, ...]) -> tuple[ImageFormat, ...]:
    return tuple(one for one in _ORDER if one in formats)


_Width = Annotated[
    int,
    BeforeValidator(_width),
    Field(ge=MIN_WIDTH, le=MAX_WIDTH),
    WithJsonSchema({"type": "integer", "minimum": MIN_WIDTH, "maximum": MAX_WIDTH}),
]


class ImageSettings(Model):
    """How the pictures of entries are published: as smaller copies in several widths and formats, never as they are."""

    widths: Annotated[
        tuple[_Width, ...],
        Field(max_length=MAX_WIDTHS),
        AfterValidator(_rising),
        ONE_OR_MANY,
    ] = Field(
        default=WIDTHS,
        description="The widths in pixels. A picture that is narrower has its own width as the largest.",
        examples=[[480, 960, 1600]],
    )
    formats: Annotated[
        tuple[Annotated[ImageFormat, BeforeValidator(_format)], ...],
        Field(max_length=len(_ORDER)),
        AfterValidator(_best_first),
        ONE_OR_MANY,
    ] = Field(
        default=_ORDER,
        description="The formats. `original` is JPEG or PNG, which every browser and other websites can show.",
        examples=[["webp", "original"]],
    )
    quality: Annotated[int, Field(ge=1, le=100)] = Field(
        default=80,
        description="From 1 to 100, as for a JPEG. More is sharper, and takes longer to load.",
        examples=[70],
    )


USUAL_IMAGES: Final = ImageSettings.model_construct()
"""Those of a site that says nothing about it. Nothing in it needs to be validated, so no validator is built for it."""
