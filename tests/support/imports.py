"""The imports between modules in ``src/credsite``, read from the source without importing it."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Final, NamedTuple

from tests.support.paths import PACKAGE

PACKAGES: Final = (
    ("core",),
    ("problems",),
    ("schema",),
    ("content",),
    ("catalogue",),
    ("site",),
    ("theme",),
    ("hooks",),
    ("build",),
    ("serve", "audit", "authoring", "publishing"),
    ("cli",),
)
"""The packages in order: a module imports only from its own package and from those before it. Packages in one tuple are peers."""


class Import(NamedTuple):
    """``module`` is the imported module, or the one from which a name is imported. Lines begin with 1."""

    module: str
    line: int


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def modules(package: Path = PACKAGE) -> dict[str, Path]:
    """The files of all modules by their dotted names."""
    found = {}
    for file in sorted(package.rglob("*.py")):
        parts = file.relative_to(package.parent).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = file
    return found


def imports(file: Path, own: Mapping[str, Path]) -> Iterator[Import]:
    """All imports in a file, including those inside functions and those for type checkers only."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            yield from (Import(name.name, node.lineno) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                raise ValueError(f"{file}:{node.lineno} imports relative to itself")
            for name in node.names:
                whole = f"{node.module}.{name.name}"
                yield Import(whole if whole in own else str(node.module), node.lineno)


def package_of(module: str) -> str:
    """``content`` for ``credsite.content.markdown.body``; "" for a module at the root."""
    return module.split(".")[1] if "." in module else ""


def module_graph(own: Mapping[str, Path]) -> dict[str, set[str]]:
    """The modules of the project that each module imports."""
    return {
        name: {found.module for found in imports(file, own) if found.module in own} - {name}
        for name, file in own.items()
    }


def package_graph(graph: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """The packages that each package imports."""
    packages: dict[str, set[str]] = {name: set() for floor in PACKAGES for name in floor}
    for module, targets in graph.items():
        if package_of(module) in packages:
            packages[package_of(module)] |= {package_of(target) for target in targets} - {
                package_of(module),
                "",
            }
    return packages


def sorted_modules(graph: Mapping[str, set[str]]) -> list[str]:
    """All modules, each after those that it imports. Raises graphlib.CycleError where some import each other."""
    return list(TopologicalSorter(graph).static_order())


def mermaid(packages: Mapping[str, set[str]]) -> str:
    """The packages as a Mermaid flowchart. Arrows that follow from other arrows are left out."""
    lines = ["flowchart BT"]
    for floor in PACKAGES:
        lines.append("  " + " ~~~ ".join(floor) if len(floor) > 1 else f"  {floor[0]}")
    for package in (name for floor in reversed(PACKAGES) for name in floor):
        direct = packages[package]
        indirect = {target for other in direct for target in _all_below(other, packages)}
        lines += [f"  {package} --> {target}" for target in sorted(direct - indirect)]
    return "\n".join(lines)


def _all_below(package: str, packages: Mapping[str, set[str]]) -> set[str]:
    return {target for direct in packages[package] for target in {direct, *_all_below(direct, packages)}}
