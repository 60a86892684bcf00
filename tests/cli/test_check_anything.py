"""Whatever stands in a file, every form of the report can be written and read."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import unicodedata
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from credsite.cli import main
from tests.support.paths import SITES

ABOUT = "content/pages/about.md"
PIECES = (
    b"---\n", b"+++\n", b"title: ", b"summary: x\n", b"aliases: [", b"\t", b"\0", b"\xff", b"\xef\xbb\xbf", b"\r\n", b"\r",
    b"=cmd|' /C x'!A0", b"::error::", b"%0A", b"\x1b[2J", b"<script>alert(1)</script>", b"[x](javascript:a)", b"{{ x }}",
    "急救 \u202e\u2028".encode(), b"![](https://x.example/y.png)", b"&a ", b"*a ", b"[a](b.md)",
)  # fmt: skip


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SITES / "good-minimal", tmp_path / "site"))


LINE = re.compile(r"[^:]+:\d+:\d+: (error|warning|info): .+ \[[a-z0-9-]+\]")


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(PIECES) | st.binary(max_size=8), max_size=12).map(b"".join))
def test_every_format_can_be_written_and_read(site: Path, data: bytes) -> None:
    (site / ABOUT).write_bytes(data)
    said = {}
    for form in ("text", "lines", "json", "github", "csv", "sarif"):
        result = CliRunner().invoke(main, ["check", str(site), "--format", form, "--now", "2026-11-23"])
        assert result.exit_code in (0, 1), result.exception
        said[form] = result.stdout_bytes.decode()
    count = len(json.loads(said["json"])["problems"])
    assert len(json.loads(said["sarif"])["runs"][0]["results"]) == count
    assert said["github"].count("\n") == said["lines"].count("\n") == count
    assert all(LINE.fullmatch(line) for line in said["lines"].splitlines())
    rows = list(csv.DictReader(io.StringIO(said["csv"].removeprefix("\ufeff"), newline="")))
    assert len(rows) == count
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())
    assert {
        sign
        for form in ("text", "lines")
        for sign in said[form]
        if unicodedata.category(sign) in ("Cc", "Cf", "Cs")
    } <= {"\n"}
