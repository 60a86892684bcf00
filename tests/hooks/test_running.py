"""What hooks add to a website and find in its content, in builds, in worker processes and in the preview."""

from __future__ import annotations

import json
import pickle
import re
from datetime import datetime
from pathlib import Path

import pytest

from credsite.build.analysis import analyse
from credsite.build.options import Options
from credsite.build.pipeline import build, differences
from credsite.build.result import BuildResult
from credsite.problems.model import Severity
from credsite.serve.preview import Preview
from tests.hooks.conftest import WriteHooks
from tests.support.cli import Run

NOW = datetime(2027, 1, 15)
TITLES = """\
@hook
def credsite_outputs():
    return OutputHook("titles", titles, kinds=["course"], settings=["title"], files=["hooks/a.txt"])

def titles(site):
    titles = [site.setting("title"), site.read("hooks/a.txt").decode(), *(one.title for one in site.entries("course"))]
    yield "own/titles.txt", "\\n".join(titles)
"""
LONG = """\
@hook
def credsite_checks():
    return CheckHook("own-long", long, "A title is long.", SEVERITY, kinds=["course"])

def long(site):
    for one in site.entries("course"):
        if len(one.title) > 20:
            yield HookFinding("Shorten it.", one, "title")
"""
SHOUT = "@hook\ndef credsite_filters():\n    return {'shout': shout}\n\ndef shout(text):\n    return text.upper() + '<b>'\n"


@pytest.fixture
def hooked(write_hooks: WriteHooks) -> Path:
    site = write_hooks(TITLES)
    (site / "hooks").mkdir()
    (site / "hooks/a.txt").write_text("first")
    return site


def options(site: Path, **values: object) -> Options:
    return Options(site, now=NOW, jobs=1, **values)  # type: ignore[arg-type]


def titles(site: Path) -> list[str]:
    return (site / "public/own/titles.txt").read_text(encoding="utf-8").splitlines()


def messages(result: BuildResult) -> list[tuple[str, str]]:
    return [(one.location.path, one.message) for one in result.problems if one.severity is Severity.ERROR]


def test_an_output_follows_all_that_it_has_declared(hooked: Path) -> None:
    course, settings = hooked / "content/courses/first-aid-at-work.md", hooked / "credsite.yaml"
    build(options(hooked))
    first = titles(hooked)
    assert first[1:3] == ["first", "First Aid at Work"]
    assert build(options(hooked)).summary.written == 0  # type: ignore[union-attr]
    edit(course, "title: First Aid at Work", "title: Other Title")
    edit(hooked / "hooks/a.txt", "first", "second")
    edit(settings, f"title: {first[0]}", "title: New")
    build(options(hooked))
    assert titles(hooked) == ["New", "second", "Other Title", *first[3:]]
    edit(course, "title: Other Title", "title: Other Title\ndraft: true")
    edit(hooked / "hooks.py", 'site.setting("title")', '"Own"')
    assert messages(build(options(hooked))) == []
    assert titles(hooked) == ["Own", "second", *first[3:]]
    assert differences(NOW, options(hooked)) == []


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_a_withdrawn_story_leaves_an_output_even_if_something_else_is_wrong(hooked: Path) -> None:
    hooks = (hooked / "hooks.py").read_text(encoding="utf-8")
    (hooked / "hooks.py").write_text(hooks.replace('"course"', '"story"'), encoding="utf-8")
    (story,) = (hooked / "content/stories").glob("*.md")
    text = story.read_text(encoding="utf-8")
    build(options(hooked))
    assert len(titles(hooked)) == 3
    story.write_text(re.sub(r"(?m)^( *)given: .*", r"\g<0>\n\1withdrawn: 2027-01-10", text), encoding="utf-8")
    (hooked / "content/courses/wrong.md").write_text("---\ntitle: Wrong\n---\n", encoding="utf-8")
    result = build(options(hooked))
    assert result.report is None
    assert result.withdrawal is not None
    assert len(titles(hooked)) == 2


def test_what_a_hook_prints_is_no_part_of_a_report(hooked: Path, write_hooks: WriteHooks, run: Run) -> None:
    write_hooks("print('loaded')\n" + TITLES.replace("def titles(site):", "def titles(site):\n    print(1)"))
    result = run("check", hooked, "-f", "json")
    assert json.loads(result.stdout)["problems"] == []
    assert result.stderr == "loaded\n1\n"


def test_a_hook_that_changes_the_working_folder_moves_no_output(
    hooked: Path, write_hooks: WriteHooks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    write_hooks(
        f"import os\nos.chdir({str(tmp_path / 'elsewhere')!r})\n@hook\ndef credsite_outputs():\n    return OutputHook('a', make)\n\n"
        "def make(site):\n    os.chdir('..')\n    yield 'a.txt', 'x'\n"
    )
    monkeypatch.chdir(hooked)
    assert messages(build(options(Path(), no_cache=True))) == []
    assert (hooked / "public/a.txt").is_file()


def test_an_output_that_is_gone_is_removed(hooked: Path, write_hooks: WriteHooks) -> None:
    build(options(hooked))
    assert titles(hooked)
    write_hooks(SHOUT)
    build(options(hooked))
    assert not (hooked / "public/own").exists()


@pytest.mark.parametrize(
    ("yielded", "message"),
    [
        ("'../out.txt', 'x'", "wants to write to `../out.txt`. Write a path in the output folder"),
        ("'/out.txt', 'x'", "wants to write to `/out.txt`."),
        ("'a/./b', 'x'", "wants to write to `a/./b`."),
        ("'.hidden/a', 'x'", "The name `.hidden` begins with a dot."),
        ("'COM1', 'x'", "means a device on Windows"),
        ("'index.html', 'x'", "The address /index.html is already that of a page that credsite makes. Have the hook write"),
        ("'sitemap.xml/a', 'x'", "The address /sitemap.xml/a is already that of"),
        ("'a.txt', 1", "has to yield pairs of a path and its content"),
        ("'a.txt'", "has to yield pairs of a path and its content"),
    ],
)  # fmt: skip
def test_an_output_cannot_be_anywhere(
    hooked: Path, write_hooks: WriteHooks, yielded: str, message: str
) -> None:
    write_hooks(
        f"@hook\ndef credsite_outputs():\n    return OutputHook('bad', bad)\n\ndef bad(site):\n    yield {yielded}\n"
    )
    (found,) = messages(build(options(hooked, no_cache=True)))
    assert found[0] == "hooks.py"
    assert message in found[1]
    assert not (hooked / "public").exists()
    assert not (hooked / "out.txt").exists()


def test_a_check_finds_problems_with_lines_and_its_severity_can_be_set(
    hooked: Path, write_hooks: WriteHooks, run: Run
) -> None:
    write_hooks(LONG.replace("SEVERITY", '"advice"'))
    course = hooked / "content/courses/first-aid-at-work.md"
    text = course.read_text(encoding="utf-8").replace(
        "title: First Aid at Work", "title: First Aid at Work\ndraft: true"
    )
    course.write_text(text.replace("First Aid at Work", "First Aid at Work and Elsewhere"), encoding="utf-8")
    report = json.loads(run("check", hooked, "-f", "json").stdout)
    (found,) = (one for one in report["problems"] if "first-aid" in one["path"] and one["code"] == "own-long")
    assert (found["line"], found["severity"], found["message"]) == (2, "advice", "Shorten it.")
    sarif = json.loads(run("check", hooked, "-f", "sarif").stdout)["runs"][0]
    (result, *_) = (one for one in sarif["results"] if one["ruleId"] == "own-long")
    assert sarif["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "own-long"
    assert run("check", hooked, "--code", "own-long").stdout.count("Shorten it.") > 1
    assert "A title is long." in run("check", hooked, "--explain", "own-long").stdout
    assert "no check of your hooks" in run("check", hooked, "--explain", "own-log").stderr.lower()
    settings = (hooked / "credsite.yaml").read_text(encoding="utf-8")
    (hooked / "credsite.yaml").write_text(f"{settings}problems: {{own-long: error}}\n", encoding="utf-8")
    assert run("check", hooked).exit_code == 1
    result = build(options(hooked, keep_going=True))
    assert result.report is not None
    assert "content/courses/first-aid-at-work.md" in result.report.invalid_entries
    (hooked / "credsite.yaml").write_text(f'{settings}problems: {{own-long: "off"}}\n', encoding="utf-8")
    assert "own-long" not in run("check", hooked).stdout


@pytest.mark.parametrize("yielded", ["'x'", "HookFinding('')", "HookFinding(3)"])
def test_what_is_no_finding_is_refused(hooked: Path, write_hooks: WriteHooks, yielded: str) -> None:
    write_hooks(
        f"@hook\ndef credsite_checks():\n    return CheckHook('own-x', x, 'Meaning.')\n\ndef x(site):\n    yield {yielded}\n"
    )
    (found,) = messages(build(options(hooked, no_cache=True)))
    assert found == ("hooks.py", "The check `own-x` has to yield a `HookFinding` with a message.")


@pytest.mark.parametrize(
    ("finding", "message"),
    [
        ("HookFinding('Fix it.', 5)", "The `entry` of a finding of `own-x` is one that"),
        ("HookFinding('Fix it.', key=5)", "The `key` of a finding of `own-x` is a text"),
        ("HookFinding('Fix it.', key=[['a']])", "The `key` of a finding of `own-x` is a text"),
        ("HookFinding('Fix it.', key=('sessions', None))", "The `key` of a finding of `own-x` is a text"),
        ("HookFinding('Fix it.', path=5)", "The `path` of a finding of `own-x` is that of a file"),
        ("HookFinding('Fix it.', path='/etc/hosts')", "The `path` of a finding of `own-x` is that of a file"),
        ("HookFinding('Fix it.', path='../a')", "The `path` of a finding of `own-x` is that of a file"),
    ],
)
def test_a_finding_is_about_something_in_the_site(
    hooked: Path, write_hooks: WriteHooks, finding: str, message: str
) -> None:
    write_hooks(
        f"@hook\ndef credsite_checks():\n    return CheckHook('own-x', x, 'Meaning.')\n\ndef x(site):\n    yield {finding}\n"
    )
    (found,) = messages(build(options(hooked, no_cache=True)))
    assert found[0] == "hooks.py"
    assert found[1].startswith(message)


@pytest.mark.parametrize("hook", ["credsite_outputs", "credsite_checks"])
@pytest.mark.parametrize("given", ["None", "5", "'text'", "{'a.txt': 'x'}"])
def test_what_gives_no_series_is_refused_with_its_line(
    hooked: Path, write_hooks: WriteHooks, hook: str, given: str
) -> None:
    what = "OutputHook('x', x)" if hook == "credsite_outputs" else "CheckHook('own-x', x, 'Meaning.')"
    write_hooks(f"@hook\ndef {hook}():\n    return {what}\n\ndef x(site):\n    return {given}\n")
    result = build(options(hooked, no_cache=True))
    (found,) = messages(result)
    assert "has to `yield` something or to return a list" in found[1]


@pytest.fixture
def with_filter(hooked: Path, write_hooks: WriteHooks) -> Path:
    """A site whose theme writes the titles of pages with a filter of its own."""
    write_hooks(SHOUT)
    templates = hooked / "themes/own/templates"
    templates.mkdir(parents=True)
    (hooked / "themes/own/theme.yaml").write_text("extends: default\n")
    page = '{% extends "default/page.html" %}{% block content %}{{ page.head.title|shout }}{{ "a"|shout }}{% endblock %}'
    (templates / "page.html").write_text(page)
    with (hooked / "credsite.yaml").open("a", encoding="utf-8") as settings:
        settings.write("theme: own\n")
    return hooked


def test_filters_work_in_worker_processes(with_filter: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("credsite.core.parallel.MIN_ITEMS", {"fork": 1, "spawn": 1})
    assert messages(build(Options(with_filter, now=NOW, jobs=2, start_method="fork"))) == []
    page = (with_filter / "public/about/index.html").read_text(encoding="utf-8")
    assert "ABOUT" in page
    assert "A&lt;b&gt;" in page  # what a filter returns is escaped
    # What a process is sent that is not forked loads the hooks by itself.
    renderer = analyse(options(with_filter)).renderer
    assert renderer is not None
    (about,) = (one for one in pickle.loads(pickle.dumps(renderer)).all() if one.path == "about/index.html")
    assert about.rendered().data.decode() == page


def test_a_changed_filter_renders_again_and_a_failing_one_says_where(
    with_filter: Path, write_hooks: WriteHooks, run: Run
) -> None:
    build(options(with_filter))
    write_hooks(SHOUT.replace("<b>", "!"))
    build(options(with_filter))
    assert "A!" in (with_filter / "public/about/index.html").read_text(encoding="utf-8")
    write_hooks(SHOUT.replace("text.upper()", "text.nope()"))
    result = run("build", with_filter)
    assert result.exit_code == 1
    assert (
        "hooks.py\n\n  error    7:1  theme-error\n    The hook `shout` fails here: AttributeError"
        in result.output
    )


def test_the_preview_follows_hooks(hooked: Path) -> None:
    preview = Preview(Options(hooked, now=NOW))
    written = preview.folder / "own/titles.txt"
    preview.rebuild()
    assert "First Aid at Work" in written.read_text(encoding="utf-8")
    course = "content/courses/first-aid-at-work.md"
    text = (hooked / course).read_text(encoding="utf-8")
    (hooked / course).write_text(text.replace("title: First Aid at Work", "title: Other"), encoding="utf-8")
    preview.rebuild([course])
    assert "Other" in written.read_text(encoding="utf-8")
    (hooked / "hooks.py").write_text("1 / 0\n")
    result = preview.rebuild(["hooks.py"])
    assert [one.code for one in result.problems if one.severity is Severity.ERROR] == ["hook-failed"]
    assert result.failure == ""
    (hooked / "hooks.py").unlink()
    result = preview.rebuild(["hooks.py"])
    assert [one.location.path for one in result.problems if one.code == "bad-hook"] == ["credsite.yaml"]
