"""`credsite new`: a file that was not there, in the right place, that `check` accepts."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from credsite.build.analysis import analyse
from credsite.build.options import Options
from credsite.problems.model import Severity
from credsite.schema.kinds import CREATABLE, KINDS
from tests.authoring.test_scaffold import switched_on
from tests.support.cli import Run
from tests.support.paths import REPOSITORY


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    shutil.copyfile(REPOSITORY / "credsite.yaml", tmp_path / "credsite.yaml")
    shutil.copytree(REPOSITORY / "content", tmp_path / "content")
    return tmp_path


def needed(site: Path, kind: str) -> list[str]:
    """The options that a script has to give for an entry of a kind: those that choose."""

    def first(folder: str) -> str:
        return min(path.stem for path in (site / "content" / folder).glob("*.md"))

    match kind:
        case "course":
            options = {
                "provider": first("providers"), "industries": first("industries"), "delivery-modes": "online",
            }  # fmt: skip
        case "story":
            options = {"courses": first("courses")}
        case "pathway":
            options = {"steps-courses": first("courses")}
        case _:
            options = {}
    return [part for name, value in options.items() for part in (f"--{name}", value)]


def errors(site: Path) -> list[str]:
    found = analyse(Options(site, drafts=True))
    return [f"{each.location} {each.message}" for each in found.problems if each.severity is Severity.ERROR]


def test_every_kind_is_made_without_errors(site: Path, run: Run) -> None:
    for kind in CREATABLE:
        result = run("new", kind, "A new thing", *needed(site, kind), "--site", site)
        assert result.exit_code == 0
        path = site / "content" / KINDS[kind].folder / "a-new-thing.md"
        assert path.is_file()
        assert os.path.relpath(path) in result.stdout
    assert errors(site) == []


def test_every_kind_is_made_without_errors_in_the_sample(sample: Path, run: Run) -> None:
    before = errors(sample)
    for kind in CREATABLE:
        assert run("new", kind, "A new thing", *needed(sample, kind), "--site", sample).exit_code == 0
    assert errors(sample) == before == []


@pytest.mark.parametrize("kind", CREATABLE)
def test_every_key_can_be_switched_on_without_errors(site: Path, run: Run, kind: str) -> None:
    run("new", kind, "A new thing", *needed(site, kind), "--site", site)
    (path,) = site.glob("content/*/a-new-thing.md")
    path.write_text(switched_on(path.read_text()))
    # `credentials` are written in place of `credential`.
    assert [one for one in errors(site) if "There is a `credential` too" not in one] == []


def test_a_new_entry_is_not_published(site: Path, run: Run) -> None:
    run("new", "course", "A new thing", *needed(site, "course"), "--site", site)
    assert "content/courses/a-new-thing.md is a draft" in run("build", site).stdout
    assert not (site / "public/courses/a-new-thing").exists()


def test_a_name_that_is_taken_is_counted_on(site: Path, run: Run) -> None:
    old = site / "content/courses/first-aid-at-work.md"
    before = old.read_bytes()
    (site / "content/courses/nested").mkdir()
    (site / "content/courses/nested/first-aid-at-work-2.md").write_text("not even front matter")
    (site / "content/courses/other.md").write_text(f"---\nslug: first-aid-at-work-3\n---\n{'x' * 30_000}")
    (site / "content/courses/first-aid-at-work-4.md").mkdir()
    result = run("new", "course", "First aid at work", *needed(site, "course"), "--site", site)
    assert "first-aid-at-work-5.md" in result.stdout
    assert (site / "content/courses/first-aid-at-work-5.md").is_file()
    assert old.read_bytes() == before


def test_a_page_is_not_called_as_a_page_of_the_site_itself(site: Path, run: Run) -> None:
    for title in ("Courses", "Guides", "Skills"):
        assert run("new", "page", title, "--site", site).exit_code == 0
        assert (site / f"content/pages/{title.lower()}-2.md").is_file()
    assert errors(site) == []


def test_a_title_in_other_letters_gets_an_address_in_latin_letters(site: Path, run: Run) -> None:
    result = run("new", "page", "Ласкаво просимо", "--site", site)
    assert result.exit_code == 0
    assert "The title in the letters a to z is `laskavo-prosimo`. `--slug` gives" in result.stdout
    assert "laskavo-prosimo.md" in result.stdout
    assert (site / "content/pages/laskavo-prosimo.md").is_file()


def test_no_slug_means_a_device_on_windows(site: Path, run: Run) -> None:
    result = run("new", "page", "Controls", "--site", site, "--slug", "con")
    assert result.exit_code == 2
    assert "Windows" in result.stderr
    assert "con-2" in result.stderr
    assert run("new", "page", "Aux", "--site", site).exit_code == 0
    assert (site / "content/pages/aux-2.md").is_file()


def test_a_slug_can_be_given(site: Path, run: Run) -> None:
    assert run("new", "page", "Ласкаво просимо", "--site", site, "--slug", "welcome").exit_code == 0
    text = (site / "content/pages/welcome.md").read_text(encoding="utf-8")
    assert "\ntitle: Ласкаво просимо\n" in text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("page", "!?"), "--slug welcome"),
        (("page", "   "), "Give the entry a title."),
        (("page", "\u00ad\u200b"), "Give the entry a title."),
        (("page", "half \ud800"), "no page can show"),
        (("page", "bell \a"), "no page can show"),
        (("page", "About", "--slug", "about"), "`about` is taken. `about-2` is free."),
        (("page", "About", "--slug", "About Us"), "For instance: about-us"),
        (("page", "About", "--slug", "about\n"), "For instance: about"),
        (("page", "About", "--slug", "../about"), "For instance: about"),
        (("page", "About", "--slug", "a" * 101), "100 characters at most"),
        (("page",), "TITLE"),
        (("pgae", "About"), "pgae"),
    ],
)
def test_wrong_use_is_said_and_makes_nothing(
    site: Path, run: Run, arguments: tuple[str, ...], said: str
) -> None:
    before = sorted(site.rglob("*"))
    result = run("new", *arguments, "--site", site)
    assert result.exit_code == 2
    assert said in result.stderr.replace("\n", " ")
    assert sorted(site.rglob("*")) == before


def test_a_folder_that_is_no_site(tmp_path: Path, run: Run) -> None:
    result = run("new", "page", "About", "--site", tmp_path)
    assert result.exit_code == 2
    assert "There is no credsite.yaml" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_broken_settings_are_not_built_upon(site: Path, run: Run) -> None:
    (site / "credsite.yaml").write_text("title: x\nbase_url: nowhere\n")
    result = run("new", "page", "About us", "--site", site)
    assert result.exit_code == 2
    assert "`credsite check` says where" in result.stderr


def test_a_site_without_providers_is_told_to_make_one(site: Path, run: Run) -> None:
    shutil.rmtree(site / "content")
    result = run("new", "course", "A new thing", "--delivery-modes", "online", "--site", site)
    assert result.exit_code == 2
    assert 'create one first, with `credsite new provider "Its name"`' in result.stderr
    assert 'create one first, with `credsite new industry "Its name"`' in result.stderr
    assert not (site / "content").exists()
    run("new", "provider", "A college", "--site", site)
    run("new", "industry", "Healthcare", "--site", site)
    assert run("new", "course", "A newer thing", *needed(site, "course"), "--site", site).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "options"),
    [
        (("course",), ["TITLE", "--provider", "--industries", "--delivery-modes"]),
        (("course", "A new thing"), ["--provider", "--industries", "--delivery-modes"]),
        (("course", "A new thing", "--industries", "business"), ["--provider", "--delivery-modes"]),
        (("course", "A new thing", "--set", "industries=[business]"), ["--provider", "--delivery-modes"]),
        (("story", "A new thing"), ["--courses"]),
        (("pathway", "A new thing"), ["--steps-courses"]),
    ],
)
def test_a_script_must_say_what_is_chosen(
    site: Path, run: Run, arguments: tuple[str, ...], options: list[str]
) -> None:
    before = sorted(site.rglob("*"))
    result = run("new", *arguments, "--site", site)
    assert result.exit_code == 2
    lines = [line.split()[0] for line in result.stderr.splitlines() if line.startswith("  ")]
    assert lines == options
    assert ("It can be: business, healthcare." in result.stderr) == ("--industries" in options)
    assert ("It can be: online, in-person" in result.stderr) == ("--delivery-modes" in options)
    assert sorted(site.rglob("*")) == before


def test_what_is_still_to_be_written_is_an_error_where_it_would_be_published(site: Path, run: Run) -> None:
    run("new", "course", "A new thing", *needed(site, "course"), "--site", site)
    path = site / "content/courses/a-new-thing.md"
    assert "placeholder-text" not in run("check", site).stdout
    path.write_text(path.read_text().replace("draft: true\n", ""))
    checked = run("check", site)
    assert checked.exit_code == 1
    assert checked.stdout.count("placeholder-text\n") == 4


def test_a_folder_that_leads_out_of_the_site_is_refused(site: Path, run: Run, tmp_path: Path) -> None:
    shutil.rmtree(site / "content/pages")
    (tmp_path / "elsewhere").mkdir()
    (site / "content/pages").symlink_to(tmp_path / "elsewhere")
    assert run("new", "page", "About us", "--site", site).exit_code == 2
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_file_that_cannot_be_read_is_no_hindrance(site: Path, run: Run) -> None:
    (site / "content/providers/gone.md").symlink_to(site / "content/providers/nowhere.md")
    (site / "content/courses/gone.md").symlink_to(site / "content/courses/nowhere.md")
    assert run("new", "course", "Gone", *needed(site, "course"), "--site", site).exit_code == 0
    assert (site / "content/courses/gone-2.md").is_file()


def test_a_folder_that_cannot_be_made_is_said(site: Path, run: Run) -> None:
    shutil.rmtree(site / "content/pages")
    (site / "content/pages").write_text("a file")
    result = run("new", "page", "About us", "--site", site)
    assert result.exit_code == 2
    assert "cannot be created" in result.stderr
