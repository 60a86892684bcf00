"""Compressed copies: beside which files they are, and that they come and go with these."""

from __future__ import annotations

import gzip
import json
from datetime import datetime
from pathlib import Path

import brotli
import pytest

from credsite.build import compression
from credsite.build.compression import COPY_SUFFIXES, with_compressed_copies
from credsite.build.options import Options
from credsite.build.output.manifest import WriteSummary
from credsite.build.output.planned_output import Output, Rendered
from credsite.build.pipeline import build, differences
from credsite.schema.compression import Encoding
from tests.support.small_site import small_site

NOW = datetime.fromisoformat("2026-11-23T09:00")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The small site with a large and a small file in `static/`, and one that is compressed already."""
    root = small_site(tmp_path)
    (root / "static").mkdir(exist_ok=True)
    (root / "static/large.txt").write_text("words and words\n" * 100)
    (root / "static/small.txt").write_text("words")
    (root / "static/photo.jpg").write_bytes(b"\xff\xd8" * 2000)
    (root / "static/own.txt").write_text("words and words\n" * 100)
    (root / "static/own.txt.gz").write_bytes(b"made by somebody")
    return root


def compress(root: Path, words: str) -> None:
    file = root / "credsite.yaml"
    lines = [line for line in file.read_text().splitlines() if not line.startswith("compress:")]
    file.write_text("\n".join([*lines, f"compress: {words}" if words else "", ""]))


def built(root: Path, jobs: int = 1, output: str = "public") -> WriteSummary:
    summary = build(Options(root, root / output, now=NOW, jobs=jobs)).summary
    assert summary is not None
    return summary


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".credsite")
    }


def copies(folder: Path) -> dict[str, bytes]:
    own = files(folder)
    return {path: data for path, data in own.items() if path.endswith(COPY_SUFFIXES) and path != "own.txt.gz"}


def test_texts_of_some_length_have_copies(site: Path) -> None:
    compress(site, "[gzip, brotli, gzip]")
    built(site)
    found = files(site / "public")
    assert {"index.html.gz", "index.html.br", "large.txt.gz", "own.txt.br", "sitemap.xml.gz"} <= found.keys()
    for path, data in copies(site / "public").items():
        original = found[path.rpartition(".")[0]]
        assert (gzip.decompress if path.endswith(".gz") else brotli.decompress)(data) == original
        assert len(data) < len(original)
        assert len(original) >= 1000
    assert not {"small.txt.gz", "photo.jpg.gz", "photo.jpg.br"} & found.keys()
    assert found["own.txt.gz"] == b"made by somebody"
    listed = json.loads((site / "public/.credsite-manifest.json").read_text())["files"]
    assert found.keys() == listed.keys()
    built(site, jobs=3, output="three")
    assert files(site / "three") == found


def test_without_the_setting_there_are_none_but_what_somebody_has_changed(site: Path) -> None:
    built(site)
    before = files(site / "public")
    assert not copies(site / "public")
    compress(site, "gzip")
    built(site)
    assert copies(site / "public")
    (site / "public/large.txt.gz").write_bytes(b"changed")
    compress(site, "")
    assert built(site).left == ("large.txt.gz",)
    assert files(site / "public") == {**before, "large.txt.gz": b"changed"}


def test_an_edit_gives_the_copies_of_a_clean_build_and_makes_no_others(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compress(site, "gzip")
    built(site)
    made: list[bytes] = []
    monkeypatch.setattr(compression, "_compressed", recording(made))
    for words in ("A longer text. " * 300, ""):
        (site / "static/large.txt").write_text(words)
        page = site / "content/courses/first-aid.md"
        page.write_text(page.read_text() + f"\n{words}\n")
        made.clear()
        summary = built(site)
        assert 0 < len(made) < 60
        assert ("large.txt.gz" in files(site / "public")) == (len(words) > 1000)
        assert summary.skipped > len(files(site / "public")) / 2
        assert summary.skipped + summary.unchanged + summary.written == len(files(site / "public"))
    assert differences(NOW, Options(site, now=NOW)) == []
    made.clear()
    assert built(site).written == 0
    assert made == []


def recording(made: list[bytes]) -> object:
    compressed = compression._compressed

    def compress_and_record(data: bytes, encoding: Encoding) -> bytes | None:
        made.append(data)
        return compressed(data, encoding)

    return compress_and_record


def test_what_is_withdrawn_is_gone_from_its_copies_although_errors_stop_the_build(site: Path) -> None:
    compress(site, "[gzip, brotli]")
    built(site)
    story = next((site / "content/stories").glob("*.md"))
    assert (site / f"public/stories/{story.stem}/index.html.gz").exists()
    story.unlink()
    (site / "credsite.yaml").write_text("nonsense: [")
    withdrawal = build(Options(site, now=NOW, no_cache=True)).withdrawal
    assert withdrawal is not None
    assert not list((site / "public/stories").glob(f"{story.stem}/*"))


def test_fingerprints_depend_on_the_copies() -> None:
    def render(_: object) -> Rendered:
        return Rendered(b"x" * 2000, "fp")

    (plain,) = with_compressed_copies([Output("a.png", "fp", render)], ["gzip"])
    (one,) = with_compressed_copies([Output("a.txt", "fp", render)], ["gzip"])
    (both,) = with_compressed_copies([Output("a.txt", "fp", render)], ["gzip", "brotli"])
    assert plain.fingerprint == "fp"
    assert len({plain.fingerprint, one.fingerprint, both.fingerprint}) == 3
    assert one.rendered().fingerprint == one.fingerprint
    (page,) = with_compressed_copies([Output("a.html", lambda: "fp", render)], ["gzip"])
    assert (page.fingerprint, page.rendered().fingerprint) == ("fp", "fp")
