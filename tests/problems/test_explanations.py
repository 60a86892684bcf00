"""Every example is what it says: put into a site, the wrong one gives its problem, and the right one gives none."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

import pytest

from credsite.build.analysed_site import with_problems
from credsite.build.analysis import analyse
from credsite.build.options import Options
from credsite.cli.check_standards import configured_standard_problems
from credsite.problems.codes import CODES
from credsite.problems.explanations import EXAMPLE_FILES, Explanation, explanations
from tests.support.paths import SITES

NOW: Final = datetime(2026, 11, 23, 9)
COURSE: Final = """\
---
title: First aid
summary: What to do until help arrives.
provider: harbour-college
industries: [health]
delivery_modes: [online]
duration: 2 weeks
workload: 12 hours
price: 95 CAD
outcomes:
  - Put somebody in the recovery position
assessment_methods: [practical]
quality_assurance: {name: The county}
qualification_level: {framework: EQF, level: 5}
skills:
  - {name: first aid, uri: "http://data.europa.eu/esco/skill/1"}
occupations:
  - {scheme: noc-2021, code: "32102", name: Paramedics}
classifications:
  - {scheme: cip-2021, code: "51.0904"}
---
"""
BASE: Final[Mapping[str, str]] = {
    "credsite.yaml": "title: Little Catalogue\nbase_url: https://courses.test/\n",
    "content/industries/health.md": "---\ntitle: Health\n---\n",
    "content/providers/harbour-college.md": "---\ntitle: Harbour College\nkind: college\ncountry: CA\nregion: Ontario\n---\n",
    "content/courses/first-aid.md": COURSE,
    "content/courses/hand-washing.md": COURSE.replace("title: First aid", "title: Hand washing").replace(
        "---\ntitle", "---\nctid: ce-5f2a0c3e-8f3b-4d0e-9b62-3c1d7e8a9b10\ntitle"
    ),
    "content/courses/night-school.md": COURSE.replace("title: First aid", "title: Night school\ndraft: true"),
    "content/stories/amina.md": (
        "---\ntitle: Amina\nsummary: A story.\nlearner: {name: Amina}\ncourses: [hand-washing]\nconsent: {given: 2026-01-01}\n---\n"
    ),
    "content/pathways/care.md": (
        "---\ntitle: Care\nsummary: Into care.\nsteps:\n  - {title: Begin, courses: [hand-washing]}\n---\n"
    ),
    "content/places/north-campus.md": "---\ntitle: North campus\n---\n",
    "content/places/old-library.md": "---\ntitle: Old library\ndraft: true\n---\n",
    "content/pages/about.md": "---\ntitle: About us\nsummary: Who we are.\n---\n",
}
IN_FILES: Final = [one for one in explanations().values() if one.kind != "words"]


def put(text: str, snippet: str) -> str:
    """``snippet``'s keys in place of those that ``text``, YAML between lines or not, has of them."""
    for key in re.findall(r"^(\w+):", snippet, re.MULTILINE):
        text = re.sub(rf"^{key}:.*\n(?:[ \t-].*\n)*?(?=\w|---|\Z)", "", text, flags=re.MULTILINE)
    return (
        f"{text}{snippet}\n" if "---" not in text else f"---\n{snippet}\n{text.removeprefix(chr(45) * 3)[1:]}"
    )


def site(folder: Path, explanation: Explanation, example: str) -> Path:
    files = dict(BASE)
    file = EXAMPLE_FILES.get(explanation.kind, "")
    match explanation.kind:
        case "name":
            files[example] = files.pop("content/courses/first-aid.md")
        case "text":
            files[file] += f"{example}\n"
        case "file":
            files[file] = f"{example}\n"
        case _:
            files[file] = put(files[file], example)
    if explanation.code.startswith("standard-"):
        files["credsite.yaml"] += f"standards: [{explanation.code.removeprefix('standard-')}]\n"
    if "meets:" in example:
        files["credsite.yaml"] += "timezone: America/Halifax\n"
    if explanation.code == "time-zone-missing":
        meets = "sessions:\n  - starts: 2027-02-01\n    meets: Mondays 18:00-20:00\n"
        files["content/courses/first-aid.md"] = put(COURSE, meets)
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    picture = (SITES / "good-whole/content/images/team.png").read_bytes()
    (folder / "content/images").mkdir()
    (folder / "content/images/team.png").write_bytes(picture)
    return folder


def codes(root: Path) -> set[str]:
    options = Options(root, now=NOW, no_cache=True)
    found = analyse(options)
    return {
        problem.code
        for problem in with_problems(found, options, configured_standard_problems(found)).problems
    }


@pytest.mark.parametrize("explanation", IN_FILES, ids=lambda one: one.code)
def test_the_wrong_example_is_wrong_and_the_right_one_is_right(
    explanation: Explanation, tmp_path: Path
) -> None:
    (tmp_path / "wrong").mkdir()
    (tmp_path / "right").mkdir()
    assert codes(site(tmp_path / "wrong", explanation, explanation.wrong)) == {explanation.code}
    assert codes(site(tmp_path / "right", explanation, explanation.right)) == set()


def test_every_code_is_explained_in_plain_sentences() -> None:
    assert list(explanations()) == list(CODES)
    for code, found in explanations().items():
        assert re.search(r"[.\"]$", found.why), code
        assert found.wrong != found.right, code
        assert not re.search(r"\n\n|\n$", found.why), code


def test_words_stand_only_for_what_no_text_can_show() -> None:
    """Their examples are those of tests/sites, and of a server in the tests of links."""
    assert {one.code for one in explanations().values() if one.kind == "words"} == {
        "file-unreadable", "file-too-large", "file-not-utf8", "file-nul", "symbolic-link", "yaml-too-deep", "yaml-too-large",
        "body-too-complex", "image-unreadable", "image-unsafe", "image-location", "image-small", "image-large", "image-animated",
        "similar-names", "no-content", "bad-content-dates",
        "link-dead", "link-moved", "logo-letters", "internal-fault", "private-key", "secret-file", "cache-in-git", "static-script",
        "colour-one-scheme", "copy-outdated", "hook-failed", "host-limit",
    }  # fmt: skip


@pytest.mark.parametrize("shown", [Explanation.as_text, Explanation.as_markdown])
def test_both_examples_are_shown(shown: Callable[[Explanation], str]) -> None:
    text = shown(explanations()["unknown-id"])
    for part in (
        "There is no entry",
        "harbor-college",
        "provider: harbour-college",
        "content/courses/first-aid.md",
    ):
        assert part in text


def test_a_tab_can_be_seen() -> None:
    assert "→   - Keep" in explanations()["yaml-tab"].as_text()
