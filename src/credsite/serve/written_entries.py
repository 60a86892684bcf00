"""The entries that are on the pages of the preview now, and what becomes of them while files have errors.

On the author's own computer, nothing is written while an entry that has a page has errors: old pages are better than
none. Where others can see the preview, that must not keep the story of a learner who has withdrawn consent. There the
last good version of such an entry takes its place, and everything else is built as it is now.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from credsite.build.analysed_site import AnalysedSite
from credsite.build.last_good import with_last_good
from credsite.build.sources import SourceSnapshot


@dataclass(frozen=True, slots=True)
class WrittenEntries:
    """``paths`` are the files of the entries that have pages, ``keys`` the keys of all content files at that time."""

    paths: frozenset[str] = frozenset()
    keys: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, site: AnalysedSite, sources: SourceSnapshot) -> WrittenEntries:
        entries = site.catalogue.entries() if site.catalogue else ()
        return cls(frozenset(entry.path for entry in entries), sources.sources.keys)

    def have_errors_in(self, site: AnalysedSite) -> bool:
        """Whether entries that have pages now are invalid in ``site``."""
        return not self.paths.isdisjoint(site.invalid_entries)

    def restored(self, site: AnalysedSite, sources: SourceSnapshot) -> SourceSnapshot | None:
        """``sources`` with the last good versions of files that have errors in ``site``; None if there are none."""
        return with_last_good(sources, site, {path: self.keys[path] for path in self.paths})

    def show_withheld(self, site: AnalysedSite | None, sources: SourceSnapshot | None) -> bool:
        """Whether the pages may show what must not be published any more, or is not in the site any more.

        True also where nobody knows, because ``site`` or its ``sources`` could not be read at all.
        """
        if site is None or sources is None:
            return True
        files = {source.path for source in sources.sources.sources}
        return not (self.paths.isdisjoint(site.withheld) and self.paths <= files)
