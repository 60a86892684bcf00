"""Whatever was built before, and wherever it was stopped: the next good build equals a clean one."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credsite.build.output import disk
from credsite.build.output.disk import MANIFEST, OutputError
from credsite.build.output.folder import OutputFolder
from credsite.build.output.planned_output import Rendered
from credsite.build.output.writer import remove_outputs, write_outputs
from credsite.core import atomic_write
from tests.build.output.conftest import BESIDE, build_to, content, planned

CALLS = ("open", "mkdir", "replace", "unlink", "rmdir")

names = st.sampled_from(["a", "b", "c"])
paths = st.builds(
    lambda parts, end: "/".join(parts) + end,
    st.lists(names, min_size=1, max_size=3),
    st.sampled_from(["", "", "", BESIDE]),
)


def without_conflicts(files: dict[str, str]) -> dict[str, str]:
    """No path that is also a folder of another."""
    return {
        path: text for path, text in files.items() if not any(other.startswith(f"{path}/") for other in files)
    }


sites = st.dictionaries(paths, st.sampled_from(["1", "2", "three"]), max_size=6).map(without_conflicts)
foreign = st.dictionaries(paths.map(lambda path: f"{path}/mine.txt"), st.just("mine"), max_size=2)


class KilledError(BaseException):
    """Stands for a kill: no code may run as if nothing had happened."""


@contextmanager
def system_calls(calls: Mapping[str, Any]) -> Iterator[None]:
    """Replaces some calls of the system for the writer; everything else goes on with the real ones."""
    system = SimpleNamespace(**{**vars(os), **calls})
    with patch.object(disk, "os", system), patch.object(atomic_write, "os", system):
        yield


@contextmanager
def killed_after(steps: int) -> Iterator[list[int]]:
    """From the given call on that touches the disk, every one fails, as none would be made after a kill."""
    count = [0]

    def wrapped(name: str) -> Any:
        real = getattr(os, name)

        def call(*args: Any, **options: Any) -> Any:
            count[0] += 1
            if count[0] > steps:
                raise KilledError
            return real(*args, **options)

        return call

    with system_calls({name: wrapped(name) for name in CALLS}):
        yield count


def clean_content(files: dict[str, str], root: Path) -> dict[str, bytes | None]:
    build_to(root / "clean", root / "site", files)
    return content(root / "clean")


@contextmanager
def fresh() -> Iterator[tuple[Path, Path]]:
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        (root / "site").mkdir()
        yield root, root / "out"


@settings(deadline=None, max_examples=80)
@given(st.lists(sites, min_size=1, max_size=5))
def test_any_sequence_of_builds_equals_a_clean_one(builds: list[dict[str, str]]) -> None:
    with fresh() as (root, out):
        for files in builds:
            build_to(out, root / "site", files)
        assert content(out) == clean_content(builds[-1], root)


@settings(deadline=None, max_examples=80)
@given(sites, foreign, st.lists(sites, max_size=3))
def test_foreign_files_survive_every_build_and_cleaning(
    first: dict[str, str], mine: dict[str, str], builds: list[dict[str, str]]
) -> None:
    with fresh() as (root, out):
        build_to(out, root / "site", first)
        laid = {}
        for path, text in mine.items():
            if not any((out / folder).is_file() for folder in [path, *map(str, Path(path).parents)]):
                (out / path).parent.mkdir(parents=True, exist_ok=True)
                (out / path).write_text(text)
                laid[path] = text.encode()
        for files in builds:
            before = content(out)
            try:
                build_to(out, root / "site", files)
            except OutputError:
                assert content(out) == before
            assert {path: content(out).get(path) for path in laid} == laid
        remove_outputs(OutputFolder.open(out, root / "site"))
        left = {path: data for path, data in content(out).items() if data is not None}
        assert left == laid


@settings(deadline=None, max_examples=100)
@given(sites, sites, sites, st.integers(0, 60))
def test_a_build_that_is_killed_is_recovered_by_the_next(
    first: dict[str, str], second: dict[str, str], third: dict[str, str], steps: int
) -> None:
    with fresh() as (root, out):
        build_to(out, root / "site", first)
        with suppress(KilledError), killed_after(steps):
            build_to(out, root / "site", second)
        build_to(out, root / "site", third)
        assert content(out) == clean_content(third, root)


FIRST = {
    "index.html": "1",
    "index.html.beside": "1",
    "a": "file",
    "b/deep/x.html": "1",
    "same.html": "1",
    "same.html.beside": "1",
    "old/old.html": "1",
    "old/old.html.beside": "1",
}
SECOND = {
    "index.html": "2",
    "index.html.beside": "1",
    "a/x.html": "1",
    "b": "file",
    "same.html": "1",
    "same.html.beside": "2",
    "new/new.html": "2",
    "new/new.html.beside": "2",
    "new/2/x.html": "2",
}


@pytest.mark.parametrize("next_one", [SECOND, FIRST, {}], ids=["second", "first", "nothing"])
@pytest.mark.parametrize("before", [{}, FIRST], ids=["new", "changed"])
def test_a_kill_at_every_step(tmp_path: Path, before: dict[str, str], next_one: dict[str, str]) -> None:
    with fresh() as (root, out):
        wanted = clean_content(next_one, root)
    for steps in range(1000):
        with fresh() as (root, out):
            build_to(out, root / "site", before)
            with killed_after(steps) as count, suppress(KilledError):
                build_to(out, root / "site", SECOND)
            build_to(out, root / "site", next_one)
            assert content(out) == wanted, steps
        if count[0] <= steps:
            break
    assert steps > 15


class FailsOnce:
    """A call of the system that fails the n-th time."""

    def __init__(self, real: Any, number: int) -> None:
        self._real = real
        self._number = number
        self.made = 0

    def __call__(self, *args: Any) -> Any:
        self.made += 1
        if self.made == self._number:
            raise OSError(5, "Input/output error")
        return self._real(*args)

    @contextmanager
    def expected(self) -> Iterator[None]:
        """The error is passed on as a plain sentence; where the call is never made, there is none."""
        told = ""
        try:
            yield
        except OutputError as error:
            told = str(error)
        assert ("Input/output error" in told) is (self.made >= self._number)


@pytest.mark.parametrize("call", ["replace", "mkdir", "unlink", "rmdir"])
@pytest.mark.parametrize("next_one", [SECOND, FIRST], ids=["second", "first"])
def test_a_disk_that_fails_once_at_every_call(call: str, next_one: dict[str, str]) -> None:
    with fresh() as (root, out):
        wanted = clean_content(next_one, root)
    real = getattr(os, call)
    for number in range(1, 100):
        failing = FailsOnce(real, number)
        with fresh() as (root, out):
            build_to(out, root / "site", FIRST)
            with system_calls({call: failing}), failing.expected():
                build_to(out, root / "site", SECOND)
            build_to(out, root / "site", next_one)
            assert content(out) == wanted, number
        if failing.made < number:
            break
    assert number > 1


@pytest.mark.parametrize("before", [{}, FIRST], ids=["new", "changed"])
def test_a_page_that_fails_to_render_at_every_place(before: dict[str, str]) -> None:
    for number in range(len(planned(SECOND))):
        with fresh() as (root, out):
            build_to(out, root / "site", before)
            outputs = planned(SECOND)

            def fail(_: None) -> Rendered:
                raise ZeroDivisionError

            outputs[number] = outputs[number]._replace(identity="bad", render=fail)
            with OutputFolder.open(out, root / "site") as folder, pytest.raises(ZeroDivisionError):
                write_outputs(folder, outputs)
            there = content(out)
            assert None not in there.values()
            del there[MANIFEST]
            build_to(
                out, root / "site", {path: data.decode() for path, data in there.items() if data is not None}
            )
            build_to(out, root / "site", SECOND)
            assert content(out) == clean_content(SECOND, root)
