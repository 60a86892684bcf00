"""The form's script: from packages whose checksums are right, asking no other host for its icons."""

from __future__ import annotations

import io
import re
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from credsite.authoring.editors import sveltia
from credsite.authoring.editors.generated_files import has_valid_checksum
from credsite.authoring.editors.sveltia import (
    CMS,
    FONT,
    ICONS,
    PACKAGES,
    SCRIPT,
    download,
    extract_files,
    is_installed,
)
from credsite.core.errors import CredsiteError
from tests.support.tools import form_packages


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return extract_files(form_packages())


def test_what_the_packages_give(files: dict[str, bytes]) -> None:
    script = files[SCRIPT].decode()
    assert has_valid_checksum(files[SCRIPT])
    assert f"url({FONT})" in script
    assert re.findall(r"url\(https?:[^)]*", script) == []
    assert files[FONT].startswith(b"wOF2")
    assert b"MIT License" in files["sveltia-cms-LICENSE.txt"]
    assert (
        b"Apache" in files["material-symbols-LICENSE.txt"] or b"OFL" in files["material-symbols-LICENSE.txt"]
    )


def test_a_damaged_package_is_refused() -> None:
    first, second = form_packages()
    with pytest.raises(CredsiteError, match=r"@sveltia/cms .* checksum is not the one"):
        extract_files([first + b"\0", second])
    with pytest.raises(CredsiteError, match=r"@fontsource/.* is missing"):
        extract_files([first])


def test_files_that_are_there_are_known(tmp_path: Path, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        assert not is_installed(tmp_path)
        (tmp_path / name).write_bytes(data)
    assert is_installed(tmp_path)
    (tmp_path / SCRIPT).write_bytes(files[SCRIPT] + b" ")
    assert not is_installed(tmp_path)
    (tmp_path / SCRIPT).write_bytes(files[SCRIPT].replace(sveltia.SVELTIA_VERSION.encode(), b"0.0.1", 1))
    assert not is_installed(tmp_path)


def test_downloads_come_from_the_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def answer(url: str, timeout: float) -> Any:
        asked.append(url)
        return io.BytesIO(b"bytes")

    monkeypatch.setattr(urllib.request, "urlopen", answer)
    assert [download(package) for package in PACKAGES] == [b"bytes", b"bytes"]
    assert asked == [CMS.url, ICONS.url]
    assert asked[0] == f"https://registry.npmjs.org/@sveltia/cms/-/cms-{sveltia.SVELTIA_VERSION}.tgz"


def test_a_download_that_fails_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(url: str, timeout: float) -> Any:
        raise urllib.error.URLError("no route")

    monkeypatch.setattr(urllib.request, "urlopen", fail)
    with pytest.raises(CredsiteError, match=r"cannot be downloaded: no route\. Get the file in another way"):
        download(CMS)
