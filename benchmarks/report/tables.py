"""Tables of results, for the terminal and for docs/performance.md. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from benchmarks.report.budgets import budgets
from benchmarks.report.figures import SCENARIOS, Results, Scenario, exponent

_MAX_OTHER_LOAD: Final = 0.1
"""The share of one processor that other processes may use without a warning."""
_MAX_PAGE_DIFFERENCE: Final = 0.03
_GROWTH_SCENARIOS: Final[tuple[Scenario, ...]] = ("cold", "nothing", "course")


@dataclass(frozen=True, slots=True)
class Setting:
    """Where and with what the bench ran. ``titles`` are by name, in order; ``missing`` are sentences on what was left out.

    ``stopped`` says whether the run was stopped before its end.
    """

    machine: str
    date: str
    versions: Mapping[str, str]
    titles: Mapping[str, str]
    missing: Sequence[str]
    rounds: int
    reference: str
    stopped: bool = False

    @property
    def comparable(self) -> bool:
        """Whether the reference was measured too."""
        return self.reference in self.titles


def ratio_table(results: Results, setting: Setting, size: int) -> str:
    """Wall times and memory, divided by those of the reference."""
    rows = [["", *SCENARIOS.values(), "memory"]]
    for name in _measured(results, setting, size):
        ratios = [results.ratio(size, name, scenario, setting.reference) for scenario in SCENARIOS]
        memory = results.memory_ratio(size, name, setting.reference)
        cells = [f"{ratio.median:.2f} ({ratio.rounds})" if ratio else "–" for ratio in ratios]
        rows.append([setting.titles[name], *cells, f"{memory:.2f}" if memory else "–"])
    return table(rows)


def time_table(results: Results, setting: Setting, size: int) -> str:
    """Wall and processor seconds."""
    rows = [["", *SCENARIOS.values()]]
    for name in _measured(results, setting, size):
        lines = [results.line(size, name, scenario) for scenario in SCENARIOS]
        cells = [f"{line.wall:.2f} s ({line.cpu:.2f}; {line.runs})" if line else "–" for line in lines]
        rows.append([setting.titles[name], *cells])
    return table(rows)


def output_table(results: Results, setting: Setting, size: int) -> str:
    """The pages and bytes that each generator writes, and the memory that it needs."""
    reference = setting.titles.get(setting.reference, setting.reference)
    rows = [["", "HTML files", "their bytes", f"÷ {reference}'s", "output", "memory"]]
    for name in _measured(results, setting, size):
        pages, html, weight, memory = (
            found.get((size, name)) for found in (results.pages, results.html, results.weight, results.memory)
        )
        ratio = results.html_ratio(size, name, setting.reference)
        rows.append(
            [
                setting.titles[name],
                f"{pages:,}" if pages else "–",
                f"{html / 1e6:,.0f} MB" if html else "–",
                f"{ratio:.2f}" if ratio else "–",
                f"{weight / 1e6:,.0f} MB" if weight else "–",
                f"{memory / 1e6:,.0f} MB" if memory else "–",
            ]
        )
    return table(rows)


def warnings(results: Results, setting: Setting, sizes: Sequence[int]) -> list[str]:
    """Sentences that say why the figures are not reliable."""
    found = ["The run was stopped before its end, so the rest of the figures is missing."] * setting.stopped
    for size in sizes:
        if (spread := results.spread_of_pages(size)) > _MAX_PAGE_DIFFERENCE:
            found.append(f"At {size:,} courses, the numbers of pages differ by {spread:.0%}.")
        others = [
            line.others
            for name in _measured(results, setting, size)
            for scenario in SCENARIOS
            if (line := results.line(size, name, scenario))
        ]
        if others and max(others) > _MAX_OTHER_LOAD:
            found.append(
                f"At {size:,} courses, other processes used {min(others):.0%} to {max(others):.0%} of a processor "
                "during the runs (medians)."
            )
    return found


def growth_table(results: Results, setting: Setting) -> str:
    """The exponents of cost by size."""
    rows = [["", *(SCENARIOS[scenario] for scenario in _GROWTH_SCENARIOS)]]
    for name, title in setting.titles.items():
        exponents = [exponent(results.points(name, scenario)) for scenario in _GROWTH_SCENARIOS]
        if any(one is not None for one in exponents):
            rows.append([title, *("–" if one is None else f"{one:.2f}" for one in exponents)])
    return table(rows) if len(rows) > 1 else ""


def budget_table(results: Results) -> str:
    """Each limit with the measured figure."""
    rows = [["what", "limit", "measured", ""]]
    rows += [[one.what, one.limit_text, one.measured_text, one.verdict] for one in budgets(results)]
    return table(rows, left=2)


def stage_table(results: Results, size: int) -> str:
    """credsite's time by stage; "" if there was no profile."""
    shown = [scenario for scenario in SCENARIOS if (size, scenario) in results.stages]
    if not shown:
        return ""
    by_name = {scenario: {one.name: one for one in results.stages[size, scenario]} for scenario in shown}
    names = dict.fromkeys(name for found in by_name.values() for name in found)
    rows = [["", *(SCENARIOS[scenario] for scenario in shown)]]
    for name in names:
        stages = [by_name[scenario].get(name) for scenario in shown]
        rows.append([name, *(f"{one.seconds:.2f} s ({one.processes})" if one else "–" for one in stages)])
    return table(rows)


def reload_table(results: Results) -> str:
    """Milliseconds from a saved file to the page that shows it."""
    rows = [["courses", "edited", "edits", "median", "worst"]]
    for size, found in sorted(results.reloads.items()):
        rows += [
            [
                f"{size:,}",
                one.what,
                str(len(one.milliseconds)),
                f"{one.median:,.0f} ms",
                f"{one.worst:,.0f} ms",
            ]
            for one in found
        ]
    return table(rows, left=2) if len(rows) > 1 else ""


def own_fields_table(results: Results, size: int) -> str:
    """The processor time, pages and bytes of a site with ten own fields and without them; "" if it was not measured."""
    found = results.own_fields.get(size)
    if found is None:
        return ""
    rows = [["", "processor time", "HTML files", "output"]]
    names = ("with ten own fields", "without them")
    for name, cpu, pages, weight in zip(names, found.cpu, found.pages, found.weight, strict=True):
        rows.append([name, f"{cpu:.2f} s", f"{pages:,}", f"{weight / 1e6:,.0f} MB"])
    return table(rows)


def large_photos_table(results: Results, count: int) -> str:
    """The time of the first and the second build of a site with ``count`` large photos."""
    rows = [["", "wall time", "processor time", "memory"]]
    for name, run in zip(("first build", "second build"), results.large_photos[count], strict=True):
        memory = f"{run.memory / 1e6:,.0f} MB" if run.memory else "–"
        rows.append([name, f"{run.wall:,.1f} s", f"{run.cpu:,.1f} s", memory])
    return table(rows)


def visit_table(results: Results, size: int) -> str:
    """The bytes and requests that a browser loads, and when it paints."""
    rows = [
        ["page", "compressed", "as it is", "requests", "to others", "layout shift", "first contentful paint"]
    ]
    rows += [
        [
            page.name,
            f"{page.compressed / 1000:.1f} KB",
            f"{page.plain / 1000:.1f} KB",
            str(page.requests),
            str(page.foreign),
            f"{page.shift:.3f}",
            f"{page.paint:.0f} ms",
        ]
        for page in results.visits.get(size, ())
    ]
    return table(rows) if len(rows) > 1 else ""


def filtering_table(results: Results, size: int) -> str:
    """The time of a change of a filter and of a search in the browser, and the data that is loaded."""
    found = results.filtering.get(size)
    if found is None:
        return ""
    rows = [["", "median", "worst"]]
    for what, times in (("a filter changed", found.changes), ("a search answered", found.answers)):
        rows.append([f"{what} ({len(times)} times)", f"{median(times):.1f} ms", f"{max(times):.1f} ms"])
    rows.append(["building the index of the search", f"{found.index:,.0f} ms", ""])
    rows.append(["data loaded for the first filter, compressed", f"{found.data / 1000:,.0f} KB", ""])
    return table(rows)


def _measured(results: Results, setting: Setting, size: int) -> list[str]:
    return [name for name in setting.titles if results.line(size, name, "cold")]


def table(rows: Sequence[Sequence[str]], left: int = 1) -> str:
    """A Markdown table with aligned columns: the first ``left`` columns to the left, the others to the right."""
    widths = [max(3, *(len(row[column]) for row in rows)) for column in range(len(rows[0]))]
    rule = ["-" * width if at < left else "-" * (width - 1) + ":" for at, width in enumerate(widths)]
    lines = []
    for row in (rows[0], rule, *rows[1:]):
        cells = zip(row, widths, strict=True)
        aligned = [
            cell.ljust(width) if at < left else cell.rjust(width) for at, (cell, width) in enumerate(cells)
        ]
        lines.append(f"| {' | '.join(aligned)} |")
    return "\n".join(lines)
