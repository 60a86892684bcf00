"""The form in the browser: its page, and the configuration of Sveltia CMS, generated from the models.

Sveltia CMS has the configuration format of Decap CMS.
"""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

import yaml

from credsite.authoring.editors.choices import Choices
from credsite.authoring.editors.cms_fields import form_fields
from credsite.authoring.editors.generated_files import CHECKSUM_MARKER, with_checksum
from credsite.authoring.editors.sveltia import SCRIPT
from credsite.content.source_folders import CONTENT
from credsite.schema.config import Config
from credsite.schema.kinds import KINDS, Kind
from credsite.schema.models import MODELS

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
    settings: Config, choices: Choices, backend: Backend, omitted: OmittedKeys | None = None
) -> dict[str, bytes]:
    """The files of the form's page and its configuration, by their names."""
    head = f"# {_NOTE} {CHECKSUM_MARKER}\n"
    config = cms_config(settings, choices, backend, omitted or {})
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
        "collections": [_collection(kind, choices, omitted.get(kind, frozenset())) for kind in MODELS],
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


def _collection(kind: Kind, choices: Choices, omitted: frozenset[str]) -> dict[str, Any]:
    spec = KINDS[kind]
    model = MODELS[spec.id]
    fields = list(form_fields(model, choices, _HIDDEN_KEYS | omitted))
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
