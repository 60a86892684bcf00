"""New entries: whatever their model holds, with every key off or on, their text is valid."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credsite.authoring.scaffold import PLACEHOLDER_ID, entry_text, missing_kinds
from credsite.authoring.slugs import free_slug, is_transliterated, slug_from_title
from credsite.content.discovery import SourceFile
from credsite.content.parser import ParsedFile, parse
from credsite.problems.codes import CODES
from credsite.problems.model import Severity
from credsite.schema.empty_values import is_blank
from credsite.schema.front_matter import split_front_matter
from credsite.schema.introspection import REFERENCE_KEYS, REFERENCE_OR_TEXT_KEYS, SETTING_KEYS
from credsite.schema.kinds import CREATABLE, KINDS, Kind
from credsite.schema.models import MODELS, Course
from credsite.schema.models.base import Credential
from credsite.schema.models.session import Session
from credsite.schema.yaml import loader
from tests.support.catalogues import settings

TODAY = date(2026, 11, 23)
IDS: Mapping[str, Sequence[str]] = {
    "provider": ("northmarsh-college", "tern-institute"),
    "partners": ("northmarsh-college", "tern-institute"),
    "industries": ("healthcare",),
    "courses": ("first-aid",),
    "funding": ("bursary",),
    "background": ("newcomer",),
    "support": ("childcare",),
    "languages": ("en",),
    "template": ("guide", "page"),
}
NONE: Mapping[str, Sequence[str]] = dict.fromkeys(IDS, ())


def switched_on(text: str) -> str:
    """The text with every key switched on: a `#` with a key behind it goes, a note stays."""
    return re.sub(r"^#(?! \S)", "", text, flags=re.MULTILINE)


def parsed(text: str, kind: Kind) -> ParsedFile:
    source = SourceFile(f"content/{KINDS[kind].folder}/new.md", kind, "new", "en")
    return parse(text.encode(), source, 1_000_000)


def errors(found: ParsedFile) -> list[str]:
    severe = (Severity.ERROR, Severity.WARNING)
    return [problem.message for problem in found.problems if CODES[problem.code].severity in severe]


@pytest.mark.parametrize("ids", [IDS, NONE], ids=["ids", "no ids"])
@pytest.mark.parametrize("kind", CREATABLE)
def test_a_new_entry_is_a_valid_draft(kind: Kind, ids: Mapping[str, Sequence[str]]) -> None:
    found = parsed(entry_text(kind, "First aid", ids, TODAY), kind)
    assert errors(found) == []
    assert found.entry is not None
    assert found.entry.title == "First aid"
    assert found.entry.fields.draft
    assert found.entry.body.words > 10


@pytest.mark.parametrize("ids", [IDS, NONE], ids=["ids", "no ids"])
@pytest.mark.parametrize("today", [TODAY, date(2024, 2, 29), date(2041, 12, 31)], ids=str)
@pytest.mark.parametrize("kind", CREATABLE)
def test_every_key_can_be_switched_on(kind: Kind, today: date, ids: Mapping[str, Sequence[str]]) -> None:
    text = switched_on(entry_text(kind, "First aid", ids, today))
    values, problems = loader.load_yaml(split_front_matter(text).yaml, "new.md")
    assert problems == []
    assert set(values) == set(MODELS[kind].model_fields)
    found = parsed(text, kind)
    # One of the two is enough, and the explanation of the second says so.
    both = [one for one in found.problems if one.code == "conflicting-keys"]
    assert [one.location.key for one in both] == ([("credentials",)] if kind is Kind.COURSE else [])
    assert errors(found) == [one.message for one in both]
    assert found.entry is not None


@pytest.mark.parametrize("kind", CREATABLE)
def test_every_key_is_explained(kind: Kind) -> None:
    explanations = " ".join(re.findall(r"^# (.*)", entry_text(kind, "First aid", IDS, TODAY), re.MULTILINE))
    for field in MODELS[kind].model_fields.values():
        assert field.description
        assert field.description in explanations


def test_the_required_keys_come_first_and_the_others_are_off() -> None:
    text = entry_text(Kind.COURSE, "First aid", IDS, TODAY)
    required = ["title", "summary", "provider", "industries", "delivery_modes", "draft"]
    assert re.findall(r"^(\w+):", split_front_matter(text).yaml, re.MULTILINE) == required
    assert text.index("#duration: 6 weeks") > text.index("draft: true")


def test_ids_are_named_where_they_are_few() -> None:
    few = entry_text(Kind.COURSE, "First aid", IDS, TODAY)
    assert "This site has: northmarsh-college, tern-institute." in few
    assert "\nprovider: northmarsh-college\n" in few
    many = {**IDS, "provider": [f"college-{number}" for number in range(40)]}
    text = entry_text(Kind.COURSE, "First aid", many, TODAY)
    assert "\nprovider: college-0\n" in text
    assert "college-39" not in text


def test_a_field_of_the_sites_own_is_explained_in_sentences() -> None:
    fields = {"campus": {"type": "choice", "values": {"north": "North campus"}}, "hall": "text"}
    schema = settings(fields={"course": fields}).site_schema
    lines = entry_text(Kind.COURSE, "A", IDS, TODAY, schema=schema).splitlines()
    assert {"# Campus. It can be: north.", "# Hall"} <= set(lines)


def test_a_field_of_the_sites_own_with_several_values_has_a_list_as_its_example() -> None:
    fields = {name: {"type": name, "list": True} for name in ("number", "money", "date", "url", "email")}
    schema = settings(fields={"course": fields}).site_schema
    lines = entry_text(Kind.COURSE, "A", IDS, TODAY, schema=schema).splitlines()
    found = [line for line in lines if line.startswith(tuple(f"#{name}:" for name in fields))]
    assert found == [
        "#number: [12]",
        "#money: [495]",
        "#date: [2027-02-01]",
        "#url: ['https://college.example/']",
        "#email: [ask@college.example]",
    ]


def test_an_id_that_is_missing_is_asked_for() -> None:
    text = entry_text(Kind.COURSE, "First aid", NONE, TODAY)
    assert f"\nprovider: {PLACEHOLDER_ID}\n" in text
    assert f"\nindustries: [{PLACEHOLDER_ID}]\n" in text
    assert 'This site has none yet: create one with `credsite new provider "Its name"`.' in text.replace(
        "\n# ", " "
    )
    assert missing_kinds(Kind.COURSE, NONE) == [Kind.PROVIDER, Kind.INDUSTRY]
    assert missing_kinds(Kind.PATHWAY, NONE) == [Kind.COURSE]
    assert missing_kinds(Kind.PAGE, NONE) == []
    assert missing_kinds(Kind.COURSE, IDS) == []


def test_example_dates_lie_in_the_future() -> None:
    today = date(2031, 6, 1)
    entry = parsed(switched_on(entry_text(Kind.COURSE, "First aid", IDS, today)), Kind.COURSE).entry
    assert entry is not None
    assert isinstance(entry.fields, Course)
    assert entry.fields.sessions[0].starts > today


def test_a_story_asks_for_the_learners_consent_and_gives_none() -> None:
    assert "\nconsent:\n  given:  #" in entry_text(Kind.STORY, "First aid", IDS, TODAY)


def test_the_named_keys_exist() -> None:
    keys = set()
    for model in (*MODELS.values(), Credential, Session):
        keys |= set(model.model_fields)
    assert {*REFERENCE_KEYS, *REFERENCE_OR_TEXT_KEYS, *SETTING_KEYS} <= keys


# Without what the command refuses: control characters, halves of characters, what is none by definition, and blank titles.
titles = st.text(
    st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), max_size=80
)


@given(titles.map(lambda title: " ".join(title.split())).filter(lambda title: not is_blank(title)))
def test_any_title_is_read_as_it_was_written(title: str) -> None:
    entry = parsed(entry_text(Kind.PAGE, title, IDS, TODAY), Kind.PAGE).entry
    assert entry is not None
    assert entry.title == title


@pytest.mark.parametrize(
    "title",
    ["yes", "2024", "null", "~", "- a", "a: b", "# no", "*x", "&x", "'", '"', "{a}", "[b", "---", "a #b"],
)
def test_a_title_that_means_something_in_yaml_is_a_title(title: str) -> None:
    entry = parsed(entry_text(Kind.COURSE, title, IDS, TODAY), Kind.COURSE).entry
    assert entry is not None
    assert entry.title == title


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("First Aid at Work", "first-aid-at-work"),
        ("It's a 50% discount!", "its-a-50-discount"),
        ("Œuvre, Straße, Łódź, Ærø", "oeuvre-strasse-lodz-aero"),
        ("Café à emporter", "cafe-a-emporter"),
        ("2027", "2027"),
        ("Українська IT", "ukrainska-it"),
        ("介護入門", "jie-hu-ru-men"),
        ("!!!", ""),
        ("Excel для всех", "excel-dlya-vsekh"),
    ],
)
def test_slugs(title: str, slug: str) -> None:
    assert slug_from_title(title) == slug


def test_a_slug_is_spelt_as_in_the_language_of_the_site() -> None:
    assert slug_from_title("Größe", "de-CH") == "groesse"


@pytest.mark.parametrize(
    ("title", "different"),
    [("First aid 1", False), ("Café", False), ("Straße", True), ("Excel для всех", True), ("", False)],
)
def test_titles_in_other_letters_than_their_slugs(title: str, different: bool) -> None:
    assert is_transliterated(title) is different


def test_a_long_title_gives_a_slug_that_ends_with_a_word() -> None:
    slug = slug_from_title("word " * 40)
    assert slug == "word-" * 11 + "word"
    assert len(slug_from_title("w" * 400)) == 60


def test_a_slug_that_is_taken_is_counted_on() -> None:
    assert free_slug("aid", set()) == "aid"
    assert free_slug("aid", {"aid", "aid-2"}) == "aid-3"
