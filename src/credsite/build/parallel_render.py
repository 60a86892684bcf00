"""Outputs rendered by several processes.

Forked processes inherit the analysed site. Spawned ones inherit nothing, and analyse the site once more from its files and
the cache: to send them the view models of all pages would take the parent longer than to render a good part of the
pages, and what stands on many pages would be rendered again for each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from credsite.build import cache
from credsite.build.analysed_site import AnalysedSite
from credsite.build.analysis import analyse
from credsite.build.options import Options
from credsite.build.output.planned_output import Output, Put, Rendered, WrittenOutput
from credsite.build.state_dir import template_cache_folder
from credsite.core.errors import CredsiteError
from credsite.core.hashing import combined_digest, digest
from credsite.core.parallel import parallel_map
from credsite.core.processes import default_start_method
from credsite.core.workers import Steps
from credsite.schema.kinds import Kind

REANALYSIS_SHARE = 0.5
"""How many pages must be rendered, for each page of a site, before spawned processes are worth their start.

To analyse the site once more from its cache takes each of them a quarter of what it takes to render all pages, and two
save half of that.
"""


def render_all(
    site: AnalysedSite, options: Options, put: Put, outputs: Sequence[Output]
) -> Iterator[WrittenOutput]:
    """Render and put ``outputs`` of ``site``, in order, by up to ``options.jobs`` processes.

    Forked processes put their files themselves. Spawned ones only render; this process puts.
    """
    if (options.start_method or default_start_method()) == "fork":
        yield from parallel_map(
            (_look_up, _render, partial(_put, put)),
            outputs,
            options.jobs,
            name_of=_path,
            start_method=options.start_method,
        )
        return
    if site.catalogue is None or site.plan is None:
        raise ValueError("a site without a plan cannot be written")
    same_site = replace(options, jobs=1, now=site.catalogue.clock.now)
    rendered = parallel_map(
        _steps_by_path(outputs),
        [output.path for output in outputs],
        # Without a cache, each process would have to parse all content once more.
        1 if options.no_cache else options.jobs,
        start_method=options.start_method,
        setup=partial(_analyse_in_worker, same_site, _plan_digest(site)),
        startup_cost=int(len(site.plan.rendered) * REANALYSIS_SHARE),
    )
    yield from map(put, outputs, rendered)


def _steps_by_path(outputs: Iterable[Output]) -> Steps:
    """From the path of an output to what is rendered."""
    by_path = {output.path: output for output in outputs}
    return by_path.__getitem__, _look_up, _render, _without_output


def _look_up(output: Output) -> tuple[Output, object]:
    return output, output.look_up()


def _render(looked_up: tuple[Output, object]) -> tuple[Output, Rendered]:
    output, data = looked_up
    return output, output.render(data)


def _put(put: Put, rendered: tuple[Output, Rendered]) -> WrittenOutput:
    return put(*rendered)


def _without_output(rendered: tuple[Output, Rendered]) -> Rendered:
    return rendered[1]


def _analyse_in_worker(options: Options, plan_digest: str) -> Steps | None:
    """In a spawned process: the steps that render an output of the site. None where the site is no longer the same."""
    try:
        with cache.Cache(options.root) as entry_cache:  # which is read, and not saved
            site = analyse(options, entry_cache=entry_cache)
    except (CredsiteError, OSError):
        return None
    if site.renderer is None or _plan_digest(site) != plan_digest:
        return None
    site.renderer.prepare(template_cache_folder(options.root))
    return _steps_by_path(site.renderer.all())


def _plan_digest(site: AnalysedSite) -> str:
    """A digest of all that a plan is made from, as far as a page can show it. Code is the same in every process."""
    if site.config is None or site.theme is None or site.catalogue is None or site.plan is None:
        raise ValueError("a site without a plan has no state")
    shown = (entry for kind in Kind for entry in site.catalogue.of_kind(kind).values() if entry is not None)
    return combined_digest(
        [
            site.config.model_dump_json(),
            site.theme.digest,
            site.catalogue.clock.now.isoformat(),
            repr(site.catalogue.unpublished),
            *site.invalid_entries,
            *(f"{entry.path} {entry.digest}" for entry in shown),
            *(page.output for page in site.plan.rendered),
            *(f"{data.output} {data.input_digest}" for data in site.plan.data),
            *(f"{file.output} {file.digest or digest(file.data)}" for file in site.plan.files),
        ]
    )


def _path(output: Output) -> str:
    return output.path
