"""Codes of classifications: of occupations, of fields of study, of industries.

Sources: NOC 2021 (five digits), O*NET-SOC 2019, ESCO 1.2, ISCED-F 2013 (broad, narrow and detailed fields), CIP 2020 and
2021, NAICS 2022 (sectors to national industries), NZSCED. Only the form of a code is checked, not whether it exists.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, Literal

from pydantic import Field

from credsite.schema.field_types import Text
from credsite.schema.models.base import Finding, Model

_FORMS: Final = {
    "noc-2021": (re.compile(r"\d{5}"), "21232"),
    "onet-soc": (re.compile(r"\d\d-\d{4}\.\d\d"), "15-1252.00"),
    "esco": (re.compile(r"https?://data\.europa\.eu/esco/\S+|\d{4}(?:\.\d+)*|C\d{4}"), "2512.4"),
    "isced-f-2013": (re.compile(r"\d{2,4}"), "0613"),
    "cip-2020": (re.compile(r"\d\d(?:\.\d\d(?:\d\d)?)?"), "51.0707"),
    "cip-2021": (re.compile(r"\d\d(?:\.\d\d(?:\d\d)?)?"), "51.0707"),
    "naics-2022": (re.compile(r"\d{2,6}|\d\d-\d\d"), "621610"),
    "nzsced": (re.compile(r"\d{2}(?:\d\d){0,2}"), "020101"),
}
"""What the codes of each scheme look like, with an example."""


class Occupation(Model):
    """An occupation that a course prepares for."""

    scheme: Literal["noc-2021", "onet-soc", "esco"] = Field(description="The classification of occupations.")
    code: Text = Field(description="The code, with all its zeros.", examples=["21232"])
    name: Text = Field(description="The occupation's name.")


class Classification(Model):
    """A code of a classification of fields of study or of industries."""

    scheme: Literal["isced-f-2013", "cip-2020", "cip-2021", "naics-2022", "nzsced"] = Field(
        description="The classification that the code belongs to."
    )
    code: Text = Field(description="The code, with all its zeros.", examples=["0613"])


def code_findings(coded: Iterable[Occupation | Classification], key: str) -> Iterator[Finding]:
    """The codes of the list at ``key`` that do not look like codes of their schemes."""
    for number, one in enumerate(coded):
        form, example = _FORMS[one.scheme]
        if not form.fullmatch(one.code):
            message = f"`{one.code}` does not look like a code of {one.scheme}, such as {example}. Look it up there."
            yield Finding("bad-code", message, (key, number, "code"))
