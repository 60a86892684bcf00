"""The private names of other libraries are not used: they change without notice."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import textwrap
import threading
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import credsite

REPOSITORY = Path(__file__).parents[2]
OWN = ("credsite", "tests", "benchmarks")
DOCUMENTED = {"_asdict", "_exit", "_fields", "_make", "_replace"}
"""Public names in spite of the underscore: those of named tuples, and os._exit."""
FILES = [file for folder in OWN for file in sorted((REPOSITORY / folder).rglob("*.py"))] + sorted(
    (REPOSITORY / "src").rglob("*.py")
)


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__") and name not in DOCUMENTED


def is_own(module: str | None) -> bool:
    return (module or "").partition(".")[0] in OWN


def private_uses(tree: ast.Module) -> Iterator[str]:
    """Private modules and names that are imported from other libraries, and private attributes of imported names."""
    imported = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and not is_own(node.module):
            imported |= {alias.asname or alias.name for alias in node.names}
            names = [*(node.module or "").split("."), *(alias.name for alias in node.names)]
            yield from (f"{node.lineno}: {name}" for name in names if is_private(name))
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if not is_own(alias.name):
                    imported.add(alias.asname or alias.name.partition(".")[0])
                    yield from (
                        f"{node.lineno}: {name}" for name in alias.name.split(".") if is_private(name)
                    )
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and is_private(node.attr):
            owner = ast.unparse(node.value).partition(".")[0]
            if owner in imported:
                yield f"{node.lineno}: {ast.unparse(node)}"


def modules() -> Iterator[ModuleType]:
    for info in pkgutil.walk_packages(credsite.__path__, "credsite."):
        if not info.name.endswith("__main__"):
            yield importlib.import_module(info.name)


def private_uses_of_bases(kind: type) -> Iterator[str]:
    """Private names of a base class from another library that ``kind`` overrides or uses."""
    inherited = {name for base in kind.__mro__ if not is_own(base.__module__) for name in vars(base)}
    used = set()
    for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(kind)))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            used.add(node.name)
        elif isinstance(node, ast.Attribute) and ast.unparse(node.value) in ("self", "cls", "super()"):
            used.add(node.attr)
    yield from (f"{kind.__qualname__}: {name}" for name in sorted(used & inherited) if is_private(name))


@pytest.mark.parametrize(
    "source", ["from a._b import c", "from a import _b", "import a._b", "import a\na.b._c()"]
)
def test_private_uses_are_found(source: str) -> None:
    assert list(private_uses(ast.parse(source))) != []


class Overriding(threading.Thread):
    def _bootstrap(self) -> None: ...


def test_private_uses_of_a_base_class_are_found() -> None:
    assert list(private_uses_of_bases(Overriding)) == ["Overriding: _bootstrap"]


def test_no_private_name_of_another_library_is_imported_or_used() -> None:
    uses = [
        f"{file.relative_to(REPOSITORY)}:{use}"
        for file in FILES
        if "sites" not in file.parts
        for use in private_uses(ast.parse(file.read_text(encoding="utf-8")))
    ]
    assert uses == []


def test_no_private_name_of_a_base_class_is_overridden_or_used() -> None:
    kinds = [
        kind
        for module in modules()
        for _, kind in inspect.getmembers(module, inspect.isclass)
        if kind.__module__ == module.__name__
        and any(not is_own(base.__module__) and base.__module__ != "builtins" for base in kind.__mro__)
    ]
    assert [use for kind in kinds for use in private_uses_of_bases(kind)] == []
