"""MkDocs. It cannot build lists, so they are written as Markdown in advance."""

from __future__ import annotations

import importlib.metadata
import json
import shutil
import sys
from typing import Any

from benchmarks.catalogues.catalogue import Catalogue
from benchmarks.catalogues.listings import Listings
from benchmarks.catalogues.markdown_files import markdown_file
from benchmarks.peers import shared
from benchmarks.peers.base import TEMPLATES, Generator, UnavailableError


class MkDocs(Generator):
    name = "mkdocs"
    title = "MkDocs"

    @classmethod
    def version(cls) -> str:
        try:
            return importlib.metadata.version("mkdocs")
        except importlib.metadata.PackageNotFoundError:
            raise UnavailableError("MkDocs is not installed: it is on PyPI as `mkdocs`.") from None

    def prepare(self, catalogue: Catalogue) -> None:
        shutil.copytree(TEMPLATES / self.name, self.folder)
        shared.copy_style_and_parts(self.folder / "docs" / "style.css", self.folder / "theme" / "parts.html")
        settings = {
            "site_name": "Quillbay Short Courses",
            "site_url": "https://quillbay.example/",
            "theme": {"name": None, "custom_dir": "theme"},
            "plugins": [],
            "markdown_extensions": ["tables", "toc"],
            "validation": {"links": {"absolute_links": "ignore"}, "nav": {"omitted_files": "ignore"}},
            "extra": {"names": shared.names(catalogue)},
        }
        # JSON is also YAML.
        text = json.dumps(settings, ensure_ascii=False, indent=2)
        (self.folder / "mkdocs.yml").write_text(text, encoding="utf-8")
        listings = Listings.of(catalogue)
        cards: dict[str, dict[str, Any]] = {}
        for number, course in enumerate(catalogue.courses()):
            fields = shared.course_fields(catalogue, listings, number, course)
            cards[fields["card"]["url"]] = fields["card"]
            self._write(f"courses/{course.slug}.md", fields, shared.body(course))
        for entry in (*catalogue.stories, *catalogue.pathways):
            fields = shared.entry_fields(entry)
            cards[fields["card"]["url"]] = fields["card"]
            self._write(f"{entry.folder}/{entry.slug}.md", fields, shared.body(entry))
        for page in shared.list_pages(catalogue, listings):
            shown = [cards[f"/{page['folder']}/{slug}/"] for slug in page["items"]]
            kept = ("title", "number", "pages", "url_before", "url_after", "links")
            self._write_list(page, {key: page[key] for key in kept}, shown)
        for page in shared.index_pages(catalogue, listings):
            if page["path"] != "404.html":
                self._write_list(page, {"title": page["title"], "pages": 1}, page["entries"])

    def _write_list(self, page: dict[str, Any], fields: dict[str, Any], shown: list[dict[str, Any]]) -> None:
        text = page.get("text", "") + "\n\n" + "\n\n".join(map(_card, shown))
        self._write(f"{page['path']}index.md", fields, text)

    def _write(self, path: str, fields: dict[str, Any], body: str) -> None:
        file = self.folder / "docs" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(markdown_file(fields, body), encoding="utf-8")

    @property
    def command(self) -> list[str]:
        return [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(self.output)]


def _card(card: dict[str, Any]) -> str:
    facts = [str(card[key]) for key in ("modes", "duration", "price", "starts") if key in card]
    by = f"{card['industries']} · {card['provider']}\n\n" if "provider" in card else ""
    lines = "".join(f"- {fact}\n" for fact in facts)
    return f"### [{card['title']}]({card['url']})\n\n{by}{card['summary']}\n\n{lines}"
