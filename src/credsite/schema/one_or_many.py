"""A field that has one value, or several as a list: ``level: advanced`` and ``level: [intermediate, advanced]``."""

from __future__ import annotations

from typing import Any, Final

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationError
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, InitErrorDetails, PydanticCustomError, core_schema


class OneOrMany:
    """Marks the type of a tuple, which then also takes one item: ``Annotated[tuple[Level, ...], ONE_OR_MANY] | None``."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_wrap_validator_function(_validate, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        several = handler(schema)
        return {"anyOf": [several["items"], several]}


ONE_OR_MANY: Final = OneOrMany()


def _validate(value: Any, handler: core_schema.ValidatorFunctionWrapHandler) -> Any:
    if isinstance(value, list):
        return handler(value)
    try:
        return handler([value])
    except ValidationError as error:
        raise _without_position(error) from None


def _without_position(error: ValidationError) -> ValidationError:
    """The errors of the only item of a list as those of the item itself."""
    details = [
        InitErrorDetails(
            # The errors of our own types say their message in their context.
            type=PydanticCustomError(one["type"], "{message}", one["ctx"])
            if "message" in one.get("ctx", {})
            else one["type"],
            loc=one["loc"][1:],
            input=one["input"],
            ctx=one.get("ctx", {}),
        )
        for one in error.errors(include_url=False)
    ]
    return ValidationError.from_exception_data(error.title, details)
