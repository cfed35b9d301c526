"""What a message can come to: a moment, a question back, nothing, or a moment that is past."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

ClockChange = Literal["", "skipped", "repeated"]
Reason = Literal[
    "alternatives", "before_or_after", "clock", "contradiction", "eve", "far", "hour_of_today", "length_alone",
    "midnight", "month", "negated", "next_weekday", "night", "no_such_date", "period", "prayer", "range", "repetition",
    "same_weekday", "several", "small_hours", "unclear", "vague", "weekend", "year", "zone",
]  # fmt: skip


class EventTimes(Protocol):
    """What is asked of the event: aware instants. `bot.content`'s Event is one."""

    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...
    @property
    def closes_at(self) -> datetime: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One instant after now, in the person's zone. `clock_change`: the wall time said is skipped there (moved
    forward by the gap) or comes twice (the first is meant). `hijri`: it was said as a Hijri date."""

    at: datetime
    clock_change: ClockChange = ""
    hijri: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ambiguous:
    """A time is meant and must be asked about. `candidates` lie after now, in order, in the person's zone;
    often there are none."""

    reason: Reason
    candidates: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """A time that is gone; `at` where it is one instant."""

    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Nothing:
    """No time is meant."""


Outcome = Moment | Ambiguous | Past | Nothing
