"""`credsite check --links` and `--external-links`."""

from __future__ import annotations

import json
import shutil
import socket
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from credsite.audit.links.crawler import CrawlPolicy
from credsite.audit.links.request import Answer, ask
from credsite.cli import check_links
from tests.support.cli import Run
from tests.support.other_server import Server, serving
from tests.support.paths import REPOSITORY, SITES

ABOUT = "content/pages/about.md"
COURSE = "content/courses/first-aid.md"
THIS_COMPUTER = "127.0.0.1"


@pytest.fixture
def minimal(tmp_path: Path) -> Path:
    """A site without any link."""
    return Path(shutil.copytree(SITES / "good-minimal", tmp_path / "minimal"))


def names_mean_this_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Resolve all names of hosts to this computer."""
    resolved = socket.getaddrinfo
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda _host, *rest, **more: resolved(THIS_COMPUTER, *rest, **more)
    )


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server of this computer, which may be asked for once. Its name is that of another website."""
    monkeypatch.setattr(check_links, "ask", partial(ask, allowed=lambda address: address == THIS_COMPUTER))
    names_mean_this_computer(monkeypatch)
    monkeypatch.setattr(check_links, "CRAWL_POLICY", CrawlPolicy(delay=0.0))
    with serving() as started:
        yield replace(started, url=started.url.replace(THIS_COMPUTER, "another.test"))


def add(site: Path, path: str, *, keys: str = "", text: str = "") -> None:
    """Put keys and text at the ends of a file's two halves."""
    before, _, body = (site / path).read_text().removeprefix("---\n").partition("---\n")
    (site / path).write_text(f"---\n{before}{keys}---\n{body}{text}")


def problems(run: Run, site: Path, *options: str) -> list[tuple[str, int, str]]:
    """What is found, as path, line and code."""
    result = run("check", site, "--format", "json", *options)
    return [(one["path"], one["line"], one["code"]) for one in json.loads(result.stdout)["problems"]]


def test_links_to_parts_of_pages_are_checked(run: Run, minimal: Path) -> None:
    text = (
        "[a](/courses/#main_content) [b](/courses/#nowhere)\n\n[c](https://courses.test/courses/first-aid/#nowhere-too)\n\n"
        "[d](https://courses.test/lost/) [e](https://courses.test/)\n\n[f](/courses/#top) [g](/#:~:text=one)\n"
    )
    add(minimal, ABOUT, text=text)
    found = [(ABOUT, 5, "broken-link"), (ABOUT, 7, "broken-link"), (ABOUT, 9, "broken-link")]
    assert problems(run, minimal) == found
    assert problems(run, minimal, "--links") == found
    said = run("check", minimal, "--links").stdout
    assert "There is no part `#nowhere` on the page /courses/." in said
    assert "There is no page https://courses.test/lost/ on this site." in said


def test_links_of_the_settings_to_parts_of_pages_are_checked(run: Run, minimal: Path) -> None:
    settings = minimal / "credsite.yaml"
    lines = len(settings.read_text().splitlines())
    menu = "menu: [{label: A, url: /courses/#nowhere}, {label: B, url: /courses/#main_content}]\n"
    text = "notice: See [us](/courses/#gone) and [more](page:about#none).\n"
    settings.write_text(f"{settings.read_text()}{menu}{text}")
    found = [("credsite.yaml", lines + 1, "broken-link"), *[("credsite.yaml", lines + 2, "broken-link")] * 2]
    assert problems(run, minimal) == found


def test_addresses_in_the_settings_are_asked(run: Run, minimal: Path, server: Server) -> None:
    settings = minimal / "credsite.yaml"
    lines = len(settings.read_text().splitlines())
    menu = f"menu: [{{label: A, url: '{server.url}/menu'}}]\n"
    text = f"notice: See [us]({server.url}/notice).\n"
    settings.write_text(f"{settings.read_text()}{menu}{text}")
    found = [("credsite.yaml", lines + 1, "link-dead"), ("credsite.yaml", lines + 2, "link-dead")]
    assert problems(run, minimal, "--external-links") == found


def test_addresses_in_own_texts_are_asked(run: Run, minimal: Path, server: Server) -> None:
    with (minimal / "credsite.yaml").open("a") as settings:
        settings.write("fields: {page: {access: markdown}}\n")
    add(minimal, ABOUT, keys=f"access: See [us]({server.url}/access).\n")
    assert problems(run, minimal, "--external-links") == [(ABOUT, 4, "link-dead")]


def test_other_websites_are_asked_only_on_demand(run: Run, minimal: Path, server: Server) -> None:
    add(minimal, COURSE, keys=f"enrol_url: {server.url}/gone\n")
    assert problems(run, minimal, "--links") == []
    assert server.asked == []


def test_dead_and_moved_links_have_their_location(run: Run, minimal: Path, server: Server) -> None:
    server.on("/new")
    old, there, gone = server.on("/old", 301, Location="/new"), server.on("/there"), f"{server.url}/gone"
    add(
        minimal,
        COURSE,
        keys=f"enrol_url: {gone}\ncontact: {there}\nquality_assurance: {{name: We, url: '{gone}#x'}}\n",
    )
    add(minimal, "content/providers/harbour-college.md", keys=f"url: {old}\n")
    add(minimal, ABOUT, text=f"[one]({there}) and [two]({gone}?a=1&b=2)\n\n<{old}#part>\n")
    add(minimal, "content/pages/about.md", text="[mail](mailto:a@b.example)\n")
    with (minimal / "credsite.yaml").open("a") as settings:
        settings.write(f"contact: {gone}\n")
    found = problems(run, minimal, "--external-links")
    course = (minimal / COURSE).read_text().split("\n")
    line = next(number for number, text in enumerate(course, 1) if text.startswith("enrol_url"))
    assert found == [
        (COURSE, line, "link-dead"),
        (COURSE, line + 2, "link-dead"),
        (ABOUT, 5, "link-dead"),
        (ABOUT, 7, "link-moved"),
        ("content/providers/harbour-college.md", 3, "link-moved"),
        ("credsite.yaml", 3, "link-dead"),
    ]
    assert sorted(set(server.asked)) == sorted(
        {
            "HEAD /gone",
            "GET /gone",
            "HEAD /gone?a=1&b=2",
            "GET /gone?a=1&b=2",
            "HEAD /new",
            "HEAD /old",
            "HEAD /there",
        }
    )


def test_a_second_check_asks_nothing_and_says_the_same(run: Run, minimal: Path, server: Server) -> None:
    server.on("/new")
    add(minimal, ABOUT, text=f"[a]({server.url}/gone) [b]({server.on('/old', 308, Location='/new')}#c)\n")
    first = run("check", minimal, "--external-links")
    count = len(server.asked)
    second = run("check", minimal, "--external-links")
    assert first.stdout == second.stdout
    assert "cannot be opened: the other website answers 404, Not Found." in " ".join(first.stdout.split())
    assert f"Did you mean `{server.url}/new#c`?" in " ".join(first.stdout.split())
    assert len(server.asked) == count == 4
    assert {file.name for file in (minimal / ".credsite").iterdir()} == {"links.json", ".gitignore"}


def test_an_address_without_markup_is_a_link(run: Run, minimal: Path, server: Server) -> None:
    server.on("/plain")
    add(minimal, ABOUT, text=f"More at {server.url}/plain.\n")
    result = run("check", minimal, "--external-links")
    assert (result.stdout, server.asked) == ("No problems.\n", ["HEAD /plain"])


def test_what_only_looks_like_a_link_is_not_asked(run: Run, minimal: Path, server: Server) -> None:
    text = f'`<a href="{server.url}/code">` and `{server.url}/plain`\n\n    <a href="{server.url}/block">\n'
    add(minimal, ABOUT, text=text)
    keys = "occupations:\n  - {scheme: esco, code: 'http://data.europa.eu/esco/occupation/1', name: Nurse}\n"
    add(minimal, COURSE, keys=keys)
    result = run("check", minimal, "--external-links")
    assert (result.stdout, result.stderr, server.asked) == ("No problems.\n", "", [])


def test_no_link_of_the_sample_catalogue_is_broken(run: Run) -> None:
    assert "broken-link" not in run("check", REPOSITORY, "--links").stdout


def test_private_addresses_are_not_asked_and_no_problem(
    run: Run, minimal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names_mean_this_computer(monkeypatch)
    with serving() as server:
        url = server.url.replace(THIS_COMPUTER, "intranet.test")
        add(minimal, ABOUT, text=f"[a]({url}/) [b](http://169.254.169.254/latest/)\n")
        result = run("check", minimal, "--external-links")
        assert server.asked == []
    assert (result.exit_code, result.stdout) == (0, "No problems.\n")
    assert (
        result.stderr == "2 addresses were not asked: only this computer or its network could reach them.\n"
    )


def test_a_missing_network_is_reported_in_one_sentence(
    run: Run, minimal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check_links, "ask", lambda _: Answer("unreached"))
    add(minimal, ABOUT, text="[a](https://a.example/) [b](https://b.example/)\n")
    result = run("check", minimal, "--external-links")
    assert (result.exit_code, result.stdout) == (0, "No problems.\n")
    assert result.stderr.count("\n") == 1
    assert result.stderr.startswith("No other website could be reached")
    assert not (minimal / ".credsite").exists()


def test_broken_settings_ask_nobody(run: Run, minimal: Path) -> None:
    (minimal / "credsite.yaml").write_text("title: [\n")
    assert run("check", minimal, "--external-links").exit_code == 1
