"""The entries that are on the pages of the preview now, and what becomes of them while files have errors.

On the author's own computer, nothing is written while an entry that has a page has errors: old pages are better than
none. Where others can see the preview, that must not keep the story of a learner who has withdrawn consent. There the
last good version of such an entry takes its place, and everything else is built as it is now.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from credsite.build.analysed_site import AnalysedSite
from credsite.build.last_good import with_last_good
from credsite.build.sources import SourceSnapshot
from credsite.catalogue.publication import UpcomingChanges


@dataclass(frozen=True, slots=True)
class WrittenEntries:
    """``paths`` are the files of the entries that have pages, ``keys`` the keys of all content files at that time.

    ``changes`` are the moments after which the pages are out of date.
    """

    paths: frozenset[str] = frozenset()
    keys: Mapping[str, str] = field(default_factory=dict)
    changes: UpcomingChanges | None = None

    @classmethod
    def of(cls, site: AnalysedSite, sources: SourceSnapshot) -> WrittenEntries:
        if site.catalogue is None:
            return cls(keys=sources.sources.keys)
        paths = frozenset(entry.path for entry in site.catalogue.entries())
        return cls(paths, sources.sources.keys, site.catalogue.changes)

    def change_between(self, start: datetime, end: datetime) -> bool:
        """Whether one of the ``changes`` is after ``start``, and not after ``end``."""
        first = self.changes.first if self.changes else None
        if self.changes is None or first is None or first.at > end:
            return False
        return any(start < change.at <= end for change in self.changes)

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
