"""Each kind has a class of records."""

from __future__ import annotations

from dataclasses import fields

import pytest

from credsite.content import records
from credsite.content.records import RECORDS, PathwayRecord, Record, StepRecord
from credsite.schema.kinds import Kind


def test_a_step_counts_each_of_its_courses_once() -> None:
    assert StepRecord("x", ("a", "b", "a"), None).options == ("a", "b")
    assert StepRecord("x", ("a", "b", "a"), None).needed == 2
    assert StepRecord("x", ("a", "b", "c"), 1).needed == 1


def test_each_kind_has_its_own_class_of_records() -> None:
    assert RECORDS.keys() == set(Kind)
    assert len(set(RECORDS.values())) == len(Kind)
    assert all(issubclass(record, Record) and record.KIND is kind for kind, record in RECORDS.items())


def test_a_kind_without_a_record_of_its_own_has_what_all_kinds_have(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "_OWN_RECORDS", (PathwayRecord,))
    found = records._record_type(Kind.PAGE)
    assert (found.__name__, found.KIND) == ("PageRecord", Kind.PAGE)
    assert [field.name for field in fields(found)] == [field.name for field in fields(Record)]
    assert records._record_type(Kind.PATHWAY) is PathwayRecord
