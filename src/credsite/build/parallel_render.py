"""Outputs made by several processes.

Forked processes inherit the whole site. Others inherit nothing and make it anew, from the files and the cache: to send
them the models of all pages instead would take the parent longer than to render a good part of them, and what stands
on many pages would be rendered on each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from credsite.build import cache
from credsite.build.analysis import AnalysedSite, analyse
from credsite.build.options import Options
from credsite.build.output.writer import Output, Rendered, WrittenOutput
from credsite.build.state_dir import template_cache_folder
from credsite.core.errors import CredsiteError
from credsite.core.hashing import combined_digest, digest
from credsite.core.parallel import default_start_method, parallel_map
from credsite.core.steps import Later, finished
from credsite.schema.kinds import Kind

REANALYSIS_SHARE = 0.5
"""For each page of a site, how many more must be new to be rendered by processes that have to make the site anew.

To analyse the site once more from its cache takes each of them a quarter of what it takes to render all pages, and two
save half of that.
"""


def render_all(
    site: AnalysedSite,
    options: Options,
    work: Callable[[Output], WrittenOutput | Later[WrittenOutput]],
    outputs: Sequence[Output],
) -> Iterator[WrittenOutput]:
    """``work`` of each output of ``site``, in order. Processes that inherit nothing only render; this one writes."""
    if (options.start_method or default_start_method()) == "fork":
        return parallel_map(work, outputs, options.jobs, name_of=_path, start_method=options.start_method)
    if site.catalogue is None or site.plan is None:
        raise ValueError("a site without a plan cannot be written")
    planned = {output.path: output for output in outputs}
    again = replace(options, jobs=1, now=site.catalogue.clock.now)
    # Without a cache, each would have to parse all content once more.
    jobs = 1 if options.no_cache else options.jobs
    rendered = parallel_map(
        partial(_rendered, planned),
        list(planned),
        jobs,
        start_method=options.start_method,
        setup=partial(_analyse_in_worker, again, _plan_digest(site)),
        startup_cost=int(len(site.plan.rendered) * REANALYSIS_SHARE),
    )
    return (
        finished(work(Output(output.path, found.fingerprint, partial(_as_it_is, found), output.companions)))
        for output, found in zip(outputs, rendered, strict=True)
    )


def _analyse_in_worker(options: Options, state: str) -> Callable[[str], Rendered | Later[Rendered]] | None:
    """In a process that has inherited nothing: what renders an output of the site. None where it is not the same."""
    try:
        with cache.Cache(options.root) as memo:  # which is read, and not saved
            site = analyse(options, memo=memo)
    except (CredsiteError, OSError):
        return None
    if site.renderer is None or _plan_digest(site) != state:
        return None
    site.renderer.prepare(template_cache_folder(options.root))
    return partial(_rendered, {output.path: output for output in site.renderer.all()})


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


def _rendered(outputs: Mapping[str, Output], path: str) -> Rendered | Later[Rendered]:
    return outputs[path].begin()


def _as_it_is(rendered: Rendered) -> Rendered:
    return rendered


def _path(output: Output) -> str:
    return output.path
