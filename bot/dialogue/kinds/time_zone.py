"""time_zone: follows from the country where its zones agree on the day; else a city, tapped or typed."""

from __future__ import annotations

from typing import Any
from zlib import crc32

from bot.dialogue.definition import Question
from bot.dialogue.kinds.contract import (
    Accepted,
    AnswerContext,
    Candidates,
    Given,
    Keyboard,
    Kind,
    Option,
    Parsed,
    Problem,
    Tapped,
    Typed,
)
from bot.dialogue.kinds.labels import option_faults, rows_of, without_choices
from bot.places import match_country, match_zone, zones_of, zones_that_differ
from bot.places.zones import is_offset
from bot.texts import Texts
from bot.texts.zones import zone_names

CODE_LENGTH = 20
MOST = 6


class TimeZone(Kind):
    """The value is the IANA name."""

    name = "time_zone"

    def faults(self, question: Question) -> list[str]:
        faults = without_choices(question) + option_faults(question)
        if question.depends_on is None:
            faults.append('no country to follow from; write depends_on = "<the id of the country question>"')
        return faults

    def parse(self, question: Question, given: Given, context: AnswerContext) -> Parsed:
        match given:
            case Tapped(code=code):
                zone = _zone_of(code)
                return Accepted(value=zone) if zone else Problem(code="option_gone")
            case Typed(text=text):
                return self._typed(text, context)
            case _:
                return Problem(code="contact_here")

    def keyboard(self, question: Question, context: AnswerContext) -> Keyboard:
        zones = zones_that_differ(context.country, context.moments) if context.country else ()
        return Keyboard(rows=rows_of(_options(zones, context.texts)), more=True)

    def render(self, question: Question, value: Any, context: AnswerContext) -> str:
        return context.texts.plain("kind.zone", city=context.texts.city(value))

    def implied(self, question: Question, context: AnswerContext) -> Any | None:
        zones = zones_that_differ(context.country, context.moments) if context.country else ()
        return zones[0] if len(zones) == 1 else None

    def still_valid(self, question: Question, value: Any) -> bool:
        return isinstance(value, str) and value in zone_names()

    def _typed(self, text: str, context: AnswerContext) -> Parsed:
        city = context.texts.city("Africa/Cairo")
        if is_offset(text):
            return Problem(code="zone_offset", params={"example": city})
        match = match_zone(text)
        here = tuple(zone for zone in match.found if zone in zones_of(context.country or ""))
        if match.sure or len(here) == 1:
            return Accepted(value=here[0] if here else match.found[0])
        if match.found:
            return Candidates(options=_options((here or match.found)[:MOST], context.texts))
        country = match_country(text)
        zones = zones_that_differ(country.found[0], context.moments) if len(country.found) == 1 else ()
        if len(zones) == 1 and country.sure:
            return Accepted(value=zones[0])
        if zones:
            return Candidates(options=_options(zones[:MOST], context.texts))
        return Problem(code="zone_unknown", params={"example": city})


def _options(zones: tuple[str, ...], texts: Texts) -> tuple[Option, ...]:
    return tuple(Option(code=_code_of(zone), label=texts.city(zone)) for zone in zones)


def _code_of(zone: str) -> str:
    """The zone's name, or a digest of one too long for a button."""
    return zone if len(zone) <= CODE_LENGTH else f"z-{crc32(zone.encode()):08x}"


def _zone_of(code: str) -> str | None:
    if code in zone_names():
        return code
    return next((zone for zone in sorted(zone_names()) if _code_of(zone) == code), None)
