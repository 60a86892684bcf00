"""What a course counts for: academic credit, and its level in a qualifications framework."""

from decimal import Decimal
from typing import Annotated, Any, Final

from pydantic import BeforeValidator, Field, ValidationInfo

from credsite.schema.field_types import Text, parse_number_in, value_error
from credsite.schema.models.base import Model

_MAX_CREDITS: Final = 1_000_000


def _credits(value: Any, info: ValidationInfo) -> Any:
    if not isinstance(value, str):
        return value
    number = parse_number_in(value, info)
    if number is None or number >= _MAX_CREDITS:
        from credsite.schema.likely_amounts import credits_advice

        raise value_error("bad-number", *credits_advice(value))
    return number


class QualificationLevel(Model):
    """A level of a qualifications framework."""

    framework: Text = Field(description="The framework's short name.", examples=["EQF"])
    level: Text = Field(description="The level in it.", examples=["5"])


class Credits(Model):
    """Academic credit."""

    value: Annotated[Decimal, Field(ge=0), BeforeValidator(_credits)] = Field(
        description="How many credits; 0 for none.", examples=["3"]
    )
    unit: Text = Field(description="What is counted, such as ECTS.", examples=["ECTS"])
