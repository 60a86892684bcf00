from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel, ValidationError

from credsite.schema.config import Config, ConfigError
from credsite.schema.config_file import read_settings as read_settings_file
from credsite.schema.models.base import Model
from credsite.schema.site_schema import BUILT_IN
from tests.support.settings import read_settings, settings_problems, valid_settings


def test_a_title_and_an_address_are_enough(tmp_path: Path) -> None:
    config = valid_settings(tmp_path, "")
    assert config.language == "en"
    assert config.timezone == "UTC"
    assert config.theme == "default"
    assert config.page_size == 24
    assert config.max_file_size == 2_000_000
    assert config.backgrounds is None
    assert config.currency is None
    assert config.offered_filters == BUILT_IN.facets
    assert config.cost_bands == (100, 250, 500)


def test_every_setting(tmp_path: Path) -> None:
    config = valid_settings(
        tmp_path,
        """\
tagline: Small courses
languages: [fr-CA]
currency: cad
timezone: America/Halifax
contact: mailto:ask@courses.test
page_size: 12
max_file_size: 500 kB
filters: [cost, industry]
cost_bands: [50, 1200]
funding:
  bursary: {title: Bursary, url: https://courses.test/bursary}
backgrounds: {newcomer: New here}
support: {parking: Parking}
problems: {missing-price: off, summary-long: error}
""",
    )
    assert (config.language, config.currency, config.page_size) == ("fr-CA", "CAD", 12)
    assert config.zone.key == "America/Halifax"
    assert (config.filters, config.cost_bands) == (("cost", "industry"), (50, 1200))
    assert config.max_file_size == 500_000
    assert config.funding["bursary"].title == "Bursary"
    assert config.problems == {"missing-price": "off", "summary-long": "error"}


def test_a_setting_without_a_value_counts_as_left_out(tmp_path: Path) -> None:
    assert valid_settings(tmp_path, "tagline:\npage_size:\nfunding:\nbackgrounds: ~\n").page_size == 24


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://courses.test", "https://courses.test/"),
        ("https://courses.test/", "https://courses.test/"),
        ("http://localhost:8000/a/b", "http://localhost:8000/a/b/"),
        ("https://example.org/a/b///", "https://example.org/a/b/"),
    ],
)
def test_base_urls_end_with_one_slash(tmp_path: Path, written: str, address: str) -> None:
    loaded, _ = read_settings(tmp_path, f"title: x\nbase_url: {written}\n")
    assert loaded is not None
    assert loaded.base_url == address
    assert valid_settings(tmp_path, "").with_base_url(written).base_url == address


def test_wrong_settings_can_have_another_address(tmp_path: Path) -> None:
    (tmp_path / "credsite.yaml").write_text("title: x\nbase_url: https://x.example/\ncurrency: dollars\n")
    settings = read_settings_file(tmp_path)
    assert settings.wrong_keys == {("currency",)}
    assert settings.config.with_base_url("http://127.0.0.1:8000").base_url == "http://127.0.0.1:8000/"


@pytest.mark.parametrize(
    "written",
    ["courses.test", "/courses/", "ftp://x.example/", "https://", "https://x.example/?a", "https://x.example/#a",
     "https://[x/", "mailto:x@y.example", "https://our college.test/", "https://me:secret@x.example/", "https://x.example/a/../b/"],
)  # fmt: skip
def test_what_is_no_base_url(tmp_path: Path, written: str) -> None:
    assert read_settings(tmp_path, f"title: x\nbase_url: '{written}'\n")[1] == [("bad-url", "base_url")]
    with pytest.raises(ConfigError):
        valid_settings(tmp_path, "").with_base_url(written)


@pytest.mark.parametrize(
    ("written", "size"),
    [("2 MB", 2_000_000), ("2MB", 2_000_000), ("1.5 MB", 1_500_000), ("500 kB", 500_000), ("500 KB", 500_000),
     ("10 B", 10), ("4096", 4096), ("1 GB", 1_000_000_000)],
)  # fmt: skip
def test_sizes(tmp_path: Path, written: str, size: int) -> None:
    assert valid_settings(tmp_path, f"max_file_size: {written}").max_file_size == size


@pytest.mark.parametrize(
    "written", ["0", "0 MB", "-1 MB", "big", "2 TB", "2 mb", "1e3", f"{'9' * 400} GB", "MB"]
)
def test_what_is_no_size(tmp_path: Path, written: str) -> None:
    assert settings_problems(tmp_path, f"max_file_size: {written}") == [("bad-number", "max_file_size")]


@pytest.mark.parametrize(
    "zone", ["Mars/Base", "America", "../etc/passwd", "/etc/passwd", "Halifax", "x" * 300, "."]
)
def test_what_is_no_time_zone(tmp_path: Path, zone: str) -> None:
    assert settings_problems(tmp_path, f"timezone: {zone}") == [("bad-time-zone", "timezone")]


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
    assert settings_problems(tmp_path, text) == problems


def test_nothing_to_filter_by_and_no_bands_are_settings_too(tmp_path: Path) -> None:
    config = valid_settings(tmp_path, "filters: []\ncost_bands: []\n")
    assert (config.filters, config.cost_bands) == ((), ())


@pytest.mark.parametrize(
    ("zone", "suggestion"),
    [
        ("Vancouver", "America/Vancouver"),
        ("Europe/Pariss", "Europe/Paris"),
        ("Canada/Vancouver", "America/Vancouver"),
        ("New York", "America/New_York"),
        ("Pacific Time", ""),
        ("Eastern", ""),
    ],
)
def test_the_zone_of_a_city_is_suggested(zone: str, suggestion: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Config.model_validate({"title": "A", "base_url": "https://courses.test/", "timezone": zone})
    (error,) = caught.value.errors()
    assert error["ctx"]["suggestion"] == suggestion


@pytest.mark.parametrize("name", ["max_file_size", "max_image_size", "max_static_size"])
def test_limits_of_sizes_are_numbers_from_one_byte_to_a_gigabyte(tmp_path: Path, name: str) -> None:
    for written, size in {"1": 1, "5 MB": 5_000_000, "1 GB": 10**9}.items():
        assert getattr(valid_settings(tmp_path, f"{name}: {written}"), name) == size
    for written in ("0", "-5", "0 MB", "1.1 GB", "2000000000", "much"):
        assert settings_problems(tmp_path, f"{name}: {written}") == [("bad-number", name)]


def test_no_annotation_of_a_model_is_a_text_that_pydantic_compiles_at_each_start() -> None:
    def models(base: type[BaseModel]) -> Iterator[type[BaseModel]]:
        for one in base.__subclasses__():
            yield one
            yield from models(one)

    found = [one for one in models(Model) if one.__module__.startswith("credsite.")]
    assert Config in found
    assert not [
        one
        for one in found
        if any(isinstance(annotation, str) for annotation in vars(one).get("__annotations__", {}).values())
    ]
