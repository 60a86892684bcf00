"""The report as an HTML page and as JSON. The page loads nothing from anywhere, and has no script."""

from __future__ import annotations

import dataclasses
import json
from datetime import date
from decimal import Decimal
from typing import Any, Final

from credsite.audit.report.contents import report_sections
from credsite.audit.report.model import CatalogueReport
from credsite.core.hashing import digest
from credsite.core.text import long_date, without_control_characters
from credsite.theme.document import inline_stylesheet, render_document

_MAX_ROWS: Final = 200
_CHECKSUM_COMMENT: Final = "<!-- Written by credsite report: {} -->\n"
_JSON_VERSION: Final = 1
"""Increased when a key of the JSON is removed or gets another meaning."""


def report_to_html(report: CatalogueReport) -> str:
    """The page. Its last line is a checksum, by which :func:`is_unedited_report` recognises it."""
    text = render_document(
        "report.html",
        site=without_control_characters(report.site),
        at=report.now.isoformat(),
        sections=report_sections(report, _MAX_ROWS),
        now=long_date(report.now),
        style=inline_stylesheet("report.css"),
    )
    return text + _CHECKSUM_COMMENT.format(digest(text.encode()))


def is_unedited_report(text: str) -> bool:
    """Whether ``text`` is a report that credsite wrote and nobody has edited."""
    page, start, _ = text.rpartition(_CHECKSUM_COMMENT.partition("{")[0])
    return bool(start) and text == page + _CHECKSUM_COMMENT.format(digest(page.encode()))


def report_to_json(report: CatalogueReport) -> str:
    """The complete report. Dates are in ISO 8601; amounts of money are strings, so that no digit is lost."""
    contents = {"form": _JSON_VERSION, **dataclasses.asdict(report)}
    return json.dumps(contents, default=_json_value, ensure_ascii=False, indent=2)


def _json_value(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    raise TypeError(f"a {type(value).__name__} cannot be written as JSON")
