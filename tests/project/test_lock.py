"""What is installed for development and checks is locked with checksums, and the lock is that of pyproject.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.support.paths import REPOSITORY

PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS = PROJECT["project"]["optional-dependencies"]
GROUPS = PROJECT["dependency-groups"]

RUN = [*PROJECT["project"]["dependencies"], *GROUPS["build"]]
WANTED = {
    "site.txt": RUN,
    "test.txt": [*RUN, *EXTRAS["test"]],
    "bench.txt": [*RUN, *EXTRAS["test"], *EXTRAS["bench"]],
    "release.txt": GROUPS["release"],
    "audit.txt": GROUPS["audit"],
}
"""The requirements of pyproject.toml that each file in requirements/ locks."""


class Locked(NamedTuple):
    """One release in a lock file."""

    version: Version
    marker: Marker | None
    hashes: tuple[str, ...]
    asked_for: bool
    """Whether pyproject.toml names it, and not only another release."""


@cache
def locked(file: str) -> dict[str, Locked]:
    """The releases of a lock file by the canonical names of their packages."""
    text = (REPOSITORY / "requirements" / file).read_text(encoding="utf-8")
    releases = {}
    for block in re.split(r"(?m)^(?=\w)", text)[1:]:
        requirement = Requirement(block.partition(" \\\n")[0])
        (pin,) = requirement.specifier
        assert pin.operator == "=="
        name = canonicalize_name(requirement.name)
        assert name not in releases, "two versions of one package"
        releases[name] = Locked(
            Version(pin.version),
            requirement.marker,
            tuple(re.findall(r"--hash=(\S+)", block)),
            "pyproject.toml" in block,
        )
    return releases


def unlocked(requirements: Iterable[str], releases: dict[str, Locked]) -> list[str]:
    """The requirements that no release in the lock meets."""
    wanted = [Requirement(text) for text in requirements]
    return [
        str(requirement)
        for requirement in wanted
        if (release := releases.get(canonicalize_name(requirement.name))) is None
        or not requirement.specifier.contains(release.version)
    ]


@pytest.mark.parametrize("file", WANTED)
def test_the_lock_has_what_the_project_asks_for(file: str) -> None:
    assert unlocked(WANTED[file], locked(file)) == [], "run `make lock`"
    names = {canonicalize_name(Requirement(text).name) for text in WANTED[file]}
    assert {name for name, release in locked(file).items() if release.asked_for} == names, "run `make lock`"


def test_a_requirement_that_the_lock_does_not_meet_is_found() -> None:
    assert unlocked(["click>=99", "nothing-of-the-kind", "click"], locked("site.txt")) == [
        "click>=99",
        "nothing-of-the-kind",
    ]


@pytest.mark.parametrize("file", WANTED)
def test_every_release_has_checksums(file: str) -> None:
    for name, release in locked(file).items():
        assert release.hashes, name
        assert all(re.fullmatch("sha256:[0-9a-f]{64}", text) for text in release.hashes), name


@pytest.mark.parametrize("file", WANTED)
def test_nothing_but_releases_and_checksums_is_in_the_lock(file: str) -> None:
    """Another index, another file of requirements or a folder of the disk would come from where nobody looks."""
    text = (REPOSITORY / "requirements" / file).read_text(encoding="utf-8")
    release, checksum = r"[\w.-]+==[\w.!+-]+(?: ; .+)? \\", r"    --hash=sha256:[0-9a-f]{64}(?: \\)?"
    line = re.compile(rf"{release}|{checksum}|(?:    )?#.*")
    assert [each for each in text.splitlines() if not line.fullmatch(each)] == []


@pytest.mark.parametrize("file", WANTED)
def test_all_files_lock_the_same_releases(file: str) -> None:
    everything = locked("bench.txt")
    for name, release in locked(file).items():
        if name in everything:
            assert release.version == everything[name].version, name
            assert set(release.hashes) == set(everything[name].hashes), name
        else:
            assert file in ("audit.txt", "release.txt"), name


@pytest.mark.parametrize("version", ["3.11", "3.12", "3.13"])
@pytest.mark.parametrize("system", ["linux", "darwin", "win32"])
def test_the_lock_is_for_every_python_and_system(version: str, system: str) -> None:
    environment = {"python_version": version, "python_full_version": f"{version}.1", "sys_platform": system}
    releases = locked("test.txt")
    for text in WANTED["test.txt"]:
        marker = releases[canonicalize_name(Requirement(text).name)].marker
        assert marker is None or marker.evaluate(environment), text


def test_the_build_backend_is_locked_as_it_is_declared() -> None:
    assert set(PROJECT["build-system"]["requires"]) <= set(GROUPS["build"])


def test_everything_that_make_installs_is_locked() -> None:
    text = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    installs = re.findall(r"\$\(PIP\) install (.+)", text)
    assert installs
    for arguments in installs:
        assert "--no-deps" in arguments.split(), arguments
        assert {"--require-hashes", "--no-build-isolation"} & set(arguments.split()), arguments
    assert set(re.findall(r"\$\(LOCKED\) requirements/(\S+)", text)) == set(WANTED)


def test_tools_from_npm_have_exact_versions() -> None:
    for path in ("tests/tools/package.json", "benchmarks/peers/templates/eleventy/package.json"):
        versions = re.findall(
            r'^    "[^"]+": "([^"]+)"', (REPOSITORY / path).read_text(encoding="utf-8"), flags=re.MULTILINE
        )
        assert versions, path
        assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in versions), path
