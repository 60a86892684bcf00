"""The page docs/reliability.md: what `make torture` tried, and what was survived."""

from __future__ import annotations

import importlib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from tests.support.paths import REPOSITORY

PAGE = REPOSITORY / "docs" / "reliability.md"

_HEAD = """\
# Reliability

<!-- Written by `make torture`. -->

What credsite promises whatever is put into it, and how often the promise was put to the test. `make torture` tries all
of it, and writes this page; `make test` tries a sample. The cases are in `tests/torture/`, a module for each class.
[Security](../SECURITY.md) says who may write what, and what each part trusts.

| class | what is promised | cases tried | survived |
| ----- | ---------------- | ----------: | -------: |
"""


def modules() -> list[str]:
    """The modules of this package that try something."""
    return sorted(path.stem for path in Path(__file__).parent.glob("test_*.py"))


def missing_modules(counts: Iterable[tuple[str, int, int]]) -> list[str]:
    """The modules that have tried nothing in a run: then the page would leave a class of harm out."""
    return sorted(set(modules()) - {module for module, _, _ in counts})


def write_page(counts: Iterable[tuple[str, int, int]]) -> Path:
    """Write the page. ``counts`` are the module, the cases tried and those survived, of each test.

    Returns the path of the page.
    """
    tried: Counter[str] = Counter()
    survived: Counter[str] = Counter()
    for module, cases, good in counts:
        tried[module] += cases
        survived[module] += good
    rows = [
        f"| {_class_of_harm(module)} | {_promise(module)} | {tried[module]:,} | {survived[module]:,} |\n"
        for module in sorted(tried)
    ]
    PAGE.write_text(_HEAD + "".join(rows), encoding="utf-8")
    return PAGE


def _class_of_harm(module: str) -> str:
    """The docstring's first sentence, without its full stop."""
    return (_imported(module).__doc__ or "").strip().partition("\n")[0].rstrip(".")


def _promise(module: str) -> str:
    return str(vars(_imported(module))["PROMISE"])


def _imported(module: str) -> object:
    return importlib.import_module(f"tests.torture.{module}")
