from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from credsite.core.code_version import code_digest, program_digest
from tests.support.small_site import small_site

BUILD = """
import sys
sys.version = {version!r}
from credsite.cli import main
main(["build", {site!r}, "--now", "2027-01-15", "--no-cache", "--output", {output!r}])
"""


@pytest.fixture(autouse=True)
def _not_cached() -> None:
    for digest in (code_digest, program_digest):
        digest.cache_clear()


def test_another_release_of_python_uses_no_results_of_this_one(monkeypatch: pytest.MonkeyPatch) -> None:
    before = code_digest()
    code_digest.cache_clear()
    monkeypatch.setattr(sys, "version", "3.99.1 (main)")
    assert code_digest() != before


def test_the_program_is_the_same_in_another_release_of_python(monkeypatch: pytest.MonkeyPatch) -> None:
    before = program_digest()
    program_digest.cache_clear()
    monkeypatch.setattr(sys, "version", "3.99.1 (main)")
    monkeypatch.setattr(sys, "path", [*sys.path, str(Path(__file__).parent)])
    assert program_digest() == before


def test_the_way_in_which_a_library_was_installed_does_not_matter(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    digests = set()
    for name in ("Jinja2-3.1.6", "jinja2-3.1.6"):
        folder = tmp_path / name
        (folder / f"{name}.dist-info").mkdir(parents=True)
        monkeypatch.setattr(sys, "path", [str(folder), *sys.path])
        program_digest.cache_clear()
        digests.add(program_digest())
    assert len(digests) == 1


def test_another_version_of_a_library_is_another_program(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = program_digest()
    program_digest.cache_clear()
    (tmp_path / "jinja2-99.dist-info").mkdir()
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    assert program_digest() != before


def test_the_website_is_the_same_in_each_release_of_python(tmp_path: Path) -> None:
    site = small_site(tmp_path)
    settings = site / "credsite.yaml"
    settings.write_text(settings.read_text().replace("Small Courses", "Small \U0001fae8 Courses"))
    websites = []
    for version in ("3.11.7 (main, May  9 2026) [GCC 12.2.0]", "3.13.2 (main) [Clang 18]"):
        output = tmp_path / version[:6]
        code = BUILD.format(version=version, site=str(site), output=str(output))
        subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, timeout=120)
        websites.append(
            {
                path.relative_to(output).as_posix(): path.read_bytes()
                for path in output.rglob("*")
                if path.is_file() and not path.name.startswith(".credsite")
            }
        )
    assert websites[0] == websites[1]
    assert any(name.startswith("data/courses.") for name in websites[0])
