"""What no rule took: numbers that may be hours (convention 7), and words that only look like times (convention 17)."""

from __future__ import annotations

from dataclasses import replace

from bot.when.clocks import bare_clock
from bot.when.items import Item, Items
from bot.when.numerals import NUMBERS

UNKNOWN = frozenset({"word", "count", "numbered", "age", "question"})
_HOUR_BESIDE = frozenset(
    {"day", "weekday_said", "date_said", "part", "sun", "tonight", "event_day_said", "zone_said", "half"}
)
_PASSED_OVER = frozenset({"filler", "mark", "comma", "of", "by", "at", "this", "article"})
_SENTENCE_ENDS = frozenset({"?", "؟", "!", "-"})
_LONE_WORDS = frozenset({"one", "واحد", "واحده", "وحده", "wa7da", "wahda", "wa7ed"})
_RANGE_BEFORE = frozenset({"until", "to", "from", "or"})
_RANGE_AFTER = frozenset({"until", "to", "or"})
_ONLY_WORDS = frozenset(
    {
        "bare_weekday",
        "weak_weekday",
        "weak_ordinal",
        "ordinal",
        "fraction",
        "oh",
        "ordinal_tail",
        "hour_name",
        "first_of",
    }
)
_MONTHS = frozenset({"month", "weak_month", "hijri_month"})
_INTRODUCE_A_MONTH = frozenset(
    {"in", "next", "coming", "last", "this", "until", "from", "before", "after", "stray_unit", "unit"}
)
_PARTED_FRACTION = frozenset({"article", "and", "less", "length", "clock_time"})


def without_strays(items: Items) -> Items:
    """A month's name without a day, a unit without a number, "sat" are words like any other."""
    return Items(replace(item, kind=_stray_kind(items, i)) for i, item in enumerate(items))


def _stray_kind(items: Items, i: int) -> str:
    item = items[i]
    if item.kind == "fraction" and items.kind(i - 1) in _PARTED_FRACTION:
        return "stray_fraction"
    if item.kind in ("unit", "letter_minute"):
        return "stray_unit"
    only_word = (
        item.kind in _ONLY_WORDS
        or (item.kind in _MONTHS and not _month_is_meant(items, i))
        or (item.kind == "sun" and items.kind(i - 1) == "of" and item.text in ("المغرب", "مغرب"))
        or (item.text == "tom" and items.kind(i + 1) == "word")
    )
    return "word" if only_word else item.kind


def _month_is_meant(items: Items, i: int) -> bool:
    """A month alone is a time only where nothing else is said, or "in", "next" and the like introduce it."""
    weak = items.kind(i) == "weak_month"
    if weak and len(items) > 2 and items.kind(i - 1) not in ("in", "next", "coming", "last"):
        return False
    if items.kind(i - 1) in _INTRODUCE_A_MONTH:
        return not weak or items.kind(i + 1) not in ("word", "article")
    return not any(item.kind in ("word", "question") for item in items)


def with_bare_numbers(items: Items) -> Items:
    """A number alone is an hour if it is all that is said, or stands beside a day or a part of it."""
    understood = not any(item.kind in UNKNOWN for item in items)
    clocks = any(item.kind == "clock_time" for item in items)
    numbers = sum(_is_number(item) for item in items)
    out = list(items)
    for i in range(len(items) - 1, -1, -1):
        item = items[i]
        if item.kind == "pair" and "-" in item.value:
            if _is_range(items, i) and (understood or _beside(items, i, 1)):
                out[i] = replace(item, kind="bad_range")
        elif _is_number(item):
            found = bare_clock(items, i)
            if found is None:
                if understood and not clocks and numbers == 1 and item.number is not None and 24 < item.number <= 60:
                    out[i] = replace(item, kind="bad_clock")
                continue
            built, count = found
            own = sum(_is_number(part) for part in items[i : i + count])
            if _is_hour(items, i, count, understood=understood, only=not clocks and numbers == own):
                end = items[i + count - 1].end
                out[i : i + count] = [replace(built, text=item.text, start=item.start, end=end)]
    return Items(out)


def _is_hour(items: Items, i: int, count: int, *, understood: bool, only: bool) -> bool:
    in_range = items.kind(i - 1) in _RANGE_BEFORE or items.kind(i + 1) in _RANGE_AFTER or items.at(i + 1).text == "-"
    if in_range and understood:
        return True
    lone = items[i].text in _LONE_WORDS and count == 1 and len(items) > 1
    return not lone and ((understood and only) or _beside(items, i, count))


def _is_number(item: Item) -> bool:
    return item.kind in NUMBERS or item.kind == "pair"


def _is_range(items: Items, i: int) -> bool:
    low, high = (int(n) for n in items[i].value.split("-"))
    return low <= 24 and high <= 24


def _beside(items: Items, i: int, count: int) -> bool:
    """Whether a day, a part of the day or a zone is the nearest thing said on either side."""
    before, after = i - 1, i + count
    while _is_passed_over(items.at(before)):
        before -= 1
    while _is_passed_over(items.at(after)):
        after += 1
    return items.kind(before) in _HOUR_BESIDE or items.kind(after) in _HOUR_BESIDE - {"date_said"}


def _is_passed_over(item: Item) -> bool:
    return item.kind in _PASSED_OVER and item.text not in _SENTENCE_ENDS
