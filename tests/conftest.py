"""Fixtures that several test modules share. A missing tool is a failure with a sentence, never a skip."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser

from tests.support.browser import chromium
from tests.support.sample import build_sample

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell that starts the tests in the background has them, and all that they start, not hear Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)

# A busy machine may take its time: whether something is quick is not what a test is about.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


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
