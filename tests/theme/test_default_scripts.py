"""The layout of the default theme's scripts."""

from __future__ import annotations

import posixpath
import re

import pytest

from credsite.theme.loader import packaged_themes

SCRIPTS = packaged_themes() / "default/assets/js"
IMPORTED = re.compile(r'(?:from |import\(|new URL\(|^import )"(\.[^"]+)"', re.MULTILINE)

ALLOWED = {
    "core": {"core"},
    "ui": {"core", "ui"},
    "shortlist": {"core", "ui", "shortlist"},
    "skills": {"core", "ui", "shortlist", "skills"},
    "search": {"core", "ui", "search", "list", "vendor"},
    "list": {"core", "ui", "shortlist", "search", "list"},
}
"""The folders from which the scripts of a folder may import. Search and list load each other on demand."""


def test_only_what_pages_load_by_itself_is_outside_the_folders() -> None:
    assert {path.name for path in SCRIPTS.glob("*.js")} == {"early.js", "main.js", "matomo.js"}
    assert {path.name for path in SCRIPTS.iterdir() if path.is_dir()} == {*ALLOWED, "vendor"}


@pytest.mark.parametrize("folder", ALLOWED)
def test_a_script_imports_only_from_the_folders_that_its_own_may_use(folder: str) -> None:
    for script in (SCRIPTS / folder).glob("*.js"):
        for path in IMPORTED.findall(script.read_text("utf-8")):
            target = posixpath.normpath(f"{folder}/{path}")
            assert (SCRIPTS / target).is_file(), f"{script.name}: {path}"
            assert target.split("/")[0] in ALLOWED[folder], f"{script.name}: {path}"
