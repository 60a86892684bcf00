from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from credsite.build.output.disk import MANIFEST
from credsite.build.output.folder import OutputFolder
from credsite.build.output.manifest import WriteSummary
from credsite.build.output.planned_output import Output, Rendered
from credsite.build.output.writer import write_outputs
from credsite.core.stat_cache import StatCache

Files = Mapping[str, str]
Build = Callable[..., WriteSummary]


BESIDE = ".beside"
"""At the end of the name of a file that is made in one go with the one that is named so without it, if there is one."""


def rendering(text: str, *beside: str) -> Rendered:
    data = tuple(one.encode() for one in beside)
    return Rendered(text.encode(), f"print of {'+'.join((text, *beside))}", companions=data)


def planned(files: Files, rendered: list[str] | None = None) -> list[Output]:
    """Outputs of these texts, whose fingerprints are the texts; ``rendered`` collects what is rendered."""

    def output(path: str) -> Output:
        beside = path + BESIDE
        texts = [files[one] for one in (path, beside) if one in files]

        def render(_: None) -> Rendered:
            if rendered is not None:
                rendered.append(path)
            return rendering(*texts)

        companions = (beside,) if beside in files else ()
        return Output(path, f"print of {'+'.join(texts)}", render, companions=companions)

    return [output(path) for path in files if path.removesuffix(BESIDE) not in files.keys() - {path}]


def build_to(
    out: Path, site: Path, files: Files, rendered: list[str] | None = None, seen: StatCache | None = None
) -> WriteSummary:
    with OutputFolder.open(out, site, wait=0) as folder:
        return write_outputs(folder, planned(files, rendered), seen)


def content(folder: Path) -> dict[str, bytes | None]:
    """All files below a folder by path, the lock left out; empty folders as None."""
    found: dict[str, bytes | None] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink() or not path.is_dir():
            found[name] = path.read_bytes()
        elif not any(path.iterdir()):
            found[name] = None
    found.pop(".credsite.lock", None)
    return found


def pages(folder: Path) -> dict[str, bytes | None]:
    """As ``content``, without the manifest, which must be there."""
    found = content(folder)
    del found[MANIFEST]
    return found


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    (root / "content").mkdir(parents=True)
    (root / "themes").mkdir()
    return root


@pytest.fixture
def out(site: Path) -> Path:
    return site / "public"


@pytest.fixture
def build(out: Path, site: Path) -> Build:
    """Builds texts by path into the output folder."""

    def run(files: Files, rendered: list[str] | None = None, seen: StatCache | None = None) -> WriteSummary:
        return build_to(out, site, files, rendered, seen)

    return run
