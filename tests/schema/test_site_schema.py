"""The schema of a site: the built-in one, and what it says of the fields of courses."""

from __future__ import annotations

import gc
import re
import weakref
from pathlib import Path
from typing import Any

import pytest

from credsite.cli.sites import load_settings
from credsite.schema import site_schema
from credsite.schema.site_schema import BUILT_IN
from credsite.schema.vocabularies import ASSESSMENT_METHODS, COURSE_FACETS
from tests.support.cli import Run


def test_the_built_in_fields_of_courses() -> None:
    assert BUILT_IN.course_fields["assessment"].key == "assessment_methods"
    assert BUILT_IN.course_fields["assessment"].display.vocabulary is ASSESSMENT_METHODS
    assert {*BUILT_IN.filter_fields, *BUILT_IN.card_fields} <= BUILT_IN.course_fields.keys()
    assert BUILT_IN.facets == (*COURSE_FACETS, *BUILT_IN.filter_fields)


def test_models_of_old_declarations_are_freed(
    monkeypatch: pytest.MonkeyPatch, site: Path, tmp_path: Path, run: Run
) -> None:
    """A preview may run for days, while somebody changes the declarations again and again."""
    monkeypatch.setattr(site_schema, "_MAX_DERIVED", 3)
    settings, course = site / "credsite.yaml", next(site.glob("content/courses/*.md"))
    text = settings.read_text("utf-8")
    written = course.read_text("utf-8").replace("---\n", "---\nroom: R1\nlevel: short\n", 1)
    course.write_text(re.sub(r"\nlevel: (?!short).*", "", written), "utf-8")
    models: list[list[weakref.ref[Any]]] = []
    for number in range(12):
        declared = (
            f"fields: {{course: {{room: {{type: text, label: Room {number}}}}}}}\n"
            f"vocabularies: {{levels: {{short: Short {number}}}}}\n"
        )
        settings.write_text(f"{text}\n{declared}", "utf-8")
        sheet = tmp_path / f"courses-{number}.xlsx"
        for arguments in (
            ("check", site),
            ("schema", "--site", site, "course"),
            ("export", site, "--kind", "course", "--output", sheet),
            ("import", sheet, "--site", site, "--kind", "course", "--dry-run"),
        ):
            assert run(*arguments).exit_code == 0, arguments
        derived = load_settings(site).site_schema.models.values()
        models.append([weakref.ref(model) for model in derived if model not in BUILT_IN.models.values()])
    del derived
    gc.unfreeze()
    gc.collect()
    assert all(models)
    assert sum(any(model() for model in of_one) for of_one in models) <= 3
