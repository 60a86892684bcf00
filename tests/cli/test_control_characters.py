"""Whatever names and texts hold, no terminal and no log of a build server obeys it."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from credsite.cli.streams import one_line, safe_text, styled, without_commands
from credsite.problems.tables import json_document
from tests.support.small_site import small_site

STEERING = "\x1b[8m\x1b]0;title\x07\x08\r\x7f\x85\x9b31m\u2028\u202e\u2066\U000e0041"
NAME = "a\n::error::named\x1b[8m\x9b31m\r\u202e##[error]b"
ESCAPED = "a\\n::error::told\\e[8m\\x9b31m\\r\\u202e\\u2028##[error]b"
STYLE = re.compile(r"\x1b\[[0-9;]*m|\x1b\[\?25[lh]|\x1b\[[0-9]*[KA]")
"""What credsite and rich write themselves."""
COMMANDS: tuple[tuple[str, ...], ...] = (
    ("check",),
    ("check", "--full"),
    ("check", "--format", "lines"),
    ("check", "--format", "json"),
    ("check", "--format", "csv"),
    ("check", "--format", "github"),
    ("check", "--format", "sarif"),
    ("check", "--stale"),
    ("check", "--stale", "--format", "csv"),
    ("check", "--standard", "eu"),
    ("build",),
    ("build", "--keep-going", "--now", "2027-01-15"),
    ("build", "--keep-going", "--profile"),
    ("report", "--no-file"),
    ("report", "--no-file", "--format", "json"),
    ("export",),
    ("export", "--kind", "page"),
    ("export", "--keep-going", "--format", "json"),
    ("import", "sheet.csv"),
    ("import", "sheet.csv", "--dry-run"),
    ("import", f"no{STEERING}.csv"),
    ("new", f"cour{STEERING}e", "A"),
    ("new", "course", f"A {STEERING} course"),
    ("new", "page", "A page", "--set", f"{STEERING}=1"),
    ("check", "--explain", STEERING),
    ("check", f"/no{STEERING}"),
    (f"che{STEERING}ck",),
    ("export", "--output", f"out{STEERING}.csv"),
    ("schema", "--write"),
    ("init", f"new{STEERING}"),
    ("clean",),
)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    site = small_site(tmp_path)
    settings = site / "credsite.yaml"
    text = settings.read_text().replace("title: Small Courses", f'title: "{ESCAPED}"')
    settings.write_text(text + f'"{ESCAPED}": 1\n')
    courses = site / "content/courses"
    (courses / f"{NAME}.md").write_text("---\ntitle: No\n---\n")
    for number, file in enumerate(sorted(courses.glob("[b-z]*.md"))):
        old = file.read_text(encoding="utf-8")
        new = re.sub(r"title: .*", lambda _, title=f'title: "{number} {ESCAPED}"': title, old)
        if number % 2:
            new = new.replace("level: ", f'"{ESCAPED}": 1\nlevel: "{ESCAPED}"\n#')
        if number % 3 == 0:
            new = new.replace("price: ", "publish_at: 2099-01-01\nreviewed_at: 2001-01-01\n#")
        file.write_text(new, encoding="utf-8")
    (site / "content/pages/about.md").write_bytes(
        f'---\ntitle: "{ESCAPED}"\nsummary: x\n---\n<b\x1b[8m>[x](javascript:{STEERING}) ::error::x\n'.encode()
    )
    (site / "static").mkdir()
    (site / f"static/{NAME}").write_text("x")
    (site / f"content/{NAME}").mkdir()
    (site / f"content/{NAME}/x.md").write_text("x")
    rows = f'slug,title,summary,price\nbookkeeping,{STEERING}A,x,{STEERING}1\nlayout,##[error],"x\n::error::y",::error::z\n'
    (site / "sheet.csv").write_text(rows, encoding="utf-8", newline="")
    return site


def steering(text: str) -> list[str]:
    """What a terminal would obey, beside ends of lines and tabs."""
    directions = ("RLO", "LRO", "RLE", "LRE", "RLI", "LRI", "FSI", "PDI", "PDF")
    return [
        sign
        for sign in text
        if sign not in "\n\t"
        and (
            unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp")
            or unicodedata.bidirectional(sign) in directions
        )
    ]


@pytest.mark.parametrize("arguments", COMMANDS, ids=lambda arguments: repr(" ".join(arguments))[:40])
def test_nothing_steers_the_log_of_a_build_server(site: Path, arguments: tuple[str, ...]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "credsite", *arguments],
        cwd=site,
        env={**os.environ, "CI": "true", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        check=False,
        timeout=120,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode in (0, 1, 2), done.stderr
    for data in (done.stderr, b"" if arguments[0] == "export" else done.stdout):
        text = data.decode().replace("\r\n", "\n") if "csv" in arguments else data.decode()
        assert not steering(text)
        lines = [line.strip() for line in text.splitlines()]
        assert all(not line.startswith("::") or "github" in arguments for line in lines)
        assert not any(line.startswith("::") and "::" in line[2:7] for line in lines)
        assert "##[" not in text or "github" in arguments


@pytest.mark.parametrize("arguments", COMMANDS[::3], ids=lambda arguments: repr(" ".join(arguments))[:40])
def test_nothing_steers_a_terminal(site: Path, arguments: tuple[str, ...]) -> None:
    parent, child = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "credsite", *arguments],
        cwd=site,
        env={**os.environ, "TERM": "xterm-256color", "CI": ""},
        stdin=subprocess.DEVNULL,
        stdout=child,
        stderr=child,
    )
    os.close(child)
    said = b""
    while select.select([parent], [], [], 120)[0]:
        try:
            part = os.read(parent, 65536)
        except OSError:
            break
        if not part:
            break
        said += part
    os.close(parent)
    assert process.wait(120) in (0, 1, 2), said
    assert b"\x1b[8m" not in said
    assert b"\x1b[1m" in said or arguments != ("check",)
    text = STYLE.sub("", said.decode().replace("\r\n", "\n").replace("\r", ""))
    assert not steering(text)


def test_only_styles_of_credsite_pass() -> None:
    assert styled("a\x1b[8mb", bold=True) != styled("a\x1b[8mb")
    assert "\x1b[8m" not in styled("a\x1b[8mb", bold=True)


@pytest.mark.parametrize("sign", [chr(number) for number in (*range(9), *range(11, 32), *range(127, 160))])
def test_each_control_character_is_replaced(sign: str) -> None:
    assert safe_text(f"a{sign}b") == "a\N{REPLACEMENT CHARACTER}b"


def test_texts_without_control_characters_stay() -> None:
    text = "Здоровʼя\t急救 ‍👩‍👧 می‌خواهم\ne\u0301"
    assert safe_text(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("::error::x", ": :error::x"),
        ("a\n  ::stop-commands::x", "a\n  : :stop-commands::x"),
        ("x ##[error]y", "x # #[error]y"),
        ("##vso[task.setvariable]", "# #vso[task.setvariable]"),
        ("std::vector, a :: b, ## Heading", "std::vector, a :: b, ## Heading"),
    ],
)
def test_commands_of_build_servers_become_texts(text: str, expected: str) -> None:
    assert without_commands(text) == expected


@pytest.mark.parametrize("variable", ["CI", "TF_BUILD", "TEAMCITY_VERSION"])
def test_each_build_server_is_known(monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    for name in ("CI", "TF_BUILD", "TEAMCITY_VERSION"):
        monkeypatch.delenv(name, raising=False)
    assert safe_text("##vso[task.complete]") == "##vso[task.complete]"
    monkeypatch.setenv(variable, "True")
    assert safe_text("##vso[task.complete]") == "# #vso[task.complete]"


def test_json_has_no_command_and_the_same_texts() -> None:
    texts = ["##[add-mask]x", "a ##vso[task.complete]", "### Heading", "####[x]"]
    text = json_document(texts)
    assert without_commands(text) == text
    assert json.loads(text) == texts


def test_a_name_of_several_lines_is_one_line() -> None:
    assert one_line("a\nb") == "a\N{REPLACEMENT CHARACTER}b"
