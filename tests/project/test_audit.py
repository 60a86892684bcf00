"""What `make audit` says: a release that nobody could say anything about is not one that is known to be good."""

from __future__ import annotations

from tests.tools.audit import findings

GOOD = {"name": "click", "version": "8.5.1", "vulns": []}


def test_nothing_known_is_no_finding() -> None:
    assert findings([GOOD]) == []


def test_a_weakness_is_named_with_the_release_that_has_it_no_more() -> None:
    weakness = {"id": "PYSEC-1", "aliases": ["CVE-1"], "fix_versions": ["8.5.2"], "description": "…"}
    other = {"id": "PYSEC-2", "aliases": [], "fix_versions": [], "description": "…"}
    assert findings([{**GOOD, "vulns": [weakness, other]}]) == [
        "click 8.5.1: PYSEC-1 (CVE-1), fixed in 8.5.2.",
        "click 8.5.1: PYSEC-2, not fixed yet.",
    ]


def test_releases_without_an_answer_are_told_of() -> None:
    (said,) = findings([GOOD, {"name": "nh3", "skip_reason": "Dependency not found on PyPI"}])
    assert said.startswith("NOT AUDITED: 1 of 2 releases")
    assert "(nh3)" in said
