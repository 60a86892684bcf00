"""Where hooks take part in an analysis. Nothing of them is loaded where a site has none."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from credsite.build.sources import SourceSnapshot
from credsite.catalogue.catalogue import Catalogue
from credsite.content.loader import LoadedEntries
from credsite.content.records import Record
from credsite.problems.model import Problem
from credsite.schema.kinds import Kind
from credsite.site.planned import PlannedFile


def seen_by_hooks(snapshot: SourceSnapshot, loaded: LoadedEntries) -> str:
    """A digest of the entries that hooks see, "" where there are no hooks."""
    if snapshot.hooks is None:
        return ""
    from credsite.hooks.running import input_digest

    return input_digest(snapshot.hooks, loaded.records)


def hook_check_problems(
    snapshot: SourceSnapshot, loaded: LoadedEntries, entries: Iterable[Record]
) -> Sequence[Problem]:
    """What the checks of hooks find in ``entries``. Those that cannot be read as a whole are left out."""
    if snapshot.hooks is None or not snapshot.hooks.checks:
        return ()
    from credsite.hooks.running import check_problems

    records: dict[Kind, list[Record]] = {}
    for record in entries:
        if not record.wrong_keys:
            records.setdefault(record.kind, []).append(record)
    return check_problems(snapshot.hooks, records, loaded.loader, snapshot.config, snapshot.clock.today)


def hook_files(
    snapshot: SourceSnapshot, loaded: LoadedEntries, catalogue: Catalogue
) -> tuple[Collection[PlannedFile], Sequence[Problem]]:
    """The files that hooks make of the catalogue, and what is wrong with these hooks."""
    if snapshot.hooks is None or not snapshot.hooks.outputs:
        return (), ()
    from credsite.hooks.running import output_files

    records = {kind: [one for one in catalogue.of_kind(kind).values() if one is not None] for kind in Kind}
    return output_files(snapshot.hooks, records, loaded.loader, snapshot.config, snapshot.clock.today)
