"""Withdrawal wins over errors: what must not be published any more leaves the website although the build is stopped."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from credsite.build import pipeline
from credsite.build.options import Options
from credsite.build.output.disk import BlockedError
from credsite.build.pipeline import build
from credsite.build.result import MAY_BE_MENTIONED, TAKEN_OFF, BuildResult
from credsite.cli import main
from credsite.theme.loader import ThemeError
from tests.support.files import text_replaced
from tests.support.sequences import NOW, content_of
from tests.support.small_site import small_site

STORY = "content/stories/story-3.md"
PAGE = "stories/story-3/index.html"
MENTIONS = (b"story-3", b"Story 3", b"Learner 3", b"number 3 fared")
"""What nothing may hold once the story is withdrawn."""
COURSE = "content/courses/payroll.md"
COURSE_PAGE = "courses/payroll/index.html"
PATHWAY = "---\ntitle: Office\nsummary: To an office.\nsteps:\n  - {title: Begin, courses: [payroll]}\n---\nStep by step.\n"
CONSENT = "consent: {given: 2026-02-04, expires: 2029-04-09}"

Edit = Callable[[Path], object]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a site that has been built, and a copy of it.

    The learner of its story 3 took, among others, the course whose page stands for all that stays.
    """
    folder = tmp_path_factory.mktemp("published")
    site = small_site(folder)
    text_replaced(STORY, "spreadsheets]", "spreadsheets, payroll]")(site)
    assert built(site).report is not None
    assert b"Learner 3" in (site / "public" / COURSE_PAGE).read_bytes()
    shutil.copytree(site, folder / "copy")
    return folder


@pytest.fixture
def site(published: Path) -> Path:
    """The site as it was built, always at the same path, by which the cache knows its output folder."""
    site = published / "site"
    shutil.rmtree(site)
    shutil.copytree(published / "copy", site)
    return site


def built(site: Path, now: datetime = NOW, **options: bool) -> BuildResult:
    return build(replace(Options(site, now=now), **options))


def deleted(path: str) -> Edit:
    return lambda site: (site / path).unlink()


WITHDRAWN: dict[str, Edit] = {
    "withdrawn": text_replaced(STORY, "expires: 2029-04-09", "withdrawn: 2026-11-01"),
    "consent removed": text_replaced(STORY, CONSENT, ""),
    "consent expired": text_replaced(STORY, "2029-04-09", "2026-11-01"),
    "consent not given yet": text_replaced(STORY, "2026-02-04", "2028-02-04"),
    "draft": text_replaced(STORY, "quote:", "draft: true\nquote:"),
    "expired": text_replaced(STORY, "quote:", "expires_at: 2026-11-01\nquote:"),
    "not yet": text_replaced(STORY, "quote:", "publish_at: 2027-11-01\nquote:"),
    "file deleted": deleted(STORY),
    "file renamed": lambda site: (site / STORY).rename(site / "content/stories/_story-three.txt"),
    "consent unreadable": text_replaced(STORY, "consent: {", "consent {"),
    "consent misspelt": text_replaced(STORY, "consent: {given", "consent: {gven"),
    "front matter without end": text_replaced(STORY, "\n---\nIt began", "\nIt began"),
    "not UTF-8": lambda site: (site / STORY).write_bytes(b"---\ntitle: \xff\n---\n"),
    "empty": lambda site: (site / STORY).write_text(""),
    "no learner": text_replaced(STORY, "learner: {name: Learner 3, location: Saltmarsh}\n", ""),
    "course held back": lambda site: [
        text_replaced(f"content/courses/{slug}.md", "provider:", "draft: true\nprovider:")(site)
        for slug in ("interviews", "spreadsheets")
    ],
}
BROKEN: dict[str, Edit] = {
    "course": text_replaced(COURSE, "duration: ", "duration: many "),
    "course without end": text_replaced(COURSE, "\n---\nA text", "\nA text"),
    "course of an unknown provider": text_replaced(COURSE, "provider: ", "provider: un"),
    "settings": text_replaced("credsite.yaml", "page_size: 3", "page_size: three"),
    "settings that are no YAML": text_replaced("credsite.yaml", "page_size: 3", "page_size 3\n  a: ["),
    "theme that is not there": text_replaced("credsite.yaml", "page_size: 3", "theme: nowhere\npage_size: 3"),
    "another story": text_replaced("content/stories/story-1.md", "quote: ", "quote: [1]\nqote: "),
}


def mentions(folder: Path, words: Iterable[bytes] = MENTIONS) -> list[str]:
    """The files of the folder that hold any of ``words``, or have one in their names."""
    files = content_of(folder)
    return [path for path, data in files.items() for word in words if word in data or word in path.encode()]


@pytest.mark.parametrize("broken", ["course", "settings"])
@pytest.mark.parametrize("withdrawn", WITHDRAWN)
def test_a_withdrawn_story_leaves_the_website_whatever_is_broken(
    site: Path, withdrawn: str, broken: str
) -> None:
    if withdrawn == "course held back":
        text_replaced(STORY, ", payroll]", "]")(site)
        built(site)
    before = content_of(site / "public")
    WITHDRAWN[withdrawn](site)
    BROKEN[broken](site)
    result = built(site)
    assert result.report is None
    assert result.withdrawal is not None
    assert "/stories/story-3/" in result.withdrawal.addresses
    assert not result.withdrawal.left_out
    assert mentions(site / "public") == []
    if withdrawn != "course held back":
        assert pages(before) - pages(content_of(site / "public")) == {PAGE}
    assert built(site).withdrawal is None


def pages(files: Collection[str]) -> set[str]:
    """Pages of entries, which are lost only if they must be."""
    return {path for path in files if path.count("/") == 2 and path.endswith("/index.html")} - {
        "stories/page/index.html"
    }


@pytest.mark.parametrize("broken", BROKEN)
def test_nothing_else_is_lost_whatever_is_broken(site: Path, broken: str, tmp_path: Path) -> None:
    """The broken file keeps its published version, as if only the story had been withdrawn."""
    twin = tmp_path / "twin"
    shutil.copytree(site, twin)
    for each in (site, twin):
        WITHDRAWN["withdrawn"](each)
    BROKEN[broken](site)
    assert built(site).withdrawal is not None
    if broken == "another story":  # of which nobody can say whether the learner still agrees
        deleted("content/stories/story-1.md")(twin)
    assert built(twin).report is not None
    assert content_of(site / "public") == content_of(twin / "public")


@pytest.mark.parametrize("broken", BROKEN)
def test_a_good_build_afterwards_equals_a_clean_one(site: Path, broken: str, tmp_path: Path) -> None:
    right = content_of(site)
    WITHDRAWN["withdrawn"](site)
    BROKEN[broken](site)
    assert built(site).withdrawal is not None
    for path in (COURSE, "credsite.yaml", "content/stories/story-1.md"):
        (site / path).write_bytes(right[path])
    text_replaced(COURSE, "A text", "Another text")(site)
    assert built(site).report is not None
    assert built(site).report is not None
    build(Options(site, tmp_path / "clean", now=NOW, no_cache=True))
    assert content_of(site / "public") == content_of(tmp_path / "clean")


def test_only_the_last_published_version_comes_back(site: Path) -> None:
    """Versions with errors, and versions that no website was made of, are not restored."""
    text_replaced(COURSE, "A text", "Words of a version that was never published")(site)
    text_replaced(COURSE, "provider: ", "provider: un")(site)
    assert built(site).withdrawal is None
    text_replaced(COURSE, "provider: un", "provider: ")(site)
    text_replaced(COURSE, "duration: ", "duration: many ")(site)
    assert built(site).withdrawal is None
    WITHDRAWN["withdrawn"](site)
    assert built(site).withdrawal is not None
    page = (site / "public" / COURSE_PAGE).read_bytes()
    assert b"A text about payroll" in page
    assert b"never published" not in page


def test_nothing_is_written_where_nothing_was_withdrawn(site: Path) -> None:
    before = content_of(site / "public")
    for broken in ("course", "another story"):
        story = (site / "content/stories/story-1.md").read_text()
        if broken == "another story":
            (site / "content/stories/story-1.md").write_text(story.replace("quote: ", "outcome: "))
        BROKEN["course of an unknown provider"](site) if broken == "course" else None
    (site / "content/stories/story-1.md").write_text(story)
    result = built(site)
    assert (result.report, result.withdrawal) == (None, None)
    assert content_of(site / "public") == before


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("content/pages/help.md", "help/index.html"),
        ("content/pathways/pathway-0.md", "pathways/pathway-0/index.html"),
        ("content/courses/telehealth.md", "courses/telehealth/index.html"),
    ],
)
@pytest.mark.parametrize("way", ["draft", "deleted", "expired"])
def test_any_other_entry_is_taken_off_too(site: Path, path: str, page: str, way: str) -> None:
    if "telehealth" in path:  # so that nothing else needs it
        for other in ("web-pages", "bookkeeping"):
            text = (site / f"content/courses/{other}.md").read_text()
            (site / f"content/courses/{other}.md").write_text(text.replace("course:telehealth", "course:sql"))
        for link in (site / "content").rglob("*.md"):
            link.write_text(link.read_text().replace("course:telehealth", "course:sql"))
    built(site)
    if way == "deleted":
        deleted(path)(site)
    else:
        key = "draft: true" if way == "draft" else "expires_at: 2026-11-01"
        text_replaced(path, "summary:", f"{key}\nsummary:")(site)
    BROKEN["course"](site)
    if page in content_of(site / "public"):
        result = built(site)
        assert result.withdrawal is not None
        assert page not in content_of(site / "public")
        assert COURSE_PAGE in content_of(site / "public")


def test_what_others_need_is_not_taken_off_with_them(site: Path) -> None:
    """A provider that was deleted by mistake does not take its courses with it."""
    before = content_of(site / "public")
    deleted("content/providers/northmarsh.md")(site)
    result = built(site)
    assert (result.report, result.withdrawal) == (None, None)
    assert content_of(site / "public") == before


def test_a_story_goes_also_where_others_are_lost_with_it(site: Path) -> None:
    WITHDRAWN["file deleted"](site)
    deleted("content/providers/northmarsh.md")(site)
    result = built(site)
    assert result.withdrawal is not None
    assert mentions(site / "public") == []


def test_warnings_that_count_as_errors_stop_no_withdrawal(site: Path) -> None:
    WITHDRAWN["withdrawn"](site)
    result = built(site, strict=True)
    assert result.report is None
    assert result.withdrawal is not None
    assert mentions(site / "public") == []
    assert COURSE_PAGE in content_of(site / "public")


def test_a_consent_that_ends_by_itself(site: Path) -> None:
    BROKEN["course"](site)
    assert built(site).withdrawal is None
    result = built(site, datetime(2029, 4, 10, 9))
    assert result.withdrawal is not None
    assert "/stories/story-3/" in result.withdrawal.addresses
    assert mentions(site / "public") == []


def test_without_a_cache_the_broken_entry_is_left_out_too(site: Path) -> None:
    WITHDRAWN["withdrawn"](site)
    BROKEN["course"](site)
    result = built(site, no_cache=True)
    assert result.withdrawal is not None
    assert "/courses/payroll/" in result.withdrawal.left_out
    assert mentions(site / "public") == []


@pytest.mark.parametrize("broken", ["settings", "theme that is not there"])
def test_without_a_cache_and_with_wrong_settings_its_page_goes(site: Path, broken: str) -> None:
    WITHDRAWN["withdrawn"](site)
    BROKEN[broken](site)
    result = built(site, no_cache=True)
    assert result.withdrawal is not None
    assert result.withdrawal.is_rest_outdated
    assert PAGE not in content_of(site / "public")
    assert COURSE_PAGE in content_of(site / "public")
    text_replaced("credsite.yaml", "theme: nowhere\n", "")(site) if "theme" in broken else text_replaced(
        "credsite.yaml", "three", "3"
    )(site)
    BROKEN["course"](site)
    assert built(site).withdrawal is not None  # now the other pages too
    assert mentions(site / "public") == []


def test_pages_that_no_entry_has_written_stay_where_no_page_can_be_made(site: Path) -> None:
    before = {path for path in content_of(site / "public") if path.endswith(".html")}
    assert {"compare/index.html", "shortlist/index.html"} <= before
    WITHDRAWN["withdrawn"](site)
    BROKEN["settings"](site)
    result = built(site, no_cache=True)
    assert result.withdrawal is not None
    assert result.withdrawal.addresses == ("/stories/story-3/",)
    assert before - {path for path in content_of(site / "public") if path.endswith(".html")} == {PAGE}


@pytest.mark.parametrize("way", ["withdrawn", "file deleted"])
def test_its_picture_goes_too_where_no_page_can_be_made(site: Path, way: str) -> None:
    (site / "content/stories/portrait.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    )
    text_replaced(STORY, "quote:", "image: {src: portrait.svg, alt: A portrait}\nquote:")(site)
    assert built(site).report is not None
    assert mentions(site / "public", [b"portrait"])
    pictures = {path for path in content_of(site / "public") if path.startswith("images/")}
    WITHDRAWN[way](site)
    BROKEN["settings"](site)
    assert built(site, no_cache=True).withdrawal is not None
    left = {path for path in content_of(site / "public") if path.startswith("images/")}
    assert len(pictures - left) == 1
    assert "portrait" in next(iter(pictures - left))


def test_its_page_goes_also_where_a_template_fails(site: Path) -> None:
    templates = site / "themes/own/templates"
    templates.mkdir(parents=True)
    text_replaced("credsite.yaml", "page_size: 3", "theme: own\npage_size: 3")(site)
    (site / "themes/own/theme.yaml").write_text("extends: default\n")
    assert built(site).report is not None
    WITHDRAWN["withdrawn"](site)
    (templates / "home.html").write_text("{{ nothing.at.all }}")
    (templates / "story.html").write_text("{{ nothing.at.all }}")
    with pytest.raises(ThemeError) as error:
        built(site)
    assert PAGE not in content_of(site / "public")
    (note,) = error.value.__notes__
    assert note.startswith(TAKEN_OFF)
    assert "\n  /stories/story-3/\n" in note
    assert note.endswith(MAY_BE_MENTIONED)
    shutil.rmtree(templates)
    BROKEN["course"](site)
    assert built(site).withdrawal is not None
    assert mentions(site / "public") == []


def test_killed_between_its_steps(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    WITHDRAWN["withdrawn"](site)
    BROKEN["course"](site)
    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "write", _killed)
        with pytest.raises(KeyboardInterrupt):
            built(site)
    assert PAGE not in content_of(site / "public")
    assert mentions(site / "public")  # not yet on the lists
    assert built(site).withdrawal is not None
    assert mentions(site / "public") == []


def _killed(*_arguments: object, **_more: object) -> None:
    raise KeyboardInterrupt


def test_what_the_command_says(site: Path) -> None:
    WITHDRAWN["withdrawn"](site)
    BROKEN["course"](site)
    arguments = ["build", str(site), "--now", NOW.isoformat()]
    outcome = CliRunner().invoke(main, arguments)
    assert outcome.exit_code == 1
    assert "Taken off the website, because it must not be published any more:\n  /stories/story-3/\n" in (
        outcome.output
    )
    assert "as they were last published:\n  content/courses/payroll.md\n" in outcome.output
    assert re.search(r"Publish \S*public now", outcome.output)
    assert "1 error and 1 warning. Fix the errors and build again." in outcome.output
    again = CliRunner().invoke(main, arguments)
    assert again.exit_code == 1
    assert "Nothing was written: 1 error and 1 warning." in again.output


def test_what_the_command_says_without_a_cache(site: Path) -> None:
    """A pathway goes too, though it has no error itself, because it needs the course that has."""
    (site / "content/pathways/office.md").write_text(PATHWAY)
    built(site)
    WITHDRAWN["withdrawn"](site)
    BROKEN["course"](site)
    arguments = ["build", str(site), "--now", NOW.isoformat(), "--no-cache"]
    outcome = CliRunner().invoke(main, arguments)
    assert outcome.exit_code == 1
    assert "or of what they need:\n  /courses/payroll/\n  /pathways/office/\n" in outcome.output
    assert "as they were last published" not in outcome.output


def test_removed_pictures_are_counted(site: Path) -> None:
    add_photo(site)
    WITHDRAWN["withdrawn"](site)
    BROKEN["course"](site)
    outcome = CliRunner().invoke(main, ["build", str(site), "--now", NOW.isoformat()])
    assert "1 picture that nothing else shows was removed too." in outcome.output


@pytest.mark.parametrize(
    "what", ["a file", "a file in the place of a folder", "a folder in the place of a file"]
)
@pytest.mark.parametrize("no_cache", [False, True])
def test_files_of_somebody_else_in_the_way_keep_no_story(site: Path, what: str, no_cache: bool) -> None:
    (site / "content/pages/new.md").write_text("---\ntitle: New\nsummary: New.\n---\n\nNew.\n")
    public = site / "public"
    path = {"a file": "new/index.html", "a file in the place of a folder": "new"}.get(
        what, "new/index.html/x"
    )
    (public / path).parent.mkdir(parents=True, exist_ok=True)
    (public / path).write_text("mine")
    text_replaced(STORY, "expires: 2029-04-09", "withdrawn: 2026-11-01")(site)
    with pytest.raises(BlockedError, match="Taken off the website") as raised:
        built(site, no_cache=no_cache)
    assert f"/stories/{Path(STORY).stem}/" in str(raised.value)
    assert (public / path).read_text() == "mine"
    assert mentions(public) == []
    shutil.rmtree(public / "new") if (public / "new").is_dir() else (public / "new").unlink()
    assert built(site).summary is not None
    assert (public / "new/index.html").is_file()


def add_photo(site: Path) -> None:
    """Publish the story with a picture of the learner."""
    text_replaced(STORY, "location: Saltmarsh}", "location: Saltmarsh, photo: ada.svg}")(site)
    (site / "content/stories/ada.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="300"/>'
    )
    built(site)


def broken_by_hand(site: Path, path: str) -> Path:
    """A file of the built website that somebody has changed."""
    file = site / "public" / path
    file.write_bytes(file.read_bytes() + b"<!-- changed -->")
    return file


@pytest.mark.parametrize("broken", ["course", "settings that are no YAML"])
def test_a_page_that_was_changed_by_hand_is_still_there_and_every_build_says_so(
    site: Path, broken: str
) -> None:
    page = broken_by_hand(site, PAGE)
    WITHDRAWN["withdrawn"](site)
    repaired = {path: (site / path).read_bytes() for path in (COURSE, "credsite.yaml")}
    BROKEN[broken](site)
    result = built(site)
    assert result.withdrawal is not None
    assert result.withdrawal.addresses == ()
    for _ in range(2):
        assert built(site).still_there == (PAGE,)
    for path, data in repaired.items():
        (site / path).write_bytes(data)
    for _ in range(2):
        result = built(site)
        assert result.report is not None
        assert result.still_there == (PAGE,)
    assert set(mentions(site / "public")) == {PAGE, ".credsite-manifest.json"}
    page.unlink()
    assert built(site).still_there == ()
    assert mentions(site / "public") == []


def test_a_picture_that_was_changed_by_hand_is_still_there(site: Path) -> None:
    """Its name does not say whose it is, but it leaves the website together with the story."""
    add_photo(site)
    [path] = [path for path in content_of(site / "public") if "ada" in path]
    broken_by_hand(site, path)
    deleted(STORY)(site)
    deleted("content/stories/ada.svg")(site)
    for _ in range(2):
        assert built(site).still_there == (path,)


def test_an_old_page_that_is_no_story_is_told_of_once(site: Path) -> None:
    (site / "content/pages/extra.md").write_text("---\ntitle: More\nsummary: More.\n---\n\nMore.\n")
    built(site)
    broken_by_hand(site, "extra/index.html")
    deleted("content/pages/extra.md")(site)
    result = built(site)
    assert "`extra/index.html` was changed" in result.notice
    assert result.still_there == ()
    assert built(site).notice == ""


def test_the_command_ends_with_an_error_while_a_withdrawn_page_is_still_there(site: Path) -> None:
    broken_by_hand(site, PAGE)
    WITHDRAWN["withdrawn"](site)
    for edit in (lambda _: None, BROKEN["course"]):
        edit(site)
        ran = CliRunner().invoke(main, ["build", str(site), "--now", NOW.isoformat(), "--quiet"])
        assert ran.exit_code == 1
        assert "STILL THERE" in ran.stderr
        assert f"public/{PAGE}" in ran.stderr
        assert "Taken off" not in ran.stderr
        assert "`static/`" not in ran.stderr
