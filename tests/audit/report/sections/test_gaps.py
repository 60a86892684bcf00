"""The shades of the cells of a map of industries."""

from __future__ import annotations

from credsite.audit.report.sections.gaps import shade


def test_shades_grow_with_counts_and_zero_has_its_own() -> None:
    assert [shade(count, 100) for count in (0, 1, 25, 26, 100)] == [0, 1, 1, 2, 4]
