"""The report as one page of HTML, and as JSON. Nothing in the page asks for anything else, and it has no script."""

from __future__ import annotations

import dataclasses
import json
from datetime import date
from decimal import Decimal
from typing import Any, Final

from credsite.audit.report.model import CatalogueReport
from credsite.audit.report.sections import report_sections
from credsite.core.hashing import digest
from credsite.core.humanize import long_date, without_control_characters
from credsite.theme.document import inline_stylesheet, render_document

_ROWS: Final = 200
_MARK: Final = "<!-- Written by credsite report: {} -->\n"
_FORM: Final = 1
"""The number of the form that the JSON has: another one when something that was there is so no longer."""


def report_to_html(health: CatalogueReport) -> str:
    """The page, with a last line by which :func:`is_own` knows it again."""
    text = render_document(
        "report.html",
        site=without_control_characters(health.site),
        at=health.now.isoformat(),
        sections=report_sections(health, _ROWS),
        now=long_date(health.now),
        style=inline_stylesheet("report.css"),
    )
    return text + _MARK.format(digest(text.encode()))


def is_unedited_report(text: str) -> bool:
    """Whether this is a report as credsite wrote it, and nobody has changed anything in it."""
    page, start, _ = text.rpartition(_MARK.partition("{")[0])
    return bool(start) and text == page + _MARK.format(digest(page.encode()))


def report_to_json(health: CatalogueReport) -> str:
    """Every number and every list of the report, whole. Dates are in ISO 8601, amounts are texts."""
    found = {"form": _FORM, **dataclasses.asdict(health)}
    return json.dumps(found, default=_plain, ensure_ascii=False, indent=2)


def _plain(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    raise TypeError(f"a {type(value).__name__} has no form in JSON")
