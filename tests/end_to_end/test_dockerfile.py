"""The image of credsite can be made: the Dockerfile has no faults, and its steps work with what is in their context."""

from __future__ import annotations

import fnmatch
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.support.paths import REPOSITORY

DOCKERFILE = REPOSITORY / "Dockerfile"
INSTALLED = "/opt/credsite/bin/"
"""Where the environment of the image has its programs."""


class Instruction(NamedTuple):
    name: str
    arguments: str


def instructions() -> list[Instruction]:
    """Those of the Dockerfile, each in one line."""
    text = re.sub(r"^#.*\n", "", DOCKERFILE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    lines = text.replace("\\\n", " ").splitlines()
    return [Instruction(*line.split(" ", 1)) for line in lines if line.strip()]


def ignored(path: str) -> bool:
    """Whether .dockerignore keeps a path out of the context: the last rule that matches decides."""
    found = False
    for line in (REPOSITORY / ".dockerignore").read_text(encoding="utf-8").splitlines():
        rule = line.removeprefix("!").strip()
        if not rule or rule.startswith("#"):
            continue
        parts = [path, *(str(parent) for parent in Path(path).parents)]
        if any(fnmatch.fnmatchcase(part, rule.replace("**/", "*")) for part in parts):
            found = not line.startswith("!")
    return found


def copied() -> Iterator[tuple[Path, str]]:
    """The files of the repository that are copied into the image, and where to."""
    for name, arguments in instructions():
        if name != "COPY" or arguments.startswith("--from"):
            continue
        *sources, target = arguments.split()
        for source in sources:
            whole = REPOSITORY / source
            for file in [whole] if whole.is_file() else sorted(whole.rglob("*")):
                path = file.relative_to(REPOSITORY).as_posix()
                if file.is_file() and not ignored(path):
                    inner = file.relative_to(whole.parent if whole.is_file() else whole)
                    yield file, f"{target.rstrip('/')}/{inner.as_posix()}"


def test_hadolint_finds_no_fault() -> None:
    hadolint = Path(sys.executable).parent / "hadolint"
    assert hadolint.exists(), "There is no hadolint in the environment: run `make test`, which installs it."
    done = subprocess.run([hadolint, "--no-color", DOCKERFILE], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_hadolint_would_find_one(tmp_path: Path) -> None:
    (tmp_path / "Dockerfile").write_text("FROM python\nRUN pip install x && cd /\n")
    hadolint = Path(sys.executable).parent / "hadolint"
    done = subprocess.run([hadolint, tmp_path / "Dockerfile"], capture_output=True, text=True, check=False)
    assert "DL3006" in done.stdout


@pytest.mark.parametrize(
    ("path", "is_ignored"),
    [
        ("pyproject.toml", False),
        ("requirements/site.txt", False),
        ("src/credsite/cli/__init__.py", False),
        ("themes/default/theme.yaml", False),
        ("src/credsite/__pycache__/x.pyc", True),
        ("requirements/test.txt", True),
        ("content/pages/about.md", True),
        (".git/config", True),
        (".venv/bin/python", True),
        ("public/index.html", True),
    ],
)
def test_only_what_is_installed_gets_into_the_context(path: str, is_ignored: bool) -> None:
    assert ignored(path) == is_ignored


def test_the_steps_install_credsite_with_its_theme(tmp_path: Path) -> None:
    """The libraries are those of this environment: that the locked ones can be installed is what `make` shows."""
    source = tmp_path / "source"
    for file, target in copied():
        (source / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, source / target)
    runs = [arguments for name, arguments in instructions() if name == "RUN" and INSTALLED in arguments]
    locked, own = runs
    assert "--require-hashes --no-deps --requirement requirements/site.txt" in locked
    assert (source / "requirements/site.txt").is_file()
    (install, _) = own.split("&&")
    program, *arguments = shlex.split(install)
    assert program == f"{INSTALLED}pip"
    folder = tmp_path / "installed"
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "--quiet",
            "--disable-pip-version-check",
            *arguments,
            "--target",
            folder,
        ],
        cwd=source,
        check=True,
    )
    done = subprocess.run(
        [sys.executable, "-c", "import credsite.cli; credsite.cli.main()", "init", "site"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(folder), "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Created a site" in done.stdout
    assert (folder / "credsite/themes/default/theme.yaml").is_file()


def test_the_image_runs_credsite_as_a_user_without_rights() -> None:
    last = {name: arguments for name, arguments in instructions() if name != "RUN"}
    assert last["ENTRYPOINT"] == '["credsite"]'
    assert last["USER"] not in ("root", "0", "0:0")
    versions = re.findall(r"^FROM python:(\d+\.\d+)-", DOCKERFILE.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(versions) == 2
    assert len(set(versions)) == 1
    assert f"Python :: {versions[0]}" in (REPOSITORY / "pyproject.toml").read_text(encoding="utf-8")
