"""The last good versions of files that have errors now, where a website has to be written all the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from credsite.build.analysed_site import AnalysedSite
from credsite.build.sources import SourceSnapshot


def with_last_good(
    sources: SourceSnapshot, site: AnalysedSite, keys: Mapping[str, str]
) -> SourceSnapshot | None:
    """``sources`` with the last good versions of the files that have errors in ``site``; None if there are none.

    ``keys`` leads from paths to the keys of former versions, which are only in the cache. What must not be published is not
    restored.
    """
    now = sources.sources
    old = {
        path: keys[path]
        for path in site.invalid_entries
        if path in keys and path not in site.withheld and keys[path] != now.keys.get(path)
    }
    if not old:
        return None
    unreadable = {path: problem for path, problem in now.unreadable.items() if path not in old}
    data = {path: text for path, text in now.data.items() if path not in old}
    return replace(sources, sources=replace(now, keys={**now.keys, **old}, unreadable=unreadable, data=data))
