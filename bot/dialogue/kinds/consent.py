"""consent: agreement to the notice, tapped, or typed in words that mean nothing else."""

from __future__ import annotations

from typing import Any

from bot.dialogue.definition import Question
from bot.dialogue.kinds.contract import (
    Accepted,
    AnswerContext,
    Given,
    Keyboard,
    Kind,
    Option,
    Parsed,
    Problem,
    Tapped,
    Typed,
)
from bot.dialogue.kinds.labels import option_faults, without_choices
from bot.texts import fold_name

AGREE, DISAGREE = "agree", "disagree"
SIMPLE = "simple"  # the option that words the buttons for young people
_AGREED_WORDS = (
    "yes|i agree|agree|agreed|yes i agree|i consent|i understand|yes i understand",
    "نعم|أوافق|موافق|موافقة|نعم أوافق|أنا موافق|أنا موافقة|نعم موافق|نعم موافقة|أوافق على ذلك",
    "فهمت|نعم فهمت|فهمت وأوافق",
)
_REFUSED_WORDS = (
    "no|no thanks|i disagree|disagree|i do not agree|i don't agree|no i do not agree|not agreed",
    "لا|لا شكرا|لا أوافق|غير موافق|غير موافقة|لست موافق|لست موافقا|أرفض|أنا لا أوافق",
)
_AGREED = frozenset(fold_name(words) for line in _AGREED_WORDS for words in line.split("|"))
_REFUSED = frozenset(fold_name(words) for line in _REFUSED_WORDS for words in line.split("|"))


class Consent(Kind):
    """The value is True, and there is no other: without agreement the form does not go on."""

    name = "consent"

    def faults(self, question: Question) -> list[str]:
        faults = without_choices(question) + option_faults(question, SIMPLE)
        if not question.required:
            faults.append("consent that may be skipped; take required = false out")
        return faults

    def parse(self, question: Question, given: Given, context: AnswerContext) -> Parsed:
        match given:
            case Tapped(code=code):
                said = code if code in {AGREE, DISAGREE} else None
                gone = Problem(code="option_gone")
            case Typed(text=text):
                words = fold_name(text)
                said = AGREE if words in _AGREED else DISAGREE if words in _REFUSED else None
                gone = Problem(code="consent_unclear")
            case _:
                return Problem(code="contact_here")
        if said == AGREE:
            return Accepted(value=True)
        return Problem(code="consent_refused") if said == DISAGREE else gone

    def keyboard(self, question: Question, context: AnswerContext) -> Keyboard:
        t = context.texts
        if question.options.get(SIMPLE):
            agree, disagree = t.plain("kind.understand"), t.plain("kind.no_thanks")
        else:
            agree, disagree = t.plain("kind.agree"), t.plain("kind.disagree")
        return Keyboard(rows=((Option(code=AGREE, label=agree), Option(code=DISAGREE, label=disagree)),))

    def render(self, question: Question, value: Any, context: AnswerContext) -> str:
        return context.texts.plain("kind.agreed")

    def implied(self, question: Question, context: AnswerContext) -> Any | None:
        return None

    def still_valid(self, question: Question, value: Any) -> bool:
        return value is True
