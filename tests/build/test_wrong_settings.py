"""What is said of the content of a site while some of its settings are wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from credsite.build.analysis import analyse
from credsite.build.options import Options
from credsite.build.pipeline import build
from tests.support.small_site import small_site


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return small_site(tmp_path)


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


MENU = """\
fields:
  course: {hall: choise, room: {type: choice, values: [East, West], pages: true}, door: text}
menu: [courses, hall, {label: Rooms, items: [room, door]}]
footer: {links: [hall]}
"""


def test_a_link_to_the_values_of_a_field_that_is_declared_wrongly_is_no_second_problem(site: Path) -> None:
    with (site / "credsite.yaml").open("a") as file:
        file.write(MENU)
    found = analyse(Options(site, no_cache=True)).problems
    assert [(one.code, one.location.key) for one in found if one.location.path == "credsite.yaml"] == [
        ("unknown-value", ("fields", "course", "hall", "type")),
        ("wrong-type", ("fields", "course", "room", "values")),
        ("broken-link", ("menu", 2, "items", 1, "url")),
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("currency: CAD", "currency: dollars"),
        ("currency: CAD", "currency: @"),
        ("languages: [en-CA]", "languages: [klingon]"),
        ("  student-aid: {title: Student Aid}", "  Student Aid: {title: Student Aid}"),
        ("title: Small Courses", "title: Small Courses\nmax_file_size: none"),
        ("title: Small Courses", "title: Small Courses\nbackgrounds: none"),
        ("title: Small Courses", "title: Small Courses\nsupport: none"),
        (
            "title: Small Courses",
            "title: Small Courses\nvocabularies: {support: {own-help: {label: Help, order: no}}}",
        ),
        (
            "title: Small Courses",
            "title: Small Courses\nvocabularies: {backgrounds: {sailor: {summary: At sea}}}",
        ),
        ("title: Small Courses", "title: Small Courses\ntheme: 5 stars"),
    ],
)
def test_a_wrong_setting_causes_no_second_problem(site: Path, old: str, new: str) -> None:
    change(site / "credsite.yaml", old, new)
    payroll = site / "content/courses/payroll.md"
    change(payroll, "---\ntitle", "---\nfunding: [student-aid]\nsupport: [own-help]\ntitle")
    change(site / "content/stories/story-1.md", "background: [newcomer]", "background: [sailor]")
    change(site / "content/pages/help.md", "---\ntitle", "---\ntemplate: own\ntitle")
    setting = new.rpartition("\n")[2].removeprefix("vocabularies: {").partition(":")[0]
    own = {
        "support": payroll,
        "backgrounds": site / "content/stories/story-1.md",
        "theme": site / "content/pages/help.md",
    }
    allowed = {path.relative_to(site).as_posix() for name, path in own.items() if name != setting}
    paths = {problem.location.path for problem in analyse(Options(site, no_cache=True)).problems}
    assert paths == {"credsite.yaml"} | allowed


def test_nobody_is_asked_for_a_time_zone_that_is_there_and_wrong(site: Path) -> None:
    change(site / "content/courses/sql.md", "apply_by: ", "meets: Mondays 18:00-20:00, apply_by: ")
    settings = site / "credsite.yaml"
    text = "\n".join(line for line in settings.read_text().splitlines() if not line.startswith("timezone:"))
    for more, code in (("", "time-zone-missing"), ("\ntimezone: Halifax time", "bad-time-zone")):
        settings.write_text(f"{text}{more}\n", encoding="utf-8")
        problems = analyse(Options(site, no_cache=True)).problems
        assert {"time-zone-missing", "bad-time-zone"} & {one.code for one in problems} == {code}


def test_nothing_is_written_with_wrong_settings(site: Path) -> None:
    change(site / "credsite.yaml", "currency: CAD", "currency: dollars")
    change(site / "content/courses/payroll.md", "provider: ", "provider: no-")
    for options in (
        Options(site),
        Options(site, keep_going=True),
        Options(site, keep_going=True, no_cache=True),
    ):
        built = build(options)
        assert built.summary is None
        assert [problem.code for problem in built.problems] == ["unknown-id", "bad-currency"]
    assert not (site / "public").exists()


def test_a_wrong_link_in_the_settings_hides_no_other_and_causes_none(site: Path) -> None:
    settings = """\
title: Small Courses
menu: [abuot, About Us, {label: More, items: [gone, www.college.example]}, {items: [help]}]
footer: {links: [[courses], lost], social: [a.test]}
home: [starts, hero, {section: featured, entries: [nothing, Pay Roll]}, {section: text, text: "[x](/lost/)"}]
"""
    change(site / "credsite.yaml", "title: Small Courses\n", settings)
    problems = analyse(Options(site, no_cache=True)).problems
    found = [(one.code, one.location.key) for one in problems if one.location.path == "credsite.yaml"]
    assert found == [
        ("broken-link", ("menu", 0, "url")),
        ("bad-url", ("menu", 1, "url")),
        ("broken-link", ("menu", 2, "items", 0, "url")),
        ("bad-url", ("menu", 2, "items", 1, "url")),
        ("missing-key", ("menu", 3)),
        ("wrong-type", ("footer", "links", 0)),
        ("broken-link", ("footer", "links", 1, "url")),
        ("bad-url", ("footer", "social", 0, "url")),
        ("unknown-value", ("home", 1, "section")),
        ("broken-link", ("home", 2, "entries", 0)),
        ("bad-slug", ("home", 2, "entries", 1)),
        ("broken-link", ("home", 3, "text")),
    ]
