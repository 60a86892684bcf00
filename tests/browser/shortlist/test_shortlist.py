"""The shortlist as visitors use it: saving, showing and sharing it, and browsers without storage."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

import icalendar
import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.support.server import ServedSite, serve
from tests.support.visiting import PHONE, assert_fine, open_page, visitor

KEY = "credsite:/:shortlist"

Run = Any


def with_shortlist(
    site: ServedSite, *ids: str, titles: dict[str, str] | None = None, value: str | None = None
) -> dict[str, Any]:
    """Options for a browser that has a shortlist in its storage, or ``value`` in its place."""
    saved = json.dumps([{"id": one, "title": (titles or {}).get(one, one)} for one in ids])
    item = {"name": KEY, "value": saved if value is None else value}
    origin = "/".join(site.url.split("/")[:3])
    return {"storage_state": {"cookies": [], "origins": [{"origin": origin, "localStorage": [item]}]}}


def ids(page: Page) -> list[str]:
    return [one.get_attribute("data-id") or "" for one in page.locator(".kept-item").all()]


def expect_ids(page: Page, wanted: list[str]) -> None:
    expect(page.locator(".kept-item")).to_have_count(len(wanted))
    assert ids(page) == wanted


def card(page: Page, slug: str) -> Locator:
    return page.locator(f'.course-card:has([data-save="{slug}"])').first


def save_button(page: Page, slug: str) -> Locator:
    return card(page, slug).locator("[data-save]")


def stored_ids(page: Page) -> list[str]:
    return [one["id"] for one in json.loads(page.evaluate(f"() => localStorage.getItem({json.dumps(KEY)})"))]


def count(page: Page) -> Locator:
    return page.locator("[data-shortlist]")


# --- saving ------------------------------------------------------------------------------------------------


def test_a_course_is_saved_on_its_card_and_is_on_the_shortlist(
    browser: Browser, site: ServedSite, slugs: list[str]
) -> None:
    with visitor(browser) as context:
        page = open_page(context, site, "courses/")
        title = card(page, slugs[1]).locator(".card-title").inner_text()
        button = page.get_by_role("button", name=f"Save {' '.join(title.split())}", exact=True)
        expect(button).to_have_attribute("aria-pressed", "false")
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
        save_button(page, slugs[0]).click()
        expect(count(page)).to_have_text("Shortlist (2)")
        assert_fine(page)
        page.goto(site.address(f"courses/{slugs[1]}/"))
        expect(page.locator(".helpers [data-save]")).to_have_attribute("aria-pressed", "true")
        expect(page.locator(".helpers [data-save]")).to_have_text("Saved", use_inner_text=True)
        count(page).click()
        expect(page.get_by_role("heading", name="Your shortlist (2)")).to_be_visible()
        expect_ids(page, [slugs[1], slugs[0]])
        expect(page.locator(".kept-item .card-title").first).to_have_text(title)
        assert_fine(page, thoroughly=True)


def test_a_course_is_saved_with_the_keyboard_and_the_card_still_leads_to_it(
    browser: Browser, site: ServedSite, slugs: list[str]
) -> None:
    with visitor(browser) as context:
        page = open_page(context, site, "courses/")
        save_button(page, slugs[0]).focus()
        page.keyboard.press("Space")
        expect(save_button(page, slugs[0])).to_have_attribute("aria-pressed", "true")
        page.keyboard.press("Enter")
        expect(save_button(page, slugs[0])).to_have_attribute("aria-pressed", "false")
        card(page, slugs[0]).locator(".card-summary").click(force=True)  # which the title's link covers
        page.wait_for_url(site.address(f"courses/{slugs[0]}/"))


def test_cards_added_later_show_what_is_saved(browser: Browser, site: ServedSite) -> None:
    """Cards in a list that a script shows."""
    with visitor(browser) as context:
        page = open_page(context, site, "courses/?sort=start")
        first = page.locator(".course-card [data-save]").first
        slug = ""
        for pressed in ("false", "true"):
            page.wait_for_function("() => !document.documentElement.classList.contains('filtered')")
            expect(first).to_have_attribute("aria-pressed", pressed)
            slug = slug or first.get_attribute("data-save") or ""
            expect(first).to_have_attribute("data-save", slug)
            if pressed == "false":
                first.click()
                expect(first).to_have_attribute("aria-pressed", "true")
                page.reload()
        assert stored_ids(page) == [slug]


def test_two_tabs_show_the_same_list(browser: Browser, site: ServedSite, slugs: list[str]) -> None:
    with visitor(browser) as context:
        first, second = open_page(context, site, "courses/"), open_page(context, site, "shortlist/")
        expect(second.get_by_role("heading", name="Nothing saved yet")).to_be_visible()
        save_button(first, slugs[0]).click()
        expect(second.locator(".kept-item")).to_have_count(1)
        save_button(first, slugs[1]).click()
        expect(second.locator(".kept-item")).to_have_count(2)
        second.locator(".kept-remove").first.click()
        expect(save_button(first, slugs[0])).to_have_attribute("aria-pressed", "false")
        expect(count(first)).to_have_text("Shortlist (1)")


# --- the page ----------------------------------------------------------------------------------------------


def test_removing_a_course_can_be_undone(browser: Browser, site: ServedSite, slugs: list[str]) -> None:
    with visitor(browser, **with_shortlist(site, *slugs[:3])) as context:
        page = open_page(context, site, "shortlist/")
        expect_ids(page, slugs[:3])
        remove = page.get_by_role("button", name=re.compile("^Remove"))
        undo = page.get_by_role("button", name="Undo")
        status = page.locator('[data-part="status"]')
        remove.nth(1).focus()
        page.keyboard.press("Enter")
        expect_ids(page, [slugs[0], slugs[2]])
        expect(status).to_contain_text("is off the shortlist.")
        expect(remove.nth(1)).to_be_focused()
        assert stored_ids(page) == [slugs[0], slugs[2]]
        assert_fine(page)
        remove.nth(1).click()
        remove.nth(0).click()
        expect(page.get_by_role("heading", name="Nothing saved yet")).to_be_visible()
        expect(undo).to_be_focused()
        assert_fine(page)
        for wanted in ([slugs[0]], [slugs[0], slugs[2]], slugs[:3]):
            undo.click()
            expect_ids(page, wanted)
        expect(status).to_contain_text("is back on the shortlist.")
        expect(page.locator(f'.kept-item[data-id="{slugs[1]}"] .card-title a')).to_be_focused()
        expect(undo).to_be_hidden()
        assert stored_ids(page) == slugs[:3]


def test_an_empty_shortlist_says_how_to_fill_it(browser: Browser, site: ServedSite) -> None:
    with visitor(browser) as context:
        page = open_page(context, site, "shortlist/")
        expect(page.get_by_role("heading", name="Nothing saved yet")).to_be_visible()
        assert_fine(page)
        page.get_by_role("link", name="Look for courses").click()
        page.wait_for_url(site.address("courses/"))


def test_up_to_four_courses_can_be_compared(browser: Browser, site: ServedSite, slugs: list[str]) -> None:
    with visitor(browser, **with_shortlist(site, *slugs)) as context:
        page = open_page(context, site, "shortlist/")
        expect_ids(page, slugs)
        compare = page.get_by_role("link", name="Compare these")
        expect(compare).to_have_attribute("href", f"/compare/?c={','.join(slugs[:4])}")
        boxes = page.get_by_role("checkbox")
        for number in (5, 4, 3, 2):
            boxes.nth(number).check()
        boxes.nth(0).click()
        expect(boxes.nth(0)).not_to_be_checked()
        expect(page.locator('[data-part="status"]')).to_contain_text("Four courses are the most")
        expect(compare).to_have_attribute("href", f"/compare/?c={','.join(slugs[2:])}")
        page.locator(f'.kept-item[data-id="{slugs[2]}"] .kept-remove').click()
        expect(compare).to_have_attribute("href", f"/compare/?c={','.join(slugs[3:])}")


def test_a_course_that_no_longer_exists_is_marked_and_can_be_removed(
    browser: Browser, site: ServedSite, slugs: list[str]
) -> None:
    with visitor(
        browser,
        **with_shortlist(
            site,
            slugs[0],
            "knitting-for-sailors",
            titles={"knitting-for-sailors": "Knitting <b>for</b> Sailors"},
        ),
    ) as context:
        page = open_page(context, site, "shortlist/")
        expect(page.locator(".kept-gone strong")).to_have_text("Knitting <b>for</b> Sailors")
        expect(page.get_by_text("This course is no longer in the catalogue.")).to_be_visible()
        expect(page.get_by_role("link", name="Compare these")).to_be_hidden()
        assert_fine(page)
        page.get_by_role("button", name="Remove Knitting <b>for</b> Sailors").click()
        expect_ids(page, [slugs[0]])


def test_the_calendar_has_the_dates_of_all_courses(
    browser: Browser, site: ServedSite, sample_site: Path, slugs: list[str]
) -> None:
    with visitor(browser, **with_shortlist(site, *slugs[:3])) as context:
        page = open_page(context, site, "shortlist/")
        expect_ids(page, slugs[:3])
        with page.expect_download() as saved:
            page.get_by_role("button", name="Add to calendar").click()
        assert saved.value.suggested_filename == "shortlist.ics"
        found = icalendar.Calendar.from_ical(Path(saved.value.path()).read_bytes())
        expected = [
            str(event["UID"])
            for slug in slugs[:3]
            for event in icalendar.Calendar.from_ical(
                (sample_site / f"courses/{slug}/sessions.ics").read_bytes()
            ).walk("VEVENT")
        ]
        assert [str(event["UID"]) for event in found.walk("VEVENT")] == expected
        assert len(found.walk("VCALENDAR")) == 1
        assert "X-WR-CALNAME" not in found


def test_without_data_courses_are_plain_links(browser: Browser, site: ServedSite, slugs: list[str]) -> None:
    with visitor(browser, **with_shortlist(site, *slugs[:2], titles={slugs[0]: "The first one"})) as context:
        context.route("**/data/**", lambda route: route.fulfill(status=404, body="no"))
        page = open_page(context, site, "shortlist/")
        expect(page.locator('[data-part="status"]')).to_contain_text("cannot be loaded now")
        expect_ids(page, slugs[:2])
        assert_fine(page)
        page.get_by_role("link", name="The first one").click()
        page.wait_for_url(site.address(f"courses/{slugs[0]}/"))


# --- shared links -------------------------------------------------------------------------------------


def test_a_link_shows_its_courses_and_leaves_the_visitors_list_alone(
    browser: Browser, site: ServedSite, slugs: list[str]
) -> None:
    with visitor(browser, **with_shortlist(site, slugs[0])) as context:
        page = open_page(context, site, f"shortlist/?c={slugs[2]},{slugs[1]},no-such-course")
        expect_ids(page, [slugs[2], slugs[1]])
        expect(page.get_by_text("These courses were sent to you with a link.")).to_be_visible()
        expect(page.get_by_text("was left out")).to_be_visible()
        expect(page.get_by_role("heading", name="Courses in this link (2)")).to_be_visible()
        expect(page.get_by_role("button", name=re.compile("^Remove"))).to_have_count(0)
        assert stored_ids(page) == [slugs[0]]
        assert_fine(page, thoroughly=True)
        page.get_by_role("button", name="Save these to my shortlist").click()
        expect_ids(page, [slugs[0], slugs[2], slugs[1]])
        expect(page).to_have_url(site.address("shortlist/"))
        expect(page.get_by_role("heading", name="Your shortlist (3)")).to_be_focused()
        assert stored_ids(page) == [slugs[0], slugs[2], slugs[1]]
        assert_fine(page)


def test_a_shared_link_works_for_other_visitors(browser: Browser, site: ServedSite, slugs: list[str]) -> None:
    with visitor(browser, **with_shortlist(site, *slugs[:2])) as context:
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = open_page(context, site, "shortlist/")
        expect_ids(page, slugs[:2])
        page.get_by_role("button", name="Copy the link").click()
        expect(page.locator('[data-part="status"]')).to_have_text("The link to this shortlist is copied.")
        link = page.evaluate("() => navigator.clipboard.readText()")
    assert link == site.address(f"shortlist/?c={slugs[0]},{slugs[1]}")
    with visitor(browser) as context:
        page = context.new_page()
        page.goto(link)
        expect_ids(page, slugs[:2])
        page.get_by_role("link", name="See my own shortlist").click()
        expect(page.get_by_role("heading", name="Nothing saved yet")).to_be_visible()


HOSTILE = [
    "x" * 10_000,
    ",".join(f"no-course-{number}" for number in range(700)),
    "<script>document.title='taken'</script>",
    '"><img src=x onerror=alert(1)>',
    "../../secret,%2e%2e,/etc/passwd,javascript:alert(1)",
    "a,,,,b,%00,\u2028,Ω",
    "__proto__,constructor,toString",
]


def test_unusual_links_are_harmless(browser: Browser, site: ServedSite, slugs: list[str]) -> None:
    with visitor(browser, **with_shortlist(site, slugs[0])) as context:
        page = context.new_page()
        for asked in HOSTILE:
            page.goto(site.address(f"shortlist/?c={quote(asked)}"))
            expect(page.get_by_text("was left out")).to_be_visible()
            expect_ids(page, [slugs[0]])  # nothing in the link is a course, so the own list is shown
            assert page.title().startswith("Shortlist")
            assert page.locator("main img, main script").count() == 0


# --- the storage of the browser ----------------------------------------------------------------------------------

BLOCKED = """Object.defineProperty(window, "localStorage", { get() { throw new DOMException("no", "SecurityError"); } });"""
FULL = """Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };"""


@pytest.mark.parametrize("trouble", [BLOCKED, FULL], ids=["blocked", "full"])
def test_without_storage_the_list_lasts_as_long_as_the_page(
    browser: Browser, site: ServedSite, slugs: list[str], trouble: str
) -> None:
    with visitor(browser) as context:
        context.add_init_script(trouble)
        page = open_page(context, site, "courses/")
        save_button(page, slugs[0]).click()
        save_button(page, slugs[1]).click()
        expect(save_button(page, slugs[0])).to_have_attribute("aria-pressed", "true")
        expect(count(page)).to_have_text("Shortlist (2)")
        expect(page.locator("#site_notice")).to_contain_text("your browser keeps nothing")
        assert_fine(page)
        count(page).click()
        expect_ids(page, slugs[:2])  # the link has taken them along
        page.goto(site.address("shortlist/"))
        expect(page.get_by_role("heading", name="Nothing saved yet")).to_be_visible()


def test_without_storage_the_page_warns_that_the_list_is_lost(
    browser: Browser, site: ServedSite, slugs: list[str]
) -> None:
    with visitor(browser) as context:
        context.add_init_script(BLOCKED)
        page = open_page(context, site, f"shortlist/?c={slugs[0]}")
        expect(page.get_by_text("this list is lost when you close the page")).to_be_visible()
        assert_fine(page)


NONSENSE = ["", "null", "[", "{}", "[1,null,{}]", '"text"', '[{"id":"../x","title":5}]', "[[[[[[[[", "\u0000"]


@pytest.mark.parametrize("value", NONSENSE)
def test_nonsense_in_the_storage_is_an_empty_list(module: Run, value: str) -> None:
    assert module("shortlist/store.js", "return m.parseStored(argument);", value) == []


def test_nonsense_in_the_storage_is_harmless(browser: Browser, site: ServedSite, slugs: list[str]) -> None:
    with visitor(browser, **with_shortlist(site, value='[null,{"id":["x"]},')) as context:
        page = open_page(context, site, f"courses/{slugs[0]}/")
        expect(count(page)).to_have_text("Shortlist")
        page.locator(".helpers [data-save]").click()
        expect(count(page)).to_have_text("Shortlist (1)")
        assert stored_ids(page) == [slugs[0]]


def test_sites_on_one_origin_have_separate_lists(
    browser: Browser, sample_site_subpath: Path, slugs: list[str]
) -> None:
    with (
        serve(sample_site_subpath, "/a/b/") as site,
        visitor(browser, **with_shortlist(site, slugs[0])) as context,
    ):
        page = open_page(context, site, f"courses/{slugs[1]}/")
        expect(count(page)).to_have_text("Shortlist")
        page.locator(".helpers [data-save]").click()
        count(page).click()
        expect_ids(page, [slugs[1]])
        assert stored_ids(page) == [slugs[0]]


# --- without scripts ---------------------------------------------------------------------------------------


def test_without_scripts_there_is_no_shortlist(browser: Browser, site: ServedSite) -> None:
    with visitor(browser, java_script_enabled=False, viewport=PHONE) as context:
        page = open_page(context, site, "courses/")
        expect(page.locator(".save:visible, [data-shortlist]:visible")).to_have_count(0)
        page.goto(site.address("shortlist/"))
        expect(page.get_by_text("needs JavaScript")).to_be_visible()
        expect(page.locator("[data-shortlist-page]")).to_be_hidden()
        page.get_by_role("link", name="See all courses").click()
        page.wait_for_url(site.address("courses/"))


def test_if_scripts_do_not_load_the_page_says_so(browser: Browser, site: ServedSite) -> None:
    def refuse(route: Route) -> None:
        route.abort()

    with visitor(browser) as context:
        context.route(re.compile(r"/assets/js/main\."), refuse)
        page = open_page(context, site, "shortlist/")
        expect(page.get_by_text("needs JavaScript")).to_be_visible()
        expect(page.locator("[data-shortlist]")).to_be_hidden()


# --- without a page ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ("", None),
        ("?q=x", None),
        ("?c=", {"ids": [], "ignored": False}),
        ("?c=a,b", {"ids": ["a", "b"], "ignored": False}),
        ("?c=b&c=a,b", {"ids": ["b", "a"], "ignored": False}),
        ("?c=a%2Cb%20,", {"ids": ["a", "b"], "ignored": False}),
        ("?c=a,B,c--d,-e,f-", {"ids": ["a"], "ignored": True}),
        (f"?c={'a' * 201}", {"ids": [], "ignored": True}),
    ],
)
def test_courses_in_an_address(module: Run, search: str, expected: object) -> None:
    assert module("shortlist/store.js", "return m.parseCourseIds(argument);", search) == expected


def test_a_list_and_a_link_have_a_maximum(module: Run) -> None:
    many = [f"c-{number}" for number in range(150)]
    found = module("shortlist/store.js", "return m.parseCourseIds(argument);", f"?c={','.join(many)}")
    assert (len(found["ids"]), found["ignored"]) == (100, True)
    full = module(
        "shortlist/store.js",
        """const stored = new Map(), storage = { getItem: key => stored.get(key) ?? null, setItem: (key, value) => stored.set(key, value) };
        const list = m.createShortlist("k", () => storage);
        const said = argument.map(id => list.save({ id, title: id.repeat(99) }));
        return [said.filter(Boolean).length, said.at(-1), list.items().length, m.parseStored(stored.get("k")).length];""",
        many,
    )
    assert full == [100, False, 100, 100]


def test_a_change_keeps_what_another_tab_has_saved(module: Run) -> None:
    found = module(
        "shortlist/store.js",
        """const stored = new Map(), storage = { getItem: key => stored.get(key) ?? null, setItem: (key, value) => stored.set(key, value) };
        const one = m.createShortlist("k", () => storage), other = m.createShortlist("k", () => storage);
        let calls = 0;
        other.onChange(() => calls++);
        one.save({ id: "a", title: "A" });
        other.save({ id: "b", title: "B" });
        one.save({ id: "c", title: "C" }, 0);
        other.reload();
        other.reload();
        return [one.items().map(x => x.id), other.items().map(x => x.id), other.remove("a"), other.remove("x"), calls];""",
    )
    assert found == [["c", "a", "b"], ["c", "a", "b"], 1, -1, 3]


def test_calendars_are_merged(module: Run) -> None:
    def calendar(*uids: str) -> str:
        events = "".join(f"BEGIN:VEVENT\r\nUID:{uid}\r\nSUMMARY:x\r\nEND:VEVENT\r\n" for uid in uids)
        return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nNAME:One\\, that is\r\n  long\r\nX-WR-CALNAME:One\r\n{events}END:VCALENDAR\r\n"

    texts = ["", "<!doctype html>", calendar(), calendar("a", "b\r\n c"), calendar("b\r\n c", "d")]
    merged = module("shortlist/calendar.js", "return m.mergeCalendars(argument);", texts)
    assert merged.count("BEGIN:VCALENDAR") == merged.count("END:VCALENDAR") == 1
    assert re.findall(r"UID:(.*)", merged.replace("\r\n ", "").replace("\r", "")) == ["a", "bc", "d"]
    assert "NAME" not in merged
    assert "long" not in merged
    assert module("shortlist/calendar.js", "return m.mergeCalendars(argument);", texts[:3]) == ""


def test_merged_calendars_have_the_rules_of_the_time_zone_for_all_their_years(module: Run) -> None:
    def calendar(uid: str, *years: int) -> str:
        rules = "".join(f"BEGIN:STANDARD\r\nDTSTART:{year}1101T020000\r\nEND:STANDARD\r\n" for year in years)
        zone = f"BEGIN:VTIMEZONE\r\nTZID:Europe/Paris\r\n{rules}END:VTIMEZONE\r\n" if years else ""
        event = f"BEGIN:VEVENT\r\nUID:{uid}\r\nEND:VEVENT\r\n"
        return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{zone}{event}END:VCALENDAR\r\n"

    texts = [calendar("a"), calendar("b", 2026, 2027), calendar("c", 2027, 2028)]
    merged = module("shortlist/calendar.js", "return m.mergeCalendars(argument);", texts)
    assert re.findall(r"[A-Z]+:(VCALENDAR|VTIMEZONE|VEVENT)", merged) == [
        "VCALENDAR", "VTIMEZONE", "VTIMEZONE", *("VEVENT",) * 6, "VCALENDAR",
    ]  # fmt: skip
    assert re.findall(r"DTSTART:(\d{4})", merged) == ["2026", "2027", "2028"]
