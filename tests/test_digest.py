from __future__ import annotations

import enum
import subprocess
import sys
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credsite.digest import Fingerprints, combined, digest
from credsite.site.views import Html


@dataclass(frozen=True, slots=True)
class Card:
    title: str
    count: int = 0
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OtherCard:
    title: str
    count: int = 0
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    cards: tuple[Card, ...]
    extra: Any = None


class Colour(enum.StrEnum):
    RED = "red"


def of(value: Any) -> str:
    return Fingerprints().of(value)


def test_digest_is_32_hexadecimal_digits() -> None:
    assert len(digest(b"")) == 32
    assert int(digest(b"x"), 16)
    assert digest(b"a") != digest(b"b")


def test_combined_knows_where_a_text_ends() -> None:
    assert combined(["ab", "c"]) != combined(["a", "bc"])
    assert combined(["a", "b"]) != combined(["b", "a"])
    assert combined(["a"]) == combined(iter(["a"]))


DIFFERENT: list[Any] = [
    "",
    "1",
    1,
    True,
    False,
    0,
    0.0,
    -1,
    None,
    "None",
    b"1",
    Decimal(1),
    Decimal("1.0"),
    date(2027, 1, 1),
    datetime(2027, 1, 1),
    datetime(2027, 1, 1, tzinfo=UTC),
    "2027-01-01",
    (),
    ("",),
    ("a", "b"),
    ("ab",),
    (("a",), "b"),
    (("a", "b"),),
    ("a", ("b",)),
    ("a", None, "b"),
    Card(""),
    Card("1"),
    Card("", 1),
    Card("", 0, ("",)),
    Card("a", 0, ("b",)),
    OtherCard(""),
    Page((Card("a"), Card("b"))),
    Page((Card("b"), Card("a"))),
    Page((Card("a"),), Card("b")),
    Page((Card("a"),), (Card("b"),)),
]


def test_different_values_have_different_fingerprints() -> None:
    prints = [of(value) for value in DIFFERENT]
    assert len(set(prints)) == len(DIFFERENT)


def test_each_field_counts() -> None:
    card = Card("a", 1, ("x",))
    changed = [replace(card, title="b"), replace(card, count=2), replace(card, terms=("y",))]
    assert len({of(value) for value in [card, *changed]}) == 4
    assert len({of(Page((value,))) for value in [card, *changed]}) == 4


def test_equal_models_have_equal_fingerprints_shared_or_not() -> None:
    card = Card("a", 1, ("x",))
    one = Fingerprints()
    assert one.of(Page((card, card))) == one.of(Page((Card("a", 1, ("x",)), card))) == of(Page((card, card)))


def test_special_texts_count_by_their_words() -> None:
    assert of(Html("<p>a")) != of(Html("<p>b"))
    assert of(Colour.RED) == of("red")


@pytest.mark.parametrize("value", [[], {}, {"a"}, object(), (1, [2]), Page((), [])])
def test_what_can_change_has_no_fingerprint(value: Any) -> None:
    with pytest.raises(TypeError, match="no fingerprint"):
        of(value)


def test_an_identity_used_again_is_not_mistaken() -> None:
    """Models that are gone leave their address in memory to others."""
    one = Fingerprints()
    assert len({one.of(Card(f"card {number}")) for number in range(2000)}) == 2000


def test_lone_surrogates_do_no_harm() -> None:
    assert of("\ud800") != of("\ud801")
    assert combined(["\ud800"]) != combined(["\ud801"])


def test_other_processes_come_to_the_same() -> None:
    program = (
        "from credsite.digest import Fingerprints; from credsite.values import Span; from decimal import Decimal;"
        "print(Fingerprints().of((Span(Decimal(1), Decimal(2), 'week'), 'é', None, True)))"
    )
    prints = {
        subprocess.run(
            [sys.executable, "-c", program], check=True, capture_output=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    }
    assert len(prints) == 1


TREES = st.recursive(
    st.text(max_size=3)
    | st.integers(0, 2)
    | st.none()
    | st.booleans()
    | st.builds(Card, st.text(max_size=2)),
    lambda inner: st.lists(inner, max_size=3).map(tuple),
    max_leaves=8,
)


@given(TREES, TREES)
def test_fingerprints_are_equal_exactly_where_values_are(left: Any, right: Any) -> None:
    assert (of(left) == of(right)) == (repr(left) == repr(right))
