"""Every problem is reported in one run, whatever else is wrong: random faults in a good site, each of which must be told once."""

from __future__ import annotations

import random
import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path

import pytest

from credsite.build.analysis import analyse
from credsite.build.options import Options
from credsite.problems.model import Problem
from tests.support.small_site import small_site

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Fault:
    """Lines to write in the place of the key ``key`` of a file, or below its text if ``key`` is "", and the codes that they cause."""

    file: str
    key: str
    lines: str
    codes: str

    def __str__(self) -> str:
        return f"{Path(self.file).stem}: {self.lines or f'no {self.key}'}"


def faults(file: str, text: str) -> list[Fault]:
    """One fault for each line: its codes, `|`, and the lines to write (with \\n), or the key that is left out."""
    found = []
    for line in text.strip().splitlines():
        codes, _, lines = (part.strip() for part in line.partition("|"))
        lines = lines.replace("\\n", "\n")
        key = re.match(r"no (\w+)$", lines) or re.match(r"([\w ]+):(?: |\n|$)", lines)
        name = key[1] if key else ""
        found.append(Fault(file, name, "" if lines.startswith("no ") else lines, codes))
    return found


COURSE = """
missing-key | no title
wrong-type | title: {a: b}
missing-key | no summary
summary-long | summary: LONG
unknown-id | provider: nowhere
missing-key | no provider
wrong-type | provider: [harbour-college]
unknown-id | industries: [business, nowhere]
missing-key | industries: []
wrong-type | industries: business
unknown-value unknown-value unknown-value | delivery_modes: [online, virtul, persn, hibrid]
unknown-id unknown-id | partners: [nobody-college, tern-institute, nothing-college]
unknown-value | pace: fast
unknown-value | timing: [evening, midday]
bad-duration | duration: six
bad-duration | workload: much
bad-price | price: lots
bad-currency | price: {amount: 5, currency: XQX}
unknown-key | price: {amount: 5, currrency: CAD}
unknown-id unknown-id | funding: [student-aid, nothing, nobody]
unknown-value | level: hard
missing-key | qualification_level: {framework: EQF}
bad-number | credits: {value: many, unit: ECTS}
bad-language | languages: [en, zz]
wrong-type | outcomes: {a: b}
bad-url missing-key | skills: [writing, {uri: nothing}]
unknown-value | learning_methods: [sleeping]
unknown-value | assessment_methods: [project, gusswork]
unknown-value | credential: {type: paper}
unknown-id | credential: {recognised_by: [nobody-college]}
unknown-id | prerequisites: [no-such-course]
bad-code | occupations:\\n  - {scheme: noc-2021, code: "1", name: Cook}
unknown-value | classifications:\\n  - {scheme: noc, code: "1"}
bad-date | sessions:\\n  - {starts: 2027-02-30, ends: 2027-03-01}
session-ends-first bad-date | sessions:\\n  - {starts: 2027-02-31}\\n  - {starts: 2027-03-03, ends: 2027-03-01}
unknown-key bad-number | sessions:\\n  - {starts: 2027-03-01, seats: few, place: here}
bad-url | enrol_url: nothing
bad-url | contact: nobody
unknown-id | support: [sleep-aid]
missing-key | quality_assurance: {url: "https://qa.example/"}
bad-date | reviewed_at: yesterday
review-overdue | review_by: 2025-01-01
bad-ctid | ctid: ce-1
broken-image | image: {src: nothing.png, alt: Nothing}
missing-key | image: {src: design.svg}
wrong-type | draft: perhaps
bad-date | publish_at: soon
dates-reversed | publish_at: 2026-01-02\\nexpires_at: 2026-01-01
bad-alias | aliases: [old]
bad-slug | slug: My Course
duplicate-slug | slug: zz-last
unknown-key | colour: red
yaml-syntax | featured: @home
yaml-alias | featured: *home
duplicate-key | level: advanced\\nlevel: advanced
broken-link | [x](course:nothing)
broken-link | [x](/courses/nothing/)
broken-link | [x](/courses/nothing)
broken-link | [x](/courses/nothing/index.html)
broken-link | [x](https://small.test/courses/nothing/)
broken-link | [x](/files/nothing.pdf)
broken-link | [x](#nothing)
broken-link | [x](course:zz-last#nothing)
broken-link | [x](../pages/nothing.md)
broken-link | <a href="/nothing/">x</a>
broken-image | ![x](nothing.png)
link-scheme | [x](javascript:alert)
html-not-allowed | <script>x</script>
image-external | ![x](https://elsewhere.example/x.png)
"""
STORY = """
missing-key | no learner
missing-key | learner: {location: Here}
broken-image | learner: {name: Ana, photo: nothing.jpg}
unknown-id | courses: [payroll, nothing]
missing-key | no courses
dates-reversed | consent: {given: 2026-02-02, expires: 2026-02-01}
bad-date | consent: {given: often}
unknown-id | background: [pirate]
unknown-id | industries: [nothing]
unknown-value | delivery_modes: [virtul]
bad-date | told_at: once
unknown-key | tittle: A
wrong-type | highs: good
broken-link | [x](story:nothing)
broken-link | [x](/stories/nothing/)
"""
PATHWAY = """
missing-key | no steps
missing-key | steps:\\n  - {title: Begin}
unknown-id | steps:\\n  - {title: Begin, courses: [payroll, nothing]}
pathway-in-pathway | steps:\\n  - {title: Begin, courses: [pathway-1]}
choose-too-many | steps:\\n  - {title: Begin, courses: [payroll], choose: 2}
bad-number unknown-id | steps:\\n  - {title: Begin, courses: [nothing], choose: some}
unknown-id | provider: nowhere
unknown-id | industries: [nothing]
unknown-value | credential: {type: paper}
missing-key | no summary
broken-link | [x](pathway:nothing)
broken-link | [x](/pathways/nothing/#part)
"""
PROVIDER = """
unknown-value | kind: castle
bad-country | country: Atlantis
bad-url | url: nothing
bad-url | email: nobody
broken-image | logo: nothing.png
unknown-id | accredited_by: [nobody-college]
missing-key | no title
broken-link | [x](provider:nothing)
"""
INDUSTRY = """
bad-number | order: first
unknown-value | classifications:\\n  - {scheme: nothing, code: "62"}
bad-code | classifications:\\n  - {scheme: naics-2022, code: x}
broken-image | image: {src: nothing.png, alt: x}
broken-link | [x](industry:nothing)
"""
PAGE = """
unknown-value | template: nothing
missing-key | menu: {order: 3}
bad-number | order: first
url-collision | aliases: [/courses/]
broken-link | [x](page:nothing)
broken-link | [x](/nothing/)
broken-link | [x](/help/../nothing/)
"""
SETTINGS = """
bad-url | contact: nothing
broken-link | contact: https://small.test/nothing/
bad-currency | currency: XQX
bad-time-zone | timezone: America/Halfax
bad-number | page_size: many
bad-number | cost_bands: [200, 100]
unknown-value | filters: [industry, nothing]
unknown-value | standards: [xx]
unknown-id | problems: {nothing: error}
unknown-key | colour: red
yaml-syntax | notice: @home
missing-key | no title
missing-key | no base_url
bad-language | languages: [zz]
bad-slug | support: {Not an id: Help}
"""
FILES = {
    "content/courses/networks.md": COURSE,
    "content/stories/story-4.md": STORY,
    "content/pathways/pathway-0.md": PATHWAY,
    "content/providers/northmarsh.md": PROVIDER,
    "content/industries/design.md": INDUSTRY,
    "content/pages/help.md": PAGE,
    "credsite.yaml": SETTINGS,
}
ALL = [fault for file, text in FILES.items() for fault in faults(file, text)]


def site_with(folder: Path, planted: list[Fault]) -> Path:
    site = small_site(folder)
    last = (site / "content/courses/web-pages.md").read_text(encoding="utf-8")
    # Nothing that the faults break is needed by it, and a course has its slug already.
    last = re.sub(r"(?m)^prerequisites: .*\n", "", last).replace("northmarsh", "harbour-college")
    (site / "content/courses/a-first.md").write_text(
        re.sub(r"\[another\]\(.*?\)", "another", last).replace("---\n", "---\nslug: zz-last\n", 1),
        encoding="utf-8",
    )
    for fault in planted:
        file = site / fault.file
        text = file.read_text(encoding="utf-8")
        is_settings = fault.file == "credsite.yaml"
        lines = fault.lines.replace("LONG", "long " * 40) + "\n" if fault.lines else ""
        if not fault.key:
            text += f"\n{lines}"
        elif re.search(rf"(?m)^{fault.key}:", text):
            text = re.sub(
                rf"(?m)^{fault.key}:.*\n(?:[ -].*\n)*?(?=\S)", lambda _, lines=lines: lines, text, count=1
            )
        elif is_settings:
            text += lines
        else:
            text = text.replace("---\n", f"---\n{lines}", 1)
        file.write_text(text, encoding="utf-8")
    return site


def found(site: Path) -> tuple[Problem, ...]:
    return analyse(Options(site, now=NOW, no_cache=True)).problems


def report(problems: tuple[Problem, ...]) -> Counter[tuple[str, str]]:
    return Counter((problem.location.path, problem.code) for problem in problems)


def expected(planted: list[Fault]) -> Counter[tuple[str, str]]:
    return Counter((fault.file, code) for fault in planted for code in fault.codes.split())


def test_the_site_without_faults_is_good(tmp_path: Path) -> None:
    assert found(site_with(tmp_path, [])) == ()


@pytest.mark.parametrize("fault", ALL, ids=str)
def test_each_fault_alone_is_one_problem(tmp_path: Path, fault: Fault) -> None:
    problems = found(site_with(tmp_path, [fault]))
    assert report(problems) == expected([fault])
    assert all(problem.location.line for problem in problems)


def pairs() -> list[tuple[Fault, Fault]]:
    """Pairs of faults of the same file, at different keys; of the many of a course only some."""
    chosen = [fault for fault in ALL if fault.file not in ("content/courses/networks.md", "credsite.yaml")]
    chosen += random.Random(1).sample(faults("content/courses/networks.md", COURSE), 12)
    found = [
        (one, other)
        for one, other in combinations(chosen, 2)
        if one.file == other.file and (not one.key or one.key != other.key)
    ]
    return random.Random(2).sample(found, 100)


@pytest.mark.parametrize("pair", pairs(), ids=lambda pair: f"{pair[0]}, {pair[1]}")
def test_no_fault_of_a_file_hides_another(tmp_path: Path, pair: tuple[Fault, Fault]) -> None:
    assert report(found(site_with(tmp_path, list(pair)))) == expected(list(pair))


@pytest.mark.parametrize("seed", range(40))
def test_none_of_many_faults_hides_another(tmp_path: Path, seed: int) -> None:
    chosen = random.Random(seed).sample(ALL, 12)
    planted, keys = [], set()
    for fault in chosen:
        same = (fault.file, fault.key)
        if not fault.key or same not in keys:
            keys.add(same)
            planted.append(fault)
    if ("credsite.yaml", "base_url") in keys:  # then nobody knows where the site is
        planted = [fault for fault in planted if "https://small.test" not in fault.lines]
    assert report(found(site_with(tmp_path, planted))) == expected(planted)
