"""Convention 17: what looks like a time and is none. Ages, counts, numbers of things, telephone numbers, greetings."""

from __future__ import annotations

from bot.when.items import Found, Item, Items
from bot.when.numerals import NUMBERS

INERT = Item(kind="inert")
_NUMBER_LIKE = NUMBERS | {"pair", "date", "ordinal", "hour_name"}
_NAME_LIKE = frozenset({"weekday", "weak_weekday", "bare_weekday", "month", "weak_month", "hijri_month", "word"})
_PHONE_DIGITS = 7


def not_a_time(items: Items, i: int) -> Found:
    """A rule."""
    return (
        _name(items, i)
        or _telephone(items, i)
        or _age(items, i)
        or _numbered(items, i)
        or _counted(items, i)
        or _share(items, i)
    )


def _name(items: Items, i: int) -> Found:
    """ "My name is June", «الأستاذ خميس»."""
    named = items[i].kind == "name" and items.kind(i + 1) in _NAME_LIKE
    return (INERT, 2) if named else None


def _telephone(items: Items, i: int) -> Found:
    at, digits = i, 0
    if items[i].kind not in ("digits", "pair", "date") and items[i].text not in ("+", "("):
        return None
    plus = items.at(i).text == "+" and items.kind(i - 1) not in ("half", "time", "word")
    if plus:
        at += 1
    first = at
    while (items.kind(at) in ("digits", "pair", "date") and "/" not in items.at(at).text) or (
        items.at(at).text in ("-", "(", ")") and at > first
    ):
        digits += sum(c.isdigit() for c in items.at(at).text)
        at += 1
    alone = at - first == 1 and not plus
    if alone and items.kind(at) == "unit":
        return None
    if digits < _PHONE_DIGITS or (alone and items.kind(first) != "digits"):
        return None
    if items.kind(first) == "date" or (not plus and _spaced_date(items, first, at)):
        return None
    return INERT, at - i


def _spaced_date(items: Items, first: int, end: int) -> bool:
    return end - first == 3 and [len(items.at(k).text) for k in range(first, end)][1:] in ([2, 4], [1, 4])


def _age(items: Items, i: int) -> Found:
    item, after = items[i], items.at(i + 1)
    of = 1 if after.kind == "of" else 0
    if item.kind in _NUMBER_LIKE and items.kind(i + 1 + of) == "age" and items.at(i + 1 + of).value != "direct":
        return INERT, 2 + of
    if item.kind == "age":
        at = i + 1
        while (
            item.value != "direct"
            and items.kind(at) in ("filler", "of", "word", "is")
            and at < i + 4
            and items.kind(at + 1) in _NUMBER_LIKE | {"filler", "is", "word"}
        ):
            at += 1
        if items.kind(at) in _NUMBER_LIKE:
            if items.kind(at + 1) in ("to", "until", "and") or items.at(at + 1).text == "-":
                at += 2 if items.kind(at + 2) in _NUMBER_LIKE else 0
            return INERT, at + 1 - i + (items.at(at + 1).value == "year" or items.kind(at + 1) == "age")
    if (
        item.kind in NUMBERS
        and after.kind == "unit"
        and after.value == "year"
        and items.kind(i - 1) not in ("in", "after", "before", "at")
    ):
        return INERT, 2
    return None


def _numbered(items: Items, i: int) -> Found:
    if items[i].kind != "numbered":
        return None
    at = i + 1
    while items.kind(at) in ("filler", "numbered") or items.at(at).text in (":", "#", "-", "="):
        at += 1
    count = at - i
    if items.kind(at) in _NUMBER_LIKE:
        return INERT, count + 1
    return None


def _counted(items: Items, i: int) -> Found:
    if items[i].kind in _NUMBER_LIKE and items.kind(i + 1) == "count":
        return INERT, 2
    if items[i].text == "#" and items.kind(i + 1) in _NUMBER_LIKE:
        return INERT, 2
    return None


def _share(items: Items, i: int) -> Found:
    """ "3/4 of the operators", «ربع المشاركين»."""
    item, after = items[i], items.at(i + 1)
    if item.kind == "pair" and "/" in item.value and after.kind == "of":
        return INERT, 2
    if item.kind == "fraction" and after.kind == "count":
        return INERT, 2
    if (
        item.kind == "fraction"
        and after.kind == "of"
        and items.kind(i + 2) != "unit"
        and items.kind(i + 3) != "unit"
        and items.kind(i + 2) != "clock"
    ):
        return INERT, 2
    return None
