"""What a course costs."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field, ValidationInfo, model_validator

from credsite.core.quantities import parse_money
from credsite.schema import patterns
from credsite.schema.field_types import Currency, value_error
from credsite.schema.models.base import TextOrBlock


def _amount(value: Any) -> Any:
    """``value`` is what :func:`_block_amount` has made of a text."""
    if isinstance(value, _Refused):
        from credsite.schema.likely_amounts import amount_advice

        raise value_error("bad-price", *amount_advice(value))
    if isinstance(value, Decimal) and value < 0:
        raise value_error("negative-amount", "An amount of money cannot be below zero.")
    return value


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
