"""Headings that say what the front matter does not."""

from __future__ import annotations

import time

import pytest

from credsite.schema.advice_headings import has_heading_for
from credsite.schema.models import MODELS

ADVICE = {code for model in MODELS.values() for code in model.ADVISED.values()}


@pytest.mark.parametrize(
    ("code", "heading"),
    [
        ("missing-assessment", "Assessment"),
        ("missing-assessment", "How you are assessed"),
        ("missing-assessment", "Évaluation"),
        ("missing-assessment", "Modalités d\u2019évaluation"),
        ("missing-assessment", "PRÜFUNG"),
        ("missing-assessment", "Оцінювання"),
        ("missing-assessment", "学習の評価"),
        ("missing-outcomes", "What you\u2019ll learn"),
        ("missing-outcomes", "Learning outcomes"),
        ("missing-outcomes", "Objectifs"),
        ("missing-duration", "How long it takes"),
        ("missing-duration", "Durée"),
        ("missing-workload", "Time commitment"),
        ("missing-workload", "Arbeitsaufwand"),
        ("missing-price", "Fees and funding"),
        ("missing-price", "Coût"),
    ],
)
def test_a_heading_says_it(code: str, heading: str) -> None:
    assert has_heading_for(code, ["Who it is for", heading])
    assert [other for other in sorted(ADVICE - {code}) if has_heading_for(other, [heading])] == []


@pytest.mark.parametrize("heading", ["Who it is for", "Coffee", "Reassessing nothing", "Accost", ""])
def test_other_headings_do_not(heading: str) -> None:
    assert not any(has_heading_for(code, [heading]) for code in ADVICE)


def test_every_advice_about_a_missing_field_has_its_words() -> None:
    assert all(has_heading_for(code, [code.partition("-")[2]]) for code in ADVICE)


def test_a_long_heading_is_looked_at_as_quickly_as_a_short_one() -> None:
    start = time.process_time()
    assert not any(has_heading_for(code, ["\ufdfa" * 500_000]) for code in ADVICE)
    assert time.process_time() - start < 1
