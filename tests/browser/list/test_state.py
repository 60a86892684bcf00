"""state.js: the state of a list as an address, and back."""

from __future__ import annotations

import re
from typing import Any

import pytest

from credsite.theme.packaged import packaged_themes
from tests.browser.conftest import Run

VALUES = {
    "industry": ["healthcare", "design", "café"],
    "mode": ["online", "in-person"],
    "level": ["introductory", "advanced"],
    "skill": ["Excel & co", "Écoute"],
    "room": ["hall"],
    "group-size": ["2"],
}
PAGES = [
    {"path": "courses/", "industry": "", "mode": ""},
    {"path": "industries/healthcare/", "industry": "healthcare", "mode": ""},
    {"path": "industries/café/", "industry": "café", "mode": ""},
    {"path": "delivery/online/", "industry": "", "mode": "online"},
    {"path": "industries/healthcare/online/", "industry": "healthcare", "mode": "online"},
]
SETTING = """
const options = { values: new Map(Object.entries(argument.values)), sorts: ["title", "relevance", "cost"] };
const routes = { base: "/a/", home: "courses/", axes: ["industry", "mode"], pages: argument.pages };
const at = (address) => { const url = new URL(address, "https://x.example"); return m.stateAt(url.pathname, url.search, options, routes); };
"""


def run(module: Run, body: str, value: Any = None) -> Any:
    return module("list/state.js", SETTING + body, {"values": VALUES, "pages": PAGES, "value": value})


@pytest.mark.parametrize(
    ("search", "written"),
    [
        ("", ""),
        ("?utm_source=x&foo=bar", ""),
        ("?mode=in-person&mode=online&industry=design", "industry=design&mode=online&mode=in-person"),
        ("?mode=online&mode=online", "mode=online"),
        ("?mode=<script>alert(1)</script>&mode=__proto__&constructor=1", ""),
        ("?level=advanced&level=unknown&page=2", "level=advanced&page=2"),
        ("?q=%20%20first%0A%00aid%20", "q=first+aid"),
        ("?q=<img src=x onerror=alert(1)>", "q=%3Cimg+src%3Dx+onerror%3Dalert%281%29%3E"),
        ("?q=a&q=b", "q=a"),
        (
            "?room=hall&group-size=2&skill=%C3%89coute&sort=cost",
            "skill=%C3%89coute&group-size=2&room=hall&sort=cost",
        ),
        ("?sort=cost", "sort=cost"),
        ("?sort=title", ""),
        ("?sort=relevance", ""),
        ("?q=a&sort=relevance", "q=a"),
        ("?q=a&sort=title", "q=a&sort=title"),
        ("?sort=price", ""),
        ("?page=0", ""),
        ("?page=1", ""),
        ("?page=-3", ""),
        ("?page=2.5", ""),
        ("?page=1e3", ""),
        ("?page=99999999999999", ""),
        ("?page=3", "page=3"),
        ("?skill=%C3%89coute&skill=Excel+%26+co&skill=none", "skill=Excel+%26+co&skill=%C3%89coute"),
        ("?industry=%E0%A4%A&mode=online", "mode=online"),
    ],
)
def test_a_query_string_is_parsed_and_formatted(module: Run, search: str, written: str) -> None:
    body = "const state = m.parseQuery(argument.value, options); return [m.formatQuery(state), state];"
    first, state = run(module, body, search)
    assert first == written
    assert run(module, body, "?" + first) == [first, state]


def test_ten_thousand_characters_do_no_harm(module: Run) -> None:
    body = "return m.formatQuery(m.parseQuery(argument.value, options)).length;"
    assert run(module, body, "?q=" + "a" * 10_000) == len("q=") + 200
    assert run(module, body, "?mode=" + "online&mode=" * 900) == len("mode=online")
    assert run(module, body, "?" + "&" * 10_000) == 0
    assert run(module, body, "?q=" + "%20" * 3_000) == 0


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        ("/a/courses/", "/a/courses/"),
        ("/a/courses/page/3/", "/a/courses/page/3/"),
        ("/a/courses/?page=3", "/a/courses/page/3/"),
        ("/a/courses/?industry=healthcare", "/a/industries/healthcare/"),
        ("/a/courses/?industry=healthcare&mode=online&page=2", "/a/industries/healthcare/online/page/2/"),
        ("/a/industries/healthcare/?mode=online", "/a/industries/healthcare/online/"),
        ("/a/industries/healthcare/?industry=design", "/a/courses/?industry=healthcare&industry=design"),
        ("/a/industries/healthcare/page/2/?level=advanced", "/a/courses/?industry=healthcare&level=advanced"),
        ("/a/industries/healthcare/page/2/?foo=bar", "/a/industries/healthcare/page/2/"),
        ("/a/industries/caf%C3%A9/", "/a/industries/caf%C3%A9/"),
        ("/a/courses/?industry=design&mode=online", "/a/courses/?industry=design&mode=online"),
        ("/a/delivery/online/?sort=cost", "/a/courses/?mode=online&sort=cost"),
        ("/a/courses/?q=x&mode=online", "/a/courses/?q=x&mode=online"),
    ],
)
def test_a_list_with_a_page_of_its_own_has_the_address_of_that_page(
    module: Run, address: str, canonical: str
) -> None:
    body = "const state = at(argument.value); return [m.addressOf(state, routes), state];"
    written, state = run(module, body, address)
    assert written == canonical
    assert run(module, body, written) == [canonical, state]


@pytest.mark.parametrize(
    "address", ["/", "/a/", "/b/courses/", "/a/providers/", "/a/courses/x/", "/a/%E0%A4%A/"]
)
def test_other_addresses_are_not_lists(module: Run, address: str) -> None:
    assert run(module, "return at(argument.value) === undefined;", address)


def test_a_change_gives_a_new_state_on_its_first_page(module: Run) -> None:
    old, one, none, searched, sorted_, back = run(
        module,
        """
        const old = m.parseQuery("?mode=in-person&page=4&sort=cost", options);
        const one = m.withValue(old, "mode", "online", true, options.values.get("mode"));
        const none = m.withValue(m.withValue(one, "mode", "online", false, options.values.get("mode")),
            "mode", "in-person", false, options.values.get("mode"));
        const searched = m.withQuery(m.withSort(none, "title"), " a ");
        return [old, one, none, searched, m.withSort(searched, "title"), m.withQuery(searched, "")].map(m.formatQuery);
        """,
    )
    assert old == "mode=in-person&sort=cost&page=4"
    assert one == "mode=online&mode=in-person&sort=cost"
    assert none == "sort=cost"
    assert searched == "q=a"
    assert sorted_ == "q=a&sort=title"
    assert back == ""


def test_the_only_list_of_a_provider_keeps_its_path(module: Run) -> None:
    body = """
    const own = { base: "/a/", home: "providers/tern/", axes: [], pages: [{ path: "providers/tern/" }] };
    const state = m.stateAt("/a/providers/tern/page/2/", "", options, own);
    return [m.addressOf(state, own), m.addressOf(m.withValue(state, "mode", "online", true, ["online"]), own)];
    """
    assert run(module, body) == ["/a/providers/tern/page/2/", "/a/providers/tern/?mode=online"]


def test_the_early_script_has_the_same_parameters(module: Run) -> None:
    """Its list decides whether the built list is hidden until the filtered one is there."""
    early = (packaged_themes() / "default/assets/js/early.js").read_text("utf-8")
    keys = re.search(r"const keys = \[(.*?)\];", early, re.DOTALL)
    assert keys
    assert re.findall(r'"(\w+)"', keys[1]) == module("list/state.js", "return m.KEYS;")
