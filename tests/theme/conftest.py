from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, fields
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar

import pytest
from jinja2 import Environment

from credsite.site.views import Body, Head, Html, NotFoundPage, SiteFrame, TextPage
from credsite.theme import loader
from credsite.theme.loader import Theme, load_theme
from credsite.theme.renderer import Renderer
from credsite.theme.translations import load_translations

MakeTheme = Callable[..., Path]
LoadTheme = Callable[..., Theme]

T = TypeVar("T")


def content_hash(data: str) -> str:
    """The digest in the name of an asset with this content."""
    return blake2b(data.encode(), digest_size=5).hexdigest()


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
def load(site: Path, packaged: Path, monkeypatch: pytest.MonkeyPatch) -> LoadTheme:
    monkeypatch.setattr(loader, "packaged_themes", lambda: packaged)

    def load_it(name: str) -> Theme:
        return load_theme(name, site)

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


SITE = blank(SiteFrame, title="Quillbay <Courses>", language="en-CA", base_path="/base/")
HEAD = blank(Head, title="Title", updated=date(2027, 3, 1))
PAGE = blank(NotFoundPage, head=HEAD, heading="Not <here>")


def text_page(template_name: str) -> TextPage:
    return blank(TextPage, head=HEAD, template_name=template_name, body=Body(Html("<p>Body</p>"), ()))


@pytest.fixture
def renderer(make_theme: MakeTheme, load: LoadTheme, site: Path):
    """Makes a renderer of a theme of these templates, with two assets."""

    def make(templates: dict[str, str], settings: str = "") -> Renderer:
        files = {f"templates/{name}": text for name, text in templates.items()}
        make_theme("plain", settings, {**files, "assets/images/a b.svg": "", "assets/icons.svg": ""})
        theme = load("plain")
        return Renderer(theme, SITE, load_translations(theme, "en-CA"))

    return make
