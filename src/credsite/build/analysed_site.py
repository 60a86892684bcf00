"""What the analysis of a site gives: its catalogue, its plan, and every problem on the way, made ready to be shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from babel.support import NullTranslations

from credsite.build.earlier_publications import NOTHING_EARLIER, EarlierPublications
from credsite.build.options import Options
from credsite.build.render import SiteRenderer
from credsite.catalogue.catalogue import Catalogue
from credsite.catalogue.clock import Clock
from credsite.catalogue.unpublished import Change
from credsite.content.discovery import SourceFile, StaticFile
from credsite.content.images import Images
from credsite.content.locate import fill_in_locations
from credsite.problems.codes import usual_severity, with_severities
from credsite.problems.excerpts import file_text_reader
from credsite.problems.faults import fault_message
from credsite.problems.model import Problem, Severity, limited
from credsite.schema.config import Config
from credsite.schema.kinds import Kind
from credsite.site.dependencies.history import HistoryColumns, PageHistory
from credsite.site.links import LinkResolver
from credsite.site.planner import Plan, RenderSet
from credsite.theme.loader import Theme

if TYPE_CHECKING:
    from credsite.build.git_days import GitDays

RELATED_COLUMN: Final = "related"
"""The column of the cache for what was worked out of related courses."""
GIT_COLUMN: Final = "git"
"""The column of the cache for the days of the first commits of files."""
SETTINGS_COLUMN: Final = "settings"
"""The column of the cache for the settings of the website that was written last."""


@dataclass(frozen=True, slots=True)
class AnalysisKey:
    """Everything that checks, catalogue and plan are made from: where two keys are equal, those are equal too.

    ``record_digests`` are those of all entries by path, and ``clock`` is the moment of the analysis. Neither is compared,
    because it is known what a change of them does to the site. ``unparsed`` are the files that gave no entry,
    ``partial_digests`` stand for what can be checked of these, and ``paths_with_errors`` are those of all files with an error.
    ``seen_by_hooks`` is a digest of the entries that hooks see, "" where there are none. ``earlier`` is what is known of earlier
    publications.
    """

    config: Config
    theme: str
    drafts: bool
    record_digests: Mapping[str, str] = field(compare=False)
    unparsed: tuple[SourceFile, ...]
    partial_digests: tuple[str, ...]
    paths_with_errors: frozenset[str]
    images: Images
    static: tuple[StaticFile, ...]
    clock: Clock = field(compare=False)
    seen_by_hooks: str = ""
    earlier: EarlierPublications = NOTHING_EARLIER

    def is_valid_at(self, clock: Clock, change: Change | None) -> bool:
        """Whether the site is still the same by its dates; ``change`` is the first that a date brings."""
        return self.clock.today == clock.today and not (change is not None and change.at <= clock.now)


@dataclass(frozen=True, slots=True)
class AnalysedSite:
    """An analysed site. What is None could not be made because of ``problems``, which are in order of location.

    ``invalid_entries`` are the paths of the entries with errors, ``withheld`` those of the files that must not be published
    on this date, whatever else is wrong. ``link_resolver`` knows all entries, also where there is no plan. ``notice`` is a
    sentence for the editor, or ``""``.

    The rest is for later analyses: ``key`` is what catalogue and plan were
    made from, ``cross_entry_problems`` and ``link_problems`` are those that were found beside reading, and ``related`` is
    what was worked out of related courses, and ``git`` what Git says of files, None where nobody asked it. Where the site is a
    patch of one that was analysed before, ``render_set`` says
    which pages and files have to be rendered; it is None where any of them may have to.
    """

    config: Config | None
    problems: tuple[Problem, ...]
    theme: Theme | None = None
    translations: NullTranslations | None = None
    catalogue: Catalogue | None = None
    plan: Plan | None = None
    renderer: SiteRenderer | None = None
    invalid_entries: tuple[str, ...] = ()
    withheld: frozenset[str] = frozenset()
    link_resolver: LinkResolver | None = None
    notice: str = ""
    key: AnalysisKey | None = None
    cross_entry_problems: tuple[Problem, ...] = ()
    link_problems: tuple[Problem, ...] = ()
    related: bytes = b""
    git: GitDays | None = None
    render_set: RenderSet | None = None

    @property
    def has_withheld_stories(self) -> bool:
        """Whether the site has stories that must not be published on this date."""
        refs = self.link_resolver.by_path if self.link_resolver else {}
        return any(refs[path][0] is Kind.STORY for path in self.withheld if path in refs)

    def history(self) -> PageHistory:
        """What the pages of the plan looked up, as far as they have been rendered."""
        if self.plan is None:
            return PageHistory()
        return self.plan.fingerprinter.history({page.path for page in self.plan.rendered})

    def history_columns(self) -> HistoryColumns:
        """What the cache is to hold for the next analysis."""
        columns = {**self.history().to_columns(), RELATED_COLUMN: self.related}
        if self.git is not None and (git := self.git.to_bytes()):
            columns[GIT_COLUMN] = git
        if self.config is not None:
            columns[SETTINGS_COLUMN] = self.config.model_dump_json(exclude_unset=True).encode()
        return columns

    def count(self, severity: Severity) -> int:
        return sum(problem.severity is severity for problem in self.problems)


def finish_problems(
    problems: list[Problem], options: Options, severities: Mapping[str, str]
) -> tuple[Problem, ...]:
    """The problems with their lines and severities, in order of location.

    ``severities`` are those that the settings give to codes.
    """
    with_lines: list[Problem] = []
    without_lines: list[Problem] = []
    for problem in limited(with_severities(problems, severities)):
        needs_line = options.locate_advice or problem.severity is not Severity.ADVICE
        (with_lines if needs_line else without_lines).append(problem)
    located = _located(with_lines, options)
    return tuple(sorted([*located, *without_lines], key=lambda problem: problem.sort_key))


def _located(problems: list[Problem], options: Options) -> list[Problem]:
    """The problems with their lines: those of all files in which lines can be found at all."""
    read = file_text_reader(options.root, errors="replace")
    try:
        return fill_in_locations(problems, read)
    except Exception as error:  # noqa: BLE001 - problems of other files still have their lines
        fault_message(error)
        by_path: dict[str, list[Problem]] = {}
        for problem in problems:
            by_path.setdefault(problem.location.path, []).append(problem)
        located: list[Problem] = []
        for some in by_path.values():
            try:
                located += fill_in_locations(some, read)
            except Exception:  # noqa: BLE001
                located += some
        return located


def with_problems(site: AnalysedSite, options: Options, more: Iterable[Problem]) -> AnalysedSite:
    """The site with ``more`` problems, which only some commands look for."""
    severities = site.config.problems if site.config else {}
    found = [*site.problems, *finish_problems(list(more), options, severities)]
    return replace(site, problems=tuple(sorted(found, key=lambda problem: problem.sort_key)))


def paths_with_errors(problems: Iterable[Problem], severities: Mapping[str, str]) -> frozenset[str]:
    """The paths of the files with an error, which forbids to publish them."""
    return frozenset(
        problem.location.path
        for problem in problems
        if severities.get(problem.code, usual_severity(problem)) == Severity.ERROR
    )
