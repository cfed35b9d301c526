"""What a message says, put together from its items: no arithmetic yet, only who stands to whom."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from bot.when.items import Clock, Item, Length, WrittenDate
from bot.when.outcome import Reason

Relation = Literal["", "from_now", "event", "edge", "time"]


@dataclass(slots=True, kw_only=True)
class Said:
    """Filled while a message is read. `relation`: a length from now, from an edge of the event (`direction` says
    which way), an edge itself, or a length from another time said. `doubts` are asked about whatever else is said."""

    relation: Relation = ""
    direction: int = 1
    edge: str = ""
    length: Length | None = None
    lengths_alone: list[Length] = field(default_factory=list)
    event_day: tuple[str, int, str] | None = None
    clocks: list[Clock] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    suns: list[str] = field(default_factory=list)
    days: list[int] = field(default_factory=list)
    tonight: bool = False
    this: bool = False
    weekdays: list[tuple[int, str]] = field(default_factory=list)
    dates: list[WrittenDate] = field(default_factory=list)
    hijri: bool = False
    zones: list[str] = field(default_factory=list)
    after_weekend: bool = False
    behind: bool = False
    doubts: list[Reason] = field(default_factory=list)
    weak_doubts: list[Reason] = field(default_factory=list)
    before_event: bool = False
    unknown: int = 0
    asked_for: bool = False
    question: bool = False
    target: bool = False
    rules: list[str] = field(default_factory=list)

    @property
    def has_day(self) -> bool:
        return bool(self.days or self.weekdays or self.dates or self.event_day or self.tonight or self.after_weekend)

    @property
    def has_hour(self) -> bool:
        return bool(self.clocks or self.parts or self.suns or self.tonight or (self.event_day and self.event_day[2]))

    @property
    def is_empty(self) -> bool:
        return not (self.relation or self.has_day or self.has_hour or self.doubts or self.behind or self.lengths_alone)


def add(said: Said, item: Item) -> None:
    """One item that stands in no relation to another."""
    kind, value = item.kind, item.value
    if kind == "clock_time":
        if item.clock not in said.clocks:
            said.clocks.append(item.clock)
    elif kind == "part":
        said.parts.append(value)
    elif kind == "sun":
        said.suns.append(value)
    elif kind == "day":
        said.days.append(int(value))
    elif kind == "tonight":
        said.tonight = True
    elif kind == "this":
        said.this = True
    elif kind == "weekday_said":
        name, _, modifier = value.partition(":")
        said.weekdays.append((int(name), modifier))
    elif kind == "date_said":
        said.dates.append(item.written_date)
        said.hijri = said.hijri or value == "hijri"
    elif kind == "zone_said":
        said.zones.append(value)
    elif kind == "event_day_said":
        edge, days, part = value.split(":")
        said.event_day = (edge, int(days), part)
    else:
        _add_doubt(said, item)


_BEFORE = ("قبل", "right before", "just before", "shortly before")
_DOUBTS: dict[str, Reason] = {
    "bad_clock": "clock",
    "bad_range": "range",
    "weekend": "weekend",
    "two_months": "month",
    "month": "month",
    "hijri_month": "month",
    **dict.fromkeys(("vague", "within", "right_before", "event_day", "working_day"), "vague"),
}
_WEAK_DOUBTS: dict[str, Reason] = {
    "few": "vague",
    "weak_vague": "vague",
    "later_by": "vague",
    "at_once": "vague",
    "weak_month": "month",
}


def _add_doubt(said: Said, item: Item) -> None:
    if item.kind == "half":
        said.parts.append("morning" if item.value == "am" else "afternoon") if said.clocks else None
    elif item.kind == "length":
        said.lengths_alone.append(item.length)
    elif item.kind == "period":
        if item.value.startswith("last:"):
            said.behind = True
        elif item.value.endswith(":week") and item.value.startswith("this") and (said.weekdays or said.days):
            pass
        else:
            said.doubts.append("period")
    elif item.kind == "eve":
        said.parts.append("evening") if item.value == "evening" else said.doubts.append("eve")
    elif item.kind == "behind":
        said.behind = True
    elif item.kind in _DOUBTS:
        said.before_event = said.before_event or (item.kind == "right_before" and item.text.startswith(_BEFORE))
        said.doubts.append(_DOUBTS[item.kind])
    elif item.kind in _WEAK_DOUBTS:
        said.weak_doubts.append(_WEAK_DOUBTS[item.kind])
