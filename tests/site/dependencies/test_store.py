"""Whatever is recorded, forgotten and stored, the store has what was recorded last."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credsite.site.dependencies import store
from credsite.site.dependencies.history import KnownValues, PageHistory
from credsite.site.dependencies.recorder import (
    ORDER,
    SHARED,
    TEXT,
    Dependent,
    Lookup,
    LookupKey,
    Lookups,
    SharedName,
)
from credsite.site.dependencies.store import DependencyStore, Dependents

KEYS: dict[str, list[LookupKey]] = {
    "courses": ["", "a", "b\x1e\n"],
    "by_pair": [("a", "b"), ("a", "c"), ("a,b",)],
    ORDER: ["courses"],
    TEXT: ["a", "é"],
}
LOOKUPS: list[Lookup] = [(mapping, key) for mapping, keys in KEYS.items() for key in keys]
PAGES = ["", "a/", "b/", "é/"]
CARDS: list[SharedName] = [("card", "a"), ("card", "b")]
SHARED_LOOKUPS: list[Lookup] = [(SHARED, card) for card in CARDS]

found_lookups = st.sets(st.sampled_from(LOOKUPS + SHARED_LOOKUPS), max_size=6).map(
    lambda lookups: tuple(sorted(lookups))
)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("record"), st.sampled_from([*PAGES, *CARDS]), found_lookups),
        st.tuples(st.just("store"), st.just(""), st.just(())),
        st.tuples(st.just("retain"), st.sampled_from(PAGES), st.just(())),
    ),
    max_size=20,
)


def all_of(found: DependencyStore) -> dict[Dependent, Lookups | None]:
    return {dependent: found.get(dependent) for dependent, _ in found.packed_numbers()}


def through_columns(found: DependencyStore) -> DependencyStore:
    values = {mapping: KnownValues(keys, ["-"] * len(keys)) for mapping, keys in found.keys().items()}
    again = PageHistory.from_columns(PageHistory(found, values).to_columns())
    assert again.values == values
    return again.store


def without(model: dict[Dependent, Lookups], gone: str) -> dict[Dependent, Lookups]:
    """What is left when a page is gone: other pages, and what they share, directly or not."""
    kept = {name: found for name, found in model.items() if isinstance(name, str) and name != gone}
    while True:
        shared = {
            card
            for card, lookup in zip(CARDS, SHARED_LOOKUPS, strict=True)
            if card in model and any(lookup in found for found in kept.values())
        }
        if shared <= kept.keys():
            return kept
        kept |= {card: model[card] for card in shared}


def dependents_in(model: dict[Dependent, Lookups], lookups: set[Lookup]) -> Dependents:
    found: set[Dependent] = set()
    while True:
        changed = lookups | {(SHARED, name) for name in found if not isinstance(name, str)}
        more = {name for name, own in model.items() if not changed.isdisjoint(own)}
        if more == found:
            return Dependents(
                frozenset(name for name in found if isinstance(name, str)),
                frozenset(name for name in found if not isinstance(name, str)),
            )
        found = more


@pytest.mark.parametrize("unused", [0, 200])
@given(start=st.dictionaries(st.sampled_from([*PAGES, *CARDS]), found_lookups), steps=steps)
def test_the_store_has_what_was_recorded_last(
    unused: int, start: dict[Dependent, Lookups], steps: list[tuple[str, Dependent, Lookups]]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "_MAX_UNUSED", unused)
        found, model = DependencyStore(), dict(start)
        for name, lookups in start.items():
            found.record(name, lookups)
        for step, name, lookups in steps:
            if step == "record":
                assert found.record(name, lookups) == (model.get(name) != lookups)
                model[name] = lookups
            elif step == "store":
                found.retain(PAGES)
                found, model = through_columns(found), without(model, "none")
            else:
                found.retain({page for page in PAGES if page != name})
                model = without(model, str(name))
            assert all_of(found) == model
            for few in ({LOOKUPS[0]}, {LOOKUPS[1], SHARED_LOOKUPS[0]}, set(LOOKUPS)):
                assert found.dependents(few) == dependents_in(model, few)


def test_keys_keep_their_numbers_until_many_are_unused() -> None:
    found = DependencyStore()
    found.record("a/", tuple(("courses", f"{number:03}") for number in range(store._MAX_UNUSED + 2)))
    keys = found.keys()["courses"]
    found.record("a/", (("courses", "000"), ("pages", "x")))
    found.record("b/", (("courses", "001"),))
    found.retain(["a/", "b/"])
    assert found.keys()["courses"] is keys
    found.retain(["a/"])
    assert found.keys() == {"courses": ["000"], "pages": ["x"]}
    assert all_of(found) == {"a/": (("courses", "000"), ("pages", "x"))}
