"""The command, with processes that begin in a given way and for few items already: ``command fork build SITE ...``.

Writes a line when it is about to begin, so that a test that stops it knows.
"""

from __future__ import annotations

import importlib
import sys

from credsite.build import parallel_render
from credsite.cli import main
from credsite.core import background_task, parallel
from tests.support.sequences import like_a_large_site

if __name__ == "__main__":
    start = sys.argv.pop(1)
    assert start in ("fork", "spawn")
    importlib.import_module("credsite.cli.build")  # which takes a while, and is not yet reading
    for module in (parallel, parallel_render, background_task):
        module.default_start_method = lambda: start  # type: ignore[attr-defined]
    print("begins", flush=True)
    with like_a_large_site():
        main(prog_name="credsite")
