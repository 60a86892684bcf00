from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credsite.content.discovery import SourceFile
from credsite.content.parser import ParsedFile, parse
from credsite.problems.codes import CODES
from credsite.schema.kinds import Kind
from credsite.schema.models import Course
from tests.support.catalogues import LARGEST, parsed, source

COURSE = """\
---
title: First aid
summary: Save a life in a day.
provider: college
industries: [healthcare]
delivery_modes: [in-person]
duration: 1 day
workload: 7 hours
price: 95 CAD
outcomes: [Help somebody who has fallen]
assessment_methods: [practical]
---
What to do until the ambulance comes.
"""
SOURCE = source(Kind.COURSE, "first-aid")
PATH = SOURCE.path


def read(data: bytes | str) -> ParsedFile:
    return parse(data.encode() if isinstance(data, str) else data, SOURCE, LARGEST)


def problems(data: bytes | str) -> list[tuple[str, str]]:
    return [(problem.code, str(problem.location)) for problem in read(data).problems]


def test_a_file_becomes_an_entry() -> None:
    found = read(COURSE)
    assert found.problems == ()
    assert found.entry is not None
    assert (found.entry.kind, found.entry.slug, found.entry.path) == (Kind.COURSE, "first-aid", PATH)
    assert found.entry.folder == "content/courses"
    assert found.entry.title == "First aid"
    assert isinstance(found.entry.fields, Course)
    assert found.entry.fields.delivery_modes == ("in-person",)
    assert "until the ambulance comes" in found.entry.body.html


@pytest.mark.parametrize(
    "data",
    [
        COURSE.replace("\n", "\r\n").encode(),
        COURSE.replace("\n", "\r").encode(),
        b"\xef\xbb\xbf" + COURSE.encode(),
        b"\xef\xbb\xbf" + COURSE.replace("\n", "\r\n").encode(),
        COURSE.rstrip("\n").encode(),
        COURSE.replace("---\nWhat", "...\nWhat").encode(),
    ],
    ids=["CRLF", "CR", "BOM", "BOM and CRLF", "no final newline", "dots"],
)
def test_how_the_file_was_saved_does_not_count(data: bytes) -> None:
    plain, found = read(COURSE).entry, read(data).entry
    assert plain is not None
    assert found is not None
    assert (found.fields, found.body) == (plain.fields, plain.body)
    assert found.digest != plain.digest


def test_a_file_without_body_and_final_newline() -> None:
    found = read(COURSE[: COURSE.index("\nWhat")]).entry
    assert found is not None
    assert found.body.html == ""
    assert found.body.words == 0


def test_the_slug_may_be_written_in_the_file() -> None:
    found = read(COURSE.replace("title: First aid", "title: First aid\nslug: aid-1")).entry
    assert found is not None
    assert found.slug == "aid-1"


@pytest.mark.parametrize(
    ("data", "code", "place"),
    [
        (b"", "front-matter-missing", "1:1"),
        (b"# First aid\n", "front-matter-missing", "1:1"),
        (b"+++\ntitle = 'x'\n+++\n", "front-matter-toml", "1:1"),
        (b"---\ntitle: x\n", "front-matter-unclosed", "1:1"),
        (b"---\ntitle: x\n\ttab: y\n---\n", "yaml-tab", "3:1"),
        (b"---\ntitle: x\ntitle: y\n---\n", "duplicate-key", "3:1"),
        (b"---\ntitle: &x y\n---\n", "yaml-alias", "2:8"),
        (b"---\n" + b"- " * 900_000 + b"\n---\n", "yaml-too-deep", "2:81"),
        (b"---\ntitle: " + b"[" * 900_000 + b"\n---\n", "yaml-too-deep", "2:47"),
        (b"---\ntitle: x\nsummary: \xe9t\xe9\n---\n", "file-not-utf8", "3:10"),
        ("---\ntitle: 介護".encode() + b"\xff\n---\n", "file-not-utf8", "2:10"),
        ("---\ntitle: x\n---\n".encode("utf-16"), "file-not-utf8", "1:1"),
        (b"---\ntitle: a\0b\n---\n", "file-nul", "2:9"),
        ("---\ntitle: 介\0b\n---\n".encode(), "file-nul", "2:9"),
    ],
)
def test_files_that_cannot_be_read(data: bytes, code: str, place: str) -> None:
    assert read(data).entry is None
    found = [one for one in problems(data) if not one[0].startswith("missing-")]
    assert found == [(code, f"{PATH}:{place}")]


@pytest.mark.parametrize("yaml", ["- a\n- b\n", "just words\n", "'title: x'\n"])
def test_front_matter_that_is_no_list_of_keys(yaml: str) -> None:
    assert [code for code, _ in problems(f"---\n{yaml}---\n")] == ["front-matter-shape"]


def test_empty_front_matter_lacks_every_required_key() -> None:
    found = [one for one in read("---\n---\nBody").problems if one.location.key]
    assert {problem.code for problem in found} == {"missing-key"}
    assert {problem.location.key for problem in found} == {
        ("title",),
        ("summary",),
        ("provider",),
        ("industries",),
        ("delivery_modes",),
    }


def test_a_file_may_be_just_as_large_as_the_limit() -> None:
    data = COURSE.encode()
    assert parse(data, SOURCE, len(data)).entry is not None
    too_large = parse(data, SOURCE, len(data) - 1)
    assert too_large.entry is None
    assert [problem.code for problem in too_large.problems] == ["file-too-large"]


def test_front_matter_and_body_tell_their_problems_together() -> None:
    text = COURSE.replace("1 day", "a day").replace(
        "What to do", "[x](javascript:alert(1)) <script>y</script> What"
    )
    assert sorted(code for code, _ in problems(text)) == ["bad-duration", "html-not-allowed", "link-scheme"]
    assert read(text).entry is None


def test_a_problem_of_the_body_leaves_the_entry() -> None:
    found = read(COURSE.replace("What to do", "<blink>What</blink> to do"))
    assert [problem.code for problem in found.problems] == ["html-not-allowed"]
    assert found.entry is not None
    assert "blink" not in found.entry.body.html


def test_advice_stands_beside_the_entry() -> None:
    found = parsed(Kind.COURSE, "first-aid")
    assert found.entry is not None
    assert sorted(problem.code for problem in found.problems) == [
        "missing-assessment",
        "missing-duration",
        "missing-outcomes",
        "missing-price",
        "missing-workload",
    ]


TEXTS = [
    "介護の基礎",
    "الإسعافات الأولية",
    "Ünïcödé – “quotes”",
    "👩‍🏫 C# & C++: a * b",
    "a: b",
    "- x",
    "# no note",
    "50 %",
    "@home",
    "null",
]


@pytest.mark.parametrize("text", TEXTS)
def test_every_script_and_sign_comes_through(text: str) -> None:
    found = parsed(Kind.PAGE, "a", text, title=text, summary=text).entry
    assert found is not None
    assert found.title == text
    assert found.fields.summary == text


def test_years_and_numbers_are_texts_in_titles() -> None:
    found = read(COURSE.replace("title: First aid", "title: 2027")).entry
    assert found is not None
    assert found.title == "2027"


PIECES = st.sampled_from(
    ["---\n", "...\n", "title: x\n", "summary: y\n", "provider: [a]\n", "price: {amount: 1e9}\n", "\t", "\0", "\ufeff",
     "\r\n", "sessions:\n- starts: 2027-02-30\n", "learner: {name: A}\n", "steps: [{title: x, courses: [a]}]\n",
     "[x](y)\n", "consent: {given: 9999-12-31}\n", "~: x\n", "a: &b\n", "介", "<b", "![](", "\n"]
)  # fmt: skip


@given(
    st.sampled_from(list(Kind)),
    st.binary(max_size=60) | st.lists(PIECES, max_size=12).map(lambda p: ("---\n" + "".join(p)).encode()),
)
def test_any_bytes_give_an_entry_or_problems(kind: Kind, data: bytes) -> None:
    found = parse(data, source(kind, "a"), LARGEST)
    assert found.entry is not None or found.problems
    assert all(problem.code in CODES and problem.message for problem in found.problems)


@given(st.dictionaries(st.sampled_from(list(Course.model_fields)), st.text(max_size=12), max_size=6))
def test_the_same_bytes_give_the_same(fields: dict[str, Any]) -> None:
    assert parsed(Kind.COURSE, "a", **fields) == parsed(Kind.COURSE, "a", **fields)


def test_a_broken_file_is_known_by_its_own_slug() -> None:
    found = parse(
        b"---\nslug: other\ntitle: A\n---\n", SourceFile("content/courses/a.md", Kind.COURSE, "a", "en"), 9999
    )
    assert found.entry is None
    assert found.partial_entry is not None
    assert found.partial_entry.slug == "other"


def test_a_merge_conflict_does_not_hide_other_problems() -> None:
    conflict = "<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> spring\n"
    text = COURSE.replace("price: 95 CAD\n", "price: many\n") + conflict.format("At nine.", "At ten.")
    assert problems(text) == [("merge-conflict", f"{PATH}:14:1"), ("bad-price", PATH)]
    in_front_matter = COURSE.replace(
        "duration: 1 day\n", conflict.format("duration: 1 day", "duration: 2 days")
    )
    assert problems(in_front_matter) == [("merge-conflict", f"{PATH}:7:1")]
    assert problems(conflict.format(COURSE, COURSE)) == [("merge-conflict", f"{PATH}:1:1")]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (r"[this](C:\Users\me\leaflet.pdf)", "your own computer"),
        ("[this](file:///home/me/leaflet.pdf)", "your own computer"),
        ("[this](ftp://college.example/a)", "Use https://"),
        ('<iframe src="https://www.youtube.com/embed/x"></iframe>', "Write a link"),
        ("<o:p></o:p>", "word processor"),
        ('<p class="MsoNormal">A</p>', "word processor"),
        ("<center>A</center>", "Write Markdown"),
    ],
)
def test_what_to_do_about_links_and_html_that_are_not_allowed(body: str, words: str) -> None:
    found = read(COURSE.replace("What to do", f"{body}\n\nWhat to do")).problems
    assert [words in problem.message for problem in found] == [True]


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (COURSE.encode("utf-16"), "file-not-utf8", "UTF-16"),
        (COURSE.encode("utf-16-be").join([b"\xfe\xff", b""]), "file-not-utf8", "UTF-16"),
        (b"PK\x03\x04\x14\x00\x06\x00\xff", "file-not-utf8", "word processor"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "file-not-utf8", "older version"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "file-not-utf8", "PDF"),
        ("title: caf\xe9".encode("cp1252"), "file-not-utf8", "this character"),
        (rb"{\rtf1\ansi ---\par title: A}", "front-matter-missing", "RTF"),
        (b"<!DOCTYPE html><html></html>", "front-matter-missing", "HTML"),
        (b"", "front-matter-missing", "empty"),
        (b" \n\n", "front-matter-missing", "empty"),
        (b"title: A\n", "front-matter-missing", "very first line"),
    ],
)
def test_files_of_another_kind_are_named(data: bytes, code: str, words: str) -> None:
    found = [problem for problem in read(data).problems if problem.code == code]
    assert [words in problem.message for problem in found] == [True]


@pytest.mark.parametrize(("heading", "count"), [("# {}", 1), ("# {} #", 1), ("# {} again", 0), ("## {}", 0)])
def test_a_heading_that_repeats_the_title(heading: str, count: int) -> None:
    title = read(COURSE).entry.fields.title  # type: ignore[union-attr]
    text = COURSE.replace("What to do", f"{heading.format(title.upper())}\n\nWhat to do")
    found = [(one.code, one.location.snippet[:1]) for one in read(text).problems]
    assert found == [("markdown-unusual", "#")] * count


@pytest.mark.parametrize("line", ["----", "- - -", "\N{EM DASH}", "--"])
def test_a_line_that_was_meant_to_end_the_front_matter(line: str) -> None:
    (problem,) = read(COURSE.replace("---\nWhat", f"{line}\nWhat")).problems
    number = COURSE[: COURSE.index("---\nWhat")].count("\n") + 1
    assert (problem.code, str(problem.location)) == ("front-matter-unclosed", f"{PATH}:{number}:1")
    assert "must be exactly `---`" in problem.message
