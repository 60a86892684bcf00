"""A preview that others see: only what a build publishes, and what is withdrawn goes at once, whatever else is wrong."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from credsite.build.analysis import analyse
from credsite.build.options import Options
from credsite.build.pipeline import build
from credsite.cli.serve import _result_line
from credsite.serve import preview as preview_module
from credsite.serve.preview import Preview
from credsite.serve.responses import PageResponse, find_page
from tests.serve.test_responses import edit

STORY = "content/stories/a-desk-of-her-own.md"
COURSE = "content/courses/first-aid-at-work.md"
PAGE = "content/pages/about.md"
COURSE_PAGE = "courses/first-aid-at-work/"
STORY_PAGE = "stories/a-desk-of-her-own/"
SECRETS = ("Rosa", "a-desk-of-her-own", "A Desk of Her Own", "portrait-of-rosa", "Delivery driver")
GIVEN = "  given: 2026-05-12"
NOW = datetime(2026, 12, 1, tzinfo=UTC)


@pytest.fixture
def site(site: Path) -> Path:
    """With a picture of the learner, and the story in a course's text."""
    picture = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>Rosa</title></svg>'
    (site / STORY).with_name("portrait-of-rosa.svg").write_text(picture)
    edit(
        site / STORY,
        "  location: Exampleton",
        "  location: Exampleton\nimage:\n  src: portrait-of-rosa.svg\n  alt: Rosa",
    )
    return site


def shared(site: Path, **options: object) -> Preview:
    preview = Preview(
        Options(site, base_url="http://192.0.2.1:8000/", **{"now": NOW, **options}),  # type: ignore[arg-type]
        is_shared=True,
    )
    preview.rebuild()
    return preview


def told(preview: Preview) -> str:
    """Everything that a browser can get to see."""
    parts = [
        preview.problems.heading,
        preview.problems.html,
        *map(str, preview.history.changed_since("") or ()),
    ]
    for path in sorted(preview.files | {"", "nowhere/", STORY_PAGE}):
        found = find_page(preview, path)
        parts.append(path if path in preview.files and preview.is_ready else "")
        parts.append(
            (found.html if isinstance(found, PageResponse) else found.read_bytes()).decode("latin-1")
        )
    return "\n".join(parts)


def secrets_in(preview: Preview) -> list[str]:
    text = told(preview)
    return [secret for secret in SECRETS if secret in text]


def status(preview: Preview, path: str) -> int:
    found = find_page(preview, path)
    return found.status if isinstance(found, PageResponse) else 200


def withdraw(site: Path) -> None:
    edit(site / STORY, GIVEN, f"{GIVEN}\n  withdrawn: 2026-06-01")


def break_course(site: Path) -> None:
    edit(site / COURSE, "title: First Aid at Work", "title: [First Aid")


def break_settings(site: Path) -> None:
    edit(site / "credsite.yaml", "timezone: UTC", "timezone: Mars/")


def remove_settings(site: Path) -> None:
    (site / "credsite.yaml").unlink()


def break_theme(site: Path) -> None:
    (site / "themes/own/templates").mkdir(parents=True)
    (site / "themes/own/theme.yaml").write_text("extends: default\n")
    (site / "themes/own/templates/page.html").write_text("{% if %}")
    edit(site / "credsite.yaml", "\ntagline:", "\ntheme: own\ntagline:")


def break_rendering(site: Path) -> None:
    break_theme(site)
    (site / "themes/own/templates/page.html").write_text("{{ page.nothing.at.all() }}")


def duplicate_course(site: Path) -> None:
    text = (site / COURSE).read_text()
    (site / COURSE).with_name("again.md").write_text(
        text.replace("---\n", "---\nslug: first-aid-at-work\n", 1)
    )


def remove_provider(site: Path) -> None:
    shutil.rmtree(site / "content/providers")


Change = Callable[[Path], None]
BREAK: dict[str, Change] = {
    "a course": break_course,
    "two files with one slug": duplicate_course,
    "a missing provider": remove_provider,
    "the settings": break_settings,
    "missing settings": remove_settings,
    "the theme": break_theme,
    "a template that fails": break_rendering,
}


@pytest.mark.parametrize("broken", BREAK)
def test_what_is_withdrawn_is_gone_whatever_else_is_wrong(site: Path, broken: str) -> None:
    preview = shared(site)
    assert set(secrets_in(preview)) == set(SECRETS)
    BREAK[broken](site)
    withdraw(site)
    preview.rebuild()
    assert secrets_in(preview) == []


def test_what_is_withheld_from_the_start_is_never_told(site: Path) -> None:
    withdraw(site)
    break_course(site)
    before = Preview(Options(site, base_url="http://127.0.0.1:8000/", include_unpublished=True))
    before.rebuild()  # which leaves what it showed in the folder of the preview, and in the cache
    assert secrets_in(shared(site)) == []


def test_the_last_good_version_of_a_broken_page_stays_and_everything_else_is_new(site: Path) -> None:
    preview = shared(site)
    break_course(site)
    edit(site / PAGE, "title: About this catalogue", "title: About us")
    withdraw(site)
    for _ in range(3):
        result = preview.rebuild()
        assert [problem.location.path for problem in result.problems if problem.severity == "error"] == [
            COURSE
        ]
        assert (status(preview, COURSE_PAGE), status(preview, STORY_PAGE)) == (200, 404)
    assert "About us" in told(preview)
    edit(site / PAGE, "title: About us", "title: About them")
    preview.rebuild([PAGE])
    assert "About them" in told(preview)
    assert COURSE in preview.problems.html
    edit(site / COURSE, "title: [First Aid", "title: First Aid for All")
    preview.rebuild([COURSE])
    assert "First Aid for All" in told(preview)
    assert preview.problems.heading == "2 warnings"


def test_a_broken_course_that_became_a_draft_goes_too(site: Path) -> None:
    preview = shared(site)
    edit(site / COURSE, "title: First Aid at Work", "draft: true\nprise: 1\ntitle: First Aid at Work")
    preview.rebuild()
    assert status(preview, COURSE_PAGE) == 404
    assert "first-aid-at-work" not in told(preview)


def test_pages_stay_while_the_settings_are_wrong_and_nothing_is_withheld(site: Path) -> None:
    preview = shared(site)
    break_settings(site)
    for _ in range(2):
        assert preview.rebuild().summary is None
        assert status(preview, COURSE_PAGE) == 200
    withdraw(site)
    preview.rebuild()
    assert status(preview, COURSE_PAGE) == 500  # nothing is shown rather than the story
    edit(site / "credsite.yaml", "timezone: Mars/", "timezone: UTC")
    preview.rebuild()
    assert (status(preview, COURSE_PAGE), status(preview, STORY_PAGE)) == (200, 404)


@pytest.mark.parametrize("setting", ["\ncurrency: dollars\n", "\ncurrency:CAD\n"])
def test_pages_stay_while_another_setting_is_wrong(site: Path, setting: str) -> None:
    preview = shared(site)
    with (site / "credsite.yaml").open("a") as file:
        file.write(setting)
    result = preview.rebuild()
    assert (result.summary, result.failure, result.has_pages) == (None, "", True)
    assert [problem.location.path for problem in result.problems] == ["credsite.yaml"]
    assert status(preview, COURSE_PAGE) == 200


def test_the_result_says_when_no_page_is_shown(site: Path) -> None:
    preview = shared(site)
    remove_settings(site)
    result = preview.rebuild()
    assert status(preview, COURSE_PAGE) == 500
    assert not result.has_pages
    assert "shows no page" in _result_line(result, "")


def test_an_error_from_before_the_preview_takes_no_page_away(site: Path) -> None:
    build(Options(site, now=NOW))
    break_course(site)
    preview = shared(site)
    assert status(preview, COURSE_PAGE) == 200
    edit(site / PAGE, "title: About this catalogue", "title: About us")
    preview.rebuild()
    assert status(preview, COURSE_PAGE) == 200
    assert "About us" in told(preview)


def test_an_error_from_before_the_preview_brings_nothing_back_that_is_withdrawn(site: Path) -> None:
    build(Options(site, now=NOW))
    withdraw(site)
    edit(site / STORY, "learner:", "lerner:")
    break_course(site)
    preview = shared(site)
    assert secrets_in(preview) == []
    assert status(preview, COURSE_PAGE) == 200


def test_after_a_fault_nothing_is_shown_that_may_be_withheld(site: Path) -> None:
    preview = shared(site)
    preview.record_crash(ValueError("Rosa"))
    assert secrets_in(preview) == []
    assert preview.rebuild().summary is not None
    assert status(preview, STORY_PAGE) == 200


def test_it_holds_just_what_a_build_publishes(site: Path, tmp_path: Path) -> None:
    edit(site / COURSE, "title: First", "draft: true\ntitle: First")
    withdraw(site)
    local = Preview(Options(site, base_url="http://127.0.0.1:8000/", include_unpublished=True, now=NOW))
    local.rebuild()
    preview = shared(site)
    shown = {path: (preview.folder / path).read_bytes() for path in preview.files}
    options = Options(site, tmp_path / "out", "http://192.0.2.1:8000/", NOW, no_cache=True, preview=True)
    build(options)
    published = {
        path.relative_to(tmp_path / "out").as_posix(): path.read_bytes()
        for path in (tmp_path / "out").rglob("*")
        if path.is_file() and not path.name.startswith(".credsite")
    }
    assert shown == published
    assert dict(preview.banners) == {}
    assert "First Aid at Work" not in told(preview)


def test_only_files_of_the_website_are_shown_whatever_else_is_in_the_folder(site: Path) -> None:
    preview = shared(site)
    (preview.folder / "left.html").write_text("Left behind")
    (preview.folder / "more").mkdir()
    (preview.folder / "more/index.html").write_text("Left behind")
    for path in ("left.html", "more", "more/", "more/index.html", ".credsite-manifest.json"):
        assert status(preview, path) == 404


def test_others_are_not_told_the_names_of_files_that_are_gone(site: Path) -> None:
    story = (site / STORY).read_bytes()
    for is_shared in (False, True):
        preview = Preview(Options(site, now=NOW), is_shared=is_shared)
        preview.rebuild()
        build_id = preview.history.build_id
        (site / STORY).unlink()
        preview.rebuild()
        (site / STORY).write_bytes(story)
        changed = preview.history.changed_since(build_id)
        assert changed
        assert any("rosa" in path for path in changed) is not is_shared


def test_a_page_does_not_lead_to_the_new_address_of_what_is_withheld(site: Path) -> None:
    preview = shared(site)
    edit(site / STORY, "title: A Desk", "slug: another-secret\ntitle: A Desk")
    withdraw(site)
    preview.rebuild()
    assert all(f"{path}index.html" not in preview.files for path in preview.redirects.values())


class Frozen(datetime):
    moment = NOW

    @classmethod
    def now(cls, tz: object = None) -> datetime:  # type: ignore[override]  # noqa: ARG003
        return cls.moment


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> type[Frozen]:
    """The clock of the preview, whose ``moment`` a test can set."""
    monkeypatch.setattr(Frozen, "moment", NOW)
    monkeypatch.setattr(preview_module, "datetime", Frozen)
    monkeypatch.setattr("credsite.build.sources.datetime", Frozen)
    return Frozen


def expire(site: Path, file: str, after: timedelta) -> None:
    edit(site / file, "---\ntitle", f"---\nexpires_at: {NOW + after:%Y-%m-%dT%H:%M:%SZ}\ntitle")


def test_a_date_that_passes_is_noticed(site: Path, clock: type[Frozen]) -> None:
    edit(site / STORY, GIVEN, f"{GIVEN}\n  expires: {NOW.date()}")
    expire(site, PAGE, timedelta(hours=2))
    preview = shared(site, now=None)
    assert (status(preview, STORY_PAGE), status(preview, "about/"), preview.is_due) == (200, 200, False)
    clock.moment = NOW + timedelta(hours=3)
    assert preview.is_due
    preview.rebuild()
    assert (status(preview, STORY_PAGE), status(preview, "about/"), preview.is_due) == (200, 404, False)
    clock.moment = NOW + timedelta(days=1)
    assert preview.is_due
    preview.rebuild()
    assert (status(preview, STORY_PAGE), preview.is_due) == (404, False)
    assert not shared(site, now=NOW).is_due


@pytest.mark.parametrize("broken", ["the settings", "the theme", "a template that fails"])
def test_dates_that_pass_while_nothing_can_be_built_are_noticed(
    site: Path, clock: type[Frozen], broken: str
) -> None:
    begin_later = f"---\npublish_at: {NOW + timedelta(hours=2):%Y-%m-%dT%H:%M:%SZ}\ntitle"
    edit(site / PAGE, "---\ntitle", begin_later)
    expire(site, STORY, timedelta(hours=4))
    preview = shared(site, now=None)
    BREAK[broken](site)
    preview.rebuild()
    assert (status(preview, STORY_PAGE), preview.is_due) == (200, False)
    clock.moment = NOW + timedelta(hours=3)
    assert preview.is_due
    preview.rebuild()
    assert (status(preview, STORY_PAGE), preview.is_due) == (200, False)
    clock.moment = NOW + timedelta(hours=5)
    assert preview.is_due
    preview.rebuild()
    assert secrets_in(preview) == []


def test_the_files_that_are_withheld_are_known_to_every_build(site: Path) -> None:
    assert analyse(Options(site, now=NOW)).withheld == frozenset()
    withdraw(site)
    break_course(site)
    assert analyse(Options(site, now=NOW)).withheld == {STORY}
    break_settings(site)
    assert analyse(Options(site, now=NOW)).withheld == {STORY}
