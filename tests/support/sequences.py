"""Edits sites at random and builds them, and checks after each step that a clean build gives the same files.

Several ways of building get the same edits. Each has its own site, cache and output folder.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from credsite.build import cache
from credsite.build.options import Options
from credsite.build.output.disk import MANIFEST, Disk
from credsite.build.output.journal import JOURNAL, MARK
from credsite.build.output.manifest import read_manifest
from credsite.build.pipeline import build as command_build
from credsite.core import parallel
from credsite.core.processes import StartMethod
from credsite.problems.model import Problem, Severity
from credsite.serve.preview import Preview
from credsite.serve.watcher import source_signatures
from credsite.site.dependencies import store
from credsite.theme.loader import ThemeError
from tests.support.edits import Edit
from tests.support.site_edits import EDITS, page_size, theme_away
from tests.support.small_site import small_site

NOW: Final = datetime(2026, 11, 23, 9)
_OWN: Final = ".credsite.lock"


class Way(NamedTuple):
    """A way of building: the number of processes, and how they start."""

    jobs: int = 1
    start_method: StartMethod | None = None

    def __str__(self) -> str:
        return f"{self.jobs}-{self.start_method or 'process'}"


WAYS: Final = (Way(1), Way(2, "fork"), Way(3, "fork"), Way(2, "spawn"), Way(3, "spawn"))


def ways_of(jobs: Collection[int], start_methods: Collection[str]) -> list[Way]:
    """The ways with one of these numbers of processes that, if it is several, start by one of these methods."""
    return [
        way
        for way in WAYS
        if way.jobs in jobs and (way.start_method is None or way.start_method in start_methods)
    ]


@contextmanager
def like_a_large_site() -> Iterator[None]:
    """Start processes for two items and pack very few records, so that small sites are built as large ones are."""
    usual = dict(parallel.MIN_ITEMS)
    with pytest.MonkeyPatch.context() as patch:
        parallel.MIN_ITEMS.update(dict.fromkeys(parallel.MIN_ITEMS, 2))
        patch.setattr(cache, "_MIN_UNPACKED", 1)
        patch.setattr(store, "_MAX_UNUSED", 2)
        try:
            yield
        finally:
            parallel.MIN_ITEMS.update(usual)


class Result(NamedTuple):
    """What a build reported, and the files in the output folder afterwards.

    ``failure`` is where it stopped, or ``""``. ``has_taken_off`` says whether it has then taken entries off the website.
    ``left`` are files that are no longer planned and were left, because somebody has changed them.
    """

    problems: tuple[Problem, ...]
    invalid_entries: tuple[str, ...]
    failure: str
    files: dict[str, bytes]
    has_taken_off: bool = False
    left: tuple[str, ...] = ()

    @property
    def report(self) -> tuple[tuple[Problem, ...], tuple[str, ...], str]:
        return self.problems, self.invalid_entries, self.failure


def build(options: Options) -> Result:
    """Build as the command does: with errors in the content, only if ``keep_going`` is set."""
    failure, built = "", None
    try:
        built = command_build(options)
    except ThemeError:
        # Which page fails first depends on which pages were rendered before.
        failure = "theme"
    report = built and built.report
    summary = built and (built.withdrawal.summary if built.withdrawal else built.summary)
    if built and report is None:
        failure = "not written"
    return Result(
        tuple(found for found in built.problems if found.severity is not Severity.ADVICE) if built else (),
        (*report.invalid_entries, f"{report.advice_count} pieces of advice") if report else (),
        failure,
        content_of(options.output_folder),
        bool(built and built.withdrawal),
        summary.left if summary else (),
    )


def content_of(folder: Path) -> dict[str, bytes]:
    """All files of an output folder by their paths, including the manifest."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != _OWN
    }


@dataclass
class _Run:
    """A site that is edited and built in one way. ``last`` are the files of its output folder after the last build.

    ``changed`` are those that somebody has changed since they were written.
    """

    way: Way
    folder: Path
    last: dict[str, bytes]
    changed: set[str] = field(default_factory=set)

    @property
    def site(self) -> Path:
        return self.folder / "site"

    @property
    def output(self) -> Path:
        return self.folder / "public"

    def result(self, options: Options) -> Result:
        return build(replace(options, root=self.site, output=self.output, **self.way._asdict()))


def differences(folder: Path, seed: int, steps: int, ways: Sequence[Way]) -> Iterator[str]:
    """Make a random sequence of edits, the same for the same ``seed``. Yields how builds differ from clean ones.

    All edits in ``EDITS`` are made once before one is made again. ``folder`` must be empty.
    """
    runs = [_Run(way, folder / str(way), {}) for way in ways]
    for run in runs:
        small_site(run.folder)
    chance = random.Random(seed)
    options = Options(Path(), now=NOW, keep_going=True)
    edits = _shuffled_edits(chance)
    needs_repair = False
    log: list[str] = []
    for step in range(steps + 1):
        if step:
            chosen = [next(edits) for _ in range(chance.choice([0, 1, 1, 2, 3]))]
            log.append(
                f"step {step}: "
                + "; ".join(_edit_all(runs, chosen, f"{seed} {step}", needs_repair=needs_repair))
            )
            log.extend(f"  before: {event}" for event in _interfere(runs, f"{seed} {step}"))
            options = _options(options, chance)
        log.append(f"  now {options.now}, keep_going {options.keep_going}, drafts {options.drafts}")
        clean = build(replace(options, root=runs[0].site, output=folder / f"clean-{step}", no_cache=True))
        needs_repair = bool(clean.failure) and (
            clean.failure == "theme" or clean.problems[0].location.path == "credsite.yaml"
        )
        for run in runs:
            for difference in _compare(run, run.result(options), clean):
                yield "\n".join([f"seed {seed}, {run.way}: {difference}", *log])
        shutil.rmtree(folder / f"clean-{step}", ignore_errors=True)


def preview_differences(folder: Path, seed: int, steps: int) -> Iterator[str]:
    """The same for a preview that is rebuilt after each edit. Yields how the pages that it shows differ from a clean build."""
    site = small_site(folder)
    options = Options(
        site, base_url="http://127.0.0.1:8000/", now=NOW, drafts=True, keep_going=True, preview=True
    )
    preview = Preview(options, folder / "preview")  # a build removes a preview in the site's folder
    chance = random.Random(seed)
    edits = _shuffled_edits(chance)
    log: list[str] = [f"seed {seed}, preview"]
    needs_repair = False
    for step in range(steps + 1):
        before = source_signatures(site)
        if step:
            for edit in [*([page_size, theme_away] if needs_repair else []), next(edits)]:
                log.append(f"step {step}: {edit(site, chance)}")
        after = source_signatures(site)
        # Usually the paths that file system events would report; sometimes none, as if there were no events.
        changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
        outcome = preview.rebuild(changed if chance.random() < 0.8 else ())
        needs_repair = outcome.summary is None
        if needs_repair:  # the old pages stay
            continue
        clean = build(replace(options, output=folder / f"clean-{step}", no_cache=True))
        # After a patch the manifest stays as it was, and still lists every file; the journal says which have changed since.
        shown = {**content_of(preview.folder), MANIFEST: b""}
        for path in (JOURNAL, MARK):
            shown.pop(path, None)
        expected = {**clean.files, MANIFEST: b""}
        for path in sorted(shown.keys() | expected.keys()):
            if shown.get(path) != expected.get(path):
                yield "\n".join([_unequal(path, shown.get(path), expected.get(path)), *log])
        listed = read_manifest(Disk(preview.folder)).files.keys()
        if listed != expected.keys() - {MANIFEST}:
            yield "\n".join([f"{listed ^ (expected.keys() - {MANIFEST})} are wrongly listed, or not", *log])
        shutil.rmtree(folder / f"clean-{step}", ignore_errors=True)


def _shuffled_edits(chance: random.Random) -> Iterator[Edit]:
    while True:
        yield from chance.sample(EDITS, len(EDITS))


def _edit_all(runs: list[_Run], edits: list[Edit], seed: str, *, needs_repair: bool) -> list[str]:
    """Make the same edits in all sites. ``needs_repair`` first undoes edits that make every build fail."""
    log: list[str] = []
    for run in runs:
        chance = random.Random(seed)
        log = [edit(run.site, chance) for edit in ([page_size, theme_away] if needs_repair else [])]
        log += [edit(run.site, chance) for edit in edits]
    return log


def _interfere(runs: list[_Run], seed: str) -> Iterator[str]:
    """Now and then, change what a build stored: its cache, or the pages themselves."""
    for run in runs:
        chance = random.Random(f"{seed} {run.way}")
        cache = run.site / ".credsite"
        match chance.randrange(12):
            case 0:
                shutil.rmtree(cache, ignore_errors=True)
                yield f"{run.way}: cache removed"
            case 1 if (cache / "cache.sqlite").exists():
                data = bytearray((cache / "cache.sqlite").read_bytes())
                data[chance.randrange(len(data))] ^= 0xFF
                (cache / "cache.sqlite").write_bytes(data)
                yield f"{run.way}: cache damaged"
            case 2:
                kept = run.folder / "kept-cache"
                if kept.exists():
                    shutil.rmtree(cache, ignore_errors=True)
                    shutil.move(kept, cache)
                    yield f"{run.way}: an earlier cache restored"
                elif cache.exists():
                    shutil.copytree(cache, kept)
            case 3 if run.last:
                name = chance.choice(sorted(set(run.last) - {MANIFEST}))
                run.last[name] = run.last[name][::-1] + b"!"
                (run.output / name).write_bytes(run.last[name])
                run.changed.add(name)
                yield f"{run.way}: {name} changed in the output folder"
            case 4 if run.last:
                name = chance.choice(sorted(set(run.last) - {MANIFEST}))
                del run.last[name]
                (run.output / name).unlink()
                yield f"{run.way}: {name} removed from the output folder"
            case _:
                pass


def _options(options: Options, chance: random.Random) -> Options:
    assert options.now is not None
    passed = chance.choice([0, 0, 0, 1, 40, 400, -1, -90])
    return replace(
        options,
        now=options.now + timedelta(days=passed, hours=passed % 5),
        keep_going=chance.random() < 0.8,
        drafts=chance.random() < 0.15,
        base_url=chance.choice([None] * 9 + ["https://elsewhere.example/below/"]),
    )


def _compare(run: _Run, result: Result, clean: Result) -> Iterator[str]:
    """What differs between a build of ``run`` and a clean one, in words. Files that were left are deleted, as editors are told."""
    for path in result.left:
        if path not in run.changed:
            yield f"{path} was left, though nobody has changed it"
        (run.output / path).unlink()
        del result.files[path]
    if not result.failure or result.has_taken_off:
        run.changed.clear()
    if result.report != clean.report:
        yield f"it reported\n  {result.report}\nand a clean build\n  {clean.report}"
    if result.failure == "theme" or result.has_taken_off:
        # Some pages are new and some are old: the next successful build must write the rest.
        run.last = result.files
        return
    expected = run.last if result.failure else clean.files
    for path in sorted(expected.keys() | result.files.keys()):
        if expected.get(path) != result.files.get(path):
            yield _unequal(path, result.files.get(path), expected.get(path))
    run.last = result.files


def _unequal(path: str, found: bytes | None, expected: bytes | None) -> str:
    """How a file differs from the expected one, from shortly before the first difference."""
    if found is None or expected is None:
        return f"{path} is {'not there' if found is None else 'there'} and should {'not ' if found else ''}be"
    parted = (at for at, pair in enumerate(zip(found, expected, strict=False)) if pair[0] != pair[1])
    at = max(0, next(parted, min(len(found), len(expected))) - 60)
    return f"{path} is\n  {found[at : at + 300]!r}\nand should be\n  {expected[at : at + 300]!r}"
