"""Takes off the website what must not be published any more, although errors stop the build.

Usually a site with errors is not written at all: old pages are better than none. But the error of one file must not keep
the story of a learner who has withdrawn consent, nor any other entry that was published and must not be any more. Then the
website is written once more, with the last good versions of the files that have errors, and without these entries.

Settings that are wrong are replaced by those of the last website too. Where nothing can be rendered, because the theme is
wrong or there is no cache, at least the entries' own pages and pictures are removed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from credsite.build.analysed_site import SETTINGS_COLUMN, AnalysedSite
from credsite.build.analysis import analyse
from credsite.build.cache import Cache
from credsite.build.compression import COPY_SUFFIXES
from credsite.build.last_good import with_last_good
from credsite.build.options import Options
from credsite.build.output.disk import Disk
from credsite.build.output.folder import OutputFolder
from credsite.build.output.manifest import WriteSummary, read_manifest
from credsite.build.output.writer import changed_outputs, remove_some
from credsite.build.sources import SourceSnapshot, load_sources
from credsite.catalogue.unpublished import Ref
from credsite.schema.config import CONFIG_FILE, Config
from credsite.schema.config_file import SettingsFile
from credsite.schema.kinds import Kind
from credsite.site.share_settings import SHARE_FOLDER, share_picture_start
from credsite.site.urls import GENERATED_SECTIONS, PATH_PREFIXES

if TYPE_CHECKING:
    from credsite.content.records import Record
    from credsite.site.links import LinkResolver

_PAGE: Final = "/index.html"
_SHOWN_PICTURE: Final = re.compile(r"/(images/[^\s\"'?#&<>]+)")
_KINDS: Final = {prefix: kind for kind, prefix in PATH_PREFIXES.items()}


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What was taken off a website although errors stopped the build.

    ``addresses`` are those of the entries that must not be published any more, ``left_out`` those of entries with errors of
    which no good version is known, and of entries that need one of these. ``kept`` are the paths of the files with errors of
    which the last good version was used. ``still_there`` are the output paths of files that must go, but were changed by somebody
    else, and so were left. ``is_rest_outdated`` says whether other pages may still mention the entries, because nothing can
    be rendered.
    """

    addresses: tuple[str, ...]
    left_out: tuple[str, ...]
    summary: WriteSummary
    still_there: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    is_rest_outdated: bool = False


def take_off(
    site: AnalysedSite,
    sources: SourceSnapshot,
    options: Options,
    write_site: Callable[[AnalysedSite], WriteSummary],
) -> Withdrawal | None:
    """Take off the website what must not be published any more; None, and nothing written, where there is nothing of that.

    ``site`` is what ``sources`` give, and may have errors. ``write_site`` writes a site to the output folder.
    """
    shown = dict(_entry_pages(options))
    candidates = _to_be_taken_off(site, shown)
    if not candidates:
        return None
    restored = _restored(site, sources, options)
    if restored.plan is None:
        return remove_pages(site, options)
    planned = restored.plan.outputs
    gone = {path for path in candidates if path.removesuffix("index.html") not in planned}
    lost = {path for path in shown if path.removesuffix("index.html") not in planned} - gone
    has_stories = any(shown[path][0] is Kind.STORY for path in gone)
    if not gone or (lost and not has_stories):
        return None
    # First what no template can fail for.
    removed, left = _remove(options, gone)
    summary = write_site(restored)
    return Withdrawal(
        _addresses(gone - left),
        _addresses(lost),
        _with_removed(summary, removed),
        summary.withdrawn,
        tuple(_kept(site, restored)),
    )


def remove_pages(site: AnalysedSite, options: Options) -> Withdrawal | None:
    """Remove the own pages and pictures of what must not be published any more; None where there is nothing of that."""
    shown = dict(_entry_pages(options))
    # Nothing is planned that would tell the shortlist, for instance, from the page of an entry that was deleted.
    generated = {path for path in shown if path.removesuffix("index.html") in GENERATED_SECTIONS}
    pages = _to_be_taken_off(site, shown) - generated
    if not pages:
        return None
    removed, left = _remove(options, {*pages, *_own_pictures(site, options, pages)})
    summary = _with_removed(WriteSummary(0, 0, 0, 0), removed)
    return Withdrawal(_addresses(pages - left), (), summary, tuple(sorted(left)), is_rest_outdated=True)


def _kept(site: AnalysedSite, restored: AnalysedSite) -> Iterator[str]:
    """The files with errors that are still on the website, as they were."""
    if site.plan is None:
        yield CONFIG_FILE
    planned = restored.plan.link_resolver.by_path if restored.plan else {}
    for path in site.invalid_entries:
        if path in planned and path not in restored.invalid_entries:
            yield path


def paths_that_must_go(site: AnalysedSite, stale: Collection[str]) -> Collection[str]:
    """Those of the ``stale`` output paths, which are no longer planned, that must not be published any more.

    If an entry is among them that must not be published, or a story, these are all but the theme's files: lists, pictures
    and data may show it too, and their names do not say whose they are.
    """
    resolver = site.link_resolver
    if resolver is None:
        return ()
    withheld = _withheld_refs(site, resolver)
    refs = {ref for path in stale if (ref := _ref(path))}
    if any(ref in withheld or ref[0] is Kind.STORY for ref in refs):
        return [path for path in stale if not path.startswith("assets/")]
    return ()


def _entry_pages(options: Options) -> Iterator[tuple[str, Ref]]:
    """The pages of entries in the output folder, by their output paths."""
    for path in read_manifest(Disk(options.output_folder)).files:
        if ref := _ref(path):
            yield path, ref


def _ref(path: str) -> Ref | None:
    """The entry whose page is at an output path; None where that is no page of an entry."""
    if not path.endswith(_PAGE):
        return None
    folder, _, slug = path.removesuffix(_PAGE).rpartition("/")
    prefix = f"{folder}/" if folder else ""
    return (_KINDS[prefix], slug) if prefix in _KINDS and f"{slug}/" not in _KINDS else None


def _to_be_taken_off(site: AnalysedSite, shown: dict[str, Ref]) -> set[str]:
    """The output paths of those ``shown`` entries that are no longer there, or must not be published on this date."""
    resolver = site.link_resolver
    if resolver is None:
        return set()
    withheld = _withheld_refs(site, resolver)
    present = {*resolver.by_path.values(), *resolver.all_entries} - withheld
    # Without a file of its own, a delivery mode has a page as long as a course has it.
    return {path for path, ref in shown.items() if ref in withheld or not _is_present(ref, present, resolver)}


def _withheld_refs(site: AnalysedSite, resolver: LinkResolver) -> set[Ref]:
    return {ref for path, ref in resolver.by_path.items() if path in site.withheld}


def _is_present(ref: Ref, present: Collection[Ref], resolver: LinkResolver) -> bool:
    kind, slug = ref
    return ref in present or kind is Kind.DELIVERY_MODE or slug in resolver.catalogue.of_kind(kind)


def _restored(site: AnalysedSite, sources: SourceSnapshot, options: Options) -> AnalysedSite:
    """The site with the last good versions of settings and files that have errors, as far as they are known."""
    if options.no_cache:
        return site
    with Cache(options.root) as cache:
        analyse_sources = partial(analyse, options, entry_cache=cache, build_cache=cache)
        if site.plan is None:
            settings = _last_settings(cache, options)
            if settings is None:
                return site
            sources = load_sources(options, settings_file=settings)
            site = analyse_sources(sources)
        restored = with_last_good(sources, site, cache.last_good_keys())
        return site if restored is None else analyse_sources(restored)


def _last_settings(cache: Cache, options: Options) -> SettingsFile | None:
    """The settings of the website that was written last."""
    stored = cache.page_history(options.output_folder).get(SETTINGS_COLUMN, b"")
    try:
        return SettingsFile(Config.model_validate_json(stored), (), frozenset())
    except ValueError:
        return None


def _own_pictures(site: AnalysedSite, options: Options, pages: Collection[str]) -> set[str]:
    """The output paths of the pictures that only entries use which must not be published.

    ``pages`` are the output paths of their pages, which show also the pictures of entries that have been deleted.
    """
    resolver = site.link_resolver
    if resolver is None:
        return set()
    disk = Disk(options.output_folder)
    own = {path for path in _shown_pictures(disk, pages) if not path.startswith(SHARE_FOLDER)}
    own.update(_share_pictures(disk, pages))  # and not that of the site, which pages without one show
    others: set[str] = set()
    for record in {
        one.path: one for one in (*resolver.all_entries.values(), *resolver.invalid_records)
    }.values():
        (own if record.path in site.withheld else others).update(_pictures(record, resolver))
    return own - others


def _shown_pictures(disk: Disk, pages: Iterable[str]) -> Iterator[str]:
    """The output paths of the pictures that written pages show."""
    for page in pages:
        html = (disk.read(page) or b"").decode("utf-8", "replace")
        yield from map(unquote, _SHOWN_PICTURE.findall(html))


def _share_pictures(disk: Disk, pages: Iterable[str]) -> Iterator[str]:
    """The output paths of the share pictures of entries, by the output paths of their pages."""
    starts = tuple(share_picture_start(*ref) for page in pages if (ref := _ref(page)))
    return (path for path in read_manifest(disk).files if path.startswith(starts))


def _pictures(record: Record, resolver: LinkResolver) -> Iterator[str]:
    for use in record.images:
        image = resolver.images.get((record.folder, use.src))
        if image is not None:
            yield from image.outputs


def _remove(options: Options, paths: Collection[str]) -> tuple[list[str], set[str]]:
    """Remove those of ``paths`` that are credsite's, and their compressed copies.

    The paths of the files that are gone, and of those that were left.
    """
    paths = {path + suffix for path in paths for suffix in ("", *COPY_SUFFIXES)}
    with OutputFolder.open(
        options.output_folder, options.root, is_named=options.output is not None
    ) as folder:
        left = set(changed_outputs(folder, paths))
        return remove_some(folder, paths), left


def _with_removed(summary: WriteSummary, removed: list[str]) -> WriteSummary:
    return replace(
        summary,
        pruned=summary.pruned + len(removed),
        changed=(*removed, *summary.changed),
        removed=(*removed, *summary.removed),
    )


def _addresses(paths: Collection[str]) -> tuple[str, ...]:
    return tuple(f"/{path.removesuffix('index.html')}" for path in sorted(paths))
