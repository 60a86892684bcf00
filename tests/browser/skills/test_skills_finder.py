"""The skills finder in a real browser: visitors choose skills, and see the fewest courses that teach them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path
from typing import Any, Literal
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.support.axe import axe_violations
from tests.support.paths import REPOSITORY
from tests.support.report import listed
from tests.support.server import ServedSite, serve
from tests.support.visiting import DESK, PHONE, POLICY, opened

PLACE = "for-employers/"
SEVEN = [
    "active listening", "bookkeeping", "data privacy", "de-escalation", "payroll", "record keeping", "spreadsheets",
]  # fmt: skip
Change = Callable[[dict[str, Any]], None]


@pytest.fixture(scope="module")
def data(sample_site: Path) -> dict[str, Any]:
    (file,) = (sample_site / "data").glob("courses.*.json")
    read: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return read


def address(served: ServedSite, *skills: str, **more: str) -> str:
    query = urlencode([*more.items(), *(("skill", skill) for skill in skills)])
    return served.address(PLACE + (f"?{query}" if query else ""))


def ready(page: Page, url: str) -> Page:
    """The page, once its finder offers skills."""
    page.goto(url)
    field(page).fill("a")
    page.locator("#gap_options [role=option]").first.wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(field(page)).to_have_value("")
    return page


def field(page: Page) -> Any:
    return page.get_by_role("combobox", name="Which skills does your team need?")


def chips(page: Page) -> list[str]:
    return page.get_by_role("list", name="Chosen skills").get_by_role("button").all_inner_texts()


def plan(page: Page) -> list[str]:
    return page.locator(".gap-courses .card-title").all_inner_texts()


def answer(page: Page) -> Any:
    return page.locator("[data-answer]")


def skills_in(url: str) -> list[str]:
    return [value for key, value in parse_qsl(urlsplit(url).query) if key == "skill"]


def choose(page: Page, *skills: str) -> None:
    for skill in skills:
        field(page).fill(skill)
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name=f"Remove {skill}", exact=True)).to_be_visible()


def changed_data(page: Page, change: Change) -> None:
    """Serves changed data of courses."""

    def answer_with(route: Route) -> None:
        found = route.fetch().json()
        change(found)
        route.fulfill(json=found)

    page.route("**/data/courses.*.json", answer_with)


def codes(data: dict[str, Any], *skills: str) -> set[int]:
    return {data["skills"]["names"].index(skill) for skill in skills}


def fewest(data: dict[str, Any], skills: set[int]) -> int:
    """The size of the smallest cover, found by trying all."""
    useful = [mask for taught in data["skills"]["codes"] if (mask := skills & set(taught))]
    return next(
        size
        for size in range(len(skills) + 1)
        if any(skills <= set().union(*chosen) for chosen in combinations(useful, size))
    )


# --- choosing ---------------------------------------------------------------------------------------------


def test_the_finder_works_with_the_keyboard(browser: Browser, served: ServedSite) -> None:
    with opened(browser) as page:
        ready(page, address(served))
        expect(field(page)).to_be_focused()
        page.keyboard.type("book")
        expect(field(page)).to_have_attribute("aria-expanded", "true")
        assert field(page).get_attribute("aria-activedescendant") is None
        page.keyboard.press("ArrowDown")
        option = page.locator(f"#{field(page).get_attribute('aria-activedescendant')}")
        expect(option).to_contain_text("bookkeeping")
        page.keyboard.press("Enter")
        expect(field(page)).to_be_focused()
        expect(field(page)).to_have_value("")
        expect(field(page)).to_have_attribute("aria-expanded", "false")
        expect(answer(page)).to_have_text(re.compile(r"^1 course covers this skill\. "))
        # Accents and capitals make no difference, and a whole name needs no list.
        page.keyboard.type("PÀYROLL")
        page.keyboard.press("Enter")
        expect(answer(page)).to_have_text(re.compile(r"^1 course covers all 2 skills\. "))
        assert skills_in(page.url) == ["bookkeeping", "payroll"]

        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name="Remove bookkeeping")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name="Remove payroll")).to_be_focused()
        assert chips(page) == ["payroll"]
        page.keyboard.press("Space")
        expect(field(page)).to_be_focused()
        expect(answer(page)).to_have_text("No skills are chosen.")
        assert urlsplit(page.url).query == ""


def test_the_keys_of_the_combobox(browser: Browser, served: ServedSite) -> None:
    with opened(browser) as page:
        ready(page, address(served))
        options = page.locator("#gap_options [role=option]")

        def active() -> int:
            at = field(page).get_attribute("aria-activedescendant")
            return -1 if at is None else int(at.rsplit("_", 1)[1])

        page.keyboard.type("da")
        count = options.count()
        assert count > 2
        assert active() == -1
        for key, expected in [
            ("ArrowDown", 0), ("ArrowDown", 1), ("ArrowUp", 0), ("ArrowUp", count - 1), ("ArrowDown", 0),
        ]:  # fmt: skip
            page.keyboard.press(key)
            assert active() == expected
        page.keyboard.press("Escape")
        expect(field(page)).to_have_attribute("aria-expanded", "false")
        expect(field(page)).to_have_value("da")
        assert active() == -1
        page.keyboard.press("Alt+ArrowDown")
        expect(field(page)).to_have_attribute("aria-expanded", "true")
        assert active() == -1
        page.keyboard.press("Alt+ArrowUp")
        expect(field(page)).to_have_attribute("aria-expanded", "false")
        page.keyboard.press("ArrowUp")
        assert active() == count - 1
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
        expect(field(page)).to_have_value("")
        page.keyboard.press("ArrowDown")
        expect(options.first).to_be_visible()
        page.keyboard.press("Tab")
        expect(options.first).not_to_be_visible()
        assert chips(page) == []


def test_a_note_answers_what_is_typed(browser: Browser, served: ServedSite) -> None:
    with opened(browser) as page:
        ready(page, address(served))
        note = page.locator("[data-note]")
        page.keyboard.type("data")
        expect(note).to_have_text("3 skills match.")
        page.keyboard.press("Enter")
        expect(note).to_have_text("Choose one from the list: the down arrow key leads into it.")
        assert chips(page) == []
        field(page).fill("<b>zzz</b>")
        expect(note).to_have_text("No skill in this catalogue matches “<b>zzz</b>”.")
        expect(field(page)).to_have_attribute("aria-expanded", "false")
        page.keyboard.press("Enter")
        assert chips(page) == []
        # A list of names from elsewhere.
        field(page).fill("Payroll, sql queries; data-privacy")
        page.keyboard.press("Enter")
        expect(field(page)).to_have_value("")
        assert chips(page) == ["data privacy", "payroll", "SQL queries"]
        # What has been chosen is marked, and is given back by choosing it again.
        page.keyboard.type("payroll")
        chosen = page.get_by_role("option", selected=True)
        expect(chosen).to_contain_text("payroll")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        assert chips(page) == ["data privacy", "SQL queries"]


def test_the_finder_works_with_a_pointer(browser: Browser, served: ServedSite) -> None:
    with opened(browser) as page:
        ready(page, address(served))
        page.get_by_role("heading", name="Find courses by skill").click()
        field(page).click()
        options = page.locator("#gap_options [role=option]")
        expect(options).to_have_count(12)
        first = options.first.locator(".combobox-label").inner_text()
        options.first.click()
        assert chips(page) == [first]
        field(page).click()
        options.nth(2).click()
        expect(answer(page)).to_contain_text("2 skills")
        save = page.locator("[data-plan] .save").first
        expect(save).to_have_accessible_name(re.compile("^Save ."))
        save.click()
        expect(save).to_have_attribute("aria-pressed", "true")
        page.get_by_role("button", name=f"Remove {first}").click()
        assert len(chips(page)) == 1
        page.get_by_role("button", name="Clear all").click()
        expect(answer(page)).to_have_text("No skills are chosen.")
        expect(page.locator("[data-plan]")).not_to_be_visible()
        expect(field(page)).to_be_focused()


def test_back_and_forward_restore_the_choice(browser: Browser, served: ServedSite) -> None:
    with opened(browser) as page:
        ready(page, address(served))
        choose(page, "payroll", "photography")
        both = plan(page)
        page.go_back()
        expect(page.locator(".gap-courses > li")).to_have_count(1)
        assert chips(page) == ["payroll"]
        page.go_back()
        expect(page.locator("[data-plan]")).not_to_be_visible()
        page.go_forward()
        page.go_forward()
        expect(page.locator(".gap-courses > li")).to_have_count(len(both))
        assert (chips(page), plan(page)) == (["payroll", "photography"], both)


# --- the plan ---------------------------------------------------------------------------------------------


def test_a_plan_agrees_with_the_data(browser: Browser, served: ServedSite, data: dict[str, Any]) -> None:
    with opened(browser) as page:
        page.goto(address(served, *SEVEN))
        expect(answer(page)).to_contain_text("all 7 skills")
        chosen = [
            data["ids"].index(str(link.get_attribute("href")).rstrip("/").rsplit("/", 1)[1])
            for link in page.locator(".gap-courses .card-title a").all()
        ]
        teaches = page.locator(".gap-teaches span").all_inner_texts()
        totals = {
            name: page.locator(f"[data-total={name}]").inner_text() for name in ("courses", "price", "hours")
        }
    wanted = codes(data, *SEVEN)
    assert len(chosen) == fewest(data, wanted)
    taught = [set(data["skills"]["codes"][course]) & wanted for course in chosen]
    assert set().union(*taught) == wanted
    for text, skills in zip(teaches, taught, strict=True):
        assert set(re.split(r", | and ", text)) == {data["skills"]["names"][skill] for skill in skills}
    assert totals == {
        "courses": str(len(chosen)),
        "price": f"${sum(data['cost'][course] for course in chosen):,.0f}",
        "hours": f"{sum(data['hours'][course] for course in chosen)} hours",
    }


def test_substitutes_are_offered(browser: Browser, served: ServedSite, data: dict[str, Any]) -> None:
    with opened(browser) as page:
        page.goto(address(served, *SEVEN))
        item = page.locator(".gap-courses > li", has_text="other course").first
        other = item.locator("summary")
        other.focus()
        page.keyboard.press("Enter")
        links = item.locator("details a")
        links.first.wait_for()
        assert links.first.inner_text() not in plan(page)
        slug = str(links.first.get_attribute("href")).rstrip("/").rsplit("/", 1)[1]
        teaches = item.locator(".gap-teaches span").inner_text()
        number = data["ids"].index(slug)
        names = {data["skills"]["names"][skill] for skill in data["skills"]["codes"][number]}
        assert names & set(re.split(r", | and ", teaches))
        links.first.click()
        page.wait_for_url(f"**/courses/{slug}/")


def test_a_skill_that_no_course_teaches_online(
    browser: Browser, served: ServedSite, data: dict[str, Any]
) -> None:
    modes = next(facet for facet in data["facets"] if facet["id"] == "mode")
    online = next(place for place, value in enumerate(modes["values"]) if value["id"] == "online")
    held_online = [
        skills
        for skills, taught in zip(data["skills"]["codes"], modes["codes"], strict=True)
        if online in (taught if isinstance(taught, list) else [taught])
    ]
    taught = set().union(*held_online)
    missing = next(name for place, name in enumerate(data["skills"]["names"]) if place not in taught)
    with opened(browser) as page:
        ready(page, address(served))
        choose(page, "data privacy", missing)
        page.get_by_role("checkbox", name="Only courses that can be taken online").check()
        expect(answer(page)).to_contain_text(f"No course that can be taken online teaches {missing}.")
        expect(answer(page)).to_contain_text("1 course covers 1 of 2 skills.")
        assert parse_qsl(urlsplit(page.url).query)[0] == ("mode", "online")
        page.reload()
        expect(answer(page)).to_contain_text("1 course covers 1 of 2 skills.")
        expect(page.get_by_role("checkbox", name="Only courses that can be taken online")).to_be_checked()
        page.get_by_role("button", name="Remove data privacy").click()
        expect(answer(page)).to_have_text(f"No course that can be taken online teaches {missing}.")
        expect(page.locator("[data-plan]")).not_to_be_visible()


def test_unknown_prices_and_other_currencies_are_named(browser: Browser, served: ServedSite) -> None:
    def change(data: dict[str, Any]) -> None:
        skills = data["skills"]["names"]
        count = len(data["ids"])
        data["skills"]["codes"] = [[place] if place < 4 else [] for place in range(count)]
        data["skills"]["names"] = ["first", "second", "third", "fourth", *skills[4:]]
        data["currencies"] = ["CAD", "EUR"]
        data["cost"] = [1200.5, 300, None, 0, *[5] * (count - 4)]
        data["currency"] = [0, 1, -1, 0, *[0] * (count - 4)]
        data["hours"] = [10, 2.5, 30, None, *[5] * (count - 4)]

    with opened(browser) as page:
        changed_data(page, change)
        page.goto(address(served, "first", "second", "third", "fourth"))
        expect(answer(page)).to_have_text("4 courses cover all 4 skills. This is the fewest possible.")
        titles = dict(zip(page.locator(".gap-teaches span").all_inner_texts(), plan(page), strict=True))
        assert page.locator("[data-total=price]").inner_text().replace("\xa0", " ") == "$1,200.50 and €300"
        expect(page.locator("[data-total=hours]")).to_have_text("42.5 hours")
        expect(page.locator("[data-unknown=price]")).to_have_text(
            f"Not in the sum, because no price is given: {titles['third']}."
        )
        expect(page.locator("[data-unknown=hours]")).to_have_text(
            f"Not in the sum, because no workload is given: {titles['fourth']}."
        )
        page.goto(address(served, "third"))
        expect(page.locator("[data-total=price]")).to_have_text("Not given")
        page.goto(address(served, "fourth"))
        expect(page.locator("[data-total=price]")).to_have_text("Free")
        expect(page.locator("[data-total=hours]")).to_have_text("Not given")


def test_the_answer_says_if_fewer_may_be_possible(browser: Browser, served: ServedSite) -> None:
    cover = {"courses": [1, 2, 3], "missing": [0, 1], "atLeast": 2, "fewest": False, "cheapest": False}
    (script,) = (served.root / "assets/js/skills").glob("plan.*.js")
    with opened(browser) as page:
        ready(page, address(served))
        said = page.evaluate(
            """async ([url, cover]) => (await import(url)).describeCover(
                cover, { names: ["cooking", "baking"], wanted: 9, online: false, comparable: true })""",
            [f"/assets/js/skills/{script.name}", cover],
        )
    assert said == (
        "3 courses cover 7 of 9 skills. No course teaches cooking or baking. "
        "It may be possible with fewer, but at least 2 are needed."
    )


# --- the address ------------------------------------------------------------------------------------------


def test_a_link_shows_everybody_the_same_plan(browser: Browser, served: ServedSite) -> None:
    found = set()
    for skills in (SEVEN, list(reversed(SEVEN)), [skill.upper().replace(" ", "-") for skill in SEVEN]):
        with opened(browser) as page:
            page.goto(address(served, *skills))
            expect(answer(page)).to_contain_text("all 7 skills")
            found.add((answer(page).inner_text(), *plan(page), *chips(page)))
    assert len(found) == 1


def test_the_link_can_be_copied(browser: Browser, served: ServedSite) -> None:
    with opened(browser, permissions=["clipboard-read", "clipboard-write"]) as page:
        ready(page, address(served))
        choose(page, "payroll", "data privacy", "bookkeeping")
        page.get_by_role("button", name="Copy the link to this plan").click()
        expect(page.locator("[data-copied]")).to_have_text("The link is copied.")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == address(served, "bookkeeping", "data privacy", "payroll")
        page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }")
        page.get_by_role("button", name="Copy the link to this plan").click()
        expect(page.locator("[data-copied]")).to_have_text(
            "Copy the address of this page: it holds your choice."
        )


def test_unknown_skills_in_an_address_are_left_out(browser: Browser, served: ServedSite) -> None:
    hostile = (
        "<img src=x onerror=alert(1)>", "__proto__", "constructor", "toString", "", "-1", "0", "\x00", "a" * 5000, "💥",
        "payroll", "PAYROLL",
    )  # fmt: skip
    with opened(browser) as page:
        page.goto(address(served, *hostile, mode="<script>", sort="x", page="-1"))
        expect(answer(page)).to_contain_text("1 course covers this skill.")
        expect(page.locator("[data-note]")).to_have_text(
            "The address asked for 10 skills that are not in this catalogue. They were left out."
        )
        assert chips(page) == ["payroll"]
        expect(page.get_by_role("checkbox", name="Only courses")).not_to_be_checked()
        assert page.locator("main img[src=x]").count() == 0


def test_more_skills_than_can_be_chosen(browser: Browser, served: ServedSite, data: dict[str, Any]) -> None:
    names = data["skills"]["names"]
    with opened(browser) as page:
        page.goto(address(served, *names[:33]))
        expect(answer(page)).to_contain_text("all 30 skills")
        expect(page.locator("[data-note]")).to_contain_text("At most 30 skills can be chosen at a time.")
        assert chips(page) == names[:30]
        field(page).fill(names[40])
        page.keyboard.press("Enter")
        expect(page.locator("[data-note]")).to_contain_text("At most 30 skills can be chosen at a time.")
        assert len(chips(page)) == 30


# --- without scripts, without data, other paths -------------------------------------------------------------


def test_without_scripts_there_is_the_index_of_skills(browser: Browser, served: ServedSite) -> None:
    with opened(browser, java_script_enabled=False) as page:
        page.goto(address(served, "payroll"))
        expect(field(page)).not_to_be_visible()
        expect(page.get_by_role("heading", name="Find courses by skill")).to_be_visible()
        page.get_by_role("link", name="All skills, and the courses that teach them").click()
        page.get_by_role("link", name="photography", exact=True).click()
        page.wait_for_url("**/courses/*/")


@pytest.mark.parametrize(
    "broken", ["catalogue.json missing", "no JSON", "another version", "wrong shape", "no cards"]
)
def test_without_its_data_the_page_says_so(browser: Browser, served: ServedSite, broken: str) -> None:
    with opened(browser, broken=True) as page:
        match broken:
            case "catalogue.json missing":
                page.route("**/data/catalogue.json", lambda route: route.fulfill(status=404))
            case "no JSON":
                page.route("**/data/courses.*.json", lambda route: route.fulfill(body="<html>"))
            case "another version":
                page.route("**/data/catalogue.json", lambda route: route.fulfill(json={"version": 99}))
            case "wrong shape":
                page.route("**/data/courses.*.json", lambda route: route.fulfill(json={"skills": [1, 2]}))
            case _:
                page.route("**/data/cards/*.json", lambda route: route.abort())
        page.goto(address(served, "payroll"))
        expect(page.get_by_text("The finder does not work at the moment.")).to_be_visible()
        expect(field(page)).not_to_be_visible()
        expect(page.get_by_role("link", name="All skills, and the courses that teach them")).to_be_visible()
        assert axe_violations(page) == []


def test_below_a_base_path(browser: Browser, sample_site_subpath: Path) -> None:
    with (
        serve(sample_site_subpath, "/a/b/", headers={"Content-Security-Policy": POLICY}) as site,
        opened(browser) as page,
    ):
        ready(page, site.address(PLACE))
        choose(page, "payroll")
        assert urlsplit(page.url).path == f"/a/b/{PLACE}"
        page.locator(".gap-courses .card-title a").click()
        page.wait_for_url("**/a/b/courses/*/")


# --- accessibility ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["320", "1280"])
def test_axe_finds_nothing_in_any_state_and_nothing_sticks_out(
    browser: Browser, served: ServedSite, size: Any
) -> None:
    found: list[str] = []

    def look(page: Page, state: str, *schemes: Literal["light", "dark"]) -> None:
        for scheme in schemes or ("light",):
            page.emulate_media(color_scheme=scheme)
            found.extend(f"{state}, {scheme}: {problem}" for problem in axe_violations(page))
        if (width := page.evaluate("document.scrollingElement.scrollWidth")) > size["width"]:
            found.append(f"{state}: the page is {width} px wide")

    with opened(browser, viewport=size) as page:
        ready(page, address(served))
        look(page, "nothing chosen")
        page.keyboard.type("da")
        page.keyboard.press("ArrowDown")
        look(page, "list open")
        field(page).fill("zzz")
        look(page, "no match")
        field(page).fill("")
        choose(page, *SEVEN)
        look(page, "a plan")
        page.locator(".gap-courses summary:visible").first.click()
        page.locator(".gap-courses details[open] a").first.wait_for()
        look(page, "other courses")
        field(page).fill("a")
        look(page, "list over a plan", "dark", "light")
    assert not found, listed(found)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["320", "1280"])
def test_nothing_moves_while_a_plan_is_loading(browser: Browser, served: ServedSite, size: Any) -> None:
    held: list[Route] = []
    with opened(browser, viewport=size) as page:
        page.add_init_script(
            """window.shifts = [];
            new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map((entry) => entry.value)))
                .observe({ type: "layout-shift", buffered: true });"""
        )
        page.route("**/data/courses.*.json", lambda route: held.append(route))
        with page.expect_request("**/data/courses.*.json"):
            page.goto(address(served, *SEVEN), wait_until="domcontentloaded")
        page.locator(".gap").evaluate("element => element.scrollIntoView()")
        held[0].continue_()
        expect(answer(page)).to_contain_text("all 7 skills")
        shifts = page.evaluate(
            """() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(
                () => setTimeout(() => done(window.shifts)))))"""
        )
    assert sum(shifts) < 0.01


# --- without a page --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def directory(browser: Browser) -> Iterator[Callable[[str, list[str]], Any]]:
    """Evaluates an expression in which `directory` has the skills of some names."""
    with serve(REPOSITORY / "themes" / "default" / "assets") as site, opened(browser) as page:
        page.goto(site.address("favicon.svg"))

        def ask(expression: str, names: list[str]) -> Any:
            return page.evaluate(
                f"""async ([names]) => {{
                    const {{ SkillDirectory }} = await import("/js/skills/skill-directory.js");
                    const {{ readAddress, writeAddress }} = await import("/js/skills/address.js");
                    const {{ onlineTest }} = await import("/js/skills/course-facts.js");
                    const codes = names.map((_, place) => names.map((_, skill) => skill).slice(place));
                    const directory = new SkillDirectory({{ skills: {{ names, codes }} }});
                    return {expression};
                }}""",
                [names],
            )

        yield ask


def test_skills_are_found_by_typing(directory: Callable[[str, list[str]], Any]) -> None:
    names = [
        "Café service",
        "data cleaning",
        "C++",
        "front-end",
        "open data",
        "Łódź history",
        "meta data",
        "update",
    ]

    def matching(typed: str) -> list[str]:
        return [names[skill] for skill in directory(f"directory.search({json.dumps(typed)})", names)]

    # Names that begin with the text come first, then names with a word that does, then others.
    assert matching("da") == ["data cleaning", "open data", "meta data", "update"]
    assert matching("CAFE") == ["Café service"]
    assert matching("lodz") == ["Łódź history"]
    assert matching("c++") == ["C++"]
    assert matching("front end") == matching("front-end") == ["front-end"]
    assert matching("data open") == ["open data"]
    assert matching("nothing") == []
    # Without a text, the skills that most courses teach: here the later ones.
    assert matching("  ")[0] == "update"


def test_an_exact_name_comes_before_a_similar_one(directory: Callable[[str, list[str]], Any]) -> None:
    names = ["resume", "résumé", "data-entry", "data entry"]
    texts = ["résumé", "resume", "RÉSUMÉ", "data entry", "data-entry", "Data_Entry", "nothing", ""]
    assert directory(f"{json.dumps(texts)}.map((text) => directory.find(text) ?? -1)", names) == [
        1, 0, 0, 3, 2, 2, -1, -1,
    ]  # fmt: skip


def test_an_address_is_read_as_it_was_written(directory: Callable[[str, list[str]], Any]) -> None:
    names = ["a & b", "c=d", "e+f", "50%", "#1", "ü?"]
    written = directory("writeAddress({ skills: [5, 3, 0, 4, 1, 2], online: true }, directory)", names)
    assert parse_qsl(written) == [("mode", "online"), *(("skill", name) for name in names)]
    read = directory(f"readAddress({json.dumps(written)}, directory)", names)
    assert read == {"skills": [0, 1, 2, 3, 4, 5], "online": True, "unknown": 0, "tooMany": False}
    assert directory("writeAddress({ skills: [], online: false }, directory)", names) == ""


def test_modes_of_the_sites_own_may_mean_that_a_course_is_online(
    directory: Callable[[str, list[str]], Any],
) -> None:
    values = [{"id": "in-person"}, {"id": "own-time", "same_as": "online"}, {"id": "online"}, {"id": "sea"}]
    data = {"facets": [{"id": "mode", "values": values, "codes": [0, 1, 2, 3, [0, 1], []]}]}
    found = directory(f"[0, 1, 2, 3, 4, 5].map(onlineTest({json.dumps(data)}))", [])
    assert found == [False, True, True, False, True, False]
    data["facets"][0]["values"] = [{"id": "in-person"}]
    assert directory(f"onlineTest({json.dumps(data)})", []) is None
