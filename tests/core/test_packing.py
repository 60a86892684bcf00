from __future__ import annotations

import sys
from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credsite.core import packing
from credsite.core.packing import ENTRY, from_bytes, joined, split, to_bytes


@given(st.lists(st.text(st.characters(exclude_characters=ENTRY))))
def test_texts_come_back(texts: list[str]) -> None:
    assert split(joined(texts)) == texts


@given(st.lists(st.integers(0, 2**32 - 1)))
def test_numbers_come_back(numbers: list[int]) -> None:
    for width in ("I", "Q"):
        assert list(from_bytes(width, to_bytes(width, numbers))) == numbers


def test_numbers_are_the_same_on_every_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    assert to_bytes("I", [1, 258]) == b"\1\0\0\0\2\1\0\0"
    monkeypatch.setattr(packing, "sys", type("sys", (), {"byteorder": _other(sys.byteorder)}))
    assert to_bytes("I", [1, 258]) == array("I", [1 << 24, (2 << 24) + (1 << 16)]).tobytes()
    assert list(from_bytes("I", to_bytes("I", [1, 258]))) == [1, 258]


def _other(order: str) -> str:
    return "big" if order == "little" else "little"


def test_a_number_that_is_cut_off_is_none() -> None:
    with pytest.raises(ValueError, match="bytes length not a multiple"):
        from_bytes("I", b"\1\0\0")
