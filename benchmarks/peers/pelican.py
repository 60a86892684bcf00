"""Pelican."""

from __future__ import annotations

import importlib.metadata
import json
import shutil
import sys
from typing import Any

from benchmarks.catalogues.catalogue import Catalogue
from benchmarks.catalogues.listings import Listings
from benchmarks.peers import shared
from benchmarks.peers.base import TEMPLATES, Generator, UnavailableError


class Pelican(Generator):
    name = "pelican"
    title = "Pelican"
    caches = ("cache",)

    @classmethod
    def version(cls) -> str:
        try:
            return importlib.metadata.version("pelican")
        except importlib.metadata.PackageNotFoundError:
            raise UnavailableError(
                "Pelican is not installed: it is on PyPI as `pelican[markdown]`."
            ) from None

    def prepare(self, catalogue: Catalogue) -> None:
        shutil.copytree(TEMPLATES / self.name, self.folder)
        theme = self.folder / "theme"
        shared.copy_style_and_parts(theme / "static" / "style.css", theme / "templates" / "parts.html")
        listings = Listings.of(catalogue)
        pages = [*shared.list_pages(catalogue, listings), *shared.index_pages(catalogue, listings)]
        for name, data in (("names", shared.names(catalogue)), ("lists", pages)):
            (self.folder / f"{name}.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        for number, course in enumerate(catalogue.courses()):
            fields = shared.course_fields(catalogue, listings, number, course)
            self._write(f"courses/{course.slug}.md", fields, shared.body(course))
        for entry in (*catalogue.stories, *catalogue.pathways):
            self._write(f"{entry.folder}/{entry.slug}.md", shared.entry_fields(entry), shared.body(entry))

    def _write(self, path: str, fields: dict[str, Any], body: str) -> None:
        """Write an entry. Pelican's front matter has one line for each key, so structured values are written as JSON."""
        file = self.folder / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        data = {key: value for key, value in fields.items() if key not in ("title", "summary")}
        data_line = json.dumps(data, ensure_ascii=False)
        category = path.partition("/")[0]
        text = f"Title: {fields['title']}\nCategory: {category}\nLead: {fields['summary']}\nData: {data_line}\n\n{body}\n"
        file.write_text(text, encoding="utf-8")

    @property
    def command(self) -> list[str]:
        output = ["--output", str(self.output)]
        return [
            sys.executable,
            "-m",
            "pelican",
            "content",
            "--settings",
            "pelicanconf.py",
            *output,
            "--quiet",
        ]
