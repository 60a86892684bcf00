"""The page of what `make torture` tried has every class of harm, or is left as it was."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from tests.support.paths import REPOSITORY
from tests.torture import reliability
from tests.torture.reliability import missing_modules, modules, write_page


@pytest.mark.parametrize("module", modules())
def test_every_class_of_harm_has_a_name_and_a_promise(module: str) -> None:
    found = importlib.import_module(f"tests.torture.{module}")
    assert (found.__doc__ or "").strip().partition("\n")[0].endswith(".")
    assert found.PROMISE.endswith(".")
    assert "\n" not in found.PROMISE


def test_a_module_that_did_not_run_is_missing() -> None:
    assert missing_modules((module, 3, 3) for module in modules()) == []
    assert missing_modules((module, 3, 3) for module in modules()[1:]) == modules()[:1]


def test_the_page_adds_up_the_tests_of_a_module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reliability, "PAGE", tmp_path / "reliability.md")
    text = write_page([("test_payloads", 1000, 999), ("test_payloads", 234, 234)]).read_text(encoding="utf-8")
    assert text.splitlines()[-1].endswith(" | 1,234 | 1,233 |")


def test_the_threat_model_names_the_proof_of_each_class() -> None:
    text = (REPOSITORY / "SECURITY.md").read_text(encoding="utf-8")
    assert [module for module in modules() if f"`{module}`" not in text] == []
