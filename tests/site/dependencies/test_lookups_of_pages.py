"""Pages of the sample site can be made from what they looked up, and from nothing else."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

import pytest

from credsite.build.analysis import analyse
from credsite.build.options import Options
from credsite.catalogue.catalogue import Catalogue
from credsite.content.entry import Entry
from credsite.content.loader import EntryLoader
from credsite.content.records import Record
from credsite.schema.models import EntryFields
from credsite.site.dependencies.recorder import ORDER, SHARED, TEXT, Lookup, LookupRecorder
from credsite.site.view_builder import ViewBuilder
from tests.site.dependencies.made_pages import MadePages, planned_by_path
from tests.support.catalogues import pages_of
from tests.support.paths import REPOSITORY


class Reduced(Mapping[Any, Any]):
    """What is left of a mapping where there is nothing but what was recorded."""

    def __init__(self, name: str, values: Mapping[Any, Any], recorded: set[Lookup]) -> None:
        self._name, self._values, self._recorded = name, values, recorded

    def _check(self, name: str, key: object) -> None:
        assert (name, key) in self._recorded, f"{name}, {key!r} is looked up and was not recorded"

    def __getitem__(self, key: Any) -> Any:
        self._check(self._name, key)
        return self._values[key]

    def __iter__(self) -> Iterator[Any]:
        self._check(ORDER, self._name)
        return iter(self._values)

    def __len__(self) -> int:
        self._check(ORDER, self._name)
        return len(self._values)


class ReducedLibrary(EntryLoader):
    def __init__(self, library: EntryLoader, recorded: set[Lookup]) -> None:
        self._library, self._recorded = library, recorded

    def entry(self, record: Record) -> Entry[EntryFields]:
        assert (TEXT, record.path) in self._recorded
        return self._library.entry(record)


def reduced(builder: ViewBuilder, recorded: set[Lookup]) -> ViewBuilder:
    """A view builder that holds nothing but what was recorded, and nothing that is made already."""

    def rest(name: str, values: Any) -> Any:
        return Reduced(name, values, recorded) if isinstance(values, Mapping) else values

    shown = replace(
        builder.catalogue,
        **{
            field.name: rest(field.name, getattr(builder.catalogue, field.name))
            for field in fields(Catalogue)
        },
    )
    references = replace(
        builder.link_resolver,
        catalogue=shown,
        images=rest("images", builder.images),
        all_entries=rest("all", builder.link_resolver.all_entries),
        by_path=rest("paths", builder.link_resolver.by_path),
        invalid_entries=rest("invalid_entries", builder.link_resolver.invalid_entries),
    )
    library = ReducedLibrary(builder.loader, recorded)
    return replace(
        builder,
        link_resolver=references,
        loader=library,
        recorder=LookupRecorder(),
        _shared={},
    )


@pytest.fixture(scope="module")
def sample() -> MadePages:
    site = analyse(Options(REPOSITORY, now=datetime(2026, 11, 23, 9), no_cache=True))
    assert site.plan is not None
    return MadePages(site.plan)


def test_every_page_of_the_sample_can_be_made_from_what_it_looked_up(sample: MadePages) -> None:
    kinds = {type(view) for view in sample.views.values()}
    assert len(kinds) >= 15
    for path, one in planned_by_path(sample.plan).items():
        assert one.view(reduced(sample.plan.view_builder, sample.all_lookups(path))) == sample.views[path], (
            path
        )


def test_what_was_not_recorded_would_be_missed(sample: MadePages) -> None:
    """The test above can fail: without any one of its look-ups, a page cannot be made."""
    one = pages_of(sample.plan)["industries/"]
    recorded = sample.all_lookups("industries/")
    assert len(recorded) > 3
    for lookup in recorded:
        if lookup[0] != SHARED:
            with pytest.raises(AssertionError, match="was not recorded"):
                one.view(reduced(sample.plan.view_builder, recorded - {lookup}))


def test_every_page_has_a_fingerprint_and_the_same_in_another_plan(sample: MadePages) -> None:
    found = sample.fingerprints()
    assert all(found.values())
    site = analyse(Options(REPOSITORY, now=datetime(2026, 11, 23, 9), no_cache=True))
    assert site.plan is not None
    again = MadePages(site.plan)
    assert again.lookups == sample.lookups
    assert again.fingerprints() == found


def test_pages_are_made_by_functions_and_keys_alone(sample: MadePages) -> None:
    """What is shown is looked up: a value in a closure, or in a key, would be used without being recorded."""
    for one in sample.plan.rendered:
        assert one.make.__closure__ is None  # type: ignore[attr-defined]
        assert "." not in one.make.__qualname__, one.make
        assert getattr(sys.modules[one.make.__module__], one.make.__name__) is one.make
        assert {type(key) for key in one.keys} <= {str, int}, one.path


def test_no_two_pages_are_made_in_the_same_way_by_different_functions(sample: MadePages) -> None:
    names = {one.make.__qualname__: one.make for one in sample.plan.rendered}
    assert all(names[one.make.__qualname__] is one.make for one in sample.plan.rendered)
    assert len({one.identity for one in sample.plan.rendered}) == len(sample.plan.rendered)
