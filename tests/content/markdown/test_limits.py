"""Texts that would take minutes are refused; long texts that people write are not."""

from __future__ import annotations

import time

import pytest

from credsite.content.markdown.body import render
from credsite.content.markdown.limits import MAX_FINDINGS, MAX_MARKUP, MAX_TAGS, find_too_complex
from tests.support.growth import MOST, growth

SIZE = 20_000


@pytest.mark.parametrize(
    "piece",
    [
        "<!--",
        "<!-- ",
        "<p><!--",
        "<!--\n\n",
        "<!-- --!>",
        "<div><!--</div>\n\n",
        "[^1] ",
        "[^1]: A note.\n\n",
    ],
)
@pytest.mark.parametrize("before", ["", "Words before.\n\n", "<!-- a comment -->\n\n"])
def test_texts_that_are_too_complex(piece: str, before: str) -> None:
    body, findings = render(before + piece * (SIZE // len(piece)))
    assert [finding.code for finding in findings] == ["body-too-complex"]
    assert body.html.startswith("<p>")


@pytest.mark.parametrize("piece", ["> ", ">", "- > ", "1. ", "* - "])
def test_what_is_nested_too_deeply_is_found_by_its_line(piece: str) -> None:
    deep = piece * 100 + "deep"
    _, findings = render(f"Words.\n\n{deep}\n\nMore words.")
    assert [(finding.code, finding.snippet) for finding in findings] == [
        ("body-too-complex", deep[:80].rstrip())
    ]


def test_lists_may_be_nested_as_deeply_as_people_write_them() -> None:
    nested = [f"{'    ' * level}- item\n" for level in range(60)]
    assert [finding.code for finding in render("".join(nested))[1]] == ["body-too-complex"]
    assert [finding.code for finding in render("".join(nested).replace("    ", "\t"))[1]] == [
        "body-too-complex"
    ]
    body, findings = render("".join(nested[:40]))
    assert not findings
    assert body.html.count("<ul>") == 40


@pytest.mark.parametrize(
    "piece",
    [
        "[", "![", "[[a](", "[a](b ", "[a][b ", "[](", '[a](" ) ', "[]:\n", "<b>\\][x", "``a`", "[`*", "<[", "<![CDATA[",
        "<a ", "<a\n", "<x y='", "<b><!---->", "-\n", "=\n", "#\n", "---\n", "- - -\n", "[a]:\n", "a\n: b\n", "\\][", "`]`[",
        "*a ", "**a_", "~~a ", "<b> <!-- a -->",
    ],
)  # fmt: skip
def test_nothing_else_takes_long(piece: str) -> None:
    # Were each opening searched for to the end of the text, the larger text would take a hundred times as long.
    text = piece * (1_900 // len(piece))
    shorter = _fastest(text)
    assert _fastest(text * 10) < 40 * shorter + 0.2


def _fastest(text: str) -> float:
    times = []
    for _ in range(3):
        start = time.process_time()
        _, findings = render(text)
        times.append(time.process_time() - start)
        assert "body-too-complex" not in [finding.code for finding in findings]
    return min(times)


def test_a_number_of_thousands_of_digits_is_read() -> None:
    assert not render(f"*Words* and &#{'1' * 20_000};")[1]


@pytest.mark.parametrize(
    "paragraph",
    [
        "Ordinary words with *stress*, `code`, a [link](course:sql) and [another](https://a.example/b_(c)) one.\n\n",
        '- An item with [a link](x.md "It\'s a title")\n- [ ] and a box to tick, [x] and one ticked\n',
        "| `a` | [b](c.md) | d |\n",
        "A cost of < 5 dollars & an interval [0, 1) here, say 'so' to \"them\" (or not\n\n",
        "    if a < b[0]: # indented code `x`\n",
        "Term\n: Meaning, with [a link](page:terms).\n\n",
        "Term\n: A meaning in so many words that a glossary without blank lines has no more than some hundreds.\n",
        "> A quotation\n> > of a quotation\n\n",
        "## A heading\n\nSome text\n\n---\n\n",
        "<p>Raw <b>HTML</b> with <a href='x.md'>a link</a></p>\n\n",
        "![A desk](desk.jpg) <!-- note -->\n\n",
        "_" * 60 + "\n\n" + "- " * 40 + "\n\n" + "-" * 300 + "\n\n",
    ],
)
def test_long_texts_are_not(paragraph: str) -> None:
    text = paragraph * (60_000 // len(paragraph))
    assert find_too_complex(text) is None


@pytest.mark.parametrize("piece", ["a|b\n", "\\", "&#1;", "[", "`` ` ", "www.", "# \n"])
def test_more_markup_than_a_page_can_hold_is_told_of_where_it_is_too_much(piece: str) -> None:
    text = piece * (MAX_MARKUP + 1)
    body, findings = render(text)
    assert [finding.code for finding in findings] == ["body-too-complex"]
    assert "divide it into several files" in findings[0].detail
    lines = text.split("\n")
    before = "\n".join(
        [*lines[: findings[0].line - 1], lines[findings[0].line - 1][: findings[0].column - 1]]
    )
    assert find_too_complex(before) is None
    assert body.html.startswith("<p>")


def test_two_megabytes_of_words_are_not_too_much() -> None:
    assert not render("A line of words, and as long a line as people write, or longer.\n" * 25_000)[1]


@pytest.mark.parametrize("tag", ["<div>", "<ul><li>", "<a/>", "</p>", "<x>"])
def test_more_tags_than_a_page_can_hold(tag: str) -> None:
    _, findings = render(tag * (MAX_TAGS // tag.count("<") + 1))
    assert [finding.code for finding in findings] == ["body-too-complex"]
    assert "Write Markdown" in findings[0].detail


@pytest.mark.parametrize(
    "tag",
    [
        "<a {} href=x.md>",
        "<div\n{}>\n",
        "<a title='>' {}>",
        "Words <b {}> words",
        '<div x=">\'" {}>',
        "<!-- <b title=' --><div {}>' ",
    ],
)
def test_a_tag_with_thousands_of_attributes(tag: str) -> None:
    _, findings = render(tag.format(" ".join(f"x{number}" for number in range(9_000))))
    assert "body-too-complex" in [finding.code for finding in findings]


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"<p><b title={number}>" for number in range(3_000)),
        "".join(f"<P><I\tclass='{number}'>" for number in range(3_000)),
        "".join(f"<small x={number}>words\n\nmore\n\n" for number in range(3_000)),
        "".join(f"<em x={number}>" for number in range(900)) + "<p>words" * 900,
    ],
)
def test_tags_that_are_begun_again_in_each_paragraph(text: str) -> None:
    """A browser begins what is not closed again, so a page would have a million elements."""
    body, findings = render(text)
    assert [finding.code for finding in findings] == ["body-too-complex"]
    assert "not closed" in findings[0].detail
    assert len(body.html) < 10 * len(text)


@pytest.mark.parametrize("tags", ["<div>", "<ul><li>", "<DETAILS>", "<table><tr><td><div>"])
def test_blocks_that_nothing_closes(tags: str) -> None:
    _, findings = render(tags * 1_100)
    assert [finding.code for finding in findings] == ["body-too-complex"]
    assert "are not closed" in findings[0].detail
    name = tags.rpartition("<")[2][:-1] if "ul" not in tags else "ul"
    closed = f"<table><tr><td><{name}>a</{name}></td></tr></table>\n" * 1_100
    assert not render(closed)[1]


def test_html_that_closes_its_tags_is_not_too_complex() -> None:
    text = "".join(f'<p><font color="{at}"><i lang="fr">mot</i></font></p>\n' for at in range(900))
    assert "body-too-complex" not in {finding.code for finding in render(text)[1]}


def test_a_text_has_so_many_findings_that_somebody_reads_them() -> None:
    _, findings = render("##a\n\n" * 1_000 + "".join(f"<x{number}>\n" for number in range(1_000)))
    assert len(findings) == 2 * MAX_FINDINGS


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Words.\n\n" + "| a " * 2_000 + "|\n" + "|---" * 2_000 + "|\n" + "| b |\n" * 2_000, "| a | a"),
        ("[link][a] " * 2_000 + "\n\n[a]: https://example.org/" + "x" * 2_000, "link"),
        ("[a] " * 2_000 + f'\n\n[a]: b "{"x" * 2_000}"', "a"),
        ("a[^1]\n\n[^1]: " + "[link][a] " * 2_000 + "\n\n[a]: " + "x" * 2_000, "link"),
    ],
)
def test_text_that_becomes_far_longer_than_it_is(text: str, place: str) -> None:
    (finding,) = render(text)[1]
    assert finding.code == "body-too-complex"
    assert finding.snippet.startswith(place)
    assert finding.detail


def test_large_tables_and_definitions_that_many_links_use_are_read() -> None:
    table = "| a " * 50 + "|\n" + "|---" * 50 + "|\n" + "| b |\n" * 1_000
    links = "[link][a] " * 5_000 + "\n\n[a]: https://example.org/" + "x" * 200
    assert not any(render(text)[1] for text in (table, links))


@pytest.mark.parametrize(
    ("before", "piece", "after", "count"),
    [
        ("a[^1]\n\n[^1]: Words.\n\n", "    words\n\n", "", 4_000),
        ("", "![a" + "w" * 200, "](b.png)", 3_000),
        ("", "- ", "a", 100_000),
    ],
)
def test_nothing_is_looked_at_again_for_each_part_of_it(
    before: str, piece: str, after: str, count: int
) -> None:
    def read(count: int) -> None:
        render(before + piece * count + after * count)

    assert growth(read, count) <= MOST


def test_rules_and_almost_rules() -> None:
    rules = ["***", "---", "___", "* * *", " - - -  ", "_  _  _ _"]
    others = ["**", "- -", "* * * a", "- - _", "__ a"]
    assert [render(text)[0].html for text in rules] == ["<hr>"] * len(rules)
    assert not any("<hr>" in render(text)[0].html for text in others)


def test_an_image_in_the_description_of_an_image_gives_its_words() -> None:
    body, _ = render("![one *two ![three ![four](c.png) five](b.png)* six](a.png) seven")
    assert 'alt="one two three four five six"' in body.html
    assert body.html.endswith("> seven</p>")
