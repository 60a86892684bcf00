"""Runs credsite with a given start method, and with several processes even for few items: ``command fork build SITE ...``.

Prints a line just before it begins, so that a test knows when to stop it.
"""

from __future__ import annotations

import importlib
import sys

from credsite.build import pipeline
from credsite.cli import main
from credsite.core import parallel, processes
from tests.support.sequences import like_a_large_site

if __name__ == "__main__":
    start = sys.argv.pop(1)
    assert start in ("fork", "spawn")
    importlib.import_module(
        "credsite.cli.build"
    )  # takes a while, and must be done before the line is printed
    for module in (parallel, pipeline, processes):
        module.default_start_method = lambda: start  # type: ignore[attr-defined]
    print("begins", flush=True)
    with like_a_large_site():
        main(prog_name="credsite")
