"""The prices of a course on its own page: what each is made of, and who pays it."""

from __future__ import annotations

from decimal import Decimal

from credsite.schema.models import Course
from credsite.schema.models.price import GroupPrice, PriceFields
from credsite.site import views
from credsite.site.view_builder import ViewBuilder


def course_prices(builder: ViewBuilder, course: Course) -> tuple[views.PriceView, ...]:
    """What most learners pay, then what some people pay instead."""
    main = course.main_price
    prices = [main, *(price for price in course.prices if price is not main)] if main is not None else []
    return tuple(_view(builder, price) for price in prices)


def _view(builder: ViewBuilder, price: PriceFields) -> views.PriceView:
    currency = price.currency or builder.config.currency or ""

    def view(amount: Decimal) -> views.PriceView:
        return views.PriceView(amount, amount, currency)

    return views.PriceView(
        price.amount,
        price.amount,
        currency,
        price.note,
        price.audience if isinstance(price, GroupPrice) else "",
        tuple(views.PricePart(item.label, view(item.amount)) for item in price.items),
    )
