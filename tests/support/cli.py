"""Runs credsite in the process of the tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner, Result

from credsite.cli import main

Run = Callable[..., Result]


def run_credsite(*arguments: str | Path) -> Result:
    """Run ``credsite`` with arguments. Raises any exception except SystemExit."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)
