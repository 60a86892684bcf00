"""The layout of the source: packages import only from those before them, there are no circular imports, and modules are small.

``python -m tests.project.test_architecture`` draws the picture in docs/architecture.md again.
"""

from __future__ import annotations

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.support.imports import (
    PACKAGES,
    imports,
    mermaid,
    module_graph,
    modules,
    package_graph,
    package_of,
    sorted_modules,
    tree,
)
from tests.support.paths import PACKAGE, REPOSITORY
from tests.support.report import listed

LONGEST_MODULE = 430
LONGEST_FUNCTION = 60
DOCUMENT = REPOSITORY / "docs/architecture.md"
PICTURE = re.compile(r"(?<=```mermaid\n).*?(?=\n```)", re.DOTALL)

MODULES = modules()
FLOORS = {package: floor for floor, names in enumerate(PACKAGES) for package in names}
ROOT_FILES = {"__init__.py", "__main__.py", "py.typed"}


@cache
def graph() -> dict[str, set[str]]:
    """The modules that each module imports. It is not read while tests are collected, because every worker collects all tests."""
    return module_graph(MODULES)


def where(file: Path) -> str:
    return file.relative_to(PACKAGE).as_posix()


def files(*packages: str) -> list[Path]:
    """The files of some packages or of paths such as ``audit/report``, or all files."""
    if not packages:
        return list(MODULES.values())
    return [
        file
        for file in MODULES.values()
        if any(f"/{where(file)}".startswith(f"/{package}/") for package in packages)
    ]


def is_in(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def test_at_the_root_there_is_nothing_but_the_packages() -> None:
    found = {entry.name for entry in PACKAGE.iterdir() if entry.name != "__pycache__"}
    assert found == {*FLOORS, *ROOT_FILES}


def test_a_package_imports_only_those_before_it() -> None:
    faults = [
        f"{module} imports {target}"
        for module, targets in graph().items()
        for target in targets
        if package_of(module) != package_of(target)
        and FLOORS.get(package_of(module), len(FLOORS)) <= FLOORS.get(package_of(target), -1)
    ]
    assert not faults, listed(faults)


def test_no_modules_import_in_circles() -> None:
    """Imports for type checkers only count too, because readers of the code must follow them as well."""
    order = sorted_modules(graph())  # raises CycleError, which names the circle
    assert set(order) == set(MODULES)


def test_a_circle_would_be_found(tmp_path: Path) -> None:
    package = tmp_path / "credsite"
    package.mkdir()
    (package / "one.py").write_text(
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from credsite.two import b\n"
    )
    (package / "two.py").write_text("def b():\n    from credsite import one\n")
    with pytest.raises(ValueError, match="cycle"):
        sorted_modules(module_graph(modules(package)))


@pytest.mark.parametrize(
    ("package", "other", "seam"),
    [("catalogue", "content", "credsite.content.records"), ("theme", "site", "credsite.site.views")],
)
def test_a_seam_is_all_that_one_package_sees_of_another(package: str, other: str, seam: str) -> None:
    faults = [
        f"{module} imports {target}"
        for module, targets in graph().items()
        for target in targets
        if package_of(module) == package and package_of(target) == other and not is_in(target, seam)
    ]
    assert not faults, listed(faults)


def importers(*libraries: str) -> set[str]:
    """The packages in which one of some libraries is imported."""
    return {
        package_of(module)
        for module, file in MODULES.items()
        for found in imports(file, MODULES)
        if any(is_in(found.module, library) for library in libraries)
    }


@pytest.mark.parametrize(
    ("libraries", "packages"),
    [
        (("jinja2", "markupsafe"), {"theme"}),
        (("yaml",), {"schema", "problems", "authoring"}),  # texts of explanations, settings of the form
        (("markdown", "nh3"), {"content"}),
        (("PIL",), {"content", "schema"}),  # pictures; names of colours, where one is written
        (("icalendar",), {"theme"}),
        (("openpyxl", "ruamel"), {"authoring"}),
        (("sqlite3",), {"build"}),
        (("click", "rich"), {"cli"}),
        (("starlette", "uvicorn", "watchdog"), {"serve"}),
    ],
)
def test_a_library_is_known_in_one_package_only(libraries: tuple[str, ...], packages: set[str]) -> None:
    assert importers(*libraries) == packages


EFFECTS = ("os", "pathlib", "io", "time", "shutil", "tempfile", "subprocess", "socket", "random", "sqlite3")
EFFECTFUL_CALLS = {"now", "today", "utcnow", "open", "read_text", "read_bytes", "write_text", "write_bytes"}


@pytest.mark.parametrize("package", ["catalogue", "site", "audit/report"])
def test_what_is_pure_knows_no_disk_and_no_clock(package: str) -> None:
    faults = [
        f"{where(file)}:{found.line} imports {found.module}"
        for file in files(package)
        for found in imports(file, MODULES)
        if any(is_in(found.module, library) for library in (*EFFECTS, "jinja2", "markdown", "nh3"))
    ]
    faults += [
        f"{where(file)}:{call.lineno} calls {called}"
        for file in files(package)
        for call, called in calls(file)
        if called.split(".")[-1] in EFFECTFUL_CALLS
    ]
    assert not faults, listed(faults)


def calls(file: Path) -> Iterator[tuple[ast.Call, str]]:
    """The calls in a file, each with the source of what is called."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Call):
            yield node, ast.unparse(node.func)


def is_tool(file: Path) -> bool:
    """Whether a module is also a script for developers."""
    return any(isinstance(node, ast.If) and "__main__" in ast.unparse(node.test) for node in tree(file).body)


def test_only_commands_print_and_exit() -> None:
    ends = {
        "print",
        "exit",
        "quit",
        "sys.exit",
        "os._exit",
        "os.abort",
        "SystemExit",
        "sys.stdout.write",
        "sys.stderr.write",
        "input",
    }
    faults = [
        f"{where(file)}:{call.lineno} calls {called}"
        for module, file in MODULES.items()
        for call, called in calls(file)
        if package_of(module) not in ("", "cli") and called in ends and not is_tool(file)
    ]
    assert not faults, listed(faults)


def test_modules_are_small() -> None:
    lengths = {where(file): len(file.read_text(encoding="utf-8").splitlines()) for file in files()}
    faults = [f"{name} has {length} lines" for name, length in lengths.items() if length > LONGEST_MODULE]
    assert not faults, listed(faults)


def test_a_function_fits_on_a_screen() -> None:
    faults = [
        f"{where(file)}:{node.lineno} {node.name} has {length} lines"
        for file in files()
        for node in ast.walk(tree(file))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or node.lineno) - node.lineno + 1) > LONGEST_FUNCTION
    ]
    assert not faults, listed(faults)


def test_every_module_says_what_it_is_for() -> None:
    faults = [where(file) for file in files() if not ast.get_docstring(tree(file))]
    assert not faults, listed(faults)


def public_names(file: Path) -> Iterator[str]:
    """The public names that a module defines at its top level."""
    for node in tree(file).body:
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                names = [name]
            case ast.Assign(targets=targets):
                names = [target.id for target in targets if isinstance(target, ast.Name)]
            case ast.AnnAssign(target=ast.Name(id=name)):
                names = [name]
            case _:
                names = []
        yield from (name for name in names if not name.startswith("_"))


def test_a_public_name_has_one_home() -> None:
    homes: dict[str, list[str]] = defaultdict(list)
    for file in files():
        for name in public_names(file):
            homes[name].append(where(file))
    # Click finds the commands by the first name, and Python the entry point by the second.
    faults = [
        f"{name}: {', '.join(found)}"
        for name, found in homes.items()
        if len(found) > 1 and name not in ("command", "main")
    ]
    assert not faults, listed(faults)


PRIVATE = re.compile(r"_(?!_|fields$|make$|replace$)")
"""The exceptions are public names of named tuples, which begin with an underscore so that fields can have any name."""


def private_uses(file: Path) -> Iterator[tuple[int, str]]:
    """Where a module uses a private name that it does not define: as an import, or as an attribute."""
    own = {
        name
        for node in ast.walk(tree(file))
        for name in (
            [node.name]
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
            else [node.attr]
            if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
            else [node.id]
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
            else []
        )
    }
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.ImportFrom):
            names = (*str(node.module).split("."), *(name.name for name in node.names))
            yield from ((node.lineno, name) for name in names if PRIVATE.match(name))
        elif isinstance(node, ast.Attribute) and PRIVATE.match(node.attr) and node.attr not in own:
            yield node.lineno, ast.unparse(node)


def test_no_private_name_of_another_module_or_library_is_used() -> None:
    """Names that begin with an underscore may be missing in the next version."""
    faults = [
        f"{where(file)}:{line} uses {name}"
        for file in files()
        for line, name in private_uses(file)
        if not name.startswith("self.")
    ]
    assert not faults, listed(faults)


def test_the_picture_in_the_documentation_is_true() -> None:
    found = PICTURE.search(DOCUMENT.read_text(encoding="utf-8"))
    assert found, "docs/architecture.md has no picture of the packages"
    assert found[0] == mermaid(package_graph(graph())), (
        "The picture in docs/architecture.md is out of date: run `make docs`."
    )


def main() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    DOCUMENT.write_text(PICTURE.sub(mermaid(package_graph(graph())), text), encoding="utf-8")
    sys.stdout.write(f"{DOCUMENT}: the picture of the packages\n")


if __name__ == "__main__":
    main()
