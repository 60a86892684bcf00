"""Builds the sample catalogue of this repository with the command, and picks one page of each kind."""

from __future__ import annotations

import shutil
import subprocess
import sysconfig
from collections.abc import Callable
from pathlib import Path

from tests.support.pages import read_page
from tests.support.paths import REPOSITORY

ORIGIN = "https://example.org"
NOW = "2026-11-23T09:00:00"

# Folders below a list of entries that are not entries.
_LISTS = frozenset(("page", "industry", "background", "delivery"))


def build_sample(folder: Path, base_path: str = "/") -> Path:
    """Build a copy of the sample in `folder`. Returns the output folder.

    A copy has no cache of an earlier build, and other test runs at the same time do not disturb it.
    Raises AssertionError with the output of the command if it fails.
    """
    source = folder / "source"
    source.mkdir(parents=True)
    settings = (REPOSITORY / "credsite.yaml").read_text(encoding="utf-8")
    # The picture of each course would take longer than everything else.
    settings += "share_pictures: {limit: 0}\n"
    (source / "credsite.yaml").write_text(settings, encoding="utf-8")
    shutil.copytree(REPOSITORY / "content", source / "content")
    output = folder / "public"
    command = [str(Path(sysconfig.get_path("scripts"), "credsite")), "build", str(source), "--quiet"]
    command += ["--output", str(output), "--base-url", f"{ORIGIN}{base_path}", "--now", NOW]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, f"credsite build ended with {done.returncode}:\n{done.stdout}{done.stderr}"
    return output


def entry(kind: str) -> Callable[[Path], str]:
    """Picks the first entry of a list, such as the first course. Gives its path in the site, with a slash at the end."""

    def pick(site: Path) -> str:
        found = sorted(
            folder.name
            for folder in (site / kind).iterdir()
            if folder.name not in _LISTS and (folder / "index.html").is_file() and not _redirects(folder)
        )
        assert found, f"The sample has no page below {kind}/."
        return f"{kind}/{found[0]}/"

    return pick


def redirect(site: Path) -> str:
    """The path of the first page that redirects to the new address of an entry."""
    found = sorted(page.parent for page in site.rglob("index.html") if _redirects(page.parent))
    assert found, "The sample has no entry with an alias."
    return f"{found[0].relative_to(site).as_posix()}/"


def fixed(path: str) -> Callable[[Path], str]:
    """Picks the page at a path that does not depend on the sample."""
    return lambda _site: path


# One page of each kind, by a name for the test's report.
PAGE_KINDS: dict[str, Callable[[Path], str]] = {
    "home": fixed(""),
    "courses": fixed("courses/"),
    "course": entry("courses"),
    "industries": fixed("industries/"),
    "industry": fixed("industries/technology/"),
    "industry-by-mode": fixed("industries/technology/online/"),
    "delivery": fixed("delivery/"),
    "mode": fixed("delivery/online/"),
    "providers": fixed("providers/"),
    "provider": entry("providers"),
    "place": fixed("places/saltmarsh-hall/"),
    "course-with-times": fixed("courses/workplace-english-speaking/"),
    "skills": fixed("skills/"),
    "skill": entry("skills"),
    "pathways": fixed("pathways/"),
    "pathway": entry("pathways"),
    "stories": fixed("stories/"),
    "stories-by-industry": fixed("stories/industry/technology/"),
    "stories-by-background": fixed("stories/background/career-changer/"),
    "stories-by-delivery": fixed("stories/delivery/online/"),
    "story": entry("stories"),
    "guides": fixed("guides/"),
    "guide": fixed("what-is-a-micro-credential/"),
    "shortlist": fixed("shortlist/"),
    "compare": fixed("compare/"),
    "employers": fixed("for-employers/"),
    "not-found": fixed("404.html"),
}


def _redirects(folder: Path) -> bool:
    return read_page((folder / "index.html").read_text(encoding="utf-8")).redirect is not None
