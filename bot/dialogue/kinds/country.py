"""country: tapped (the Arab countries), or typed in any spelling in either language."""

from __future__ import annotations

from typing import Any

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
from bot.places import arab_countries, match_country
from bot.texts import Texts
from bot.texts.zones import iso_countries

ANY_WIDTH = 64  # country names stand two a row whatever their length


class Country(Kind):
    """The value is the ISO 3166 alpha-2 code."""

    name = "country"

    def faults(self, question: Question) -> list[str]:
        return without_choices(question) + option_faults(question)

    def parse(self, question: Question, given: Given, context: AnswerContext) -> Parsed:
        match given:
            case Tapped(code=code):
                return Accepted(value=code) if code in iso_countries() else Problem(code="option_gone")
            case Typed(text=text):
                match = match_country(text)
                if match.sure:
                    return Accepted(value=match.found[0])
                if match.found:
                    return Candidates(options=_options(match.found, context.texts))
                return Problem(code="country_unknown", params={"example": context.texts.country("JO")})
            case _:
                return Problem(code="contact_here")

    def keyboard(self, question: Question, context: AnswerContext) -> Keyboard:
        options = _options(arab_countries(context.texts.lang), context.texts)
        return Keyboard(rows=rows_of(options, wide=ANY_WIDTH), more=True)

    def render(self, question: Question, value: Any, context: AnswerContext) -> str:
        return context.texts.country(value)

    def implied(self, question: Question, context: AnswerContext) -> Any | None:
        return None

    def still_valid(self, question: Question, value: Any) -> bool:
        return value in iso_countries()


def _options(codes: tuple[str, ...], texts: Texts) -> tuple[Option, ...]:
    return tuple(Option(code=code, label=texts.country(code)) for code in codes)
