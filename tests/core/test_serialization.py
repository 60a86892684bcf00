"""Values as JSON: what any parser reads, also where the quick one refuses to write."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credsite.core.serialization import json_bytes

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
