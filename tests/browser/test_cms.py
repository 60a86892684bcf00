"""The form in the browser: a course is edited through it in a copy of the repository, and `check` is content.

The copy lies in the browser's private file system, whose folders are of the same kind as those that a visitor chooses.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from credsite.authoring.editors.sveltia import PACKAGES
from credsite.schema.front_matter import split_front_matter
from credsite.schema.yaml import loader
from tests.support.cli import run_credsite
from tests.support.paths import STARTER
from tests.support.server import ServedSite, serve
from tests.support.tools import TOOLS, package_file

COURSE = "content/courses/first-aid-at-work.md"
OTHER = "content/courses/reception-in-a-clinic.md"
STORY = "content/stories/a-desk-of-her-own.md"
OTHERS = (
    "content/pathways/clinic-office.md",
    "content/providers/example-college.md",
    "content/industries/business.md",
    "content/pages/about.md",
)
WAIT = 15_000
CHOOSE = """
window.showDirectoryPicker = async () => (await navigator.storage.getDirectory()).getDirectoryHandle('site');
"""
FILL = """async (files) => {
  const site = await (await navigator.storage.getDirectory()).getDirectoryHandle('site', {create: true});
  for (const [path, text] of Object.entries(files)) {
    const names = path.split('/');
    const name = names.pop();
    let folder = site;
    for (const part of names) folder = await folder.getDirectoryHandle(part, {create: true});
    const file = await (await folder.getFileHandle(name, {create: true})).createWritable();
    await file.write(text);
    await file.close();
  }
}"""
READ = """async (path) => {
  const names = path.split('/');
  const name = names.pop();
  let folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('site');
  for (const part of names) folder = await folder.getDirectoryHandle(part);
  return (await (await folder.getFileHandle(name)).getFile()).text();
}"""


# The form makes a control only when its place comes into view.
SHOW = """key => {
  const found = document.querySelector(`section[data-key-path="${key}"]`);
  const last = [...document.querySelectorAll("section[data-key-path]")].at(-1);
  (found ?? last)?.scrollIntoView({block: "center"});
  return found !== null;
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with its form, built."""
    starter = STARTER
    folder = Path(shutil.copytree(starter, tmp_path_factory.mktemp("form") / "site"))
    settings = folder / "credsite.yaml"
    settings.write_text(settings.read_text().replace("courses.example", "courses.test"))
    packages = [part for package in PACKAGES for part in ("--package", TOOLS / package_file(package))]
    assert run_credsite("cms", folder, *packages).exit_code == 0
    assert run_credsite("build", folder).exit_code == 0
    return folder


@pytest.fixture(scope="module")
def served(site: Path) -> Iterator[ServedSite]:
    with serve(site / "public") as found:
        yield found


@pytest.fixture(scope="module")
def form(browser: Browser, site: Path, served: ServedSite) -> Iterator[Page]:
    """The form, with the site's files opened in it. It must ask no other host for anything."""
    files = {path.relative_to(site).as_posix(): path.read_text() for path in site.glob("content/**/*.md")}
    asked: list[str] = []
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    context.set_default_timeout(WAIT)
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    page.add_init_script(CHOOSE)
    page.goto(served.address("robots.txt"))
    page.evaluate(FILL, {**files, ".git/HEAD": "ref: refs/heads/main\n"})
    page.goto(served.address("admin/"))
    page.get_by_role("button", name="Work with Local Repository").click()
    expect(page.get_by_text("First aid at work")).to_be_visible(timeout=WAIT)
    yield page
    context.close()
    assert [url for url in asked if not url.startswith((served.url, "blob:", "data:"))] == []


def address(path: str) -> tuple[str, str]:
    """Where the form shows the list that a file is in, and the file itself."""
    folder, name = path.removeprefix("content/").removesuffix(".md").split("/")
    return f"#/collections/{folder}", f"#/collections/{folder}/entries/{name}"


def opened(form: Page, path: str) -> Page:
    """The form at one entry."""
    form.evaluate("hash => { location.hash = hash; }", address(path)[1])
    expect(form.get_by_role("button", name="Save")).to_be_visible(timeout=WAIT)
    return form


def section(form: Page, key: str) -> Any:
    """The part of the form for a key."""
    form.wait_for_function(SHOW, arg=key, timeout=WAIT)
    return form.locator(f'section[data-key-path="{key}"]')


def saved(form: Page, path: str, word: str) -> str:
    """What is in the file once it holds ``word``."""
    form.get_by_role("button", name="Save").click()
    # While the file is being written, it cannot be read.
    code = f"([path, word]) => ({READ})(path).then(text => text.includes(word), () => false)"
    form.wait_for_function(code, arg=[path, word], timeout=WAIT)
    # Then the form goes back to the list by itself, and would take away what is opened before it has.
    form.wait_for_function("hash => location.hash === hash", arg=address(path)[0], timeout=WAIT)
    expect(form.get_by_role("grid", name="Entries")).to_be_visible(timeout=WAIT)
    return str(form.evaluate(READ, path))


def values(text: str) -> dict[str, Any]:
    found, problems = loader.load_yaml(split_front_matter(text).yaml, "")
    assert problems == []
    return dict(found)


def test_a_course_is_edited(form: Page, site: Path) -> None:
    before = (site / COURSE).read_text()
    opened(form, COURSE)
    section(form, "title").get_by_role("textbox").fill("First aid: every day")
    section(form, "price").get_by_role("textbox").fill("150 CAD")
    section(form, "reviewed_at").locator("input").fill("2026-11-20")
    section(form, "outcomes").get_by_role("button", name=re.compile(r"Add\W+Outcome")).click()
    section(form, "outcomes").get_by_role("textbox").last.fill("Stay calm: it's #1")
    after = saved(form, COURSE, "every day")
    assert values(after) == {
        **values(before),
        "title": "First aid: every day",
        "price": "150 CAD",
        "reviewed_at": "2026-11-20",
        "outcomes": [*values(before)["outcomes"], "Stay calm: it's #1"],
        "draft": "false",
        "featured": values(before).get("featured", "false"),
    }
    assert split_front_matter(after).body.strip() == split_front_matter(before).body.strip()
    (site / COURSE).write_text(after)
    checked = run_credsite("check", site)
    assert (checked.exit_code, checked.stdout) == (0, "No problems.\n")


def test_what_the_form_writes_of_other_kinds_is_right_too(form: Page, site: Path) -> None:
    for path in OTHERS:
        before = values((site / path).read_text())
        opened(form, path)
        title = section(form, "title").get_by_role("textbox")
        expect(title).to_have_value(before["title"], timeout=WAIT)
        title.fill(f"{before['title']} again")
        after = saved(form, path, "again")
        usual = {"draft": "false", "featured": "false"}
        assert values(after) == {**usual, **before, "title": f"{before['title']} again"}
        (site / path).write_text(after)
    assert run_credsite("check", site).stdout == "No problems.\n"


def test_a_story_gets_another_course(form: Page, site: Path) -> None:
    opened(form, STORY)
    section(form, "courses").locator('button[value="first-aid-at-work"]').click()
    after = saved(form, STORY, "first-aid-at-work")
    assert values(after)["courses"] == [*values((site / STORY).read_text())["courses"], "first-aid-at-work"]


def test_what_check_would_refuse_is_not_saved(form: Page, site: Path) -> None:
    opened(form, OTHER)
    section(form, "price").get_by_role("textbox").fill("cheap")
    form.get_by_role("button", name="Save").click()
    expect(section(form, "price").get_by_text("such as `495 CAD` or `free`")).to_be_visible(timeout=WAIT)
    assert form.evaluate(READ, OTHER) == (site / OTHER).read_text()
