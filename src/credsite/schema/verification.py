"""Tags by which search engines and networks see that a website is yours, as `head` in credsite.yaml has them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, WithJsonSchema

from credsite.schema.field_types import text_only, value_error

_NAME: Final = "[A-Za-z0-9]+(?:[-_.:][A-Za-z0-9]+)*"
_WRITTEN: Final = (
    "(?i:viewport|description|robots|googlebot|color-scheme|theme-color|generator|referrer|refresh|"
    "content-security-policy|(?:og|twitter|article|fb):.*)"
)
"""Names of tags that credsite writes itself, or that do more than to verify. The pattern is compiled only for a site that has tags."""
_MAX_TAGS: Final = 20


def _tag_name(text: str) -> str:
    if re.fullmatch(_WRITTEN, text):
        message = f"`{text}` is no tag for verification: credsite writes such tags itself."
        raise value_error("bad-head-tag", message)
    if not re.fullmatch(_NAME, text):
        found = re.search(rf"name=[\"']?({_NAME})", text)
        message = f"`{text}` is not the name of a tag. Write only what stands in its `name`, such as google-site-verification."
        raise value_error("bad-head-tag", message, found[1] if found else "")
    return text


def _tag_content(text: str) -> str:
    if "<" in text or "\n" in text:
        found = re.search(r"content=[\"']([^\"'<>]+)", text)
        message = "Write only what stands in the `content` of the tag, and not the whole tag."
        raise value_error("bad-head-tag", message, found[1] if found else "")
    return text


def _few(tags: Mapping[str, Any]) -> Mapping[str, Any]:
    if len(tags) > _MAX_TAGS:
        raise value_error("bad-head-tag", f"There are {len(tags)} tags here: write at most {_MAX_TAGS}.")
    return tags


VerificationTags = Annotated[
    Mapping[
        Annotated[
            str,
            BeforeValidator(text_only(_tag_name)),
            WithJsonSchema({"type": "string", "pattern": f"^{_NAME}$"}),
        ],
        Annotated[
            str,
            StringConstraints(strip_whitespace=True, min_length=1, max_length=500),
            BeforeValidator(text_only(_tag_content)),
        ],
    ],
    AfterValidator(_few),
    Field(examples=[{"google-site-verification": "Zk3n0Hq9"}]),
]
"""The contents of ``<meta>`` tags by their names."""
