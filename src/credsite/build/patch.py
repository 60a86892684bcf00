"""Patches a site that was analysed before, where only what entries say has changed.

That is the usual edit in a preview: another sentence, another title. The catalogue and the plan then stay, but for the
entries that changed, and only the pages that looked them up have to be rendered.
"""

from __future__ import annotations

from dataclasses import replace

from credsite.build.analysed_site import AnalysedSite, AnalysisKey, paths_with_errors
from credsite.catalogue.patch import links_changed, patched_catalogue
from credsite.content.loader import LoadedEntries
from credsite.content.records import Record
from credsite.site.data.data_files import is_full_text_searched
from credsite.site.links import find_link_problems


def entry_digest(record: Record) -> str:
    """A digest that changes when anything has to be worked out again in which the entry has a part.

    The text of an entry is part of that only where the search covers it.
    """
    if is_full_text_searched(record):
        return f"{record.record_digest} {record.digest}"
    return record.record_digest


def patched_site(previous: AnalysedSite, key: AnalysisKey, loaded: LoadedEntries) -> AnalysedSite | None:
    """``previous`` with what its entries say now. None where more has changed than a patch can follow."""
    old, plan, catalogue = previous.key, previous.plan, previous.catalogue
    if old != key or old is None or plan is None or catalogue is None:
        return None
    if old.record_digests.keys() != key.record_digests.keys():
        return None
    if not old.is_valid_at(key.clock, catalogue.changes.first):
        return None
    changed = [
        record
        for record in loaded.records
        if key.record_digests[record.path] != old.record_digests[record.path]
    ]
    new_catalogue = patched_catalogue(catalogue, changed) if changed else catalogue
    if new_catalogue is None:
        return None
    resolver, link_problems = plan.link_resolver.patched(new_catalogue, changed), previous.link_problems
    if links_changed(catalogue, changed):
        link_problems = tuple(find_link_problems(resolver, plan.outputs))
        severities = key.config.problems
        if paths_with_errors(link_problems, severities) != paths_with_errors(
            previous.link_problems, severities
        ):
            return None
    digests = {record.path: record.digest for record in loaded.records}
    patch = plan.patched(resolver, loaded.loader, digests, changed)
    if patch is None:
        return None
    new_plan, render_set = patch
    return replace(
        previous,
        catalogue=new_catalogue,
        plan=new_plan,
        renderer=previous.renderer and previous.renderer.with_plan(new_plan),
        key=key,
        link_problems=link_problems,
        render_set=render_set,
    )
