"""The section on what courses cost."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from credsite.audit.report.charts import Bar, column_chart
from credsite.audit.report.distributions import amount_text
from credsite.audit.report.document import ReportColumn, ReportTable, Section, table_or_none, without_none
from credsite.audit.report.model import CatalogueReport, PriceBucket, Prices
from credsite.audit.report.sections.common import not_given_sentences
from credsite.core.text import pluralize

_MAX_CHARTS: Final = 3
"""Currencies that have a chart of their own; the others have a row in a table."""
_SUFFIXES: Final = ((10**9, "bn"), (10**6, "m"), (10**3, "k"))


def costs_section(report: CatalogueReport, max_rows: int) -> Section | None:
    """Prices by currency; None if there is no course."""
    if not report.counts.courses:
        return None
    costs = report.costs
    main = costs.prices[:_MAX_CHARTS]
    sentences = [_price_sentence(prices) for prices in main]
    if len(costs.prices) > 1:
        currencies = pluralize(len(costs.prices), "currency", "currencies")
        sentences.insert(0, f"Prices are in {currencies}, and are not added up.")
    if costs.free:
        sentences.append(f"{pluralize(costs.free, 'course is', 'courses are')} free.")
    sentences += not_given_sentences(len(costs.not_given), report.counts.courses)
    # A chart of equal prices would say nothing.
    tables = [_price_table(prices) for prices in main if prices.least < prices.most]
    others = table_or_none(
        "prices-others",
        "Prices in other currencies",
        (
            ReportColumn("Currency"),
            ReportColumn("Courses", "number"),
            ReportColumn("Least", "number"),
            ReportColumn("Middle", "number"),
            ReportColumn("Most", "number"),
        ),
        (
            (
                prices.currency,
                f"{prices.given:,}",
                amount_text(prices.least),
                amount_text(prices.middle),
                amount_text(prices.most),
            )
            for prices in costs.prices[_MAX_CHARTS:]
        ),
        max_rows,
    )
    return Section("costs", "What courses cost", tuple(sentences), without_none(*tables, others))


def _price_sentence(prices: Prices) -> str:
    least, lower, middle, upper, most = map(
        amount_text, (prices.least, prices.lower, prices.middle, prices.upper, prices.most)
    )
    if least == most:
        return f"{pluralize(prices.given, 'course costs', 'courses cost')} {least} {prices.currency}."
    return (
        f"{pluralize(prices.given, 'course')} cost from {least} to {most} {prices.currency}; "
        f"the middle one costs {middle}, and half of them between {lower} and {upper}. "
        f"The most expensive is {prices.dearest.title}."
    )


def _price_table(prices: Prices) -> ReportTable:
    name, title = f"prices-{prices.currency.lower()}", f"Courses by price in {prices.currency}"
    chart = column_chart(
        f"{name}-chart",
        title,
        "A bar for each class of prices, with where it begins. "
        f"The table below has the same numbers for {pluralize(prices.given, 'course')}.",
        [Bar(_label(bucket), bucket.count) for bucket in prices.buckets],
    )
    rows = tuple((_range(bucket), f"{bucket.count:,}") for bucket in prices.buckets)
    columns = (ReportColumn(f"Price in {prices.currency}"), ReportColumn("Courses", "number"))
    return ReportTable(name, title, columns, rows, chart=chart, bars=1)


def _range(bucket: PriceBucket) -> str:
    low = amount_text(bucket.low)
    if bucket.high is None:
        return f"{low} or more"
    high = amount_text(bucket.high)
    return f"{low} to less than {high}" if bucket.low else f"less than {high}"


def _label(bucket: PriceBucket) -> tuple[str, str]:
    """The two lines below a bar."""
    if bucket.high is None:
        return _short_amount(bucket.low), "or more"
    return ("from", _short_amount(bucket.low)) if bucket.low else ("under", _short_amount(bucket.high))


def _short_amount(number: Decimal) -> str:
    """``1.5k`` for 1,500, so that it fits below a bar."""
    for size, suffix in _SUFFIXES:
        if number >= size:
            return f"{amount_text(number / size)}{suffix}"
    return amount_text(number)
