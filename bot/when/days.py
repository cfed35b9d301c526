"""Conventions 9 and 10: weekdays with what narrows them down, and periods that are too long to be a moment."""

from __future__ import annotations

from bot.when.items import Found, Item, Items
from bot.when.lengths import PLURALS
from bot.when.numerals import whole

_MODIFIERS = frozenset({"this", "next", "coming", "last", "after_next"})
_PERIODS = frozenset({"week", "month", "year"})
_DAY_WORDS = frozenset({"يوم", "نهار", "yom", "nhar", "youm", "اليوم"})


def weekday(items: Items, i: int) -> Found:
    """A rule: the weekday and its modifiers as one item; value "4:next". English "next" is kept apart («next_en»)."""
    start, modifier = i, ""
    length = items.at(i)
    if length.kind == "length" and length.length.whole_days and length.length.days % 7 == 0:
        gap = 1
        while items.kind(i + gap) in ("from", "of", "on", "filler", "from_now") or items.at(i + gap).text in (
            "on",
            "from",
        ):
            gap += 1
        if items.at(i + gap).text in _DAY_WORDS:
            gap += 1
        found = _named(items, i + gap)
        if found is not None and gap > 1:
            return Item(
                kind="weekday_said", value=f"{found}:plus{length.length.days}", text=items.at(i + gap).text
            ), gap + 1
    if items.kind(i) in _MODIFIERS and _is_day(items, i + 1):
        modifier = _modifier(items.at(i))
        i += 1
    if items.kind(i) == "unit" and items.at(i).text in _DAY_WORDS and _is_day(items, i + 1):
        i += 1
    found = _named(items, i, modified=bool(modifier) or i > start)
    if found is None:
        return _period_first(items, start)
    i += 1
    if (items.kind(i) == "relative" or items.at(i).value == "article") and items.kind(i + 1) in _MODIFIERS:
        i += 1
    while items.kind(i) in _MODIFIERS and not _is_day(items, i + 1) and not _starts_period(items, i):
        modifier = _modifier(items.at(i)) if not modifier or items.kind(i) == "after_next" else modifier
        i += 1
    gap = i
    while items.kind(gap) in ("of", "in", "filler", "comma", "on") or items.at(gap).text in (",", "،"):
        gap += 1
    week = period(items, gap)
    if week is not None and week[0].value.endswith(":week"):
        return Item(
            kind="weekday_said", value=f"{found}:{week[0].value.replace(':', '_')}", text=items.at(start).text
        ), gap + week[1] - start
    if items.at(i).text == "week" and not modifier and items.at(i - 1).text.isascii():
        return Item(kind="weekday_said", value=f"{found}:plus7", text=items.at(start).text), i + 1 - start
    return Item(kind="weekday_said", value=f"{found}:{modifier}", text=items.at(start).text), i - start


def period(items: Items, i: int) -> Found:
    """A rule: "next week", «الشهر القادم»; value "next:week"."""
    first, second = items.at(i), items.at(i + 1)
    if first.kind in ("next", "coming") and second.kind == "unit" and second.text in PLURALS:
        return Item(kind="period", value="next:days", text=first.text), 2
    if first.kind == "unit" and first.text in PLURALS and second.kind == "next" and not first.text.isascii():
        return Item(kind="period", value="next:days", text=first.text), 2
    if first.kind in _MODIFIERS and second.kind == "unit" and second.value in _PERIODS:
        return Item(kind="period", value=f"{_plain(first)}:{second.value}", text=first.text), 2
    if first.kind == "unit" and first.value in _PERIODS and second.kind in _MODIFIERS and not first.text.isascii():
        return Item(kind="period", value=f"{_plain(second)}:{first.value}", text=first.text), 2
    if (
        first.kind == "unit"
        and first.value in _PERIODS
        and first.text.isascii()
        and second.kind in ("next", "last", "this")
    ):
        return Item(kind="period", value=f"{_plain(second)}:{first.value}", text=first.text), 2
    return None


def _period_first(items: Items, i: int) -> Found:
    """«الأسبوع القادم يوم الأحد», "next week Sunday"."""
    week = period(items, i)
    if week is None or not week[0].value.endswith(":week"):
        return None
    at = i + week[1]
    while items.kind(at) in ("filler", "in", "of", "comma", "on") or items.at(at).text in (",", "،", "on"):
        at += 1
    if items.kind(at) == "unit" and items.at(at).text in _DAY_WORDS:
        at += 1
    found = _named(items, at, modified=True)
    if found is None:
        return None
    return Item(
        kind="weekday_said", value=f"{found}:{week[0].value.replace(':', '_')}", text=items.at(at).text
    ), at + 1 - i


def _starts_period(items: Items, i: int) -> bool:
    return (
        items.kind(i + 1) == "unit"
        and items.at(i + 1).value in _PERIODS
        and items.at(i + 1).text.isascii() == items.at(i).text.isascii()
    )


def _is_day(items: Items, i: int) -> bool:
    if items.kind(i) == "unit" and items.at(i).text in _DAY_WORDS:
        i += 1
    return items.kind(i) in ("weekday", "weak_weekday", "bare_weekday")


def _named(items: Items, i: int, *, modified: bool = False) -> str | None:
    item = items.at(i)
    if item.kind == "weekday":
        return item.value
    if item.kind == "weak_weekday" and (modified or _beside_time(items, i)):
        return item.value
    if item.kind == "bare_weekday" and (
        modified or items.kind(i - 1) == "every" or items.kind(i + 1) in ("next", "last", "after_next", "this")
    ):
        return item.value
    return None


def _beside_time(items: Items, i: int) -> bool:
    """ "Sat 5 pm", "on Sun", "Sat" alone: a day, and not "the sun" or "we sat"."""
    after, before = items.at(i + 1), items.at(i - 1)
    if before.text in ("on", "by") or whole(after) is not None or len(items) == 1:
        return True
    if before.kind in ("every", "from", "to") or after.kind in ("next", "last", "to", "unit", "after_next"):
        return True
    near = ("clock_time", "part", "sun", "at", "time", "date_said", "or", "clock", "until", "pair")
    return after.kind in near or before.kind in ("clock_time", "or", "part", "until", "day")


def _modifier(item: Item) -> str:
    return "next_en" if item.kind == "next" and item.text.isascii() and item.text in ("next", "nxt") else item.kind


def _plain(item: Item) -> str:
    return "next" if item.kind in ("next", "coming") else item.kind
