"""Umm al-Qura dates, for the years its tables cover (1343 to 1500 AH)."""

from __future__ import annotations

from datetime import date


def from_hijri(year: int, month: int, day: int) -> date | None:
    """The day of that Hijri date, or None where there is no such date or the tables don't reach."""
    from hijridate import Hijri

    try:
        return date.fromisoformat(Hijri(year, month, day).to_gregorian().isoformat())
    except (ValueError, OverflowError):
        return None


def hijri_year_of(day: date) -> int:
    """The Hijri year in which `day` lies; a year the tables don't reach where they don't."""
    from hijridate import Gregorian

    try:
        return int(Gregorian(day.year, day.month, day.day).to_hijri().year)
    except (ValueError, OverflowError):
        return 0
