from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any, TypeVar

import pytest
from jinja2 import Environment

from credsite.theme.loader import Theme, load_theme

MakeTheme = Callable[..., Path]
LoadTheme = Callable[..., Theme]


T = TypeVar("T")


def blank(model: type[T], **values: Any) -> T:
    """A view model in which all that ``values`` leave out, and that has no default, is empty."""
    empty = {"str": "", "bool": False, "int": 0}
    for field in fields(model):  # type: ignore[arg-type]
        if field.default is MISSING:
            values.setdefault(field.name, () if field.type.startswith("tuple") else empty.get(field.type))
    return model(**values)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    root.mkdir()
    return root


@pytest.fixture
def packaged(tmp_path: Path) -> Path:
    """A folder that stands in for the themes that come with credsite; empty at first."""
    folder = tmp_path / "packaged"
    folder.mkdir()
    return folder


@pytest.fixture
def make_theme(site: Path) -> MakeTheme:
    """Writes a theme: its name, the text of its theme.yaml, and its other files by path."""

    def make(
        name: str, settings: str = "", files: dict[str, str | bytes] | None = None, parent: Path | None = None
    ) -> Path:
        folder = (parent or site / "themes") / name
        folder.mkdir(parents=True)
        for path, content in {"theme.yaml": settings, **(files or {})}.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content.encode() if isinstance(content, str) else content)
        return folder

    return make


@pytest.fixture
def load(site: Path, packaged: Path) -> LoadTheme:
    def load_it(name: str) -> Theme:
        return load_theme(name, site, packaged)

    return load_it


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sources that were compiled."""
    sources: list[str] = []
    compile_template = Environment.compile

    def counted(self: Environment, source: str, name: str, filename: str) -> object:
        sources.append(source)
        return compile_template(self, source, name, filename)

    monkeypatch.setattr(Environment, "compile", counted)
    return sources
