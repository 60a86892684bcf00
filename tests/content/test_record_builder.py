"""A record is what the rest of the site knows of an entry, without its text."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Annotated, Any

import pytest

from credsite.content.record_builder import record_of
from credsite.content.records import (
    RECORDS,
    CourseRecord,
    DetailRecord,
    ImageRecord,
    ImageUse,
    MenuRecord,
    PathwayRecord,
    PriceRecord,
    ProviderRecord,
    SessionRecord,
    SkillRecord,
    StepRecord,
    StoryRecord,
)
from credsite.content.session_times import SessionTimes
from credsite.schema.kinds import Kind
from credsite.schema.models import MODELS, Course
from credsite.schema.site_schema import BUILT_IN, SiteSchema
from credsite.schema.vocabularies import VOCABULARIES, AssessmentMethod, Display
from tests.support.catalogues import AnyEntry, entry, pathway, settings
from tests.support.catalogues import entry as parsed_entry

CTID = "ce-0f8fad5b-d9cb-469f-a165-70867728950e"
COMMON: dict[str, Any] = {
    "title": "One",
    "summary": "In short.",
    "slug": "one",
    "aliases": ["/old/"],
    "image": {"src": "a.png", "alt": "Hands"},
    "draft": True,
    "publish_at": "2026-01-01",
    "expires_at": "2028-01-01",
    "featured": True,
}
OWN: dict[Kind, dict[str, Any]] = {
    Kind.COURSE: {
        "provider": "college",
        "industries": ["health"],
        "delivery_modes": ["online"],
        "partners": ["county"],
        "pace": "scheduled",
        "timing": ["evening"],
        "duration": "2 weeks",
        "workload": "30 hours",
        "price": {"amount": "495", "currency": "CAD", "note": "Books too."},
        "prices": [{"for": "Members", "amount": "395"}],
        "funding": ["grant"],
        "level": "introductory",
        "languages": ["en", "fr"],
        "outcomes": ["Dress a wound", "Stay calm"],
        "skills": ["Care"],
        "credential": {"type": "digital-badge", "recognised_by": ["The Crown"]},
        "prerequisites": ["Patience"],
        "places": ["quay"],
        "sessions": [{"starts": "2027-02-01", "location": "Halifax", "seats": 20, "timing": ["weekend"]}],
        "support": ["childcare"],
        "reviewed_at": "2026-02-01",
        "review_by": "2027-02-01",
        "ctid": CTID,
    },
    Kind.STORY: {
        "learner": {"name": "Ada", "location": "Halifax", "photo": "face.jpg"},
        "quote": "I am back.",
        "before": "Cook",
        "after": "Carer",
        "courses": ["a"],
        "pathways": ["care"],
        "provider": "college",
        "consent": {"given": "2026-01-01", "expires": "2028-01-01", "withdrawn": "2027-01-01"},
        "background": ["newcomer"],
        "industries": ["health"],
        "delivery_modes": ["online"],
        "told_at": "2026-05-01",
    },
    Kind.PATHWAY: {
        "provider": "college",
        "industries": ["health"],
        "steps": [{"title": "Begin", "courses": ["a", "b"], "choose": 1}],
        "credential": {"name": "Diploma", "recognised_by": ["The Crown"]},
    },
    Kind.PROVIDER: {
        "kind": "college",
        "region": "Nova Scotia",
        "url": "https://college.example/",
        "logo": "logo.svg",
        "place": "quay",
        "accredited_by": ["The Crown"],
    },
    Kind.PLACE: {
        "street": "1 Quay Road",
        "locality": "Halifax",
        "region": "Nova Scotia",
        "postal_code": "B3K 2T3",
        "country": "CA",
        "latitude": "44.6488",
        "longitude": "-63.5752",
        "order": 3,
    },
    Kind.INDUSTRY: {"order": 3},
    Kind.DELIVERY_MODE: {"order": 3},
    Kind.PAGE: {"order": 3, "menu": {"label": "More", "order": 2}, "template": "guide"},
}
BODY = "Text with [a link](course:a) and ![hands](b.png).\n\n## End\n"


def full_entry(kind: Kind, body: str = BODY, /, **changes: Any) -> AnyEntry:
    """An entry with every key that is in the record."""
    return entry(kind, "one", body, **(COMMON | OWN[kind] | changes))


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_records(kind: Kind) -> None:
    one = full_entry(kind)
    record = record_of(one)
    assert type(record) is RECORDS[kind]
    assert record.kind is kind
    found = (record.slug, record.path, record.language, record.digest)
    assert found == (one.slug, one.path, one.language, one.digest)
    assert record.folder == one.path.rpartition("/")[0]
    assert (record.title, record.summary, record.has_own_slug) == ("One", "In short.", True)
    assert record.aliases == ("/old/",)
    assert record.image == ImageRecord("a.png", "Hands")
    assert (record.draft, record.featured) == (True, True)
    assert (record.publish_at, record.expires_at) == (date(2026, 1, 1), date(2028, 1, 1))
    assert record.images[0] == ImageUse("a.png", ("image", "src"), "")
    assert record.images[-1] == ImageUse("b.png", (), "b.png")
    assert [reference.target for reference in record.references] == ["a", "b.png"]
    assert record.heading_ids == ("end",)


def test_record_of_a_course() -> None:
    record = record_of(full_entry(Kind.COURSE))
    assert isinstance(record, CourseRecord)
    assert record.price == PriceRecord(Decimal(495), "CAD", "Books too.")
    assert record.skills == (SkillRecord("Care", ""),)
    session = SessionRecord(date(2027, 2, 1), None, None, None, "Halifax", 20, ("weekend",))
    assert record.sessions == (session,)
    assert (record.timing, record.languages) == (("evening",), ("en", "fr"))
    assert record.places == ("quay",)
    assert record.outcomes == "Dress a wound Stay calm"
    assert record.credential == ("digital-badge",)
    assert record.recognised_by == ((("credential", "recognised_by", 0), "The Crown"),)
    assert record.updated == date(2026, 2, 1)
    bare = record_of(entry(Kind.COURSE, "bare"))
    assert isinstance(bare, CourseRecord)
    assert (bare.price, bare.credential, bare.recognised_by, bare.sessions) == (None, (), (), ())
    assert (bare.updated, bare.has_own_slug, bare.image) == (None, False, None)
    assert (bare.timing, bare.languages, bare.outcomes) == ((), (), "")


def test_record_of_a_story() -> None:
    record = record_of(full_entry(Kind.STORY))
    assert isinstance(record, StoryRecord)
    assert (record.learner, record.location, record.photo) == ("Ada", "Halifax", "face.jpg")
    assert (record.consent_given, record.consent_withdrawn) == (date(2026, 1, 1), date(2027, 1, 1))
    assert record.updated == date(2026, 5, 1)


def test_record_of_a_pathway() -> None:
    record = record_of(full_entry(Kind.PATHWAY))
    assert isinstance(record, PathwayRecord)
    assert record.steps == (StepRecord("Begin", ("a", "b"), 1),)
    assert record.credential == "Diploma"
    unnamed = record_of(pathway("p", ["a"], title="Care", credential={"type": "certificate"}))
    empty = record_of(pathway("p", ["a"], title="Care", credential={}))
    without = record_of(pathway("p", ["a"], title="Care"))
    assert isinstance(unnamed, PathwayRecord)
    assert isinstance(empty, PathwayRecord)
    assert isinstance(without, PathwayRecord)
    assert (unnamed.credential, empty.credential, without.credential) == ("Care", "", "")


def test_records_of_the_other_kinds() -> None:
    record = record_of(full_entry(Kind.PROVIDER))
    assert isinstance(record, ProviderRecord)
    assert (record.type, record.region, record.logo) == ("college", "Nova Scotia", "logo.svg")
    found = record_of(full_entry(Kind.PAGE))
    assert (found.menu, found.template) == (MenuRecord("More", 2), "guide")  # type: ignore[attr-defined]


# --- the digest --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", Kind)
def test_the_digest_stays_when_only_the_text_changes(kind: Kind) -> None:
    before, after = (
        record_of(full_entry(kind, BODY.replace("Text", word))) for word in ("Text", "Other words")
    )
    assert before.digest != after.digest
    assert before.record_digest == after.record_digest
    assert replace(after, digest=before.digest) == before


@pytest.mark.parametrize("kind", Kind)
def test_the_digest_stays_when_nothing_changes(kind: Kind) -> None:
    assert record_of(full_entry(kind)) == record_of(full_entry(kind))


# Another value for each of the keys above.
OTHERS: dict[str, Any] = {
    "title": "Two",
    "summary": "At length.",
    "slug": "two",
    "aliases": ["/older/"],
    "image": {"src": "a.png", "alt": "Feet"},
    "draft": False,
    "publish_at": "2026-01-01 09:00",
    "expires_at": "2028-01-02",
    "featured": False,
    "provider": "uni",
    "industries": ["health", "crafts"],
    "delivery_modes": ["hybrid"],
    "partners": [],
    "pace": "self-paced",
    "timing": ["evening", "weekend"],
    "duration": "2-3 weeks",
    "workload": "31 hours",
    "price": {"amount": "495", "currency": "CAD", "note": "No books."},
    "funding": ["other"],
    "level": "advanced",
    "languages": ["en"],
    "outcomes": ["Dress a wound", "Keep calm"],
    "skills": [{"name": "Care", "uri": "https://skills.example/care"}],
    "credential": {"name": "Another", "type": "certificate", "recognised_by": ["The Crown"]},
    "prerequisites": ["Patience", "A pen"],
    "sessions": [{"starts": "2027-02-01", "location": "Halifax", "seats": 21}],
    "support": ["transport"],
    "reviewed_at": "2026-02-02",
    "review_by": "2027-02-02",
    "ctid": CTID.replace("0f", "1f"),
    "learner": {"name": "Bo", "location": "Halifax", "photo": "face.jpg"},
    "quote": "I am here.",
    "before": "Baker",
    "after": "Nurse",
    "courses": ["b"],
    "consent": {"given": "2026-01-01", "expires": "2028-01-01", "withdrawn": "2027-01-02"},
    "background": [],
    "told_at": "2026-05-02",
    "steps": [{"title": "Begin", "courses": ["a", "b"], "choose": 2}],
    "kind": "university",
    "region": "Quebec",
    "url": "https://uni.example/",
    "logo": "other.svg",
    "accredited_by": [],
    "places": ["quay", "north"],
    "place": "north",
    "street": "2 Quay Road",
    "locality": "Truro",
    "postal_code": "B3K 2T4",
    "country": "US",
    "prices": [{"for": "Members", "amount": "390"}],
    "pathways": ["nursing"],
    "latitude": "44.6489",
    "longitude": "-63.5753",
    "order": 4,
    "menu": {"label": "More", "order": 4},
    "template": "page",
}


@pytest.mark.parametrize(("kind", "key"), [(kind, key) for kind in Kind for key in COMMON | OWN[kind]])
def test_each_key_that_is_in_the_record_changes_the_digest(kind: Kind, key: str) -> None:
    before = record_of(full_entry(kind))
    assert record_of(full_entry(kind, **{key: OTHERS[key]})).record_digest != before.record_digest
    if key not in (
        "title",
        "summary",
        "provider",
        "industries",
        "delivery_modes",
        "learner",
        "courses",
        "consent",
        "steps",
    ):
        assert record_of(full_entry(kind, **{key: None})).record_digest != before.record_digest


def test_record_of_a_session_with_times() -> None:
    session = {
        "starts": "2027-02-01 09:00",
        "ends": "2027-03-01",
        "apply_from": "2026-12-01",
        "apply_by": "2027-01-20 17:00",
        "meets": ["Wednesdays 18:00-20:00", "Tuesdays 19:00-20:00"],
    }
    found = course_record(full_entry(Kind.COURSE, sessions=[session])).sessions[0]
    assert (found.starts, found.ends, found.apply_by) == (
        date(2027, 2, 1),
        date(2027, 3, 1),
        date(2027, 1, 20),
    )
    assert found.timing == ("evening",)
    assert found.times == SessionTimes(
        starts=datetime(2027, 2, 1, 9),
        ends=None,
        apply_from=date(2026, 12, 1),
        apply_by=datetime(2027, 1, 20, 17),
        first=datetime(2027, 2, 2, 19),
        first_ends=datetime(2027, 2, 2, 20),
    )


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize(
    "body",
    [
        BODY.replace("course:a", "course:b"),
        BODY.replace("course:a", "course:a#end"),
        BODY.replace("b.png", "c.png"),
        BODY.replace("## End", "## Finish"),
        BODY + "\n## More\n",
        "",
    ],
)
def test_links_images_and_headings_of_the_body_change_the_digest(kind: Kind, body: str) -> None:
    assert record_of(full_entry(kind, body)).record_digest != record_of(full_entry(kind)).record_digest


@pytest.mark.parametrize("kind", Kind)
def test_the_path_of_the_file_changes_the_digest(kind: Kind) -> None:
    one = full_entry(kind)
    others = [replace(one, slug="x"), replace(one, path="content/x.md"), replace(one, language="fr")]
    assert len({record_of(other).record_digest for other in (one, *others)}) == 4


@pytest.mark.parametrize("kind", Kind)
def test_every_field_of_a_record_counts_for_its_digest(kind: Kind) -> None:
    """Each field has another value in at least one of the changes above, so none is left out of them."""
    recorded = partial(record_of, schema=ON_CARD)
    one = full_entry(kind)
    before = recorded(one)
    changed = [recorded(full_entry(kind, **{key: OTHERS[key]})) for key in COMMON | OWN[kind]]
    changed += [
        recorded(full_entry(kind, "## Other")),
        recorded(full_entry(kind, slug=None)),
        *([recorded(full_entry(kind, assessment_methods=["project"]))] if kind is Kind.COURSE else []),
        recorded(replace(one, wrong_keys=(("title",),))),
        recorded(replace(one, slug="x", path="content/x.md", language="fr")),
        *(recorded(full_entry(kind, **{key: None})) for key in ("credential",) if key in OWN[kind]),
        *(
            recorded(full_entry(kind, consent={"given": given, "expires": expires}))
            for given, expires in (("2026-01-02", "2028-01-01"), ("2026-01-01", "2028-01-02"))
            if kind is Kind.STORY
        ),
        *(
            recorded(full_entry(kind, learner={"name": "Ada", "location": place, "photo": photo}))
            for place, photo in (("Truro", "face.jpg"), ("Halifax", "other.jpg"))
            if kind is Kind.STORY
        ),
    ]
    names = {field.name for field in fields(RECORDS[kind])}
    names -= {"unanswered"} if kind is Kind.COURSE else {"details"}  # which follow from own fields alone
    same = [name for name in names if all(getattr(one, name) == getattr(before, name) for one in changed)]
    assert same == []
    for record in changed:
        assert (record.record_digest == before.record_digest) == (
            replace(record, digest=before.digest) == before
        )


@pytest.mark.parametrize("kind", Kind)
def test_records_hold_nothing_of_the_text(kind: Kind) -> None:
    """No text of the body, and nothing of the model that its page alone shows."""
    secret = "Nobody outside needs these words"
    record = record_of(full_entry(kind, f"{BODY}\n{secret}\n"))
    assert secret not in repr(record)
    assert not hasattr(record, "body")
    assert not hasattr(record, "fields")
    assert not hasattr(record, "__dict__")
    assert isinstance(hash(record), int)  # so all of it is of values that cannot change


class CourseOnCard(Course):
    assessment_methods: Annotated[
        tuple[AssessmentMethod, ...], Display("Assessed by", id="assessment", on_card=True)
    ] = ()


ON_CARD = SiteSchema({**MODELS, Kind.COURSE: CourseOnCard}, VOCABULARIES)


def test_displayed_fields_are_in_the_record_where_cards_show_them() -> None:
    one = full_entry(Kind.COURSE, assessment_methods=["project", "portfolio", "project"])
    assert course_record(one).details == ()
    assert course_record(one, ON_CARD).details == (DetailRecord("assessment", ("project", "portfolio")),)
    assert course_record(full_entry(Kind.COURSE, assessment_methods=None), ON_CARD).details == ()


def test_own_fields_are_in_the_record_where_others_need_them() -> None:
    schema = settings(
        fields={
            "course": {
                "hall": {"type": "text", "show": ["card"]},
                "door": "text",
                "host": {"type": "reference", "kind": "provider"},
                "notes": {"type": "markdown", "search": True},
            },
            "provider": {"parent": {"type": "reference", "kind": "provider"}},
        }
    ).site_schema
    one = parsed_entry(
        Kind.COURSE, "a", schema=schema, hall="H1", door="D1", notes="*See* [x](course:b), ![y](a.png)"
    )
    record = course_record(one, schema)
    assert record.details == (DetailRecord("hall", ("H1",)), DetailRecord("notes", ("See x,",)))
    assert record.unanswered == ("host",)
    assert [reference.target for reference in record.references] == ["b", "a.png"]
    assert [image.src for image in record.images] == ["a.png"]
    other = course_record(parsed_entry(Kind.COURSE, "a", schema=schema, door="D2"), schema)
    assert (other.details, other.unanswered) == ((), ("hall", "host", "notes"))
    assert other.filter_digest != record.filter_digest
    provider = record_of(parsed_entry(Kind.PROVIDER, "p", schema=schema, parent="q"), schema)
    assert provider.details == (DetailRecord("parent", ("q",)),)


def test_headings_of_own_texts_can_be_linked_to() -> None:
    schema = settings(fields={"course": {"notes": "markdown"}}).site_schema
    one = parsed_entry(Kind.COURSE, "a", "## Fees", schema=schema, notes="## Fees")
    assert record_of(one, schema).heading_ids == ("fees", "notes-fees")


def course_record(entry: AnyEntry, schema: SiteSchema = BUILT_IN) -> CourseRecord:
    record = record_of(entry, schema)
    assert isinstance(record, CourseRecord)
    return record


def test_what_only_the_page_of_a_course_shows_is_not_in_its_record() -> None:
    one = record_of(
        full_entry(Kind.COURSE, enrol_url="https://college.example/enrol", contact="mailto:a@b.example")
    )
    assert "college.example" not in repr(one)
    assert one.record_digest == record_of(full_entry(Kind.COURSE)).record_digest
