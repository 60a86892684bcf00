from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from credsite.content.parser import ParsedFile, parse
from credsite.core.quantities import Duration
from credsite.schema.kinds import Kind
from credsite.schema.models import MODELS, Course, Pathway, Story
from credsite.schema.models.base import Video
from credsite.schema.models.price import Price
from tests.support.catalogues import (
    DEFAULTS,
    LARGEST,
    AnyEntry,
    course,
    file_of,
    parsed,
    pathway,
    source,
    story,
)

CTID = "ce-0f8fad5b-d9cb-469f-a165-70867728950e"


def fields(entry: AnyEntry) -> Any:
    return entry.fields


def problems(file: ParsedFile) -> list[tuple[str, str]]:
    """Code and key of what is wrong, without advice on what a short test leaves out."""
    return [
        (problem.code, ".".join(str(part) for part in problem.location.key))
        for problem in file.problems
        if not problem.code.startswith("missing-") or problem.code == "missing-key"
    ]


def course_problems(**values: Any) -> list[tuple[str, str]]:
    return problems(parsed(Kind.COURSE, "a", **values))


@pytest.mark.parametrize("kind", list(Kind))
def test_every_key_says_what_it_means(kind: Kind) -> None:
    for name, field in MODELS[kind].model_fields.items():
        assert field.description, name
        assert field.description.endswith("."), name


@pytest.mark.parametrize("kind", list(Kind))
def test_every_model_has_a_schema(kind: Kind) -> None:
    schema = MODELS[kind].model_json_schema()
    assert set(schema["properties"]) == set(MODELS[kind].model_fields)
    assert schema["additionalProperties"] is False


FULL_COURSE: dict[str, Any] = {
    "title": "Wound care",
    "slug": "wound-care-1",
    "summary": "Clean, dress, and watch a wound heal.",
    "aliases": ["/old/wounds/", "/wounds.html"],
    "image": {"src": "hands.jpg", "alt": "Hands with a dressing"},
    "publish_at": "2027-01-01",
    "expires_at": "2028-01-01 09:00",
    "featured": True,
    "code": "NURS-1204",
    "provider": "college",
    "industries": ["health", "care"],
    "delivery_modes": ["online", "blended"],
    "partners": ["clinic"],
    "places": ["quay", "Any pier"],
    "pace": "scheduled",
    "timing": ["evening", "weekend"],
    "attendance": ["part-time"],
    "duration": "3-7 days",
    "workload": "30-40 hours",
    "price": {"amount": "1,250.50", "currency": "cad", "note": "with the kit"},
    "funding": ["bursary"],
    "level": "intermediate",
    "qualification_level": {"framework": "EQF", "level": 5},
    "credits": {"value": 2.5, "unit": "ECTS"},
    "languages": ["en-CA", "fr-CA"],
    "outcomes": ["Dress a wound"],
    "skills": ["Wound care", {"name": "Hygiene", "uri": "http://data.europa.eu/esco/skill/1"}],
    "learning_methods": ["labs", "workplace"],
    "assessment_methods": ["practical"],
    "credential": {"type": "digital-badge", "name": "Badge", "recognised_by": ["clinic"], "valid_for": "2 years"},
    "prerequisites": ["first-aid", "A steady hand"],
    "occupations": [{"scheme": "noc-2021", "code": "33102", "name": "Nurse aide"}],
    "classifications": [{"scheme": "isced-f-2013", "code": "0913"}],
    "sessions": [
        {"starts": "2027-02-01", "ends": "2027-02-05", "apply_by": "2027-01-20", "delivery_mode": "blended",
         "location": "Quillbay", "timing": ["evening"], "seats": 12, "enrol_url": "https://college.example/enrol"}
    ],
    "enrol_url": "https://college.example/enrol",
    "contact": "mailto:ask@college.example",
    "video": {"url": "https://video.example/1", "title": "A day here", "image": "film.jpg"},
    "support": ["childcare"],
    "quality_assurance": {"name": "The Board", "url": "https://board.example"},
    "reviewed_at": "2026-11-01",
    "review_by": "2027-11-01",
    "ctid": CTID,
}  # fmt: skip


def test_a_course_with_everything() -> None:
    assert set(FULL_COURSE) | {"draft", "credentials", "prices"} == set(Course.model_fields)
    parsed_file = parsed(Kind.COURSE, "wound-care", **FULL_COURSE)
    assert parsed_file.problems == ()
    assert parsed_file.entry is not None
    entry_fields = fields(parsed_file.entry)
    assert parsed_file.entry.slug == "wound-care-1"
    assert entry_fields.duration == Duration(Decimal(3), Decimal(7), "day")
    assert (entry_fields.price.amount, entry_fields.price.currency, entry_fields.price.note) == (
        Decimal("1250.50"),
        "CAD",
        "with the kit",
    )
    assert [one.value for one in entry_fields.credits] == [Decimal("2.5")]
    assert [skill.name for skill in entry_fields.skills] == ["Wound care", "Hygiene"]
    assert entry_fields.sessions[0].seats == 12


@pytest.mark.parametrize(
    ("written", "amount", "currency"),
    [
        ("495 CAD", "495", "CAD"),
        ("free", "0", None),
        ("0 EUR", "0", "EUR"),
        ("1.250 EUR", "1250", "EUR"),
        ("€1.250,50", "1250.50", "EUR"),
        ("1 200 CAD", "1200", "CAD"),
        ("$495", "495", None),
        ({"amount": "495,50"}, "495.50", None),
        ({"amount": "1.250", "currency": "KWD"}, "1.250", "KWD"),
        ({"amount": "1.250", "currency": "eur"}, "1250", "EUR"),
        ({"amount": "£495"}, "495", "GBP"),
        ({"amount": "$495", "currency": "CAD"}, "495", "CAD"),
        ({"amount": 495}, "495", None),
        ({"amount": "free"}, None, None),
        ({"amount": "495.00", "currency": "eur"}, "495.00", "EUR"),
    ],
)
def test_prices(written: Any, amount: str | None, currency: str | None) -> None:
    if amount is None:
        assert course_problems(price=written) == [("bad-price", "price.amount")]
        return
    price = fields(course("a", price=written)).price
    assert (price.amount, price.currency) == (Decimal(amount), currency)


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"price": "cheap"}, ("bad-price", "price")),
        ({"price": "1,250 KWD"}, ("bad-price", "price")),
        ({"price": "€495 CAD"}, ("bad-price", "price")),
        ({"price": {"amount": "£495", "currency": "CAD"}}, ("bad-price", "price.amount")),
        ({"price": {"amount": "1,250", "currency": "KWD"}}, ("bad-price", "price.amount")),
        ({"price": "-5 CAD"}, ("negative-amount", "price")),
        ({"price": {"amount": "-0.01"}}, ("negative-amount", "price.amount")),
        ({"price": {"amount": "1e999999999"}}, ("bad-price", "price.amount")),
        ({"price": "495 XYZ"}, ("bad-currency", "price.currency")),
        ({"price": {"currency": "CAD"}}, ("missing-key", "price.amount")),
        ({"credits": {"value": "1e999999999", "unit": "ECTS"}}, ("bad-number", "credits.value")),
        ({"credits": {"value": "-1", "unit": "ECTS"}}, ("bad-number", "credits.value")),
        ({"credits": {"value": "1,5", "unit": "ECTS"}}, ("bad-number", "credits.value")),
        ({"credits": {"value": "nan", "unit": "ECTS"}}, ("bad-number", "credits.value")),
        ({"credits": {"value": "1" + "0" * 30, "unit": "ECTS"}}, ("bad-number", "credits.value")),
        ({"duration": "a while"}, ("bad-duration", "duration")),
        ({"provider": None}, ("missing-key", "provider")),
        ({"provider": ""}, ("missing-key", "provider")),
        ({"industries": []}, ("missing-key", "industries")),
        ({"industries": "health"}, ("wrong-type", "industries")),
        ({"delivery_modes": ["onlin"]}, ("unknown-value", "delivery_modes.0")),
        ({"image": "hands.jpg"}, ("wrong-type", "image")),
        ({"image": {"src": "hands.jpg"}}, ("missing-key", "image.alt")),
        ({"aliases": ["old"]}, ("bad-alias", "aliases.0")),
        ({"aliases": ["/.."]}, ("bad-alias", "aliases.0")),
        ({"ctid": CTID.upper()}, ("bad-ctid", "ctid")),
        ({"ctid": "ce-1"}, ("bad-ctid", "ctid")),
        ({"languages": ["english"]}, ("bad-language", "languages.0")),
        ({"enrol_url": "javascript:alert(1)"}, ("bad-url", "enrol_url")),
        ({"skills": [{"name": "x", "uri": "javascript:x"}]}, ("bad-url", "skills.0.uri")),
        ({"sessions": [{"ends": "2027-01-01"}]}, ("missing-key", "sessions.0.starts")),
        ({"sessions": [{"starts": "2027-01-01", "seats": -1}]}, ("bad-number", "sessions.0.seats")),
        ({"sessions": [{"starts": "2027-01-01", "seats": "1,200"}]}, ("bad-number", "sessions.0.seats")),
        (
            {"sessions": [{"starts": "2027-01-01", "seats": "1" + "0" * 30}]},
            ("bad-number", "sessions.0.seats"),
        ),
        ({"sessions": [{"starts": "2027-01-01", "seats": "1e400"}]}, ("bad-number", "sessions.0.seats")),
        (
            {"occupations": [{"scheme": "noc", "code": "1", "name": "x"}]},
            ("unknown-value", "occupations.0.scheme"),
        ),
        ({"colour": "blue"}, ("unknown-key", "colour")),
        ({"draft": "soon"}, ("wrong-type", "draft")),
        ({"publish_at": "soon"}, ("bad-date", "publish_at")),
        ({"slug": "First Aid"}, ("bad-slug", "slug")),
    ],
)
def test_what_is_wrong_in_a_course(values: dict[str, Any], problem: tuple[str, str]) -> None:
    assert course_problems(**values) == [problem]


@pytest.mark.parametrize(
    ("price", "currency", "expected"),
    [
        ("$495", "CAD", "495 CAD"),
        ("495 $", "USD", "495 USD"),
        ("$1,250.50", "AUD", "1250.50 AUD"),
        ("400 kr", "NOK", "400 NOK"),
        ("1.250", "KWD", "1.250 "),
        ("1.250", "CAD", "1250 "),
        ("495", "CAD", "495 "),
        ({"amount": "$495"}, "CAD", "495 CAD"),
        ("$495", "EUR", None),
        ("$495", "", None),
        ("400 kr", "CAD", None),
        ({"amount": "$495"}, "EUR", None),
    ],
)
def test_the_currency_of_the_site_settles_a_price(price: Any, currency: str, expected: str | None) -> None:
    data = file_of({"title": "A", **DEFAULTS[Kind.COURSE], "price": price})
    parsed_file = parse(data, source(Kind.COURSE, "a"), LARGEST, currency)
    if expected is None:
        assert parsed_file.entry is None
        codes = [problem.code for problem in parsed_file.problems]
        assert [code for code in codes if not code.startswith("missing-")] == ["bad-price"]
        return
    assert parsed_file.entry is not None, parsed_file.problems
    found = fields(parsed_file.entry).price
    assert f"{found.amount} {found.currency or ''}" == expected


def test_a_course_may_carry_no_credits() -> None:
    (credit,) = fields(course("a", credits={"value": "0", "unit": "ECTS"})).credits
    assert credit.value == 0


def session(**values: Any) -> list[tuple[str, str]]:
    return course_problems(
        delivery_modes=["online", "in-person"], sessions=[{"starts": "2027-02-01", **values}]
    )


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"ends": "2027-02-01"}, None),
        ({"ends": "2027-01-31"}, ("session-ends-first", "sessions.0.ends")),
        ({"apply_by": "2027-02-01"}, None),
        ({"apply_by": "2027-02-02"}, ("session-apply-by", "sessions.0.apply_by")),
        ({"apply_by": "2027-02-02", "ends": "2027-02-02"}, ("session-apply-by", "sessions.0.apply_by")),
        ({"apply_by": "2027-02-03", "ends": "2027-02-02"}, ("dates-reversed", "sessions.0.apply_by")),
        ({"delivery_mode": "hybrid"}, ("session-mode", "sessions.0.delivery_mode")),
        ({"delivery_mode": "in-person", "location": "Quillbay"}, None),
        ({"location": "Quillbay"}, None),
        ({"delivery_mode": "online", "location": "Quillbay"}, ("session-location", "sessions.0.location")),
    ],
)
def test_sessions_agree_with_themselves_and_the_course(
    values: dict[str, Any], problem: tuple[str, str] | None
) -> None:
    assert session(**values) == ([] if problem is None else [problem])


def test_the_only_mode_of_a_course_goes_for_its_sessions() -> None:
    sessions = [{"starts": "2027-02-01", "location": "Quillbay"}]
    assert course_problems(delivery_modes=["online"], sessions=sessions) == [
        ("session-location", "sessions.0.location")
    ]
    assert course_problems(delivery_modes=["in-person"], sessions=sessions) == []


@pytest.mark.parametrize(
    ("scheme", "code", "good"),
    [
        ("noc-2021", "21232", True),
        ("noc-2021", "2123", False),
        ("onet-soc", "15-1252.00", True),
        ("onet-soc", "15-1252", False),
        ("esco", "2512.4", True),
        ("esco", "http://data.europa.eu/esco/occupation/1", True),
        ("esco", "nurse", False),
    ],
)
def test_codes_of_occupations(scheme: str, code: str, good: bool) -> None:
    reported = course_problems(occupations=[{"scheme": scheme, "code": code, "name": "x"}])
    assert reported == ([] if good else [("bad-code", "occupations.0.code")])


def test_long_summaries_are_advice() -> None:
    assert course_problems(summary="x" * 160) == []
    assert course_problems(summary="x" * 161) == [("summary-long", "summary")]
    assert parsed(Kind.COURSE, "a", summary="x" * 161).entry is not None


def test_advice_names_what_visitors_ask_for() -> None:
    codes = {problem.code for problem in parsed(Kind.COURSE, "a", price="free", duration="1 day").problems}
    assert codes == {"missing-workload", "missing-outcomes", "missing-assessment"}
    assert parsed(Kind.PROVIDER, "a").problems == ()


def test_a_free_course_has_a_price() -> None:
    assert fields(course("a", price="free")).price is not None
    assert "missing-price" not in {
        problem.code for problem in parsed(Kind.COURSE, "a", price="free").problems
    }


def test_stories() -> None:
    entry_fields = fields(story("s", "a", "b"))
    assert isinstance(entry_fields, Story)
    assert entry_fields.courses == ("a", "b")
    assert problems(parsed(Kind.STORY, "s", courses=[])) == [("missing-key", "courses")]
    assert problems(parsed(Kind.STORY, "s", courses=["a"], learner={})) == [("missing-key", "learner.name")]
    assert problems(parsed(Kind.STORY, "s", courses=["a"], learner="Ada")) == [("wrong-type", "learner")]


def test_a_story_without_consent_is_read_so_that_it_can_be_held_back() -> None:
    assert fields(story("s", "a", consent=None)).consent.given is None


def test_consent_ends_after_it_begins() -> None:
    parsed_file = parsed(
        Kind.STORY, "s", courses=["a"], consent={"given": "2027-01-02", "expires": "2027-01-01"}
    )
    assert problems(parsed_file) == [("dates-reversed", "consent.expires")]


def test_pathways() -> None:
    entry_fields = fields(pathway("p", ["a"], ["b", "c"], choose=1))
    assert isinstance(entry_fields, Pathway)
    assert [step.choose for step in entry_fields.steps] == [1, 1]
    assert problems(parsed(Kind.PATHWAY, "p", steps=[])) == [("missing-key", "steps")]
    assert problems(parsed(Kind.PATHWAY, "p", steps=[{"title": "x"}])) == [("missing-key", "steps.0.courses")]


@pytest.mark.parametrize(
    ("choose", "problem"), [(0, "bad-number"), (1, None), (2, None), (3, "choose-too-many")]
)
def test_learners_cannot_choose_more_than_there_is(choose: int, problem: str | None) -> None:
    steps = [{"title": "x", "courses": ["a", "b"], "choose": choose}]
    reported = problems(parsed(Kind.PATHWAY, "p", steps=steps))
    assert reported == ([] if problem is None else [(problem, "steps.0.choose")])


@pytest.mark.parametrize(
    ("kind", "values", "problem"),
    [
        (Kind.PROVIDER, {"country": "UK"}, ("bad-country", "country")),
        (Kind.PROVIDER, {"email": "ask"}, ("bad-url", "email")),
        (Kind.PROVIDER, {"kind": "school"}, ("unknown-value", "kind")),
        (Kind.INDUSTRY, {"order": "first"}, ("bad-number", "order")),
        (
            Kind.INDUSTRY,
            {"classifications": [{"scheme": "x", "code": "1"}]},
            ("unknown-value", "classifications.0.scheme"),
        ),
        (Kind.DELIVERY_MODE, {"order": ["1"]}, ("bad-number", "order")),
        (Kind.PAGE, {"menu": "About"}, ("wrong-type", "menu")),
        (Kind.PAGE, {"menu": {"order": 1}}, ("missing-key", "menu.label")),
        (Kind.PAGE, {"template": "../x"}, ("bad-slug", "template")),
        (Kind.PAGE, {"summary": None}, ("missing-key", "summary")),
    ],
)
def test_other_kinds(kind: Kind, values: dict[str, Any], problem: tuple[str, str]) -> None:
    assert problems(parsed(kind, "a", **values)) == [problem]


@pytest.mark.parametrize("kind", [Kind.PROVIDER, Kind.INDUSTRY, Kind.DELIVERY_MODE])
def test_a_title_is_enough(kind: Kind) -> None:
    assert parsed(kind, "a").problems == ()


def test_a_key_without_a_value_counts_as_left_out() -> None:
    data = file_of({"title": "A page", "summary": "About it."}).replace(
        b"---\n", b"---\ndraft:\nmenu:\norder: ~\n", 1
    )
    parsed_file = parse(data, source(Kind.PAGE, "a"), LARGEST)
    assert parsed_file.problems == ()
    assert parsed_file.entry is not None
    assert fields(parsed_file.entry).order == 1000


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("495", "495"),
        ("1495.00", "1495.00"),
        ("1,495", "1495"),
        ("1 495", "1495"),
        (" 0 ", "0"),
        ("-5", "-5"),
        ("495,50", "495.50"),
        ("4,95", "4.95"),
        ("1.495", "1495"),
        ("\u22125", "-5"),
        ("--5", None),
        ("1,2000", None),
        ("1e999999999", None),
        ("1e3", None),
        ("1_000", None),
        ("inf", None),
        ("nan", None),
        ("sNaN", None),
        ("free", None),
        ("9" * 40, None),
    ],
)
def test_amounts_in_a_block(text: str, amount: str | None) -> None:
    if amount is not None and Decimal(amount) >= 0:
        assert Price.model_validate({"amount": text}).amount == Decimal(amount)
    else:
        with pytest.raises(ValidationError) as caught:
            Price.model_validate({"amount": text})
        [error] = caught.value.errors()
        assert error["loc"] == ("amount",)
        assert error["type"] == ("bad-price" if amount is None else "negative-amount")


@pytest.mark.parametrize("value", [None, "", " "])
def test_a_withdrawal_without_a_day_is_told_of_where_the_story_is_published(value: str | None) -> None:
    def codes(**more: object) -> list[str]:
        values = {
            "title": "T",
            "summary": "S",
            "learner": {"name": "A"},
            "courses": ["a"],
            "consent": {"given": "2026-05-12", "withdrawn": value},
        }
        return [finding.code for finding in Story.model_validate(values | more).findings()]

    assert codes() == ["withdrawal-undated"]
    assert codes(draft=True) == []


@pytest.mark.parametrize(
    "url",
    ["mailto:film@courses.test", "tel:+1555", "film.mp4", "https://", "/films/", "/film.avi", "//a/b.mp4"],
)
def test_a_video_is_on_the_web_or_in_the_site(url: str) -> None:
    with pytest.raises(ValidationError, match="bad-url"):
        Video(url=url, title="A day here")
    schema = Video.model_json_schema()["properties"]["url"]
    assert "format" not in schema
    assert not re.search(schema["pattern"], url)


@pytest.mark.parametrize("url", ["/films/a day.MP4", "/day.webm#t=5", "https://tube.test/w/1"])
def test_a_video_can_be_a_file_of_the_site(url: str) -> None:
    assert Video(url=url, title="A day here").url == url
    assert re.search(Video.model_json_schema()["properties"]["url"]["pattern"], url)


@pytest.mark.parametrize("url", ["film.mp4", "static/film.mp4", "./film.mp4"])
def test_the_address_of_a_video_of_the_site_begins_with_a_slash(url: str) -> None:
    with pytest.raises(ValidationError) as found:
        Video(url=url, title="A day here")
    assert found.value.errors()[0]["ctx"]["suggestion"] == "/film.mp4"
