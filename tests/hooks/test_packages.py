"""Hooks of installed packages."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from credsite.hooks import packages
from credsite.hooks.loading import Hooks
from tests.hooks.conftest import IMPORTS, found

CODE = f"{IMPORTS}@hook\ndef credsite_checks():\n    return CheckHook('own-quay', print, 'Meaning.')\n"


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of an installed package that offers the hooks `quay`."""
    metadata = tmp_path / "quay_hooks-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: quay-hooks\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text("[credsite]\nquay = quay_hooks_of_a_test\n")
    package = tmp_path / "quay_hooks_of_a_test"
    package.mkdir()
    (package / "__init__.py").write_text(CODE)
    monkeypatch.syspath_prepend(tmp_path)
    packages.forget_packages()
    yield package
    sys.modules.pop(package.name, None)
    packages.forget_packages()


def test_a_package_is_loaded_only_where_it_is_named(installed: Path, tmp_path: Path) -> None:
    assert "quay" in packages.package_names()
    assert installed.name not in sys.modules
    hooks = Hooks(tmp_path, ["quay"])
    assert (list(hooks.codes), hooks.problems) == (["own-quay"], [])
    assert packages.are_up_to_date(hooks.packages)
    (installed / "more.py").write_text("")
    assert not packages.are_up_to_date(hooks.packages)


def test_a_package_that_fails_is_told_of_at_its_name(installed: Path, tmp_path: Path) -> None:
    (installed / "__init__.py").write_text("1 / 0\n")
    hooks = Hooks(tmp_path, ["quay", "qay"])
    assert [(one.location.path, one.location.key) for one in hooks.problems] == [
        ("credsite.yaml", ("hooks", 0)),
        ("credsite.yaml", ("hooks", 1)),
    ]
    assert "(__init__.py, line 1): ZeroDivisionError" in hooks.problems[0].message
    assert found(hooks, 200)[1][2].endswith("Did you mean `quay`?")


def test_a_package_that_is_gone_is_not_up_to_date(installed: Path, tmp_path: Path) -> None:
    known = Hooks(tmp_path, ["quay"]).packages
    (installed.parent / "quay_hooks-1.0.dist-info/entry_points.txt").write_text("")
    packages.forget_packages()
    assert not packages.are_up_to_date(known)
