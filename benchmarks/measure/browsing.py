"""How fast credsite's pages are in a browser: `python -m benchmarks.measure.browsing OUTPUT name=path ...`.

Each page is opened in a real Chromium, 360 pixels wide, with the processor slowed down four times. Each visit has a new
browser context, so nothing is cached. The server is on the same machine, so the times are those of the page and not of a network.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from benchmarks.measure.meter import RunError, run_module
from benchmarks.measure.stopping import stoppable

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Response

VISITS: Final = 3
SLOWED: Final = 4
WIDTH: Final = 360
_SETTLE_MS: Final = 1_000
"""Chromium counts no layout shift in the 500 ms after the size of its window was set."""

_OBSERVE: Final = """
window.bench = {shift: 0, paint: null};
{
  const note = (entries) => {
    for (const entry of entries) if (!entry.hadRecentInput) window.bench.shift += entry.value;
  };
  const shifts = new PerformanceObserver((list) => note(list.getEntries()));
  shifts.observe({type: "layout-shift", buffered: true});
  // What is known already, and not told yet.
  window.takeShifts = () => note(shifts.takeRecords());
}
new PerformanceObserver((list) => {
  for (const entry of list.getEntriesByName("first-contentful-paint")) window.bench.paint = entry.startTime;
}).observe({type: "paint", buffered: true});
"""

# A busy machine may take longer than that to draw anything.
_SHOWN: Final = """
new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))
"""


@dataclass(frozen=True, slots=True)
class Page:
    """One page: the bytes of all that is loaded except pictures, compressed and uncompressed; the number of all requests and of
    those to other hosts; the greatest cumulative layout shift; and the median first contentful paint in milliseconds."""

    name: str
    compressed: int
    plain: int
    requests: int
    foreign: int
    shift: float
    paint: float


def measure_pages(output: Path, pages: Mapping[str, str], environment: Mapping[str, str]) -> tuple[Page, ...]:
    """Visit pages in a process of its own. ``pages`` are paths below ``output`` by name."""
    named = [f"{name}={path}" for name, path in pages.items()]
    said = run_module(
        "benchmarks.measure.browsing", [str(output), *named], output, environment, what="the visit of pages"
    )
    return tuple(Page(**one) for one in json.loads(said))


@dataclass(slots=True)
class _Visit:
    """What one visit loaded: the bodies by address, without pictures."""

    bodies: dict[str, bytes]
    requests: int
    foreign: int
    shift: float
    paint: float


def _visit(browser: Browser, address: str, host: str) -> _Visit:
    size = {"width": WIDTH, "height": 740}
    with browser.new_context(viewport=size, device_scale_factor=2, is_mobile=True, has_touch=True) as context:  # type: ignore[arg-type]
        page = context.new_page()
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
        page.add_init_script(_OBSERVE)
        answers: list[Response] = []
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("response", lambda answer: answers.append(answer))
        answer = page.goto(address, wait_until="load")
        if answer is None or not answer.ok:
            raise RunError(f"{address} does not exist.")
        page.wait_for_function("window.bench.paint !== null")
        page.wait_for_timeout(_SETTLE_MS)
        page.evaluate(_SHOWN)
        found: dict[str, Any] = page.evaluate("() => { takeShifts(); return window.bench; }")
        bodies = {one.url: one.body() for one in answers if one.request.resource_type != "image" and one.ok}
    foreign = sum(not url.startswith((host, "data:")) for url in asked)
    return _Visit(bodies, len(asked), foreign, found["shift"], found["paint"])


def visit_pages(output: Path, pages: Mapping[str, str]) -> list[Page]:
    from tests.support.browser import chromium
    from tests.support.server import serve

    found = []
    with serve(output) as site, chromium() as browser:
        for name, path in pages.items():
            visits = [_visit(browser, site.address(path), site.url) for _ in range(VISITS)]
            bodies = visits[0].bodies.values()
            found.append(
                Page(
                    name=name,
                    compressed=sum(len(gzip.compress(body, 9)) for body in bodies),
                    plain=sum(map(len, bodies)),
                    requests=visits[0].requests,
                    foreign=max(visit.foreign for visit in visits),
                    shift=max(visit.shift for visit in visits),
                    paint=median(visit.paint for visit in visits),
                )
            )
    return found


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.measure.browsing", description=__doc__)
    parser.add_argument("output", type=Path, help="a built site")
    parser.add_argument("pages", nargs="+", metavar="NAME=PATH", help="pages to visit")
    given = parser.parse_args(arguments)
    with stoppable():
        try:
            found = visit_pages(given.output, dict(one.split("=", 1) for one in given.pages))
        except RunError as error:
            print(error, file=sys.stderr)
            return 1
    print(json.dumps([asdict(one) for one in found]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
