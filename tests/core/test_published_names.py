"""Names that some system or web server cannot have."""

from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credsite.core.published_names import (
    MAX_NAME_BYTES,
    MAX_PATH_BYTES,
    is_device_name,
    name_fault,
    path_fault,
    unpublishable_paths,
)

BAD = {
    "con": "device", "Aux.txt": "device", "a/nul/b": "device", "COM1": "device", "lpt¹.x.y": "device", "prn .txt": "device",
    "CONIN$": "device", "a.": "Windows", "a /b": "Windows", " a": "Windows", "...": "begins with a dot",
    "a\\b": "backslash", "a\nb": "control", "a\x7f": "control", "a\x85": "control", "a\u202etxt.exe": "control",
    "a\u2028": "control", "a\x1b[31m": "control", "a\udcff": "UTF-8", "a#b": "hosts refuse", "what?.pdf": "hosts refuse",
    "a<b": "`<`", "a|b": "`|`", ".git/config": "begins with a dot", "x/.GIT": "begins with a dot", ".credsite.lock": "dot",
    ".credsite-manifest.json": "dot", ".htaccess/x": "dot", ".nojekyll/x": "dot", "git~1/config": "`.git`",
    "x" * 241: "too long", "é" * 121: "too long", "\U0001d4b3" * 61: "too long", "/".join(["x" * 200] * 4): "whole path",
    "": "no name", "a//b": "no name", "/a": "no name", "a/": "no name", "../a": "no name", "a/./b": "no name",
}  # fmt: skip
GOOD = [
    "index.html", "courses/first-aid/index.html", ".well-known/did.json", ".htaccess", "a/.htaccess", ".nojekyll", ".domains",
    "CNAME", "übung/日本/index.html", "a b'%.html", "a..b/c...d", "console", "auxiliary.txt", "com10.txt", "commerce/x",
    "x" * 240, "é" * 120, "a/con-1", "contact", "nulla.html", "lpt.txt", "com.html", "~x", "git/config",
]  # fmt: skip


@pytest.mark.parametrize("path", BAD, ids=ascii)
def test_what_some_system_cannot_have(path: str) -> None:
    assert BAD[path] in path_fault(path)
    assert unpublishable_paths(["index.html", path]) == [path]
    assert unpublishable_paths([path]) == [path]


@pytest.mark.parametrize("path", GOOD)
def test_what_every_system_can_have(path: str) -> None:
    assert path_fault(path) == ""
    assert unpublishable_paths([path, "index.html"]) == []
    assert ".htaccess" in path or path.startswith(".") or not path_fault(path, is_address=True)


def test_an_address_may_have_what_only_windows_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    for system, is_refused in (("posix", False), ("nt", True)):
        monkeypatch.setattr(os, "name", system)
        assert bool(path_fault('wiki/A:"b"*<c>|/index.html', is_address=True)) is is_refused
        assert path_fault("a:b")
        assert path_fault("con/index.html", is_address=True)
        assert path_fault(".htaccess", is_address=True)


def test_the_limits() -> None:
    assert not name_fault("x" * MAX_NAME_BYTES)
    assert name_fault("x" * (MAX_NAME_BYTES + 1))
    longest = "/".join(["x" * 108] * 7)[:MAX_PATH_BYTES]
    assert len(longest) == MAX_PATH_BYTES
    assert not path_fault(longest)
    assert path_fault(f"{longest}x")


def test_devices() -> None:
    assert not any(map(is_device_name, ("", "co", "com", "com0x", "lpta", "console", "a.con", "xcon")))
    assert all(map(is_device_name, ("con", "Con.md", "com0", "LPT9.tar.gz", "nul:x")))


PIECES = st.sampled_from(
    [
        *"aA0-_./ \\\n#:é",
        "con",
        "nul.",
        "/aux/",
        ".git",
        "com1",
        "~1",
        "\udcff",
        "x" * 130,
        "\x00",
        ".htaccess",
    ]
)
PATHS = st.lists(st.lists(PIECES, min_size=1, max_size=6).map("".join), min_size=1, max_size=6, unique=True)


@given(PATHS)
def test_the_quick_way_finds_what_the_slow_way_finds(paths: list[str]) -> None:
    assert unpublishable_paths(paths) == [path for path in paths if path_fault(path)]
