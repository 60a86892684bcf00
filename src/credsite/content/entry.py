"""One validated file of a site's content."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from credsite.content.markdown.body import MarkdownBody
from credsite.problems.model import KeyPath
from credsite.schema.kinds import Kind
from credsite.schema.models import kind_of
from credsite.schema.models.base import EntryFields

Fields = TypeVar("Fields", bound=EntryFields, covariant=True)


@dataclass(frozen=True, slots=True)
class Entry(Generic[Fields]):
    """One validated file. ``path`` is relative to the site, with forward slashes; ``language`` is a BCP 47 tag.

    ``digest`` is that of the file's bytes. Entries hold the ids of other entries, never the entries themselves.
    ``texts`` are own fields in Markdown, by their keys.
    ``wrong_keys`` are the keys that could not be read: what the fields say there is invented, and the entry must not be
    published.
    """

    slug: str
    path: str
    language: str
    fields: Fields
    body: MarkdownBody
    digest: str
    wrong_keys: tuple[KeyPath, ...] = ()
    texts: tuple[tuple[str, MarkdownBody], ...] = ()

    @property
    def kind(self) -> Kind:
        return kind_of(self.fields)

    @property
    def bodies(self) -> tuple[MarkdownBody, ...]:
        """The body and the texts."""
        return (self.body, *(text for _, text in self.texts)) if self.texts else (self.body,)

    @property
    def title(self) -> str:
        return self.fields.title

    @property
    def folder(self) -> str:
        """The folder of the file, relative to the site: relative links and images start from it."""
        return self.path.rpartition("/")[0]
