from __future__ import annotations

from typing import Any

import pytest

from tests.support.catalogues import (
    course,
    industry,
    pathway,
    place,
    plan,
    planned,
    provider,
    settings,
    story,
    view_of,
)

TITLES = ["Bread", "Cheese", "Dough and its many uses in the kitchens of the coast", "Eggs", "Fish"]


def description(*entries: Any, at: str, **options: Any) -> str:
    return view_of(planned(*entries, **options)[0], at).head.description


def courses(count: int, **fields: Any) -> list[Any]:
    return [
        course(f"c-{number:02}", **({"title": f"Course {number:02}"} | fields)) for number in range(count)
    ]


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (1, "Online courses in Health. 1 course: Bread"),
        (2, "Online courses in Health. 2 courses: Bread; Cheese"),
        (
            5,
            "Online courses in Health. 5 courses: Bread; Cheese; "
            "Dough and its many uses in the kitchens of the coast; Eggs; Fish",
        ),
    ],
)
def test_a_pair_says_what_it_lists(count: int, text: str) -> None:
    entries = [course(f"c-{number}", title=title) for number, title in enumerate(TITLES[:count])]
    assert description(*entries, at="industries/health/online/") == text


def test_there_are_as_many_names_as_there_is_room_for() -> None:
    long = [course(f"c-{number}", title=f"{'A long title ' * 4}{number}") for number in range(4)]
    text = description(*long, at="industries/health/online/")
    assert text == f"Online courses in Health. 4 courses: {'A long title ' * 4}0; {'A long title ' * 4}1; …"
    very_long = [course(f"c-{number}", title=f"{'A long title ' * 14}{number}") for number in range(2)]
    text = description(*very_long, at="industries/health/online/")
    assert text == f"Online courses in Health. 2 courses: {'A long title ' * 14}0; …"


def test_a_text_of_the_site_is_kept_on_the_first_page() -> None:
    entries = [*courses(30), industry("health", summary="Care for others.")]
    assert description(*entries, at="industries/health/") == "Care for others."
    assert description(*entries, at="industries/health/page/2/") == (
        "Health, page 2. 30 courses: Course 24; Course 25; Course 26; Course 27; Course 28; …"
    )


def test_no_two_pages_of_any_lists_say_the_same() -> None:
    number = 30
    entries = [
        *courses(number, skills=["Hygiene"], places=["p-00"]),
        *(story(f"s-{n:02}", "c-00", background=["newcomer"]) for n in range(number)),
        *(pathway(f"w-{n:02}", ["c-00"]) for n in range(number)),
        *(provider(f"q-{n:02}") for n in range(number)),
        *(place(f"p-{n:02}") for n in range(number)),
        industry("health", summary="Care for others."),
    ]
    site_plan, _ = planned(*entries, config=settings(tagline="Learn"))
    views = [page.view(site_plan.view_builder) for page in site_plan.pages if page.in_sitemap]
    lists = [view.head for view in views if "course" not in view.template or "courses" in view.template]
    found = [head.description for head in lists if not head.canonical.endswith("/online/")]
    assert all(found)
    lists_found = [text for text in found if ". " in text]
    assert len(lists_found) > 10
    assert len({*lists_found}) == len(lists_found)


def test_a_site_without_texts_says_what_it_has() -> None:
    entries = [course("a"), course("b", industries=["trade"]), industry("trade", title="Trade")]
    assert description(*entries, at="", config=settings(title="Short Courses")) == (
        "Short Courses. 2 courses, 1 provider: Health; Trade"
    )
    assert description(at="", config=settings(title="Short Courses")) == "Short Courses"
    for key in ("description", "tagline"):
        assert description(*entries, at="", config=settings(**{key: "All about it."})) == "All about it."


def test_numbers_and_words_are_in_the_language_of_the_site() -> None:
    page = view_of(plan(*courses(3)), "industries/health/online/")
    assert page.head.description.startswith("Online courses in Health. 3 courses: ")
    assert page.summary == "Taught entirely online, wherever you are."
