"""Conventions 5, 6 and 7: from an hour as said, and the part of the day beside it, to the 24-hour clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.when.items import Clock
from bot.when.outcome import Reason
from bot.when.said import Said

PARTS = {"early": 7, "morning": 9, "noon": 12, "afternoon": 15, "evening": 18, "night": 21}
_FIRST, _LAST = 7 * 60, 21 * 60 + 59  # an hour without am or pm is read between these
_FORENOON = frozenset({"am", "early", "morning", "forenoon", "sun_am"})
_AFTERNOON = frozenset({"pm", "afternoon", "evening", "sun_pm"})


@dataclass(frozen=True, slots=True)
class Hour:
    """`night`: after midnight, of the night that is named. `midnight`: 00:00 said as the middle of the night."""

    hour: int
    minute: int = 0
    second: int = 0
    night: bool = False
    midnight: bool = False


def readings(said: Said) -> Sequence[Hour] | Reason:
    """What the hour may be, earliest first; none where no hour is said; a reason to ask where it can't be told."""
    parts = list(dict.fromkeys(said.parts + ([said.event_day[2]] if said.event_day and said.event_day[2] else [])))
    if len(said.clocks) > 1:
        return "several"
    if not said.clocks:
        return _of_parts(parts, said)
    clock = said.clocks[0]
    hints = [*([clock.half] if clock.half else []), *parts, *(f"sun_{sun}" for sun in said.suns)]
    if said.tonight and not hints:
        hints = ["night"]
    return _of_clock(clock, hints)


def _of_parts(parts: list[str], said: Said) -> Sequence[Hour] | Reason:
    if said.suns:
        return "prayer"
    if "midnight" in parts:
        return [Hour(0, midnight=True)]
    if "early" in parts and set(parts) <= {"early", "morning"}:
        parts = ["early"]
    if said.tonight and not parts:
        parts = ["night"]
    if said.tonight and set(parts) <= {"evening", "night"}:
        parts = parts[-1:]
    if not parts:
        return []
    if len(parts) > 1:
        return "several"
    return "vague" if parts[0] not in PARTS else [Hour(PARTS[parts[0]])]


def _of_clock(clock: Clock, hints: Sequence[str]) -> Sequence[Hour] | Reason:
    hour = clock.hour
    if clock.exact or hour >= 13:
        wrong = (hour >= 13 and _FORENOON & set(hints)) or (0 < hour < 12 and "pm" in hints)
        return "clock" if wrong else [Hour(hour, clock.minute, clock.second, midnight=hour == 0 and clock.minute == 0)]
    if not hints:
        return _unmarked(clock)
    kinds = {_reading(clock, hint) for hint in hints}
    if len(kinds) > 1:
        return "clock"
    found = kinds.pop()
    return "clock" if found is None else [found]


def _reading(clock: Clock, hint: str) -> Hour | None:
    """The one reading that a hint allows, or none."""
    hour, minute, second = clock.hour % 12, clock.minute, clock.second
    if hint == "after_midnight":
        return Hour(hour, minute, second, night=True, midnight=hour == 0 and minute == 0)
    if hint in ("night", "midnight"):
        if hour < 5:
            return Hour(hour, minute, second, night=True, midnight=hour == 0 and minute == 0)
        return Hour(hour + 12, minute, second)
    if hint in ("noon", "sun_noon"):
        return Hour(clock.hour if clock.hour >= 9 else hour + 12, minute, second)
    if hint in _FORENOON:
        if clock.hour == 12 and hint not in ("am", "early", "sun_am"):
            return None
        return Hour(hour, minute, second, midnight=hour == 0 and minute == 0)
    if hint in _AFTERNOON:
        return None if clock.hour == 12 and hint not in ("pm", "afternoon") else Hour(hour + 12, minute, second)
    return None


def _unmarked(clock: Clock) -> Sequence[Hour]:
    """Convention 7: between 07:00 and 21:59."""
    hours = (clock.hour % 12, clock.hour % 12 + 12)
    found = [Hour(h, clock.minute, clock.second) for h in hours if _FIRST <= h * 60 + clock.minute <= _LAST]
    return found or [Hour(clock.hour, clock.minute, clock.second)]
