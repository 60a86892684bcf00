"""`credsite new` on a terminal: asked for what is needed, helped with what is misspelt, and never left with half a file."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from credsite.authoring.editors.choices import Choice
from credsite.cli import main, new, new_values
from tests.cli.test_new import errors
from tests.cli.test_new_values import made
from tests.support.cli import Run

Ask = Callable[..., Result]


@pytest.fixture
def ask(site: Path, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Runs `credsite new` as on a terminal, with one answer a line. After the last, the terminal is closed."""
    monkeypatch.setattr(new, "can_ask", lambda: True)

    def run(arguments: tuple[str, ...], *answers: str) -> Result:
        given = "".join(f"{answer}\n" for answer in answers)
        return CliRunner().invoke(main, ["new", *arguments, "--site", str(site)], input=given)

    return run


def test_what_is_needed_is_asked_for(site: Path, ask: Ask) -> None:
    result = ask(("course",), "A new thing", "What it is", "", "2, business", "online, 4")
    assert result.exit_code == 0, result.output
    assert "healthcare  Healthcare" in result.output
    values = made(site, "a-new-thing")
    assert (values["title"], values["summary"]) == ("A new thing", "What it is")
    assert values["provider"] == "example-college"
    assert values["industries"] == ["healthcare", "business"]
    assert values["delivery_modes"] == ["online", "hybrid"]
    assert errors(site) == []


def test_what_is_given_is_not_asked_for(site: Path, ask: Ask) -> None:
    options = ("--summary", "x", "--industries", "business", "--set", "delivery_modes=[online]")
    result = ask(("course", "A new thing", *options), "Example College")
    assert result.exit_code == 0
    assert result.output.count("> ") == 1


def test_a_text_may_wait_and_a_title_may_not(site: Path, ask: Ask) -> None:
    result = ask(("page",), "", "  ", "half \a", "A new thing", "")
    assert result.exit_code == 0
    assert result.output.count("Give the entry a title.") == 2
    assert made(site, "a-new-thing")["summary"] == "Not written yet"


def test_a_title_in_other_letters_shows_its_address_first_which_can_be_changed(site: Path, ask: Ask) -> None:
    result = ask(("page",), "Ласкаво просимо", "About us", "about", "welcome", "x")
    assert result.exit_code == 0
    assert "Press Enter for laskavo-prosimo, or type another." in result.output
    assert made(site, "welcome")["title"] == "Ласкаво просимо"
    assert ask(("page",), "Ласкаво просимо", "", "x").exit_code == 0
    assert made(site, "laskavo-prosimo")["title"] == "Ласкаво просимо"
    assert "Press Enter for laskavo-prosimo-2," in ask(("page",), "Ласкаво просимо", "", "x").output


def test_a_title_without_letters_needs_a_name_for_the_file(site: Path, ask: Ask) -> None:
    assert ask(("page",), "?!", "", "welcome", "x").exit_code == 0
    assert made(site, "welcome")["title"] == "?!"


def test_wrong_answers_get_a_hint(site: Path, ask: Ask) -> None:
    result = ask(("story", "Hers"), "x", "Ada", "first-aid-at-wrok", "99", "rec", "", "first, 2", "1")
    assert result.exit_code == 0
    assert "Did you mean `first-aid-at-work`?" in result.output
    assert "There is no `99` here." in result.output
    assert "These names contain `rec`:" in result.output
    assert "Choose at least one." in result.output
    assert made(site, "hers")["courses"] == ["first-aid-at-work"]


def test_nothing_is_asked_if_there_are_no_choices(site: Path, ask: Ask) -> None:
    for file in site.glob("content/providers/*"):
        file.unlink()
    result = ask(("course", "A new thing"), "x", "1", "1")
    assert result.exit_code == 0
    assert "The site has no provider yet" in result.output


@pytest.mark.parametrize("answers", [(), ("A new thing",), ("A new thing", "x", "1")])
def test_stopping_leaves_nothing_behind(site: Path, ask: Ask, answers: tuple[str, ...]) -> None:
    before = sorted(site.rglob("*"))
    result = ask(("course",), *answers)
    assert result.exit_code == 130
    assert "Nothing was created." in result.output
    assert sorted(site.rglob("*")) == before


def test_many_choices_can_be_searched_by_a_word(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    choices = [Choice(f"course-{number}", f"Course, number {number}") for number in range(1000)]
    answers = iter(["number 77", "Course, number 771, course-3, 1, course-3"])
    monkeypatch.setattr(new_values, "_read_answer", lambda: next(answers))
    choices.append(Choice("b", "Course, number 771, course-3, 1, course-3"))
    assert new_values.ask_choices("Courses", "", choices, many=True) == ["b"]
    said = capsys.readouterr().out
    assert "and 981 more" in said
    assert said.count("number 77") == 1 + 12


def test_a_script_is_never_asked(site: Path, run: Run) -> None:
    assert run("new", "page", "A new thing", "--site", site).exit_code == 0
    assert run("new", "course", "A new thing", "--site", site).exit_code == 2
    assert run("new", "page", "--site", site).exit_code == 2


def test_a_real_terminal_is_one(site: Path) -> None:
    own, theirs = pty.openpty()
    command = [sys.executable, "-m", "credsite", "new", "page", "--site", str(site)]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        os.write(own, b"A new thing\nWhat it is\n")
        assert process.wait(timeout=60) == 0
    os.close(own)
    assert made(site, "a-new-thing")["summary"] == "What it is"
