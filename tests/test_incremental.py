"""A build after any edits equals a clean build, byte for byte; and two builds of the same are the same."""

from __future__ import annotations

import random
import re
import shutil
import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from credsite.build import Options, analyse, write
from tests.support.tools import REPOSITORY

NOW = datetime(2026, 11, 23, 9)
OWN = (".credsite.lock",)


def build(site: Path, output: Path, now: datetime = NOW, jobs: int = 1, *, no_cache: bool = False) -> None:
    options = Options(site, output, now=now, keep_going=True, jobs=jobs, no_cache=no_cache)
    found = analyse(options)
    assert found.plan is not None
    write(found, options)


def content_of(folder: Path) -> dict[str, bytes]:
    """Every file of an output folder, the manifest included."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name not in OWN
    }


def small_site(folder: Path) -> Path:
    """A part of the sample: enough of every kind that each edit has consequences elsewhere."""
    site = folder / "site"
    shutil.copytree(REPOSITORY / "content", site / "content")
    settings_text = (REPOSITORY / "credsite.yaml").read_text(encoding="utf-8")
    (site / "credsite.yaml").write_text(settings_text + "\npage_size: 5\n", encoding="utf-8")
    for number, path in enumerate(sorted((site / "content" / "courses").glob("*.md"))):
        if number % 3:
            path.unlink()
    for number, path in enumerate(sorted((site / "content" / "stories").glob("*.md"))):
        if number % 3:
            path.unlink()
    return site


# --- edits, such as editors make: each takes a file of the site and does something to it ---


def change_title(path: Path, chance: random.Random) -> None:
    replace(path, r"^title: .*$", f"title: Another title {chance.randrange(1000)}")


def change_summary(path: Path, chance: random.Random) -> None:
    replace(path, r"^summary: .*$", f"summary: Another summary {chance.randrange(1000)}.")


def change_body(path: Path, chance: random.Random) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\n\n## Added {chance.randrange(1000)}\n\nSee [this](course:dashboards-that-answer).\n")


def change_modes(path: Path, chance: random.Random) -> None:
    modes = chance.sample(["online", "in-person", "blended", "hybrid"], chance.randint(1, 4))
    replace(path, r"^delivery_modes:.*\n(?:[ -]+.*\n)*", f"delivery_modes: [{', '.join(modes)}]\n")


def toggle_draft(path: Path, chance: random.Random) -> None:
    text = path.read_text(encoding="utf-8")
    if "\ndraft: true" in text:
        path.write_text(text.replace("\ndraft: true", ""), encoding="utf-8")
    else:
        replace(path, r"\A---\n", "---\ndraft: true\n")


def withdraw_consent(path: Path, chance: random.Random) -> None:
    replace(path, r"^consent:.*\n(?:  .*\n)*", "consent: {given: 2026-01-01, withdrawn: 2026-02-02}\n")


def break_it(path: Path, chance: random.Random) -> None:
    path.write_text(
        chance.choice(["---\ntitle: [\n---\n", "no front matter\n", "---\ntitle: x\ncolour: red\n---\n"]),
        encoding="utf-8",
    )


def delete(path: Path, chance: random.Random) -> None:
    path.unlink()


def rename(path: Path, chance: random.Random) -> None:
    path.rename(path.with_name(f"renamed-{chance.randrange(1000)}.md"))


def copy(path: Path, chance: random.Random) -> None:
    text = re.sub(r"^(?:slug|ctid): .*\n", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    path.with_name(f"copied-{chance.randrange(1000)}.md").write_text(text, encoding="utf-8")


EDITS: list[Callable[[Path, random.Random], None]] = [
    change_title, change_summary, change_body, change_modes, toggle_draft, withdraw_consent, break_it, delete,
    rename, copy,
]  # fmt: skip


def replace(path: Path, pattern: str, by: str) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(pattern, by, text, count=1, flags=re.MULTILINE), encoding="utf-8")


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32), counts=st.lists(st.integers(1, 3), min_size=1, max_size=4))
def test_build_after_edits_equals_a_clean_build(seed: int, counts: list[int]) -> None:
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        site = small_site(folder)
        build(site, folder / "edited", jobs=chance.choice([1, 2]))
        now = NOW
        for count in counts:
            for _ in range(count):
                path = chance.choice(sorted((site / "content").rglob("*.md")))
                chance.choice(EDITS)(path, chance)
            now += timedelta(days=chance.choice([0, 0, 1, 40]))
            build(site, folder / "edited", now, jobs=chance.choice([1, 2]))
        build(site, folder / "clean", now, no_cache=True)
        assert content_of(folder / "edited") == content_of(folder / "clean")


def test_two_builds_are_the_same_whatever_the_number_of_processes(tmp_path: Path) -> None:
    build(REPOSITORY, tmp_path / "one", jobs=1, no_cache=True)
    build(REPOSITORY, tmp_path / "two", jobs=3, no_cache=True)
    assert content_of(tmp_path / "one") == content_of(tmp_path / "two")


def test_change_of_settings_and_theme_reaches_every_page(tmp_path: Path) -> None:
    site = small_site(tmp_path)
    build(site, tmp_path / "edited")
    replace(site / "credsite.yaml", r"^title: .*$", "title: Another name")
    theme = site / "themes" / "own"
    (theme / "templates" / "parts").mkdir(parents=True)
    (theme / "theme.yaml").write_text("name: Own\nextends: default\n", encoding="utf-8")
    (theme / "templates" / "guides.html").write_text("<p>{{ site.title }}</p>\n", encoding="utf-8")
    replace(site / "credsite.yaml", r"\Z", "\ntheme: own\n")
    build(site, tmp_path / "edited")
    build(site, tmp_path / "clean", no_cache=True)
    edited = content_of(tmp_path / "edited")
    assert edited == content_of(tmp_path / "clean")
    assert edited["guides/index.html"] == b"<p>Another name</p>"


def test_unchanged_site_is_neither_rendered_nor_written(tmp_path: Path) -> None:
    site = small_site(tmp_path)
    build(site, tmp_path / "public")
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "public").rglob("*.html")}
    options = Options(site, tmp_path / "public", now=NOW)
    summary = write(analyse(options), options)
    assert (summary.written, summary.unchanged, summary.pruned) == (0, 0, 0)
    assert summary.kept >= len(before) > 50
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_one_edit_writes_only_what_shows_it(tmp_path: Path) -> None:
    site = small_site(tmp_path)
    build(site, tmp_path / "public")
    path = next((site / "content" / "courses").glob("*.md"))
    with path.open("a", encoding="utf-8") as file:
        file.write("\n\nOne more sentence.\n")
    options = Options(site, tmp_path / "public", now=NOW)
    summary = write(analyse(options), options)
    assert summary.written == 1  # the body is on the course's own page and nowhere else
