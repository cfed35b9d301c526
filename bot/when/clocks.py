"""An hour as people say it: 8:30, "half past ten", «الخامسة إلا ربعا», «عالسبعة وتلت», 20h30."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from bot.when.items import Clock, Found, Half, Item, Items
from bot.when.numerals import NUMBERS, whole

BAD = Item(kind="bad_clock")
_ROUND_MINUTES = frozenset({5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55})
_LENGTHENING = frozenset({"in", "after", "before", "within", "by", "few", "from_now", "every", "before_it", "after_it"})
_LENGTHENED = frozenset({"before", "after", "ago", "from_now", "later_by", "before_it", "after_it"})
_DAYS = frozenset({"day", "weekday", "tonight", "part", "sun", "month"})
_EXCEPT = frozenset({"غير", "ghir"})  # the Maghreb's «إلا»
_HOUR_WORDS = frozenset({"ساعه", "sa3a", "se3a"})


def marked_clock(items: Items, i: int) -> Found:
    """A rule: an hour that something marks as one. A number alone is left for `bare_clock`."""
    return _after_marker(items, i) or _past_or_to(items, i) or _by_itself(items, i)


def bare_clock(items: Items, i: int) -> Found:
    """A rule: a number that may be an hour, if what stands around it says so (convention 7)."""
    if items[i].kind == "pair":
        return _dotted(items, i, sure=False)
    if items[i].kind not in NUMBERS or items.kind(i + 1) in ("unit", "fraction", "count", "age"):
        return None
    found = _hour(items, i, marked=False)
    return None if found is None else (_clock_item(replace(found[0], sure=False)), found[1])


def _after_marker(items: Items, i: int) -> Found:
    marker = items[i]
    spoken_hour = (
        marker.kind == "unit"
        and marker.text in _HOUR_WORDS
        and items.kind(i - 1) not in _LENGTHENING | NUMBERS | {"fraction"}
    )
    if marker.kind not in ("at", "clock") and not spoken_hour:
        return None
    skip = 1
    while items.kind(i + skip) in ("filler", "at", "clock") or (
        items.at(i + skip).text in ("~", "-", ":") and skip < 3
    ):
        skip += 1
    by_at = "at" if marker.kind == "at" else ""
    if (found := _past_or_to(items, i + skip)) is not None:
        return replace(found[0], value=by_at), skip + found[1]
    if items.kind(i + skip) == "pair":
        dotted = _dotted(items, i + skip, sure=True)
        return None if dotted is None else (replace(dotted[0], value=by_at), skip + dotted[1])
    found_hour = _hour(items, i + skip, marked=True)
    if found_hour is None:
        number = whole(items.at(i + skip))
        if number is None or items.kind(i + skip + 1) in (
            "unit",
            "count",
            "age",
            "month",
            "hijri_month",
            "weak_month",
            "of",
        ):
            return None
        military = items.at(i + skip).text
        if len(military) == 4 and number // 100 < 24 and number % 100 < 60:
            return _clock_item(Clock(hour=number // 100, minute=number % 100, exact=True)), skip + 1
        return (BAD, skip + 1) if marker.kind == "clock" or number < 100 else None
    clock, count = found_hour
    after = items.kind(i + skip + count)
    if after in ("unit", "month", "weak_month", "hijri_month") and marker.kind != "clock" and not _has_minutes(clock):
        return None
    day_beside = after in ("part", "sun", "half") or items.kind(i - 1) in _DAYS
    if (
        spoken_hour
        and clock.hour == 1
        and not _has_minutes(clock)
        and items.at(i + skip).kind == "number"
        and not day_beside
    ):
        return None  # «ساعة واحدة» is a length
    return replace(_clock_item(clock), value=by_at), skip + count


def _has_minutes(clock: Clock) -> bool:
    return clock.minute > 0 or clock.half is not None


def _past_or_to(items: Items, i: int) -> Found:
    """ "ten past six", "a quarter to nine", "half three"."""
    count = 1 if items.kind(i) == "article" else 0
    amount = items.at(i + count)
    if amount.kind == "fraction" and amount.number in (Fraction(1, 2), Fraction(1, 4)):
        minutes = int(amount.number * 60)
    elif (number := whole(amount)) is not None and 1 <= number < 60 and amount.text.isascii():
        minutes = number
    else:
        return None
    count += 1
    if items.at(i + count).value == "minute":
        count += 1
    link = items.kind(i + count)
    hour = _plain_hour(items.at(i + count + 1))
    if (
        link in ("past", "to", "after", "before", "until")
        and hour is not None
        and items.kind(i + count + 2) not in ("unit", "count")
    ):
        digits_range = link in ("to", "until") and amount.kind == "digits" and minutes not in _ROUND_MINUTES - {5, 10}
        if (
            digits_range
            or items.kind(i - 1) == "from"
            or (link in ("after", "before") and not _minute_like(items, i, minutes))
        ):
            return None
        total = hour * 60 + (minutes if link in ("past", "after") else -minutes)
        clock = _of_minutes(total, exact=_is_exact(items.at(i + count + 1), hour))
        tail = _half_after(items, i + count + 2)
        return _clock_item(replace(clock, half=tail)), count + 2 + (tail is not None)
    if amount.kind == "fraction" and amount.text == "half" and count == 1:
        hour = _plain_hour(items.at(i + 1))
        if hour is not None and hour <= 12 and items.kind(i + 2) not in ("unit", "count"):
            tail = _half_after(items, i + 2)
            return _clock_item(Clock(hour=hour, minute=30, half=tail)), 2 + (tail is not None)
    return None


def _minute_like(items: Items, i: int, minutes: int) -> bool:
    return minutes in _ROUND_MINUTES and items.at(i).kind in ("number", "article", "fraction", "tens")


def _plain_hour(item: Item) -> int | None:
    hour = whole(item)
    return (
        hour
        if (hour is not None and 0 <= hour <= 24 and item.kind != "tens") or (item.value == "20" and hour == 20)
        else None
    )


def _by_itself(items: Items, i: int) -> Found:
    """8:30, 20h30, «الخامسة», "5 pm", "5 o'clock", «تمانة إلا تلت»."""
    item = items[i]
    if item.kind == "pair" and items.kind(i + 1) in ("half", "part", "sun"):
        return _dotted(items, i, sure=True)
    if item.kind == "hours" and items.at(i + 2).value == "minute":
        return None
    if item.kind == "hours" and (items.kind(i - 1) in _LENGTHENING or items.kind(i + 1) in _LENGTHENED):
        return None
    if item.kind == "hour_name" and not (item.definite or items.kind(i + 1) in ("and", "part", "sun", "less")):
        return None
    found = _hour(items, i, marked=False)
    if found is None:
        return BAD_FOUND if item.kind in ("time", "hours") else None
    clock, count = found
    certain = item.kind in ("time", "hours", "hour_name") or clock.half is not None
    certain = certain or any(items.kind(k) in ("oclock", "fraction") for k in range(i, i + count))
    certain = certain or any(items.kind(k) == "less" for k in range(i, i + count))
    after = items.kind(i + count)
    if not certain or after == "unit" or (after == "of" and item.kind in NUMBERS) or items.kind(i - 1) in _LENGTHENING:
        sure_shape = item.kind in ("time", "hour_name") or clock.half is not None
        if not (certain and sure_shape and after != "unit"):
            return None
    return _clock_item(clock), count


BAD_FOUND: tuple[Item, int] = (BAD, 1)


def _hour(items: Items, i: int, *, marked: bool) -> tuple[Clock, int] | None:
    """The hour that begins at `i`, with its minutes and its am or pm."""
    item = items.at(i)
    if item.kind in ("time", "hours"):
        parts = [int(part) for part in item.value.split(":")] + [0, 0]
        if parts[0] > 24 or parts[1] > 59 or parts[2] > 59 or (parts[0] == 24 and parts[1]):
            return None
        exact = parts[0] >= 13 or item.value.startswith("0") or parts[0] == 0 or item.kind == "hours"
        clock = Clock(hour=parts[0] % 24, minute=parts[1], second=parts[2], exact=exact)
        half = _half_after(items, i + 1)
        return replace(clock, half=half), 1 + (half is not None)
    base = _base_hour(item)
    if base is None:
        return None
    hour, minute, exact = base
    count, total = 1, hour * 60 + minute
    if items.kind(i + count) == "oclock":
        count += 1
    while (tail := _minutes_tail(items, i + count, marked=marked, first=total == hour * 60)) is not None:
        total += tail[0]
        count += tail[1]
    if items.kind(i + count) == "oclock":
        count += 1
    half = _half_after(items, i + count)
    return replace(_of_minutes(total, exact=exact), half=half), count + (half is not None)


def _base_hour(item: Item) -> tuple[int, int, bool] | None:
    if item.kind == "hour_name" and item.number is not None:
        return int(item.number), 0, False
    number = whole(item)
    if number is None or (item.kind == "tens" and number != 20):
        return None
    if number > 24 or (number > 20 and "+" in item.value and not item.text.isascii()):
        units, _, tens = item.value.partition("+")
        if tens and int(units) < 10 and not item.text.isascii():
            return int(units), int(tens), False
        return None
    return number % 24, 0, _is_exact(item, number)


def _is_exact(item: Item, hour: int) -> bool:
    return hour >= 13 or hour == 0 or (item.kind == "digits" and len(item.text) == 2 and item.text.startswith("0"))


def _minutes_tail(items: Items, i: int, *, marked: bool, first: bool) -> tuple[int, int] | None:
    """Minutes added or taken off at `i`, and how many items say so."""
    link = items.kind(i)
    if items.at(i).text in _EXCEPT and items.kind(i + 1) in ("fraction", "number", "digits"):
        link = "less"
    if link in ("and", "less"):
        sign = 1 if link == "and" else -1
        skip = 2 if items.kind(i + 1) == "article" else 1
        amount = items.at(i + skip)
        if amount.kind == "fraction" and amount.number is not None and items.kind(i + skip + 1) not in ("unit", "of"):
            return sign * int(amount.number * 60), skip + 1
        minutes = whole(amount)
        if minutes is not None and 1 <= minutes < 60:
            unit = items.at(i + skip + 1).value == "minute"
            if unit:
                return sign * minutes, skip + 2
            if (
                items.kind(i + skip + 1) not in ("unit", "half", "part")
                and minutes in _ROUND_MINUTES
                and (sign < 0 or not _english_and(items, i))
            ):
                return sign * minutes, skip + 1
        if amount.kind == "dual" and amount.value == "minute":
            return sign * 2, skip + 1
        return None
    if not first:
        return None
    if link == "oh" and (minutes := whole(items.at(i + 1))) is not None and minutes < 10:
        return minutes, 2
    minutes = whole(items.at(i))
    two_digits = items.kind(i) != "digits" or (len(items.at(i).text) == 2 and (marked or items.kind(i - 1) == "number"))
    if (
        minutes is not None
        and 10 <= minutes < 60
        and two_digits
        and items.kind(i + 1) not in ("unit", "count", "month", "weak_month", "hijri_month")
    ):
        return minutes, 1
    return None


def _english_and(items: Items, i: int) -> bool:
    return items.at(i).text == "and"


def _dotted(items: Items, i: int, *, sure: bool) -> Found:
    """8.30, where the point parts hours and minutes."""
    hour, point, minute = items[i].value.partition(".")
    if not point or len(minute) != 2 or int(hour) > 23 or int(minute) > 59 or items.kind(i + 1) == "unit":
        return None
    half = _half_after(items, i + 1)
    exact = int(hour) >= 13 or hour.startswith("0")
    return _clock_item(Clock(hour=int(hour), minute=int(minute), exact=exact, half=half, sure=sure)), 1 + (
        half is not None
    )


def _half_after(items: Items, i: int) -> Half | None:
    item = items.at(i)
    if item.kind != "half":
        return None
    return "am" if item.value == "am" else "pm"


def _of_minutes(total: int, *, exact: bool) -> Clock:
    if total < 60 and not exact:
        total += 12 * 60  # "ten to one", «الواحدة إلا عشر دقائق»
    return Clock(hour=total // 60 % 24, minute=total % 60, exact=exact)


def _clock_item(clock: Clock) -> Item:
    return Item(kind="clock_time", payload=clock)
