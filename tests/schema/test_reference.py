"""The generated documentation is current, and complete."""

from __future__ import annotations

import pytest

from credsite.problems.codes import CODES
from credsite.problems.explanations import explanations
from credsite.schema.config import Config
from credsite.schema.models import MODELS
from credsite.schema.reference import fields_markdown, problems_markdown
from tests.support.paths import REPOSITORY

FIELDS = (REPOSITORY / "docs" / "fields.md").read_text(encoding="utf-8")
PROBLEMS = (REPOSITORY / "docs" / "problems.md").read_text(encoding="utf-8")


def test_documentation_is_current() -> None:
    advice = "Run `make docs`."
    assert fields_markdown() == FIELDS, advice
    assert problems_markdown() == PROBLEMS, advice


@pytest.mark.parametrize("model", [*MODELS.values(), Config])
def test_every_key_is_described(model: type) -> None:
    for name, field in model.model_fields.items():  # type: ignore[attr-defined]
        assert f"| `{name}` |" in FIELDS
        assert (field.description or "").endswith((".", "?")), name


def test_every_code_is_documented() -> None:
    for code, entry in CODES.items():
        assert f"### `{code}`\n\n{entry.meaning}\n\n{explanations()[code].why}\n" in PROBLEMS


def test_every_setting_has_an_example_or_a_list_of_its_values() -> None:
    section = FIELDS.partition("## Settings: `credsite.yaml`\n\n")[2].partition("\n\n")[0]
    older = {"backgrounds", "support"}  # Other settings say the same now, and have examples.
    rows = {row.split("`")[1]: row for row in section.splitlines()[2:]}
    assert set(rows) == set(Config.model_fields)
    assert [name for name, row in rows.items() if "Example: `" not in row] == sorted(older)


def test_kinds_of_values_are_in_the_plural_in_lists() -> None:
    assert "a list of web addresses or blocks" in FIELDS
    assert '`{logo: brand/logo.svg, colours: {accent: "#7a1f3d"}}`' in FIELDS
