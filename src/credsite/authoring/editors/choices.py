"""What a site has to choose from: the ids of its entries, of its settings and of its theme, each with its title."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from credsite.content.discovery import SourceFile
from credsite.core.text import normalize_text
from credsite.schema.config import Config
from credsite.schema.field_types import SLUG_PATTERN
from credsite.schema.front_matter import split_front_matter
from credsite.schema.introspection import REFERENCE_KEYS, REFERENCE_OR_TEXT_KEYS, field_shape
from credsite.schema.kinds import Kind
from credsite.schema.models import MODELS
from credsite.schema.vocabularies import BACKGROUNDS, SUPPORT, labels
from credsite.schema.yaml import loader
from credsite.site.labels import background_ids, support_ids
from credsite.theme.loader import ThemeError, load_theme

_USUAL_TEMPLATES: Final = ("page", "guide", "employers")


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that a key may have, and its title for people: the id itself where there is none.

    ``named`` is whether the id is also the name of the entry's file.
    """

    id: str
    title: str
    is_file_name: bool = True


Choices = Mapping[str, tuple[Choice, ...]]
"""For the key of a model what it may name, in order."""


def ids_of(choices: Choices) -> dict[str, tuple[str, ...]]:
    """The choices without their titles."""
    return {key: tuple(choice.id for choice in found) for key, found in choices.items()}


def load_choices(
    site: Path,
    settings: Config,
    sources: Collection[SourceFile],
    keys: Collection[str] | None = None,
    most: int | None = None,
) -> Choices:
    """What each key of the models that names something may name in ``site``; of entries at most ``most``.

    Only the files of kinds that ``keys`` name are looked at, where these are given.
    """
    references = {**REFERENCE_KEYS, **REFERENCE_OR_TEXT_KEYS}
    wanted = {key: kind for key, kind in references.items() if keys is None or key in keys}
    found = {
        kind: tuple(_entries(site, settings, [source for source in sources if source.kind is kind][:most]))
        for kind in sorted(set(wanted.values()))
    }
    own = settings.backgrounds or {}
    return {
        **{key: found[kind] for key, kind in wanted.items()},
        "funding": tuple(Choice(key, funding.title) for key, funding in settings.funding.items()),
        "background": _named(background_ids(settings), {**labels(BACKGROUNDS), **own}),
        "support": _named(support_ids(settings), {**labels(SUPPORT), **settings.support}),
        "languages": _named(settings.languages, {}),
        "template": _named(page_templates(site, settings), {}),
    }


def page_templates(site: Path, settings: Config) -> tuple[str, ...]:
    """The templates that the site's theme has for pages."""
    try:
        return tuple(load_theme(settings.theme, site).templates)
    except ThemeError:  # `check` and `build` say so; here it only means that the usual templates are offered
        return _USUAL_TEMPLATES


def keys_written_as_blocks(
    site: Path, settings: Config, sources: Collection[SourceFile]
) -> dict[Kind, frozenset[str]]:
    """For each kind the keys that some file of it writes as a block although they may be written in one line."""
    found: dict[Kind, set[str]] = {}
    for source in sources:
        keys = {
            name
            for name, field in MODELS[source.kind].model_fields.items()
            if hasattr(field_shape(field.annotation).model, "ONE_LINE")
        }
        values = _front_matter(site / source.path, settings.max_file_size) if keys else {}
        for key in keys & set(values):
            parts = values[key] if isinstance(values[key], list) else [values[key]]
            if any(isinstance(part, dict) for part in parts):
                found.setdefault(source.kind, set()).add(key)
    return {kind: frozenset(keys) for kind, keys in found.items()}


def _named(ids: Collection[str], titles: Mapping[str, str]) -> tuple[Choice, ...]:
    return tuple(Choice(key, titles.get(key, key)) for key in ids)


def _entries(site: Path, settings: Config, sources: Collection[SourceFile]) -> Iterator[Choice]:
    """Entries by the order of their files. A broken one is there too, under the name of its file."""
    for source in sources:
        values = _front_matter(site / source.path, settings.max_file_size)
        slug, title = values.get("slug"), values.get("title")
        own = slug if isinstance(slug, str) and re.fullmatch(SLUG_PATTERN.strip("^$"), slug) else source.slug
        named = own == source.path.rpartition("/")[2].rpartition(".")[0]
        words = " ".join(title.split()) if isinstance(title, str) else ""
        yield Choice(own, words or own, named)


def _front_matter(file: Path, most: int) -> dict[str, Any]:
    """The keys of a file; none where it cannot be read, which `check` says."""
    try:
        with file.open("rb") as stream:
            data = stream.read(most)
        values, problems = loader.load_yaml(split_front_matter(normalize_text(data.decode())).yaml, "")
    except (OSError, UnicodeDecodeError):
        return {}
    return values if isinstance(values, dict) and not problems else {}
