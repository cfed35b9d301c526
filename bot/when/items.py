"""What the grammar works on: items, each with what it means, first from the words and then built up span by span."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Literal

Half = Literal["am", "pm"]
Edge = Literal["start", "end", "closes", "event", "it"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Length:
    """Convention 2: `minutes` are elapsed time, `days` and `months` keep the wall time. `vague`: "a few hours"."""

    minutes: Fraction = Fraction(0)
    days: int = 0
    months: int = 0
    vague: bool = False

    def plus(self, other: Length) -> Length:
        return Length(
            minutes=self.minutes + other.minutes,
            days=self.days + other.days,
            months=self.months + other.months,
            vague=self.vague or other.vague,
        )

    @property
    def shown(self) -> str:
        """For `--explain`."""
        if self.vague:
            return "vague"
        return f"{self.months} months, {self.days} days, {float(self.minutes):g} minutes"

    @property
    def whole_days(self) -> bool:
        return self.days > 0 and not self.minutes and not self.months


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A wall time as said. `exact`: on the 24-hour clock; else `half` or convention 7 says which half of the day.
    `sure`: something beside it says that the number is an hour."""

    hour: int
    minute: int = 0
    second: int = 0
    exact: bool = False
    half: Half | None = None
    sure: bool = True

    @property
    def shown(self) -> str:
        """For `--explain`."""
        return f"{self.hour:02}:{self.minute:02} {'24 h' if self.exact else self.half or 'am or pm'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenDate:
    """A date as said; `possible` holds what it can be: none where it does not exist."""

    possible: tuple[date, ...] = ()
    past: bool = False
    vague: bool = False

    @property
    def shown(self) -> str:
        """For `--explain`."""
        return " or ".join(day.isoformat() for day in self.possible) or "no such date"


Payload = Length | Clock | WrittenDate | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """`kind` and `value` as in the tables of words; `number` of numerals; `payload` of what was built."""

    kind: str
    value: str = ""
    text: str = ""
    definite: bool = False
    number: Fraction | None = None
    payload: Payload = None
    start: int = 0
    end: int = 0

    @property
    def length(self) -> Length:
        if not isinstance(self.payload, Length):
            raise TypeError(f"{self.kind} is no length")
        return self.payload

    @property
    def clock(self) -> Clock:
        if not isinstance(self.payload, Clock):
            raise TypeError(f"{self.kind} is no clock")
        return self.payload

    @property
    def written_date(self) -> WrittenDate:
        if not isinstance(self.payload, WrittenDate):
            raise TypeError(f"{self.kind} is no date")
        return self.payload


NOTHING_THERE = Item(kind="")


class Items(tuple[Item, ...]):
    """Items in their order; asking past either end gives an item of no kind."""

    def at(self, index: int) -> Item:
        return self[index] if 0 <= index < len(self) else NOTHING_THERE

    def kind(self, index: int) -> str:
        return self.at(index).kind


Found = tuple[Item, int] | None
"""What a rule built at a position, and how many items it took."""
Rule = Callable[[Items, int], Found]


def rewrite(items: Sequence[Item], *rules: Rule) -> Items:
    """Each position offered to the rules in turn; the first that takes it builds an item in place of what it took."""
    whole = Items(items)
    out: list[Item] = []
    position = 0
    while position < len(whole):
        for rule in rules:
            found = rule(whole, position)
            if found is not None and found[1] > 0:
                built, count = found
                out.append(replace(built, start=whole[position].start, end=whole[position + count - 1].end))
                position += count
                break
        else:
            out.append(whole[position])
            position += 1
    return Items(out)
