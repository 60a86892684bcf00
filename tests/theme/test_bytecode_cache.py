"""Compiled templates that are kept: used again, unless anything that they depend on has changed or they are damaged."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from jinja2 import DictLoader, Environment

from credsite.theme.bytecode_cache import TemplateBytecodeCache

Render = Callable[..., str]


def render(folder: Path, source: str, state: str = "one") -> str:
    environment = Environment(
        loader=DictLoader({"a": source}), bytecode_cache=TemplateBytecodeCache(folder, state), autoescape=True
    )
    return environment.get_template("a").render(x=1)


def test_a_template_is_compiled_once(tmp_path: Path, compiled: list[str]) -> None:
    assert [render(tmp_path / "kept", "{{ x }}") for _ in range(3)] == ["1"] * 3
    assert compiled == ["{{ x }}"]
    assert [path.suffix for path in (tmp_path / "kept").iterdir()] == [""]


def test_a_changed_template_or_state_is_compiled_again(tmp_path: Path, compiled: list[str]) -> None:
    assert render(tmp_path, "{{ x }}") == "1"
    assert render(tmp_path, "{{ x }}!") == "1!"
    assert render(tmp_path, "{{ x }}!", "two") == "1!"
    assert len(compiled) == 3
    assert len(list(tmp_path.iterdir())) == 1


def test_damaged_code_is_not_run(tmp_path: Path, compiled: list[str]) -> None:
    render(tmp_path, "{{ x }}")
    (kept,) = tmp_path.iterdir()
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
