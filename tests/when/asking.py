"""Asking the room in tests: the event of the conventions, and outcomes as the labelled rows write them."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot.texts import zone_named
from bot.when import Ambiguous, Moment, Nothing, Outcome, Past, understand

DATA = Path(__file__).resolve().parents[1] / "data"
CAIRO = zone_named("Africa/Cairo")
CLOSE = timedelta(seconds=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """The event's three instants."""

    starts_at: datetime
    ends_at: datetime
    closes_at: datetime


EVENT = Times(
    starts_at=datetime(2020, 11, 23, 11, tzinfo=CAIRO),
    ends_at=datetime(2020, 11, 23, 13, tzinfo=CAIRO),
    closes_at=datetime(2020, 11, 22, 23, 59, 59, tzinfo=CAIRO),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A labelled message."""

    id: str
    lang: str
    variety: str
    category: str
    now: str
    tz: str
    text: str
    expected: str
    note: str


def rows(name: str) -> list[Row]:
    """The rows of a file in tests/data."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return [Row(**row) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]


def ask(text: str, *, now: str = "2020-11-17T19:30", zone: str = "Africa/Cairo", language: str = "") -> Outcome:
    """What `text` means to somebody in `zone` whose clock shows `now`."""
    local = datetime.fromisoformat(now).replace(tzinfo=zone_named(zone))
    return understand(text, language=language or ("en" if text.isascii() else "ar"), now=local, zone=zone, event=EVENT)


def said(outcome: Outcome) -> str:
    """A moment as its wall time in the person's zone, to the minute; else the kind."""
    if isinstance(outcome, Moment):
        return outcome.at.strftime("%Y-%m-%d %H:%M")
    return {Ambiguous: "ambiguous", Nothing: "none", Past: "past"}[type(outcome)]


def is_right(row: Row, outcome: Outcome) -> bool:
    """Within a minute of the instant expected, or of the kind expected."""
    if isinstance(outcome, Moment):
        return row.expected[0].isdigit() and abs(outcome.at - datetime.fromisoformat(row.expected)) <= CLOSE
    return said(outcome) == row.expected


def answer(row: Row) -> Outcome:
    """What we make of a row."""
    return ask(row.text, now=row.now, zone=row.tz, language=row.lang)
