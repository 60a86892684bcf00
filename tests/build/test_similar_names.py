"""Links to files whose names are written or coded in another way than in the text."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from pathlib import Path

import pytest

from credsite.build.options import Options
from credsite.build.pipeline import build
from credsite.problems.model import Problem
from tests.support.small_site import small_site

NOW = datetime(2026, 11, 23, 9)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = small_site(tmp_path)
    (root / "static").mkdir(exist_ok=True)
    return root


def problems(site: Path, text: str = "") -> tuple[Problem, ...]:
    with next(site.glob("content/courses/*.md")).open("a", encoding="utf-8") as stream:
        stream.write(f"\n{text}\n")
    return build(Options(site, now=NOW, keep_going=True)).problems


@pytest.mark.parametrize("in_text", ["NFC", "NFD"])
@pytest.mark.parametrize("on_disk", ["NFC", "NFD"])
def test_accented_letters_lead_to_a_file_however_they_are_coded(
    site: Path, in_text: str, on_disk: str
) -> None:
    (site / "static" / unicodedata.normalize(on_disk, "Führer.pdf")).write_text("x")  # type: ignore[arg-type]
    link = f"[The guide](/{unicodedata.normalize(in_text, 'Führer.pdf')})"  # type: ignore[arg-type]
    assert problems(site, link) == ()
    assert (site / "public/Führer.pdf").exists()
    page = next((site / "public/courses").glob("*/index.html"))
    assert any('href="/F%C3%BChrer.pdf"' in page.read_text() for page in page.parent.parent.rglob("*.html"))


def test_capital_letters_in_a_link_are_named(site: Path) -> None:
    (site / "static/Guide.PDF").write_text("x")
    [problem] = problems(site, "[The guide](/guide.pdf)")
    assert problem.code == "broken-link"
    assert problem.message == (
        "There is no page /guide.pdf on this site. There is another, and the two addresses differ only in capital letters."
    )
    assert problem.suggestion == "/Guide.PDF"


def test_a_whole_address_must_be_that_of_the_file(site: Path) -> None:
    (site / "static/Führer.pdf").write_text("x")
    base = "https://courses.harbour-college.ca/"
    settings = site / "credsite.yaml"
    lines = [line for line in settings.read_text().splitlines() if not line.startswith("base_url:")]
    settings.write_text("\n".join([*lines, f"base_url: {base}", ""]))
    assert problems(site, f"[The guide]({base}Führer.pdf)") == ()
    [problem] = problems(site, f"[The guide]({base}{unicodedata.normalize('NFD', 'Führer.pdf')})")
    assert "the two addresses look the same" in problem.message
    assert problem.suggestion == f"{base}F%C3%BChrer.pdf"


@pytest.mark.parametrize(
    ("names", "how"),
    [
        (("guide.pdf", "Guide.pdf"), "differ only in capital letters"),
        (
            ("Führer.pdf", unicodedata.normalize("NFD", "Führer.pdf")),
            "look the same, but their accented letters are coded in two ways",
        ),
    ],
)
def test_static_files_that_some_systems_take_for_one_collide(
    site: Path, names: tuple[str, str], how: str
) -> None:
    for name in names:
        (site / "static" / name).write_text(name)
    [problem] = problems(site)
    assert problem.code == "url-collision"
    assert how in problem.message
