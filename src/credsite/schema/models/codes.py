"""Codes of classifications: of occupations, of fields of study, of industries.

Sources: NOC 2021 (five digits), O*NET-SOC 2019, ESCO 1.2, ISCED-F 2013 (broad, narrow and detailed fields), CIP 2020 and
2021, NAICS 2022 (sectors to national industries), NZSCED. Only the form of a code is checked, not whether it exists.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from pydantic import Field

from credsite.schema.field_types import Text
from credsite.schema.models.base import FieldFinding, Model


@dataclass(frozen=True, slots=True)
class CodeScheme:
    """A classification: its name, the same in every language, what its codes look like, and an example of one."""

    id: str
    name: str
    pattern: re.Pattern[str]
    example: str


def _schemes(*schemes: CodeScheme) -> Mapping[str, CodeScheme]:
    return {scheme.id: scheme for scheme in schemes}


_CIP: Final = re.compile(r"\d\d(?:\.\d\d(?:\d\d)?)?")
OCCUPATION_SCHEMES: Final = _schemes(
    CodeScheme("noc-2021", "NOC 2021", re.compile(r"\d{5}"), "21232"),
    CodeScheme("onet-soc", "O*NET-SOC", re.compile(r"\d\d-\d{4}\.\d\d"), "15-1252.00"),
    CodeScheme(
        "esco",
        "ESCO",
        re.compile(r"https?://data\.europa\.eu/esco/\S+|\d{4}(?:\.\d+)*|C\d{4}"),
        "2512.4",
    ),
)
CLASSIFICATION_SCHEMES: Final = _schemes(
    CodeScheme("isced-f-2013", "ISCED-F 2013", re.compile(r"\d{2,4}"), "0613"),
    CodeScheme("cip-2020", "CIP 2020", _CIP, "51.0707"),
    CodeScheme("cip-2021", "CIP 2021", _CIP, "51.0707"),
    CodeScheme("naics-2022", "NAICS 2022", re.compile(r"\d{2,6}|\d\d-\d\d"), "621610"),
    CodeScheme("nzsced", "NZSCED", re.compile(r"\d{2}(?:\d\d){0,2}"), "020101"),
)
SCHEMES: Final = {**OCCUPATION_SCHEMES, **CLASSIFICATION_SCHEMES}

if TYPE_CHECKING:  # Type checkers cannot read the tables, so that to them an id is any text.
    OccupationScheme = str
    ClassificationScheme = str
else:
    OccupationScheme = Literal[tuple(OCCUPATION_SCHEMES)]
    ClassificationScheme = Literal[tuple(CLASSIFICATION_SCHEMES)]


class Occupation(Model):
    """An occupation that a course prepares for."""

    scheme: OccupationScheme = Field(description="The classification of occupations.")
    code: Text = Field(description="The code, with all its zeros.", examples=["21232"])
    name: Text = Field(description="The occupation's name.")


class Classification(Model):
    """A code of a classification of fields of study or of industries."""

    scheme: ClassificationScheme = Field(description="The classification that the code belongs to.")
    code: Text = Field(description="The code, with all its zeros.", examples=["0613"])


def code_findings(coded: Iterable[Occupation | Classification], key: str) -> Iterator[FieldFinding]:
    """A finding for each code of the list at ``key`` that does not look like a code of its scheme."""
    for number, one in enumerate(coded):
        scheme = SCHEMES[one.scheme]
        if not scheme.pattern.fullmatch(one.code):
            message = f"`{one.code}` does not look like a code of {scheme.id}, such as {scheme.example}. Look it up there."
            yield FieldFinding("bad-code", message, (key, number, "code"), ((key, number, "scheme"),))
