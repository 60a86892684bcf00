"""Reads settings that a test writes into credsite.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from credsite.schema.config import Config
from credsite.schema.config_file import load_config

LEAST_SETTINGS: Final = "title: Short courses\nbase_url: https://courses.test/\n"


def read_settings(folder: Path, text: str | bytes) -> tuple[Config | None, list[tuple[str, str]]]:
    """The configuration, and the codes and keys of its problems."""
    (folder / "credsite.yaml").write_bytes(text.encode() if isinstance(text, str) else text)
    loaded, problems = load_config(folder)
    assert all(problem.location.path == "credsite.yaml" for problem in problems)
    return loaded, [(p.code, ".".join(str(part) for part in p.location.key)) for p in problems]


def valid_settings(folder: Path, text: str) -> Config:
    loaded, problems = read_settings(folder, LEAST_SETTINGS + text)
    assert loaded is not None, problems
    return loaded


def settings_problems(folder: Path, text: str) -> list[tuple[str, str]]:
    loaded, problems = read_settings(folder, LEAST_SETTINGS + text)
    assert loaded is None
    return problems
