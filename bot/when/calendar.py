"""Arithmetic on calendars and clocks: wall times over clock changes, weeks from Sunday, weekends by country."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from fractions import Fraction

from bot.when.items import Length
from bot.when.outcome import ClockChange

_SUNDAY = 6
_FRIDAY_SATURDAY = frozenset(
    {
        "EG",
        "SA",
        "KW",
        "QA",
        "BH",
        "OM",
        "YE",
        "IQ",
        "JO",
        "SY",
        "PS",
        "SD",
        "LY",
        "DZ",
        "SO",
        "DJ",
        "KM",
        "IL",
        "BD",
        "MV",
    }
)
_EMIRATES_CHANGED = date(2022, 1, 1)


def at_wall(day: date, hour: int, minute: int, second: int, zone: tzinfo) -> datetime:
    """Convention 14: a wall time that comes twice is the first, one that is skipped moves forward by the gap.
    Aware, in UTC. Raises OverflowError outside the years 1 to 9999."""
    return datetime.combine(day, time(hour, minute, second), tzinfo=zone).astimezone(UTC)


def clock_change_at(day: date, hour: int, minute: int, zone: tzinfo) -> ClockChange:
    """Whether that wall time is skipped or comes twice."""
    first = datetime.combine(day, time(hour, minute), tzinfo=zone)
    if first.utcoffset() == first.replace(fold=1).utcoffset():
        return ""
    back = first.astimezone(UTC).astimezone(zone)
    return "repeated" if (back.hour, back.minute) == (hour, minute) else "skipped"


def moved(moment: datetime, length: Length, direction: int, zone: tzinfo) -> datetime:
    """Convention 2: days, weeks and months keep the wall time in `zone`, the rest is elapsed. Raises OverflowError."""
    if length.days or length.months:
        wall = moment.astimezone(zone)
        day = wall.date() + timedelta(days=direction * length.days)
        day = plus_months(day, direction * length.months)
        moment = datetime.combine(day, wall.time(), tzinfo=zone).astimezone(UTC)
    return moment.astimezone(UTC) + direction * timedelta(seconds=float(length.minutes * Fraction(60)))


def plus_months(day: date, months: int) -> date:
    """The same day so many months on, or the month's last. Raises OverflowError."""
    if not months:
        return day
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not 1 <= year <= 9999:
        raise OverflowError("no such year")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def sunday_of(day: date) -> date:
    """The Sunday on which the week of `day` began."""
    return day - timedelta(days=(day.weekday() - _SUNDAY) % 7)


def weekend_of(country: str | None, day: date) -> tuple[int, int]:
    """Both weekdays of the weekend (Monday is 0), around that date."""
    if country == "AE":
        return (5, 6) if day >= _EMIRATES_CHANGED else (4, 5)
    return (4, 5) if country in _FRIDAY_SATURDAY else (5, 6)


def next_weekend(day: date, weekend: tuple[int, int]) -> tuple[date, date]:
    """Both days of the weekend that is coming or on."""
    last = day + timedelta(days=(weekend[1] - day.weekday()) % 7)
    return last - timedelta(days=1), last
