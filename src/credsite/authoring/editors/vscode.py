"""The files that set up Visual Studio Code for a site: settings, schemas, snippets and tasks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from credsite.authoring.editors.choices import Choices, ids_of
from credsite.authoring.editors.generated_files import CHECKSUM_MARKER, with_checksum
from credsite.authoring.editors.json_schema import SETTINGS_SCHEMA, json_schema, json_text
from credsite.content.source_folders import CONTENT
from credsite.schema.config import CONFIG_FILE
from credsite.schema.introspection import (
    SETTING_KEYS,
    FieldShape,
    ordered_fields,
    shape_of,
)
from credsite.schema.kinds import KINDS
from credsite.schema.site_schema import BUILT_IN, SiteSchema

VSCODE_FOLDER: Final = ".vscode"
_NOTE: Final = "Written by credsite. `credsite schema --write` writes it again, unless you change it."
_MAX_CHOICES: Final = 100
"""How many choices VS Code shows for a value."""
_SPECIAL_IN_SNIPPET: Final = re.compile(r"[\\$}]")
_SPECIAL_IN_CHOICE: Final = re.compile(r"[\\,|]")


def editor_files(choices: Choices, schema: SiteSchema = BUILT_IN) -> dict[str, bytes]:
    """The files in VSCODE_FOLDER by their paths from the site's root. They offer the site's ``choices``."""
    schemas = {
        f"schemas/{kind}.json": {
            "$comment": f"{_NOTE} {CHECKSUM_MARKER}",
            **json_schema(kind, ids_of(choices), schema),
        }
        for kind in (*map(str, schema.models), SETTINGS_SCHEMA)
    }
    texts = {
        "settings.json": _settings(),
        "extensions.json": {"recommendations": ["redhat.vscode-yaml"]},
        "tasks.json": _tasks(),
        "credsite.code-snippets": dict(_snippets(choices, schema)),
    }
    return {
        **{
            f"{VSCODE_FOLDER}/{name}": with_checksum(f"// {_NOTE} {CHECKSUM_MARKER}\n{json_text(data)}")
            for name, data in texts.items()
        },
        **{f"{VSCODE_FOLDER}/{name}": with_checksum(json_text(schema)) for name, schema in schemas.items()},
    }


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
    """`credsite check` as the build task. VS Code shows its problems in the files."""
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


def _snippets(choices: Choices, schema: SiteSchema) -> Iterator[tuple[str, dict[str, Any]]]:
    """A snippet for each top-level key of front matter, with its choices.

    If a key has different descriptions in several kinds, the snippet has all of them.
    """
    keys: dict[str, tuple[FieldInfo, list[str]]] = {}
    for model in schema.models.values():
        for name, field in ordered_fields(model):
            _, descriptions = keys.setdefault(name, (field, []))
            if field.description and field.description not in descriptions:
                descriptions.append(field.description)
    for name, (field, descriptions) in sorted(keys.items()):
        yield (
            name,
            {
                "scope": "markdown,yaml",
                "prefix": name,
                "description": " / ".join(descriptions),
                "body": _body(name, field, choices),
            },
        )


def _body(name: str, field: FieldInfo, choices: Choices) -> list[str]:
    shape = shape_of(name, field)
    if shape.model is not None:
        lead, indent = ("  - ", "    ") if shape.is_list else ("  ", "  ")
        lines = list(_lines(shape.model, choices))
        return [f"{name}:", lead + lines[0], *(indent + line for line in lines[1:])]
    return [f"{name}: {_placeholder(1, name, field, shape, choices)}"]


def _lines(model: type[BaseModel], choices: Choices) -> Iterator[str]:
    """The keys that a block needs, with the first of those of which it needs one; or, if it needs none, its first key."""
    fields = ordered_fields(model)
    schema: dict[str, Any] = next(iter(model.model_json_schema().get("anyOf", ())), {})
    needed = [
        pair for pair in fields if pair[1].is_required() or pair[0] in schema.get("required", ())
    ] or fields[:1]
    for number, (name, field) in enumerate(needed, 1):
        yield f"{name}: {_placeholder(number, name, field, shape_of(name, field), choices)}"


def _placeholder(number: int, name: str, field: FieldInfo, shape: FieldShape, choices: Choices) -> str:
    """A placeholder of a snippet: a list of choices, or an example to overwrite."""
    values = shape.choices
    if not values and (shape.reference or name in SETTING_KEYS):  # no other values are allowed
        values = tuple(choice.id for choice in choices.get(name, ()))
    if values:
        offered = ",".join(_SPECIAL_IN_CHOICE.sub(r"\\\g<0>", value) for value in values[:_MAX_CHOICES])
        return f"[${{{number}|{offered}|}}]" if shape.is_list else f"${{{number}|{offered}|}}"
    if shape.type is bool:
        return f"${{{number}|{'false,true' if field.default else 'true,false'}|}}"
    example = field.examples[0] if field.examples else ""
    text = ", ".join(map(str, example)) if isinstance(example, list) else str(example)
    escaped = _SPECIAL_IN_SNIPPET.sub(r"\\\g<0>", text)
    placeholder = f"${{{number}:{escaped}}}"
    return f"[{placeholder}]" if shape.is_list else placeholder
