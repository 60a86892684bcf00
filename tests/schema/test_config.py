from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credsite.catalogue.facets import FACETS
from credsite.problems.codes import CODES
from credsite.schema import config
from credsite.schema.config import Config, ConfigError

LEAST = "title: Short courses\nbase_url: https://courses.example/\n"


def load(folder: Path, text: str | bytes) -> tuple[Config | None, list[tuple[str, str]]]:
    """The configuration, and the codes and keys of what is wrong."""
    (folder / "credsite.yaml").write_bytes(text.encode() if isinstance(text, str) else text)
    loaded, problems = config.load_config(folder)
    assert all(problem.location.path == "credsite.yaml" for problem in problems)
    return loaded, [(p.code, ".".join(str(part) for part in p.location.key)) for p in problems]


def good(folder: Path, text: str) -> Config:
    loaded, problems = load(folder, LEAST + text)
    assert loaded is not None, problems
    return loaded


def wrong(folder: Path, text: str) -> list[tuple[str, str]]:
    loaded, problems = load(folder, LEAST + text)
    assert loaded is None
    return problems


def test_a_title_and_an_address_are_enough(tmp_path: Path) -> None:
    found = good(tmp_path, "")
    assert found.language == "en"
    assert found.timezone == "UTC"
    assert found.theme == "default"
    assert found.page_size == 24
    assert found.max_file_size == 2_000_000
    assert found.backgrounds is None
    assert found.currency is None
    assert found.filters == FACETS
    assert found.cost_bands == (100, 250, 500)


def test_every_setting(tmp_path: Path) -> None:
    found = good(
        tmp_path,
        """\
tagline: Small courses
languages: [fr-CA]
currency: cad
timezone: America/Halifax
contact: mailto:ask@courses.example
page_size: 12
max_file_size: 500 kB
filters: [cost, industry]
cost_bands: [50, 1200]
funding:
  bursary: {title: Bursary, url: https://courses.example/bursary}
backgrounds: {newcomer: New here}
support: {parking: Parking}
problems: {missing-price: off, summary-long: error}
""",
    )
    assert (found.language, found.currency, found.page_size) == ("fr-CA", "CAD", 12)
    assert found.zone.key == "America/Halifax"
    assert (found.filters, found.cost_bands) == (("cost", "industry"), (50, 1200))
    assert found.max_file_size == 500_000
    assert found.funding["bursary"].title == "Bursary"
    assert found.problems == {"missing-price": "off", "summary-long": "error"}


def test_a_setting_without_a_value_counts_as_left_out(tmp_path: Path) -> None:
    assert good(tmp_path, "tagline:\npage_size:\nfunding:\nbackgrounds: ~\n").page_size == 24


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://courses.example", "https://courses.example/"),
        ("https://courses.example/", "https://courses.example/"),
        ("http://localhost:8000/a/b", "http://localhost:8000/a/b/"),
        ("https://example.org/a/b///", "https://example.org/a/b/"),
    ],
)
def test_base_urls_end_with_one_slash(tmp_path: Path, written: str, address: str) -> None:
    loaded, _ = load(tmp_path, f"title: x\nbase_url: {written}\n")
    assert loaded is not None
    assert loaded.base_url == address
    assert good(tmp_path, "").with_base_url(written).base_url == address


@pytest.mark.parametrize(
    "written",
    ["courses.example", "/courses/", "ftp://x.example/", "https://", "https://x.example/?a", "https://x.example/#a",
     "https://[x/", "mailto:x@y.example"],
)  # fmt: skip
def test_what_is_no_base_url(tmp_path: Path, written: str) -> None:
    assert load(tmp_path, f"title: x\nbase_url: '{written}'\n")[1] == [("bad-url", "base_url")]
    with pytest.raises(ConfigError):
        good(tmp_path, "").with_base_url(written)


@pytest.mark.parametrize(
    ("written", "size"),
    [("2 MB", 2_000_000), ("2MB", 2_000_000), ("1.5 MB", 1_500_000), ("500 kB", 500_000), ("500 KB", 500_000),
     ("10 B", 10), ("4096", 4096), ("1 GB", 1_000_000_000)],
)  # fmt: skip
def test_sizes(tmp_path: Path, written: str, size: int) -> None:
    assert good(tmp_path, f"max_file_size: {written}").max_file_size == size


@pytest.mark.parametrize(
    "written", ["0", "0 MB", "-1 MB", "big", "2 TB", "2 mb", "1e3", f"{'9' * 400} GB", "MB"]
)
def test_what_is_no_size(tmp_path: Path, written: str) -> None:
    assert wrong(tmp_path, f"max_file_size: {written}") == [("bad-number", "max_file_size")]


@pytest.mark.parametrize(
    "zone", ["Mars/Base", "America", "../etc/passwd", "/etc/passwd", "Halifax", "x" * 300, "."]
)
def test_what_is_no_time_zone(tmp_path: Path, zone: str) -> None:
    assert wrong(tmp_path, f"timezone: {zone}") == [("bad-time-zone", "timezone")]


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("tag_line: x", [("unknown-key", "tag_line")]),
        ("languages: [en, fr]", [("wrong-type", "languages")]),
        ("languages: en", [("wrong-type", "languages")]),
        ("languages: []", [("missing-key", "languages")]),
        ("languages: [english]", [("bad-language", "languages.0")]),
        ("currency: dollars", [("bad-currency", "currency")]),
        ("page_size: 0", [("bad-number", "page_size")]),
        ("page_size: many", [("bad-number", "page_size")]),
        ("contact: ask us", [("bad-url", "contact")]),
        ("theme: ../evil", [("bad-slug", "theme")]),
        ("funding: {The Bursary: {title: x}}", [("bad-slug", "funding.The Bursary")]),
        ("funding: {bursary: x}", [("wrong-type", "funding.bursary")]),
        ("funding: {bursary: {summary: x}}", [("missing-key", "funding.bursary.title")]),
        ("funding: [bursary]", [("wrong-type", "funding")]),
        ("filters: [industry, price]", [("unknown-value", "filters.1")]),
        (
            "filters: [cost, mode, cost, cost]",
            [("unknown-value", "filters.2"), ("unknown-value", "filters.3")],
        ),
        ("filters: cost", [("wrong-type", "filters")]),
        ("cost_bands: [100, many]", [("bad-number", "cost_bands.1")]),
        ("cost_bands: [0, 100]", [("bad-number", "cost_bands.0")]),
        ("cost_bands: [-5]", [("bad-number", "cost_bands.0")]),
        ("cost_bands: [99.5]", [("bad-number", "cost_bands.0")]),
        ("cost_bands: [100, 100, 50]", [("bad-number", "cost_bands.1"), ("bad-number", "cost_bands.2")]),
        ("cost_bands: 100", [("wrong-type", "cost_bands")]),
        ("problems: {missing-prise: off}", [("unknown-id", "problems.missing-prise")]),
        ("problems: {broken-link: off}", [("unknown-value", "problems.broken-link")]),
        ("problems: {bad-date: off}", [("unknown-value", "problems.bad-date")]),
        ("problems: {missing-price: warning}", [("unknown-value", "problems.missing-price")]),
        ("page_size: 0\ntheme: A B\n", [("bad-slug", "theme"), ("bad-number", "page_size")]),
    ],
)
def test_what_is_wrong(tmp_path: Path, text: str, problems: list[tuple[str, str]]) -> None:
    assert wrong(tmp_path, text) == problems


def test_nothing_to_filter_by_and_no_bands_are_settings_too(tmp_path: Path) -> None:
    found = good(tmp_path, "filters: []\ncost_bands: []\n")
    assert (found.filters, found.cost_bands) == ((), ())


def test_only_advice_can_be_turned_off_but_all_can_be_errors(tmp_path: Path) -> None:
    everything = "".join(f"  {code}: error\n" for code in CODES)
    assert good(tmp_path, f"problems:\n{everything}").problems["broken-link"] == "error"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "front-matter-shape"),
        (b"# only a note\n", "front-matter-shape"),
        (b"- a\n- b\n", "front-matter-shape"),
        (b"title: [\n", "yaml-syntax"),
        (b"title: x\ntitle: y\n", "duplicate-key"),
        (b"title: \xff\n", "file-not-utf8"),
        (b"title: a\0b\n", "file-nul"),
        (b"title: *x\n", "yaml-alias"),
        (b"a:\n\tb: c\n", "yaml-tab"),
        (b"- " * 900_000, "yaml-too-deep"),
        (b"---\ntitle: x\n---\ntitle: y\n", "yaml-syntax"),
    ],
)
def test_files_that_are_no_settings(tmp_path: Path, data: bytes, code: str) -> None:
    loaded, problems = load(tmp_path, data)
    assert loaded is None
    assert [found for found, _ in problems] == [code]


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    loaded, _ = load(tmp_path, b"\xef\xbb\xbf" + LEAST.replace("\n", "\r\n").encode())
    assert loaded is not None
    assert loaded.title == "Short courses"


def test_without_a_file_there_is_no_site(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"There is no credsite\.yaml"):
        config.load_config(tmp_path)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "credsite.yaml").mkdir()
    with pytest.raises(ConfigError, match="cannot be read"):
        config.load_config(tmp_path)


@given(
    st.binary(max_size=80) | st.text(max_size=80).map(lambda text: (LEAST + text).encode("utf-8", "replace"))
)
def test_any_file_is_read_or_explained(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    loaded, problems = load(tmp_path_factory.getbasetemp(), data)
    assert (loaded is None) == bool(problems)
