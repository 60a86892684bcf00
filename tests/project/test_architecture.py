"""The layers of the house: each imports only what stands above it, and keeps to its one job."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

SOURCE = Path(__file__).parents[2] / "src"
PACKAGE = SOURCE / "credsite"
LONGEST = 450

GROUND = (
    "problems",
    "excerpts",
    "paths",
    "digest",
    "packing",
    "whole_files",
    "errors",
    "values",
    "yaml_text",
    "yaml_advice",
    "front_matter",
    "field_types",
    "patterns",
    "validation",
    "places",
    "processes",
    "versions",
    "signatures",
    "stages",
    "steps",
    "codec",
    "columns",
    "options",
    "locales",
    "wording",
)
ANALYSIS = (
    *GROUND,
    "config",
    "content",
    "catalogue",
    "site",
    "theme",
    "output",
    "state_folder",
    "cache",
    "outputs",
)
BUILD = (*ANALYSIS, "analysis", "making", "report", "standing")
ALLOWED: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(GROUND, GROUND),
    "config": GROUND,
    "content": (*GROUND, "config"),
    "catalogue": (*GROUND, "content.facts", "content.kinds"),
    "site": (*GROUND, "config", "content", "catalogue"),
    "theme": (*GROUND, "config", "site.views"),
    "output": GROUND,
    "state_folder": (*GROUND, "output.seen"),
    "cache": (*GROUND, "content", "state_folder"),
    "outputs": (*GROUND, "config", "site", "theme", "output"),
    "analysis": ANALYSIS,
    "making": (*ANALYSIS, "analysis"),
    "report": (*GROUND, "catalogue.held"),
    "standing": (*GROUND, "catalogue.clock", "output", "state_folder", "cache", "report"),
    "build": BUILD,
    "serve": (*BUILD, "build"),
    "verify": (*BUILD, "build"),
    "health": (*GROUND, "content.facts", "catalogue", "theme.document"),
    "explanations": GROUND,
    "standards": (*GROUND, "config", "content"),
    "links": (*ANALYSIS,),
    "reports": (*GROUND, "explanations"),
    "reference": (*GROUND, "config", "content", "explanations"),
    "forms": (*GROUND, "config", "content", "site", "theme"),
    "importing": (*GROUND, "config", "content", "catalogue"),
    "cli": (
        *BUILD,
        "build",
        "serve",
        "verify",
        "health",
        "reference",
        "explanations",
        "standards",
        "links",
        "reports",
        "forms",
        "importing",
    ),
    "__main__": ("cli",),
    "__init__": (),
}
"""What the modules of each layer may import of ours, beside their own layer."""


class Import(NamedTuple):
    module: str
    line: int


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def modules(*layers: str) -> list[Path]:
    """The files of some layers, or of all."""
    return [file for file in sorted(PACKAGE.rglob("*.py")) if not layers or layer_of(file) in layers]


def layer_of(file: Path) -> str:
    return file.relative_to(PACKAGE).with_suffix("").parts[0]


def name_of(file: Path) -> str:
    return file.relative_to(SOURCE).as_posix()


def imports(file: Path) -> Iterator[Import]:
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            yield from (Import(name.name, node.lineno) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(file)}:{node.lineno} imports relative to itself"
            for name in node.names:
                whole = f"{node.module}.{name.name}"
                yield Import(whole if is_module(whole) else str(node.module), node.lineno)


def is_module(name: str) -> bool:
    path = SOURCE.joinpath(*name.split("."))
    return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()


def is_in(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def test_every_module_belongs_to_a_layer() -> None:
    assert {layer_of(file) for file in modules()} == set(ALLOWED)


@pytest.mark.parametrize("layer", ALLOWED)
def test_layers_import_only_what_is_above_them(layer: str) -> None:
    wrong = []
    for file in modules(layer):
        for found in imports(file):
            if not is_in(found.module, "credsite") or found.module == "credsite":
                continue
            inner = found.module.removeprefix("credsite.")
            if not any(is_in(inner, allowed) for allowed in (layer, *ALLOWED[layer])):
                wrong.append(f"{name_of(file)}:{found.line} imports {found.module}")
    assert wrong == []


def test_a_layer_above_never_imports_one_below() -> None:
    """What is allowed must itself be without circles, but for the ground floor, which is one layer."""
    for layer, allowed in ALLOWED.items():
        for other in allowed:
            if other not in GROUND:
                assert layer not in {name.partition(".")[0] for name in ALLOWED[other.partition(".")[0]]}


def importers(*packages: str) -> set[str]:
    """The layers that import one of some packages."""
    return {
        layer_of(file)
        for file in modules()
        for found in imports(file)
        if any(is_in(found.module, package) for package in packages)
    }


@pytest.mark.parametrize(
    ("packages", "layers"),
    [
        (("jinja2",), {"theme"}),
        (("markdown", "nh3"), {"content"}),
        (("PIL",), {"content"}),
        (("icalendar",), {"theme"}),
        (("openpyxl", "ruamel"), {"importing"}),
        (("click", "rich"), {"cli"}),
        (("starlette", "watchdog"), {"serve"}),
    ],
)
def test_a_library_is_known_in_one_layer_only(packages: tuple[str, ...], layers: set[str]) -> None:
    assert importers(*packages) == layers


@pytest.mark.parametrize("layer", ["catalogue", "site", "health"])
def test_what_is_pure_knows_no_disk_and_no_clock(layer: str) -> None:
    effects = (
        "os",
        "pathlib",
        "io",
        "time",
        "shutil",
        "tempfile",
        "subprocess",
        "socket",
        "random",
        "sqlite3",
    )
    wrong = [
        f"{name_of(file)}:{found.line} imports {found.module}"
        for file in modules(layer)
        for found in imports(file)
        if any(is_in(found.module, package) for package in (*effects, "jinja2", "markdown", "nh3"))
    ]
    wrong += [
        f"{name_of(file)}:{call.lineno} calls {called}"
        for file in modules(layer)
        for call, called in calls(file)
        if called.split(".")[-1]
        in ("now", "today", "utcnow", "open", "read_text", "read_bytes", "write_text", "write_bytes")
    ]
    assert wrong == []


def calls(file: Path) -> Iterator[tuple[ast.Call, str]]:
    """Calls with what they call, as far as that is a dotted name."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Call):
            try:
                called = ast.unparse(node.func)
            except ValueError:
                continue
            yield node, called


def is_tool(file: Path) -> bool:
    """Whether a module is also one that whoever works on credsite runs by itself."""
    return any(isinstance(node, ast.If) and "__main__" in ast.unparse(node.test) for node in tree(file).body)


def test_only_commands_print_and_exit() -> None:
    ends = (
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
    )
    wrong = [
        f"{name_of(file)}:{call.lineno} calls {called}"
        for file in modules(*(set(ALLOWED) - {"cli"}))
        for call, called in calls(file)
        if called in ends and not is_tool(file)
    ]
    assert wrong == []


def test_modules_are_small() -> None:
    lengths = {name_of(file): len(file.read_text(encoding="utf-8").splitlines()) for file in modules()}
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_every_module_but_an_empty_one_says_what_it_is_for() -> None:
    wrong = [name_of(file) for file in modules() if tree(file).body and not ast.get_docstring(tree(file))]
    assert wrong == []
