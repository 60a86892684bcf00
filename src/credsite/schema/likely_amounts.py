"""What is wrong with a price, a length of time or a number, in plain words, and which value was probably meant.

Loaded only where there is such a problem, as :mod:`credsite.schema.likely_values` is.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from credsite.core.currency_signs import example_currency
from credsite.core.quantities import NO_DECIMALS, THREE_DECIMALS, Money, parse_duration, parse_money
from credsite.schema.likely_values import MAX_LENGTH, Advice, says_nothing_yet

_FREE_WORDS: Final = frozenset(
    {
        "gratis", "gratuit", "gratuite", "kostenlos", "kostenfrei", "frei", "libre", "complimentary", "nothing", "zero",
        "free of charge", "no cost", "no charge", "no fee", "no fees", "at no cost", "for free", "free course", "безкоштовно",
    }
)  # fmt: skip
_CURRENCY_WORDS: Final = {
    "euro": "EUR",
    "euros": "EUR",
    "pound": "GBP",
    "pounds": "GBP",
    "dollar": "",
    "dollars": "",
    "bucks": "",
}
_BEFORE: Final = re.compile(
    r"(?:about|approximately|approx\.?|around|circa|ca\.|c\.|roughly|nearly|almost|~|≈|up to|at least|from|only|just|max\.?|"
    r"min\.?|maximum|minimum|over|under|usually|normally|total of|total|fee|cost|price)[: ]*",
    re.IGNORECASE,
)
_AFTER: Final = re.compile(
    r"(?:\bor so|\bapprox\.?|\bapproximately|\b(?:per|a) (?:person|learner|student|course)|\beach|\bin total|\btotal|\bpp|\blong|"
    r"(?:\+|\bplus|\bincl?\.?|\bexcl?\.?|\bincluding|\bexcluding) *(?:tax|taxes|vat|gst|hst|fees|materials))\)?$",
    re.IGNORECASE,
)
_RANGE: Final = re.compile(r"\d\D*(?:-|–|—| to | or |/)\D*\d")
_NUMBER_WORDS: Final = {
    word: number
    for number, words in enumerate(
        ("zero", "one a an", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
         "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty")
    )
    for word in words.split()
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "hundred": 100}  # fmt: skip
_UNIT_WORDS: Final = {
    short: unit
    for unit, words in {
        "minute": "m min mins minute minutes mn minuten",
        "hour": "h hr hrs hour hours heure heures stunde stunden std horas hora",
        "day": "d day days dy jour jours tag tage dias",
        "week": "w wk wks week weeks semaine semaines woche wochen semanas",
        "month": "mo mos mth mths month months mois monat monate meses",
        "year": "y yr yrs year years an ans jahr jahre años",
    }.items()
    for short in words.split()
}
_PART: Final = re.compile(r"(\d+(?:[.,]\d+)?|[a-z]+(?=[\s-]))[\s-]*([a-zñ]+)\.?", re.IGNORECASE)
_BETWEEN_PARTS: Final = re.compile(r"\band\b|\bet\b|[,&+]")
_LONG_NUMBER: Final = re.compile(r"\d{4,}\s*(?:minute|hour|day|week|month|year)s?", re.IGNORECASE)
_RATE: Final = re.compile(
    r"(?:\S\s+(?:per|a|each|every)\s|/)\s*(?:day|week|month|term|semester|module|wk)\b|\b(?:daily|weekly|monthly)\b",
    re.IGNORECASE,
)
_DECIMALS: Final = re.compile(r"\d[.,]\d{1,2}(?!\d)")
_MANY_DECIMALS: Final = re.compile(r"\d\.\d{4,}(?![\d.,])")
_MINUTES: Final = {"minute": 1, "hour": 60, "day": 1440, "week": 10080}
_MONTHS: Final = {"month": 1, "year": 12}


def price_advice(text: str, *, has_note: bool = True) -> Advice:
    """For a price that is none. ``has_note`` says whether other words can stand in its note."""
    if len(text) > MAX_LENGTH:
        return (
            f"`{text[:20]} …` is not a price. Write an amount and a currency, such as `495 CAD`, or `free`.",
            "",
        )
    folded = text.strip(" .!").casefold()
    if folded in _FREE_WORDS:
        return f"`{text}` is not a price. Write `free` where a course costs nothing.", "free"
    if says_nothing_yet(text):
        return f"`{text}` is not a price. Write `free` where the course costs nothing, and leave the key out until there is a price.", ""  # fmt: skip
    likely = _likely_price(text)
    if likely:
        others = "put the other words into the price's `note`" if has_note else "leave the other words out"
        return f"`{text}` is not a price. Write only an amount and a currency, and {others}.", likely
    code = text[-3:].upper() if text[-3:].upper() in THREE_DECIMALS else text[:3].upper()
    if code in THREE_DECIMALS and (number := re.search(r"(\d{1,3}),(\d{3})\b", text)):
        return _two_readings(text, f"{number[1]}{number[2]} {code}", f"{number[1]}.{number[2]} {code}"), ""
    whole = next((code for code in (text[-3:].upper(), text[:3].upper()) if code in NO_DECIMALS), "")
    if whole and _DECIMALS.search(text):
        return f"`{text}` has decimals, and {whole} has none. Write a whole amount.", ""
    if _MANY_DECIMALS.search(text):
        return f"`{text}` has more decimals than an amount of money can have. Write two at most, as in `495.50 CAD`.", ""  # fmt: skip
    if _RANGE.search(text):
        wanted = (
            "the usual price, such as `495 CAD`, and the others in its `note`" if has_note else "one of them"
        )
        return f"`{text}` is more than one amount. Write {wanted}.", ""
    return (
        f"`{text}` is not a price. Write an amount in digits and a currency, such as `495 CAD`, or `free`.",
        "",
    )


def _likely_price(text: str) -> str:
    words = re.sub(
        r"[a-z]+", lambda word: _CURRENCY_WORDS.get(word[0], word[0]), _core(text), flags=re.IGNORECASE
    )
    for candidate in (words, _core(text)):
        money = parse_money(candidate)
        if money is not None and money.amount > 0:
            return str(money)
    return ""


def sign_advice(money: Money, site_currency: str) -> Advice:
    """For a price with a sign that does not say which currency it is in."""
    own = (
        f"and {site_currency}, the `currency` in credsite.yaml, is none of them"
        if site_currency
        else "and credsite.yaml names no `currency`"
    )
    example = f"{money} {example_currency(money.unsettled)}"
    return f"`{money.unsettled}` is the sign of several currencies, {own}. Write a code in its place, as in `{example}`.", ""  # fmt: skip


_OPEN_AFTER: Final = re.compile(
    r"(.*\w)\s+(?:or (?:more|longer)|and (?:more|up)|minimum|min\.)", re.IGNORECASE
)


def amount_advice(text: str) -> Advice:
    """For an amount of money that is none."""
    if text.strip().casefold() in _FREE_WORDS | {"free"}:
        return f"`{text}` is not an amount. Write 0 where it costs nothing.", "0"
    likely = _likely_price(text[:MAX_LENGTH])
    if likely:
        return (
            f"`{text}` is not an amount. Write only the number, and the currency in `currency`.",
            likely.split()[0],
        )
    return f"`{text}` is not an amount. Write only a number, such as 495 or 495.50.", ""


def duration_advice(text: str) -> Advice:
    """For a length of time that is none."""
    if len(text) > MAX_LENGTH:
        return f"`{text[:20]} …` is not a length of time. Write a number and a unit, such as `6 weeks`.", ""
    if says_nothing_yet(text):
        return f"`{text}` is not a length of time. Leave the key out until it is known, or write `6 weeks`, for instance.", ""  # fmt: skip
    if (number := re.search(r"\b([1-9]\d{0,2})\.(\d{3})\b", text)) and parse_duration(
        text.replace(number[0], "1")
    ):
        unit = text[number.end() :].strip()
        return _two_readings(text, f"{number[1]}{number[2]} {unit}", f"{number[1]}.{number[2].rstrip('0') or 0} {unit}"), ""  # fmt: skip
    if (match := _OPEN_AFTER.fullmatch(text)) and parse_duration(likely := f"from {match[1]}"):
        return f"`{text}` is not a length of time. Write `from` before the shortest.", likely
    if _RATE.search(text):
        return f"`{text}` says how often, not how long. Write all of it: `6 weeks` for `duration`, `42 hours` for `workload`.", ""  # fmt: skip
    if _LONG_NUMBER.fullmatch(text):
        return f"`{text}` is more than a thousand years. Correct the number, or the unit.", ""
    likely = _likely_duration(text)
    likely = likely if parse_duration(likely) else ""
    message = f"`{text}` is not a length of time."
    if likely:
        return f"{message} Write one number, or two such as `3-7`, and one unit in full.", likely
    if re.fullmatch(r"[\d.,\s–-]+", text):
        return (
            f"{message} Write its unit too: minutes, hours, days, weeks, months or years, as in `6 weeks`.",
            "",
        )
    return f"{message} Write a number and a unit: `6 weeks`, `3-7 days` or `42 hours`.", ""


def _likely_duration(text: str) -> str:
    core = _core(text)
    plain = re.sub(r"(?<=\d),(?=\d{1,2}\b)", ".", core)
    if parse_duration(plain) or parse_duration(plain := plain.upper()):
        return plain.lower() if " " in plain else plain
    turned = re.fullmatch(r"(\d+)\s*(?:-|–|to)\s*(\d+)\s*([a-z]+)", core, re.IGNORECASE)
    if turned and (unit := _UNIT_WORDS.get(turned[3].casefold())):
        low, high = sorted((int(turned[1]), int(turned[2])))
        return f"{low}-{high} {unit}s" if low else ""
    return _sum_of_parts(core)


def _sum_of_parts(text: str) -> str:
    """``90 minutes`` for ``1 h 30 min``, ``18 months`` for ``P1Y6M``; "" where a part is no amount of time."""
    if iso := re.fullmatch(
        r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?", text, re.IGNORECASE
    ):
        names = ("year", "month", "week", "day", "hour", "minute")
        parts = [(Decimal(amount), unit) for amount, unit in zip(iso.groups(), names, strict=True) if amount]
    else:
        clock = re.fullmatch(r"(\d{1,3})\s*(?:h|:)\s*(\d\d)\s*(?:h|hrs?|hours|min)?", text, re.IGNORECASE)
        text = f"{clock[1]} h {clock[2]} min" if clock else text
        text = _BETWEEN_PARTS.sub(" ", text)
        rest = _PART.sub("", text).strip()
        parts = [
            (_amount_of(number), _UNIT_WORDS.get(unit.casefold(), "")) for number, unit in _PART.findall(text)
        ]
        if rest or not all(amount and unit for amount, unit in parts):
            return ""
    units = [unit for _, unit in parts]
    for sizes in (_MINUTES, _MONTHS):
        if units and all(unit in sizes for unit in units):
            smallest = min(units, key=sizes.__getitem__)
            total = sum(amount * sizes[unit] for amount, unit in parts) / sizes[smallest]
            amount = f"{total.normalize():f}" if isinstance(total, Decimal) else str(total)
            return f"{amount} {smallest}{'' if total == 1 else 's'}"
    return ""


def _amount_of(text: str) -> Decimal:
    return (
        Decimal(_NUMBER_WORDS.get(text.casefold(), 0)) if text.isalpha() else Decimal(text.replace(",", "."))
    )


def credits_advice(text: str) -> Advice:
    """For a number of credits that is none."""
    number = re.match(r"(\d{1,6})(?:[.,](\d{1,3}))?(?![\w.,])", text)
    message = f"`{text[:MAX_LENGTH]}` is not a number of credits. Write only a number, such as 3 or 1.5, and what is counted in `unit`."
    if number is None:
        likely = str(_NUMBER_WORDS.get(text.casefold(), ""))
    elif number[2] and len(number[2]) == 3 and "," in number[0]:
        return _two_readings(text, f"{number[1]}{number[2]}", f"{number[1]}.{number[2].rstrip('0') or 0}"), ""
    else:
        likely = number[0].replace(",", ".")
    return message, likely


def whole_number_advice(name: str, text: str) -> Advice:
    """For a whole number that is none."""
    core = _core(text[:MAX_LENGTH])
    digits = re.fullmatch(r"(\d{1,3}(?:[,. ]\d{3})+|\d+)(?:[.,]0+)?(?:\s+[a-z]+)?", core, re.IGNORECASE)
    likely = re.sub(r"\D", "", digits[1]) if digits else str(_NUMBER_WORDS.get(core.casefold(), ""))
    return f"`{text}` is not {name}. Write it in digits.", likely


def _core(text: str) -> str:
    """``text`` without words such as `about` and `per person` around the value."""
    before = None
    while text != before:
        before = text
        if match := _BEFORE.match(text):
            text = text[match.end() :]
        text = _AFTER.sub("", text).strip(" .,;:(")
    return text


def _two_readings(text: str, one: str, other: str) -> str:
    return f"`{text}` can mean `{one}` or `{other}`. Write it in one of these two ways."
