"""The form in the browser: configuration of Sveltia CMS (in the way of Decap CMS), made from the models, and its page."""

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
    REFERENCE_KEYS,
    SETTING_KEYS,
    FieldShape,
    field_shape,
    ordered_fields,
)
from credsite.schema.kinds import KINDS, Kind
from credsite.schema.models import MODELS, EntryFields
from credsite.schema.standard_codes import country_codes

BACKENDS: Final[Mapping[str, tuple[str, ...]]] = {
    "github": ("https://api.github.com", "https://avatars.githubusercontent.com"),
    "gitlab": ("https://gitlab.com",),
    "gitea": ("https://gitea.com",),
}
"""Where a repository may be kept, and the hosts that the form asks then."""
NO_RELOAD: Final = '<meta name="credsite-reload" content="off">'
"""In a page that the preview must not load again while somebody writes in it."""
_IMAGES: Final = f"{CONTENT}/images"
_LONG: Final = frozenset({"summary", "quote"})
_PICTURES: Final = frozenset({"src", "image", "photo", "logo"})
"""Keys that name the file of a picture."""
_GENERAL: Final = frozenset(EntryFields.model_fields)
_LEFT_OUT: Final = frozenset({"slug"})
"""The form names files by their titles; a file's own `slug` stays as it is."""
_BODY: Final[Mapping[str, Any]] = {
    "name": "body",
    "label": "Text",
    "widget": "markdown",
    "required": False,
    "hint": "In Markdown: an empty line begins a paragraph, `## ` a heading, `- ` an item of a list.",
    # The other mode writes Markdown anew, which knows less of it than credsite does.
    "modes": ["raw", "rich_text"],
    "editor_components": ["image"],
}
"""The field for what stands below the front matter."""
_HINTS: Final[Mapping[str, str]] = {"alt": "What the picture shows, for people who cannot see it."}
"""What is said otherwise than in the documentation: the form leaves out what is empty, also where that means something."""


@dataclass(frozen=True, slots=True)
class Backend:
    """Where the site's repository is: at a ``host`` of its own, or at the usual one of the service ``name``."""

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
"""For each kind the keys that the form must leave alone: it knows them in one line only, and some are blocks."""


def form_files(
    settings: Config, choices: Choices, backend: Backend, left_out: OmittedKeys | None = None
) -> dict[str, bytes]:
    """The form's page and its configuration, by their names."""
    head = f"# Made by credsite. `credsite cms` makes it anew, unless you change it. {CHECKSUM_MARKER}\n"
    config = cms_config(settings, choices, backend, left_out or {})
    text = head + yaml.safe_dump(config, sort_keys=False, allow_unicode=True, width=1000)
    return {"config.yml": with_checksum(text), "index.html": form_page(settings, backend)}


def cms_config(settings: Config, choices: Choices, backend: Backend, left_out: OmittedKeys) -> dict[str, Any]:
    """The configuration as data."""
    return {
        "backend": backend.settings(),
        "app_title": settings.title,
        "site_url": settings.base_url,
        "media_folder": _IMAGES,
        "public_folder": f"/{_IMAGES}",
        "slug": {"encoding": "ascii", "clean_accents": True, "maxlength": 60},
        "media_libraries": {
            "all": {"slugify_filename": True},
            "stock_assets": {"providers": []},  # pictures of other websites are left out of pages
        },
        "output": {"omit_empty_optional_fields": True, "yaml": {"quote": "none"}},
        "editor": {"preview": False},
        "collections": [_collection(kind, choices, left_out.get(kind, frozenset())) for kind in MODELS],
    }


def form_page(settings: Config, backend: Backend) -> bytes:
    """The page. Its policy lets it ask the site and the repository's host, and nobody else."""
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
<!-- Made by credsite. `credsite cms` makes it anew, unless you change it. {CHECKSUM_MARKER} -->
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
<noscript><p>This form needs JavaScript. The files in <code>content/</code> can be edited in any editor of texts.</p></noscript>
<script src="{SCRIPT}"></script>
</body>
</html>
"""
    )


def _origin(host: str) -> str:
    parts = urlsplit(host)
    return f"{parts.scheme}://{parts.netloc}"


def _collection(kind: Kind, choices: Choices, left_out: frozenset[str]) -> dict[str, Any]:
    spec = KINDS[kind]
    model = MODELS[spec.id]
    fields = list(_fields(model, choices, _LEFT_OUT | left_out))
    needed = sum(field["required"] for field in fields)
    about = (model.__doc__ or "").strip().splitlines()[0].replace("``", "")
    return {
        "name": spec.folder,
        "label": spec.plural.capitalize(),
        "label_singular": spec.label.capitalize(),
        "description": about,
        "folder": f"{CONTENT}/{spec.folder}",
        "extension": "md",
        "format": "yaml-frontmatter",
        "slug": "{{title}}",
        "create": bool(spec.starter_text),
        # Pictures go into one folder; an entry names them as seen from its own.
        "media_folder": f"/{_IMAGES}",
        "public_folder": "../images",
        "fields": [*fields[:needed], dict(_BODY), *fields[needed:]],
    }


def _fields(
    model: type[BaseModel], choices: Choices, left_out: frozenset[str] = frozenset()
) -> Iterator[dict[str, Any]]:
    """The fields of a model's keys: what is needed, what the kind has of its own, what every entry has."""
    whole = model.model_json_schema()
    schema = next(one for one in (whole, *whole.get("anyOf", ())) if "properties" in one)
    keys = sorted(
        ordered_fields(model), key=lambda pair: not pair[1].is_required() and 1 + (pair[0] in _GENERAL)
    )
    for name, field in keys:
        if name not in left_out:
            yield _field(name, field, schema["properties"][name], choices)


def _field(name: str, field: FieldInfo, schema: dict[str, Any], choices: Choices) -> dict[str, Any]:
    shape = field_shape(field.annotation)
    common: dict[str, Any] = {
        "name": name,
        "label": _label(name),
        "hint": _HINTS.get(name) or field.description or "",
        "required": field.is_required(),
    }
    widget = _widget(name, shape, schema, choices)
    if not shape.is_list:
        return {**common, **widget}
    least = {"min": 1} if field.is_required() else {}
    if widget["widget"] in ("select", "relation"):
        return {**common, **widget, "multiple": True, **least}
    one = _label(name).removesuffix("es" if name.endswith("ses") else "s")
    listed = {**common, "widget": "list", "label_singular": one, **least}
    if widget["widget"] == "object":
        return {**listed, "fields": widget["fields"]}
    return {**listed, "field": {"name": "item", "label": one, "required": True, **widget}}


def _widget(name: str, shape: FieldShape, schema: dict[str, Any], choices: Choices) -> dict[str, Any]:
    """The kind of control for one value, with what it needs to know."""
    options = [Choice(value, value) for value in shape.choices]
    if name in REFERENCE_KEYS:
        known = choices.get(name, ())
        if all(choice.is_file_name for choice in known):
            return {
                "widget": "relation",
                "collection": KINDS[REFERENCE_KEYS[name]].folder,
                "value_field": "{{slug}}",
                "display_fields": ["title"],
                "search_fields": ["title"],
            }
        options = list(known)
    elif name in SETTING_KEYS and name != "languages":
        options = list(choices.get(name, ()))
    elif name == "country":
        options = list(_countries())
    if options or shape.choices:
        return {
            "widget": "select",
            "options": [{"label": choice.title, "value": choice.id} for choice in options],
        }
    one_line = getattr(shape.model, "ONE_LINE", None)
    if shape.model is not None and one_line is None:
        return {"widget": "object", "collapsed": "auto", "fields": list(_fields(shape.model, choices))}
    if shape.type is bool:
        return {"widget": "boolean"}
    if shape.type in (int, Decimal):
        least = next(_found(schema, "minimum"), None)
        bound = {} if least is None else {"min": least}
        return {"widget": "number", "value_type": "int" if shape.type is int else "float", **bound}
    if name in _PICTURES and shape.type is str:
        return {"widget": "image", "choose_url": False}
    pattern: Any = one_line.get("pattern") if one_line else next(_found(schema, "pattern"), None)
    if pattern == patterns.DATE:
        return {"widget": "datetime", "type": "date", "format": "YYYY-MM-DD"}
    checked = (
        {"pattern": [pattern, CODES[PATTERN_PROBLEM_CODES[pattern]].meaning]}
        if pattern in PATTERN_PROBLEM_CODES
        else {}
    )
    return {"widget": "text" if name in _LONG else "string", **checked}


def _countries() -> Iterator[Choice]:
    from babel import Locale

    names = Locale("en").territories
    for code in sorted(country_codes(), key=lambda code: str(names[code])):
        yield Choice(code, f"{names[code]} ({code})")


def _found(schema: Any, key: str) -> Iterator[Any]:
    """The values of a keyword anywhere in a JSON Schema."""
    if isinstance(schema, dict):
        if key in schema:
            yield schema[key]
        for part in schema.values():
            yield from _found(part, key)
    elif isinstance(schema, list):
        for part in schema:
            yield from _found(part, key)


def _label(name: str) -> str:
    return name.replace("_", " ").replace("-", " ").capitalize()
