"""A place where courses are held, such as a campus."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Annotated, Any, Final

from pydantic import BeforeValidator, Field, WithJsonSchema

from credsite.schema.field_types import Country, likely_values, value_error
from credsite.schema.models.base import EntryFields, FieldFinding, Order
from credsite.schema.vocabularies import USUAL_ORDER

_DEGREES: Final = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)")
"""Without an exponent: written out, `1e-999999999` has a billion digits."""


def _degrees(limit: int) -> Callable[[Any], Any]:
    """A validator of degrees from ``-limit`` to ``limit``."""

    def check(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        text = value.strip()
        degrees = text.replace("\u2212", "-")
        if not _DEGREES.fullmatch(degrees):
            raise value_error("bad-coordinates", *likely_values().coordinate_advice(text, limit))
        number = Decimal(degrees)
        if abs(number) > limit:
            raise value_error(
                "bad-coordinates",
                f"`{text}` is not between -{limit} and {limit}. `latitude` is the north-south one, from -90 to 90, "
                "and `longitude` the east-west one, from -180 to 180.",
            )
        return number

    return check


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
