"""The limits that credsite must stay within, and whether it did. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from benchmarks.report.figures import GROWTH_FROM, Ratio, Results, Scenario, exponent

_OURS: Final = "credsite"
_HUGO: Final = "hugo"
_SIZE: Final = 10_000
_MAX_MEMORY: Final = 4.0
"""GB for :data:`_LARGEST_SIZE` courses."""
_LARGEST_SIZE: Final = 50_000
_WITH_PHOTOS: Final = 1_000


@dataclass(frozen=True, slots=True)
class Budget:
    """One limit. ``measured`` is None if there is no figure. ``at_least`` makes the limit a minimum; ``strict`` excludes equality."""

    what: str
    limit: float
    measured: float | None
    unit: str = ""
    at_least: bool = False
    strict: bool = False
    note: str = ""

    @property
    def verdict(self) -> str:
        if self.measured is None:
            return "not measured"
        over = self.measured - self.limit
        kept = over >= 0 if self.at_least else over < 0 or (over == 0 and not self.strict)
        return "met" if kept else "**not met**"

    @property
    def limit_text(self) -> str:
        if self.at_least:
            return f"at least {self._with_unit(self.limit)}"
        return f"{'under' if self.strict else 'at most'} {self._with_unit(self.limit)}"

    @property
    def measured_text(self) -> str:
        return "–" if self.measured is None else self._with_unit(self.measured, exact=True) + self.note

    def _with_unit(self, value: float, *, exact: bool = False) -> str:
        if self.unit in ("ms", "KB"):
            return f"{value:,.0f} {self.unit}"
        return f"{f'{value:.2f}' if exact else f'{value:g}'} {self.unit}".strip()


def budgets(results: Results) -> list[Budget]:
    """All limits, in the order in which they are shown."""
    return [
        *_compared_with_hugo(results),
        *_compared_with_peers(results),
        *_growth(results),
        *_reloads(results),
        *_photos(results),
        *_large_photos(results),
        *_own_fields(results),
        *_pages(results),
        *_filtering(results),
    ]


def _compared_with_hugo(results: Results) -> Iterator[Budget]:
    limits: tuple[tuple[str, Scenario, float], ...] = (
        ("Cold build", "cold", 0.9),
        ("Build after one edited course", "course", 0.1),
        ("Build when nothing changed", "nothing", 0.06),
    )
    for what, scenario, most in limits:
        ratio = results.ratio(_SIZE, _OURS, scenario, _HUGO)
        yield Budget(
            f"{what} of 10,000 courses ÷ Hugo's",
            most,
            ratio.median if ratio else None,
            "×",
            note=_spread(ratio),
        )
    memory = results.memory_ratio(_SIZE, _OURS, _HUGO)
    yield Budget("Peak memory of all processes ÷ Hugo's, cold, 10,000 courses", 0.5, memory, "×")
    html = results.html_ratio(_SIZE, _OURS, _HUGO)
    yield Budget("Bytes of all HTML files ÷ Hugo's, 10,000 courses", 1.4, html, "×")


def _compared_with_peers(results: Results) -> Iterator[Budget]:
    eleventy = results.ratio(_SIZE, _OURS, "cold", "eleventy")
    yield Budget(
        "Cold build of 10,000 courses ÷ Eleventy's",
        1.0,
        eleventy.median if eleventy else None,
        "×",
        strict=True,
        note=f" ({_rounds(eleventy.rounds)})" if eleventy else "",
    )
    for name, title in (("pelican", "Pelican"), ("mkdocs", "MkDocs")):
        ratio = results.ratio(_SIZE, name, "cold", _OURS)
        yield Budget(
            f"{title}'s cold build of 10,000 courses ÷ credsite's",
            5.0,
            ratio.median if ratio else None,
            "×",
            at_least=True,
            note=f" ({_rounds(ratio.rounds)})" if ratio else "",
        )


def _growth(results: Results) -> Iterator[Budget]:
    points = results.points(_OURS, "cold")
    found = exponent(points)
    sizes = (
        f"from {GROWTH_FROM:,} courses" if found is None else f"{GROWTH_FROM:,} to {points[-1][0]:,} courses"
    )
    yield Budget(f"Exponent of growth, cold, {sizes}", 1.05, found)
    memory = results.memory.get((_LARGEST_SIZE, _OURS))
    yield Budget(
        "Peak memory of all processes, cold, 50,000 courses",
        _MAX_MEMORY,
        memory / 1e9 if memory else None,
        "GB",
    )


def _reloads(results: Results) -> Iterator[Budget]:
    for size, most in ((1_000, 150), (_SIZE, 300)):
        found = results.reloads.get(size, ())
        for reloads in found:
            yield Budget(
                f"`serve`, {size:,} courses: {reloads.what} saved to shown (median)",
                most,
                reloads.median,
                "ms",
                strict=True,
                note=f" (worst {reloads.worst:,.0f} ms)",
            )
        if not found:
            yield Budget(f"`serve`, {size:,} courses: a file saved to shown", most, None, "ms", strict=True)


def _photos(results: Results) -> Iterator[Budget]:
    ratio = results.photo_ratio(_WITH_PHOTOS)
    yield Budget(
        f"Build when nothing changed, {_WITH_PHOTOS:,} courses with a photo of 0.5 MB each ÷ without photos",
        1.2,
        ratio.median if ratio else None,
        "×",
        note=_spread(ratio),
    )


def _large_photos(results: Results) -> Iterator[Budget]:
    for count, (first, second) in sorted(results.large_photos.items()):
        photos = f"{count:,} photos of 12 megapixels"
        yield Budget(
            f"{photos}: peak memory of all processes in the first build",
            1.0,
            first.memory / 1e9,
            "GB",
            strict=True,
        )
        yield Budget(f"{photos}: second build ÷ first", 0.02, second.wall / first.wall, "×", strict=True)


def _own_fields(results: Results) -> Iterator[Budget]:
    found = results.own_fields.get(_SIZE)
    yield Budget(
        "Cold build of 10,000 courses with ten own fields ÷ without them (processor time)",
        1.05,
        found.ratio.median if found else None,
        "×",
        note=_spread(found.ratio if found else None),
    )


def _pages(results: Results) -> Iterator[Budget]:
    size = max(results.visits, default=0)
    visited = {page.name: page for page in results.visits.get(size, ())}
    at = f", {size:,} courses" if size else ""
    for name, what, most in (("list", "A list", 100), ("course", "A course's page", 60)):
        page = visited.get(name)
        yield Budget(
            f"{what} in the browser, compressed, without pictures{at}",
            most,
            page.compressed / 1000 if page else None,
            "KB",
            strict=True,
        )
    shift = max((page.shift for page in visited.values()), default=None)
    yield Budget(f"Cumulative layout shift, the greatest{at}", 0.02, shift, strict=True)
    foreign = max((page.foreign for page in visited.values()), default=None)
    yield Budget(f"Requests to other hosts, the most{at}", 0, foreign)


def _filtering(results: Results) -> Iterator[Budget]:
    found = results.filtering.get(_SIZE)
    yield Budget(
        "A filter changed, 10,000 courses: work of scripts (median)",
        16,
        found.change if found else None,
        "ms",
        strict=True,
    )
    yield Budget(
        "A search answered, 10,000 courses (median)", 50, found.answer if found else None, "ms", strict=True
    )
    yield Budget(
        "Data loaded for the first filter, 10,000 courses, compressed",
        300,
        found.data / 1000 if found else None,
        "KB",
        strict=True,
    )


def _spread(ratio: Ratio | None) -> str:
    return f" ({ratio.least:.2f} to {ratio.greatest:.2f} in {_rounds(ratio.rounds)})" if ratio else ""


def _rounds(count: int) -> str:
    return f"{count} round{'' if count == 1 else 's'}"
