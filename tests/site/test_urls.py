from __future__ import annotations

from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credsite.schema.kinds import Kind
from credsite.site.urls import Urls, entry_path, numbered_path, output_path


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        (Kind.COURSE, "courses/x/"),
        (Kind.STORY, "stories/x/"),
        (Kind.PATHWAY, "pathways/x/"),
        (Kind.PROVIDER, "providers/x/"),
        (Kind.INDUSTRY, "industries/x/"),
        (Kind.DELIVERY_MODE, "delivery/x/"),
        (Kind.PAGE, "x/"),
    ],
)
def test_each_kind_has_its_place(kind: Kind, path: str) -> None:
    assert entry_path(kind, "x") == path
    assert Urls("https://example.org/a/").entry(kind, "x") == f"/a/{path}"


@pytest.mark.parametrize(
    ("base", "base_path", "to", "absolute"),
    [
        ("https://example.org/", "/", "/courses/", "https://example.org/courses/"),
        ("https://example.org/a/b/", "/a/b/", "/a/b/courses/", "https://example.org/a/b/courses/"),
        ("http://localhost:8000/", "/", "/courses/", "http://localhost:8000/courses/"),
    ],
)
def test_the_base_path_is_in_every_url(base: str, base_path: str, to: str, absolute: str) -> None:
    urls = Urls(base)
    assert urls.base_path == base_path
    assert urls.to("courses/") == to
    assert urls.absolute("courses/") == absolute
    assert urls.to("") == base_path
    assert urls.absolute("") == base


@pytest.mark.parametrize(
    ("path", "url"),
    [
        ("downloads/Guide 2027.pdf", "/downloads/Guide%202027.pdf"),
        ("images/écoles.svg", "/images/%C3%A9coles.svg"),
        ("介護/", "/%E4%BB%8B%E8%AD%B7/"),
        ('a"b<c>/', "/a%22b%3Cc%3E/"),
        ("courses/?mode=online&page=2#list", "/courses/?mode=online&page=2#list"),
        ("already%20quoted/", "/already%20quoted/"),
    ],
)
def test_urls_are_quoted(path: str, url: str) -> None:
    assert Urls("https://example.org/").to(path) == url


@pytest.mark.parametrize(
    ("number", "path"), [(1, "courses/"), (2, "courses/page/2/"), (10, "courses/page/10/")]
)
def test_numbered(number: int, path: str) -> None:
    assert numbered_path("courses/", number) == path


@pytest.mark.parametrize(
    ("path", "output"),
    [
        ("", "index.html"),
        ("courses/", "courses/index.html"),
        ("404.html", "404.html"),
        ("old.html", "old.html"),
    ],
)
def test_output_path(path: str, output: str) -> None:
    assert output_path(path) == output


@given(st.text(st.characters(exclude_categories=["Cs"]).filter(lambda sign: sign not in "%?#"), max_size=20))
def test_a_url_is_one_that_leads_back_to_its_path(path: str) -> None:
    url = Urls("https://example.org/a/").absolute(path)
    assert url.isascii()
    assert not set(url) & set(" \"'<>\\^`{|}\n")
    assert unquote(urlsplit(url).path) == f"/a/{path}"
