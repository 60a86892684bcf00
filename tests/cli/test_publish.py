"""`credsite publish`: builds, and publishes only what has no errors."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.cli import Run

ADDRESS = ("--base-url", "https://courses.college.ca/")


@pytest.fixture
def www(tmp_path: Path) -> Path:
    (tmp_path / "www").mkdir()
    return tmp_path / "www/courses"


def test_the_website_is_built_and_published(site: Path, run: Run, www: Path) -> None:
    settings = site / "credsite.yaml"
    text = settings.read_text(encoding="utf-8").replace("courses.test", "courses.college.ca")
    settings.write_text(f"{text}\npublish:\n  rsync: ../www/courses\n", encoding="utf-8")
    result = run("publish", site, "--dry-run")
    assert result.exit_code == 0, result.output
    assert "would be published" in result.stdout
    assert "  new      404.html" in result.stdout
    assert not www.exists()
    result = run("publish", site)
    assert result.exit_code == 0
    assert f"Published https://courses.college.ca/ to {www}: " in result.stdout
    for path in (site / "public").rglob("*"):
        if path.is_file() and not path.name.startswith(".credsite"):
            assert (www / path.relative_to(site / "public")).read_bytes() == path.read_bytes()
    result = run("publish", site, "--dry-run", "--quiet")
    assert result.stdout.startswith("Nothing to publish")


def test_errors_stop_it(broken_site: Path, run: Run, www: Path) -> None:
    result = run("publish", broken_site, *ADDRESS, "--rsync", www)
    assert result.exit_code == 1
    assert "unknown-key" in result.stderr
    assert "Nothing was published." in result.stderr
    assert not www.exists()
    result = run("publish", broken_site, *ADDRESS, "--rsync", www, "--keep-going")
    assert result.exit_code == 1
    assert (www / "index.html").exists()
    assert not (www / "about/index.html").exists()


def test_all_mistakes_in_the_settings_are_told(site: Path, run: Run) -> None:
    (site / "credsite.yaml").write_text("title: A\nbase_url: nonsense\npublish: {branch: a b, remote: --x}\n")
    result = run("publish", site)
    assert result.exit_code == 1
    assert result.stderr.count("bad-publish-target") == 2
    assert "bad-url" in result.stderr


@pytest.mark.parametrize(
    "address",
    [
        "https://courses.example/",
        "https://www.example.com/a/",
        "https://a.test/",
        "http://localhost:8000/",
        "http://127.0.0.1/",
    ],
)
def test_an_example_is_not_published(site: Path, run: Run, www: Path, address: str) -> None:
    result = run("publish", site, "--base-url", address, "--rsync", www)
    assert result.exit_code == 2
    assert "is only an example" in result.stderr
    assert not www.exists()
    assert not (site / "public").exists()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ([], "Nothing says where the website goes"),
        (["--branch", "a b"], "no name of a branch"),
        (["--rsync", "www.college.ca"], "--rsync"),
        (["--branch", "pages", "--remote", "--x"], "--remote"),
        (["--branch", "pages"], "git init"),
    ],
)
def test_where_it_goes_has_to_be_known(
    site: Path, run: Run, monkeypatch: pytest.MonkeyPatch, options: list[str], words: str
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(site.parent))
    result = run("publish", site, *ADDRESS, *options)
    assert result.exit_code == 2
    assert words in result.stderr
    assert not (site / "public").exists()


def test_options_come_before_settings(site: Path, run: Run, www: Path) -> None:
    with (site / "credsite.yaml").open("a", encoding="utf-8") as file:
        file.write("\npublish:\n  branch: gh-pages\n")
    assert run("publish", site, *ADDRESS, "--rsync", www).exit_code == 0
    assert (www / "index.html").exists()


def test_what_is_withdrawn_is_taken_off_although_there_are_errors(site: Path, run: Run, www: Path) -> None:
    run("publish", site, *ADDRESS, "--rsync", www)
    story = next((site / "content/stories").glob("*.md"))
    page = www / f"stories/{story.stem}/index.html"
    assert page.exists()
    story.unlink()
    about = site / "content/pages/about.md"
    about.write_text(about.read_text().replace("\n---\n", "\nnonsense: 1\n---\nNew words.\n", 1))
    with (site / "credsite.yaml").open("a") as file:
        file.write("nonsense: 1\n")
    result = run("publish", site, *ADDRESS, "--rsync", www)
    assert result.exit_code == 1
    assert f"/stories/{story.stem}/" in result.stderr
    assert "Publish " not in result.stderr
    assert "removed" in result.stdout
    assert not page.exists()
    assert "New words" not in (www / "about/index.html").read_text()
