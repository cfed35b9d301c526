"""choice: one of the choices, tapped, or typed as its label in either language or its number in the list."""

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
    Parsed,
    Problem,
    Tapped,
    Typed,
)
from bot.dialogue.kinds.labels import choice_faults, match_label, option_faults, options_of, rows_of


class OneChoice(Kind):
    """The value is the choice's id."""

    name = "choice"

    def faults(self, question: Question) -> list[str]:
        return choice_faults(question) + option_faults(question)

    def parse(self, question: Question, given: Given, context: AnswerContext) -> Parsed:
        match given:
            case Tapped(code=code):
                return Accepted(value=code) if question.choice(code) else Problem(code="option_gone")
            case Typed(text=text):
                return self._typed(text, question, context)
            case _:
                return Problem(code="contact_here")

    def keyboard(self, question: Question, context: AnswerContext) -> Keyboard:
        return Keyboard(rows=rows_of(options_of(question.choices, context.texts.lang)))

    def render(self, question: Question, value: Any, context: AnswerContext) -> str:
        choice = question.choice(value)
        return choice.label[context.texts.lang] if choice else str(value)

    def implied(self, question: Question, context: AnswerContext) -> Any | None:
        return None

    def still_valid(self, question: Question, value: Any) -> bool:
        return isinstance(value, str) and question.choice(value) is not None

    def _typed(self, text: str, question: Question, context: AnswerContext) -> Parsed:
        match = match_label(text, question.choices)
        if match.sure:
            return Accepted(value=match.found[0])
        meant = [choice for choice_id in match.found if (choice := question.choice(choice_id))]
        if meant:
            return Candidates(options=options_of(meant, context.texts.lang))
        return Problem(code="choice_unknown", params={"example": question.choices[0].label[context.texts.lang]})
