"""Each host has a page with the same parts, which names all that its workflow needs."""

from __future__ import annotations

import re

import pytest

from credsite.authoring.hosting.workflows import Workflow, names_of, workflow_files
from credsite.schema.hosts import HOSTS, HostName
from tests.support.paths import REPOSITORY

FOLDER = REPOSITORY / "docs/hosts"
PARTS = ["What you need", "Step by step", "What visitors get", "Limits"]


def page(host: HostName) -> str:
    return (FOLDER / f"{host}.md").read_text(encoding="utf-8")


def test_each_host_has_a_page_that_the_lists_of_hosts_lead_to() -> None:
    assert {file.stem for file in FOLDER.glob("*.md")} == {*HOSTS, "README"}
    overview = (FOLDER / "README.md").read_text(encoding="utf-8")
    publishing = (REPOSITORY / "docs/publishing.md").read_text(encoding="utf-8")
    for host in HOSTS:
        assert f"]({host}.md)" in overview
        assert f"](hosts/{host}.md)" in publishing


@pytest.mark.parametrize("host", HOSTS)
def test_pages_have_the_same_parts_and_the_command(host: HostName) -> None:
    assert re.findall(r"^## (.*)$", page(host), re.MULTILINE) == PARTS
    assert f"credsite host {host} --install-from " in page(host)


@pytest.mark.parametrize("host", HOSTS)
def test_all_that_a_workflow_needs_is_named(host: HostName) -> None:
    files = workflow_files(Workflow(host, "/", "UTC"))
    for name in (*names_of("secrets", files), *names_of("vars", files)):
        assert f"`{name}`" in page(host)
