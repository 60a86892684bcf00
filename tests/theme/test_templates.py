"""What templates may use, and the cache of their code, which is used unless something has changed or it is damaged."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from credsite.site.views import (
    Link,
    SiteFrame,
    Term,
)
from credsite.theme.loader import ThemeError, load_theme
from credsite.theme.renderer import Renderer
from credsite.theme.templates import TemplateBytecodeCache, Templates, template_cache
from credsite.theme.translations import load_translations
from tests.support.paths import REPOSITORY
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


Render = Callable[..., str]


def render(folder: Path, source: str, state: str = "one") -> str:
    environment = Environment(
        loader=DictLoader({"a": source}), bytecode_cache=TemplateBytecodeCache(folder, state), autoescape=True
    )
    return environment.get_template("a").render(x=1)


def test_a_template_is_compiled_once(tmp_path: Path, compiled: list[str]) -> None:
    assert [render(tmp_path / "kept", "{{ x }}") for _ in range(3)] == ["1"] * 3
    assert compiled == ["{{ x }}"]
    assert [path.suffix for path in (tmp_path / "kept").glob("*/*")] == [""]


def test_a_changed_template_or_state_is_compiled_again(tmp_path: Path, compiled: list[str]) -> None:
    assert render(tmp_path, "{{ x }}") == "1"
    assert render(tmp_path, "{{ x }}!") == "1!"
    assert render(tmp_path, "{{ x }}!", "two") == "1!"
    assert len(compiled) == 3
    assert render(tmp_path, "{{ x }}!") == "1!"
    assert len(compiled) == 3
    assert len(list(tmp_path.glob("*/*"))) == 2


def test_damaged_code_is_not_run(tmp_path: Path, compiled: list[str]) -> None:
    render(tmp_path, "{{ x }}")
    (kept,) = tmp_path.glob("*/*")
    data = kept.read_bytes()
    for number, damaged in enumerate(
        (b"", data[:40], data[:-1], data[:-5] + b"?" + data[-4:], b"?" + data[1:])
    ):
        kept.write_bytes(damaged)
        assert render(tmp_path, "{{ x }}") == "1"
        assert len(compiled) == number + 2
        assert kept.read_bytes() == data


def test_a_cache_that_cannot_be_written_is_not_needed(tmp_path: Path, compiled: list[str]) -> None:
    (tmp_path / "file").write_text("in the way")
    assert [render(tmp_path / "file", "{{ x }}") for _ in range(2)] == ["1"] * 2
    assert len(compiled) == 2


def test_code_that_somebody_else_has_put_there_is_not_run(
    tmp_path: Path, compiled: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who knows how the files are made, but not this user's key, cannot make one that is taken."""
    with monkeypatch.context() as patch:
        patch.setattr("credsite.core.user_cache._key", lambda: (b"another key", True))
        render(tmp_path / "other", "{{ x }}")
    (made,) = (tmp_path / "other").glob("*/*")
    place = tmp_path / "own" / made.relative_to(tmp_path / "other")
    place.parent.mkdir(parents=True)
    place.write_bytes(made.read_bytes())
    assert render(tmp_path / "own", "{{ x }}") == "1"
    assert len(compiled) == 2


def test_nothing_is_written_or_read_through_a_link(tmp_path: Path, compiled: list[str]) -> None:
    render(tmp_path, "{{ x }}")
    (kept,) = tmp_path.glob("*/*")
    kept.rename(tmp_path / "elsewhere")
    kept.symlink_to(tmp_path / "elsewhere")
    before = (tmp_path / "elsewhere").read_bytes()
    (tmp_path / "elsewhere").write_bytes(before)
    assert render(tmp_path, "{{ x }}") == "1"
    assert len(compiled) == 2
    assert not kept.is_symlink()
    assert (tmp_path / "elsewhere").read_bytes() == before


def test_what_was_compiled_long_ago_is_deleted(tmp_path: Path) -> None:
    for number in range(20):
        cache = TemplateBytecodeCache(tmp_path, str(number))
        cache.mark_complete()
        (folder,) = (path for path in tmp_path.iterdir() if path.stat().st_mtime > 1_000)
        os.utime(folder, (number, number))
    assert sorted(path.stat().st_mtime for path in tmp_path.iterdir()) == list(range(4, 20))
    assert not TemplateBytecodeCache(tmp_path, "3").is_complete
    assert TemplateBytecodeCache(tmp_path, "4").is_complete


def test_titles_of_the_sites_own_words_have_its_language_among_english_words() -> None:
    theme = load_theme("default", REPOSITORY)
    items = [Term("a", "<Un>", own=True), Term("b", "Two"), Link("Three", "")]
    for language, expected in {
        "cy": '<span lang="cy" dir="ltr">&lt;Un&gt;</span>, Two, Three',
        "en": "&lt;Un&gt;, Two, Three",
    }.items():
        templates = Templates(theme, language, "/", load_translations(theme, language))
        environment = templates.get("404.html").environment
        assert environment.from_string("{{ items|titles }}").render(items=items) == expected
