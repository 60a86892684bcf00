"""Fixtures that several test modules share. A missing tool is a failure with a sentence, never a skip."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from playwright.sync_api import Browser

from credsite.content import parser
from credsite.content.discovery import SourceFile
from credsite.content.parser import ParsedFile
from credsite.core.garbage_collection import garbage_collection_paused
from tests.support.browser import chromium
from tests.support.cli import Run, run_credsite
from tests.support.paths import REPOSITORY, STARTER
from tests.support.sample import build_sample
from tests.support.server import ServedSite, serve
from tests.support.visiting import POLICY

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell that starts the tests in the background has them, and all that they start, not hear Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)

# A busy machine may take its time: whether something is quick is not what a test is about.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


LONGEST_FIRST = ("torture", "end_to_end", "browser", "build", "serve", "cli", "project", "authoring")
"""The folders of tests that take long, to be run first: in the end, files of quick tests keep all processors busy."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--whole", action="store_true", help="try everything in tests/torture, and write docs/reliability.md"
    )


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Do not look for garbage while tests are collected: it took a third of the time, and the tests are there to the end."""
    with garbage_collection_paused():
        return (yield)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    ranks = {folder: rank for rank, folder in enumerate(LONGEST_FIRST)}
    items.sort(key=lambda item: ranks.get(item.path.relative_to(REPOSITORY).parts[1], len(ranks)))


@pytest.fixture(scope="session", autouse=True)
def user_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A cache folder of the tests' own, also for the commands that they start, in place of the user's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("user-cache")))
        yield


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium. Each test opens contexts of its own in it, and closes them."""
    with chromium() as started:
        yield started


@pytest.fixture(scope="session")
def sample_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample catalogue, built for https://example.org/. Not to be written to."""
    return build_sample(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="session")
def sample_site_subpath(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample catalogue, built for https://example.org/a/b/. Not to be written to."""
    return build_sample(tmp_path_factory.mktemp("sample-subpath"), "/a/b/")


@pytest.fixture(scope="module")
def served(sample_site: Path) -> Iterator[ServedSite]:
    """The sample site, under the policy that the documentation recommends."""
    with serve(sample_site, headers={"Content-Security-Policy": POLICY}) as site:
        yield site


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A copy of the site that ``credsite init`` starts with, at an address of its own, to be changed at will."""
    copy = Path(shutil.copytree(STARTER, tmp_path / "site"))
    settings = copy / "credsite.yaml"
    text = settings.read_text(encoding="utf-8").replace("courses.example", "courses.test")
    # Drawing takes longer than everything else that is built here.
    settings.write_text(f"{text}share_pictures: false\n", encoding="utf-8")
    return copy


@pytest.fixture
def run() -> Run:
    """Runs ``credsite`` with arguments. An exception other than an exit is raised."""
    return run_credsite


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the files that are parsed, and not taken from a cache."""
    paths: list[str] = []
    parse = parser.parse

    def recording(data: bytes, source: SourceFile, max_size: int, *settings: Any) -> ParsedFile:
        paths.append(source.path)
        return parse(data, source, max_size, *settings)

    monkeypatch.setattr(parser, "parse", recording)
    return paths
