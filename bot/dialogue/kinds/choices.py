"""choices: several of the choices. A tap ticks or unticks; typed labels and numbers tick; "done" ends."""

from __future__ import annotations

import re
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
    Partial,
    Problem,
    Tapped,
    Typed,
)
from bot.dialogue.kinds.labels import choice_faults, match_label, option_faults, options_of, rows_of
from bot.texts import fold_name

MARK = "✓ "

_DONE = frozenset(map(fold_name, ("done", "that's all", "finish", "finished", "تم", "انتهى", "انتهيت", "خلاص", "كفى")))
_PARTS = re.compile(r"[,،;؛\n+&]|\sand\s|\sو(?=\s|\d)")
_JOINED_PARTS = re.compile(r"[,،;؛\n+&]|\sand\s|\sو")  # «و» is written with its word, as if it began it


class SeveralChoices(Kind):
    """The value is the list of the ids, in the order of the choices."""

    name = "choices"

    def faults(self, question: Question) -> list[str]:
        return choice_faults(question) + option_faults(question)

    def parse(self, question: Question, given: Given, context: AnswerContext) -> Parsed:
        ticked = self._ticked(question, context)
        match given:
            case Tapped(code=code):
                if question.choice(code) is None:
                    return Problem(code="option_gone")
                return Partial(value=self._in_order(question, ticked ^ {code}))
            case Typed(text=text):
                if fold_name(text) in _DONE:
                    return self._finished(question, ticked)
                return self._typed(text, question, context, ticked)
            case _:
                return Problem(code="contact_here")

    def keyboard(self, question: Question, context: AnswerContext) -> Keyboard:
        ticked = self._ticked(question, context)
        options = [
            Option(code=option.code, label=f"{MARK}{option.label}", selected=True) if option.code in ticked else option
            for option in options_of(question.choices, context.texts.lang)
        ]
        return Keyboard(rows=rows_of(options), done=True)

    def render(self, question: Question, value: Any, context: AnswerContext) -> str:
        labels = [
            choice.label[context.texts.lang] if (choice := question.choice(item)) else str(item) for item in value
        ]
        return context.texts.list(labels)

    def implied(self, question: Question, context: AnswerContext) -> Any | None:
        return None

    def still_valid(self, question: Question, value: Any) -> bool:
        return isinstance(value, list) and bool(value) and all(self._known(question, item) for item in value)

    def _typed(self, text: str, question: Question, context: AnswerContext, ticked: frozenset[str]) -> Parsed:
        whole = match_label(text, question.choices)
        if whole.sure:
            return Partial(value=self._in_order(question, ticked | set(whole.found)))
        for parts in (_PARTS, _JOINED_PARTS):
            matches = [match_label(part, question.choices) for part in parts.split(text) if fold_name(part)]
            if matches and all(match.sure for match in matches):
                found = {match.found[0] for match in matches}
                return Partial(value=self._in_order(question, ticked | found))
        meant = [choice for choice_id in whole.found if (choice := question.choice(choice_id))]
        if meant:
            return Candidates(options=options_of(meant, context.texts.lang))
        return Problem(code="choices_unknown", params={"example": question.choices[0].label[context.texts.lang]})

    def _finished(self, question: Question, ticked: frozenset[str]) -> Parsed:
        return Accepted(value=self._in_order(question, ticked)) if ticked else Problem(code="choices_none")

    def _ticked(self, question: Question, context: AnswerContext) -> frozenset[str]:
        partial = context.partial if isinstance(context.partial, list) else []
        return frozenset(item for item in partial if self._known(question, item))

    def _in_order(self, question: Question, ticked: frozenset[str]) -> list[str]:
        return [choice.id for choice in question.choices if choice.id in ticked]

    def _known(self, question: Question, item: Any) -> bool:
        return isinstance(item, str) and question.choice(item) is not None
