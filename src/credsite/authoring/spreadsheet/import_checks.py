"""The checks of the files that an import would write: each by itself, and all of them together with the site's own."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial
from typing import Final

from credsite.authoring.slugs import is_slug
from credsite.authoring.spreadsheet.import_target import ImportTarget
from credsite.authoring.spreadsheet.plan import EntryChange, RefusedRows
from credsite.authoring.spreadsheet.table import EntryTable
from credsite.catalogue import checks
from credsite.content.discovery import SourceFile
from credsite.content.parser import parse
from credsite.content.records import Record, record_of
from credsite.content.storage import summary_from_text, summary_to_text
from credsite.core.parallel import parallel_map
from credsite.problems.codes import with_severities
from credsite.problems.model import Problem, Severity
from credsite.schema.introspection import REFERENCE_KEYS

_QUOTED_NAME: Final = re.compile(r"`([^`\"\n]+)`")


class ImportChecker:
    """Collects the files that an import would write, then checks them as a build would."""

    def __init__(self, table: EntryTable, target: ImportTarget) -> None:
        self._table = table
        self._target = target
        self._files: list[tuple[tuple[int, ...], bytes, SourceFile]] = []
        self._new_records: dict[str, Record] = {}

    def add(self, rows: tuple[int, ...], data: bytes, source: SourceFile) -> None:
        """Remember that ``data`` would be written to ``source``, for these rows of the sheet."""
        self._files.append((rows, data, source))

    def check_files(self) -> Iterator[RefusedRows]:
        """The mistakes within each of the files. If there are many files, several processes read them."""
        texts = parallel_map(
            (partial(_summary, max_size=self._target.settings.max_file_size),),
            [(data, source) for _, data, source in self._files],
            self._target.jobs,
            name_of=lambda file: file[1].path,
        )
        for (rows, _, source), text in zip(self._files, texts, strict=True):
            record, problems = summary_from_text(text)
            errors = self._errors(problems)
            yield from (problem_as_refusal(self._table, rows, problem) for problem in errors)
            if record is not None and not errors:
                self._new_records[source.path] = record

    def check_together(self, changes: Sequence[EntryChange]) -> Iterator[RefusedRows]:
        """The mistakes between entries that the import would cause. Call :meth:`check_files` before it."""
        written = {change.path: change for change in changes if change.path in self._new_records}
        if not written:
            return
        before, _ = checks.without_duplicates(self._target.loaded.records)
        after = [self._new_records[record.path] if record.path in written else record for record in before]
        old_paths = {record.path for record in before}
        after += [self._new_records[path] for path in written if path not in old_paths]
        # The suggestion in a message may change with the entries that there are. The mistake is still the same.
        known = {(problem.code, problem.location) for problem in self._cross_entry_errors(before)}
        for problem in self._cross_entry_errors(after):
            change = written.get(problem.location.path)
            if change is not None:
                yield problem_as_refusal(self._table, change.rows, problem)
            elif (problem.code, problem.location) not in known:
                yield RefusedRows((), "", f"{problem.location.path}: {problem.message}", problem.suggestion)

    def _cross_entry_errors(self, records: Collection[Record]) -> list[Problem]:
        invalid = [(source.kind, source.slug) for source in self._target.loaded.invalid_files]
        return self._errors(
            checks.cross_entry_problems(records, invalid, self._target.vocabularies, self._target.clock)
        )

    def _errors(self, problems: Iterable[Problem]) -> list[Problem]:
        return [
            problem
            for problem in with_severities(problems, self._target.settings.problems)
            if problem.severity is Severity.ERROR
        ]


def problem_as_refusal(table: EntryTable, rows: tuple[int, ...], problem: Problem) -> RefusedRows:
    """A problem of a file as the reason why the rows behind it are refused."""
    message, key = problem.message, problem.location.key
    names = [part for part in key if isinstance(part, str)]
    if problem.code == "unknown-id" and names and (kind := REFERENCE_KEYS.get(names[-1])):
        quoted = _QUOTED_NAME.search(message)
        name = quoted[1] if quoted and not is_slug(quoted[1]) else "Its name"
        message += f' Create it with `credsite new {kind} "{name}"`.'
    return table.refuse(rows, message, key, problem.suggestion, problem.allowed)


def _summary(file: tuple[bytes, SourceFile], max_size: int) -> bytes:
    """The record and the problems of a file as text, which is much faster to send between processes than objects."""
    data, source = file
    parsed = parse(data, source, max_size)
    return summary_to_text(record_of(parsed.entry) if parsed.entry else None, parsed.problems)
