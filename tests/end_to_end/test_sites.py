"""Small sites, each with the complete report of `credsite check` in its `expected.txt`.

A folder in `tests/sites/` has the name of the problem code that it shows. If one site cannot show all variants of a problem,
the name of the variant follows after a dot. The folders `good-…` have no problems. A person must review each expected
report: it says what is wrong, exactly where, and how to fix it, and says it once. After a change to how reports look,
`python -m tests.end_to_end.test_sites` writes all of them again, to be reviewed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from pydantic import BaseModel

from credsite.build.analysed_site import with_problems
from credsite.build.analysis import analyse
from credsite.build.options import Options
from credsite.cli import main
from credsite.cli.check_standards import configured_standard_problems
from credsite.core import parallel
from credsite.core.text import normalize_text
from credsite.problems.codes import CODES
from credsite.schema.config import Config
from credsite.schema.front_matter import split_front_matter
from credsite.schema.kinds import KINDS
from credsite.schema.models import MODELS
from credsite.schema.yaml import loader
from tests.support.paths import SITES

NAMES = sorted(path.name for path in SITES.iterdir() if path.is_dir())
BAD = [name for name in NAMES if not name.startswith("good-")]
GOOD = [name for name in NAMES if name.startswith("good-")]
NOW = "2026-11-23T09:00"
ELSEWHERE = {
    "internal-fault",
    "cache-in-git",
    "link-dead",
    "link-moved",
    "similar-names",
    "file-unreadable",
    "yaml-too-large",
}
"""Codes of problems on other websites, which tests/cli/test_check_links.py tests, and of files that no repository can or should have. No
content is known that gives `internal-fault`."""

Keys = set[tuple[str, str]]


def check(name: str, jobs: int = 1) -> tuple[int, str]:
    """The exit code and the output of `credsite check`."""
    result = CliRunner().invoke(main, ["check", str(SITES / name), "--now", NOW, "--jobs", str(jobs)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def expected(name: str) -> str:
    return (SITES / name / "expected.txt").read_text(encoding="utf-8")


def codes(report: str) -> set[str]:
    return set(re.findall(r"^  (?:error|warning|advice)(?: .*)?  ([a-z0-9-]+)$", report, re.MULTILINE))


def test_every_code_has_a_site_and_every_site_a_code() -> None:
    assert {name.partition(".")[0] for name in BAD} == set(CODES) - ELSEWHERE


@pytest.mark.parametrize("name", NAMES)
def test_report(name: str) -> None:
    exit_code, report = check(name)
    assert report == expected(name)
    assert exit_code == (1 if re.search(r"^  error ", report, re.MULTILINE) else 0)


@pytest.mark.parametrize("name", BAD)
def test_a_site_shows_its_own_code_and_no_other(name: str) -> None:
    assert codes(expected(name)) == {name.partition(".")[0]}


@pytest.mark.parametrize("name", GOOD)
def test_a_good_site_has_no_problems(name: str) -> None:
    assert check(name) == (0, "No problems.\n")


@pytest.mark.parametrize("name", NAMES)
def test_two_processes_report_the_same(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(parallel.MIN_ITEMS, "fork", 1)
    assert check(name, jobs=2)[1] == expected(name)


@pytest.mark.parametrize("name", BAD)
def test_every_problem_has_a_place_that_exists(name: str) -> None:
    root = SITES / name
    options = Options(root, now=datetime.fromisoformat(NOW), no_cache=True)
    site = analyse(options)
    found = with_problems(site, options, configured_standard_problems(site)).problems
    assert found
    for place in (place for problem in found for place in (problem.location, problem.related) if place):
        lines = lines_of(root / place.path)
        if lines is None:
            assert (place.line, place.column) == (0, 0), place
        else:
            assert 1 <= place.line <= len(lines), place
            assert 1 <= place.column <= len(lines[place.line - 1]) + 1, place


def lines_of(path: Path) -> list[str] | None:
    """The lines to which a problem can refer; None for files that are not read as lines of text.

    A file that is not UTF-8 is read as Latin-1, and a missing file as an empty one.
    """
    if path.suffix.lower() not in (".md", ".markdown", ".yaml", ".svg", ".css", ".py", ".csv"):
        return None
    try:
        data = path.read_bytes()
    except OSError:
        data = b""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    return normalize_text(text).split("\n")


def test_the_whole_site_has_every_key_of_every_model() -> None:
    models = {kind.folder: MODELS[kind.id] for kind in KINDS.values()}
    root = SITES / "good-whole"
    written = keys_in(Config, loader.load_yaml((root / "credsite.yaml").read_text(), "")[0])
    for folder, model in models.items():
        for path in (root / "content" / folder).glob("*.md"):
            written |= keys_in(model, loader.load_yaml(split_front_matter(path.read_text()).yaml, "")[0])
    wanted = set(all_keys(Config)).union(*(all_keys(model) for model in models.values()))
    assert written == wanted


def all_keys(model: type[BaseModel]) -> Iterator[tuple[str, str]]:
    """All keys of a model and of the models in its fields, each with the name of its model."""
    for name, field in model.model_fields.items():
        yield model.__name__, name
        for inner in models_in(field.annotation):
            yield from all_keys(inner)


def keys_in(model: type[BaseModel], data: Mapping[str, Any]) -> Keys:
    """The keys that ``data`` has, each with the name of its model."""
    found: Keys = set()
    for name, value in data.items():
        if name not in model.model_fields:
            continue  # `- Tuition: 400`, a line that is a block to YAML
        found.add((model.__name__, name))
        for inner in models_in(model.model_fields[name].annotation):
            for block in blocks_in(inner, value):
                found |= keys_in(inner, block)
    return found


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models in the type of a field, such as ``Session`` in ``tuple[Session, ...]``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in getattr(annotation, "__args__", ()):
        yield from models_in(argument)


def blocks_in(model: type[BaseModel], value: Any) -> Iterator[Mapping[str, Any]]:
    """The mappings with the keys of ``model`` in a value: one, a list of them, or mappings that lead to them by ids."""
    if isinstance(value, list):
        for item in value:
            yield from blocks_in(model, item)
    elif isinstance(value, dict):
        if all(isinstance(inner, dict) for inner in value.values()):
            for inner in value.values():
                yield from blocks_in(model, inner)
        else:
            yield value


def test_the_minimal_site_has_no_key_that_it_could_do_without() -> None:
    """Every key is required, or `check` advises to add it, or a story needs it to be published: it is about something."""
    for folder, model in {kind.folder: MODELS[kind.id] for kind in KINDS.values()}.items():
        files = list((SITES / "good-minimal/content" / folder).glob("*.md"))
        assert len(files) == 1, folder
        written = set(loader.load_yaml(split_front_matter(files[0].read_text()).yaml, "")[0])
        required = {name for name, field in model.model_fields.items() if field.is_required()}
        needed_to_be_shown = {"consent", "courses"} & set(model.model_fields)
        assert written == required | set(model.ADVISED) | needed_to_be_shown, folder


if __name__ == "__main__":
    for site in NAMES:
        (SITES / site / "expected.txt").write_text(check(site)[1], encoding="utf-8", newline="")
