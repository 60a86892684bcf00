"""What Visual Studio Code needs to help with a site: settings, schemas, completion and a task, as files for the site."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from credsite.authoring.editors.choices import Choices, ids_of
from credsite.authoring.editors.generated_files import CHECKSUM_MARKER, with_checksum
from credsite.authoring.editors.json_schema import SETTINGS_SCHEMA, json_schema
from credsite.content.source_folders import CONTENT
from credsite.schema.config import CONFIG_FILE
from credsite.schema.introspection import (
    REFERENCE_KEYS,
    SETTING_KEYS,
    FieldShape,
    field_shape,
    ordered_fields,
)
from credsite.schema.kinds import KINDS
from credsite.schema.models import MODELS

VSCODE_FOLDER: Final = ".vscode"
_RENEW: Final = "Made by credsite. `credsite schema --write` makes it anew, unless you change it."
_MOST: Final = 100
"""Choices that VS Code shows for a value at most."""
_AS_IS: Final = re.compile(r"[\\$}]")
_IN_CHOICE: Final = re.compile(r"[\\,|]")


def editor_files(choices: Choices) -> dict[str, bytes]:
    """The files for the folder FOLDER, by their paths from the site's root, with the choices that the site has."""
    schemas = {
        f"schemas/{kind}.json": {
            "$comment": f"{_RENEW} {CHECKSUM_MARKER}",
            **json_schema(kind, ids_of(choices)),
        }
        for kind in (*map(str, MODELS), SETTINGS_SCHEMA)
    }
    texts = {
        "settings.json": _settings(),
        "extensions.json": {"recommendations": ["redhat.vscode-yaml"]},
        "tasks.json": _tasks(),
        "credsite.code-snippets": dict(_snippets(choices)),
    }
    return {
        **{
            f"{VSCODE_FOLDER}/{name}": with_checksum(f"// {_RENEW} {CHECKSUM_MARKER}\n{_json(data)}")
            for name, data in texts.items()
        },
        **{f"{VSCODE_FOLDER}/{name}": with_checksum(_json(schema)) for name, schema in schemas.items()},
    }


def _json(data: Any) -> str:
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _settings() -> dict[str, Any]:
    schemas = {f"./{VSCODE_FOLDER}/schemas/{SETTINGS_SCHEMA}.json": [CONFIG_FILE]}
    for kind, spec in KINDS.items():
        schemas[f"./{VSCODE_FOLDER}/schemas/{kind}.json"] = [f"{CONTENT}/{spec.folder}/**/*.md"]
    return {
        "yaml.schemas": schemas,
        "[markdown]": {
            "editor.quickSuggestions": {"other": "on", "strings": "on", "comments": "off"},
            "editor.wordBasedSuggestions": "off",
            "editor.insertSpaces": True,
            "editor.tabSize": 2,
        },
    }


def _tasks() -> dict[str, Any]:
    """`credsite check` as the build task, whose findings VS Code shows in the files."""
    pattern = {
        "regexp": r"^(.+?):(\d+):(\d+): (error|warning|info): (.+) \[([\w-]+)\]$",
        "file": 1, "line": 2, "column": 3, "severity": 4, "message": 5, "code": 6,
    }  # fmt: skip
    return {
        "version": "2.0.0",
        "tasks": [
            {
                "label": "credsite check",
                "type": "shell",
                "command": "credsite check --format lines",
                "group": {"kind": "build", "isDefault": True},
                "presentation": {"reveal": "silent", "clear": True},
                "problemMatcher": {
                    "owner": "credsite",
                    "source": "credsite",
                    "severity": "info",
                    "fileLocation": ["relative", "${workspaceFolder}"],
                    "pattern": pattern,
                },
            },
            {"label": "credsite serve", "type": "shell", "command": "credsite serve", "problemMatcher": []},
        ],
    }


def _snippets(choices: Choices) -> Iterator[tuple[str, dict[str, Any]]]:
    """A snippet for each key at the top of front matter, with its choices.

    Where kinds differ in what a key means, all that they say of it is told, and what one of them offers is offered.
    """
    keys: dict[str, tuple[FieldInfo, list[str]]] = {}
    for model in MODELS.values():
        for name, field in ordered_fields(model):
            _, said = keys.setdefault(name, (field, []))
            if field.description and field.description not in said:
                said.append(field.description)
    for name, (field, said) in sorted(keys.items()):
        yield (
            name,
            {
                "scope": "markdown,yaml",
                "prefix": name,
                "description": " / ".join(said),
                "body": _body(name, field, choices),
            },
        )


def _body(name: str, field: FieldInfo, choices: Choices) -> list[str]:
    shape = field_shape(field.annotation)
    if shape.model is not None:
        lead, indent = ("  - ", "    ") if shape.is_list else ("  ", "  ")
        lines = list(_lines(shape.model, choices))
        return [f"{name}:", lead + lines[0], *(indent + line for line in lines[1:])]
    return [f"{name}: {_stop(1, name, field, shape, choices)}"]


def _lines(model: type[BaseModel], choices: Choices) -> Iterator[str]:
    """The keys of a block that it needs, or else its first."""
    fields = ordered_fields(model)
    for number, (name, field) in enumerate(
        [pair for pair in fields if pair[1].is_required()] or fields[:1], 1
    ):
        yield f"{name}: {_stop(number, name, field, field_shape(field.annotation), choices)}"


def _stop(number: int, name: str, field: FieldInfo, shape: FieldShape, choices: Choices) -> str:
    """A place in a snippet to be filled in: a choice, or an example to write over."""
    known = shape.choices or (
        tuple(choice.id for choice in choices.get(name, ())) if _is_listed(name) else ()
    )
    if known:
        offered = ",".join(_IN_CHOICE.sub(r"\\\g<0>", value) for value in known[:_MOST])
        return f"[${{{number}|{offered}|}}]" if shape.is_list else f"${{{number}|{offered}|}}"
    if shape.type is bool:
        return f"${{{number}|{'false,true' if field.default else 'true,false'}|}}"
    example = field.examples[0] if field.examples else ""
    text = ", ".join(map(str, example)) if isinstance(example, list) else str(example)
    escaped = _AS_IS.sub(r"\\\g<0>", text)
    place = f"${{{number}:{escaped}}}"
    return f"[{place}]" if shape.is_list else place


def _is_listed(name: str) -> bool:
    """Whether a key takes nothing but what is known."""
    return name in REFERENCE_KEYS or name in SETTING_KEYS
