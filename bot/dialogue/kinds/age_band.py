"""age_band: one of the bands, tapped, or typed as its label or as an age in years."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

from bot.dialogue.definition import Question
from bot.dialogue.kinds.contract import Accepted, AnswerContext, Given, Keyboard, Kind, Parsed, Problem, Tapped, Typed
from bot.dialogue.kinds.labels import choice_faults, is_label, option_faults, options_of, rows_of
from bot.texts import ascii_digits, fold_name, one_line

OLDEST = 120
_RANGE = re.compile(r"(\d{1,3})\s*(?:-|–|—|to|إلى|الى)\s*(\d{1,3})")
_FROM = re.compile(
    r"(\d{1,3})\s*(?:\+|(?:years?\s*)?(?:or|and) (?:over|older|above|more)"
    r"|(?:سنة |عاما |عامًا )?(?:أو|او|ف?ما) (?:أكثر|اكثر|فوق))"
)
_UNDER = re.compile(r"(?:under|below|younger than|less than|أقل من|اقل من|دون|تحت)\s*(?:سن |ال)?\s*(\d{1,3})")
_NEGATIVE = re.compile(r"[-−–]\s*\d")
_AGE = re.compile(
    r"(?:i am|i m|im|age|aged|my age is|عمري|سني|العمر|عندي|لدي)?\s*(\d{1,3})"
    r"\s*(years? old|years? of age|years?|yrs?|y o|yo|y|سنه|سنوات|سنين|عام|عاما|اعوام)?"
)


class AgeBand(Kind):
    """The value is the choice's id. Its English label says the ages: "18 or over", "13 to 17", "Under 13"."""

    name = "age_band"

    def faults(self, question: Question) -> list[str]:
        faults = choice_faults(question) + option_faults(question)
        if not question.required:
            faults.append("an age band that may be skipped; take required = false out")
        bands = []
        for choice in question.choices:
            bounds = _bounds(choice.label.get("en", ""))
            if bounds is None:
                faults.append(
                    f'choice "{choice.id}" says no ages; write its English as "18 or over", "13 to 17" or "Under 13"'
                )
            else:
                bands.append(bounds)
        faults.extend(
            f"ages {before[0]}-{before[1]} and {after[0]}-{after[1]} overlap or leave a gap; make one follow the other"
            for before, after in pairwise(sorted(bands))
            if after[0] != before[1] + 1
        )
        return faults

    def parse(self, question: Question, given: Given, context: AnswerContext) -> Parsed:
        match given:
            case Tapped(code=code):
                return Accepted(value=code) if question.choice(code) else Problem(code="option_gone")
            case Typed(text=text):
                band = is_label(text, question.choices) or _band_of(text, question)
                example = question.choices[0].label[context.texts.lang]
                return Accepted(value=band) if band else Problem(code="age_unknown", params={"example": example})
            case _:
                return Problem(code="contact_here")

    def keyboard(self, question: Question, context: AnswerContext) -> Keyboard:
        return Keyboard(rows=rows_of(options_of(question.choices, context.texts.lang), wide=0))

    def render(self, question: Question, value: Any, context: AnswerContext) -> str:
        choice = question.choice(value)
        return choice.label[context.texts.lang] if choice else str(value)

    def implied(self, question: Question, context: AnswerContext) -> Any | None:
        return None

    def still_valid(self, question: Question, value: Any) -> bool:
        return isinstance(value, str) and question.choice(value) is not None


def _band_of(text: str, question: Question) -> str | None:
    """The band of an age in years, or of the same ages in other words ("18+").

    A bare number no higher than the number of buttons may be a place in the list as well as an age: it is neither.
    """
    bands = {choice.id: _bounds(choice.label.get("en", "")) for choice in question.choices}
    typed = _bounds(text)
    if typed is not None:
        return next((band for band, bounds in bands.items() if bounds == typed), None)
    age = _AGE.fullmatch(fold_name(text))
    if age is None or _NEGATIVE.search(ascii_digits(text)) or (age[2] is None and int(age[1]) <= len(bands)):
        return None
    years = int(age[1])
    return next((band for band, bounds in bands.items() if bounds and bounds[0] <= years <= bounds[1]), None)


def _bounds(text: str) -> tuple[int, int] | None:
    """The first and last age that words such as "18 or over" stand for; the last without an end is 120."""
    text = ascii_digits(one_line(text[:100])).casefold()
    if span := _RANGE.search(text):
        return int(span[1]), int(span[2])
    if over := _FROM.search(text):
        return int(over[1]), OLDEST
    if under := _UNDER.search(text):
        return 0, int(under[1]) - 1
    return None
