"""A site with words of its own: a build after changes of them equals a clean build, and everything knows what they mean."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.end_to_end.test_incremental import build
from tests.support.small_site import small_site

RENAMED = """\
vocabularies:
  delivery_modes:
    online: {label: From anywhere, summary: Wherever you are.}
    hybrid: {order: 1, icon: clock}
"""
REPLACED = """\
vocabularies:
  delivery_modes:
    online: {hidden: true}
    own-time: {label: In your own time, same_as: online}
    at-sea: At <script>sea</script>
"""


def replace_in_entries(site: Path, old: str, new: str) -> None:
    for file in site.glob("content/*/*.md"):
        text = file.read_text(encoding="utf-8")
        if old in text:
            file.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return small_site(tmp_path)


def test_changed_words_reach_every_page(site: Path, tmp_path: Path) -> None:
    settings = (site / "credsite.yaml").read_text(encoding="utf-8")
    before = build(site, tmp_path / "edited")
    steps = (RENAMED, RENAMED.replace("From anywhere", "Anywhere").replace("clock", "map-pin"), REPLACED, "")
    for number, declarations in enumerate(steps):
        replace_in_entries(
            site, *(("online", "own-time") if declarations == REPLACED else ("own-time", "online"))
        )
        (site / "credsite.yaml").write_text(f"{settings}{declarations}", encoding="utf-8")
        edited = build(site, tmp_path / "edited")
        assert edited == build(site, tmp_path / f"clean{number}", no_cache=True)
        assert ("delivery/own-time/index.html" in edited) is (declarations == REPLACED)
    assert edited == before


def test_pages_know_what_the_words_mean(site: Path, tmp_path: Path) -> None:
    with (site / "credsite.yaml").open("a", encoding="utf-8") as file:
        file.write(REPLACED)
    replace_in_entries(site, "online", "own-time")
    built = build(site, tmp_path / "public", no_cache=True)
    industry = next(path for path in built if path.startswith("industries/") and "/own-time/" in path)
    assert b": In your own time" in built[industry]
    assert b"#monitor" in built["delivery/index.html"]
    assert b"At &lt;script&gt;sea" in built["delivery/index.html"]
    assert not [path for path, data in built.items() if path.endswith(".html") and b"<script>sea" in data]
    assert b'"courseMode":"Online"' in built["courses/bookkeeping/index.html"]
    (courses,) = (data for path, data in built.items() if path.startswith("data/courses."))
    assert b'{"id":"own-time","title":"In your own time","same_as":"online"}' in courses
