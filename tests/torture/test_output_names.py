"""Names that a file system, Windows, Git or a web server takes for something else, wherever a file of the website gets its name.

Devices, hidden and reserved names, separators, control characters, bytes that are no UTF-8, dots and spaces at the ends, names
and paths at and above every limit: of files and folders in `static/`, of pictures, themes' files, slugs and aliases.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest

from credsite.core.published_names import path_fault
from tests.support.cli import Run
from tests.torture.trials import Trials

PROMISE = "`check` refuses what `build` refuses, at its file; once the file is gone, everything builds and cleans again."

_DEVICES: Final = (
    "con",
    "PRN",
    "aux.txt",
    "nul.tar.gz",
    "com1",
    "COM9.md",
    "lpt0",
    "con .txt",
    "Com¹",
    "conin$",
)
_HIDDEN: Final = (
    ".git", ".GIT", "git~1", ".credsite", ".credsite-manifest.json", ".credsite.lock", ".credsite-tmp", ".CREDSITE-TMP", ".env",
    ".htaccess", ".well-known", ".nojekyll", "..x", "...", ".",
)  # fmt: skip
_CHARACTERS: Final = (
    "a\\b", "..\\b", "C:x", "a:b", 'a"b', "a<b", "a>b", "a|b", "a*b", "a?b", "a#b", "a%2fb", "a\nb", "a\rb", "a\tb", "a\x1b[2Jb", "a\x7fb",
    "a\x85b", "a\u2028b", "a\u202eb", "a\u2066b", "a\udcffb", "\udc80", " a", "a ", "a.", "a. .", "-rf", "~root", "$HOME", "`id`", "--", "a&b;c",
)  # fmt: skip
_LONG: Final = tuple(
    sign * (length // len(sign.encode()))
    for sign in ("x", "é", "語", "\U0001f3eb")
    for length in (239, 240, 241, 252, 255)
)
_OTHERS: Final = (
    "index.html",
    "assets",
    "Assets",
    "courses",
    "Courses",
    "INDEX.HTML",
    "data",
    "sitemap.xml",
    "cafe\u0301",
    "CNAME",
)
NAMES: Final = (*_DEVICES, *_HIDDEN, *_CHARACTERS, *_LONG, *_OTHERS)
SAMPLE: Final = (
    "a\udcffb",
    ".git",
    "a\\b",
    "con",
    "aux.txt",
    "\udc80",
    "é" * 127,
    "a:b",
    "Courses",
    "..x",
    "a\nb",
)

Place = Callable[[Path, str], None]


def _file(path: str) -> None:
    os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120 - names that are no UTF-8
    with open(path, "wb") as file:  # noqa: PTH123
        file.write(b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')


def _in_static(site: Path, name: str) -> None:
    _file(f"{site}/static/{name}")


def _folder_in_static(site: Path, name: str) -> None:
    _file(f"{site}/static/{name}/config")


def _deep_in_static(site: Path, name: str) -> None:
    _file(f"{site}/static/.well-known/{'/'.join(['d' * 60] * 11)}/{name}")


def _picture(site: Path, name: str) -> None:
    _file(f"{site}/content/pages/{name}/{name}.svg")
    _add(site, f'image: {{src: "{_quoted(name)}/{_quoted(name)}.svg", alt: A picture}}')


def _text(site: Path, name: str) -> None:
    shutil.copy(site / "content/pages/about.md", os.fsencode(f"{site}/content/pages/{name}.md"))


def _in_content(site: Path, name: str) -> None:
    _file(f"{site}/content/{name}/{name}")


def _slug(site: Path, name: str) -> None:
    _add(site, f'slug: "{_quoted(name)}"')


def _alias(site: Path, name: str) -> None:
    _add(site, f'aliases: ["/{_quoted(name)}/config"]')


def _asset(site: Path, name: str) -> None:
    _file(f"{site}/themes/mine/assets/{name}.svg")
    (site / "themes/mine/theme.yaml").write_text("extends: default\n")
    with (site / "credsite.yaml").open("a") as file:
        file.write("theme: mine\n")


PLACES: Final[tuple[Place, ...]] = (
    _in_static, _folder_in_static, _deep_in_static, _picture, _text, _in_content, _slug, _alias, _asset,
)  # fmt: skip


def _quoted(name: str) -> str:
    return name.encode("ascii", "backslashreplace").decode().replace('"', '\\"').replace("\\udc", "\\x")


def _add(site: Path, line: str) -> None:
    page = site / "content/pages/about.md"
    page.write_text(page.read_text().replace("---\n", f"---\n{line}\n", 1))


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A site of one page, which is built."""
    site = tmp_path / "site"
    (site / "content/pages").mkdir(parents=True)
    (site / "credsite.yaml").write_text("title: Names\nbase_url: https://names.test/\n")
    (site / "content/pages/about.md").write_text(
        "---\ntitle: About\nsummary: Who we are.\n---\n\nWe teach.\n"
    )
    return site


def _cases(whole: bool) -> Iterator[tuple[Place, str]]:
    for number, name in enumerate(NAMES if whole else SAMPLE):
        yield from ((place, name) for place in (PLACES if whole else [PLACES[number % len(PLACES)]]))


def test_names(trials: Trials, whole: bool, small: Path, run: Run) -> None:
    original = shutil.copytree(small, small.parent / "original")
    assert run("build", small).exit_code == 0
    for place, name in _cases(whole):
        with trials(f"{place.__name__}: {name!a}"):
            _try(small, run, place, name)
        for folder in ("static", "themes", "content"):
            shutil.rmtree(os.fsencode(small / folder), ignore_errors=True)
        shutil.copytree(original, small, dirs_exist_ok=True)
    with trials("afterwards"):
        assert run("build", small).exit_code == 0
        assert run("build", small, "--no-cache", "--output", small.parent / "clean").exit_code == 0
        assert _names_in(small / "public") == _names_in(small.parent / "clean")
        assert run("clean", small).exit_code == 0
        assert _names_in(small / "public") == set()


def _try(site: Path, run: Run, place: Place, name: str) -> None:
    try:
        place(site, name)
    except (OSError, ValueError):
        return  # this computer cannot have such a file
    checked, built = run("check", site), run("build", site)
    assert checked.exit_code in (0, 1), checked.output
    assert built.exit_code == checked.exit_code, built.output
    if built.exit_code == 0:
        paths = _names_in(site / "public")
        assert not [path for path in paths if path_fault(path, is_address=True) and path_fault(path)]
    else:
        assert "static/" in checked.output or "content/" in checked.output or "themes/" in checked.output
    kept = run("build", site, "--keep-going")
    assert kept.exit_code in (0, 1), kept.output


def _names_in(folder: Path) -> set[str]:
    """The paths of all files in an output folder, but credsite's own."""
    paths = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())
    return {path for path in paths if not path.startswith(".credsite")}
