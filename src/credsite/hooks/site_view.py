"""What hooks see of a site: its entries as plain values, its settings, and files. They can change nothing of it.

A hook sees only what it has declared, so what it makes depends on nothing else, and is made again exactly when that changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, time
from decimal import Decimal
from enum import Enum
from typing import Any

from pydantic import BaseModel

from credsite.content.loader import EntryLoader
from credsite.content.markdown.body import plain_text
from credsite.content.records import Record
from credsite.core.hashing import combined_digest
from credsite.hooks.plugin import BadHookError
from credsite.schema.config import Config
from credsite.schema.kinds import Kind
from credsite.site.urls import Urls, entry_path


@dataclass(frozen=True, slots=True)
class EntryView:
    """One entry, such as a course.

    ``kind`` is ``"course"``, ``"story"`` and so on, ``path`` that of its file in the site, and ``url`` the address of its page.
    ``fields`` has all keys that its front matter may have, also those that credsite.yaml declares, with values as JSON has them:
    texts, numbers, true and false, lists, and objects. Dates are texts such as ``2027-01-31``. What is left out is None or empty.
    ``text`` are the words below the front matter.
    """

    kind: str
    slug: str
    path: str
    url: str
    fields: Mapping[str, Any]
    text: str

    @property
    def title(self) -> str:
        return str(self.fields["title"])


@dataclass(frozen=True, slots=True)
class DeclaredInputs:
    """What a hook has declared: kinds of entries, paths of files, names of settings. In messages it is called ``hook``."""

    hook: str
    kinds: tuple[str, ...]
    files: tuple[str, ...]
    settings: tuple[str, ...]

    def require(self, name: str, declared: Sequence[str], what: str) -> None:
        if name not in declared:
            names = ", ".join(map(repr, (*declared, name)))
            raise BadHookError(
                f"`{self.hook}` asks for `{name}`, which it has not declared. Write {what}=[{names}]."
            )


class SiteView:
    """A site, as far as a hook has declared what it needs. ``today`` is the day of the build in the site's time zone."""

    def __init__(
        self,
        declared: DeclaredInputs,
        records: Mapping[Kind, Sequence[Record]],
        entry_loader: EntryLoader,
        config: Config,
        files: Mapping[str, bytes],
        today: date,
    ) -> None:
        self.today = today
        self._declared = declared
        self._records = records
        self._loader = entry_loader
        self._config = config
        self._files = files
        self._urls = Urls(config.base_url)

    @property
    def digest(self) -> str:
        """A digest of all that the hook can see."""
        parts = [self.today.isoformat(), self._config.base_url]
        for kind in self._declared.kinds:
            for record in self._records.get(Kind(kind), ()):
                parts += [record.path, record.digest]
        parts += [ascii(getattr(self._config, name)) for name in self._declared.settings]
        return combined_digest(parts)

    def entries(self, kind: str) -> Iterator[EntryView]:
        """The entries of a kind, such as ``"course"``, in the order of lists. They are read one after another."""
        self._declared.require(kind, self._declared.kinds, "kinds")
        return map(self._view, self._records.get(Kind(kind), ()))

    def entry(self, kind: str, slug: str) -> EntryView | None:
        """The entry of a kind with a slug, if there is one."""
        self._declared.require(kind, self._declared.kinds, "kinds")
        found = (record for record in self._records.get(Kind(kind), ()) if record.slug == slug)
        record = next(found, None)
        return None if record is None else self._view(record)

    def read(self, path: str) -> bytes:
        """The bytes of a file, by its path from the site's folder."""
        self._declared.require(path, self._declared.files, "files")
        return self._files[path]

    def setting(self, name: str) -> Any:
        """The value of a key of credsite.yaml, as JSON has it."""
        self._declared.require(name, self._declared.settings, "settings")
        return plain_value(getattr(self._config, name))

    def url(self, path: str) -> str:
        """The address of a path in the website, such as ``free-courses.json``."""
        return self._urls.absolute(path)

    def _view(self, record: Record) -> EntryView:
        entry = self._loader.entry(record)
        url = self._urls.absolute(entry_path(record.kind, record.slug))
        values = plain_value(entry.fields)
        return EntryView(record.kind.value, record.slug, record.path, url, values, plain_text(entry.body))


def plain_value(value: Any) -> Any:
    """A value of the models as JSON has it."""
    match value:
        case Enum():
            return value.value
        case str() | bool() | int() | float() | None:
            return value
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case date() | time():
            return value.isoformat()
        case BaseModel():
            described = type(value).model_fields
            return {one.alias or name: plain_value(getattr(value, name)) for name, one in described.items()}
        case Mapping():
            return {str(plain_value(name)): plain_value(one) for name, one in value.items()}
        case tuple() if isinstance(names := getattr(value, "_fields", None), tuple):
            return plain_value(dict(zip(names, value, strict=True)))
        case tuple() | list() | set() | frozenset():
            return [plain_value(one) for one in value]
    if is_dataclass(value):
        return {one.name: plain_value(getattr(value, one.name)) for one in fields(value)}
    return str(value)
