"""guardian: a guardian's consent. Nothing that is typed or pressed in this chat can give it."""

from __future__ import annotations

from typing import Any

from bot.dialogue.definition import Question
from bot.dialogue.kinds.contract import AnswerContext, Given, Keyboard, Kind, Parsed, Problem, Tapped, Typed
from bot.dialogue.kinds.labels import option_faults, without_choices

CONFIRMED = "confirmed"


class Guardian(Kind):
    """The value is "confirmed"; the desk puts it there once a guardian agreed and the young person said who it was."""

    name = "guardian"

    def faults(self, question: Question) -> list[str]:
        faults = without_choices(question) + option_faults(question)
        if not question.required:
            faults.append("a guardian's consent that may be skipped; take required = false out")
        return faults

    def parse(self, question: Question, given: Given, context: AnswerContext) -> Parsed:
        match given:
            case Typed():
                return Problem(code="guardian_waits")
            case Tapped():
                return Problem(code="option_gone")
            case _:
                return Problem(code="contact_here")

    def keyboard(self, question: Question, context: AnswerContext) -> Keyboard:
        return Keyboard()

    def render(self, question: Question, value: Any, context: AnswerContext) -> str:
        return context.texts.plain("kind.guardian_agreed")

    def implied(self, question: Question, context: AnswerContext) -> Any | None:
        return None

    def still_valid(self, question: Question, value: Any) -> bool:
        return isinstance(value, str) and value == CONFIRMED
