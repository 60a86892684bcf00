"""The file with the dates of earlier publications: what is written can be read, and what is wrong is left out."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from credsite.build.content_dates import (
    ContentDates,
    content_dates_csv,
    is_foreign,
    parse_content_dates,
    read_content_dates,
)
from credsite.catalogue.publication_history import PublishedSession
from credsite.schema.kinds import Kind

SESSION = PublishedSession("1", "2027-02-20/2027-02-25/2027-02-10", 2, datetime(2026, 11, 30, 9, tzinfo=UTC))
DATES = ContentDates(
    {(Kind.STORY, "ada"): date(2026, 5, 1), (Kind.COURSE, "first-aid"): date(2026, 4, 1)},
    {"first-aid": (SESSION,)},
)
TEXT = b"""\
entry,session,date,changes,dates
courses/first-aid,,2026-04-01,,
courses/first-aid,1,2026-11-30T09:00:00+00:00,2,2027-02-20/2027-02-25/2027-02-10
stories/ada,,2026-05-01,,
"""


def test_what_is_written_is_read_again() -> None:
    assert content_dates_csv(DATES) == TEXT
    assert parse_content_dates(TEXT) == (DATES, [])
    assert parse_content_dates(b"\xef\xbb\xbf" + TEXT.replace(b"\n", b"\r\n")) == (DATES, [])


def test_a_line_that_is_wrong_hides_no_other() -> None:
    lines = TEXT.replace(b"2026-04-01", b"in April").splitlines(keepends=True)
    found, problems = parse_content_dates(b"".join([lines[0], b"=======\n", *lines[1:]]))
    assert [(problem.location.line, problem.location.column) for problem in problems] == [(2, 1), (3, 20)]
    assert found == ContentDates({(Kind.STORY, "ada"): date(2026, 5, 1)}, DATES.sessions)
    assert not is_foreign(problems)


def test_a_table_of_somebody_else_is_foreign() -> None:
    found, problems = parse_content_dates(b"Course,Teacher\nFirst aid,Ada\n")
    assert found == ContentDates()
    assert len(problems) == 1
    assert is_foreign(problems)


def test_a_site_without_the_file_has_no_dates(tmp_path: Path) -> None:
    assert read_content_dates(tmp_path) == (ContentDates(), [])
    (tmp_path / "content-dates.csv").mkdir()
    found, problems = read_content_dates(tmp_path)
    assert found == ContentDates()
    assert is_foreign(problems)


@given(st.lists(st.binary(max_size=40) | st.sampled_from(TEXT.splitlines()), max_size=5))
def test_any_bytes_only_cause_problems(lines: list[bytes]) -> None:
    found, problems = parse_content_dates(b"\n".join([TEXT.splitlines()[0], *lines]))
    assert parse_content_dates(content_dates_csv(found)) == (found, [])
    assert all(problem.code == "bad-content-dates" for problem in problems)
