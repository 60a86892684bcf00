"""What Visual Studio Code gets: files that it can read, and that say what credsite says."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from credsite.authoring.editors.choices import Choice, Choices
from credsite.authoring.editors.json_schema import SETTINGS_SCHEMA
from credsite.authoring.editors.vscode import editor_files
from credsite.schema.models import MODELS
from tests.authoring.editors.test_json_schema import refusals
from tests.authoring.test_scaffold import IDS
from tests.support.yaml_core import load_core

CHOICES: Choices = {
    key: tuple(Choice(value, value.capitalize()) for value in values) for key, values in IDS.items()
}
FILES = editor_files(CHOICES)
_STOP = re.compile(r"\$\{\d+(?:\|((?:\\.|[^|\\])*)\||:((?:\\.|[^}\\])*))\}")


def data(name: str) -> Any:
    """A file's data. Those that are not schemas may have remarks."""
    return json.loads(re.sub(r"^//.*\n", "", FILES[f".vscode/{name}"].decode()))


def expanded(snippet: dict[str, Any]) -> str:
    """What VS Code puts into the text when one presses Enter at each place."""

    def first(stop: re.Match[str]) -> str:
        value = re.split(r"(?<!\\),", stop[1])[0] if stop[1] is not None else stop[2]
        return re.sub(r"\\(.)", r"\1", value)

    return _STOP.sub(first, "\n".join(snippet["body"]))


def test_settings_point_to_schemas_that_are_there() -> None:
    schemas = data("settings.json")["yaml.schemas"]
    assert {name.removeprefix("./") for name in schemas} == {name for name in FILES if "/schemas/" in name}
    assert schemas[f"./.vscode/schemas/{SETTINGS_SCHEMA}.json"] == ["credsite.yaml"]
    assert schemas["./.vscode/schemas/story.json"] == ["content/stories/**/*.md"]
    assert data("extensions.json") == {"recommendations": ["redhat.vscode-yaml"]}


def test_there_is_a_snippet_for_every_key() -> None:
    snippets = data("credsite.code-snippets")
    assert set(snippets) == {name for model in MODELS.values() for name in model.model_fields}
    assert all(snippet["description"] and snippet["prefix"] == name for name, snippet in snippets.items())


@pytest.mark.parametrize("kind", MODELS)
def test_what_a_snippet_writes_is_accepted(kind: str) -> None:
    """Those with something to fill in are accepted once it is filled in."""
    snippets = data("credsite.code-snippets")
    wrong = []
    for name in MODELS[kind].model_fields:  # type: ignore[index]
        text = re.sub(r"(: |\[)(\]?)$", r"\1en\2", expanded(snippets[name]), flags=re.MULTILINE)
        if name == "ctid":
            text = "ctid: ce-0a1b2c3d-0000-4000-8000-123456789abc"
        text = text.replace("_at: en", "_at: 2027-01-31").replace("review_by: en", "review_by: 2027-01-31")
        found = refusals(str(kind), load_core(text))
        wrong += [f"{text!r}: {each}" for each in found if "is a required property" not in each]
    assert wrong == []


def test_choices_are_in_snippets() -> None:
    snippets = data("credsite.code-snippets")
    assert snippets["provider"]["body"] == ["provider: ${1|northmarsh-college,tern-institute|}"]
    assert snippets["delivery_modes"]["body"] == ["delivery_modes: [${1|online,in-person,blended,hybrid|}]"]
    assert expanded(snippets["learner"]) == "learner:\n  name: "
    assert expanded(snippets["steps"]) == "steps:\n  - title: \n    courses: [first-aid]"
