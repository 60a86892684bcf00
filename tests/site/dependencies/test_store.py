"""Whatever is noted, forgotten and packed, what is remembered is what was noted last."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credsite.site.dependencies import store
from credsite.site.dependencies.recorder import PART, READ, SHARED
from credsite.site.dependencies.store import ReadTexts

READS = [
    f"{group}{PART}{key}" for group in ("courses", "courses*", "text") for key in ("", "a", "b", "a\x1fb")
]
PAGES = ["", "a/", "b/", "é/"]
CARDS = [f"card{PART}{key}" for key in ("a", "b")]
SHARES = [f"{SHARED}{PART}{card}" for card in CARDS]

texts = st.sets(st.sampled_from(READS + SHARES), max_size=6).map(lambda reads: READ.join(sorted(reads)))
steps = st.lists(
    st.one_of(
        st.tuples(st.just("note"), st.sampled_from(PAGES + CARDS), texts),
        st.tuples(st.just("fold"), st.just(""), st.just("")),
        st.tuples(st.just("pack"), st.just(""), st.just("")),
        st.tuples(st.just("keep"), st.sampled_from(PAGES), st.just("")),
    ),
    max_size=20,
)


def all_of(found: ReadTexts) -> dict[str, str | None]:
    return {name: found.get(name) for name in found.names()}


def kept_in(model: dict[str, str], gone: str) -> dict[str, str]:
    """What is left when a page is gone: other pages, and what they share, directly or not."""
    if not any(name == gone for name in model):
        return model
    kept = {name: text for name, text in model.items() if PART not in name and name != gone}
    while True:
        shared = {
            card
            for card, read in zip(CARDS, SHARES, strict=True)
            if card in model and any(read in text.split(READ) for text in kept.values())
        }
        if shared <= kept.keys():
            return kept
        kept |= {card: model[card] for card in shared}


@pytest.mark.parametrize("added", [0, 2, 200])
@given(begun=st.dictionaries(st.sampled_from(PAGES + CARDS), texts), steps=steps)
def test_what_was_noted_last_is_remembered(
    added: int, begun: dict[str, str], steps: list[tuple[str, str, str]]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "_ADDED", added)
        found, model = ReadTexts(begun), dict(begun)
        for step, name, text in steps:
            if step == "note":
                assert found.note(name, text) == (model.get(name) != text)
                model[name] = text
            elif step == "fold":
                found.fold()
            elif step == "pack":
                found = ReadTexts.unpacked(found.packed())
            else:
                found.keep({page for page in PAGES if page != name})
                model = kept_in(model, name)
            assert all_of(found) == model
            for few in ({READS[0]}, {READS[1], SHARES[0]}, set(READS)):
                assert found.reading(few) == {
                    one for one, reads in model.items() if not few.isdisjoint(reads.split(READ))
                }


def test_what_is_added_gets_numbers_of_its_own_until_all_is_packed_anew() -> None:
    found = ReadTexts({"a/": READS[1], "b/": READS[2]})
    (group,) = found.groups
    found.note("a/", READ.join([READS[1], "pages\x1fx"]))
    found.fold()
    assert found.groups[0] is group
    assert [one.name for one in found.groups] == ["courses", "pages"]
    for number in range(store._ADDED + 1):
        found.note(f"{number}/", READS[2])
    found.fold_many()
    assert [one.name for one in found.groups] == ["courses", "pages"]
    assert group not in found.groups
    assert found.get("a/") == READ.join([READS[1], "pages\x1fx"])


def test_a_number_is_not_found_between_two_others() -> None:
    keys = [f"{number:04}" for number in range(600)]
    found = ReadTexts(
        {"all/": READ.join(f"courses{PART}{key}" for key in keys), "one/": f"courses{PART}{keys[1]}"}
    )
    assert found.reading({f"courses{PART}{keys[256]}"}) == {"all/"}
    assert found.reading({f"courses{PART}{keys[1]}"}) == {"all/", "one/"}
    assert found.reading({f"courses{PART}{key}" for key in keys[1:20]}) == {"all/", "one/"}
