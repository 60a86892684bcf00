from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credsite.problems.codes import CODES
from credsite.problems.model import Severity
from credsite.schema.config import ConfigError
from credsite.schema.config_file import load_config
from tests.support.settings import LEAST_SETTINGS, read_settings, valid_settings


def test_only_advice_can_be_turned_off_but_all_can_be_errors(tmp_path: Path) -> None:
    everything = "".join(f"  {code}: error\n" for code in CODES)
    assert valid_settings(tmp_path, f"problems:\n{everything}").problems["broken-link"] == "error"


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
        (b"---\ntitle: x\n---\ntagline: y\n", "yaml-syntax"),
    ],
)
def test_files_that_are_no_settings(tmp_path: Path, data: bytes, code: str) -> None:
    loaded, problems = read_settings(tmp_path, data)
    assert loaded is None
    assert [problem_code for problem_code, _ in problems if problem_code != "missing-key"] == [code]


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    loaded, _ = read_settings(tmp_path, b"\xef\xbb\xbf" + LEAST_SETTINGS.replace("\n", "\r\n").encode())
    assert loaded is not None
    assert loaded.title == "Short courses"


def test_without_a_file_there_is_no_site(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"There is no credsite\.yaml"):
        load_config(tmp_path)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "credsite.yaml").mkdir()
    with pytest.raises(ConfigError, match="cannot be read"):
        load_config(tmp_path)


@given(
    st.binary(max_size=80)
    | st.text(max_size=80).map(lambda text: (LEAST_SETTINGS + text).encode("utf-8", "replace"))
)
def test_any_file_is_read_or_explained(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    folder = tmp_path_factory.getbasetemp() / "any settings"
    folder.mkdir(exist_ok=True)
    loaded, problems = read_settings(folder, data)
    errors = [code for code, _ in problems if CODES[code].severity is Severity.ERROR]
    assert (loaded is None) == bool(errors)


@pytest.mark.parametrize(
    "address",
    [
        "https://courses.example/",
        "https://example/",
        "http://EXAMPLE.com/courses/",
        "https://www.example.org:8080/",
        "https://example.net",
        "http://localhost:8000/",
        "http://a.localhost/",
        "http://127.0.0.1/",
        "http://[::1]:8000/",
    ],
)
def test_an_address_that_is_only_an_example(tmp_path: Path, address: str) -> None:
    loaded, problems = read_settings(tmp_path, f"title: A\nbase_url: {address}\n".encode())
    assert loaded is not None
    assert problems == [("base-url-example", "base_url")]


@pytest.mark.parametrize(
    ("settings", "found"),
    [
        ("base_url: https://example.ca/", []),
        ("base_url: https://example-college.com/example/", []),
        ("base_url: https://notexample.com/", []),
        ("base_url: https://a.test/\ncontact: mailto:ask@courses.example", [("base-url-example", "contact")]),
        (
            "base_url: https://a.test/\ncontact: https://www.example.com/ask",
            [("base-url-example", "contact")],
        ),
        ("base_url: https://a.test/\ncontact: mailto:example@a.test", []),
        ("base_url: https://a.test/\ncontact: tel:+15550100", []),
    ],
)
def test_addresses_of_ones_own(tmp_path: Path, settings: str, found: list[tuple[str, str]]) -> None:
    assert read_settings(tmp_path, f"title: A\n{settings}\n".encode())[1] == found


def test_empty_settings_count_as_left_out(tmp_path: Path) -> None:
    text = LEAST_SETTINGS + (
        'currency: ""\ntimezone: " "\ncontact: ""\nlanguages: [""]\npage_size: ""\nmax_file_size: ""\nfilters: [""]\n'
        'cost_bands: [""]\nfunding: {}\nbackgrounds: ""\nstandards: [""]\ntagline: "\\u00a0"\ntheme: ""\n'
    )
    (tmp_path / "credsite.yaml").write_text(text, encoding="utf-8")
    config, problems = load_config(tmp_path)
    assert problems == []
    (tmp_path / "credsite.yaml").write_text(LEAST_SETTINGS, encoding="utf-8")
    assert config == load_config(tmp_path)[0]


def test_the_name_of_an_id_is_missing_where_it_is_empty(tmp_path: Path) -> None:
    text = (
        LEAST_SETTINGS
        + 'support: {parking: ""}\nproblems: {missing-price: " "}\nfunding: {grant: {title: ""}}\n'
    )
    (tmp_path / "credsite.yaml").write_text(text, encoding="utf-8")
    found = load_config(tmp_path)[1]
    assert [(problem.code, problem.location.key) for problem in found] == [
        ("missing-key", ("funding", "grant", "title")),
        ("missing-key", ("support", "parking")),
        ("missing-key", ("problems", "missing-price")),
    ]


@pytest.mark.parametrize(
    ("written", "suggestion"),
    [("location", "place"), ("prices", "cost"), ("delivery", "mode"), ("levle", "level"), ("zzz", "")],
)
def test_other_words_for_filters(tmp_path: Path, written: str, suggestion: str) -> None:
    (tmp_path / "credsite.yaml").write_text(f"{LEAST_SETTINGS}filters: [{written}]\n", encoding="utf-8")
    (found,) = load_config(tmp_path)[1]
    assert (found.code, found.suggestion) == ("unknown-value", suggestion)
