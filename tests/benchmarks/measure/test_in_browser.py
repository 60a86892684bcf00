"""What the bench measures in a real Chromium."""

from __future__ import annotations

import gzip
from datetime import datetime
from pathlib import Path

import pytest

from benchmarks.catalogues.catalogue import Catalogue
from benchmarks.catalogues.generate import NOW, write_site
from benchmarks.measure.browsing import measure_pages
from benchmarks.measure.filtering import measure_filtering
from benchmarks.measure.meter import RunError
from benchmarks.measure.serving import KINDS, measure_serving, with_text, with_title
from benchmarks.peers.credsite import Credsite
from credsite.build.options import Options
from credsite.build.pipeline import build

SMALL = Catalogue(90)
PAGE = """<!doctype html><html lang="en"><head><title>A page</title><link rel="stylesheet" href="/style.css"></head>
<body><div id="late"></div><h1>A page</h1><img src="/picture.svg" alt="">
<img src="http://localhost:1/other.png" alt="">
<script>
let height = 0;
const grow = () => {
  document.getElementById("late").style.height = `${(height = (height + 20) % 400)}px`;
  requestAnimationFrame(grow);
};
// Not before a frame with the old height has been seen; then in every frame, as no one knows when the visit ends.
new PerformanceObserver(grow).observe({type: "paint", buffered: true});
</script></body></html>
"""
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'


def test_a_page_is_weighed_without_its_pictures_and_its_requests_are_counted(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(PAGE)
    (tmp_path / "style.css").write_text("h1 { color: green }")
    (tmp_path / "picture.svg").write_text(PICTURE)
    (tmp_path / "still.html").write_text("<!doctype html><title>Still</title><h1>Still</h1>")
    home, still = measure_pages(tmp_path, {"home": "", "still": "still.html"}, {})
    files = [PAGE.encode(), b"h1 { color: green }"]
    assert home.plain == sum(map(len, files))
    assert home.compressed == sum(len(gzip.compress(file, 9)) for file in files)
    assert (home.name, home.requests, home.foreign) == ("home", 4, 1)
    assert home.shift > 0
    assert home.paint > 0
    assert (still.requests, still.foreign, still.shift) == (1, 0, 0)


def test_a_page_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="does not exist"):
        measure_pages(tmp_path, {"home": ""}, {})


def test_an_edit_of_the_text_stands_at_its_end() -> None:
    source = "---\ntitle: Glass\n---\n\nText.\n"
    assert with_text(source, 3) == source + "\nThis is the text as saved 3 times.\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Glass", '"Glass, as saved 3 times"'),
        ('Glass, a "start"', r'"Glass, a \"start\", as saved 3 times"'),
        ('"Café: 2"', '"Café: 2, as saved 3 times"'),
    ],
)
def test_an_edit_of_the_title_changes_that_line_alone(before: str, after: str) -> None:
    source = "---\nprice: free\ntitle: {}\nsummary: |\n  x\n---\n\ntitle: no\n"
    assert with_title(source.format(before), 3) == source.format(after)


def test_edits_of_a_served_site_are_seen_in_the_browser(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write_site(SMALL, site)
    slug = SMALL.name(SMALL.edited_course)[1]
    found = measure_serving(Credsite.program, site, NOW, slug, 30, edits=2, environment={})
    assert [one.what for one in found] == list(KINDS)
    for one in found:
        assert len(one.milliseconds) == 2
        assert 0 < one.median <= one.worst < 60_000
    text = (site / "content" / "courses" / f"{slug}.md").read_text(encoding="utf-8")
    assert "as saved 4 times" in text
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_site_that_cannot_be_served_is_told(tmp_path: Path) -> None:
    (tmp_path / "content" / "courses").mkdir(parents=True)
    (tmp_path / "content" / "courses" / "glass.md").write_text("---\ntitle: Glass\n---\n")
    with pytest.raises(RunError, match=r"credsite\.yaml"):
        measure_serving(Credsite.program, tmp_path, NOW, "glass", 1, environment={})


def test_a_list_is_filtered_and_searched(tmp_path: Path) -> None:
    write_site(SMALL, tmp_path / "site")
    output = tmp_path / "out"
    assert build(Options(tmp_path / "site", output=output, now=datetime.fromisoformat(NOW))).summary
    found = measure_filtering(output, {}, times=6)
    assert len(found.changes) == len(found.answers) == 6
    assert 0 < found.change < 60_000
    assert 0 < found.answer < 60_000
    assert 0 < found.index < 60_000
    data = [*output.glob("data/catalogue.json"), *output.glob("data/courses.*.json")]
    least = sum(len(gzip.compress(file.read_bytes(), 9)) for file in data)
    assert least < found.data < 10 * least


def test_a_website_that_cannot_be_filtered_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_site(SMALL, tmp_path / "site")
    output = tmp_path / "out"
    build(Options(tmp_path / "site", output=output, now=datetime.fromisoformat(NOW)))
    for file in (output / "assets/js/search").glob("client.*.js"):
        file.unlink()
    with pytest.raises(RunError, match="There is no search"):
        measure_filtering(output, {}, times=1)
