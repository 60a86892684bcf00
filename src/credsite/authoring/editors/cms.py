"""The form in the browser: its page, and the configuration of Sveltia CMS, generated from the models.

The form has a field for each key of a model, with a widget that fits the values of the key. Sveltia CMS has the configuration format of Decap CMS.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final
from urllib.parse import urlsplit

import yaml
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from credsite.authoring.editors.choices import Choice, Choices
from credsite.authoring.editors.generated_files import CHECKSUM_MARKER, with_checksum
from credsite.authoring.editors.json_schema import PATTERN_PROBLEM_CODES
from credsite.authoring.editors.sveltia import SCRIPT
from credsite.content.source_folders import CONTENT
from credsite.problems.codes import CODES
from credsite.schema import patterns
from credsite.schema.config import Config
from credsite.schema.introspection import (
    SETTING_KEYS,
    FieldShape,
    ordered_fields,
    shape_of,
)
from credsite.schema.kinds import KINDS, Kind, KindSpec
from credsite.schema.models import EntryFields
from credsite.schema.own_fields import MARKDOWN
from credsite.schema.standard_codes import country_codes

BACKENDS: Final[Mapping[str, tuple[str, ...]]] = {
    "github": ("https://api.github.com", "https://avatars.githubusercontent.com"),
    "gitlab": ("https://gitlab.com",),
    "gitea": ("https://gitea.com",),
}
"""The services that can host the repository, with the addresses that the form sends requests to."""
NO_RELOAD: Final = '<meta name="credsite-reload" content="off">'
"""Tells the preview not to reload the page, because somebody may be writing in it."""
_NOTE: Final = "Written by credsite. `credsite cms` writes it again, unless you change it."
_IMAGES: Final = f"{CONTENT}/images"
_HIDDEN_KEYS: Final = frozenset({"slug"})
"""The form names a new file after its title. The `slug` of an existing file stays as it is."""
_BODY: Final[Mapping[str, Any]] = {
    "name": "body",
    "label": "Text",
    "widget": "markdown",
    "required": False,
    "hint": "In Markdown: an empty line begins a paragraph, `## ` a heading, `- ` an item of a list.",
    # The rich text mode rewrites the Markdown, and does not support all of it.
    "modes": ["raw", "rich_text"],
    "editor_components": ["image"],
}
"""The field for the text below the front matter."""
_MULTILINE_KEYS: Final = frozenset({"summary", "quote"})
_IMAGE_KEYS: Final = frozenset({"src", "image", "photo", "logo"})
_SHARED_KEYS: Final = frozenset(EntryFields.model_fields)
"""The keys that entries of every kind have."""
_HINTS: Final[Mapping[str, str]] = {"alt": "What the picture shows, for people who cannot see it."}
"""Hints that differ from the documentation. An empty `alt` has a meaning, but the form leaves out empty values."""


@dataclass(frozen=True, slots=True)
class Backend:
    """The service ``name`` that hosts the repository, at its usual address or at the URL ``host``."""

    name: str
    repo: str
    branch: str = ""
    host: str = ""

    @property
    def hosts(self) -> tuple[str, ...]:
        return (self.host,) if self.host else BACKENDS[self.name]

    def settings(self) -> dict[str, str]:
        settings = {"name": self.name, "repo": self.repo, "branch": self.branch}
        if self.host:
            paths = {"github": "/api/v3", "gitlab": "/api/v4", "gitea": "/api/v1"}
            settings |= {"base_url": self.host, "api_root": self.host + paths[self.name]}
        return {key: value for key, value in settings.items() if value}


OmittedKeys = Mapping[Kind, frozenset[str]]
"""For each kind, the keys that the form must not show, because a file has a block there and the form only a line."""


def form_files(
    settings: Config, choices: Choices, backend: Backend, omitted: OmittedKeys
) -> dict[str, bytes]:
    """The files of the form's page and its configuration, by their names."""
    head = f"# {_NOTE} {CHECKSUM_MARKER}\n"
    config = cms_config(settings, choices, backend, omitted)
    text = head + yaml.safe_dump(config, sort_keys=False, allow_unicode=True, width=1000)
    return {"config.yml": with_checksum(text), "index.html": form_page(settings, backend)}


def cms_config(settings: Config, choices: Choices, backend: Backend, omitted: OmittedKeys) -> dict[str, Any]:
    """The configuration of Sveltia CMS as data."""
    return {
        "backend": backend.settings(),
        "app_title": settings.title,
        "site_url": settings.base_url,
        "media_folder": _IMAGES,
        "public_folder": f"/{_IMAGES}",
        "slug": {"encoding": "ascii", "clean_accents": True, "maxlength": 60},
        "media_libraries": {
            "all": {"slugify_filename": True},
            "stock_assets": {"providers": []},  # credsite does not show images of other websites
        },
        "output": {"omit_empty_optional_fields": True, "yaml": {"quote": "none"}},
        "editor": {"preview": False},
        "collections": [
            _collection(KINDS[kind], model, choices, omitted.get(kind, frozenset()))
            for kind, model in settings.site_schema.models.items()
        ],
    }


def form_page(settings: Config, backend: Backend) -> bytes:
    """The page. Its security policy allows requests only to the site and to the repository's host."""
    hosts = " ".join(_origin(host) for host in backend.hosts)
    policy = "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self' 'unsafe-inline'",
            "font-src 'self'",
            f"img-src 'self' blob: data: {hosts}",
            "media-src 'self' blob:",
            f"connect-src 'self' blob: data: {hosts}",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    language, title = html.escape(settings.language), html.escape(settings.title)
    return with_checksum(
        f"""<!doctype html>
<!-- {_NOTE} {CHECKSUM_MARKER} -->
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="robots" content="noindex">
{NO_RELOAD}
<title>Edit {title}</title>
<link rel="icon" href="data:,">
</head>
<body>
<noscript><p>This form needs JavaScript. The files in <code>content/</code> can be edited in any text editor.</p></noscript>
<script src="{SCRIPT}"></script>
</body>
</html>
"""
    )


def _origin(host: str) -> str:
    parts = urlsplit(host)
    return f"{parts.scheme}://{parts.netloc}"


def _collection(
    spec: KindSpec, model: type[EntryFields], choices: Choices, omitted: frozenset[str]
) -> dict[str, Any]:
    fields = list(_form_fields(model, choices, _HIDDEN_KEYS | omitted))
    required = sum(field["required"] for field in fields)
    description = (model.__doc__ or "").strip().splitlines()[0].replace("``", "")
    return {
        "name": spec.folder,
        "label": spec.plural.capitalize(),
        "label_singular": spec.label.capitalize(),
        "description": description,
        "folder": f"{CONTENT}/{spec.folder}",
        "extension": "md",
        "format": "yaml-frontmatter",
        "slug": "{{title}}",
        "create": bool(spec.starter_text),
        # All images are in one folder. An entry gives their paths relative to its own folder.
        "media_folder": f"/{_IMAGES}",
        "public_folder": "../images",
        "fields": [*fields[:required], dict(_BODY), *fields[required:]],
    }


def _form_fields(
    model: type[BaseModel], choices: Choices, omitted: frozenset[str] = frozenset()
) -> Iterator[dict[str, Any]]:
    """The fields of a model, except ``omitted`` keys: the required ones, then those of the kind, then those of all kinds."""
    schema = model.model_json_schema()
    properties = next(one for one in (schema, *schema.get("anyOf", ())) if "properties" in one)["properties"]
    fields = sorted(
        ordered_fields(model), key=lambda pair: not pair[1].is_required() and 1 + (pair[0] in _SHARED_KEYS)
    )
    for name, field in fields:
        if name not in omitted:
            yield _field(name, field, properties[name], choices)


def _field(name: str, field: FieldInfo, schema: dict[str, Any], choices: Choices) -> dict[str, Any]:
    shape = shape_of(name, field)
    label = shape.display.label if shape.display is not None and shape.display.is_own else _label(name)
    hint = _HINTS.get(name) or field.description or ""
    common: dict[str, Any] = {
        "name": name,
        "label": label,
        "hint": "" if hint == label else hint,
        "required": field.is_required(),
    }
    widget = _widget(name, shape, schema, choices)
    if not shape.is_list:
        return {**common, **widget}
    minimum = {"min": 1} if field.is_required() else {}
    if widget["widget"] in ("select", "relation"):
        return {**common, **widget, "multiple": True, **minimum}
    singular = label.removesuffix("es" if name.endswith("ses") else "s")
    listed = {**common, "widget": "list", "label_singular": singular, **minimum}
    if widget["widget"] == "object":
        return {**listed, "fields": widget["fields"]}
    return {**listed, "field": {"name": "item", "label": singular, "required": True, **widget}}


def _widget(name: str, shape: FieldShape, schema: dict[str, Any], choices: Choices) -> dict[str, Any]:
    """The widget for one value of a key, with its settings."""
    widget = _choice_widget(name, shape, choices)
    if widget is not None:
        return widget
    one_line = getattr(shape.model, "ONE_LINE", None)
    if shape.model is not None and one_line is None:
        return {"widget": "object", "collapsed": "auto", "fields": list(_form_fields(shape.model, choices))}
    if shape.type is bool:
        return {"widget": "boolean"}
    if shape.display is not None and shape.display.type == MARKDOWN:
        return {key: _BODY[key] for key in ("widget", "modes", "editor_components")}
    if shape.type in (int, Decimal):
        minimum = next(_keyword_values(schema, "minimum"), None)
        limit = {} if minimum is None else {"min": minimum}
        return {"widget": "number", "value_type": "int" if shape.type is int else "float", **limit}
    if name in _IMAGE_KEYS and shape.type is str:
        return {"widget": "image", "choose_url": False}
    pattern: Any = one_line.get("pattern") if one_line else next(_keyword_values(schema, "pattern"), None)
    if pattern == patterns.DATE:
        return {"widget": "datetime", "type": "date", "format": "YYYY-MM-DD"}
    code = PATTERN_PROBLEM_CODES.get(pattern)
    check = {"pattern": [pattern, CODES[code].meaning]} if code else {}
    return {"widget": "text" if name in _MULTILINE_KEYS else "string", **check}


def _choice_widget(name: str, shape: FieldShape, choices: Choices) -> dict[str, Any] | None:
    """The widget for a key with a list of values to choose from; None for another key."""
    options = [Choice(value, shape.labels.get(value, value)) for value in shape.choices]
    if shape.reference is not None:
        options = list(choices.get(name, ()))
        if all(choice.is_file_name for choice in options):
            return {
                "widget": "relation",
                "collection": KINDS[shape.reference].folder,
                "value_field": "{{slug}}",
                "display_fields": ["title"],
                "search_fields": ["title"],
            }
    elif name in SETTING_KEYS and name != "languages":
        options = list(choices.get(name, ()))
    elif name == "country":
        options = list(_countries())
    if not options and not shape.choices:
        return None
    return {
        "widget": "select",
        "options": [{"label": choice.title, "value": choice.id} for choice in options],
    }


def _countries() -> Iterator[Choice]:
    from babel import Locale

    names = Locale("en").territories
    for code in sorted(country_codes(), key=lambda code: str(names[code])):
        yield Choice(code, f"{names[code]} ({code})")


def _keyword_values(schema: Any, key: str) -> Iterator[Any]:
    """The values of a keyword anywhere in a JSON Schema."""
    if isinstance(schema, dict):
        if key in schema:
            yield schema[key]
        for part in schema.values():
            yield from _keyword_values(part, key)
    elif isinstance(schema, list):
        for part in schema:
            yield from _keyword_values(part, key)


def _label(name: str) -> str:
    return name.replace("_", " ").replace("-", " ").capitalize()
