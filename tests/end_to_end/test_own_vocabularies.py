"""A site with words of its own: a build after changes of them equals a clean build, and everything knows what they mean."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from tests.end_to_end.test_counts import cards, displayed_total, pages_of
from tests.end_to_end.test_incremental import build
from tests.support import edits
from tests.support.columns import Written, matching
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
    replace_in_entries(site, "apply_by: 2027-01-01}", "apply_by: 2027-01-01, delivery_mode: own-time}")
    built = build(site, tmp_path / "public", no_cache=True)
    industry = next(path for path in built if path.startswith("industries/") and "/own-time/" in path)
    assert b": In your own time" in built[industry]
    assert b"icon-monitor" in built["delivery/index.html"]
    assert b"At &lt;script&gt;sea" in built["delivery/index.html"]
    assert not [path for path, data in built.items() if path.endswith(".html") and b"<script>sea" in data]
    assert b'"courseMode":"Online"' in built["courses/bookkeeping/index.html"]
    (courses,) = (data for path, data in built.items() if path.startswith("data/courses."))
    assert b'{"id":"own-time","title":"In your own time","same_as":"online"}' in courses


IN_OWN_TIME = """\
vocabularies:
  delivery_modes:
    own-time: {label: In your own time, same_as: MEANING}
  levels:
    expert: {label: For experts, same_as: advanced}
"""
MODES = ("online", "in-person", "blended", "hybrid", "own-time")


def test_who_chooses_a_built_in_mode_finds_the_courses_with_an_own_one_too(
    site: Path, tmp_path: Path
) -> None:
    """In lists, in filters and in the data of scripts, after each edit as in a clean build."""
    settings = site / "credsite.yaml"
    undeclared = settings.read_text(encoding="utf-8").replace("page_size: 3", "page_size: 24")
    settings.write_text(undeclared, encoding="utf-8")
    before = build(site, tmp_path / "edited")

    def check(meaning: str, *, extended: bool) -> dict[str, bytes]:
        edited = build(site, tmp_path / "edited")
        assert edited == build(site, tmp_path / "clean", no_cache=True)
        check_lists(site, tmp_path / "edited", {"own-time": meaning} if extended else {})
        return edited

    declare(settings, undeclared, "online")
    check("online", extended=False)
    with_modes(site, "bookkeeping", "own-time, in-person")
    edits.set_key(site / "content/courses/sql.md", "level", "expert")
    edited = check("online", extended=True)
    assert b'href="/delivery/online/"' not in main_part(edited["courses/bookkeeping/index.html"])
    assert b'href="/delivery/own-time/"' in main_part(edited["courses/bookkeeping/index.html"])
    declare(settings, undeclared, "hybrid")
    check("hybrid", extended=True)
    declare(settings, undeclared, "online")
    replace_in_entries(site, "delivery_modes: [online", "delivery_modes: [own-time")
    replace_in_entries(site, ", online]", ", own-time]")
    check("online", extended=False)  # no course says `online` itself any more
    with_modes(site, "payroll", "online")
    check("online", extended=True)
    replace_in_entries(site, "own-time", "online")
    for name, modes in (("bookkeeping", "online, in-person"), ("payroll", "blended, online")):
        with_modes(site, name, modes)
    edits.set_key(site / "content/courses/sql.md", "level", "advanced")
    settings.write_text(undeclared, encoding="utf-8")
    edited = build(site, tmp_path / "edited")
    assert edited == build(site, tmp_path / "clean", no_cache=True)
    assert edited.keys() == before.keys()


def declare(settings: Path, undeclared: str, meaning: str) -> None:
    settings.write_text(undeclared + IN_OWN_TIME.replace("MEANING", meaning), encoding="utf-8")


def with_modes(site: Path, course: str, modes: str) -> None:
    edits.set_key(site / f"content/courses/{course}.md", "delivery_modes", f"[{modes}]")


def main_part(html: bytes) -> bytes:
    return html.partition(b"<main")[2].partition(b"</main>")[0]


def check_lists(site: Path, output: Path, added: dict[str, str]) -> None:
    """Lists of a mode, and of an industry and a mode, have the courses whose files say so, or that say what ``added`` adds to it."""
    courses = {
        file.stem: yaml.safe_load(file.read_text(encoding="utf-8").split("---")[1])
        for file in (site / "content/courses").glob("*.md")
    }
    modes = {
        slug: {one for mode in course["delivery_modes"] for one in (mode, added.get(mode, mode))}
        for slug, course in courses.items()
    }
    written = Written(output)
    for industry in ("", *sorted({one for course in courses.values() for one in course["industries"]})):
        ground = {
            slug for slug, course in courses.items() if not industry or industry in course["industries"]
        }
        for mode in MODES:
            expected = {slug for slug in ground if mode in modes[slug]}
            chosen = {"mode": [mode], **({"industry": [industry]} if industry else {})}
            found = matching(written.courses, chosen, 0) if mode in written.values("mode") else []
            assert {written.courses["ids"][number] for number in found} == expected, chosen
            path = f"industries/{industry}/{mode}/" if industry else f"delivery/{mode}/"
            if industry and not expected:
                assert not (output / path / "index.html").exists()
                continue
            (html,) = pages_of(output, path)
            assert set(cards(html, "course")) == expected, path
            if expected:
                assert displayed_total(html) == len(expected)
            for url, count in pills(html):
                assert count == len(cards(pages_of(output, url.lstrip("/"))[0], "course")), (path, url)
    levels = {slug: course["level"] for slug, course in courses.items()}
    for level in ("advanced", "expert"):
        expected = {slug for slug, one in levels.items() if level in (one, {"expert": "advanced"}.get(one))}
        found = matching(written.courses, {"level": [level]}, 0) if level in written.values("level") else []
        assert {written.courses["ids"][number] for number in found} == expected
    check_stories(written, output)


def check_stories(written: Written, output: Path) -> None:
    """The lists of stories have the stories of the data."""
    facets = {facet["id"]: facet for facet in written.stories["facets"]}
    for value in facets["mode"]["values"]:
        (html,) = pages_of(output, f"stories/delivery/{value['id']}/")
        found = matching({**written.stories, "skills": {}}, {"mode": [value["id"]]}, 0)
        assert set(cards(html, "story")) == {written.stories["ids"][number] for number in found} != set()


def pills(html: str) -> list[tuple[str, int]]:
    """The filters that are links, each with its number."""
    found = re.findall(r'<li><a href="([^"]+)"[^>]*>[^<]*<span>(\d+)</span></a>', html, re.DOTALL)
    return [(url, int(count)) for url, count in found]
