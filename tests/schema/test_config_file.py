from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credsite.problems.codes import CODES
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
    loaded, problems = read_settings(tmp_path_factory.getbasetemp(), data)
    assert (loaded is None) == bool(problems)
