"""`credsite theme`: a new theme, copies of what its parent has, and what it can set."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from credsite.core.colours import contrast
from credsite.theme.contrast_pairs import TEXT_CONTRAST, TEXT_ON
from credsite.theme.loader import load_theme
from credsite.theme.tokens import theme_tokens
from tests.support.cli import Run


@pytest.fixture
def own(site: Path, run: Run) -> Path:
    """A site with a theme of its own."""
    assert run("theme", "new", "harbour", "--site", site).exit_code == 0
    settings = site / "credsite.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + "theme: harbour\n", encoding="utf-8")
    return site


def test_a_new_theme_works_and_has_nothing_to_warn_of(own: Path, run: Run) -> None:
    assert run("check", "--strict", own).exit_code == 0
    assert run("build", own).exit_code == 0
    (sheet,) = (own / "public/assets").glob("site.*.css")
    assert "--link: #7a1f3d" in sheet.read_text(encoding="utf-8")
    assert len((own / "themes/harbour/README.md").read_text(encoding="utf-8").strip().splitlines()) == 5
    assert "already exists" in run("theme", "new", "harbour", "--site", own).stderr
    run("theme", "new", "quay", "--site", own)
    assert "extends: harbour" in (own / "themes/quay/theme.yaml").read_text(encoding="utf-8")


def test_the_colour_of_a_new_theme_can_be_read_everywhere(own: Path) -> None:
    tokens = {
        one.name.removeprefix("--"): (one.light, one.dark) for one in theme_tokens(load_theme("harbour", own))
    }
    for scheme in (0, 1):
        link = tokens["link"][scheme]
        assert min(contrast(link, tokens[name][scheme]) for name in TEXT_ON["link"]) >= TEXT_CONTRAST


@pytest.mark.parametrize("name", ["default", "Our Theme", "../x", "x" * 300])
def test_some_names_are_none(site: Path, run: Run, name: str) -> None:
    result = run("theme", "new", name, "--site", site)
    assert result.exit_code == 2
    assert not (site / "themes").exists()


def test_a_copy_is_used_and_its_original_remembered(own: Path, run: Run) -> None:
    result = run("theme", "eject", "footer", "--site", own)
    copy = own / "themes/harbour/templates/parts/footer.html"
    assert result.stdout == "Created themes/harbour/templates/parts/footer.html. Change it as you like.\n"
    assert copy.read_text(encoding="utf-8") == run("theme", "eject", "footer", "--show", "--site", own).stdout
    copy.write_text(
        copy.read_text(encoding="utf-8").replace("</footer>", "<!-- Ours --></footer>"), encoding="utf-8"
    )
    assert "already exists" in run("theme", "eject", "parts/footer.html", "--site", own).stderr
    assert "<!-- Ours -->" in copy.read_text(encoding="utf-8")
    assert run("build", own).exit_code == 0
    assert "<!-- Ours -->" in (own / "public/index.html").read_text(encoding="utf-8")
    run("theme", "eject", "css/print.css", "--site", own)
    settings = own / "themes/harbour/theme.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace('footer.html: "', 'footer.html: "0'), encoding="utf-8")
    assert "copy-outdated" in run("check", own).stdout
    assert run("theme", "eject", "footer", "--accept", "--site", own).exit_code == 0
    assert settings.read_text(encoding="utf-8") == text
    assert "copy-outdated" not in run("check", own).stdout


@pytest.mark.parametrize("settings", ["{extends: default}\n", "extends: default\ncopies: {}\n"])
def test_nothing_is_copied_where_that_cannot_be_noted(own: Path, run: Run, settings: str) -> None:
    path = own / "themes/harbour/theme.yaml"
    path.write_text(settings, encoding="utf-8")
    result = run("theme", "eject", "footer", "--site", own)
    assert result.exit_code == 2
    assert "a line of its own below `copies:`" in " ".join(result.stderr.split())
    assert path.read_text(encoding="utf-8") == settings
    assert not (own / "themes/harbour/templates").exists()


def test_what_can_be_copied_is_listed_and_suggested(own: Path, run: Run) -> None:
    listed = run("theme", "eject", "--site", own).stdout.splitlines()
    assert {"templates/course.html", "assets/css/tokens.css", "assets/js/main.js"} <= set(listed)
    assert "assets/css/harbour.css" not in listed
    assert "Did you mean `footer`?" in run("theme", "eject", "foter", "--site", own).stderr

    assert "has no copies" in run("theme", "eject", "footer", "--accept", "--site", own).stderr
    assert run("theme", "eject", "--accept", "--site", own).exit_code == 2


def test_a_site_without_a_theme_of_its_own_is_told_how_to_get_one(site: Path, run: Run) -> None:
    assert "credsite theme new" in run("theme", "eject", "footer", "--site", site).stderr
    assert "templates/course.html" in run("theme", "eject", "--site", site).stdout
    assert "</footer>" in run("theme", "eject", "footer", "--show", "--site", site).stdout


def test_a_copy_is_not_written_through_a_link(own: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (own / "themes/harbour/templates").symlink_to(tmp_path / "elsewhere")
    assert "symbolic link" in run("theme", "eject", "footer", "--site", own).stderr
    assert not list((tmp_path / "elsewhere").iterdir())


def test_tokens_are_a_table_and_data(own: Path, run: Run) -> None:
    found = json.loads(run("theme", "tokens", "--format", "json", "--site", own).stdout)
    (link,) = (
        row
        for row in next(value for value in found.values() if isinstance(value, list))
        if row["name"] == "--link"
    )
    assert link == {"name": "--link", "light": "#7a1f3d", "dark": "#f3b3c6", "purpose": "links"}
    line = next(
        line for line in run("theme", "tokens", "--site", own).stdout.splitlines() if "--link " in line
    )
    assert line.split() == ["--link", "#7a1f3d", "#f3b3c6", "links"]
    assert run("theme", "tokens", "--format", "csv", "--site", own).stdout.count("\n") > 50
