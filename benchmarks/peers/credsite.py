"""credsite itself."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import ClassVar

from benchmarks.catalogues.catalogue import Catalogue
from benchmarks.catalogues.generate import NOW, write_site
from benchmarks.peers.base import Generator, first_line


class Credsite(Generator):
    name = "credsite"
    title = "credsite"
    caches = ("site/.credsite", "user-cache")
    program: ClassVar[Path] = Path(sys.executable).parent / "credsite"
    """May be set to that of another environment."""

    @classmethod
    def version(cls) -> str:
        return first_line([str(cls.program), "--version"], cls.title).split()[-1]

    def prepare(
        self,
        catalogue: Catalogue,
        *,
        with_photos: Callable[[int], Iterator[bytes]] | None = None,
        with_own: bool = False,
    ) -> None:
        write_site(catalogue, self.folder / "site", with_photos=with_photos, with_own=with_own)

    @property
    def command(self) -> list[str]:
        site, output = self.folder / "site", self.output
        return [str(self.program), "build", str(site), "--output", str(output), "--now", NOW, "--quiet"]

    @property
    def environment(self) -> Mapping[str, str]:
        """The user's cache, too, is beside the site, so that a cold build finds none."""
        return {"XDG_CACHE_HOME": str(self.folder / "user-cache")}
