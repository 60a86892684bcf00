"""The files of a brand: what is read, and what is refused, with the key where it is named."""

from __future__ import annotations

import os
import zlib
from pathlib import Path

import pytest

from credsite.content.brand_files import BrandFiles, read_brand_files
from credsite.core.hashing import digest
from credsite.problems.model import Problem
from credsite.schema.brand import Brand
from tests.content.test_images import SVG, picture, put
from tests.support.fonts import OUTLINES, VARIATIONS, woff2

MAX = 20_000_000


def read(root: Path, **brand: object) -> tuple[BrandFiles, list[Problem]]:
    return read_brand_files(root, Brand.model_validate(brand), MAX)


def problem(root: Path, **brand: object) -> Problem:
    files, problems = read(root, **brand)
    assert (files, len(problems)) == ({}, 1)
    assert problems[0].location.path == "credsite.yaml"
    return problems[0]


def test_files_have_their_bytes_and_their_sizes(tmp_path: Path) -> None:
    put(tmp_path, "brand/logo.svg", SVG)
    put(tmp_path, "static/logo.png", picture())
    put(tmp_path, "content/images/harbour.jpg", picture("JPEG", (60, 20)))
    brand = {"logo": "brand/logo.svg", "logo_dark": "static/logo.png", "hero": "content/images/harbour.jpg"}
    files, problems = read(tmp_path, **brand)
    assert problems == []
    assert {key[1]: (file.path, file.width, file.height) for key, file in files.items()} == {
        "logo": ("brand/logo.svg", 40, 30),
        "logo_dark": ("static/logo.png", 40, 30),
        "hero": ("content/images/harbour.jpg", 60, 20),
    }
    assert files["brand", "logo"].data == SVG
    assert files["brand", "logo"].digest == digest(SVG)


def test_nothing_is_read_where_nothing_is_named(tmp_path: Path) -> None:
    assert read_brand_files(tmp_path, None, MAX) == ({}, [])
    assert read(tmp_path, hero="none", fonts={"text": "humanist"}, corners="soft") == ({}, [])


def test_fonts_are_read_by_style(tmp_path: Path) -> None:
    put(tmp_path, "brand/text.woff2", woff2(0, OUTLINES, VARIATIONS))
    put(tmp_path, "brand/bold.WOFF2", woff2(0, OUTLINES, 11, 5))
    files, problems = read(
        tmp_path,
        fonts={"text": "brand/text.woff2", "display": {"bold": "brand/bold.WOFF2", "stack": "antique"}},
    )
    assert problems == []
    assert {key[2:]: file.is_variable for key, file in files.items()} == {
        ("text", "regular"): True,
        ("display", "bold"): False,
    }


@pytest.mark.parametrize(
    ("path", "suggestion"),
    [
        ("logo.svg", "brand/logo.svg"),
        ("../logo.svg", "brand/logo.svg"),
        ("/etc/passwd", "brand/passwd"),
        ("brand/../../logo.svg", "brand/logo.svg"),
        ("C:\\pictures\\logo.svg", "brand/logo.svg"),
        ("https://college.example/logo.svg", "brand/logo.svg"),
        ("brand", "brand/brand"),
        (".git/logo.svg", "brand/logo.svg"),
    ],
)
def test_only_the_folders_of_the_site_are_looked_at(tmp_path: Path, path: str, suggestion: str) -> None:
    put(tmp_path, "site/logo.svg", SVG)
    put(tmp_path, "logo.svg", SVG)
    found = problem(tmp_path / "site", logo=path)
    assert (found.code, found.suggestion) == ("brand-file", suggestion)
    assert found.location.key == ("brand", "logo")


def without_pixels() -> bytes:
    """A PNG whose parts are complete, but whose pixels are not all there."""
    header, end = picture()[:33], picture()[-12:]
    pixels = b"IDAT" + zlib.compress(b"\0" * 10)
    return header + (len(pixels) - 4).to_bytes(4) + pixels + zlib.crc32(pixels).to_bytes(4) + end


def chain_of_uses() -> bytes:
    """An SVG in which each of many elements shows the next."""
    uses = "".join(f'<g id="u{number}"><use href="#u{number + 1}"/></g>' for number in range(500))
    return SVG.replace(b"<path", uses.encode() + b'<path id="u500"')


@pytest.mark.parametrize("key", ["logo", "icon"])
@pytest.mark.parametrize(
    ("name", "data", "fault"),
    [
        ("logo.png", without_pixels(), "is damaged"),
        ("logo.svg", chain_of_uses(), "cannot be drawn as an icon"),
    ],
)
def test_what_no_icon_can_be_drawn_from_is_refused(
    tmp_path: Path, key: str, name: str, data: bytes, fault: str
) -> None:
    put(tmp_path, f"brand/{name}", data)
    found = problem(tmp_path, **{key: f"brand/{name}"})
    assert found.code == "image-unreadable"
    assert fault in found.message


@pytest.mark.parametrize(
    ("path", "data", "code", "words"),
    [
        ("brand/logo.jpg", b"", "brand-file", "SVG or PNG"),
        ("brand/.logo.svg", SVG, "brand-file", "hidden"),
        ("brand/logo.png", b"no picture", "image-unreadable", "not an image"),
        ("brand/logo.svg", b"no picture", "image-unreadable", "not a well-formed SVG"),
        ("brand/logo.svg", SVG.replace(b"<path", b"<script/><path"), "image-unsafe", "<script>"),
        ("brand/logo.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>', "image-unreadable", "`viewBox`"),
        ("brand/logo.png", picture(size=(4001, 2)), "file-too-large", "4,000 pixels"),
        ("brand/logo.svg", SVG + b" " * 500_000, "file-too-large", "more than 500 kB"),
    ],
)
def test_what_is_no_logo_is_refused(tmp_path: Path, path: str, data: bytes, code: str, words: str) -> None:
    put(tmp_path, path, data)
    found = problem(tmp_path, logo=path)
    assert found.code == code
    assert words in found.message


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"wOFF" + bytes(60), "WOFF2"), (b"\0\1\0\0" + bytes(60), "WOFF2"), (woff2(0)[:-1], "damaged"), (b"wOF2", "damaged"),
     (woff2(), "damaged")],
)  # fmt: skip
def test_what_is_no_font_is_refused(tmp_path: Path, data: bytes, words: str) -> None:
    put(tmp_path, "brand/text.woff2", data)
    found = problem(tmp_path, fonts={"text": "brand/text.woff2"})
    assert found.code == "brand-file"
    assert words in found.message


def test_a_font_whose_directory_is_cut_off_is_read_to_its_end(tmp_path: Path) -> None:
    data = bytearray(woff2(0, OUTLINES))
    data[12:14] = (200).to_bytes(2)
    put(tmp_path, "brand/text.woff2", bytes(data))
    files, problems = read(tmp_path, fonts={"text": "brand/text.woff2"})
    assert problems == []
    assert not files["brand", "fonts", "text", "regular"].is_variable


def test_a_file_that_is_not_there_may_have_another_name(tmp_path: Path) -> None:
    put(tmp_path, "brand/Logo.svg", SVG)
    (tmp_path / "brand/folder.svg").mkdir()
    found = problem(tmp_path, logo="brand/logo.svg")
    assert (found.code, found.suggestion) == ("brand-file", "brand/Logo.svg")
    assert problem(tmp_path, logo="brand/folder.svg").code == "brand-file"
    assert problem(tmp_path, logo="static/nothing.svg").suggestion == ""


def test_links_and_pipes_are_not_read(tmp_path: Path) -> None:
    put(tmp_path, "elsewhere/logo.svg", SVG)
    site = tmp_path / "site"
    (site / "static").mkdir(parents=True)
    (site / "static/logo.svg").symlink_to(tmp_path / "elsewhere/logo.svg")
    (site / "brand").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    for path in ("static/logo.svg", "brand/logo.svg"):
        assert problem(site, logo=path).code == "symbolic-link"
    os.mkfifo(site / "static/pipe.svg")
    assert problem(site, logo="static/pipe.svg").code == "file-unreadable"


def test_letters_that_are_no_outlines_are_told_of(tmp_path: Path) -> None:
    put(tmp_path, "brand/logo.svg", SVG.replace(b"<path", b"<text>Quay</text><path"))
    files, problems = read(tmp_path, logo="brand/logo.svg", hero="brand/logo.svg")
    assert len(files) == 2
    assert [(one.code, one.location.key) for one in problems] == [("logo-letters", ("brand", "logo"))]


def test_one_file_that_is_wrong_hides_no_other(tmp_path: Path) -> None:
    put(tmp_path, "brand/logo.svg", SVG)
    files, problems = read(tmp_path, logo="brand/logo.svg", logo_dark="brand/dark.svg", hero="brand/hero.txt")
    assert list(files) == [("brand", "logo")]
    assert [one.location.key[1] for one in problems] == ["logo_dark", "hero"]
