"""The preview: good pages are written, and stay while something is wrong."""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from credsite.build.cache_file import CACHE_REBUILT, FILE
from credsite.build.options import Options
from credsite.build.output.disk import OutputError
from credsite.build.output.manifest import WriteSummary
from credsite.build.sources import SourceSnapshot
from credsite.build.state_dir import CACHE_NOT_WRITTEN, FOLDER
from credsite.cli.serve import _result_printer
from credsite.content import images
from credsite.content.image_inspection import Inspection, inspected
from credsite.content.records import Record
from credsite.content.source_files import SourceKeyCache
from credsite.core.hashing import digest
from credsite.core.stat_cache import StatCache
from credsite.serve import preview as preview_module
from credsite.serve import source_tracker
from credsite.serve.preview import OpenPages, Preview, RebuildResult
from credsite.serve.server import rebuild_on_changes
from credsite.serve.watcher import Event, source_signatures
from credsite.site.view_builder import ViewBuilder
from tests.serve.test_watcher import run

STORY = "content/stories/a-desk-of-her-own.md"
IMAGE = "content/stories/desk.svg"
OTHER_IMAGE = "content/stories/chair.svg"


@pytest.fixture
def preview(site: Path) -> Preview:
    built = Preview(Options(site, base_url="http://127.0.0.1:8000/"))
    outcome = built.rebuild()
    assert outcome.changed
    assert outcome.problems == ()
    assert built.is_ready
    return built


def page(preview: Preview, path: str) -> Path:
    return preview.folder / path / "index.html"


def edit(site: Path, path: str, old: str, new: str) -> None:
    text = (site / path).read_text()
    assert old in text
    (site / path).write_text(text.replace(old, new))


def test_a_rebuild_without_changes_is_no_new_build(preview: Preview) -> None:
    build = preview.history.build_id
    outcome = preview.rebuild()
    assert not outcome.changed
    assert outcome.summary is not None
    assert preview.history.build_id == build


def test_a_change_is_a_new_build(preview: Preview, site: Path) -> None:
    build = preview.history.build_id
    edit(site, STORY, "title: A Desk of Her Own", "title: Her Desk")
    assert preview.rebuild().changed
    assert preview.history.build_id != build
    assert "Her Desk" in page(preview, "stories/a-desk-of-her-own").read_text()


@pytest.mark.parametrize("planted", ["index.html", "about/index.html/x", ".credsite-tmp/x", "courses"])
@pytest.mark.parametrize("has_manifest", [False, True])
def test_what_somebody_else_has_put_into_the_folder_does_not_stop_the_preview(
    site: Path, planted: str, has_manifest: bool
) -> None:
    """A `.credsite/` may come with a site from elsewhere."""
    options = Options(site, base_url="http://127.0.0.1:8000/")
    file = site / ".credsite/preview" / planted
    file.parent.mkdir(parents=True)
    file.write_text("planted")
    if has_manifest:
        (site / ".credsite/preview/.credsite-manifest.json").write_text('{"version":1,"files":{}}')
    preview = Preview(options)
    assert preview.rebuild().failure == ""
    assert "About" in page(preview, "about").read_text()
    assert "planted" not in page(preview, "").read_text()


def test_all_pages_stay_while_an_entry_has_errors(preview: Preview, site: Path) -> None:
    build = preview.history.build_id
    edit(site, STORY, "learner:", "lerner:")
    edit(site, "content/pages/about.md", "title: About this catalogue", "title: About us")
    outcome = preview.rebuild()
    assert outcome.summary is None
    assert outcome.problems != ()
    assert preview.history.build_id == build
    assert page(preview, "stories/a-desk-of-her-own").is_file()
    edit(site, STORY, "lerner:", "learner:")
    assert preview.rebuild().changed
    assert "About us" in page(preview, "about").read_text()


def test_an_entry_that_is_deleted_loses_its_page(preview: Preview, site: Path) -> None:
    (site / "content/pages/about.md").unlink()
    assert preview.rebuild().changed
    assert not page(preview, "about").exists()


def test_a_withdrawn_consent_removes_the_page(preview: Preview, site: Path) -> None:
    edit(site, STORY, "  given: 2026-05-12", "  given: 2026-05-12\n  withdrawn: 2026-05-13")
    assert preview.rebuild().changed
    assert not page(preview, "stories/a-desk-of-her-own").exists()


def test_entries_with_errors_from_the_start_do_not_stop_the_preview(site: Path) -> None:
    edit(site, STORY, "learner:", "lerner:")
    preview = Preview(Options(site, base_url="http://127.0.0.1:8000/"))
    assert preview.rebuild().summary is not None
    edit(site, "content/pages/about.md", "title: About this catalogue", "title: About us")
    assert preview.rebuild().changed
    assert "About us" in page(preview, "about").read_text()
    edit(site, STORY, "lerner:", "learner:")
    preview.rebuild()
    assert page(preview, "stories/a-desk-of-her-own").is_file()


def test_a_broken_template_is_a_problem_with_a_location(preview: Preview, site: Path) -> None:
    (site / "themes/own/templates").mkdir(parents=True)
    (site / "themes/own/theme.yaml").write_text("extends: default\n")
    (site / "themes/own/templates/page.html").write_text("{% if %}")
    edit(site, "credsite.yaml", "\ntagline:", "\ntheme: own\ntagline:")
    outcome = preview.rebuild()
    assert [problem.code for problem in outcome.problems] == ["theme-error"]
    assert str(outcome.problems[0].location) == "themes/own/templates/page.html:1:1"
    assert outcome.summary is None


def test_wrong_settings_hide_no_problem_of_the_content_and_all_pages_stay(
    preview: Preview, site: Path
) -> None:
    build = preview.history.build_id
    edit(site, "credsite.yaml", "timezone: ", "timezone: Mars/")
    edit(site, STORY, "learner:", "lerner:")
    for _ in range(2):
        outcome = preview.rebuild()
        assert {problem.code for problem in outcome.problems} >= {"bad-time-zone", "unknown-key"}
        assert (outcome.summary, preview.history.build_id) == (None, build)
    fresh = Preview(Options(site))
    assert {problem.code for problem in fresh.rebuild().problems} >= {"bad-time-zone", "unknown-key"}
    edit(site, "credsite.yaml", "timezone: Mars/", "timezone: ")
    edit(site, STORY, "lerner:", "learner:")
    assert preview.rebuild().problems == ()


def test_missing_settings_are_a_failure_in_words(preview: Preview, site: Path) -> None:
    text = (site / "credsite.yaml").read_text()
    (site / "credsite.yaml").unlink()
    outcome = preview.rebuild()
    assert "There is no credsite.yaml" in outcome.failure
    assert not outcome.changed
    (site / "credsite.yaml").write_text(text)
    assert preview.rebuild().failure == ""


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OutputError("The folder is full."), "The folder is full."),
        (
            FileNotFoundError(2, "No such file", "content/a.jpg"),
            "content/a.jpg cannot be read or written: No such file. "
            "Something removed or renamed it while credsite was working. Try again.",
        ),
    ],
)
def test_errors_that_stop_a_build_are_reported(
    preview: Preview, monkeypatch: pytest.MonkeyPatch, error: Exception, said: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(preview_module, "write", fail)
    outcome = preview.rebuild()
    assert outcome.failure == said
    assert preview.is_ready


def test_files_that_did_not_change_are_not_parsed_again(
    preview: Preview, site: Path, parsed: list[str]
) -> None:
    for old, new in (("A Desk", "The Desk"), ("The Desk", "One Desk"), ("One Desk", "A Desk")):
        edit(site, STORY, f"title: {old}", f"title: {new}")
        preview.rebuild()
    assert parsed == [STORY, STORY, STORY]


def test_other_entries_come_from_the_cache_on_any_thread(
    preview: Preview, site: Path, parsed: list[str]
) -> None:
    again = Preview(Options(site, base_url="http://127.0.0.1:8000/"))
    again.rebuild()
    course = "content/courses/spreadsheets-for-beginners.md"
    edit(site, course, "title: Spreadsheets for Beginners", "title: Tables for All")
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(again.rebuild, [course]).result().changed
    assert "Tables for All" in page(preview, "stories/a-desk-of-her-own").read_text()
    assert parsed == [course]


@pytest.fixture
def taken_in(monkeypatch: pytest.MonkeyPatch) -> list[Options]:
    """For each time that all files of a site are looked at, how."""
    found: list[Options] = []
    load_sources = source_tracker.load_sources

    def counted(options: Options, known: SourceKeyCache, *, file_digests: StatCache) -> SourceSnapshot:
        found.append(options)
        return load_sources(options, known, file_digests=file_digests)

    monkeypatch.setattr(source_tracker, "load_sources", counted)
    return found


def test_only_the_files_that_changed_are_read(preview: Preview, site: Path, taken_in: list[Options]) -> None:
    edit(site, STORY, "title: A Desk of Her Own", "title: Her Desk")
    assert preview.rebuild([STORY]).changed
    assert "Her Desk" in page(preview, "stories/a-desk-of-her-own").read_text()
    edit(site, STORY, "learner:", "lerner:")
    assert {problem.location.path for problem in preview.rebuild([STORY]).problems} == {STORY}
    edit(site, STORY, "lerner:", "learner:")
    edit(site, STORY, "title: Her Desk", "title: Her Own Desk")
    assert preview.rebuild([STORY]).changed
    assert "Her Own Desk" in page(preview, "stories/a-desk-of-her-own").read_text()
    assert taken_in == []
    assert preview.built_signatures == source_signatures(site)


@pytest.mark.parametrize(
    "changed",
    [
        (),
        [""],
        [STORY, "credsite.yaml"],
        ["content/stories"],
        ["content/stories/new.md"],
        ["themes/x/theme.yaml"],
        ["static/robots.txt"],
    ],
    ids=str,
)
def test_other_changes_read_all_files(
    preview: Preview, site: Path, taken_in: list[Options], changed: list[str]
) -> None:
    edit(site, "content/pages/about.md", "title: About this catalogue", "title: About us")
    preview.rebuild(changed)
    assert len(taken_in) == 1
    assert "About us" in page(preview, "about").read_text()


@pytest.mark.parametrize("away", [True, False])
def test_a_removed_file_makes_all_files_be_read(
    preview: Preview, site: Path, taken_in: list[Options], away: bool
) -> None:
    (site / STORY).unlink()
    if not away:
        (site / STORY).mkdir()
    preview.rebuild([STORY])
    assert len(taken_in) == 1
    assert not page(preview, "stories/a-desk-of-her-own").exists()


def test_a_file_that_can_no_longer_be_read_is_reported(preview: Preview, site: Path) -> None:
    text = (site / STORY).read_bytes()
    (site / STORY).write_bytes(b"\xff")
    assert {problem.location.path for problem in preview.rebuild([STORY]).problems} == {STORY}
    (site / STORY).write_bytes(text)
    assert preview.rebuild([STORY]).problems == ()


def test_a_damaged_cache_is_noticed(site: Path) -> None:
    options = Options(site, base_url="http://127.0.0.1:8000/")
    assert Preview(options).rebuild().notice == ""
    (site / FOLDER / FILE).write_bytes(b"no database")
    preview = Preview(options)
    outcome = preview.rebuild()
    assert outcome.summary is not None
    assert outcome.notice == CACHE_REBUILT
    assert preview.rebuild().notice == ""


def test_a_notice_is_printed_once(capsys: pytest.CaptureFixture[str]) -> None:
    report = _result_printer(Path(), "http://127.0.0.1:8000/")
    for notice in ("", CACHE_NOT_WRITTEN, CACHE_NOT_WRITTEN, ""):
        report(RebuildResult((), WriteSummary(1, 0, 0, 0), 0.1, notice=notice))
    assert capsys.readouterr().err == f"{CACHE_NOT_WRITTEN}\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: A Desk of Her Own", "title: A Desk of Her Own, at Last"),
        ("summary: ", "summary: In short, "),
        ("\n---\n", "\n---\n\nA first sentence.\n\n## A heading\n\n"),
    ],
)
def test_a_changed_text_does_not_rebuild_the_catalogue(
    preview: Preview, site: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str
) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError("the catalogue was built anew")

    monkeypatch.setattr("credsite.build.planning.build_catalogue", never)
    edit(site, STORY, old, new)
    outcome = preview.rebuild()
    assert outcome.changed
    assert outcome.problems == ()
    text = new.partition(": ")[2] or "A first sentence."
    assert text in page(preview, "stories/a-desk-of-her-own").read_text()


def test_data_files_keep_their_names_when_they_change(preview: Preview, site: Path) -> None:
    data = preview.folder / "data"
    before = {path: path.read_text() for path in data.rglob("*.json")}
    assert {path.relative_to(data).as_posix() for path in before} == {
        "catalogue.json", "courses.json", "cards/0.json", "search/0.json", "stories.json"
    }  # fmt: skip
    edit(site, STORY, "title: A Desk of Her Own", "title: A Desk of Her Own, at Last")
    preview.rebuild()
    after = {path: path.read_text() for path in data.rglob("*.json")}
    assert after.keys() == before.keys()
    assert {path.name for path in after if after[path] != before[path]} == {"0.json", "stories.json"}
    assert all("at Last" in after[data / name] for name in ("search/0.json", "stories.json"))
    (site / "content/pages/guide.md").write_text(
        "---\ntitle: Guide\nsummary: G.\ntemplate: guide\n---\nOld.\n"
    )
    preview.rebuild()
    edit(site, "content/pages/guide.md", "Old.", "New words.")
    preview.rebuild()
    assert "New words." in (data / "search/0.json").read_text()


def test_open_pages_are_written_first_and_announced_before_the_rest(preview: Preview, site: Path) -> None:
    course = "content/courses/spreadsheets-for-beginners.md"
    seen: list[tuple[bool, bool]] = []

    def told() -> None:
        pages = [page(preview, path).read_text() for path in ("pathways/clinic-office", "courses")]
        seen.append(("Tables for All" in pages[0], "Tables for All" in pages[1]))

    edit(site, course, "title: Spreadsheets for Beginners", "title: Tables for All")
    preview.rebuild([course], open_pages=OpenPages(["pathways/clinic-office/", "nowhere/"], told))
    assert seen == [(True, False)]
    assert "Tables for All" in page(preview, "courses").read_text()


def test_open_pages_are_written_first_when_all_files_are_read_too(preview: Preview, site: Path) -> None:
    seen: list[tuple[bool, bool]] = []

    def told() -> None:
        pages = [page(preview, path).read_text() for path in ("stories", "courses")]
        seen.append(("Courses of Exampleton" in pages[0], "Courses of Exampleton" in pages[1]))

    edit(site, "credsite.yaml", "title: Example Short Courses", "title: Courses of Exampleton")
    preview.rebuild(["credsite.yaml"], open_pages=OpenPages(["stories/"], told))
    assert seen == [(True, False)]
    assert "Courses of Exampleton" in page(preview, "courses").read_text()


def test_an_unexpected_error_does_not_end_the_preview(
    preview: Preview, site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    outcomes: list[RebuildResult] = []
    told: list[str] = []

    async def scenario() -> None:
        events: asyncio.Queue[Event] = asyncio.Queue()
        building = asyncio.create_task(
            rebuild_on_changes(
                preview, events, outcomes.append, tuple, lambda: told.append(preview.problems.id)
            )
        )
        for number in (1, 2):
            edit(site, STORY, "title: ", "title: Again, ")
            events.put_nowait(Event("closed", STORY))
            while len(outcomes) < number:
                await asyncio.sleep(0.01)
            monkeypatch.undo()
        building.cancel()

    monkeypatch.setattr(preview_module, "write", lambda *_, **__: 1 / 0)
    run(scenario)
    assert isinstance(outcomes[0].crash, ZeroDivisionError)
    assert "This is a fault of credsite itself" in outcomes[0].failure
    assert told[0] != ""
    assert outcomes[1].crash is None
    assert preview.problems.id == ""
    assert "Again, Again, A Desk" in page(preview, "stories/a-desk-of-her-own").read_text()
    _result_printer(site, "http://127.0.0.1:8000/")(outcomes[0])
    said = capsys.readouterr().err
    assert "Please report it" in said
    assert "Traceback" not in said


def test_browsers_are_not_notified_early_if_their_page_is_not_written(preview: Preview, site: Path) -> None:
    def never() -> None:
        raise AssertionError("told")

    edit(site, STORY, "title: A Desk of Her Own", "title: Her Desk")
    assert preview.rebuild([STORY], open_pages=OpenPages(["about/"], never)).changed


def test_the_result_names_the_page_of_the_saved_file(preview: Preview, site: Path) -> None:
    edit(site, STORY, "title: A Desk of Her Own", "title: Her Desk")
    assert preview.rebuild([STORY]).page == "stories/a-desk-of-her-own/"
    edit(site, STORY, "title: Her Desk", "title: A Desk")
    assert preview.rebuild([STORY, "content/pages/about.md"]).page == ""
    assert preview.rebuild(["credsite.yaml"]).page == ""


def test_a_moved_page_is_redirected(preview: Preview, site: Path) -> None:
    about = site / "content/pages/about.md"
    text = about.read_text()
    for slug in ("us", "who-we-are"):
        about.write_text(text.replace("---\n", f"---\nslug: {slug}\n", 1))
        preview.rebuild()
    assert preview.redirects == {"about/": "us/", "us/": "who-we-are/"}
    about.write_text(text)
    preview.rebuild()
    assert preview.redirects == {"us/": "who-we-are/", "who-we-are/": "about/"}


def test_a_link_to_a_removed_heading_is_a_problem(preview: Preview, site: Path) -> None:
    edit(site, STORY, "\n---\n", "\n---\n\n## Here\n\n")
    edit(site, "content/pages/about.md", "\n---\n", "\n---\n\nSee [this](story:a-desk-of-her-own#here).\n\n")
    assert preview.rebuild().problems == ()
    edit(site, STORY, "## Here", "## There")
    assert [problem.code for problem in preview.rebuild().problems] == ["broken-link"]
    edit(site, STORY, "## There", "## Here")
    assert preview.rebuild().problems == ()


@pytest.fixture
def illustrated(site: Path) -> Preview:
    """A preview of the site with two images, which are old enough that they need not be read again."""
    for name in (IMAGE, OTHER_IMAGE):
        (site / name).write_text('<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>')
    with (site / STORY).open("a") as stream:
        stream.write("\n![A desk](desk.svg)\n\n![A chair](chair.svg)\n")
    time.sleep(0.2)
    built = Preview(Options(site, base_url="http://127.0.0.1:8000/"))
    assert built.rebuild().problems == ()
    return built


def test_images_that_did_not_change_are_not_read_again(
    illustrated: Preview, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[bytes] = []
    digested: list[bytes] = []

    def inspecting(data: bytes, is_svg: bool) -> Inspection:
        read.append(data)
        return inspected(data, is_svg)

    def digesting(data: bytes) -> str:
        digested.append(data)
        return digest(data)

    monkeypatch.setattr(images, "inspected", inspecting)
    monkeypatch.setattr(images, "digest", digesting)
    edit(site, STORY, "title: A Desk of Her Own", "title: Her Desk")
    assert illustrated.rebuild([STORY]).changed
    assert illustrated.rebuild().problems == ()
    assert (read, digested) == ([], [])
    changed = (site / IMAGE).read_bytes().replace(b"4", b"5")
    (site / IMAGE).write_bytes(changed)
    assert illustrated.rebuild([IMAGE]).changed
    assert (read, digested) == ([changed], [changed])
    assert 'width="5"' in page(illustrated, "stories/a-desk-of-her-own").read_text()


def test_an_image_that_becomes_a_link_is_a_problem_until_it_is_a_file_again(
    illustrated: Preview, site: Path
) -> None:
    data = (site / OTHER_IMAGE).read_bytes()
    (site / OTHER_IMAGE).unlink()
    (site / OTHER_IMAGE).symlink_to(site / IMAGE)
    for changed in ([OTHER_IMAGE], [], [STORY]):
        assert {problem.code for problem in illustrated.rebuild(changed).problems} == {"symbolic-link"}
    (site / OTHER_IMAGE).unlink()
    (site / OTHER_IMAGE).write_bytes(data)
    assert illustrated.rebuild([OTHER_IMAGE]).problems == ()


def test_an_image_that_breaks_is_a_problem_until_it_is_fixed(illustrated: Preview, site: Path) -> None:
    data = (site / IMAGE).read_bytes()
    (site / IMAGE).write_bytes(b"x" * len(data))
    for changed in ([IMAGE], [], [STORY]):
        assert {problem.code for problem in illustrated.rebuild(changed).problems} == {"image-unreadable"}
    (site / IMAGE).write_bytes(data)
    assert illustrated.rebuild([IMAGE]).problems == ()


def test_a_fault_at_one_entry_is_its_problem_and_the_pages_stay(
    preview: Preview, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = ViewBuilder.entry

    def fail(builder: ViewBuilder, record: Record) -> object:
        if record.path == STORY:
            raise ArithmeticError("nobody knows")
        return real(builder, record)

    before = page(preview, "stories/a-desk-of-her-own").read_bytes()
    monkeypatch.setattr(ViewBuilder, "entry", fail)
    edit(site, STORY, "title: ", "title: Again, ")
    edit(site, "content/pages/about.md", "title: About this catalogue", "title: About us")
    outcome = preview.rebuild()
    assert [(one.code, one.location.path) for one in outcome.problems] == [("internal-fault", STORY)]
    assert outcome.crash is None
    assert page(preview, "stories/a-desk-of-her-own").read_bytes() == before
    monkeypatch.undo()
    assert preview.rebuild([STORY]).problems == ()
    assert "Again, A Desk" in page(preview, "stories/a-desk-of-her-own").read_text()
    assert "About us" in page(preview, "about").read_text()


def test_a_fault_at_one_entry_from_the_beginning_leaves_it_out(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = ViewBuilder.entry

    def fail(builder: ViewBuilder, record: Record) -> object:
        if record.path == STORY:
            raise ArithmeticError("nobody knows")
        return real(builder, record)

    monkeypatch.setattr(ViewBuilder, "entry", fail)
    started = Preview(Options(site, base_url="http://127.0.0.1:8000/"))
    outcome = started.rebuild()
    assert [(one.code, one.location.path) for one in outcome.problems] == [("internal-fault", STORY)]
    assert started.is_ready
    assert page(started, "about").exists()
    assert not page(started, "stories/a-desk-of-her-own").exists()
