"""Tables of the results, for the terminal and for docs/performance.md. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from benchmarks.figures import BUDGETS, SCENARIOS, Results, exponent

_ALONE: Final = 0.1
"""Share of one processor that others may take before the figures are said to be disturbed."""
_SAME_PAGES: Final = 0.03


@dataclass(frozen=True, slots=True)
class Setting:
    """Where and with what it was measured. ``titles`` by name, in order; ``missing`` are sentences."""

    machine: str
    date: str
    versions: Mapping[str, str]
    titles: Mapping[str, str]
    missing: Sequence[str]
    rounds: int
    reference: str

    @property
    def comparable(self) -> bool:
        """Whether there is a reference to measure against."""
        return self.reference in self.titles


def ratio_table(results: Results, setting: Setting, size: int) -> str:
    """Wall times and memory in terms of the reference's."""
    rows = [["", *SCENARIOS.values(), "memory"]]
    for name in _measured(results, setting, size):
        ratios = [results.ratio(size, name, scenario, setting.reference) for scenario in SCENARIOS]
        ratios.append(results.memory_ratio(size, name, setting.reference))
        rows.append([setting.titles[name], *(f"{one:.2f}" if one is not None else "–" for one in ratios)])
    return _table(rows)


def time_table(results: Results, setting: Setting, size: int) -> str:
    """Wall and processor seconds, pages, bytes and memory."""
    rows = [["", *SCENARIOS.values(), "memory", "HTML files", "output"]]
    for name in _measured(results, setting, size):
        row = [setting.titles[name]]
        for scenario in SCENARIOS:
            line = results.line(size, name, scenario)
            row.append(f"{line.wall:.2f} s ({line.cpu:.2f}; {line.runs})" if line else "–")
        memory = results.memory.get((size, name))
        row.append(f"{memory / 1e6:,.0f} MB" if memory else "–")
        row.append(f"{results.pages.get((size, name), 0):,}")
        row.append(f"{results.weight.get((size, name), 0) / 1e6:,.0f} MB")
        rows.append(row)
    return _table(rows)


def warnings(results: Results, setting: Setting, sizes: Sequence[int]) -> list[str]:
    """What keeps the figures from being taken at their word."""
    found = []
    for size in sizes:
        if (spread := results.spread_of_pages(size)) > _SAME_PAGES:
            found.append(f"At {size:,} courses the numbers of pages differ by {spread:.0%}.")
        others = [
            line.others
            for name in _measured(results, setting, size)
            for scenario in SCENARIOS
            if (line := results.line(size, name, scenario))
        ]
        if others and max(others) > _ALONE:
            found.append(
                f"At {size:,} courses other processes took {min(others):.0%} to {max(others):.0%} of a processor "
                "meanwhile (medians)."
            )
    return found


def growth_table(results: Results, setting: Setting) -> str:
    """The exponents of cost by size."""
    rows = [["", "cold", "one course edited"]]
    for name, title in setting.titles.items():
        exponents = [exponent(results.points(name, scenario)) for scenario in ("cold", "course")]
        if any(one is not None for one in exponents):
            rows.append([title, *(f"{one:.2f}" if one is not None else "–" for one in exponents)])
    return _table(rows) if len(rows) > 1 else ""


def budget_table(results: Results, setting: Setting) -> str:
    """Each budget with what was measured; "" where its size was not measured, or not beside the reference."""
    if not setting.comparable:
        return ""
    rows = [
        ["at 10,000 courses, in terms of " + setting.titles[setting.reference], "at most", "measured", ""]
    ]
    for budget in BUDGETS:
        if budget.scenario == "memory":
            found = results.memory_ratio(budget.size, "credsite", setting.reference)
        else:
            found = results.ratio(budget.size, "credsite", budget.scenario, setting.reference)
        if found is not None:
            verdict = "kept" if found <= budget.most else "**not kept**"
            rows.append([budget.what, f"{budget.most:g}", f"{found:.2f}", verdict])
    return _table(rows) if len(rows) > 1 else ""


def document(results: Results, setting: Setting, sizes: Sequence[int], picture: str) -> str:
    """The whole of docs/performance.md; ``picture`` is the plot's file beside it."""
    reference = setting.titles.get(setting.reference, setting.reference)
    versions = ", ".join(f"{setting.titles[name]} {version}" for name, version in setting.versions.items())
    parts = [
        "# Performance",
        "<!-- Written by `make bench`. -->",
        f"`make bench` builds invented catalogues with credsite and with other generators, in turns, and measures each "
        f"build. Measured on {setting.date} with {versions}.",
        f"{setting.machine}",
        *setting.missing,
    ]
    found = warnings(results, setting, sizes)
    if found:
        parts.append("**Read these figures with care.** " + " ".join(found))
    if budgets := budget_table(results, setting):
        parts += ["## Budgets", budgets]
    if setting.comparable:
        parts.append(f"## In terms of {reference}")
        parts.append(f"Median wall time, and memory, divided by {reference}'s in the same case.")
        for size in sizes:
            parts += [f"{size:,} courses:", ratio_table(results, setting, size)]
    parts.append("## Seconds")
    parts.append(
        "Median wall time; in brackets the median processor time of all processes, and the number of runs. Each line "
        f"was run up to {setting.rounds} times; slow ones fewer."
    )
    for size in sizes:
        parts += [f"{size:,} courses:", time_table(results, setting, size)]
    if growth := growth_table(results, setting):
        parts += [
            "## Growth",
            f"![Build time by number of courses]({picture})",
            "The exponent *k* of the best fit of time = *c* · courses^*k* (1: twice the courses take twice the time):",
            growth,
        ]
    parts += ["## What is measured", _METHOD.format(reference=reference).strip()]
    return "\n\n".join(parts) + "\n"


_METHOD: Final = """
- A course has about 440 words of Markdown and 20 keys. There are 16 industries, 4 delivery modes, a provider to every
  50 courses, and a few stories and pathways. The same courses are given to all generators.
- All make the same pages: one for each course with its facts, sessions, text and four more courses; lists of 24 of all
  courses, by industry, by delivery mode, by both, by provider and by skill; stories and pathways. The numbers of HTML
  files are counted. credsite's pages are the default theme's and hold more than those of the others: structured
  data, icons, languages, feeds, a full sitemap, checked links.
- In favour of the others: they are given the courses to show beside a course, which courses stand on which list
  (not {reference}), and cards ready-made. Pelican's structured front matter is JSON, MkDocs's lists are Markdown.
- Each round runs every case of every generator in turn. Before each run, data on its way to the disk is written out.
- *Cold*: no output and no cache. The other cases follow on it. An edit changes the title of one course, the title of
  one industry, or the footer of the theme. Generators that do not build incrementally build everything again; of
  those other than {reference}, only the edit of a course is measured.
- Processor time is that of the whole process tree, as the system counts it. Memory is the greatest sum over all
  processes of PSS, read every 20 ms in a cold run of its own.
"""


def _measured(results: Results, setting: Setting, size: int) -> list[str]:
    return [name for name in setting.titles if results.line(size, name, "cold")]


def _table(rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table whose columns are as wide as they need be; the first is aligned left, the rest right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    aligned = [
        [
            row[0].ljust(widths[0]),
            *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)),
        ]
        for row in (rows[0], rule, *rows[1:])
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in aligned)
