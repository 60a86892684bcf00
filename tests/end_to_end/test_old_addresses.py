"""Old addresses lead to their pages on a plain static host, as they were typed and as browsers send them."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

import pytest

from credsite.build.options import Options
from credsite.build.pipeline import build
from tests.support.sequences import NOW
from tests.support.server import ServedSite, serve
from tests.support.small_site import small_site

ALIASES = (
    "/курси/хліб/", "/%D0%BA%D1%83%D1%80%D1%81%D0%B8/", "/cours/l'art-du-pain/", "/kurse/brot,-teil-1/", "/old/course.php",
    "/old/a:b@c;d=e&f/", "/a%20b%25/", "/cafe\u0301.html", "/介護(1)+!$*",
)  # fmt: skip


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("old")
    site = small_site(folder)
    course = site / "content/courses/sql.md"
    lines = "".join(f'  - "{alias}"\n' for alias in ALIASES)
    course.write_text(course.read_text("utf-8").replace("---\n", f"---\naliases:\n{lines}", 1), "utf-8")
    result = build(Options(site, folder / "out", now=NOW))
    assert result.problems == ()
    return folder / "out"


@pytest.mark.parametrize("alias", ALIASES)
def test_an_old_address_leads_to_its_page(output: Path, alias: str) -> None:
    with serve(output) as site:
        assert isinstance(site, ServedSite)
        composed = alias.replace("e\u0301", "\u00e9")
        for sent in {quote(composed, safe="/%"), quote(composed, safe="/%!$&'()*+,;=:@")}:
            with urlopen(site.address(sent.removeprefix("/"))) as answer:
                page = answer.read().decode()
                assert answer.headers["Content-Type"].startswith("text/html")
            assert '<meta http-equiv="refresh" content="0; url=/courses/sql/">' in page
            assert "noindex" not in page  # with it, search engines forget the page that it leads to


def test_the_files_lie_where_hosts_look_for_them(output: Path) -> None:
    for file in (
        "курси/хліб/index.html",
        "cours/l'art-du-pain/index.html",
        "old/course.php/index.html",
        "caf\u00e9.html",
    ):
        assert (output / file).is_file()
