from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import credsite.site.feeds
from credsite.site.feeds import formats
from tests.support.catalogues import course, planned

MODULE = """
from credsite.site.planned import PlannedFile


def planned_files(context):
    titles = ", ".join(course.title for course in context.catalogue.courses.values())
    yield PlannedFile("titles.txt", titles.encode())
"""


def outputs(*entries: Any) -> list[str]:
    return [file.output for file in planned(*entries)[0].files]


@pytest.fixture
def added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder whose modules are in the package too."""
    monkeypatch.setattr(credsite.site.feeds, "__path__", [*credsite.site.feeds.__path__, str(tmp_path)])
    formats._formats.cache_clear()
    yield tmp_path
    formats._formats.cache_clear()


def test_a_module_is_a_format_by_being_there(added: Path) -> None:
    (added / "titles_text.py").write_text(MODULE)
    plan = planned(course("a", title="First aid"), course("b", title="Welding"))[0]
    assert {file.output: file.data for file in plan.files}["titles.txt"] == b"First aid, Welding"


def test_a_module_without_the_function_is_none(added: Path) -> None:
    (added / "helpers_of_formats.py").write_text("x = 1\n")
    assert outputs(course("a")) == ["sitemap.xml", "robots.txt"]
