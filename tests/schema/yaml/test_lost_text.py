from __future__ import annotations

import pytest
from pydantic import BaseModel

from credsite.problems.model import Problem
from credsite.schema.config import Config
from credsite.schema.models import Course, Page, Story
from credsite.schema.yaml.loader import load_document
from credsite.schema.yaml.lost_text import JOINED, lost_text_problems, quote_scalar, with_lost_text


def lost(text: str, model: type[BaseModel] = Course) -> list[Problem]:
    document = load_document(text, "a.md", 2)
    assert document.problems == []
    return lost_text_problems(document, text, "a.md", 2, model)


def places(text: str, model: type[BaseModel] = Course) -> list[str]:
    return [
        f"{p.location.line}:{p.location.column} {p.code.removeprefix('yaml-')}" for p in lost(text, model)
    ]


@pytest.mark.parametrize(
    ("text", "place", "suggestion"),
    [
        ("title: Hall #2 and B #flat", "2:13", 'title: "Hall #2 and B #flat"'),
        ("title: Hall\t#2", "2:13", 'title: "Hall\t#2"'),
        ("outcomes:\n- Turn #8 bolts", "3:8", '- "Turn #8 bolts"'),
        ("outcomes: [Turn, bolts #8\n]", "2:24", '- "bolts #8"'),
        ("skills: [drills #8\n]", "2:17", '- "drills #8"'),
        ("skills:\n  - name: drills #8", "3:18", 'name: "drills #8"'),
        ("summary: It goes on\n  in hall #2", "3:11", 'summary: "It goes on in hall #2"'),
        ('summary: Say "hi" #2', "2:19", "summary: 'Say \"hi\" #2'"),
        ("price:\n  amount: 4 # pounds\n  note: Per head #2", "4:18", 'note: "Per head #2"'),
        ("sessions:\n- starts: 2027-01-01\n  location: Hall #2", "4:18", 'location: "Hall #2"'),
        ("prerequisites:\n- Hall #2", "3:8", '- "Hall #2"'),
        ("prerequisites: #8 bolts", "2:16", 'prerequisites: "#8 bolts"'),
        ("outcomes:\n- #8 bolts", "3:3", '- "#8 bolts"'),
        ("title: #8 bolts", "2:8", 'title: "#8 bolts"'),
        ("title: # a note", "2:8", ""),
        ("credential:\n  name: #8 bolts", "3:9", 'name: "#8 bolts"'),
    ],
)
def test_a_comment_behind_a_text(text: str, place: str, suggestion: str) -> None:
    assert places(text + "\n") == [f"{place} comment-in-text"]
    assert [problem.suggestion for problem in lost(text + "\n")] == [suggestion]


@pytest.mark.parametrize(
    "text",
    [
        "title: C# and F#\n",
        'title: "Hall #2" # big\n',
        "title: 'Hall #2' # big\n",
        "title: |  # as it stands\n  Hall #2\n",
        "summary: >-\n  Hall #2\n  # not a comment\n",
        "title: Hall\n# of its own\n  # and this\n",
        "level: introductory # ask\n",
        "price: 20 GBP # was 15\n",
        "provider: harbour # new\n",
        "slug: hall-2 # old\n",
        "draft: true # for now\n",
        "publish_at: 2027-01-01 # a Friday\n",
        "duration: 6 weeks # roughly\n",
        "enrol_url: https://a.example/#b # c\n",
        "industries:\n- care # new\n- health # old\n",
        "languages: [en, # one\n fr # two\n]\n",
        "delivery_modes: # how\n- online # yes\n",
        "funding: [bursary] # all\n",
        "prerequisites:\n- first-aid # an id\n",
        "image:\n  src: a.png # mine\n",
        "occupations:\n- scheme: esco # x\n  code: 2512.4 # y\n",
        "summary: ~ # nothing yet\n",
        "learning_methods: # to be written\n",
        "unknown: value # note\n",
        "credential:\n  name: # to be written\n",
        "sessions:\n  - starts: 2027-01-01\n    location: Hall  # Where it takes place, if not online: the id of a place, or a text. As you like.\n",
    ],
)
def test_a_comment_that_is_meant(text: str) -> None:
    assert places(text) == []


def test_settings_and_other_kinds_have_texts_too() -> None:
    settings = (
        "title: We are #2\ncurrency: CAD # c\ntimezone: UTC # z\nfilters: [cost] # f\npage_size: 5 # p\n"
        "backgrounds:\n  a: Back #2\nfunding:\n  b:\n    title: Fund #2\n    url: https://b.example # u\n"
        "support: {c: Care #2\n}\n"
    )
    assert places(settings, Config) == [
        f"{place} comment-in-text" for place in ("2:15", "8:11", "11:17", "13:19")
    ]
    assert places("learner:\n  name: Ana #2\nhighs: [One #2\n]\ncourses: [a # b\n]\n", Story) == [
        "3:13 comment-in-text",
        "4:13 comment-in-text",
    ]
    assert places("menu:\n  label: Hall #2\n  order: 1 # first\n", Page) == ["3:15 comment-in-text"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("outcomes:\n- Drill\n - Bolt", "4:2"),
        ("outcomes:\n  - Drill\n   - Bolt", "4:4"),
        ("outcomes:\n  - Drill\n\n    - Bolt", "5:5"),
        ("outcomes:\n- Drill a hole\n  in a wall\n  - Bolt", "5:3"),
        ("outcomes:\n- Drill\n  * Bolt", "4:3"),
        ("outcomes:\n- Drill\n  • Bolt", "4:3"),
        ("outcomes:\n- Drill\n  •Bolt", "4:3"),
        ("outcomes:\n- Drill\n  -Bolt", "4:3"),
        ("outcomes:\n- Drill\n  ✓ Bolt", "4:3"),
        ("outcomes:\n- 1. Drill\n  2. Bolt", "4:3"),
        ("outcomes:\n- Drill.\n  2. Bolt", "4:3"),
        ("outcomes:\n- Drill\n  + Bolt\n  + Nut", "4:3"),
        ("outcomes: Drill\n  - Bolt", "3:3"),
        ("outcomes: [Drill\n  - Bolt]", "3:3"),
        ("summary: Drill\n  provider:harbour", "3:3"),
        ("summary: Drill\n  ---", "3:3"),
        ("quality_assurance:\n  name: County\n    - Town", "4:5"),
        ("sessions:\n- starts: 2027-01-01\n  location: Hall\n   - Yard", "5:4"),
        ('title: "Drill\nsummary: Bolt"', "3:1"),
        ('title: "Drill\nsumary: Bolt"', "3:1"),
        ("title: 'Drill\n  summary: Bolt'", "3:3"),
        ("outcomes:\n  - 'Drill\n  - Bolt'", "4:3"),
    ],
)
def test_a_line_that_is_joined_to_the_one_above(text: str, place: str) -> None:
    assert places(text + "\n") == [f"{place} joined-lines"]


@pytest.mark.parametrize(
    "text",
    [
        "summary: A sentence that\n  goes on here.\n",
        "summary: Wir beginnen am\n  1. Mai.\n",
        "summary: We drill\n  – and bolt.\n",
        "summary: Two ways,\n  see https://a.example\n  or mailto:a@b.example\n",
        'summary: "Two ways:\n  a drill: round, or\n  a bolt"\n',
        'price: 5 CAD\nsummary: "One evening,\n  price: 5 CAD"\n',
        "outcomes:\n- Drill\n  a hole\n- Bolt\n",
        "outcomes:\n  -\n    Drill\n  - Bolt\n",
        "outcomes:\n- |\n  Drill:\n  - one\n   - two\n- >-\n  Bolt\n  summary: x\n",
        "outcomes: [Drill,\n  Bolt,\n  Nut]\n",
        "title: A -- B --- C\n",
        "summary: It falls to\n  -5 degrees, and it is\n  *very* cold\n",
        "sessions:\n- starts: 2027-01-01\n  ends: 2027-01-02\n- starts: 2027-02-01\n",
    ],
)
def test_a_text_that_goes_on_in_the_next_line(text: str) -> None:
    assert places(text) == []


def test_a_comma_is_missing_at_the_end_of_a_line() -> None:
    (problem,) = lost("skills: [drill, bolt\n  saw, plane]\n")
    assert (str(problem.location), problem.code) == ("a.md:3:3", JOINED)
    assert "put a comma at the end of the line above" in problem.message
    assert places("skills: [\n  drill\n\n  bolt,\n  saw\n]\n") == ["5:3 joined-lines"]
    assert places("skills: [drill,\n  bolt,\n  saw\n  ]\n") == []
    assert (
        places("skills: [drill holes into wood, metal and everything else that can\n  have holes, saw]\n")
        == []
    )
    assert places('skills: ["drill\n  holes"]\n') == []


def test_messages_say_what_to_write() -> None:
    (deeper,) = lost("outcomes:\n  - Drill\n   - Bolt\n")
    assert "Begin it in column 3, as they do." in deeper.message
    assert str(deeper.related) == "a.md:3:5"
    (key,) = lost("summary: Drill\n  provider:harbour\n")
    assert key.suggestion == "provider: harbour"
    (quoted,) = lost('title: "Drill\nsummary: Bolt"\n')
    assert "opens in line 2 is not closed" in quoted.message


def test_a_value_that_is_missing_because_of_a_comment_is_one_problem() -> None:
    found = lost("title: #8\nsummary: #9\n")
    missing = [
        Problem("missing-key", "`title` is missing.", found[0].location),
        Problem("bad-date", "No.", found[1].location),
    ]
    assert [problem.code for problem in with_lost_text(missing, found)] == [
        "missing-key",
        "bad-date",
        "yaml-comment-in-text",
    ]
    assert "begins a comment" in with_lost_text(missing, found)[0].message


@pytest.mark.parametrize("text", ["a #b", 'a "b" #c', "it's #1", 'it\'s "1" #1', "a\\b #1"])
def test_quoted_text_is_read_as_it_was(text: str) -> None:
    assert load_document(f"a: {quote_scalar(text)}\n", "").data == {"a": text}
