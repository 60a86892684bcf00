"""The courses as a table, for spreadsheets. Cells cannot be taken for formulas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from credsite.problems.tables import csv_text
from credsite.site.api.documents import CourseSummary
from credsite.site.api.own_fields import shown_own_fields
from credsite.site.view_builder import ViewBuilder

COLUMNS: Final = (
    "id", "title", "summary", "provider", "industries", "delivery_modes", "level", "pace", "languages", "duration", "workload",
    "price", "currency", "credential", "skills", "places", "enrolment", "starts", "apply_by", "url", "updated",
)  # fmt: skip
_SEPARATOR: Final = "; "


def courses_csv(builder: ViewBuilder, courses: Iterable[CourseSummary]) -> bytes:
    """A table with a line for each course, and a column for each own field that lists show or filter by."""
    own = shown_own_fields(builder)
    rows = ([*_cells(course), *(_words(course["fields"].get(key)) for key in own)] for course in courses)
    return csv_text([*COLUMNS, *own], rows).encode("utf-8", "replace")


def _cells(course: CourseSummary) -> Iterator[str]:
    """The cells of a course, in the order of the columns."""
    price, enrolment = course["price"], course["enrolment"]
    cells: dict[str, Any] = {
        **course,
        "price": price["amount"] if price else None,
        "currency": price["currency"] if price else None,
        "enrolment": enrolment["state"],
        "starts": enrolment["starts"],
        "apply_by": enrolment["apply_by"],
    }
    return (_words(cells[column]) for column in COLUMNS)


def _words(value: Any) -> str:
    """A value of a document in words: the title of what has one."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, list):
        return _SEPARATOR.join(map(_words, value))
    if isinstance(value, Mapping):
        return _words_of_part(value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def _words_of_part(part: Mapping[str, Any]) -> str:
    if "unit" in part:
        low, high = part["minimum"], part["maximum"]
        amount = f"{low}+" if high is None else f"{low}" if low == high else f"{low}-{high}"
        return f"{amount} {part['unit']}"
    if "amount" in part:
        return f"{part['amount']} {part['currency']}".strip()
    return str(part.get("title") or part.get("name") or "")
