"""What a course costs: an amount, what it is made of, and other prices for some people."""

from decimal import Decimal
from typing import Annotated, Any, ClassVar, Self

from pydantic import (
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    ValidationError,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, InitErrorDetails

from credsite.core.quantities import Money, parse_money
from credsite.schema import patterns
from credsite.schema.field_types import Currency, Text, currency_code, value_error
from credsite.schema.models.base import Model, TextOrBlock


def _amount(value: Any) -> Any:
    """``value`` is what :func:`_block_amount` has made of a text."""
    if isinstance(value, _Refused):
        from credsite.schema.likely_amounts import amount_advice

        raise value_error("bad-price", *amount_advice(value))
    if isinstance(value, Decimal) and value < 0:
        raise value_error("negative-amount", "An amount of money cannot be below zero.")
    return value


def _item_amount(value: Any, info: ValidationInfo) -> Any:
    site = _site_currency(info) or ""
    if not isinstance(value, str):
        return value
    money = parse_money(value, site)
    if money is None or (money.currency and money.currency != site):
        return _amount(_Refused(value))
    return _amount(money.amount)


def _site_currency(info: ValidationInfo) -> str | None:
    """The currency of the site, "" for none; None where it is not known."""
    return info.context.get("currency") if info.context else None


class PriceItem(TextOrBlock):
    """A part of a price: what it is for and its amount, or one line such as `Tuition: 400`."""

    ONE_LINE: ClassVar[dict[str, Any]] = {"type": "string", "pattern": "^[^:]+:.+$"}

    label: Text = Field(description="What it is for.", examples=["Tuition"])
    amount: Annotated[Decimal, Field(ge=0), BeforeValidator(_item_amount)] = Field(
        description="Its amount, in the currency of the price.", examples=["495"]
    )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        schema = super().__get_pydantic_json_schema__(core_schema, handler)
        amount = {"type": ["number", "string"]}
        pair = {"type": "object", "minProperties": 1, "maxProperties": 1, "additionalProperties": amount}
        return {"anyOf": [*schema["anyOf"], pair]}

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, data: Any) -> Any:
        if isinstance(data, dict) and len(data) == 1 and not data.keys() & cls.model_fields.keys():
            # The line `- Tuition: 400`, without quotation marks, is a block to YAML.
            ((label, amount),) = data.items()
            return {"label": label, "amount": amount}
        if not isinstance(data, str):
            return data
        label, _, amount = map(str.strip, data.rpartition(":"))
        if not (label and amount):
            message = f"`{data}` is not a part of a price. Write what it is for and its amount, as in `Tuition: 400`."
            raise value_error("bad-price", message)
        return {"label": label, "amount": amount}

    def as_line(self) -> str:
        """The line that says the same."""
        return f"{self.label}: {self.amount:f}"


class PriceFields(Model):
    """What every price says."""

    model_config = ConfigDict(
        json_schema_extra={"anyOf": [{"required": ["amount"]}, {"required": ["items"]}]}
    )

    amount: Annotated[Decimal, Field(ge=0), BeforeValidator(_amount)] = Field(
        default_factory=Decimal,
        description="The amount; 0 for free. The sum of the `items` if left out.",
        examples=["495"],
    )
    currency: Currency | None = Field(
        default=None,
        description="The currency's ISO 4217 code; the site's own if left out.",
        examples=["CAD"],
    )
    note: str = Field(default="", description="What the price covers, or who pays a different one.")
    items: tuple[PriceItem, ...] = Field(
        default=(), description="What it is made of, such as tuition, materials and an exam."
    )

    @model_validator(mode="before")
    @classmethod
    def _with_parsed_amount(cls, data: Any, info: ValidationInfo) -> Any:
        if isinstance(data, dict) and isinstance(data.get("amount"), str) and data["amount"].strip():
            return data | _block_amount(data["amount"], data.get("currency"), _site_currency(info))
        return data

    @model_validator(mode="after")
    def _with_sum(self) -> Self:
        if "amount" in self.model_fields_set:
            return self
        if not self.items:
            missing = InitErrorDetails(type="missing", loc=("amount",), input={})
            raise ValidationError.from_exception_data(type(self).__name__, [missing])
        return self.model_copy(update={"amount": self.sum_of_items})

    @property
    def sum_of_items(self) -> Decimal:
        return sum((item.amount for item in self.items), Decimal(0))


class Price(PriceFields, TextOrBlock):
    """What a course costs: ``495 CAD``, ``free``, or a block with a note."""

    ONE_LINE: ClassVar[dict[str, Any]] = {
        "type": ["string", "number"],
        "pattern": patterns.PRICE,
        "minimum": 0,
    }

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, data: Any, info: ValidationInfo) -> Any:
        """``info.context`` has the ``currency`` of the site, "" for none, where that is known."""
        return _price(data, _site_currency(info)) if isinstance(data, str) else data


class _ForWhom(Model):
    # `for` is a word of Python, so it cannot be written as an attribute.
    __annotations__ = {"for": Text}
    vars().update({"for": Field(description="Who pays this price.", examples=["Members of the union"])})


class GroupPrice(PriceFields, _ForWhom):
    """A price that only some people pay."""

    @property
    def audience(self) -> str:
        """Who pays it."""
        return vars(self)["for"]  # type: ignore[no-any-return]


def _money_text(value: Any, info: ValidationInfo) -> Any:
    """An amount of money in its usual spelling, such as ``495 CAD``; ``0`` for `free`."""
    if isinstance(value, dict):
        likely = " ".join(str(value[key]) for key in ("amount", "currency") if value.get(key))
        message = "This amount of money needs one text, such as `495 CAD`, not lines of its own."
        raise value_error("wrong-type", message, likely if parse_money(likely) else "")
    if not isinstance(value, str):
        return value
    site_currency = _site_currency(info)
    money = _money(value, site_currency, has_note=False)
    if money.amount and not money.currency and site_currency == "":
        message = (
            "The amount names no currency. Write it after the amount, as in `495 CAD`, or set `currency` in "
            "credsite.yaml."
        )
        raise value_error("bad-price", message)
    if money.currency:
        currency_code(money.currency)
    return str(money)


MoneyText = Annotated[
    str,
    BeforeValidator(_money_text),
    WithJsonSchema({"type": ["string", "number"], "pattern": patterns.PRICE, "minimum": 0}),
]
"""An amount of money as a text: a number, and behind it the currency, if it is not that of the site."""


def _price(text: str, site_currency: str | None) -> dict[str, Any]:
    money = _money(text, site_currency, has_note=True)
    return _amount_in(money.amount, money.currency)


def _money(text: str, site_currency: str | None, *, has_note: bool) -> Money:
    money = parse_money(text, site_currency or "")
    if money is None:
        from credsite.schema.likely_amounts import price_advice

        raise value_error("bad-price", *price_advice(text, has_note=has_note))
    if money.amount < 0:
        raise value_error("negative-amount", "A price cannot be below zero.")
    if money.unsettled and site_currency is not None:
        from credsite.schema.likely_amounts import sign_advice

        raise value_error("bad-price", *sign_advice(money, site_currency))
    return money


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
