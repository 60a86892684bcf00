"""A micro-credential course."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Final

from pydantic import (
    BeforeValidator,
    Field,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)

from credsite.core.quantities import parse_money, parse_number
from credsite.schema import patterns
from credsite.schema.field_types import (
    Count,
    Currency,
    Date,
    DurationText,
    LanguageTag,
    Text,
    Url,
    value_error,
)
from credsite.schema.models.base import Credential, EntryFields, FieldFinding, Model, TextOrBlock
from credsite.schema.models.codes import Classification, Occupation, code_findings
from credsite.schema.vocabularies import (
    ASSESSMENT_METHODS,
    N_,
    SUPPORT,
    AssessmentMethod,
    DeliveryMode,
    Display,
    LearningMethod,
    Level,
    Pace,
    Timing,
)

_MAX_CREDITS: Final = 1_000_000
_SUPPORT_EXAMPLES: Final = ", ".join(f"`{term}`" for term in list(SUPPORT)[:4])


def _ctid(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(patterns.CTID, value.strip()):
        raise value_error(
            "bad-ctid",
            f"`{value}` is not a ctid: `ce-` and a UUID in small letters. Make it once and never change it.",
            value.strip().lower() if re.fullmatch(patterns.CTID, value.strip().lower()) else "",
        )
    return value


def _amount(value: Any) -> Any:
    """``value`` is what :func:`_block_amount` has made of a text."""
    if isinstance(value, _Refused):
        from credsite.schema.likely_amounts import amount_advice

        raise value_error("bad-price", *amount_advice(value))
    if isinstance(value, Decimal) and value < 0:
        raise value_error("negative-amount", "An amount of money cannot be below zero.")
    return value


def _credits(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    number = parse_number(value)
    if number is None or number >= _MAX_CREDITS:
        from credsite.schema.likely_amounts import credits_advice

        raise value_error("bad-number", *credits_advice(value))
    return number


class Price(TextOrBlock):
    """What a course costs: ``495 CAD``, ``free``, or a block with a note."""

    ONE_LINE: ClassVar[dict[str, Any]] = {
        "type": ["string", "number"],
        "pattern": patterns.PRICE,
        "minimum": 0,
    }

    amount: Annotated[Decimal, Field(ge=0), BeforeValidator(_amount)] = Field(
        description="The amount; 0 for free.", examples=["495"]
    )
    currency: Currency | None = Field(
        default=None,
        description="The currency's ISO 4217 code; the site's own if left out.",
        examples=["CAD"],
    )
    note: str = Field(default="", description="What the price covers, or who pays a different one.")

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, data: Any, info: ValidationInfo) -> Any:
        """``info.context`` has the ``currency`` of the site, "" for none, where that is known."""
        site = info.context.get("currency") if info.context else None
        if isinstance(data, str):
            return _price(data, site)
        if isinstance(data, dict) and isinstance(data.get("amount"), str):
            return data | _block_amount(data["amount"], data.get("currency"), site)
        return data


def _price(text: str, site_currency: str | None) -> dict[str, Any]:
    money = parse_money(text, site_currency or "")
    if money is None:
        from credsite.schema.likely_amounts import price_advice

        raise value_error("bad-price", *price_advice(text))
    if money.amount < 0:
        raise value_error("negative-amount", "A price cannot be below zero.")
    if money.unsettled and site_currency is not None:
        from credsite.schema.likely_amounts import sign_advice

        raise value_error("bad-price", *sign_advice(money, site_currency))
    return _amount_in(money.amount, money.currency)


def _amount_in(amount: Decimal, currency: str) -> dict[str, Any]:
    return {"amount": amount, "currency": currency} if currency else {"amount": amount}


class _Refused(str):
    """A text that is no amount of the currency beside it."""

    __slots__ = ()


def _block_amount(amount: str, currency: Any, site_currency: str | None) -> dict[str, Any]:
    """The amount and the currency of a price in lines of its own."""
    code = currency.strip().upper() if isinstance(currency, str) else ""
    money = parse_money(amount, code or site_currency or "") if not amount.isalpha() else None
    is_settled = money is not None and not (money.unsettled and (code or site_currency is not None))
    if money is None or not is_settled or (code and money.currency not in ("", code)):
        return {"amount": _Refused(amount)}
    return _amount_in(money.amount, currency or money.currency)


class QualificationLevel(Model):
    """A level of a qualifications framework."""

    framework: Text = Field(description="The framework's short name.", examples=["EQF"])
    level: Text = Field(description="The level in it.", examples=["5"])


class Credits(Model):
    """Academic credit."""

    value: Annotated[Decimal, Field(ge=0), BeforeValidator(_credits)] = Field(
        description="How many credits; 0 for none.", examples=["3"]
    )
    unit: Text = Field(description="What is counted, such as ECTS.", examples=["ECTS"])


class Skill(TextOrBlock):
    """A skill that a course teaches: a name, or a name with its address in ESCO or O*NET."""

    ONE_LINE: ClassVar[dict[str, Any]] = {"type": ["string", "number", "boolean"], "minLength": 1}

    name: Text = Field(description="The skill in a few words.")
    uri: Url | None = Field(default=None, description="Its address in ESCO or O*NET.")

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, data: Any) -> Any:
        return {"name": data} if isinstance(data, str) else data


class QualityAssurance(Model):
    """Who assures the quality of a course."""

    name: Text = Field(description="The body's or scheme's name.")
    url: Url | None = Field(default=None, description="Where it is described.")


class Session(Model):
    """One run of a course."""

    starts: Date = Field(description="The first day.", examples=["2027-02-01"])
    ends: Date | None = Field(default=None, description="The last day.", examples=["2027-03-15"])
    apply_by: Date | None = Field(default=None, description="The last day to apply.", examples=["2027-01-18"])
    delivery_mode: DeliveryMode | None = Field(default=None, description="How this session is delivered.")
    location: str = Field(default="", description="Where it takes place, if not online.")
    timing: tuple[Timing, ...] = Field(
        default=(), description="At what time of the day or week it takes place."
    )
    seats: Count | None = Field(
        default=None, description="How many places are left; 0 if it is full.", examples=["20"]
    )
    enrol_url: Url | None = Field(default=None, description="Where to enrol in this session.")


def _deadline_findings(session: Session, key: tuple[str, int]) -> Iterator[FieldFinding]:
    if session.apply_by is None or session.apply_by <= session.starts:
        return
    if session.ends is not None and session.starts <= session.ends < session.apply_by:
        message = f"The deadline is after the session ends, on {session.ends}. Correct one of the two dates."
        yield FieldFinding("dates-reversed", message, (*key, "apply_by"), ((*key, "starts"), (*key, "ends")))
    else:
        message = (
            f"The deadline is after the session starts, on {session.starts}, so people can join late. "
            "If they cannot, correct one of the two dates."
        )
        yield FieldFinding(
            "session-apply-by", message, (*key, "apply_by"), ((*key, "starts"), (*key, "ends"))
        )


class Course(EntryFields):
    """A short course that ends in an assessed credential."""

    ADVISED: ClassVar[dict[str, str]] = {
        "duration": "missing-duration",
        "workload": "missing-workload",
        "price": "missing-price",
        "outcomes": "missing-outcomes",
        "assessment_methods": "missing-assessment",
    }

    summary: Text = Field(description="One or two sentences, best under 160 characters.")
    provider: Text = Field(description="Who offers it: the id of a provider (its file name).")
    industries: Annotated[tuple[Text, ...], Field(min_length=1)] = Field(
        description="The ids of the industries that it serves, one or more."
    )
    delivery_modes: Annotated[tuple[DeliveryMode, ...], Field(min_length=1)] = Field(
        description="How it is delivered; `blended` is partly online and partly on site, with `hybrid` each learner chooses."
    )
    partners: tuple[Text, ...] = Field(
        default=(), description="Who developed it with the provider: provider ids."
    )
    pace: Pace | None = Field(
        default=None, description="Whether learners set their own pace or follow a schedule."
    )
    timing: tuple[Timing, ...] = Field(
        default=(), description="At what time of the day or week it takes place."
    )
    duration: DurationText | None = Field(
        default=None, description="How long it runs by the calendar.", examples=["6 weeks"]
    )
    workload: DurationText | None = Field(
        default=None, description="How much study time it takes.", examples=["42 hours"]
    )
    price: Price | None = Field(
        default=None,
        description="What a learner pays: `495 CAD`, `495` in the site's currency, or `free`.",
        examples=["495 CAD"],
    )
    funding: tuple[Text, ...] = Field(
        default=(), description="Financial aid: ids from `funding` in credsite.yaml."
    )
    level: Level | None = Field(default=None, description="How much a learner should know beforehand.")
    qualification_level: QualificationLevel | None = Field(
        default=None, description="Its level in a qualifications framework."
    )
    credits: Credits | None = Field(default=None, description="The academic credit that it carries.")
    languages: tuple[LanguageTag, ...] = Field(
        default=(), description="The languages of delivery; the site's language if left out."
    )
    outcomes: tuple[Text, ...] = Field(default=(), description="What a learner can do afterwards.")
    skills: tuple[Skill, ...] = Field(
        default=(), description="The skills that it teaches, each in a few words."
    )
    learning_methods: tuple[LearningMethod, ...] = Field(default=(), description="How learners study.")
    assessment_methods: Annotated[
        tuple[AssessmentMethod, ...],
        Display(N_("Assessed by"), id="assessment", icon="check", vocabulary=ASSESSMENT_METHODS),
    ] = Field(default=(), description="How learners show what they can do.")
    credential: Credential | None = Field(default=None, description="What learners receive at the end.")
    prerequisites: tuple[Text, ...] = Field(
        default=(), description="What learners need beforehand: plain sentences, or ids of courses."
    )
    occupations: tuple[Occupation, ...] = Field(default=(), description="Occupations that it prepares for.")
    classifications: tuple[Classification, ...] = Field(
        default=(), description="Codes of its field of study."
    )
    sessions: tuple[Session, ...] = Field(default=(), description="Its coming runs, with dates.")
    enrol_url: Url | None = Field(
        default=None, description="Where to enrol.", examples=["https://college.example/enrol"]
    )
    contact: Url | None = Field(
        default=None, description="Whom to contact.", examples=["mailto:ask@college.example"]
    )
    support: tuple[Text, ...] = Field(
        default=(),
        description=f"Help for learners: {_SUPPORT_EXAMPLES} and others.",
    )
    quality_assurance: QualityAssurance | None = Field(default=None, description="Who assures its quality.")
    reviewed_at: Date | None = Field(default=None, description="When somebody last reviewed this entry.")
    review_by: Date | None = Field(default=None, description="When somebody should review it again.")
    ctid: (
        Annotated[str, BeforeValidator(_ctid), WithJsonSchema({"type": "string", "pattern": patterns.CTID})]
        | None
    ) = Field(
        default=None, description="Its Credential Engine id: `ce-` and a UUID, made once, never changed."
    )

    def findings(self) -> Iterator[FieldFinding]:
        yield from super().findings()
        for number, session in enumerate(self.sessions):
            yield from self._session_findings(session, ("sessions", number))
        yield from code_findings(self.occupations, "occupations")
        yield from code_findings(self.classifications, "classifications")

    def _session_findings(self, session: Session, key: tuple[str, int]) -> Iterator[FieldFinding]:
        mode = session.delivery_mode or (self.delivery_modes[0] if len(self.delivery_modes) == 1 else None)
        starts = (*key, "starts")
        if session.location and mode == "online":
            yield FieldFinding(
                "session-location",
                "An online session has no location. Leave `location` out, or change the session's `delivery_mode`.",
                (*key, "location"),
                ((*key, "delivery_mode"), ("delivery_modes",)),
            )
        if session.ends is not None and session.ends < session.starts:
            message = f"The session ends before it starts, on {session.starts}. Correct one of the two dates."
            yield FieldFinding("session-ends-first", message, (*key, "ends"), (starts,))
        yield from _deadline_findings(session, key)
        if session.delivery_mode is not None and session.delivery_mode not in self.delivery_modes:
            modes = ", ".join(self.delivery_modes)
            yield FieldFinding(
                "session-mode",
                f"`{session.delivery_mode}` is not among the course's `delivery_modes` ({modes}). Add it there, or change it here.",
                (*key, "delivery_mode"),
                (("delivery_modes",),),
            )
