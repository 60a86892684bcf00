"""What hooks see: entries as plain values, and nothing that they have not declared."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from credsite.build.analysis import analyse
from credsite.build.options import Options
from credsite.hooks.plugin import BadHookError
from credsite.hooks.site_view import DeclaredInputs, SiteView, plain_value
from credsite.schema.kinds import Kind
from credsite.schema.models import MODELS


class Pair(NamedTuple):
    one: int
    other: str


@dataclass
class Both:
    one: Decimal


class Colour(StrEnum):
    RED = "red"


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (Decimal("495"), 495),
        (Decimal("495.50"), 495.5),
        (date(2027, 1, 31), "2027-01-31"),
        (datetime(2027, 1, 31, 9), "2027-01-31T09:00:00"),
        (time(18, 30), "18:30:00"),
        (Pair(1, "x"), {"one": 1, "other": "x"}),
        (Both(Decimal(1)), {"one": 1}),
        (Colour.RED, "red"),
        ({Colour.RED: (True, None)}, {"red": [True, None]}),
    ],
)
def test_values_are_as_json_has_them(value: Any, plain: Any) -> None:
    assert plain_value(value) == plain
    assert json.loads(json.dumps(plain_value(value))) == plain


def view(
    site: Path, kinds: tuple[str, ...] = ("course",), settings: tuple[str, ...] = ("title",)
) -> SiteView:
    options = Options(site, now=datetime(2027, 1, 15), no_cache=True)
    analysed = analyse(options)
    assert analysed.catalogue is not None
    assert analysed.plan is not None
    assert analysed.config is not None
    records = {kind: [one for one in analysed.catalogue.of_kind(kind).values() if one] for kind in Kind}
    declared = DeclaredInputs("mine", kinds, ("hooks/a.csv",), settings)
    loader, files = analysed.plan.view_builder.loader, {"hooks/a.csv": b"a"}
    return SiteView(declared, records, loader, analysed.config, files, date(2027, 1, 15))


def test_an_entry_has_all_keys_of_its_front_matter(site: Path) -> None:
    found = view(site, tuple(Kind))
    for kind in Kind:
        for entry in found.entries(kind.value):
            assert {field.alias or name for name, field in MODELS[kind].model_fields.items()} == set(
                entry.fields
            )
            assert json.dumps(entry.fields)
    course = found.entry("course", "first-aid-at-work")
    assert course is not None
    assert course.url == "https://courses.test/courses/first-aid-at-work/"
    assert (course.kind, course.path) == ("course", "content/courses/first-aid-at-work.md")
    assert course.title == course.fields["title"]
    assert "<" not in course.text
    assert found.entry("course", "none") is None


def test_what_is_not_declared_is_not_given(site: Path) -> None:
    found = view(site)
    assert found.setting("title")
    assert found.read("hooks/a.csv") == b"a"
    assert found.url("a b.json") == "https://courses.test/a%20b.json"
    with pytest.raises(BadHookError, match=r"Write kinds=\['course', 'story'\]"):
        found.entries("story")
    with pytest.raises(BadHookError, match="settings="):
        found.setting("tagline")
    with pytest.raises(BadHookError, match="files="):
        found.read("credsite.yaml")


def test_the_digest_is_that_of_what_is_declared(site: Path) -> None:
    def digests() -> tuple[str, str]:
        return view(site).digest, view(site, (), ()).digest

    before = digests()
    settings = (site / "credsite.yaml").read_text(encoding="utf-8")
    (site / "credsite.yaml").write_text(settings.replace("\ntagline: ", "\ntagline: More "), encoding="utf-8")
    assert digests() == before
    course = site / "content/courses/first-aid-at-work.md"
    course.write_text(course.read_text(encoding="utf-8") + "\nOne more sentence.\n", encoding="utf-8")
    after = digests()
    assert (after[0] != before[0], after[1]) == (True, before[1])
