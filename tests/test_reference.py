"""The generated documentation is current, and complete."""

from __future__ import annotations

import pytest

from credsite.config import Config
from credsite.content.model import MODELS
from credsite.problems import CODES
from credsite.reference import fields_markdown, problems_markdown
from tests.support.tools import REPOSITORY

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
    for code, found in CODES.items():
        assert f"| `{code}` | {found.meaning} |" in PROBLEMS


def test_every_command_and_option_is_documented() -> None:
    from click import Context, Group

    from credsite.cli import main

    assert isinstance(main, Group)
    published = (REPOSITORY / "docs" / "publishing.md").read_text(encoding="utf-8")
    context = Context(main)
    for name in main.list_commands(context):
        assert f"`credsite {name}" in published
    sheets = (REPOSITORY / "docs" / "spreadsheets.md").read_text(encoding="utf-8")
    for name, text in (("build", published), ("import", sheets), ("export", sheets)):
        command = main.get_command(context, name)
        assert command is not None
        for parameter in command.params:
            if parameter.param_type_name == "option":
                assert f"`{parameter.opts[0]}" in text, parameter.opts
