"""The website does not depend on the number of processes and how they start, even if source files change during the build."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from jinja2 import Environment

from benchmarks.catalogues.catalogue import Catalogue
from benchmarks.catalogues.generate import write_site
from credsite.build.analysis import analyse
from credsite.build.options import Options
from credsite.build.pipeline import build as whole_build
from credsite.build.pipeline import write
from credsite.core import parallel
from credsite.core.workers import Worker
from tests.support.paths import REPOSITORY
from tests.support.sequences import NOW, Way, build, content_of, like_a_large_site
from tests.support.small_site import small_site

ELSEWHERE = [Way(2, "fork"), Way(3, "spawn")]


@pytest.fixture
def workers(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The number of processes, for each time that some were started."""
    counts: list[int] = []
    end = parallel.stop_workers

    def logged_stop(begun: list[Worker]) -> None:
        counts.append(len(begun))
        end(begun)

    monkeypatch.setattr(parallel, "stop_workers", logged_stop)
    return counts


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    root = tmp_path_factory.mktemp("sample")
    shutil.copytree(REPOSITORY / "content", root / "content")
    settings = (REPOSITORY / "credsite.yaml").read_text(encoding="utf-8")
    # The pictures for shared links take longer than everything else.
    (root / "credsite.yaml").write_text(f"{settings}share_pictures: false\n", encoding="utf-8")
    with like_a_large_site():
        yield root


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site that is large enough for spawned processes without changing any constants."""
    root = tmp_path_factory.mktemp("generated")
    write_site(Catalogue(550), root)
    return root


def built(root: Path, output: Path, way: Way) -> dict[str, bytes]:
    shutil.rmtree(root / ".credsite", ignore_errors=True)
    result = build(Options(root, output, now=NOW, **way._asdict()))
    assert result.failure == ""
    return result.files


@pytest.mark.parametrize(
    ("site", "with_pictures"), [("sample", []), ("generated", ["fork"])], ids=["sample", "generated"]
)
def test_website_is_the_same(
    site: str, with_pictures: list[str], tmp_path: Path, workers: list[int], request: pytest.FixtureRequest
) -> None:
    """Processes are started for reading, for writing, and for share pictures if these are enough for them."""
    root = request.getfixturevalue(site)
    expected = built(root, tmp_path / "one", Way(1))
    assert workers == []
    for way in ELSEWHERE:
        assert built(root, tmp_path / str(way), way) == expected
        assert workers == [way.jobs] * (3 if way.start_method in with_pictures else 2)
        workers.clear()


def test_without_a_cache_the_website_is_the_same(sample: Path, tmp_path: Path, workers: list[int]) -> None:
    expected = built(sample, tmp_path / "one", Way(1))
    result = build(Options(sample, tmp_path / "two", now=NOW, jobs=2, start_method="spawn", no_cache=True))
    assert result.files == expected
    assert workers == [2, 2]


def change_entry(site: Path) -> None:
    with (site / "content/courses/sql.md").open("a") as file:
        file.write("More.\n")


def change_settings(site: Path) -> None:
    with (site / "credsite.yaml").open("a") as file:
        file.write("notice: Something else.\n")


def change_static(site: Path) -> None:
    (site / "static").mkdir()
    (site / "static" / "a.txt").write_text("a")


def remove_settings(site: Path) -> None:
    (site / "credsite.yaml").unlink()


@pytest.mark.parametrize("change", [change_entry, change_settings, change_static, remove_settings])
def test_a_site_that_changes_while_it_is_written(
    change: Callable[[Path], None], tmp_path: Path, workers: list[int]
) -> None:
    """Other processes render what was read first, too."""
    site = small_site(tmp_path)
    expected = built(site, tmp_path / "one", Way(1))
    options = Options(site, tmp_path / "two", now=NOW, jobs=2, start_method="spawn")
    with like_a_large_site():
        found = analyse(options)
        change(site)
        workers.clear()
        write(found, options)
    assert workers == [2]
    assert content_of(tmp_path / "two") == expected


@pytest.mark.parametrize(("jobs", "here"), [(1, True), (2, False)])
def test_templates_are_compiled_once_and_aside_where_there_are_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int, here: bool
) -> None:
    site = small_site(tmp_path)
    monkeypatch.setenv(
        "XDG_CACHE_HOME", str(tmp_path / "caches")
    )  # templates of other tests are not in this one
    log = tmp_path / "compiled"
    compile_template = Environment.compile

    def logged_compile(self: Environment, source: str, name: str, filename: str) -> object:
        with log.open("a") as file:
            file.write(f"{os.getpid()}\n")
        return compile_template(self, source, name, filename)

    monkeypatch.setattr(Environment, "compile", logged_compile)
    options = Options(site, tmp_path / "out", now=NOW, jobs=jobs)
    assert whole_build(options).summary is not None
    (where,) = set(log.read_text().split())
    assert (int(where) == os.getpid()) is here
    log.unlink()
    shutil.rmtree(tmp_path / "out")
    assert whole_build(options).summary is not None
    assert not log.exists()
