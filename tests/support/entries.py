"""Random front matter of courses for property tests: all keys, with texts that spreadsheets may damage."""

from __future__ import annotations

from datetime import date, time
from typing import Any, Final

from hypothesis import strategies as st

from credsite.authoring.spreadsheet.columns import field_shapes
from credsite.core.dates import YEARS
from credsite.schema.empty_values import is_blank
from credsite.schema.introspection import FieldShape
from credsite.schema.models import Course
from credsite.schema.models.base import Credential, Video

_TRAPS: Final = "ab É;|\\\n\"'=+-@#:,[]{}&*!%~<> 01E_x\u00a0\u2028.-"
_SHAPES: Final = (
    "=1+1", "-5 degrees", "'quoted", "''", "#N/A", "1E5", "1,5E+10", '="007"', "007", "2027-01-31", "31/01/2027", "TRUE",
    "null", "~", "NO", "- item", "a: b", "a #b", "_x0041_", "C:\\new", "a\\", "\\;", "a;b", "a|b", "first\nsecond", "---", "yes",
)  # fmt: skip


def texts() -> st.SearchStrategy[str]:
    """A text that is not empty and has no spaces at its ends, as the models require."""
    free = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co")), max_size=12)
    trapped = st.text(st.sampled_from(_TRAPS), max_size=12)
    return st.one_of(free, trapped, st.sampled_from(_SHAPES)).map(str.strip).filter(_is_text)


def _is_text(text: str) -> bool:
    return not is_blank(text)


_DAYS: Final = st.dates(date(YEARS[0], 1, 1), date(YEARS[-1], 12, 31)).map(date.isoformat)
_SPANS: Final = st.sampled_from(["6 weeks", "3-7 days", "P6W", "1.5 hours", "2 to 3 months"])
_WEB_PAGE: Final = "https://college.example/a?b=c&d=e#f"
_URLS: Final = st.sampled_from([_WEB_PAGE, "mailto:ask@college.example", "tel:+441234567890"])
_AMOUNTS: Final = st.decimals(0, 10**9, places=2, allow_nan=False).map(lambda amount: f"{amount:f}")
_ITEMS: Final = st.lists(
    st.one_of(
        st.fixed_dictionaries(
            {"label": st.sampled_from(["Tuition", "Exam: part 1", "Kit; tools"]), "amount": _AMOUNTS}
        ),
        st.sampled_from(["Tuition: 400", "Exam: 95.50"]),
    ),
    min_size=1,
    max_size=3,
)
_CREDITS: Final = st.fixed_dictionaries({"value": st.sampled_from(["3", "0.5", "1.250"]), "unit": texts()})
_CURRENCIES: Final = st.sampled_from(["CAD", "eur", "KWD"])
_SPECIAL: Final[dict[str, st.SearchStrategy[Any]]] = {
    "slug": st.just("a-course"),
    "aliases": st.lists(st.sampled_from(["/old/", "/old/name/", "/a.html"]), max_size=2),
    "image": st.fixed_dictionaries({"src": texts(), "alt": st.one_of(st.just(""), texts())}),
    "price": st.one_of(
        st.sampled_from(["free", "495 CAD", "1,250.50 EUR", "20", "0"]),
        st.fixed_dictionaries(
            {"amount": _AMOUNTS}, optional={"currency": _CURRENCIES, "note": texts(), "items": _ITEMS}
        ),
    ),
    "prices": st.lists(
        st.fixed_dictionaries(
            {"for": texts(), "amount": _AMOUNTS}, optional={"currency": _CURRENCIES, "note": texts(), "items": _ITEMS}
        ),
        min_size=1,
        max_size=3,
    ),
    "skills": st.lists(
        st.one_of(texts(), st.fixed_dictionaries({"name": texts()}, optional={"uri": _URLS})), max_size=3
    ),
    "credits": st.one_of(_CREDITS, st.lists(_CREDITS, min_size=2, max_size=3)),
    "publish_at": st.one_of(_DAYS, st.sampled_from(["2027-01-31 09:00", "2027-01-31T00:01", "2027-01-31T09:00+02:00"])),
    "starts": st.one_of(_DAYS, st.sampled_from(["2027-01-31 18:00", "2027-01-31T09:05"])),
    "enrol_url": _URLS,
    "uri": _URLS,
    "url": _URLS,
    "contact": _URLS,
    "languages": st.lists(st.sampled_from(["en", "fr-CA", "uk"]), max_size=3),
    "ctid": st.just("ce-01234567-89ab-cdef-0123-456789abcdef"),
    "seats": st.integers(0, 10**6).map(str),
}  # fmt: skip


def courses() -> st.SearchStrategy[dict[str, Any]]:
    """Front matter that the model of courses accepts."""
    return _block(Course).map(_without_conflict)


def _without_conflict(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if key != "credential" or "credentials" not in values}


def _block(model: Any) -> st.SearchStrategy[dict[str, Any]]:
    values = {
        name: _SPECIAL[name] if name in _SPECIAL and model not in (Credential, Video) else _value(shape)
        for name, shape in field_shapes(model).items()
    }
    if model is Video:
        values["url"] = st.just(_WEB_PAGE)
    values["expires_at"] = values.get("publish_at", st.nothing())
    fields = {field.alias or name: field for name, field in model.model_fields.items()}
    needed = {name for name, field in fields.items() if field.is_required()}
    return st.fixed_dictionaries(
        {name: value for name, value in values.items() if name in needed},
        optional={name: value for name, value in values.items() if name in fields and name not in needed},
    )


def _value(shape: FieldShape) -> st.SearchStrategy[Any]:
    one: st.SearchStrategy[Any]
    if shape.model is not None:
        one = _block(shape.model)
    elif shape.choices:
        one = st.sampled_from(shape.choices)
    elif shape.type is bool:
        one = st.sampled_from(["true", "false", "True"])
    elif shape.type is str:
        one = texts()
    elif shape.type.__name__ == "date":
        one = _DAYS
    elif shape.type is time:
        one = st.times().map(lambda moment: f"{moment:%H:%M}")
    else:
        assert shape.type.__name__ == "Duration", shape
        one = _SPANS
    several = st.lists(one, min_size=1, max_size=3)
    return several if shape.is_list else st.one_of(one, several) if shape.may_be_list else one
