"""Writes an invented catalogue as a site for credsite: `python -m benchmarks.catalogues.generate 1000 some/folder`."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from benchmarks.catalogues.catalogue import SEED, Catalogue, Entry
from benchmarks.catalogues.edits import mark
from benchmarks.catalogues.markdown_files import front_matter, write_entry
from benchmarks.catalogues.own_fields import DECLARATIONS, with_own_fields
from benchmarks.catalogues.photos import large_photos, photos

NOW: Final = "2026-11-23"
"""The date of every build, so that the same sessions lie ahead in each."""
THEME: Final = Path("themes/bench/templates/parts/footer.html")

_FOOTER: Final = f"""\
{{% from "default/parts/footer.html" import site_footer as default_footer %}}
{{% macro site_footer(site) %}}
{{{{ default_footer(site) }}}}
<p class="wrap">Catalogue, {mark("theme")}</p>
{{% endmacro %}}
"""


def write_site(
    catalogue: Catalogue,
    folder: Path,
    *,
    with_photos: Callable[[int], Iterator[bytes]] | None = None,
    with_own: bool = False,
) -> None:
    """Write the catalogue into ``folder``, which is emptied first.

    ``with_photos`` gives endless photos for a seed, of which each course gets one, and ``with_own`` adds ten fields of the site's own.
    """
    shutil.rmtree(folder, ignore_errors=True)
    content = folder / "content"
    for name in ("courses", "industries", "providers", "stories", "pathways"):
        (content / name).mkdir(parents=True)
    for entries in (catalogue.industries, catalogue.providers, catalogue.stories, catalogue.pathways):
        for entry in entries:
            write_entry(content, entry)
    for entry in catalogue.courses():
        shown = with_own_fields(entry, catalogue.seed) if with_own else entry
        write_entry(content, _with_photo(shown) if with_photos else shown)
    if with_photos:
        for entry, data in zip(catalogue.courses(), with_photos(catalogue.seed), strict=False):
            (content / entry.folder / f"{entry.slug}.jpg").write_bytes(data)
    settings: dict[str, Any] = {
        "title": "Quillbay Short Courses",
        "base_url": "https://quillbay.test/",
        "tagline": "Small courses around the bay",
        "languages": ["en-CA"],
        "currency": "CAD",
        "timezone": "America/Halifax",
        "theme": "bench",
        # No other generator draws pictures; those of the site and of its industries are in all figures.
        "share_pictures": {"limit": 0},
    }
    if with_own:
        settings["fields"] = {"course": DECLARATIONS}
    (folder / "credsite.yaml").write_text(front_matter(settings), encoding="utf-8")
    (folder / THEME).parent.mkdir(parents=True)
    (folder / THEME).write_text(_FOOTER, encoding="utf-8")
    theme = {"name": "Bench", "extends": "default"}
    (folder / THEME.parts[0] / THEME.parts[1] / "theme.yaml").write_text(json.dumps(theme), encoding="utf-8")


def _with_photo(entry: Entry) -> Entry:
    image = {"src": f"{entry.slug}.jpg", "alt": f"Learners at work in {entry.title}"}
    return replace(entry, fields={**entry.fields, "image": image})


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.catalogues.generate", description=__doc__)
    parser.add_argument("size", type=int, help="how many courses")
    parser.add_argument("folder", type=Path, help="where to put the site; must be new or empty")
    parser.add_argument("--seed", type=int, default=SEED, help="another catalogue of the same size")
    parser.add_argument(
        "--photos", action="store_true", help="with a photo of about 0.5 MB beside each course"
    )
    parser.add_argument(
        "--large-photos", action="store_true", help="with a photo of 12 megapixels beside each course"
    )
    parser.add_argument("--own-fields", action="store_true", help="with ten fields of the site's own")
    given = parser.parse_args(arguments)
    if given.folder.exists() and any(given.folder.iterdir()):
        print(f"{given.folder} is not empty: name another folder.", file=sys.stderr)
        return 2
    try:
        catalogue = Catalogue(given.size, given.seed)
        with_photos = large_photos if given.large_photos else photos if given.photos else None
        write_site(catalogue, given.folder, with_photos=with_photos, with_own=given.own_fields)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
