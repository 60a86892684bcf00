"""``credsite dates``: what it records, and what feeds and calendars make of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import Result

from tests.support.cli import run_credsite

COURSE = """\
---
title: First aid
summary: A course.
provider: college
industries: [health]
delivery_modes: [online]
sessions:
  - starts: 2027-02-20
    apply_by: 2027-02-10
---
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    for name, text in {
        "credsite.yaml": "title: Short courses\nbase_url: https://courses.test/\n",
        "content/providers/college.md": "---\ntitle: College\n---\n",
        "content/industries/health.md": "---\ntitle: Health\n---\n",
        "content/courses/first-aid.md": COURSE,
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def record(site: Path, now: str) -> Result:
    return run_credsite("dates", site, "--now", now, "--jobs", "1")


def rows(site: Path) -> list[str]:
    return (site / "content-dates.csv").read_text().splitlines()[1:]


def built(site: Path, path: str, now: str = "2026-12-15", output: str = "public") -> str:
    result = run_credsite("build", site, "--output", site / output, "--now", now, "--jobs", "1")
    assert result.exit_code == 0, result.output
    file = site / output / path
    return file.read_text() if file.exists() else ""


def edit(site: Path, old: str, new: str) -> None:
    file = site / "content/courses/first-aid.md"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def test_an_entry_without_a_date_is_in_the_feed_once_it_is_recorded(site: Path) -> None:
    assert built(site, "feeds/courses.xml") == ""
    result = record(site, "2026-12-01T09:00")
    assert result.exit_code == 0
    assert "1 new entry, 1 new session" in result.output
    assert rows(site) == [
        "courses/first-aid,,2026-12-01,,",
        "courses/first-aid,1,2026-12-01T09:00:00+00:00,0,2027-02-20//2027-02-10",
    ]
    assert "<published>2026-12-01T00:00:00+00:00</published>" in built(site, "feeds/courses.xml")
    assert "is up to date" in record(site, "2026-12-09T09:00").output
    assert built(site, "feeds/courses.xml") == built(site, "feeds/courses.xml", output="other")


def test_an_event_keeps_its_identity_and_says_that_it_moved(site: Path) -> None:
    path = "industries/health/calendar.ics"
    record(site, "2026-12-01T09:00")
    before = built(site, path)
    edit(site, "starts: 2027-02-20", "starts: 2027-02-27")
    unrecorded = built(site, path)
    assert "1 session with other dates" in record(site, "2026-12-02T10:00").output
    after = built(site, path)
    for text, sequence, stamp, start in (
        (before, [], "20261201T090000Z", "20270220"),
        (unrecorded, ["1", "1"], "20261201T090001Z", "20270227"),
        (after, ["1", "1"], "20261202T100000Z", "20270227"),
    ):
        assert re.findall("UID:(.*)\n", text) == [
            "first-aid.1.deadline@courses.test",
            "first-aid.1.start@courses.test",
        ]
        assert re.findall(r"SEQUENCE:(\d+)", text) == sequence
        assert set(re.findall(r"DTSTAMP:(\w+)", text)) == {stamp}
        assert f"DTSTART;VALUE=DATE:{start}" in text


def test_a_session_after_one_that_is_deleted_keeps_its_identity(site: Path) -> None:
    edit(site, "    apply_by: 2027-02-10\n", "  - starts: 2027-05-01\n")
    record(site, "2026-12-01T09:00")
    edit(site, "  - starts: 2027-02-20\n", "")
    edit(site, "  - starts: 2027-05-01\n", "  - starts: 2027-05-01\n  - starts: 2027-06-01\n")
    record(site, "2027-03-01T09:00")
    text = built(site, "courses/first-aid/sessions.ics", now="2027-03-02")
    assert re.findall("UID:(.*)\n", text) == [
        "first-aid.2.session@courses.test",
        "first-aid.3.session@courses.test",
    ]


def test_entries_that_are_gone_and_withdrawn_stories_are_taken_out(site: Path) -> None:
    story = site / "content/stories/ada.md"
    story.parent.mkdir()
    text = "---\ntitle: Ada\nsummary: A story.\nlearner: {name: Ada}\ncourses: [first-aid]\nconsent: {given: 2026-01-01}\n---\n"
    story.write_text(text)
    record(site, "2026-12-01T09:00")
    assert "stories/ada,,2026-12-01,," in rows(site)
    story.write_text(text.replace("2026-01-01}", "2026-01-01, withdrawn: 2026-12-02}"))
    assert "were taken out" in record(site, "2026-12-03T09:00").output
    assert not any("ada" in row for row in rows(site))
    (site / "content/courses/first-aid.md").unlink()
    story.unlink()
    record(site, "2026-12-03T09:00")
    assert rows(site) == []


def test_a_file_of_somebody_else_is_left_alone(site: Path) -> None:
    file = site / "content-dates.csv"
    file.write_text("Course,Teacher\n")
    result = record(site, "2026-12-01T09:00")
    assert result.exit_code == 2
    assert "It was left alone" in result.output
    assert file.read_text() == "Course,Teacher\n"


def test_lines_that_cannot_be_read_are_written_again(site: Path) -> None:
    record(site, "2026-12-01T09:00")
    file = site / "content-dates.csv"
    right = file.read_text()
    file.write_text(right.replace("2026-12-01,,", "soon,,"))
    assert "1 line that could not be read" in record(site, "2026-12-01T10:00").output
    assert file.read_text() == right


def test_nothing_is_recorded_where_the_settings_are_wrong(site: Path) -> None:
    (site / "credsite.yaml").write_text("title: [")
    result = record(site, "2026-12-01")
    assert result.exit_code == 1
    assert "Nothing was recorded" in result.output
    assert not (site / "content-dates.csv").exists()


def test_the_dates_of_git_are_used_and_a_commit_brings_them(site: Path) -> None:
    from tests.build.test_git_days import git

    assert built(site, "feeds/courses.xml") == ""
    git(site, "init", "-q")
    git(site, "add", "content")
    git(site, "commit", "-q", "-m", "x", day="2026-11-03")
    assert "<published>2026-11-03T00:00:00+00:00</published>" in built(site, "feeds/courses.xml")
    record(site, "2026-12-01T09:00")
    assert "courses/first-aid,,2026-11-03,," in rows(site)
