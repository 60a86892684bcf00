from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from credsite.problems.codes import CODES
from credsite.schema.field_types import (
    AliasPath,
    Country,
    Currency,
    Date,
    DurationText,
    Email,
    LanguageTag,
    Moment,
    Slug,
    Text,
    Url,
)
from credsite.schema.models import Course


def read(field_type: Any, text: Any) -> Any:
    return TypeAdapter(field_type).validate_python(text)


def refused(field_type: Any, text: Any) -> tuple[str, str]:
    """The code and the suggestion."""
    with pytest.raises(ValidationError) as caught:
        read(field_type, text)
    (detail,) = caught.value.errors()
    return detail["type"], str(detail.get("ctx", {}).get("suggestion", ""))


@pytest.mark.parametrize("text", ["2027-01-31", " 2027-01-31 ", "2028-02-29"])
def test_dates(text: str) -> None:
    assert read(Date, text) == date.fromisoformat(text.strip())


@pytest.mark.parametrize(
    "text",
    [
        "2027-02-29",
        "2027-13-01",
        "2027-1-1",
        "31-01-2027",
        "01/31/2027",
        "20270131",
        "2027-01-31 09:00",
        "soon",
        "",
        "0000-01-01",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert refused(Date, text)[0] == "bad-date"


@pytest.mark.parametrize("text", ["1900-01-01", "2199-12-31", "9999-12-31"])
def test_the_first_and_the_last_dates(text: str) -> None:
    assert read(Date, text) == read(Moment, text) == date.fromisoformat(text)


@pytest.mark.parametrize(
    "text", ["0001-01-01", "0207-02-01", "1899-12-31", "2200-01-01", "9999-12-30", "10000-01-01"]
)
def test_dates_are_in_a_range_of_years(text: str) -> None:
    assert (
        refused(Date, text)[0]
        == refused(Moment, text)[0]
        == refused(Moment, f"{text} 09:00")[0]
        == "bad-date"
    )


def test_a_time_of_the_last_day_is_that_day_in_every_time_zone() -> None:
    assert read(Moment, "9999-12-31 23:59-12:00") == read(Moment, "9999-12-31T23:59:59") == date.max


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2027-01-31", date(2027, 1, 31)),
        ("2027-01-31 09:00", datetime(2027, 1, 31, 9)),
        ("2027-01-31T09:00:30", datetime(2027, 1, 31, 9, 0, 30)),
        ("2027-01-31 09:00Z", datetime(2027, 1, 31, 9, tzinfo=UTC)),
        ("2027-01-31T09:00-04:00", datetime(2027, 1, 31, 9, tzinfo=timezone(timedelta(hours=-4)))),
    ],
)
def test_moments(text: str, moment: date) -> None:
    value = read(Moment, text)
    assert value == moment
    assert type(value) is type(moment)


@pytest.mark.parametrize("text", ["2027-02-30", "2027-01-31 25:00", "noon", "", "2027-01-31 9am", "9:00"])
def test_what_is_no_moment(text: str) -> None:
    assert refused(Moment, text)[0] == "bad-date"


@pytest.mark.parametrize(
    "kind", [Date, Moment, DurationText, Url, Email, AliasPath, LanguageTag, Country, Currency]
)
@pytest.mark.parametrize("value", [[], {}, ["2027-01-31"], 5])
def test_only_texts_are_read(kind: Any, value: Any) -> None:
    assert refused(kind, value)[0] == "string_type"


@pytest.mark.parametrize(
    "url",
    [
        "https://college.example/",
        "http://college.example",
        "HTTPS://college.example/a?b=c#d",
        "https://college.example/écoles/介護",
        "mailto:ask@college.example",
        "tel:+1-902-555-0100",
        "https://user@college.example:8443/",
    ],
)
def test_urls(url: str) -> None:
    assert read(Url, f" {url} ") == url


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("college.example", "https://college.example"),
        ("www.college.example/enrol", "https://www.college.example/enrol"),
        ("//college.example/x", "https://college.example/x"),
        ("ask@college.example", "mailto:ask@college.example"),
        ("javascript:alert(1)", ""),
        ("JavaScript:alert(1)", ""),
        ("java\tscript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("ftp://college.example", ""),
        ("file:///etc/passwd", ""),
        ("https:", ""),
        ("https:///path", ""),
        ("http:college.example", "https://college.example"),
        ("ttps://college.example/a", "https://college.example/a"),
        ("[Enrol](https://college.example/a)", "https://college.example/a"),
        ("<https://college.example/a>", "https://college.example/a"),
        ("Enrol at https://college.example/a", "https://college.example/a"),
        ("+1 (902) 555-0123", "tel:+19025550123"),
        ("Tel. 902 555 0123", "tel:9025550123"),
        ("TBA", ""),
        ("n/a", ""),
        ("mailto:", ""),
        ("https://college.example/a b", ""),
        ("https://college.example/\x01", ""),
        ("https://[::1", ""),
        ("", ""),
        ("enrol", ""),
    ],
)
def test_what_is_no_url(text: str, suggestion: str) -> None:
    assert refused(Url, text) == ("bad-url", suggestion)


@pytest.mark.parametrize(
    "text", ["a@b", "@b.example", "a b@c.example", "a@b.example\nBcc: x", "a", "a@@b.example"]
)
def test_what_is_no_address_for_mail(text: str) -> None:
    assert refused(Email, text)[0] == "bad-url"
    assert read(Email, "first.last+x@college.example") == "first.last+x@college.example"


@pytest.mark.parametrize(
    "tag", ["en", "fr-CA", "uk", "zh-Hans", "zh-Hant-TW", "es-419", "mi", "haw", "ca-valencia"]
)
def test_languages(tag: str) -> None:
    assert read(LanguageTag, tag) == tag


@pytest.mark.parametrize("tag", ["", "english", "EN", "en_CA", "en-ca", "qq", "x", "en-", "en-CA-", "fr-CAN"])
def test_what_is_no_language(tag: str) -> None:
    assert refused(LanguageTag, tag)[0] == "bad-language"


@pytest.mark.parametrize("code", ["CA", "FR", "NO", "GB", "TW", "AQ"])
def test_countries(code: str) -> None:
    assert read(Country, code) == code


@pytest.mark.parametrize(
    ("code", "suggestion"),
    [("ca", "CA"), ("UK", "GB"), ("EU", ""), ("XX", ""), ("ZZ", ""), ("Canada", "CA"), ("", ""), ("419", "")],
)
def test_what_is_no_country(code: str, suggestion: str) -> None:
    assert refused(Country, code) == ("bad-country", suggestion)


@pytest.mark.parametrize(
    ("code", "currency"), [("CAD", "CAD"), ("eur", "EUR"), ("JPY", "JPY"), ("NZD", "NZD")]
)
def test_currencies(code: str, currency: str) -> None:
    assert read(Currency, code) == currency


@pytest.mark.parametrize("code", ["", "CD", "DEM", "XXX", "dollars", "$"])
def test_what_is_no_currency(code: str) -> None:
    assert refused(Currency, code)[0] == "bad-currency"


@pytest.mark.parametrize("slug", ["a", "first-aid", "2027", "a1-b2-c3"])
def test_slugs(slug: str) -> None:
    assert read(Slug, f" {slug} ") == slug


@pytest.mark.parametrize(
    "slug", ["First-Aid", "first_aid", "-a", "a-", "a--b", "a b", "é", "a/b", "..", "a\nb"]
)
def test_what_is_no_slug(slug: str) -> None:
    assert refused(Slug, slug)[0] == "string_pattern_mismatch"


def test_texts_are_not_empty() -> None:
    assert read(Text, "  x ") == "x"
    assert refused(Text, "   ")[0] == "string_too_short"


FIELD_TYPES = st.sampled_from(
    [Date, Moment, DurationText, Url, Email, AliasPath, LanguageTag, Country, Currency]
)
ALMOST_VALID = st.text(st.sampled_from("0123456789-:TZ+ /.@abcdEFG{}[]%\n\u2028٣"), max_size=30)


@given(FIELD_TYPES, ALMOST_VALID | st.text())
def test_reading_fails_only_with_a_code(field_type: Any, text: str) -> None:
    try:
        read(field_type, text)
    except ValidationError as error:
        assert [detail["type"] in CODES for detail in error.errors()] == [True]  # noqa: PT017


@pytest.mark.parametrize("text", ["1" * 5000, f"1 March {'2' * 5000}"])
def test_a_very_long_number_is_no_date(text: str) -> None:
    assert refused(Date, text) == ("bad-date", "")


@given(st.text())
def test_an_alias_never_leaves_the_site(text: str) -> None:
    try:
        path = read(AliasPath, f"/{text}")
    except ValidationError:
        return
    assert not {"..", "."} & set(path.split("/"))
    assert not path.startswith("//")


@pytest.mark.parametrize(
    ("language", "written", "hours"),
    [("de", "1.200 hours", 1200), ("de", "1,5 hours", Decimal("1.5")), ("fr-CA", "2,5-3,5 hours", Decimal("3.5")), ("en", "1,200 hours", 1200)],
)  # fmt: skip
def test_lengths_are_read_as_the_language_of_the_site_writes_them(
    language: str, written: str, hours: Decimal
) -> None:
    course = Course.model_validate({**COURSE, "workload": written}, context={"language": language})
    assert course.workload is not None
    assert course.workload.maximum == hours


@pytest.mark.parametrize(
    ("language", "written"), [("en", "1.200 hours"), ("en", "1,5 hours"), ("", "1.200 hours")]
)
def test_what_the_language_of_the_site_does_not_settle_is_refused(language: str, written: str) -> None:
    with pytest.raises(ValidationError):
        Course.model_validate({**COURSE, "workload": written}, context={"language": language})


@pytest.mark.parametrize(("language", "value"), [("en", 1200), ("de", Decimal("1.2"))])
def test_a_comma_in_credits_is_what_the_language_says(language: str, value: Decimal) -> None:
    credits_ = {"value": "1,200", "unit": "ECTS"}
    course = Course.model_validate({**COURSE, "credits": credits_}, context={"language": language})
    assert [one.value for one in course.credits or ()] == [value]


COURSE = {"title": "A", "summary": "A.", "provider": "p", "industries": ["i"], "delivery_modes": ["online"]}
