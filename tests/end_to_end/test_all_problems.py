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


WRONG_NAMES = [
    ("content/courses/Netz Werke.md", "bad-slug"),
    ("content/courses/networks.fr.md", "unknown-language"),
    ("content/course/networks.md", "unknown-folder"),
]


@pytest.mark.parametrize(("name", "code"), WRONG_NAMES)
def test_a_file_with_a_wrong_name_is_checked_too(tmp_path: Path, name: str, code: str) -> None:
    site = site_with(tmp_path, [])
    text = (site / "content/courses/networks.md").read_text(encoding="utf-8")
    (site / name).parent.mkdir(exist_ok=True)
    (site / name).write_text(text.replace("northmarsh", "nowhere").replace("course:", "course:no-"))
    codes = {(name, code): 1, (name, "unknown-id"): 1, (name, "broken-link"): 2}
    assert report(found(site)) == codes


def test_a_file_that_is_not_utf_8_is_checked_too(tmp_path: Path) -> None:
    site = site_with(tmp_path, [])
    name = "content/courses/networks.md"
    text = (site / name).read_text(encoding="utf-8").replace("course:", "course:no-")
    text = text.replace("title: A course", "title: Ein Kürs").replace("price: ", "price: so ")
    (site / name).write_bytes(text.encode("latin-1"))
    problems = found(site)
    assert report(problems) == {(name, "file-not-utf8"): 1, (name, "bad-price"): 1, (name, "broken-link"): 1}
    assert all(problem.location.line for problem in problems)


@pytest.mark.parametrize(
    "text",
    [
        "\n---\ntitle: Help\nsummary: It helps.\ntemplate: nothing\n---\n[x](page:nothing)\n",
        "---\ntitle: Help\nsummary: It helps.\ntemplate: nothing\n--\n[x](page:nothing)\n",
        "---\ntitle: Help\nsummary: It: helps.\ntemplate: nothing\n---\n[x](page:nothing)\n",
        "---\ntitle: Help\n\tsummary: It helps.\nsummary: It helps.\ntemplate: nothing\n---\n[x](page:nothing)\n",
    ],
)
def test_what_can_be_read_of_broken_front_matter_is_checked_with_the_text(tmp_path: Path, text: str) -> None:
    site = site_with(tmp_path, [])
    (site / "content/pages/help.md").write_text(text, encoding="utf-8")
    problems = found(site)
    assert [problem.code for problem in problems if problem.code in ("unknown-value", "broken-link")] == [
        "unknown-value",
        "broken-link",
    ]
    assert len(problems) == 3
    last = problems[-1].location
    assert text.splitlines()[last.line - 1] == "[x](page:nothing)"


def test_a_broken_theme_hides_no_problem_of_the_content(tmp_path: Path) -> None:
    planted = [fault for fault in ALL if str(fault) in ("networks: price: lots", "help: [x](/nothing/)")]
    site = site_with(tmp_path, planted)
    settings = (site / "credsite.yaml").read_text(encoding="utf-8")
    (site / "credsite.yaml").write_text(f"{settings}theme: lost\n", encoding="utf-8")
    assert report(found(site)) == expected(planted) + Counter({("credsite.yaml", "theme-error"): 1})


def test_links_to_what_is_there_are_no_problems(tmp_path: Path) -> None:
    site = site_with(tmp_path, [])
    (site / "static/files").mkdir(parents=True)
    (site / "static/files/plan.pdf").write_text("")
    base = "https://small.test"
    help_page = site / "content/pages/help.md"
    links = [
        "/", "/courses/", "/courses/index.html", "/courses/payroll/", "/courses/payroll/#for-whom", "/files/plan.pdf",
        "/courses/payroll/?from=help", "/industries/design/", "/courses/../help/", f"{base}/courses/payroll/", base,
        f"{base}/files/plan.pdf", "https://elsewhere.test/courses/nothing/", "course:payroll#for-whom", "#fine",
    ]  # fmt: skip
    text = "\n".join(f"- [x]({link})" for link in links)
    help_page.write_text(f"{help_page.read_text()}\n## Fine\n\n{text}\n", encoding="utf-8")
    assert found(site) == ()


def test_a_dead_link_gets_the_closest_address(tmp_path: Path) -> None:
    site = site_with(tmp_path, [])
    text = (site / "credsite.yaml").read_text(encoding="utf-8")
    (site / "credsite.yaml").write_text(text.replace("https://small.test/", "https://small.test/learn/"))
    help_page = site / "content/pages/help.md"
    links = {
        "/cours/payroll/": "/courses/payroll/",
        "/courses/payrol/": "/courses/payroll/",
        "/learn/courses/payroll/": "/courses/payroll/",
        "https://small.test/learn/courses/payrol/": "https://small.test/learn/courses/payroll/",
        "https://small.test/courses/payroll/": "",
    }
    lines = "\n".join(f"- [x]({link})" for link in links)
    help_page.write_text(f"{help_page.read_text()}\n{lines}\n", encoding="utf-8")
    assert [problem.suggestion for problem in found(site)] == [*links.values()][:4]


@pytest.mark.parametrize(
    "link", ["course:payroll", "/courses/payroll/", "https://small.test/courses/payroll/"]
)
@pytest.mark.parametrize(("key", "code"), [("draft: true", "held-back-link"), ("draft: perhaps", "")])
def test_links_to_what_is_not_published_are_all_alike(tmp_path: Path, link: str, key: str, code: str) -> None:
    site = site_with(tmp_path, [])
    payroll = site / "content/courses/payroll.md"
    payroll.write_text(payroll.read_text().replace("---\n", f"---\n{key}\n", 1), encoding="utf-8")
    help_page = site / "content/pages/help.md"
    help_page.write_text(f"{help_page.read_text()}\n[x]({link})\n", encoding="utf-8")
    codes = [problem.code for problem in found(site) if problem.location.path == "content/pages/help.md"]
    assert codes == ([code] if code else [])


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
