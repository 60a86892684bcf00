"""Random declarations of own fields, and values that they accept, for property tests."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from hypothesis import strategies as st

from credsite.core.dates import YEARS
from credsite.schema.own_fields import FIELD_TYPES
from tests.support.entries import texts

KEYS: Final = ("campus", "door", "hall", "opening_day", "union_rate")
"""Keys that courses do not have."""
_IDS: Final = ("north", "quay", "b-2")
_LABELS: Final = st.sampled_from(["North campus", "Rate (members)", "Ort <b>", "Été"])
_DAYS: Final = st.dates(date(YEARS[0], 1, 1), date(YEARS[-1], 12, 31)).map(date.isoformat)
_VALUES: Final[dict[str, st.SearchStrategy[str]]] = {
    "text": texts(),
    "markdown": st.sampled_from(["## Fees\n\nSee [b](course:b).", "*Yes*", "- one\n- two", "1 < 2 & 3"]),
    "number": st.sampled_from(["0", "12", "-3", "99.50", "1 250", "999999999"]),
    "money": st.sampled_from(["395", "395.50 EUR", "free", "1,250.50 CAD", "0", "EUR 12"]),
    "yes-no": st.sampled_from(["true", "false", "yes"]),
    "date": _DAYS,
    "url": st.sampled_from(["https://college.example/a?b=c&d=e#f", "mailto:ask@college.example"]),
    "email": st.just("ask@college.example"),
    "choice": st.sampled_from(_IDS),
    "reference": st.just("college"),
}


@st.composite
def declarations(draw: st.DrawFn) -> dict[str, dict[str, Any]]:
    """Declarations of a few fields of courses, each with some of what its type can have."""
    keys = draw(st.lists(st.sampled_from(KEYS), min_size=1, unique=True))
    return {key: _declaration(draw) for key in keys}


def _declaration(draw: st.DrawFn) -> dict[str, Any]:
    name, type_ = draw(st.sampled_from(list(FIELD_TYPES.items())))
    switches = [use for use in ("list", "filter", "sort", "search", "pages") if use in type_.uses]
    chosen = draw(st.lists(st.sampled_from(switches), unique=True)) if switches else []
    if "list" in chosen and "sort" in chosen:
        chosen.remove("sort")
    places = [place for place in ("card", "compare") if place in type_.uses]
    shown = draw(st.lists(st.sampled_from(places), unique=True)) if places else []
    declared: dict[str, Any] = {"type": name, "show": ["facts", *shown], **dict.fromkeys(chosen, True)}
    if draw(st.booleans()):
        declared["label"] = draw(_LABELS)
    if name == "choice":
        declared["values"] = {id_: draw(_LABELS) for id_ in _IDS}
    if name == "reference":
        declared["kind"] = "provider"
    return declared


@st.composite
def declared_and_given(draw: st.DrawFn) -> tuple[dict[str, dict[str, Any]], dict[str, Any]]:
    """Declarations of fields of courses, and the values of one course: of each field, or of some."""
    declared = draw(declarations())
    given: dict[str, Any] = {}
    for key, one in declared.items():
        values = _VALUES[one["type"]]
        if draw(st.integers(0, 4)):
            given[key] = draw(st.lists(values, min_size=1, max_size=3)) if one.get("list") else draw(values)
    return declared, given
