"""The parts of search that need no page, in a real browser: words, ranking, suggestions."""

# ruff: noqa: RUF001 - other alphabets are what is tested

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from credsite.core.text import APOSTROPHES, HYPHENS, INVISIBLE, unify_spelling
from credsite.theme.packaged import packaged_themes
from tests.support.server import serve

# Title, summary, skills, outcomes, provider, industries: as in a search block.
COURSES = [
    ["Bookkeeping for small shops", "Keep books that balance.", "bookkeeping, invoicing", "Close a month", "Harbour College", "Business"],
    ["C++ on small devices", "Make a lamp blink.", "programming", "Read a sensor", "Tern Institute", "Technology"],
    ["Ergothérapie à domicile", "Aider chez soi.", "écoute", "Évaluer un logement", "Collège Øst", "Santé"],
    ["First aid at work", "What to do in ten minutes.", "first aid", "Keep somebody alive", "Harbour College", "Healthcare"],
    ["Front-end basics", "Pages that everybody can use.", "HTML, CSS", "Build a page", "Tern Institute", "Technology"],
    ["Nursing assistant", "Work at first on a ward.", "listening, aid", "Lift safely", "Northmarsh Guild", "Healthcare"],
    ["Python for data", "Ask questions of tables.", "Python, data cleaning", "Clean a table", "Tern Institute", "Technology"],
    ["Straßenbau in Łódź", "Wege und Straßen.", "measuring", "Lay a kerb", "Æther Werke", "Construction"],
    ["データ分析入門", "表計算とプログラミングで学ぶ。", "統計", "グラフを作る", "東京大学", "Technology"],
    ["护理证书课程", "学习护理基础知识。", "沟通", "照顾病人", "北京学院", "Healthcare"],
    ["Курсы вождения", "Всё о дороге.", "вождение", "Ездить", "Ёлка", "Transport"],
    ["हिन्दी में लेखन", "लिखना सीखें।", "लेखन", "पत्र लिखना", "दिल्ली", "Writing"],
]  # fmt: skip
TITLES = [course[0] for course in COURSES]
OTHERS = [
    [
        "story",
        "From the kitchen to the ward",
        "Amara became a nursing assistant.",
        "Northmarsh",
        "/stories/kitchen/",
    ],
    ["guide", "What is a micro-credential?", "A short answer.", "badge employer", "/what-is/"],
    ["pathway", "Data step by step", "From tables to Python.", "", "/pathways/data/"],
]
PROVIDERS = sorted({course[4] for course in COURSES})


def facet(name: str, values: list[str], codes: list[Any]) -> dict[str, Any]:
    return {
        "id": name,
        "values": [{"id": value.lower(), "title": value} for value in values],
        "codes": codes,
    }


def each(rule: Callable[[int], Any]) -> list[Any]:
    return [rule(number) for number in range(len(COURSES))]


DATA = {
    "ids": [f"course-{number}" for number in range(len(COURSES))],
    "facets": [
        {"id": "industry", "values": [{"id": "healthcare", "title": "Healthcare"}], "codes": []},
        facet("mode", ["Online", "In-person"], each(lambda number: [0, 1] if number == 0 else number % 2)),
        facet("cost", ["Free", "Under 100 dollars"], each(lambda number: int(number > 3))),
        facet("language", ["English", "Ukrainian"], each(lambda number: int(number == 4))),
        {"id": "start", "values": [], "codes": None},
        facet("provider", PROVIDERS, each(lambda number: PROVIDERS.index(COURSES[number][4]))),
    ],
    "skills": {"names": ["Bookkeeping", "Data cleaning", "Python & tables"], "codes": []},
    "pages": [
        {"path": "courses/", "industry": "", "mode": ""},
        {"path": "industries/healthcare/online/", "industry": "healthcare", "mode": "online"},
        {"path": "industries/healthcare/", "industry": "healthcare", "mode": ""},
    ],
}


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A page in which ``index`` holds the catalogue above."""
    with serve(packaged_themes() / "default/assets/js") as site, browser.new_context() as context:
        opened = context.new_page()
        opened.goto(site.url)
        opened.evaluate(
            """async ([base, data, courses, others]) => {
                window.words = await import("/search/words.js");
                window.TextIndex = (await import("/search/text-index.js")).TextIndex;
                window.CatalogueIndex = (await import("/search/catalogue-index.js")).CatalogueIndex;
                window.index = new CatalogueIndex(base, data);
                index.add({first: 0, courses: courses.slice(0, 5)});
                index.add({first: 5, courses: courses.slice(5), others});
            }""",
            ["/a/", DATA, COURSES, OTHERS],
        )
        yield opened


def found(page: Page, query: str) -> list[str]:
    """The titles of the courses that match, in order."""
    numbers = page.evaluate("query => index.search(query).courses.map(([number]) => number)", query)
    return [TITLES[number] for number in numbers]


def others(page: Page, query: str) -> list[Any]:
    return page.evaluate("query => index.search(query).others.map(({title}) => title)", query)


def suggested(page: Page, prefix: str) -> list[tuple[str, str]]:
    return [(one["kind"], one["title"]) for one in page.evaluate("prefix => index.suggest(prefix)", prefix)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Łódź, Straße", ["lodz", "strasse"]),
        ("Crème brûlée ÅNGSTRÖM smørrebrød Æsir œuvre þing", ["creme", "brulee", "angstrom", "smorrebrod", "aesir", "oeuvre", "thing"]),
        ("Ａ１ ﬁne", ["a1", "fine"]),
        ("İstanbul ılık", ["istanbul", "ilik"]),
        ("ΟΔΥΣΣΕΎΣ", ["οδυσσευσ"]),
        ("ёлка Йод", ["елка", "иод"]),
        ("مُحَمَّد عــربي", ["محمد", "عربي"]),
        ("שָׁלוֹם", ["שלום"]),
        ("हिन्दी", ["हिन्दी"]),
        ("한국어", ["한국어"]),
        ("front-end l'été C++ F# 2026", ["front", "end", "frontend", "l", "ete", "lete", "c++", "f#", "2026"]),
        ("front\u2011end front\u2013end front\uff0dend", ["front", "end", "frontend"] * 3),
        ("fro\u00adnt\u200b\u2060 بی\u200cکار", ["front", "بیکار"]),
        ("col·legi col\u2027legi co\u0140legi collegi", ["collegi"] * 4),
        ("בית־ספר צה״ל צה\"ל", ["בית", "ספר", "ביתספר", "צה", "ל", "צהל", "צה", "ל", "צהל"]),
        ("qu'est-ce", ["qu", "est", "ce", "questce", "estce"]),
        ("the users' 'own' words", ["the", "users", "own", "words"]),
        ("...!?*+()[]\\ <b>&amp;</b>", ["b", "amp", "b"]),
        ("", []),
    ],
)  # fmt: skip
def test_words_are_compared_without_accents_and_case(page: Page, text: str, expected: list[str]) -> None:
    assert page.evaluate("text => window.words.indexTerms(text)", text) == expected


@pytest.mark.parametrize("apostrophe", APOSTROPHES)
@pytest.mark.parametrize(
    ("word", "terms"),
    [("Комп'ютер", ["комп", "ютер", "компютер"]), ("L'art", ["l", "art", "lart"]), ("ג'ירפה", ["ג", "ירפה", "גירפה"])],
)  # fmt: skip
def test_every_apostrophe_is_the_same(page: Page, apostrophe: str, word: str, terms: list[str]) -> None:
    text = word.replace("'", apostrophe)
    assert page.evaluate("text => window.words.indexTerms(text)", text) == terms


_APOSTROPHE_TITLES = (
    "Комп'ютерна графіка", "Здоровʼя людини", "Про об’єкти", "L'art du pain", "Cuisine de l’été", "Parler d'art",
    "O'Brien on welding", "Women’s health", "Rock'n'roll guitar", "Restauro dell'arte", "Partitions",
)  # fmt: skip


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        *((f"комп{mark}ютер", ["Комп'ютерна графіка"]) for mark in ("", *APOSTROPHES)),
        *((f"здоров{mark}я", ["Здоровʼя людини"]) for mark in ("", *APOSTROPHES)),
        ("компютерна", ["Комп'ютерна графіка"]),
        ("обєкт", ["Про об’єкти"]),
        ("об'єкт", ["Про об’єкти"]),
        ("art", ["Parler d'art", "L'art du pain", "Restauro dell'arte"]),
        ("art du pain", ["L'art du pain"]),
        ("l'art du pain", ["L'art du pain"]),
        ("l’art", ["L'art du pain", "Parler d'art", "Restauro dell'arte"]),
        ("d'été", ["Cuisine de l’été"]),
        ("été", ["Cuisine de l’été"]),
        ("obrien", ["O'Brien on welding"]),
        ("o brien", ["O'Brien on welding"]),
        ("brien", ["O'Brien on welding"]),
        ("womens health", ["Women’s health"]),
        ("women's", ["Women’s health"]),
        ("women", ["Women’s health"]),
        ("rocknroll", ["Rock'n'roll guitar"]),
        ("rock’n’roll", ["Rock'n'roll guitar"]),
        ("arte", ["Restauro dell'arte"]),
        ("l'arte", ["Restauro dell'arte"]),
    ],
)
def test_apostrophes_make_no_difference(page: Page, query: str, expected: list[str]) -> None:
    found_titles = page.evaluate(
        """([titles, query]) => {
            const index = new window.TextIndex({title: 1});
            titles.forEach((title, number) => index.add(number, [title]));
            return index.find(query).map(([number]) => titles[number]);
        }""",
        [_APOSTROPHE_TITLES, query],
    )
    assert sorted(found_titles) == sorted(expected)


def test_the_scripts_and_the_build_know_the_same_characters(page: Page) -> None:
    tables = page.evaluate(
        "import('/core/fold.js').then((fold) => [fold.APOSTROPHES, fold.HYPHENS, fold.INVISIBLE])"
    )
    assert tables == [APOSTROPHES, HYPHENS, INVISIBLE]


def test_what_is_one_spelling_for_the_build_is_one_for_the_search(page: Page) -> None:
    spellings = [f"a{mark}b" for mark in APOSTROPHES + HYPHENS] + ["a\u00adb", "ａｂ", "a\u200db"]
    folded = page.evaluate(
        "async (all) => { const { fold } = await import('/core/fold.js'); return all.map(fold); }", spellings
    )
    assert folded == [unify_spelling(spelling) for spelling in spellings]


def test_a_title_is_the_query_whichever_apostrophe_it_has(page: Page) -> None:
    titles = page.evaluate("""() => ["Комп'ютер", "комп\u02bcютер", "компютер"].map(window.words.phrase)""")
    assert set(titles) == {"компютер"}


def test_text_without_spaces_is_split_into_words(page: Page) -> None:
    for text in ("データ分析入門", "护理证书课程", "ภาษาไทยง่าย"):
        parts = page.evaluate("text => window.words.indexTerms(text)", text)
        assert len(parts) > 1
        assert "".join(parts) == text


def test_long_words_are_cut(page: Page) -> None:
    assert page.evaluate("window.words.indexTerms('x'.repeat(10000))[0].length") == 40


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("first aid", "First aid at work"),  # title
        ("balance", "Bookkeeping for small shops"),  # summary
        ("invoicing", "Bookkeeping for small shops"),  # skill
        ("sensor", "C++ on small devices"),  # outcome
        ("northmarsh", "Nursing assistant"),  # provider
        ("construction", "Straßenbau in Łódź"),  # industry
        ("ergotherapie", "Ergothérapie à domicile"),
        ("STRASSENBAU lodz", "Straßenbau in Łódź"),
        ("college ost", "Ergothérapie à domicile"),
        ("frontend", "Front-end basics"),
        ("front end", "Front-end basics"),
        ("front-end", "Front-end basics"),
        ("c++", "C++ on small devices"),
        ("nurs", "Nursing assistant"),  # the beginning of a word
        ("bokkeping", "Bookkeeping for small shops"),  # two slips
        ("pyhton", "Python for data"),  # neighbours changed about
        ("helthcare nursing", "Nursing assistant"),
        ("data python table", "Python for data"),
        ("programmer", "C++ on small devices"),  # another ending
        ("shops", "Bookkeeping for small shops"),
        ("minute", "First aid at work"),  # its plural begins with it
        ("データ", "データ分析入門"),
        ("护理", "护理证书课程"),
        ("елка", "Курсы вождения"),
        ("लेखन", "हिन्दी में लेखन"),
    ],
)
def test_the_intended_course_comes_first(page: Page, query: str, first: str) -> None:
    assert found(page, query)[:1] == [first]


def test_the_plural_of_a_known_word_finds_the_singular_too(page: Page) -> None:
    assert page.evaluate(
        """() => {
            const index = new TextIndex({title: 1});
            ["Data tables", "A table of data", "Chairs"].forEach((title, id) => index.add(id, [title]));
            return index.find("tables").map(([id]) => id);
        }"""
    ) == [0, 1]


def test_all_words_come_before_some_words(page: Page) -> None:
    # One title has "first aid". Another course has both words, far apart. No other has both.
    assert found(page, "first aid") == ["First aid at work", "Nursing assistant"]
    assert found(page, "tern institute python")[0] == "Python for data"
    assert set(found(page, "tern institute python")) == {
        "Python for data",
        "C++ on small devices",
        "Front-end basics",
    }


def test_without_full_matches_the_closest_are_found(page: Page) -> None:
    assert set(found(page, "python bookkeeping")) == {"Python for data", "Bookkeeping for small shops"}
    assert found(page, "xyzzyx python") == ["Python for data"]
    assert found(page, "xyzzyx") == []


def test_numbers_and_short_words_must_be_exact(page: Page) -> None:
    assert page.evaluate(
        """() => {
            const index = new TextIndex({title: 1});
            ["In 2026", "A cat"].forEach((title, id) => index.add(id, [title]));
            return ["2062", "2027", "20261", "cta", "bat", "2026", "cat"].map(one => index.find(one).length);
        }"""
    ) == [0, 0, 0, 0, 0, 1, 1]


def test_filter_values_are_searched_except_the_most_frequent_language(page: Page) -> None:
    assert found(page, "in-person nursing") == ["Nursing assistant"]
    assert found(page, "tern free") == ["C++ on small devices"]
    assert found(page, "dollars") == []
    # Nearly all are in English, and nearly none in Ukrainian.
    assert found(page, "english") == []
    assert found(page, "ukrainian") == ["Front-end basics"]


def test_results_are_in_order_of_score(page: Page) -> None:
    scores = page.evaluate("index.search('first aid work').courses.map(([, score]) => score)")
    assert scores == sorted(scores, reverse=True)
    assert scores[0] >= 3  # all words


def test_very_frequent_words_do_not_count(page: Page) -> None:
    ids = page.evaluate(
        """() => {
            const index = new TextIndex({title: 1, summary: 1});
            for (let id = 0; id < 40; id++) index.add(id, [`Course ${id}`, id === 7 ? "Welding of steel" : "All about it"]);
            index.add(40, ["Steel", "Nothing more"]);
            return index.find("course about steel").map(([id]) => id);
        }"""
    )
    assert set(ids) == {7, 40}


def test_frequent_labels_count(page: Page) -> None:
    ids = page.evaluate(
        """() => {
            const index = new TextIndex({title: 1, facts: 1}, ["facts"]);
            for (let id = 0; id < 40; id++) index.add(id, ["Course", id > 4 ? "Online" : "In-person"]);
            index.add(40, ["Welding", "Online"]);
            index.add(41, ["Welding", "In-person"]);
            return index.find("online welding").map(([id]) => id);
        }"""
    )
    assert ids == [40]


def test_stories_guides_and_pathways_are_found_separately(page: Page) -> None:
    assert others(page, "nursing ward") == ["From the kitchen to the ward"]
    assert others(page, "employer") == ["What is a micro-credential?"]
    assert others(page, "python") == ["Data step by step"]
    assert page.evaluate("index.search('employer').others[0]") == {
        "kind": "guide",
        "title": "What is a micro-credential?",
        "summary": "A short answer.",
        "url": "/what-is/",
    }


@pytest.mark.parametrize(
    "query",
    ["", "   ", "?!*", "+-^$.|()[]{}\\", "a" * 10_000, "ab " * 4000, "__proto__ constructor", "\u0000\ud800", "<img src=x>", '"'],
)  # fmt: skip
def test_unusual_queries_are_harmless(page: Page, query: str) -> None:
    answer = page.evaluate(
        "query => { const from = performance.now(); index.search(query); index.suggest(query); "
        "return performance.now() - from; }",
        query,
    )
    assert answer < 1000


def test_punctuation_alone_finds_nothing(page: Page) -> None:
    assert found(page, "?!* ++ #") == []
    assert suggested(page, "?!*") == []


def test_suggestions_name_each_kind_and_lead_to_its_page(page: Page) -> None:
    kinds = page.evaluate(
        "['Pyth', 'health', 'harb', 'data', 'kitchen', 'what is', 'first'].flatMap(one => index.suggest(one))"
    )
    urls = {(one["kind"], one["title"]): one["url"] for one in kinds}
    assert urls[("course", "Python for data")] == "/a/courses/course-6/"
    assert urls[("skill", "Python & tables")] == "/a/courses/?skill=Python%20%26%20tables"
    assert urls[("industry", "Healthcare")] == "/a/industries/healthcare/"
    assert urls[("provider", "Harbour College")] == "/a/providers/harbour college/"
    assert urls[("story", "From the kitchen to the ward")] == "/stories/kitchen/"
    assert urls[("guide", "What is a micro-credential?")] == "/what-is/"
    assert urls[("pathway", "Data step by step")] == "/pathways/data/"


def test_suggestions_that_begin_with_the_query_come_first(page: Page) -> None:
    assert suggested(page, "data") == [
        ("skill", "Data cleaning"),
        ("pathway", "Data step by step"),
        ("course", "Python for data"),
    ]
    assert suggested(page, "b")[:2] == [
        ("skill", "Bookkeeping"),
        ("course", "Bookkeeping for small shops"),
    ]


def test_suggestions_tolerate_errors_and_fall_back_to_full_text(page: Page) -> None:
    assert suggested(page, "nusring") == [("course", "Nursing assistant")]
    assert suggested(page, "invoic") == [("course", "Bookkeeping for small shops")]


def test_there_are_at_most_eight_suggestions(page: Page) -> None:
    count = page.evaluate(
        """([data]) => {
            const index = new CatalogueIndex("/", {...data, ids: [...Array(50).keys()], facets: [],
                skills: {names: [...Array(50).keys()].map(one => `Weld ${one}`), codes: []}});
            index.add({first: 0, courses: [...Array(50).keys()].map(one => [`Welding ${one}`, "", "", "", "", ""]),
                others: [...Array(9).keys()].map(one => ["story", `Weld me ${one}`, "", "", "/"])});
            const kinds = index.suggest("weld").map(({kind}) => kind);
            return ["skill", "story", "course"].map(kind => kinds.filter(one => one === kind).length);
        }""",
        [DATA],
    )
    assert count == [3, 2, 3]
