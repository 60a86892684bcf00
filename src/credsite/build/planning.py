"""From the entries of a site to its catalogue and plan, with the problems that stand between entries.

Where only what entries say has changed since the last analysis, its site is patched. That is the usual edit in a preview:
another sentence, another title. The catalogue and the plan then stay, but for the entries that changed, and only the pages
that looked them up have to be rendered.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from credsite.build.analysed_site import AnalysedSite, AnalysisKey, paths_with_errors
from credsite.build.hook_runs import hook_check_problems, hook_files
from credsite.build.options import Options
from credsite.build.pictures import PictureStore
from credsite.build.render import SiteRenderer, code_and_config_digest
from credsite.build.sources import SourceSnapshot
from credsite.catalogue import checks, publication
from credsite.catalogue.builder import build_catalogue
from credsite.catalogue.catalogue import Catalogue
from credsite.catalogue.held_back_references import held_back_place_problems, held_back_reference_problems
from credsite.catalogue.patch import links_changed, patched_catalogue
from credsite.catalogue.relations import RelatedCache
from credsite.catalogue.titles import is_a_text
from credsite.catalogue.unpublished import Ref
from credsite.content.loader import LoadedEntries
from credsite.content.records import Record
from credsite.core.profiling import stage
from credsite.problems.model import Problem
from credsite.schema.config import Config
from credsite.schema.kinds import Kind
from credsite.schema.site_schema import SiteSchema
from credsite.site.data.data_files import DataFileNames, is_full_text_searched
from credsite.site.dependencies.history import PageHistory
from credsite.site.labels import DEFAULT_TEMPLATES, site_vocabularies
from credsite.site.link_checks import find_link_problems
from credsite.site.links import LinkResolver
from credsite.site.planned import PlannedFile
from credsite.site.planner import Plan, make_plan
from credsite.site.settings_checks import settings_problems
from credsite.site.urls import Urls
from credsite.theme.assets import load_assets
from credsite.theme.loader import Theme
from credsite.theme.share_pictures.design import load_design


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
        link_problems = _link_problems(key, resolver, plan)
        severities = key.config.problems
        if paths_with_errors(link_problems, severities) != paths_with_errors(
            previous.link_problems, severities
        ):
            return None
    digests = {record.path: record.digest for record in loaded.records}
    patch = plan.patched(resolver, loaded.loader, digests, changed)
    if patch is None or _are_titles_texts(catalogue, changed, loaded):
        return None
    new_plan, render_set = patch
    return replace(
        previous,
        catalogue=new_catalogue,
        plan=new_plan,
        renderer=previous.renderer and previous.renderer.with_plan(new_plan),
        key=key,
        link_problems=link_problems,
        link_resolver=resolver,
        render_set=render_set,
    )


def _are_titles_texts(catalogue: Catalogue, changed: Iterable[Record], loaded: LoadedEntries) -> bool:
    """Whether an entry has an old or new title of a ``changed`` one as a text, so that checks may find something else."""
    old = ((catalogue.entry(record.kind, record.slug), record) for record in changed)
    titles = (
        (record.kind, (before.title, record.title))
        for before, record in old
        if before is not None and before.title != record.title
    )
    return any(is_a_text(both, kind, loaded.all_records) for kind, both in titles)


def plan_site(
    options: Options,
    key: AnalysisKey,
    snapshot: SourceSnapshot,
    loaded: LoadedEntries,
    history: PageHistory,
    related_cache: RelatedCache,
) -> AnalysedSite:
    """Check the entries against each other, build the catalogue, and plan the site.

    ``history`` is what pages looked up when they were rendered last. The site's ``problems`` are still empty.
    """
    config, theme = key.config, snapshot.theme
    with stage("catalogue"):
        checked = _check_entries(key, theme, loaded)
    problems = [*checked.problems, *hook_check_problems(snapshot, loaded, checked.entries)]
    with_errors = key.paths_with_errors | paths_with_errors(problems, config.problems)
    is_first = True
    while True:
        invalid = {one.path: (one.kind, one.slug) for one in checked.entries if one.path in with_errors}
        invalid |= checked.never_valid
        valid = [entry for entry in checked.entries if entry.path not in invalid]
        with stage("catalogue"):
            catalogue = _build_catalogue(options, key, valid, invalid, related_cache)
        resolver = _link_resolver(key, catalogue, checked, valid, invalid)
        own_files, hook_problems = hook_files(snapshot, loaded, catalogue)
        plan, plan_problems = _make_plan(options, key, snapshot, loaded, history, resolver, own_files)
        link_problems = _link_problems(key, resolver, plan)
        found = [*_unpublished_problems(catalogue, config.site_schema), *plan_problems, *hook_problems]
        problems += found
        # A collision of addresses makes one of two entries invalid. Without it, the others are planned once more.
        newly_invalid = paths_with_errors([*found, *link_problems], config.problems)
        if newly_invalid.isdisjoint(entry.path for entry in valid):
            break
        with_errors |= newly_invalid
        is_first = False
    problems += _further_collisions(plan, problems)
    invalid_entries = checked.unpublishable(invalid)
    files = {path: kind for path, (kind, _) in invalid.items()} | {
        one.path: one.kind for one in invalid_entries
    }
    return AnalysedSite(
        config=config,
        problems=(),
        theme=theme,
        translations=snapshot.translations,
        catalogue=catalogue,
        plan=plan if theme else None,
        renderer=_renderer(options, plan, config, snapshot),
        invalid_entries=tuple(sorted(files)),
        withheld=publication.withheld_files(catalogue.unpublished, files, invalid_entries, key.clock),
        key=key if is_first else None,  # else the plan is made of more than the key holds
        cross_entry_problems=tuple(problems),
        link_problems=link_problems,
        link_resolver=resolver,
        related=related_cache.data,
        git=key.earlier.git,
    )


def _unpublished_problems(catalogue: Catalogue, schema: SiteSchema) -> Iterator[Problem]:
    """What is said of the entries that are not published, and of those that need them."""
    yield from publication.publication_problems(catalogue.unpublished)
    yield from held_back_place_problems(catalogue)
    yield from held_back_reference_problems(catalogue, schema)


def _link_problems(key: AnalysisKey, resolver: LinkResolver, plan: Plan) -> tuple[Problem, ...]:
    paths = plan.outputs
    return (*find_link_problems(resolver, paths), *settings_problems(key.config, resolver, paths))


def _renderer(options: Options, plan: Plan, config: Config, snapshot: SourceSnapshot) -> SiteRenderer | None:
    if snapshot.theme is None:
        return None
    return SiteRenderer(
        options.root,
        plan,
        config,
        snapshot.theme,
        snapshot.translations,
        snapshot.hooks,
        None if options.no_cache else PictureStore(options.root),
        makes_pictures_late=options.preview,
    )


def _further_collisions(plan: Plan, problems: Iterable[Problem]) -> list[Problem]:
    """The collisions of entries with errors that are not among ``problems``, reported at one file or the other."""
    reported = set(map(_files_of, problems))
    return [one for one in plan.collisions_of_invalid_entries() if _files_of(one) not in reported]


def _files_of(problem: Problem) -> tuple[str, frozenset[str]]:
    """The code of a problem and the files that it is between, whichever of these it is reported at."""
    paths = (location.path for location in (problem.location, problem.related) if location is not None)
    return problem.code, frozenset(paths)


@dataclass(frozen=True, slots=True)
class _CheckedEntries:
    """The entries of a site and what is wrong between them.

    ``entries`` are the first of each kind and slug, ``duplicates`` the others. ``never_valid`` has the files that gave no
    entry, or one with a slug that is used already. ``possible_refs`` are what entries may be once their slugs are corrected.
    """

    entries: list[Record]
    duplicates: list[Record]
    never_valid: Mapping[str, Ref]
    possible_refs: Collection[Ref]
    problems: list[Problem]

    def unpublishable(self, invalid: Mapping[str, Ref]) -> list[Record]:
        """The entries that ``invalid`` files or double slugs keep from being published."""
        return [*(entry for entry in self.entries if entry.path in invalid), *self.duplicates]


def _check_entries(key: AnalysisKey, theme: Theme | None, loaded: LoadedEntries) -> _CheckedEntries:
    entries, problems = checks.without_duplicates(loaded.all_records)
    paths = {problem.location.path for problem in problems}
    duplicates = [record for record in loaded.all_records if record.path in paths]
    # A file whose slug is not known may seem to have that of another entry.
    owners = {(entry.kind, entry.slug): entry.path for entry in entries if not checks.has_wrong_slug(entry)}
    never_valid: dict[str, Ref] = {}
    for source in loaded.invalid_files:
        ref = (source.kind, source.slug)
        never_valid[source.path] = ref if owners.get(ref, source.path) == source.path else (source.kind, "")
    # An entry may be called after its file once its slug is corrected.
    by_file = {
        record.path: (record.kind, Path(record.path).stem)
        for record in (*duplicates, *filter(checks.has_wrong_slug, loaded.partial_records))
    }
    never_valid |= {path: ref for path, ref in by_file.items() if path in paths and ref not in owners}
    known = [*never_valid.values(), *by_file.values()]
    vocabularies = site_vocabularies(key.config, theme.templates if theme else DEFAULT_TEMPLATES)
    problems += checks.cross_entry_problems([*entries, *duplicates], known, vocabularies, key.clock)
    return _CheckedEntries(entries, duplicates, never_valid, by_file.values(), problems)


def _build_catalogue(
    options: Options,
    key: AnalysisKey,
    valid: list[Record],
    invalid: dict[str, tuple[Kind, str]],
    related_cache: RelatedCache,
) -> Catalogue:
    return build_catalogue(
        valid,
        key.clock,
        include_drafts=options.drafts,
        include_unpublished=options.include_unpublished,
        invalid_entries=invalid,
        currency=key.config.currency or "",
        related_cache=related_cache,
        cost_bands=key.config.cost_bands,
        schema=key.config.site_schema,
        history=key.earlier.history,
    )


def _link_resolver(
    key: AnalysisKey,
    catalogue: Catalogue,
    checked: _CheckedEntries,
    valid: list[Record],
    invalid: dict[str, Ref],
) -> LinkResolver:
    return LinkResolver.of(
        catalogue,
        key.images,
        Urls(key.config.base_url),
        valid,
        invalid,
        checked.unpublishable(invalid),
        checked.possible_refs,
    )


def _make_plan(
    options: Options,
    key: AnalysisKey,
    snapshot: SourceSnapshot,
    loaded: LoadedEntries,
    history: PageHistory,
    resolver: LinkResolver,
    own_files: Collection[PlannedFile],
) -> tuple[Plan, list[Problem]]:
    config, theme = key.config, snapshot.theme
    names = DataFileNames(code_and_config_digest(config, theme) if theme else "", hashed=not options.preview)
    copies = [PlannedFile(file.output, copy_of=file.path, digest=file.digest) for file in key.static]
    copies += own_files
    with stage("plan"):
        return make_plan(
            config,
            resolver,
            snapshot.translations,
            loaded.loader,
            history,
            copies,
            names,
            [*(asset.path for asset in load_assets(theme).files), *(icon.path for icon in theme.brand.icons)]
            if theme
            else (),
            # A preview has none: drawing takes longer than everything else that it does.
            load_design(theme).digest
            if theme and not options.preview and config.share_pictures.drawn
            else "",
        )
