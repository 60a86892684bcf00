from __future__ import annotations

import sys
from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credsite.core import packing
from credsite.core.packing import pack_numbers, unpack_numbers


@given(st.lists(st.integers(0, 2**32 - 1)))
def test_numbers_come_back(numbers: list[int]) -> None:
    assert list(unpack_numbers(pack_numbers(numbers))) == numbers


def test_numbers_are_the_same_on_every_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    assert pack_numbers([1, 258]) == b"\1\0\0\0\2\1\0\0"
    monkeypatch.setattr(packing, "sys", type("sys", (), {"byteorder": _other(sys.byteorder)}))
    assert pack_numbers([1, 258]) == array("I", [1 << 24, (2 << 24) + (1 << 16)]).tobytes()
    assert list(unpack_numbers(pack_numbers([1, 258]))) == [1, 258]


def _other(order: str) -> str:
    return "big" if order == "little" else "little"


def test_a_number_that_is_cut_off_is_none() -> None:
    with pytest.raises(ValueError, match="bytes length not a multiple"):
        unpack_numbers(b"\1\0\0")
