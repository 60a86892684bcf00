"""What several sections use."""

from __future__ import annotations

from typing import Final

from credsite.audit.report.document import ReportColumn
from credsite.core.text import pluralize

FILE_COLUMN: Final = ReportColumn("File", "file")


def not_given_sentences(missing: int, courses: int) -> list[str]:
    """That ``missing`` of all ``courses`` do not give what a section is about; nothing if all give it."""
    if missing == courses:
        return ["No course gives it."]
    return [f"Not given by {missing:,} of {pluralize(courses, 'course')}."] if missing else []
