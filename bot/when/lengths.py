"""Convention 2: how long. "two and a half hours", «ساعة إلا ربعا», 1h30, «يوم ونص»."""

from __future__ import annotations

from fractions import Fraction

from bot.when.items import NOTHING_THERE, Found, Item, Items, Length
from bot.when.numerals import quantity, whole

_MINUTES = {
    "second": Fraction(1, 60),
    "minute": Fraction(1),
    "hour": Fraction(60),
    "day": Fraction(1440),
    "week": Fraction(10080),
}
_MONTHS = {"month": 1, "year": 12}
PLURALS = frozenset(
    {
        "دقايق",
        "ساعات",
        "ايام",
        "اسابيع",
        "شهور",
        "اشهر",
        "سنوات",
        "سنين",
        "سوايع",
        "ثواني",
        "minutes",
        "hours",
        "days",
        "weeks",
        "months",
    }
)
_ENGLISH_UNITS = frozenset(
    [
        "second",
        "seconds",
        "sec",
        "secs",
        "minute",
        "minutes",
        "min",
        "mins",
        "hour",
        "hours",
        "hr",
        "hrs",
        "h",
        "day",
        "days",
        "week",
        "weeks",
        "wk",
        "wks",
        "month",
        "months",
        "year",
        "years",
        "yrs",
    ]
)
_UNITS_BY_ARTICLE = {"الساعه": "hour", "el sa3a": "hour", "al sa3a": "hour", "اليوم": "day"}  # «ربع الساعة»
_THREE_OR_A_THIRD = "تلت"
_RELATED = frozenset({"before", "after", "ago", "from_now", "later_by", "before_it", "after_it"})
_RELATING = frozenset({"in", "after", "before", "by", "within", "from_now", "ago", "before_it", "after_it"})
_LONGEST_MINUTES = 60 * 24 * 366 * 20


def length(items: Items, i: int) -> Found:
    """A rule: a length with everything that is added to it."""
    found = _one(items, i)
    if found is None:
        return None
    total, unit, count = found
    while (more := _tail(items, i + count, unit)) is not None:
        total = total.plus(more[0])
        count += more[1]
    if total.minutes < 0 or total.minutes > _LONGEST_MINUTES or total.days > 7320 or total.months > 240:
        total = Length(vague=True)
    return Item(
        kind="length", value=unit, text=items[i].text, definite=_relative_day(items, i, count), payload=total
    ), count


def measure(amount: Fraction, unit: str) -> Length:
    """So many of a unit: whole days and weeks keep the wall time, their fractions are elapsed time."""
    if unit in _MONTHS:
        months = amount * _MONTHS[unit]
        return Length(months=int(months)) if months.denominator == 1 and months <= 10000 else Length(vague=True)
    if unit in ("day", "week") and amount.denominator == 1:
        return Length(days=int(amount) * (7 if unit == "week" else 1)) if amount <= 10**6 else Length(vague=True)
    return Length(minutes=amount * _MINUTES[unit])


def _relative_day(items: Items, i: int, count: int) -> bool:
    """Whether it is "the day (before)": which day, rather than how long."""
    return items.at(i - 1).text == "the" and count == 1


def _one(items: Items, i: int) -> tuple[Length, str, int] | None:
    item = items[i]
    if item.kind == "dual":
        return measure(Fraction(2), item.value), item.value, 1
    if item.kind == "fortnight":
        return Length(days=14), "week", 1
    if item.kind == "few" and (unit := _unit(items, i + 1)):
        return Length(vague=True), unit, 2
    if item.kind == "hours" and (
        items.kind(i - 1) in _RELATING or items.kind(i + 1) in _RELATED or items.at(i + 2).value == "minute"
    ):
        hours, _, minutes = item.value.partition(":")
        return Length(minutes=Fraction(int(hours) * 60 + int(minutes or 0))), "hour", 1
    return _fraction(items, i) or _counted(items, i) or _single(items, i)


def _fraction(items: Items, i: int) -> tuple[Length, str, int] | None:
    """ "half an hour", "a quarter of an hour", «ثلاثة أرباع الساعة»."""
    at = i + 1 if items.kind(i) == "article" else i
    item = items.at(at)
    if item.kind != "fraction" or item.number is None:
        return None
    at += 1
    if items.kind(at) == "of":
        at += 1
    if items.kind(at) == "article" or items.at(at).text == "the":
        at += 1
    unit = _unit(items, at) or _UNITS_BY_ARTICLE.get(items.at(at).text)
    if unit is None:
        return None
    if item.text == _THREE_OR_A_THIRD and items.at(at).text in PLURALS:
        return measure(Fraction(3), unit), unit, at + 1 - i
    if items.at(at).text in PLURALS and not items.at(at).text.isascii():
        return Length(vague=True), unit, at + 1 - i
    return measure(item.number, unit), unit, at + 1 - i


def _counted(items: Items, i: int) -> tuple[Length, str, int] | None:
    found = quantity(items, i)
    if found is None:
        return None
    amount, count = found
    if items.kind(i + count) == "of":
        count += 1
    unit = _unit(items, i + count)
    if (
        unit is None
        and items.at(i).kind == "article"
        and items.kind(i + 1) == "number"
        and (unit := _unit(items, i + 2))
    ):
        return measure(items.at(i + 1).number or Fraction(1), unit), unit, 3
    if unit is None and items.kind(i + count) == "fortnight":
        return measure(2 * amount, "week"), "week", count + 1
    if unit is None and items.kind(i) == "article" and items.kind(i + 1) == "few" and (unit := _unit(items, i + 2)):
        return Length(vague=True), unit, 3
    return None if unit is None else (measure(amount, unit), unit, count + 1)


def _single(items: Items, i: int) -> tuple[Length, str, int] | None:
    """«ساعة», «يوم واحد», "(the) day before". Arabic plurals alone say no number."""
    unit = _unit(items, i)
    item = items[i]
    if unit is None or (item.definite and not item.text.isascii()):
        return None
    after = items.at(i + 2) if items.at(i + 1).value == "article" else items.at(i + 1)
    if item.text in _ENGLISH_UNITS:
        return (measure(Fraction(1), unit), unit, 1) if after.kind in _RELATED and item.text not in PLURALS else None
    if item.text in PLURALS:
        return Length(vague=True), unit, 1
    if whole(after) == 1:
        return measure(Fraction(1), unit), unit, 2
    numbered = (
        unit in ("day", "month", "year")
        and after.kind in ("digits", "number", "tens", "ordinal", "weekday", "target", "event", "date_said")
        and items.kind(i - 1) != "by"
    )
    return None if numbered else (measure(Fraction(1), unit), unit, 1)


def _unit(items: Items, i: int) -> str | None:
    item = items.at(i)
    if item.kind == "unit":
        return item.value
    short = {"letter_minute": "minute"}.get(item.kind)
    if short is None and item.kind == "half" and item.text == "m":
        return "minute"
    return short


def _tail(items: Items, i: int, unit: str) -> tuple[Length, int] | None:
    """What is added to a length, or taken off it, at `i`."""
    link = items.at(i)
    if link.kind == "and":
        return _added(items, i + 1, unit, 1)
    if link.kind == "less":
        found = _added(items, i + 1, unit, 1)
        if found is None or found[0].days or found[0].months:
            return None
        return Length(minutes=-found[0].minutes, vague=found[0].vague), found[1]
    skip = 1 if link.text == "," else 0
    after = (
        _one(items, i + skip)
        if items.at(i + skip) is not NOTHING_THERE and items.kind(i + skip) in ("digits", "number", "tens")
        else None
    )
    if after is not None and _MINUTES.get(after[1], 0) < _MINUTES.get(unit, 0):
        return after[0], after[2] + skip
    return None


def _added(items: Items, i: int, unit: str, before: int) -> tuple[Length, int] | None:
    if i >= len(items):
        return None
    found = _one(items, i)
    if found is not None and found[1] in _MINUTES and _MINUTES[found[1]] <= _MINUTES.get(unit, Fraction(10**9)):
        return found[0], found[2] + before
    skip = 1 if items.kind(i) == "article" else 0
    fraction = items.at(i + skip)
    if fraction.kind == "fraction" and fraction.number is not None:
        return measure(fraction.number, unit), skip + 1 + before
    minutes = whole(items.at(i))
    if unit == "hour" and minutes is not None and 5 <= minutes < 60 and items.kind(i + 1) not in ("unit", "of"):
        return Length(minutes=Fraction(minutes)), 1 + before
    return None
