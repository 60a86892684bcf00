"""Links, pipes, sockets and devices wherever credsite reads or writes."""

from __future__ import annotations

import os
import shutil
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner

from credsite.cli import main
from tests.support.small_site import small_site
from tests.torture.trials import Trials

PROMISE = (
    "Nothing is read or written through a link, nothing outside the site is published or changed, and no pipe or device is "
    "waited for."
)

SECRET: Final = "the secret of another folder"
NOW: Final = ("--now", "2026-11-23T09:00")
_SECONDS: Final = 60
"""After which a run counts as one that waits for ever."""

PLACES: Final = (
    *("credsite.yaml", "content", "static", "themes", "public", ".credsite"),
    *("content/courses", "content/courses/sql.md", "content/courses/new.md", "content/courses/new", "content/images"),
    *("static/new.txt", "static/new.html", "static/new", "static/.well-known", "static/robots.txt", "static/new.pem"),
    *("themes/default", "themes/default/theme.yaml", "themes/default/templates/page.html"),
    *("themes/default/assets/new.svg", "themes/default/locale"),
    *(".credsite/cache.sqlite", ".credsite/cache.sqlite-journal", ".credsite/cache.sqlite-wal", ".credsite/sources.bin"),
    *(".credsite/sources.bin.tmp", ".credsite/templates", ".credsite/templates/complete", ".credsite/.gitignore"),
    *(".credsite/links.json", "public/.credsite.lock", "public/.credsite-manifest.json", "public/.credsite-tmp"),
    *("public/.credsite-tmp/file", "public/index.html", "public/courses", "public/assets", "x.csv", "report.html"),
)  # fmt: skip


def _socket(path: Path, _: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the whole path may be too long for a socket
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(here)


KINDS: Final[dict[str, Callable[[Path, Path], object]]] = {
    "link to a file outside": lambda path, outside: path.symlink_to(outside / "file.md"),
    "link to a folder outside": lambda path, outside: path.symlink_to(outside),
    "link to nothing": lambda path, outside: path.symlink_to(outside / "nothing"),
    "link to itself": lambda path, _: path.symlink_to(path.name),
    "link to the site": lambda path, _: path.symlink_to("."),
    "link to Git": lambda path, outside: path.symlink_to(outside / ".git/config"),
    "link to a device": lambda path, _: path.symlink_to("/dev/zero"),
    "link to a pipe": lambda path, outside: path.symlink_to(outside / "pipe"),
    "pipe": lambda path, _: os.mkfifo(path),
    "socket": _socket,
}

COMMANDS: Final = {
    "check": ("check", "{site}", *NOW),
    "build": ("build", "{site}", *NOW),
    "keep going": ("build", "{site}", "--keep-going", *NOW),
    "without cache": ("build", "{site}", "--keep-going", "--no-cache", *NOW),
    "export": ("export", "courses", "--site", "{site}", "--output", "{site}/x.csv"),
    "report": ("report", "{site}", "--output", "{site}/report.html", *NOW),
    "new": ("new", "page", "A new page", "--site", "{site}", "--set", "summary=Words."),
    "schema": ("schema", "{site}", "--write"),
    "clean": ("clean", "{site}"),
}


@contextmanager
def limited_time() -> Iterator[None]:
    def stop(*_: object) -> None:
        raise TimeoutError("it waits for ever")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(_SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def _state(folder: Path) -> dict[str, object]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else path.lstat().st_mode
        for path in folder.rglob("*")
    }


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site that was built, with all that credsite keeps, beside a folder that is somebody else's."""
    folder = tmp_path_factory.mktemp("links")
    site = small_site(folder)
    shutil.copytree(Path(__file__).parents[2] / "themes/default", site / "themes/default")
    outside = folder / "outside"
    (outside / ".git").mkdir(parents=True)
    (outside / ".git/config").write_text(SECRET)
    (outside / "file.md").write_text(f"---\ntitle: {SECRET}\nsummary: {SECRET}\n---\n\n{SECRET}\n")
    (outside / "index.html").write_text(SECRET)
    assert CliRunner().invoke(main, ["build", str(site), *NOW]).exit_code == 0
    return folder


def _put(site: Path, place: str, kind: str, outside: Path) -> None:
    path = site / place
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    elif os.path.lexists(path):
        path.unlink()
    path.parent.mkdir(parents=True, exist_ok=True)
    KINDS[kind](path, outside)


def test_no_place_and_no_command_is_misled(trials: Trials, whole: bool, built: Path, tmp_path: Path) -> None:
    cases = [(place, kind, name) for place in PLACES for kind in KINDS for name in COMMANDS]
    # By numbers that have no divisor in common with the sizes of the lists, so that all of each are tried.
    for place, kind, name in cases[:: 13 if whole else 97]:
        folder = tmp_path / "trial"
        shutil.copytree(built, folder, symlinks=True)
        site, outside = folder / "site", folder / "outside"
        os.mkfifo(outside / "pipe")
        with trials(f"{name}, {place}: {kind}"), limited_time():
            _put(site, place, kind, outside)
            before = {path: text for path, text in _state(outside).items() if path != "pipe"}
            arguments = [argument.format(site=site) for argument in COMMANDS[name]]
            result = CliRunner().invoke(main, arguments)
            assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
            assert result.exit_code in (0, 1, 2), result.output
            assert {path: text for path, text in _state(outside).items() if path != "pipe"} == before
            public = site / "public"
            if not public.is_symlink():
                published = [path for path in public.rglob("*") if path.is_file() and not path.is_symlink()]
                assert not [path for path in published if SECRET.encode() in path.read_bytes()]
        shutil.rmtree(folder)


def test_a_file_that_is_exchanged_for_a_link_while_the_site_is_built(
    trials: Trials, whole: bool, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was looked at, and is a link when it is opened."""
    opened = os.open
    files = (
        "credsite.yaml",
        "content/courses/sql.md",
        "static/notes/read-me.txt",
        "themes/default/theme.yaml",
    )
    for name in files if whole else files[::2]:
        folder = tmp_path / "trial"
        shutil.copytree(built, folder, symlinks=True)
        site, outside = folder / "site", folder / "outside"
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).touch()
        times = 0

        def exchange_and_open(path: object, flags: int, mode: int = 0o777, **more: object) -> int:
            nonlocal times
            if str(path).endswith(f"site/{name}") and not os.path.islink(str(path)):  # noqa: B023, PTH114
                times += 1
                (site / name).unlink()  # noqa: B023
                (site / name).symlink_to(outside / "file.md")  # noqa: B023
            return opened(path, flags, mode, **more)  # type: ignore[arg-type]

        with trials(name), monkeypatch.context() as patch, limited_time():
            patch.setattr(os, "open", exchange_and_open)
            result = CliRunner().invoke(main, ["build", str(site), "--keep-going", "--no-cache", *NOW])
            assert result.exit_code in (0, 1, 2), result.output
            assert times == 1
            published = [path for path in (site / "public").rglob("*") if path.is_file()]
            assert not [path for path in published if SECRET.encode() in path.read_bytes()]
        shutil.rmtree(folder)
