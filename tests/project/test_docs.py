"""The documentation is true: its steps work, its links lead somewhere, and it describes all options."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import click
import pytest

from credsite.cli import main
from tests.support import colleges
from tests.support.cli import run_credsite
from tests.support.guides import NOW, Reader, blocks, changed
from tests.support.paths import REPOSITORY
from tests.support.report import listed

DOCS = REPOSITORY / "docs"
PAGES = [*sorted(REPOSITORY.glob("*.md")), *sorted(DOCS.rglob("*.md"))]
GUIDES = (
    "README.md",
    "docs/first-course.md",
    "docs/images.md",
    "docs/make-it-yours.md",
    "docs/stories-and-consent.md",
)
"""The pages that are followed word by word."""
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
LINK = re.compile(r"(?<!!)\[(?:[^\]\[]|\[[^\]]*\])*\]\(<?([^)\s>]+)>?\)")
HEADING = re.compile(r"^#{1,6} +(.*?) *#*$", re.MULTILINE)


@pytest.mark.parametrize("name", GUIDES)
def test_what_a_guide_tells_to_do_works(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # `serve` prints the address of the site and would then wait for Ctrl-C.
    monkeypatch.setattr("asyncio.run", lambda serving: serving.close())
    folder = tmp_path / "credsite"
    folder.mkdir()
    monkeypatch.chdir(folder)
    page = (REPOSITORY / name).read_text(encoding="utf-8")
    reader = Reader(monkeypatch)
    if "credsite init" not in page:
        assert reader.follow("```sh\ncredsite init site\ncd site\n```") == []
    faults = reader.follow(page)
    assert not faults, listed([f"{name}:{fault}" for fault in faults])
    compared = "markdown" if name == "README.md" else "text"
    assert any(block.language == compared for block in blocks(page)), "Nothing in this page is compared."
    checked = run_credsite("check", ".", "--now", NOW)
    assert checked.exit_code == 0, checked.output


def test_every_guide_that_begins_with_a_new_site_says_how_to_install() -> None:
    for name in GUIDES:
        before, begins, _ = (REPOSITORY / name).read_text(encoding="utf-8").partition("credsite init")
        assert not begins or re.search(r"pip install|make site|\(first-course\.md\)", before), name


def test_the_gallery_has_the_command_that_shows_each_catalogue(tmp_path: Path) -> None:
    colleges.main(tmp_path)
    commands = [block.text for block in blocks((DOCS / "gallery.md").read_text(encoding="utf-8"))]
    day = colleges.NOW.partition("T")[0]
    assert commands == ["make gallery\n"] + [
        f".venv/bin/credsite serve gallery/{name} --now {day} --open\n" for name in colleges.COLLEGES
    ]
    assert sorted(colleges.COLLEGES) == sorted(
        site.name for site in tmp_path.glob("*") if (site / "credsite.yaml").exists()
    )


def test_the_sample_has_the_warnings_that_the_readme_names(tmp_path: Path) -> None:
    shutil.copytree(REPOSITORY / "content", tmp_path / "content")
    shutil.copyfile(REPOSITORY / "credsite.yaml", tmp_path / "credsite.yaml")
    checked = run_credsite("check", tmp_path, "--now", colleges.NOW)
    said = re.search(r"ends with (\w+) warnings", (REPOSITORY / "README.md").read_text(encoding="utf-8"))
    assert said is not None
    assert said[1] == "four"
    assert (
        re.findall(r"warning +\S+ +(\S+)", checked.output)
        == ["story-held-back"] * 2 + ["base-url-example"] * 2
    )


def test_a_guide_that_is_not_true_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    reader = Reader(monkeypatch)
    page = "```sh\ncredsite init site\n```\n\n```text\nMade a palace\n```\n\n```sh\ncredsite bulid\nrm site\n```\n"
    first, second, third = reader.follow(page)
    assert first.startswith("5: `Made a palace` was not said, but:\nCreated a site of ")
    assert second.startswith("9: `credsite bulid` is not understood")
    assert third == "9: `rm` is not known here."


def test_a_snippet_stands_in_place_of_its_key() -> None:
    file = "---\ntitle: A\nimage:\n  src: a.png\n  alt: A\nprice: 5\n---\nText\n"
    assert changed(file, "image: {}\n") == "---\ntitle: A\nimage: {}\nprice: 5\n---\nText\n"
    assert changed(file, "level: x\n").endswith("price: 5\nlevel: x\n---\nText\n")
    assert changed("title: A\n", "brand:\n  x: y\n") == "title: A\nbrand:\n  x: y\n"


def test_links_lead_to_files_and_headings_that_exist() -> None:
    faults = [fault for page in PAGES for fault in wrong_links(page)]
    assert not faults, listed(faults)


def wrong_links(page: Path) -> Iterator[str]:
    """The links of a page that lead nowhere, except those to other websites."""
    text = CODE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), page.read_text(encoding="utf-8"))
    for match in LINK.finditer(text):
        path, _, heading = unquote(match[1]).partition("#")
        if re.match(r"[a-z]+:", path):
            continue
        target = (page.parent / path).resolve() if path else page
        line = text[: match.start()].count("\n") + 1
        if not target.exists():
            yield f"{page.name}:{line}: {match[1]} leads to no file"
        elif not target.is_relative_to(REPOSITORY):
            yield f"{page.name}:{line}: {match[1]} leads out of the repository"
        elif heading and heading not in headings(target.read_text(encoding="utf-8")):
            yield f"{page.name}:{line}: {match[1]} leads to no heading"


def headings(text: str) -> set[str]:
    """The ids of the headings of a page, as GitHub and others derive them."""
    found: Counter[str] = Counter()
    ids = set()
    for title in HEADING.findall(re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)):
        name = re.sub(r"[^\w\- ]", "", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", title).lower()).replace(
            " ", "-"
        )
        ids.add(f"{name}-{found[name]}" if found[name] else name)
        found[name] += 1
    return ids


@pytest.mark.parametrize(
    ("link", "fault"),
    [
        ("other.md", ""),
        ("other.md#a-first-heading", ""),
        ("#here-code-too", ""),
        ("https://elsewhere.example/", ""),
        ("nowhere.md", "leads to no file"),
        ("other.md#nowhere", "leads to no heading"),
        ("#code-in-a-block", "leads to no heading"),
    ],
)
def test_a_link_that_leads_nowhere_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, link: str, fault: str
) -> None:
    monkeypatch.setattr(f"{__name__}.REPOSITORY", tmp_path)
    (tmp_path / "other.md").write_text("# A first heading\n")
    page = tmp_path / "page.md"
    page.write_text(f"# Here: `code`, too\n\n```sh\n# Code in a block\n[no](no.md)\n```\n\n[link]({link})\n")
    assert [found.partition(f"{link} ")[2] for found in wrong_links(page)] == ([fault] if fault else [])


def commands() -> dict[str, click.Command]:
    assert isinstance(main, click.Group)
    context = click.Context(main)
    found = {name: main.get_command(context, name) for name in main.list_commands(context)}
    return {name: command for name, command in found.items() if command is not None}


@pytest.mark.parametrize("name", commands())
def test_every_command_is_in_the_table_of_commands(name: str) -> None:
    published = (DOCS / "publishing.md").read_text(encoding="utf-8")
    assert f"| `credsite {name}" in published, (
        f"docs/publishing.md, Commands: a line for `credsite {name}` is missing."
    )


@pytest.mark.parametrize("name", commands())
def test_every_option_is_documented(name: str) -> None:
    there = "\n".join(documentation_of(name))
    missing = [
        f"`{option}`"
        for parameter in commands()[name].params
        if isinstance(parameter, click.Option) and not parameter.hidden
        for option in [max(parameter.opts, key=len)]
        if not re.search(rf"(?<![\w-]){re.escape(option)}(?![\w-])", there)
    ]
    assert not missing, (
        f"{', '.join(missing)} of `credsite {name}` is not documented. Name it in docs/publishing.md, in the line of "
        f"`credsite {name}` or under a heading with `credsite {name}`, or on a page that is about that command."
    )


def documentation_of(command: str) -> Iterator[str]:
    """The texts about a command: pages that mention it, and those parts of docs/publishing.md that are about it."""
    name = re.compile(rf"credsite {command}(?![\w-])")
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        if page.name not in ("publishing.md", "README.md", "CHANGELOG.md") and name.search(text):
            yield text
        elif page.name == "publishing.md":
            yield from (line for line in text.splitlines() if name.search(line))
            sections = re.split(r"^(?=#+ )", text, flags=re.MULTILINE)
            yield from (section for section in sections if name.search(section.partition("\n")[0]))
