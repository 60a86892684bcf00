"""A place where courses are held, such as a campus."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Final

from pydantic import BeforeValidator, Field, WithJsonSchema

from credsite.schema.field_types import Country, value_error
from credsite.schema.models.base import EntryFields, FieldFinding, Order
from credsite.schema.vocabularies import USUAL_ORDER

_PAIR: Final = r"(-?\d+\.\d+)\s*[,;/ ]\s*(-?\d+\.\d+)"
_DIRECTION: Final = r"(?i:([NSEW])?\s*(\d+(?:[.,]\d+)?)\s*°?\s*([NSEW])?)"
"""Patterns of wrong coordinates. They are compiled only where there are any."""


def _degrees(limit: int) -> Callable[[Any], Any]:
    """A validator of degrees from ``-limit`` to ``limit``."""

    def check(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        text = value.strip()
        try:
            number = Decimal(text.replace("\u2212", "-"))
        except InvalidOperation:
            raise value_error("bad-coordinates", *_advice(text, limit)) from None
        if not number.is_finite() or abs(number) > limit:
            raise value_error(
                "bad-coordinates",
                f"`{text}` is not between -{limit} and {limit}. `latitude` is the north-south one, from -90 to 90, "
                "and `longitude` the east-west one, from -180 to 180.",
            )
        return number

    return check


def _advice(text: str, limit: int) -> tuple[str, str]:
    """What to say of a text that is no number, and the number that was probably meant, or ""."""
    if pair := re.fullmatch(_PAIR, text):
        message = f"`{text}` is two numbers. Write the first in `latitude` and the second in `longitude`."
        return message, pair[1] if limit == 90 else pair[2]
    message = f"`{text}` is not a number of degrees such as 44.6488 or -63.5752."
    if match := re.fullmatch(_DIRECTION, text):
        sign = "-" if (match[1] or match[3] or "").upper() in ("S", "W") else ""
        return message, sign + match[2].replace(",", ".")
    return message, ""


def _schema(limit: int) -> WithJsonSchema:
    return WithJsonSchema({"type": ["number", "string"], "minimum": -limit, "maximum": limit})


class Place(EntryFields):
    """A place where courses are held, such as a campus."""

    street: str = Field(default="", description="The street and the number.", examples=["5685 Leeds Street"])
    locality: str = Field(default="", description="The town or city.", examples=["Halifax"])
    region: str = Field(default="", description="The province, state or region.", examples=["Nova Scotia"])
    postal_code: str = Field(default="", description="The postal code.", examples=["B3K 2T3"])
    country: Country | None = Field(
        default=None, description="The country's code (ISO 3166-1).", examples=["CA"]
    )
    latitude: Annotated[Decimal, BeforeValidator(_degrees(90)), _schema(90)] | None = Field(
        default=None, description="Degrees north of the equator, for the link to a map.", examples=["44.6488"]
    )
    longitude: Annotated[Decimal, BeforeValidator(_degrees(180)), _schema(180)] | None = Field(
        default=None, description="Degrees east of Greenwich; below zero to the west.", examples=["-63.5752"]
    )
    getting_there: str = Field(default="", description="How to get there: bus, train, parking.")
    access: str = Field(
        default="", description="What people with a disability should know: step-free ways, lifts, toilets."
    )
    order: Order = USUAL_ORDER

    def findings(self) -> Iterator[FieldFinding]:
        yield from super().findings()
        if (self.latitude is None) != (self.longitude is None):
            given, missing = (
                ("latitude", "longitude") if self.longitude is None else ("longitude", "latitude")
            )
            message = f"A point on a map needs both numbers: add `{missing}`, or leave `{given}` out."
            yield FieldFinding("bad-coordinates", message, (given,), ((missing,),))
