"""Cuts a release: `python -m tests.tools.release` or `make release`, after `… changelog` or `make changelog`.

It builds the archives, checks them, and tries both in empty environments. It uploads nothing: what is to be done by hand, it
says. The steps are in docs/developing/releasing.md.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from credsite import __version__
from tests.support.paths import REPOSITORY

DIST = REPOSITORY / "dist"
CHANGELOG = "CHANGELOG.md"
FRAGMENTS = "changelog.d"
FRAGMENT = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\.(?:added|changed|deprecated|removed|fixed|security)\.md")
NO_FRAGMENTS = {"README.md", "template.md.jinja"}
NO_VERSION = "## Unreleased\n"
"""The heading of what was written into the changelog before there were fragments."""
BEFORE_NEXT = re.compile(r"(?<=[^\n]\n)(?=## )")

TIMEOUT = 600


class StepError(Exception):
    """A step of the release has failed. The message says which one, and what a program said of it."""


def write_changelog(root: Path, version: str) -> None:
    """Put the fragments into the changelog, under the heading of the version, and delete them."""
    run(
        sys.executable,
        "-m",
        "towncrier",
        "build",
        "--yes",
        "--version",
        version,
        "--dir",
        str(root),
        folder=root,
    )
    file = root / CHANGELOG
    text = file.read_text(encoding="utf-8").replace(NO_VERSION, "", 1)
    file.write_text(re.sub(r"\n{3,}", "\n\n", BEFORE_NEXT.sub("\n", text)), encoding="utf-8")


def unready(root: Path, version: str) -> Iterator[str]:
    """What is still to be done before the version can be released, each as a sentence."""
    left = sorted(path.name for path in (root / FRAGMENTS).iterdir() if path.name not in NO_FRAGMENTS)
    text = (root / CHANGELOG).read_text(encoding="utf-8")
    if left or f"\n## {version} (" not in text:
        yield f"{CHANGELOG} does not have everything of {version} yet: run `make changelog`, read it, and commit it."
    upgrading = (root / "docs/upgrading.md").read_text(encoding="utf-8")
    if f"\n## To {version}\n" not in upgrading:
        yield f"docs/upgrading.md has no heading `To {version}`: say there what a site has to change, or that it is nothing."
    if run("git", "status", "--porcelain", folder=root):
        yield "There are changes that are not committed: commit them first."


def build() -> list[Path]:
    """The wheel and the source archive, checked as a package index checks them."""
    shutil.rmtree(DIST, ignore_errors=True)
    run(sys.executable, "-m", "hatchling", "build", "--directory", str(DIST), folder=REPOSITORY)
    archives = sorted(DIST.iterdir())
    run(sys.executable, "-m", "twine", "check", "--strict", *map(str, archives), folder=DIST)
    return archives


def try_out(archive: Path) -> None:
    """Install an archive in an empty environment, and make, check and build a site with it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run(sys.executable, "-m", "venv", "environment", folder=folder)
        program = folder / "environment/bin"
        install = (str(program / "python"), "-m", "pip", "--quiet", "--disable-pip-version-check", "install")
        lock = str(REPOSITORY / "requirements/site.txt")
        run(*install, "--require-hashes", "--no-deps", "--requirement", lock, folder=folder)
        run(*install, "--no-deps", "--no-build-isolation", str(archive), folder=folder)
        credsite = str(program / "credsite")
        said = run(credsite, "--version", folder=folder)
        if __version__ not in said:
            raise StepError(f"{archive.name} says that it is {said.strip()}.")
        for arguments in (("init", "site"), ("check", "site"), ("build", "site")):
            run(credsite, *arguments, folder=folder)
        if not (folder / "site/public/index.html").is_file():
            raise StepError(f"{archive.name} builds no home page.")


def run(*command: str, folder: Path) -> str:
    """What a program prints. Raises StepError where it fails."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=TIMEOUT, check=False)
    if done.returncode:
        raise StepError(f"`{' '.join(command)}` has failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def release() -> None:
    """All steps, with what is done and what is to be done next. Raises StepError."""
    if faults := list(unready(REPOSITORY, __version__)):
        raise StepError("\n".join(faults))
    archives = build()
    for archive in archives:
        print(f"{archive.relative_to(REPOSITORY)}: trying it in an empty environment ...")
        try_out(archive)
    paths = " ".join(str(archive.relative_to(REPOSITORY)) for archive in archives)
    print(
        f"\ncredsite {__version__} is ready. Publish it by hand:\n"
        f"  git tag --annotate v{__version__} --message 'credsite {__version__}'\n"
        f"  git push origin v{__version__}\n"
        f"  .venv/bin/twine upload {paths}"
    )


def main() -> int:
    try:
        if sys.argv[1:] == ["changelog"]:
            write_changelog(REPOSITORY, __version__)
            print(f"{CHANGELOG} has {__version__} now. Read it, improve its words, and commit it.")
        else:
            release()
    except StepError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
