"""Files in ``static/`` that were perhaps not meant to be published."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from credsite.build.options import Options
from credsite.build.pipeline import build
from credsite.content.discovery import find_static
from credsite.content.image_inspection import InspectionCache
from credsite.content.static_checks import static_problems
from credsite.problems.model import Severity

KEY = "-----BEGIN {} KEY-----\nx\n"


def told(site: Path, files: dict[str, str], cache: InspectionCache | None = None) -> list[tuple[str, str]]:
    for path, text in files.items():
        (site / "static" / path).parent.mkdir(parents=True, exist_ok=True)
        (site / "static" / path).write_text(text)
    found = [(file.path, file.digest) for file in find_static(site)[0]]
    problems = static_problems(site, found, cache or InspectionCache())
    return [(problem.code, problem.location.path.removeprefix("static/")) for problem in problems]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a/id_rsa", ""), ("ID_ED25519", ""), ("prod.env", ""), ("env", ""), ("a.p12", ""), ("a.kdbx", ""),
        ("aws/credentials", ""), ("client_secret_12.json", "{}"), ("secrets.yaml", ""), ("_netrc", ""), ("a.tfstate", ""),
    ],
)  # fmt: skip
def test_names_of_files_with_passwords(tmp_path: Path, name: str, text: str) -> None:
    assert told(tmp_path, {name: text}) == [("secret-file", name)]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        *((f"key{end}", KEY.format("RSA PRIVATE")) for end in (".pem", ".key", ".txt", "", ".asc")),
        *((f"{kind}.pem", KEY.format(f"{kind}PRIVATE")) for kind in ("EC ", "OPENSSH ", "ENCRYPTED ")),
        ("id_rsa", KEY.format("OPENSSH PRIVATE")), ("a.ppk", "PuTTY-User-Key-File-3: ssh-ed25519"),
    ],
)  # fmt: skip
def test_private_keys(tmp_path: Path, name: str, text: str) -> None:
    assert told(tmp_path, {name: text}) == [("private-key", name)]


@pytest.mark.parametrize("keep_going", [False, True])
def test_a_private_key_is_never_published(site: Path, keep_going: bool) -> None:
    (site / "static").mkdir()
    (site / "static/server.key").write_text(KEY.format("PRIVATE"))
    (site / "static/hello.txt").write_text("Hello")
    result = build(Options(site, keep_going=keep_going))
    assert [problem.code for problem in result.problems if problem.severity is Severity.ERROR] == [
        "private-key"
    ]
    assert (site / "public/hello.txt").exists() is keep_going
    assert not (site / "public/server.key").exists()


def test_no_false_alarm(tmp_path: Path) -> None:
    harmless = {
        **{"id_rsa.pub": "ssh-rsa x", "ca.pem": KEY.format("PUBLIC"), "keys.csv": "a", "envelope.pdf": "%PDF"},
        **{"robots.txt": "User-agent: *", "CNAME": "courses.test", "google1234.html": "google-site-verification"},
        **{"plain.html": "<p>one = two, on Monday</p>", "a.svg": "<svg><path d='M0'/></svg>", "feed.xml": "<rss/>"},
        **{"credentials.csv": "a", "credentials.json": "{}", "secrets.html": "<p>a"},
        "admin/cms.js": "/* credsite-checksum-00000000000000000000000000000000 */ go()",
    }  # fmt: skip
    assert told(tmp_path, harmless) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [("a.js", ""), ("A.MJS", ""), ("a.html", "<SCRIPT src=x>"), ("a.svg", "<svg><svg:script/></svg>"),
     ("a.htm", "<p\nonclick = 'x'>"), ("a.xhtml", "<a href='JavaScript:x'>"),
     ("a.svg", "<\0s\0c\0r\0i\0p\0t\0>\0"), ("a.xht", "<script/>"), ("a.shtml", "<script/>")],
)  # fmt: skip
def test_scripts(tmp_path: Path, name: str, text: str) -> None:
    assert told(tmp_path, {name: text}) == [("static-script", "static")]


def test_all_scripts_are_told_of_at_once(tmp_path: Path) -> None:
    assert told(tmp_path, {f"{number}.js": str(number) for number in range(5)}) == [
        ("static-script", "static")
    ]


def test_what_is_hidden_is_told_of_too(tmp_path: Path) -> None:
    assert told(tmp_path, {".env": "", ".git/config": ""}) == [
        ("secret-file", ".env"),
        ("secret-file", ".git"),
    ]


def test_private_files_in_deeper_folders_are_told_of_too(tmp_path: Path) -> None:
    files = {"app/.env": "", "app/.git/config": "", "app/pages/deep/index.txt": "Hello", "app/pages/.env": ""}
    assert told(tmp_path, files) == [
        ("secret-file", "app/.env"),
        ("secret-file", "app/.git"),
        ("secret-file", "app/pages/.env"),
    ]


def test_bytes_are_looked_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = InspectionCache()
    files = {"a.html": "<script>", "b.pem": KEY.format("PRIVATE")}
    first = told(tmp_path, files, cache)
    monkeypatch.setattr("credsite.content.static_checks.read_regular", None)
    assert told(tmp_path, files, InspectionCache(cache.stored())) == first


def test_a_file_that_became_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "static").mkdir()
    os.mkfifo(tmp_path / "static/a.html")
    assert list(static_problems(tmp_path, [("static/a.html", "x")], InspectionCache())) == []
