"""Runs the hooks of a site: what they add to the website, and what they find in its content."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from credsite.content.loader import EntryLoader
from credsite.content.records import Record
from credsite.core.hashing import combined_digest
from credsite.core.paths import join_inside
from credsite.core.published_names import path_fault
from credsite.hooks.api import CheckHook, HookFinding, OutputHook
from credsite.hooks.loading import Hooks
from credsite.hooks.plugin import BadHookError, Plugin
from credsite.hooks.site_view import DeclaredInputs, EntryView, SiteView
from credsite.problems.model import Location, Problem, Severity
from credsite.schema.config import CONFIG_FILE, Config
from credsite.schema.kinds import Kind
from credsite.site.planned import PlannedFile

RecordsOfKinds = Mapping[Kind, Sequence[Record]]
_MOST_FINDINGS: Final = 10_000


def input_digest(hooks: Hooks, records: Iterable[Record]) -> str:
    """A digest of all entries that any hook sees. While it and the plan's own key stay the same, so does what hooks do."""
    declared = [output.kinds for _, output in hooks.outputs] + [check.kinds for _, check in hooks.checks]
    kinds = {kind for some in declared for kind in some}
    return combined_digest(
        part for record in records if record.kind in kinds for part in (record.path, record.digest)
    )


def output_files(
    hooks: Hooks, records: RecordsOfKinds, loader: EntryLoader, config: Config, today: date
) -> tuple[list[PlannedFile], list[Problem]]:
    """The files that hooks add to the website, and what is wrong with the hooks. ``records`` are those that are published."""
    files: list[PlannedFile] = []
    problems: list[Problem] = []
    for plugin, output in hooks.outputs:
        view = SiteView(_declared(output, output.name), records, loader, config, hooks.files, today)
        digest = view.digest
        last_digest, found = hooks.last_outputs.get(output.name, ("", []))
        if digest != last_digest:
            found = []
            with plugin.problems_into(problems, output.name, output.make):
                found = [_file(plugin, output, item) for item in _given(output.name, output.make(view))]
                hooks.last_outputs[output.name] = digest, found
        files += found
    return files, problems


def _given(hook: str, given: Iterable[object]) -> Iterable[object]:
    """What a hook has returned. BadHookError where it is no series of things."""
    if not isinstance(given, Iterable) or isinstance(given, str | bytes | Mapping):
        raise BadHookError(
            f"The function of `{hook}` has to `yield` something or to return a list, but returns a `{type(given).__name__}`."
        )
    return given


def _file(plugin: Plugin, output: OutputHook, item: object) -> PlannedFile:
    match item:
        case (str() as path, (str() | bytes()) as content):
            data = content.encode() if isinstance(content, str) else content
        case _:
            raise BadHookError(
                f"The hook `{output.name}` has to yield pairs of a path and its content, which is text or bytes."
            )
    if join_inside("", path) != path:
        raise BadHookError(
            f"The hook `{output.name}` wants to write to `{path}`. Write a path in the output folder, such as `data/free.json`."
        )
    if fault := path_fault(path):
        raise BadHookError(f"The hook `{output.name}` wants to write to `{path}`. {fault}")
    return PlannedFile(path, data, made_by=plugin.source)


def check_problems(
    hooks: Hooks, records: RecordsOfKinds, loader: EntryLoader, config: Config, today: date
) -> list[Problem]:
    """What the checks of hooks find, and what is wrong with them. ``records`` are all entries without errors, drafts too."""
    problems: list[Problem] = []
    for plugin, check in hooks.checks:
        view = SiteView(_declared(check, check.code), records, loader, config, hooks.files, today)
        with plugin.problems_into(problems, check.code, check.check):
            for number, finding in enumerate(_given(check.code, check.check(view))):
                if number == _MOST_FINDINGS:
                    raise BadHookError(f"The check `{check.code}` finds more than {_MOST_FINDINGS} problems.")
                problems.append(_problem(check, finding))
    return problems


def _problem(check: CheckHook, finding: object) -> Problem:
    if not isinstance(finding, HookFinding) or not isinstance(finding.message, str) or not finding.message:
        raise BadHookError(f"The check `{check.code}` has to yield a `HookFinding` with a message.")
    if not isinstance(finding.entry, EntryView | None):
        raise BadHookError(
            f"The `entry` of a finding of `{check.code}` is one that `site.entries` has given."
        )
    key = (finding.key,) if isinstance(finding.key, str) else finding.key
    if not isinstance(key, list | tuple) or not all(isinstance(part, str | int) for part in key):
        raise BadHookError(
            f"The `key` of a finding of `{check.code}` is a text, or texts and numbers that lead to it, not {finding.key!r}."
        )
    if finding.path and (not isinstance(finding.path, str) or join_inside("", finding.path) != finding.path):
        raise BadHookError(
            f"The `path` of a finding of `{check.code}` is that of a file in the site, not {finding.path!r}."
        )
    path = finding.path or (finding.entry.path if finding.entry else CONFIG_FILE)
    return Problem(
        check.code, finding.message, Location(path, key=tuple(key)), severity=Severity(check.severity)
    )


def _declared(one: OutputHook | CheckHook, name: str) -> DeclaredInputs:
    return DeclaredInputs(name, tuple(one.kinds), tuple(one.files), tuple(one.settings))
