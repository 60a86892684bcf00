"""The values that authors of a site can choose from: ids of its entries, its settings and its theme, with their titles."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from credsite.authoring.slugs import is_slug
from credsite.content.discovery import SourceFile
from credsite.content.source_files import read_source
from credsite.core.type_caches import cached_by_type
from credsite.schema.config import Config
from credsite.schema.front_matter import RawFrontMatter, parse_document
from credsite.schema.introspection import REFERENCE_OR_TEXT_KEYS, FieldShape, field_shape
from credsite.schema.kinds import Kind
from credsite.schema.vocabularies import labels
from credsite.site.labels import DEFAULT_TEMPLATES
from credsite.theme.loader import ThemeError, load_theme


@dataclass(frozen=True, slots=True)
class Choice:
    """A value for a key, and its title, which is the id again if there is no other.

    ``is_file_name`` says whether the id of an entry is also the name of its file.
    """

    id: str
    title: str
    is_file_name: bool = True


Choices = Mapping[str, tuple[Choice, ...]]
"""For each key that names something, the values that it can have, in order."""


def ids_of(choices: Choices) -> dict[str, tuple[str, ...]]:
    """The ids of the choices, without their titles."""
    return {key: tuple(choice.id for choice in options) for key, options in choices.items()}


def load_choices(
    site: Path,
    settings: Config,
    sources: Collection[SourceFile],
    keys: Collection[str] | None = None,
) -> Choices:
    """The choices for each key that names something.

    If ``keys`` are given, only files of the kinds that they name are read.
    """
    references = {**settings.site_schema.reference_keys, **REFERENCE_OR_TEXT_KEYS}
    wanted = {key: kind for key, kind in references.items() if keys is None or key in keys}
    entries = {
        kind: tuple(_entries(site, settings, [source for source in sources if source.kind is kind]))
        for kind in sorted(set(wanted.values()))
    }
    vocabularies = settings.site_schema.vocabularies
    if Kind.DELIVERY_MODE in entries:  # a mode need not have a file
        modes = labels(vocabularies["mode"])
        entries[Kind.DELIVERY_MODE] = tuple(Choice(id_, modes[id_], is_file_name=False) for id_ in modes)
    return {
        **{key: entries[kind] for key, kind in wanted.items()},
        "funding": tuple(Choice(key, funding.title) for key, funding in settings.funding.items()),
        **{key: _choices(vocabularies[key], labels(vocabularies[key])) for key in ("background", "support")},
        "languages": _choices(settings.languages, {}),
        "template": _choices(page_templates(site, settings), {}),
    }


def page_templates(site: Path, settings: Config) -> tuple[str, ...]:
    """The templates for pages of the site's theme."""
    try:
        return tuple(load_theme(settings.theme, site).templates)
    except ThemeError:  # `check` and `build` report it
        return DEFAULT_TEMPLATES


def keys_written_as_blocks(
    site: Path, settings: Config, sources: Collection[SourceFile]
) -> dict[Kind, frozenset[str]]:
    """For each kind, the keys for which the form has one line or one value, but some file a block or a list."""
    shapes = {
        kind: {name: field_shape(field.annotation) for name, field in model.model_fields.items()}
        for kind, model in settings.site_schema.models.items()
    }
    block_keys: dict[Kind, set[str]] = {}
    for source in sources:
        values, known = _front_matter(site / source.path, settings.max_file_size), shapes[source.kind]
        keys = {key for key in known.keys() & values.keys() if not _fits_form(values[key], known[key])}
        if keys:
            block_keys.setdefault(source.kind, set()).update(keys)
    return {kind: frozenset(keys) for kind, keys in block_keys.items()}


def _fits_form(value: Any, shape: FieldShape) -> bool:
    """Whether the form can show a value from front matter."""
    if shape.may_be_list:
        return not isinstance(value, list)
    if shape.model is None:
        return True
    blocks = [part for part in (value if isinstance(value, list) else [value]) if isinstance(part, dict)]
    if hasattr(shape.model, "ONE_LINE"):
        return not blocks
    if not isinstance(value, list):
        return True
    names = _keys_with_lines(shape.model)
    return all(_is_list_of_lines(block[name]) for block in blocks for name in names if name in block)


@cached_by_type
def _keys_with_lines(model: type[BaseModel]) -> tuple[str, ...]:
    """The keys of a block for which the form has a list of lines, such as the meetings of a session."""
    shapes = {name: field_shape(field.annotation) for name, field in model.model_fields.items()}
    return tuple(name for name, shape in shapes.items() if hasattr(shape.model, "as_line"))


def _is_list_of_lines(value: Any) -> bool:
    return isinstance(value, list) and not any(isinstance(part, dict) for part in value)


def _choices(ids: Collection[str], titles: Mapping[str, str]) -> tuple[Choice, ...]:
    return tuple(Choice(key, titles.get(key, key)) for key in ids)


def _entries(site: Path, settings: Config, sources: Collection[SourceFile]) -> Iterator[Choice]:
    """The entries in order of their files. An invalid one is included under the name of its file."""
    for source in sources:
        values = _front_matter(site / source.path, settings.max_file_size)
        slug, title = values.get("slug"), values.get("title")
        entry_id = slug if isinstance(slug, str) and is_slug(slug) else source.slug
        is_file_name = entry_id == source.path.rpartition("/")[2].rpartition(".")[0]
        one_line = " ".join(title.split()) if isinstance(title, str) else ""
        yield Choice(entry_id, one_line or entry_id, is_file_name)


def _front_matter(file: Path, max_size: int) -> RawFrontMatter:
    """The front matter of a file; empty if it cannot be read, which `check` reports."""
    data, _ = read_source(str(file), file.name, max_size)
    try:
        return parse_document(data).values
    except UnicodeDecodeError:
        return {}
