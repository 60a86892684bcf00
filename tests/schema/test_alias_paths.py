# ruff: noqa: RUF001 - other alphabets are what is tested

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from credsite.schema import patterns
from credsite.schema.alias_paths import AliasError, parse_alias
from credsite.schema.field_types import AliasPath


def refused(text: str) -> tuple[str, str]:
    """The message and the suggestion for a text that is no old address."""
    with pytest.raises(AliasError) as caught:
        parse_alias(text)
    return str(caught.value), caught.value.suggestion


@pytest.mark.parametrize(
    "path",
    [
        "/", "/old/", "/old/first-aid", "/old/first_aid.html", "/a/b/c/", "/~x/", "/.well-known/x", "/a..b/",
        "/cours/l'art-du-pain/", "/kurse/brot,-teil-1/", "/old/course.php", "/a(b)/", "/a+b/", "/a:b@c;d=e/", "/!$&*/",
        "/курси/хліб/", "/介護/", "/مخبز/", "/fünf/",
    ],
)  # fmt: skip
def test_any_path_can_be_an_old_address(path: str) -> None:
    assert parse_alias(path) == path
    assert parse_alias(quote(path)) == path
    assert parse_alias(quote(path, safe="/").lower()) == path.lower()
    assert re.search(patterns.ALIAS, path)
    assert re.search(patterns.ALIAS, quote(path))


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("/cafe\u0301/", "/caf\u00e9/"),
        ("/cafe%CC%81/", "/caf\u00e9/"),
        ("/%D0%9A%D1%83%D1%80%D1%81-1/", "/Курс-1/"),
        ("/old%20name/", "/old name/"),
        ("/100%25/", "/100%/"),
        ("/a%2Bb/", "/a+b/"),
    ],
)
def test_addresses_are_decoded_and_composed(written: str, path: str) -> None:
    assert parse_alias(written) == path


@pytest.mark.parametrize(
    ("text", "said", "suggestion"),
    [
        ("", "first slash", ""),
        ("old/", "first slash", "/old/"),
        ("курси", "first slash", "/курси"),
        ("//host/", "first slash", ""),
        ("https://old.example/", "first slash", ""),
        ("https://old.example/a/", "first slash", "/a/"),
        ("//old.example/a/", "first slash", "/a/"),
        ("/course.php?id=7", "it sees only `/course.php`", ""),
        ("/a#b", "do not send", "/a"),
        ("/a//b", "two slashes", "/a/b"),
        ("/..", "`.` or `..`", ""),
        ("/.", "`.` or `..`", ""),
        ("/a/../b", "`.` or `..`", ""),
        ("/%2e%2e/", "`.` or `..`", ""),
        ("/a/%2E./b", "`.` or `..`", ""),
        ("/a\\b", "backslash", ""),
        ("/a%5Cb", "backslash", ""),
        ("/a%2Fb", "encoded slash", ""),
        ("/..%2f..%2fetc/", "encoded slash", ""),
        ("/a%00b", "control", ""),
        ("/a%0Ab", "control", ""),
        ("/a%7F", "control", ""),
        ("/a b/", "a space", "/a%20b/"),
        ("/a<b>/", "a space or another", "/a%3Cb%3E/"),
        ("/a%3Fb/", "encoded `?`", ""),
        ("/100%/", "`%25`", ""),
        ("/%zz/", "`%25`", ""),
        ("/%E9cole/", "UTF-8", ""),
        ("/.git/", "begins with a dot", ""),
        ("/.htaccess", "begins with a dot", ""),
        ("/a/.credsite-manifest.json", "begins with a dot", ""),
        ("/old./", "Windows", ""),
        ("/old%20/", "Windows", ""),
        ("/con/", "Windows", ""),
        ("/a/NUL.txt", "Windows", ""),
        (f"/{'x' * 241}/", "too long", ""),
        (f"/{'х' * 121}/", "too long", ""),
        ("/a" * 600, "too long", ""),
    ],
)
def test_what_is_no_old_address(text: str, said: str, suggestion: str) -> None:
    message, suggested = refused(text)
    assert said in message
    assert suggested == suggestion


@given(st.text() | st.text("./%2eE5cCfF\\?#ab"))
def test_an_alias_never_leaves_the_site(text: str) -> None:
    try:
        path = parse_alias(f"/{text}")
    except AliasError:
        return
    assert not {"..", "."} & set(path.split("/"))
    assert "//" not in path
    assert "\\" not in path
    assert unicodedata.is_normalized("NFC", path)


def test_what_is_refused_is_a_problem_of_the_field() -> None:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(AliasPath).validate_python("old/")
    assert [(error["type"], error["ctx"]["suggestion"]) for error in caught.value.errors()] == [
        ("bad-alias", "/old/")
    ]
