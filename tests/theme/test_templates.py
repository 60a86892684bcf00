from __future__ import annotations

from pathlib import Path

import pytest

from credsite.site.views import (
    SiteFrame,
)
from credsite.theme.loader import ThemeError
from credsite.theme.renderer import Renderer
from credsite.theme.templates import Templates, template_cache
from credsite.theme.translations import load_translations
from tests.theme.conftest import PAGE, SITE, LoadTheme, MakeTheme, blank, text_page


def test_compiled_templates_are_cached_until_they_change(
    make_theme: MakeTheme, load: LoadTheme, tmp_path: Path, compiled: list[str]
) -> None:
    folder = make_theme("plain", files={"templates/404.html": "old"})
    for text in ("old", "old", "new", "new"):
        (folder / "templates/404.html").write_text(text)
        theme = load("plain")
        assert (
            Renderer(theme, SITE, load_translations(theme, "en-CA"), tmp_path / "cache").render(PAGE) == text
        )
    assert compiled == ["old", "new"]


def test_all_templates_are_compiled_together_and_a_page_reports_mistakes(
    make_theme: MakeTheme, load: LoadTheme, tmp_path: Path, compiled: list[str]
) -> None:
    make_theme("plain", files={"templates/404.html": "{% include 'part.html' %}", "templates/part.html": "part",
                               "templates/page.html": "{% if %}"})  # fmt: skip
    theme, folder = load("plain"), tmp_path / "cache"
    kept = template_cache(theme, "en-CA", "/base/", folder)
    assert not kept.is_complete
    Templates(theme, "en-CA", "/base/", load_translations(theme, "en-CA"), kept).compile()
    assert sorted(compiled) == ["part", "{% if %}", "{% include 'part.html' %}"]
    assert kept.is_complete
    assert not template_cache(theme, "fr", "/base/", folder).is_complete
    compiled.clear()
    site_renderer = Renderer(theme, SITE, load_translations(theme, "en-CA"), folder)
    assert site_renderer.render(PAGE) == "part"
    assert compiled == []
    with pytest.raises(ThemeError, match=r"page\.html|understood"):
        site_renderer.render(text_page("page"))


def test_compiled_templates_are_not_those_of_another_base_path(
    make_theme: MakeTheme, load: LoadTheme, tmp_path: Path
) -> None:
    make_theme("plain", files={"templates/404.html": "{{ asset('a.svg') }}", "assets/a.svg": ""})
    theme = load("plain")
    for base_path in ("/one/", "/two/"):
        frame = blank(SiteFrame, language="en", base_path=base_path)
        site_renderer = Renderer(theme, frame, load_translations(theme, "en"), tmp_path / "cache")
        assert site_renderer.render(PAGE).startswith(f"{base_path}assets/a.")
