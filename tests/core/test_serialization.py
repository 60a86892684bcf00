"""Values as JSON: what any parser reads, also where the quick one refuses to write."""

from __future__ import annotations

import json
import sys
from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credsite.core import serialization
from credsite.core.serialization import deserialize, json_bytes, pack_numbers, serialize, unpack_numbers
from credsite.problems.model import Location, Problem

TEXT = st.text(st.characters(codec=None), max_size=8)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_json_is_as_short_as_can_be_and_reads_as_it_was(value: object) -> None:
    written = json_bytes(value)
    plain = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    assert written == plain.encode("utf-8", "surrogatepass")
    assert json.loads(written.decode("utf-8", "surrogatepass")) == value


@pytest.mark.parametrize("value", ["half \ud800", 2**64, -(2**63) - 1, ["a", {"\udfff": 10**30}]])
def test_what_the_quick_writer_refuses_is_written_too(value: object) -> None:
    assert json.loads(json_bytes(value).decode("utf-8", "surrogatepass")) == value


def test_what_is_no_json_is_an_error() -> None:
    with pytest.raises(TypeError):
        json_bytes({"a": object()})


@given(st.lists(st.integers(0, 2**32 - 1)))
def test_numbers_come_back(numbers: list[int]) -> None:
    assert list(unpack_numbers(pack_numbers(numbers))) == numbers


def test_numbers_are_the_same_on_every_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    assert pack_numbers([1, 258]) == b"\1\0\0\0\2\1\0\0"
    monkeypatch.setattr(serialization, "sys", type("sys", (), {"byteorder": _other(sys.byteorder)}))
    assert pack_numbers([1, 258]) == array("I", [1 << 24, (2 << 24) + (1 << 16)]).tobytes()
    assert list(unpack_numbers(pack_numbers([1, 258]))) == [1, 258]


def _other(order: str) -> str:
    return "big" if order == "little" else "little"


def test_a_number_that_is_cut_off_is_none() -> None:
    with pytest.raises(ValueError, match="bytes length not a multiple"):
        unpack_numbers(b"\1\0\0")


def test_a_name_that_is_not_in_utf8_is_text_that_any_database_holds() -> None:
    problem = Problem("bad-file-name", "a\udcffb", Location("static/\udc80.txt"))
    text = serialize(problem)
    assert text.encode()
    assert deserialize(Problem, text) == problem
