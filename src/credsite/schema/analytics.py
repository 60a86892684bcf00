"""Counting visitors with a service that the site's owners have chosen, as `analytics` in credsite.yaml has it.

Sources: the documentation of Plausible, Matomo, GoatCounter and Umami on how to add their scripts to a website.
"""

import re
from collections.abc import Mapping
from typing import Annotated, Final, Literal

from pydantic import BeforeValidator, Field, ValidationInfo, WithJsonSchema, field_validator

from credsite.schema import patterns
from credsite.schema.field_types import Text, likely_values, text_only, value_error
from credsite.schema.models.base import Model

_SERVER: Final = r"(?ia:https?://[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::\d{1,5})?(?:/[\w.~-]+)*/?)"
Service = Literal["plausible", "matomo", "goatcounter", "umami"]

_IDS: Final[Mapping[str, tuple[str, str]]] = {
    "plausible": (
        r"[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[\w.~/-]*)?",
        "the name of a website in Plausible, such as courses.college.example",
    ),
    "matomo": (r"[1-9][0-9]{0,9}", "the number of a website in Matomo, such as 3"),
    "goatcounter": (r"[a-z0-9-]+", "the code of an account of GoatCounter, such as harbour-college"),
    "umami": (
        r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",
        "the id of a website in Umami, such as b59e9c65-ae32-47f1-8400-119fcf4861c4",
    ),
}
"""For each service a pattern of the ids of websites, and what such an id is."""


def _server(text: str) -> str:
    if not re.fullmatch(_SERVER, text):
        message = "Write the address of the server of the service, such as https://stats.college.example/ ."
        likely = likely_values().address_advice(text)[1]
        raise value_error("bad-url", message, likely if re.fullmatch(_SERVER, likely) else "")
    return text.rstrip("/") + "/"


class Analytics(Model):
    """A service that counts visitors. Nothing is counted in the preview."""

    service: Service = Field(description="Which service it is.")
    id: Text = Field(
        description="What the service calls this website: Plausible a name, Matomo a number, GoatCounter a code, Umami an id.",
        examples=["courses.college.example"],
    )
    url: (
        Annotated[
            str,
            BeforeValidator(text_only(_server)),
            WithJsonSchema({"type": "string", "format": "uri", "pattern": patterns.WEB_ADDRESS}),
        ]
        | None
    ) = Field(
        default=None,
        validate_default=True,
        description="The address of your own server of the service; Matomo needs one. The service's own if left out.",
        examples=["https://stats.college.example/"],
    )

    @field_validator("id")
    @classmethod
    def _known_form(cls, value: str, info: ValidationInfo) -> str:
        pattern, words = _IDS.get(info.data.get("service", ""), ("", ""))
        if pattern and not re.fullmatch(pattern, value):
            likely = value.lower() if re.fullmatch(pattern, value.lower()) else ""
            raise value_error("bad-analytics-id", f"`{value}` is not {words}.", likely)
        return value

    @field_validator("url")
    @classmethod
    def _own_server(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value is None and info.data.get("service") == "matomo":
            raise value_error(
                "missing-key",
                "Matomo runs on a server of your own: write its address, such as `url: https://stats.college.example/`.",
            )
        return value
