"""The room's door: a message becomes a moment, a question back, nothing, or a time that is past."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from bot.places import country_of_zone
from bot.texts import zone_named
from bot.when.gathering import build, gather
from bot.when.items import Items
from bot.when.outcome import Ambiguous, EventTimes, Moment, Nothing, Outcome
from bot.when.reader import read
from bot.when.resolving import Resolver
from bot.when.said import Said
from bot.when.tokens import Token, tokenise
from bot.when.unread import something_unread

_CHATTER = 3  # so many words that mean nothing to us, and a vague word among them is no time


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """How a message was understood: its tokens, the items built of them, and the conventions applied."""

    outcome: Outcome
    tokens: tuple[Token, ...]
    items: Items
    rules: tuple[str, ...]


def understand(text: str, *, language: str, now: datetime, zone: str, event: EventTimes) -> Outcome:
    """What time `text` means to somebody in `zone` (IANA) at `now` (aware). `language` is a hint, the text may be in
    the other one, a dialect or both. Pure. Raises UnknownZone, and ValueError where `now` is naive."""
    return explain(text, language=language, now=now, zone=zone, event=event).outcome


def explain(text: str, *, language: str, now: datetime, zone: str, event: EventTimes) -> Explanation:
    """As `understand`, with how it came to it."""
    if now.tzinfo is None:
        raise ValueError("now is naive")
    clock = zone_named(zone)
    tokens = tokenise(text)
    items = build(read(tokens, language), now.astimezone(clock).date())
    said = gather(items)
    if _is_no_time(said):
        said.rules.append("17 not times")
        outcome: Outcome = Nothing()
    else:
        country = country_of_zone(zone) if said.after_weekend or "weekend" in said.doubts else None
        outcome = Resolver(said, now=now.astimezone(UTC), zone=clock, country=country, event=event).resolve()
        if isinstance(outcome, Moment) and something_unread(items):
            outcome = Ambiguous(reason="unclear", candidates=(outcome.at,))
    return Explanation(outcome=outcome, tokens=tuple(tokens), items=items, rules=tuple(dict.fromkeys(said.rules)))


def _is_no_time(said: Said) -> bool:
    """Convention 17, for the message as a whole: a question about the event, or chatter with a word of time in it."""
    precise = bool(said.clocks or said.dates or said.relation or said.event_day)
    dated = bool(said.days or said.weekdays or said.tonight or said.after_weekend)
    if said.question and not said.asked_for and (said.target or said.unknown > 1):
        return True
    if precise or said.asked_for:
        return False
    if said.behind or any(day < 0 for day in said.days):
        return said.unknown > _CHATTER
    if dated:
        return False
    if said.lengths_alone or (said.weak_doubts and not said.doubts and not said.parts and not said.suns):
        return said.unknown > (1 if said.lengths_alone else 0)
    return said.unknown >= _CHATTER
