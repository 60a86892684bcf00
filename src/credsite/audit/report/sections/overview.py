"""The section "At a glance"."""

from __future__ import annotations

from collections.abc import Iterator

from credsite.audit.report.document import Section
from credsite.audit.report.model import CatalogueReport, Counts
from credsite.catalogue.publication import REASON_TEXTS
from credsite.core.text import join_names, long_date, pluralize, pluralize_nonzero


def overview_section(report: CatalogueReport) -> Section:
    """What the website shows, what is not published and why, and how many problems there are."""
    counts = report.counts
    contents = join_names(
        pluralize_nonzero(
            (counts.courses, "course"),
            (counts.providers, "provider"),
            (counts.industries, "industry", "industries"),
            (counts.stories, "story", "stories"),
            (counts.pathways, "pathway"),
        )
    )
    sentences = [f"{report.site} shows {contents or 'no entries'} on {long_date(report.now.date())}."]
    if not counts.courses:
        sentences.append('There is no course yet. `credsite new course "Its title"` creates one.')
    held_back = sum(counts.held_back.values())
    if held_back:
        reasons = [
            pluralize(number, *REASON_TEXTS[reason].count_nouns)
            for reason, number in counts.held_back.items()
        ]
        entries = pluralize(held_back, "entry is", "entries are")
        sentences.append(f"{entries} held back: {join_names(reasons, len(reasons))}.")
    return Section("overview", "At a glance", (*sentences, *_problem_sentences(counts)))


def _problem_sentences(counts: Counts) -> Iterator[str]:
    if counts.left_out:
        files = pluralize(counts.left_out, "file has errors and is", "files have errors and are")
        yield f"{files} not in these numbers."
    problems = pluralize_nonzero(
        (counts.errors, "error"),
        (counts.warnings, "warning"),
        (counts.advice, "piece of advice", "pieces of advice"),
    )
    if problems:
        yield f"`credsite check` gives {join_names(problems)}."
