"""Conventions 11 and 12: written dates, numeric dates, days of the month; Hijri dates by Umm al-Qura."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta

from bot.when.hijri import from_hijri, hijri_year_of
from bot.when.items import Found, Item, Items, Rule, WrittenDate
from bot.when.numerals import whole

JUST_GONE = timedelta(days=60)  # a date without a year that is gone by no more than this was meant, and is past
_MONTHS = frozenset({"month", "weak_month", "hijri_month"})
_DIGITS = re.compile(r"\d+")


def date_rules(today: date) -> tuple[Rule, ...]:
    """The rules for a message of that day."""
    return (
        lambda items, i: _numeric(items, i, today),
        lambda items, i: _spaced(items, i, today),
        lambda items, i: _written(items, i, today),
        lambda items, i: _in_words(items, i, today),
        lambda items, i: _day_of_month(items, i, today),
    )


def next_such(dates: Iterable[date | None], today: date) -> WrittenDate:
    """The next of a yearless date's occurrences, or past where the last one is just gone. None stands for a year
    in which there is no such date; where that is the coming one, nothing is possible."""
    known = list(dates)
    for found in known:
        if found is not None and timedelta(0) < today - found <= JUST_GONE:
            return WrittenDate(possible=(found,), past=True)
    for found in known:
        if found is None:
            return WrittenDate()
        if found >= today:
            return WrittenDate(possible=(found,))
    return WrittenDate()


def _exact(found: date | None, today: date) -> WrittenDate:
    if found is None:
        return WrittenDate()
    return WrittenDate(possible=(found,), past=found < today)


def _of(year: int, month: int, day: int) -> date | None:
    if not (1 <= year <= 9999 and 1 <= month <= 12) or not 1 <= day <= monthrange(year, month)[1]:
        return None
    return date(year, month, day)


def _yearless(month: int, day: int, today: date) -> WrittenDate:
    years: list[date | None] = [_of(today.year - 1, month, day)]
    years = [found for found in years if found is not None]
    for year in (today.year, today.year + 1):
        last = monthrange(min(year, 9999), month)[1]
        if year > today.year or today <= date(year, month, min(day, last)) or _of(year, month, day) is not None:
            years.append(_of(year, month, day))
    return next_such(years, today)


def _item(found: WrittenDate, calendar: str, count: int) -> Found:
    return Item(kind="date_said", value=calendar, payload=found), count


def _numeric(items: Items, i: int, today: date) -> Found:
    """20/11/2020, 2020-11-19, 5/4/1442, and without a year 20/11, 20-11 where something says that it is no range."""
    item = items[i]
    if item.kind not in ("date", "pair"):
        return None
    numbers = [int(n) for n in _DIGITS.findall(item.value)]
    if item.kind == "date":
        era = 1 if items.kind(i + 1) == "era" else 0
        return _item(_three(numbers, item.value, today), "hijri" if _hijri_year(numbers) else "", 1 + era)
    if "." in item.value or items.kind(i + 1) in ("of", "unit", "age", "count"):
        return None
    pair = _day_and_month(numbers[0], numbers[1])
    if pair is None:
        return (
            _item(WrittenDate(), "", 1)
            if "/" in item.value and max(numbers) <= 31 and items.kind(i + 1) != "word"
            else None
        )
    if "-" in item.value and (items.kind(i - 1) == "from" or not _more_said(items, i)):
        return None
    return _item(_yearless(pair[1], pair[0], today), "", 1)


def _more_said(items: Items, i: int) -> bool:
    """Whether another hour stands beside 9-11, so that it is a date and no range."""
    if max(int(n) for n in _DIGITS.findall(items[i].value)) > 24:
        return True
    return any(item.kind in ("clock_time", "time") for item in items) or int(items[i].value.split("-")[0]) > 12


def _day_and_month(first: int, second: int) -> tuple[int, int] | None:
    """Day first; where that cannot be, the only possible order."""
    for day, month in ((first, second), (second, first)):
        if 1 <= month <= 12 and 1 <= day <= 31:
            return day, month
    return None


def _hijri_year(numbers: list[int]) -> bool:
    return any(1300 <= number <= 1600 for number in numbers)


def _three(numbers: list[int], text: str, today: date) -> WrittenDate:
    first, second, third = numbers
    year_first = len(_DIGITS.findall(text)[0]) == 4 or first > 31
    year, rest = (first, (third, second)) if year_first else (third, (first, second))
    if len(str(year)) <= 2 and not year_first and len(_DIGITS.findall(text)[2]) <= 2:
        year += 2000
    orders = [rest] if year_first and rest[1] <= 12 else [rest, rest[::-1]]
    if 1300 <= year <= 1600:
        found = next((d for day, month in orders if (d := from_hijri(year, month, day)) is not None), None)
        return _exact(found, today)
    if rest[1] <= 12:
        orders = orders[:1]
    return _exact(next((d for day, month in orders if (d := _of(year, month, day)) is not None), None), today)


def _spaced(items: Items, i: int, today: date) -> Found:
    """19 11 2020."""
    day, month, year = (whole(items.at(k)) for k in (i, i + 1, i + 2))
    if day is None or month is None or year is None or not all(items.kind(k) == "digits" for k in (i, i + 1, i + 2)):
        return None
    if not (2000 <= year <= 2100 and 1 <= month <= 12 and 1 <= day <= 31) or len(items.at(i + 2).text) != 4:
        return None
    return _item(_exact(_of(year, month, day), today), "", 3)


def _in_words(items: Items, i: int, today: date) -> Found:
    """«واحد وعشرين حداشر»: day and month as numbers in words, where they can't be hour and minutes."""
    start = i
    named = items[i].value == "day" and items[i].kind == "unit" and not items[i].definite
    i += named
    day, month = items.at(i), items.at(i + 1)
    if (
        day.kind not in ("number", "tens")
        or month.kind != "number"
        or day.number is None
        or month.number is None
        or day.text.isascii()
    ):
        return None
    if not (1 <= month.number <= 12 and 1 <= day.number <= 31) or items.kind(i + 2) in ("unit", "count"):
        return None
    if not named and (items.kind(start - 1) in ("at", "clock") or (day.number <= 12 and month.number <= 10)):
        return None
    return _item(_yearless(int(month.number), int(day.number), today), "", i + 2 - start)


def _written(items: Items, i: int, today: date) -> Found:
    """ "the 21st of November", «١٢ كانون الأول», "Nov 19, 2020", «٢١ شهر ١١», «غرة ربيع الآخر»."""
    day = _day(items, i)
    if day is not None:
        at = i + day[1]
        while (
            items.kind(at) in ("of", "comma")
            or (items.kind(at) == "unit" and items.at(at).value == "month")
            or items.at(at).text == "/"
        ):
            at += 1
        month = _month(items, at, after_day=True, numbered=items.at(at - 1).value == "month")
        if month is not None:
            year, end = _year(items, at + month[2], month[1])
            return _item(*_dated(day[0], month[:2], year, today), end - i)
    month = _month(items, i, after_day=False, numbered=False)
    if month is None and items[i].value == "month" and items[i].kind == "unit":
        month = _month(items, i + 1, after_day=True, numbered=True)
        month = None if month is None else (month[0], month[1], month[2] + 1)
    if month is not None:
        at = i + month[2] + (items.at(i + month[2]).text == ".")
        if items.at(at).text == "the" or items.at(at).value == "day":
            at += 1
        day = _day(items, at)
        clash = day is not None and (
            items.kind(at + day[1]) in ("half", "unit", "oclock") or items.kind(at) == "number"
        )
        if day is not None and not clash:
            year, end = _year(items, at + day[1], month[1])
            return _item(*_dated(day[0], month[:2], year, today), end - i)
    return None


def _day(items: Items, i: int) -> tuple[int, int] | None:
    item = items.at(i)
    if item.kind == "ordinal":
        number = item.number if item.number is not None else int(item.value)
        return (int(number), 1) if 1 <= number <= 31 else None
    if item.kind == "weak_ordinal":
        return 2, 1
    if item.kind == "first_of":
        return 1, 1
    number_ = whole(item)
    return (
        (number_, 1)
        if number_ is not None and 1 <= number_ <= 31 and (item.kind != "digits" or len(item.text) <= 2)
        else None
    )


def _month(items: Items, i: int, *, after_day: bool, numbered: bool) -> tuple[str, int, int] | None:
    """(kind, number, how many items)."""
    item = items.at(i)
    if item.kind in _MONTHS:
        kind = "hijri" if item.kind == "hijri_month" else "gregorian"
        return kind, int(item.value), 1
    number = whole(item)
    if after_day and numbered and number is not None and 1 <= number <= 12:
        return "gregorian", number, 1
    return None


def _dated(day: int, month: tuple[str, int], year: int | None, today: date) -> tuple[WrittenDate, str]:
    """The date, and "hijri" where it was said as one. `month` is (calendar, number)."""
    calendar, number = month
    if calendar == "hijri" or (year is not None and 1300 <= year <= 1600):
        found = _next_hijri(number, day, today) if year is None else _exact(from_hijri(year, number, day), today)
        return found, "hijri"
    return (_yearless(number, day, today) if year is None else _exact(_of(year, number, day), today)), ""


def _year(items: Items, at: int, month: int) -> tuple[int | None, int]:
    """The year that follows a month, or None; and where what follows the date begins."""
    while items.at(at).text == "/" and items.kind(at + 1) in _MONTHS and items.at(at + 1).value == str(month):
        at += 2  # «تشرين الثاني/نوفمبر»
    year_at = at
    while items.at(year_at).text in (",", "،", ".") or items.at(year_at).value == "year" or items.kind(year_at) == "of":
        year_at += 1
    item = items.at(year_at)
    year = whole(item) if item.kind == "digits" and len(item.text) == 4 and items.kind(year_at + 1) != "unit" else None
    end = at if year is None else year_at + 1
    return year, end + (items.kind(end) == "era")


def _next_hijri(month: int, day: int, today: date) -> WrittenDate:
    """Without a year the next one; one that is just gone is asked about, for the convention names no bound here."""
    year = hijri_year_of(today)
    found = [d for y in (year - 1, year, year + 1) if (d := from_hijri(y, month, day)) is not None]
    coming = next((d for d in found if d >= today), None)
    if coming is None:
        return WrittenDate()
    just_gone = any(timedelta(0) < today - d <= JUST_GONE for d in found)
    return WrittenDate(possible=(coming,), vague=just_gone)


def _day_of_month(items: Items, i: int, today: date) -> Found:
    """ "the 18th", «يوم ١٨»: the next day with that number. «٢٠ من الشهر القادم»: in that month."""
    start = i
    named = items[i].kind == "unit" and items[i].value == "day" and not items[i].definite
    if named:
        i += 1
    found = _day(items, i)
    if found is None or (items.kind(i + 1) in ("unit", "fraction", "half") and not _this_month(items, i + 1)[0]):
        return None
    item = items.at(i)
    if named and (
        (item.kind == "number" and found[0] == 1) or items.kind(start - 1) == "by" or _month_follows(items, i + 1)
    ):
        return None
    within, extra, ahead = _this_month(items, i + 1)
    ordinal = item.kind == "ordinal" and items.kind(i + 1) not in ("word", "count", "numbered", "event", "unit")
    if item.kind == "ordinal" and not item.value.isdigit():
        ordinal = ordinal and items.at(i - 1).text in ("the", "on")
    if item.kind == "ordinal" and not item.text.isascii() and not named:
        ordinal = False
    if not (named or ordinal or within):
        return None
    dates = [
        d
        for k in range(13)
        if (d := _of(today.year + (today.month - 1 + k) // 12, (today.month - 1 + k) % 12 + 1, found[0])) is not None
    ]
    if within:
        month = (today.year + (today.month - 1 + ahead) // 12, (today.month - 1 + ahead) % 12 + 1)
        exact = _of(*month, found[0])
        return _item(_exact(exact, today), "", i - start + 1 + extra)
    coming = next((d for d in dates if d >= today), None)
    return _item(WrittenDate(possible=(coming,) if coming else ()), "", i - start + 1)


def _month_follows(items: Items, i: int) -> bool:
    return (
        items.kind(i) in _MONTHS
        or (items.kind(i) == "of" and items.kind(i + 1) in _MONTHS)
        or items.at(i).text == "شهر"
    )


def _this_month(items: Items, i: int) -> tuple[bool, int, int]:
    """Whether "of this month", "of next month", «من الشهر» follows; how many items; how many months ahead."""
    at = i + 1 if items.kind(i) == "of" else i
    if items.at(at).text == "the":
        at += 1
    modifier = items.kind(at) if items.kind(at) in ("this", "next", "coming") else ""
    if modifier:
        at += 1
    if (
        items.at(at).value != "month"
        or items.kind(at) != "unit"
        or not (modifier or items.at(at).definite or items.kind(i) == "of")
    ):
        return False, 0, 0
    at += 1
    if not modifier and items.kind(at) in ("this", "next"):
        modifier = items.kind(at)
        at += 1
    if whole(items.at(at)) is not None:
        return False, 0, 0
    return True, at - i, 1 if modifier in ("next", "coming") else 0
