"""Every look-up of a page is recorded."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import fields

import pytest

from credsite.catalogue.catalogue import Catalogue
from credsite.site.dependencies.recorder import ORDER, SHARED, Lookup, LookupRecorder, RecordingMapping
from tests.support.catalogues import course, plan, story
from tests.support.paths import REPOSITORY


@pytest.mark.parametrize(
    ("look", "recorded"),
    [
        (lambda found: found["a"], {("x", "a")}),
        (lambda found: found.get("a"), {("x", "a")}),
        (lambda found: found.get("gone"), {("x", "gone")}),
        (lambda found: "a" in found, {("x", "a")}),
        (lambda found: "gone" in found, {("x", "gone")}),
        (list, {(ORDER, "x")}),
        (len, {(ORDER, "x")}),
        (bool, {(ORDER, "x")}),
        (lambda found: list(found.keys()), {(ORDER, "x")}),
        (lambda found: list(found.values()), {(ORDER, "x"), ("x", "a"), ("x", "b")}),
        (lambda found: list(found.items()), {(ORDER, "x"), ("x", "a"), ("x", "b")}),
        (dict, {(ORDER, "x"), ("x", "a"), ("x", "b")}),
        (lambda found: found == {"a": 1, "b": 2}, {(ORDER, "x"), ("x", "a"), ("x", "b")}),
        (lambda _found: None, set()),
    ],
)
def test_every_look_up_is_recorded_and_gives_what_is_there(
    look: Callable[[Mapping[str, int]], object], recorded: set[Lookup]
) -> None:
    values, recorder = {"a": 1, "b": 2}, LookupRecorder()
    assert look(RecordingMapping("x", values, recorder)) == look(values)
    assert recorder.current == recorded


def test_a_look_up_that_fails_is_recorded_too() -> None:
    recorder = LookupRecorder()
    with pytest.raises(KeyError):
        RecordingMapping("x", {}, recorder)["gone"]
    assert recorder.current == {("x", "gone")}


def test_each_page_has_its_own_look_ups() -> None:
    recorder = LookupRecorder()
    values = RecordingMapping("x", {"a": 1, "b": 2}, recorder)
    assert recorder.record(lambda: values["a"]) == (1, (("x", "a"),))
    assert recorder.record(lambda: values["b"] + values["a"]) == (3, (("x", "a"), ("x", "b")))
    assert recorder.record(lambda: 7) == (7, ())


def test_a_page_that_fails_leaves_no_look_ups_to_the_next() -> None:
    recorder = LookupRecorder()
    values = RecordingMapping("x", {"a": 1}, recorder)
    with pytest.raises(KeyError):
        recorder.record(lambda: values["gone"])
    assert recorder.record(lambda: values["a"])[1] == (("x", "a"),)


def test_a_shared_part_has_its_own_look_ups_and_pages_depend_on_the_part() -> None:
    recorder = LookupRecorder()
    values = RecordingMapping("x", {"a": 1, "b": 2}, recorder)

    def make() -> int:
        shared = recorder.record_shared(("card", "a"), lambda: values["a"])
        recorder.add_shared(("card", "a"))
        return shared + values["b"]

    assert recorder.record(make) == (3, ((SHARED, ("card", "a")), ("x", "b")))
    assert recorder.take_shared() == {("card", "a"): (("x", "a"),)}
    assert recorder.take_shared() == {}


def test_look_ups_do_not_depend_on_the_process() -> None:
    program = (
        "from credsite.site.dependencies.recorder import LookupRecorder, RecordingMapping;"
        "recorder = LookupRecorder();"
        "values = RecordingMapping('x', dict.fromkeys('abcdefgh'), recorder);"
        "print(repr(recorder.record(lambda: [values[key] for key in 'hgfedcba'])))"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", program],
            check=True,
            capture_output=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(REPOSITORY / "src")},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1


def test_every_mapping_of_the_catalogue_records_look_ups_and_other_fields_cannot_be_used() -> None:
    builder = plan(course("a"), story("s", "a")).view_builder
    for field in fields(Catalogue):
        recording = getattr(builder.catalogue, field.name)
        if not isinstance(recording, RecordingMapping):
            with pytest.raises(AttributeError, match="a page may not depend on `today` by itself"):
                recording.today  # noqa: B018 - looking is what fails
            with pytest.raises(TypeError):
                iter(recording)
    names = {field.name for field in fields(Catalogue)}
    hidden = {name for name in names if not isinstance(getattr(builder.catalogue, name), RecordingMapping)}
    assert hidden == {"clock", "as_of", "unpublished", "changes"}
    assert isinstance(builder.images, RecordingMapping)
    for name in ("all_entries", "by_path", "invalid_entries"):
        assert isinstance(getattr(builder.link_resolver, name), RecordingMapping)
