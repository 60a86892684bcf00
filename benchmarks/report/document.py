"""The text of docs/performance.md: the tables with explanations. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from benchmarks.measure.browsing import SLOWED, VISITS, WIDTH
from benchmarks.measure.time_plan import ALLOWANCE, ALLOWANCE_COLD
from benchmarks.report import tables as report
from benchmarks.report.figures import GROWTH_FROM, Results, exponent
from benchmarks.report.tables import Setting


def document(results: Results, setting: Setting, sizes: Sequence[int], picture: str) -> str:
    """The text of docs/performance.md; ``picture`` is the file name of the plot beside it."""
    return "\n\n".join(_parts(results, setting, sizes, picture)) + "\n"


def _parts(results: Results, setting: Setting, sizes: Sequence[int], picture: str) -> Iterator[str]:
    reference = setting.titles.get(setting.reference, setting.reference)
    versions = ", ".join(f"{setting.titles[name]} {version}" for name, version in setting.versions.items())
    yield "# Performance"
    yield "<!-- Written by `make bench`. -->"
    yield (
        "`make bench` builds invented catalogues with credsite and with other generators, in turns, and measures each "
        f"build. These figures were measured on {setting.date} with {versions}."
    )
    yield setting.machine
    yield from setting.missing
    if warnings := report.warnings(results, setting, sizes):
        yield "**Treat these figures with caution.** " + " ".join(warnings)
    yield "## Budgets"
    yield "The limits that credsite must stay within."
    yield report.budget_table(results)
    if setting.comparable:
        yield f"## Compared with {reference}"
        yield (
            f"Wall time divided by that of {reference} in the same case and the same round: the median of these ratios, with "
            f"the number of rounds in brackets. Memory: that of one cold build, divided by that of one of {reference}."
        )
        for size in sizes:
            yield f"{size:,} courses:"
            yield report.ratio_table(results, setting, size)
    yield "## Seconds"
    yield (
        "Median wall time, with the median processor time of all processes and the number of runs in brackets. Cases "
        f"that have a budget are run {setting.rounds} times. Others are run as often as fits into {ALLOWANCE:.0f} seconds "
        f"(cold builds: {ALLOWANCE_COLD:.0f}), but at least once."
    )
    for size in sizes:
        yield f"{size:,} courses:"
        yield report.time_table(results, setting, size)
    yield "## Pages, bytes and memory"
    yield "These are figures of one cold build. Memory is the peak of the sum over all processes."
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
            f"The exponent *k* of the best fit of time = *c* · courses^*k* for catalogues of {GROWTH_FROM:,} courses and "
            "more. If it is 1, twice as many courses take twice the time. Smaller catalogues are left out, because starting "
            "up takes much of their time."
        )
        yield growth


def picture_text(results: Results, setting: Setting) -> str:
    """The plot in words: cold builds of the smallest and the largest catalogue with each generator."""
    lines = []
    for name, title in setting.titles.items():
        points = results.points(name, "cold")
        if points:
            (first, least), (last, most) = points[0], points[-1]
            slope = exponent(points)
            growth = "" if slope is None else f" (exponent {slope:.2f})"
            lines.append(f"{title} from {least:.1f} s at {first:,} to {most:.1f} s at {last:,}{growth}")
    return f"Build time by number of courses on logarithmic scales; cold builds: {'; '.join(lines)}."


def _own(results: Results, sizes: Sequence[int]) -> Iterator[str]:
    tables = [(size, table) for size in sizes if (table := report.stage_table(results, size))]
    if tables:
        yield "## Where credsite's time goes"
        yield (
            "The times that `credsite build --profile` prints, from a separate run, with the number of processes that "
            "worked on a stage in brackets."
        )
        for size, table in tables:
            yield f"{size:,} courses:"
            yield table
    for count in sorted(results.large_photos):
        yield f"## {count:,} photos of 12 megapixels"
        yield (
            "Each of the courses has a photo of its own. The first build makes smaller copies of all of them, in several widths as AVIF, "
            "WebP and JPEG. The second one finds that nothing has changed. `python -m benchmarks.run --only credsite --large-photos "
            "--sizes 1000 --no-browser --no-write` measures this without the other generators."
        )
        yield report.large_photos_table(results, count)
    for size in sorted(results.own_fields):
        yield f"## Fields of a site's own, {size:,} courses"
        yield (
            "Cold builds of the catalogue with ten own fields and without them, in turns: the median processor time of all "
            "processes. `python -m benchmarks.run --only credsite --own-fields --sizes 10000 --no-browser --no-write` measures this "
            "without the other generators. More pages and more output are not overhead: each value of the choice with "
            "`pages` has a list of its courses, and each course shows its values."
        )
        yield report.own_fields_table(results, size)
    if reloads := report.reload_table(results):
        yield "## The preview"
        yield (
            "The time that `credsite serve` takes: from just before a saved file replaces the old one to the first frame in "
            "which a script in the page, in Chromium, sees the new words."
        )
        yield reloads
    for size in sorted(results.visits):
        yield f"## In the browser, {size:,} courses"
        yield (
            f"Chromium, {WIDTH} pixels wide, with the processor slowed down {SLOWED} times, nothing in its cache, and the "
            f"server on the same machine. The table has medians of {VISITS} visits, and the greatest layout shift. The bytes "
            'are those of all files except pictures; "compressed" is with gzip -9.'
        )
        yield report.visit_table(results, size)
    for size in sorted(results.filtering):
        yield f"## Filters and search, {size:,} courses"
        yield (
            "Chromium, 1280 pixels wide, not slowed down, on the list of all courses. A filter is timed from the click to "
            "the changed list: the work of scripts, without loading cards and without painting. A search is timed from the "
            "query to the results, once the index is ready."
        )
        yield report.filtering_table(results, size)


_METHOD: Final = """
- A course has about 440 words of Markdown and 20 keys. There are 16 industries, 4 delivery modes, one provider for every
  50 courses, and a few stories and pathways. All generators build the same courses.
- All generators build the same pages: one for each course with its facts, sessions, text and four related courses; lists, 24
  courses to a page, of all courses, and by industry, delivery mode, both of these, provider and skill; stories and pathways.
  Before anything is compared, the bench checks that each generator has a page for every course, that the page of one course
  has the required title, facts, headings, dates and links, and that the first list has its 24 cards. After the first
  edit of each kind it checks that the new words are on the course's own page and on lists of its industries and its provider
  (for an industry: on its own page, the home page and the pages of its courses; for the theme: on every page), and that the old
  words are on no page.
- Only credsite sanitizes the HTML that Markdown gives, validates every field of every entry, checks the links between
  entries, works out which courses are related, and writes structured data, prices in the language of the page, and icons. Its
  pages are those of the default theme: they have nearly as many words as the pages of the others, and more bytes, a third of
  which are structured data.
  credsite and {reference} also write a feed and a sitemap, MkDocs a sitemap, Eleventy and Pelican neither.
- Some work is done for the others in advance: they are given the related courses of each course, the courses of each list
  (not {reference}), and the contents of cards. Pelican's structured front matter is JSON, MkDocs's lists are Markdown. Where a
  title was written into several source files in advance, an edit changes all of them.
- Each round runs every case of every generator in turn. Before each run, all data that waits to be written to the disk is
  written.
- *Cold* is a build without output and without a cache. The other cases follow it. An edit changes the title of one course, the
  title of one industry, or the footer of the theme. Hugo, Eleventy and MkDocs build everything again in each case (Eleventy
  builds incrementally only while it watches), and Pelican keeps what it has read. Of the generators other than {reference} and
  credsite, only the edit of a course is measured, and not even that where a cold build takes long.
- *With photos* is the catalogue of 1,000 courses with a photo of about 0.5 MB beside each course. Builds in which nothing changed
  are measured with photos and without, in turns.
- *Photos of 12 megapixels* have about 2.5 MB each, forms of several sizes, the grain of a sensor, and the place where they were taken.
- *Ten own fields* are two choices (one a filter, one with a page for each value), a yes or no that is a filter, two numbers,
  two texts, a date, a web address and a list of texts. A course has values of about six of them, which stand among its facts.
- Processor time is that of all processes of a build, as the operating system counts it. Memory is the peak of the sum of PSS
  over all processes, read every 20 ms in a separate cold build.
"""
