"""docs/performance.md, put together from the tables. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from benchmarks.measure.browsing import SLOWED, VISITS, WIDTH
from benchmarks.measure.time_plan import ALLOWANCE, ALLOWANCE_COLD
from benchmarks.report import tables as report
from benchmarks.report.figures import GROWTH_FROM, Results, exponent
from benchmarks.report.tables import Setting


def document(results: Results, setting: Setting, sizes: Sequence[int], picture: str) -> str:
    """The whole of docs/performance.md; ``picture`` is the plot's file beside it."""
    return "\n\n".join(_parts(results, setting, sizes, picture)) + "\n"


def _parts(results: Results, setting: Setting, sizes: Sequence[int], picture: str) -> Iterator[str]:
    reference = setting.titles.get(setting.reference, setting.reference)
    versions = ", ".join(f"{setting.titles[name]} {version}" for name, version in setting.versions.items())
    yield "# Performance"
    yield "<!-- Written by `make bench`. -->"
    yield (
        "`make bench` builds invented catalogues with credsite and with other generators, in turns, and measures each "
        f"build. Measured on {setting.date} with {versions}."
    )
    yield setting.machine
    yield from setting.missing
    if found := report.warnings(results, setting, sizes):
        yield "**Read these figures with care.** " + " ".join(found)
    yield "## Budgets"
    yield "What credsite must keep."
    yield report.budget_table(results)
    if setting.comparable:
        yield f"## In terms of {reference}"
        yield (
            f"Wall time divided by {reference}'s in the same case and the same round: the median of these ratios, and in "
            "brackets the number of rounds. Memory: one cold build of each, divided."
        )
        for size in sizes:
            yield f"{size:,} courses:"
            yield report.ratio_table(results, setting, size)
    yield "## Seconds"
    yield (
        "Median wall time; in brackets the median processor time of all processes, and the number of runs. Budgeted cases "
        f"are run {setting.rounds} times, others as often as fits into {ALLOWANCE:.0f} seconds (cold builds: "
        f"{ALLOWANCE_COLD:.0f}), once at least."
    )
    for size in sizes:
        yield f"{size:,} courses:"
        yield report.time_table(results, setting, size)
    yield "## Pages, bytes and memory"
    yield "Of one cold build. Memory is the greatest sum over all processes."
    for size in sizes:
        yield f"{size:,} courses:"
        yield report.output_table(results, setting, size)
    yield from _growth(results, setting, picture)
    yield from _own(results, sizes)
    yield "## What is measured"
    yield _METHOD.format(reference=reference).strip()


def _growth(results: Results, setting: Setting, picture: str) -> Iterator[str]:
    yield "## Growth"
    yield f"![{picture_text(results, setting)}]({picture})"
    if growth := report.growth_table(results, setting):
        yield (
            f"The exponent *k* of the best fit of time = *c* · courses^*k* from {GROWTH_FROM:,} courses (1: twice the "
            "courses take twice the time). Below, starting up is much of the time."
        )
        yield growth


def picture_text(results: Results, setting: Setting) -> str:
    """The plot in words: the cold builds of the least and the greatest catalogue of each generator."""
    said = []
    for name, title in setting.titles.items():
        points = results.points(name, "cold")
        if points:
            (first, least), (last, most) = points[0], points[-1]
            found = exponent(points)
            growth = "" if found is None else f" (exponent {found:.2f})"
            said.append(f"{title} from {least:.1f} s at {first:,} to {most:.1f} s at {last:,}{growth}")
    return f"Build time by number of courses on logarithmic scales; cold builds: {'; '.join(said)}."


def _own(results: Results, sizes: Sequence[int]) -> Iterator[str]:
    staged = [(size, shown) for size in sizes if (shown := report.stage_table(results, size))]
    if staged:
        yield "## Where credsite's time goes"
        yield (
            "As `credsite build --profile` tells it, in a run of its own; in brackets the number of processes that worked "
            "at a stage."
        )
        for size, shown in staged:
            yield f"{size:,} courses:"
            yield shown
    if reloads := report.reload_table(results):
        yield "## The preview"
        yield (
            "`credsite serve`, from just before a saved file takes the place of the old one to the first frame in which a "
            "script in the page, in Chromium, finds the new words."
        )
        yield reloads
    for size in sorted(results.visits):
        yield f"## In the browser, {size:,} courses"
        yield (
            f"Chromium, {WIDTH} pixels wide, its processor slowed down {SLOWED} times, nothing cached, the server on the "
            f"same machine; medians of {VISITS} visits, and the greatest layout shift. Bytes are those of all files but "
            "pictures, compressed with gzip -9."
        )
        yield report.visit_table(results, size)
    for size in sorted(results.filtering):
        yield f"## Filters and search, {size:,} courses"
        yield (
            "Chromium, 1280 pixels wide, not slowed down, on the list of all courses: the work of scripts from a click "
            "to the changed list, without the loading of cards and without painting; and from a question to the answer, "
            "once the index is ready."
        )
        yield report.filtering_table(results, size)


_METHOD: Final = """
- A course has about 440 words of Markdown and 20 keys. There are 16 industries, 4 delivery modes, a provider to every
  50 courses, and a few stories and pathways. The same courses are given to all generators.
- All make the same pages: one for each course with its facts, sessions, text and four more courses; lists of 24 of all
  courses, by industry, by delivery mode, by both, by provider and by skill; stories and pathways. Before anything is
  compared it is checked that each generator has a page of every course, that the page of one holds the title,
  facts, headings, dates and addresses that it must, and that the first list has its 24 cards. After the first of each
  edit it is checked that the new words stand on the course's own page and on lists of its industries and its
  provider (an industry: on its own page, the first page and those of courses; the theme: on every page), and
  that the old ones stand nowhere.
- Only credsite cleans what Markdown gave by an allow-list, validates every field of every entry, checks the links between
  entries, works out which courses belong beside one, and writes structured data, prices in the language of the page, and
  icons. Its pages are the default theme's: nearly the same number of words as those of the others, but
  up to twice the bytes. credsite and {reference} make a feed and a sitemap as well, MkDocs a sitemap, Eleventy and
  Pelican neither.
- In favour of the others: they are given the courses to show beside a course, which courses stand on which list
  (not {reference}), and cards ready-made. Pelican's structured front matter is JSON, MkDocs's lists are Markdown. Titles
  that were given ready-made to several pages are edited in all of them.
- Each round runs every case of every generator in turn. Before each run, data on its way to the disk is written out.
- *Cold*: no output and no cache. The other cases follow on it. An edit changes the title of one course, the title of
  one industry, or the footer of the theme. Hugo, Eleventy and MkDocs build everything again in each case (Eleventy
  builds incrementally only while it watches), Pelican keeps what it read; of those other than {reference}, only
  the edit of a course is measured, and where a cold build takes long, only that.
- *With photos*: the catalogue of 1,000 courses once more, with a photo of about 0.5 MB beside each course. A build in which
  nothing changed, with photos and without, is measured in turn.
- Processor time is that of the whole process tree, as the system counts it. Memory is the greatest sum over all
  processes of PSS, read every 20 ms in a cold run of its own.
"""
