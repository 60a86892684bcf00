"""What files gave, as text and back: everything comes back as it was, and nothing comes back that was not there."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credsite import config
from credsite.content.files import SourceFile
from credsite.content.model import Kind
from credsite.content.model.base import Model
from credsite.content.parse import Parsed, parse
from credsite.content.reader import read_site
from credsite.content.stored import _RECORDS, StoredError, _models, from_text, to_text
from credsite.problems import Place, Problem, Severity
from tests.support.tools import REPOSITORY

SOURCE = SourceFile("content/courses/a.md", Kind.COURSE, "a", "en-CA")


class Notebook:
    """A memo that keeps what it is given."""

    def __init__(self) -> None:
        self.kept: list[Parsed] = []

    def get(self, key: str) -> Parsed | None:  # noqa: ARG002
        return None

    def put(self, key: str, parsed: Parsed) -> None:  # noqa: ARG002
        self.kept.append(parsed)


def parsed_files(root: Path) -> list[Parsed]:
    settings, _ = config.load(root)
    assert settings is not None
    memo = Notebook()
    read_site(root, settings, memo=memo)
    return memo.kept


@pytest.mark.parametrize(
    "root", [REPOSITORY, *sorted((REPOSITORY / "tests" / "sites").rglob("credsite.yaml"))]
)
def test_all_that_files_give_comes_back(root: Path) -> None:
    folder = root.parent if root.is_file() else root
    if config.load(folder)[0] is None:
        return
    for parsed in parsed_files(folder):
        text = to_text(parsed)
        again = from_text(text)
        assert again == parsed
        assert repr(again) == repr(parsed)  # the classes too, down to those of enumerations
        assert to_text(again) == text
        if parsed.entry is not None and again.entry is not None:
            assert again.entry.fields.model_fields_set == parsed.entry.fields.model_fields_set
            assert hash(again.entry.fields) == hash(parsed.entry.fields)


def test_dates_times_and_amounts_come_back_exactly() -> None:
    text = (
        "---\ntitle: A\nsummary: B\nprovider: p\nindustries: [i]\ndelivery_modes: [online]\n"
        "publish_at: 2027-01-31 09:00+02:00\nexpires_at: 2027-01-31T09:00:00.5Z\nprice: 495.50 CAD\n"
        "duration: 3-7 days\ncredits: {value: 1.500, unit: ECTS}\n---\n\nText.\n"
    )
    parsed = parse(text.encode(), SOURCE, 10_000)
    assert parsed.entry is not None
    assert repr(from_text(to_text(parsed))) == repr(parsed)


@given(
    st.text(st.characters(exclude_categories=[])),
    st.lists(st.text() | st.integers()),
    st.lists(st.text()),
    st.sampled_from(Severity),
)
def test_problems_come_back(text: str, key: list[str | int], allowed: list[str], severity: Severity) -> None:
    place = Place(text, 1, 2, tuple(key), "key", text)
    problem = Problem("bad-slug", text, place, tuple(allowed), text, place, severity)
    parsed = Parsed(SOURCE, None, (problem, problem))
    data = to_text(parsed).encode("utf-8", "surrogatepass")
    assert repr(from_text(data.decode("utf-8", "surrogatepass"))) == repr(parsed)


def test_names_of_classes_say_which_is_meant() -> None:
    names = [kind.__name__ for kind in (*_RECORDS, *set(_models(Model)))]
    assert len(names) == len(set(names))


def test_no_model_has_what_makes_it_change_or_hide_values() -> None:
    for model in _models(Model):
        assert model.model_config.get("frozen")
        assert not model.__private_attributes__


WHOLE = to_text(parse(b"---\ntitle: A\nsummary: B\n---\n", SourceFile("p.md", Kind.PAGE, "p", "en"), 1000))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "{}",
        '{"Parsed":[]}',
        '{"Kind":"course"}',
        '{"Decimal":"x"}',
        '{"eval":["1"]}',
        '{"Parsed":[1,2,3],"Kind":"course"}',
        "[" * 100_000,
        WHOLE.replace('"title summary"', '"title summary nonsense"'),
        WHOLE.replace('"title summary"', '"title"'),
        WHOLE.replace('"title summary","A"', '"title summary"'),
        WHOLE.replace('"A"', '{"Model":[]}'),
        pickle.dumps(1).decode("latin-1"),
    ],
)
def test_other_texts_are_refused(text: str) -> None:
    assert text != WHOLE
    with pytest.raises(StoredError):
        from_text(text)


def test_what_has_no_form_is_not_written() -> None:
    with pytest.raises(TypeError, match="float"):
        to_text(Parsed(SOURCE, None, (Problem("bad-slug", 1.5, Place("a")),)))  # type: ignore[arg-type]


def test_it_is_json() -> None:
    assert json.loads(WHOLE)["Parsed"][0] == {"SourceFile": ["p.md", {"Kind": "page"}, "p", "en"]}
