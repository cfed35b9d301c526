"""short_text and long_text: words of the person's own, kept as typed once `clean`."""

from __future__ import annotations

from typing import Any, ClassVar

from bot.dialogue.definition import Question
from bot.dialogue.kinds.contract import Accepted, AnswerContext, Given, Keyboard, Kind, Parsed, Problem, Tapped, Typed
from bot.dialogue.kinds.labels import option_faults, without_choices
from bot.dialogue.kinds.private_words import has_address, has_number
from bot.texts import clean, one_line

PRIVATE = "private"


class OwnWords(Kind):
    """Text in the person's own words. `options = { limit = N }` lowers the limit (code points); `private = true`
    takes no text with an e-mail address, a link or a telephone number in it.
    """

    limit: ClassVar[int]

    def faults(self, question: Question) -> list[str]:
        faults = without_choices(question) + option_faults(question, "limit", PRIVATE)
        limit = question.options.get("limit", self.limit)
        if not isinstance(limit, int) or not 1 <= limit <= self.limit:
            faults.append(f"limit = {limit!r} is no length; write a whole number from 1 to {self.limit}")
        return faults

    def parse(self, question: Question, given: Given, context: AnswerContext) -> Parsed:
        match given:
            case Typed(text=text):
                return self._typed(self.cleaned(text), question)
            case Tapped():
                return Problem(code="option_gone")
            case _:
                return Problem(code="contact_here")

    def keyboard(self, question: Question, context: AnswerContext) -> Keyboard:
        return Keyboard()

    def render(self, question: Question, value: Any, context: AnswerContext) -> str:
        return str(value)

    def implied(self, question: Question, context: AnswerContext) -> Any | None:
        return None

    def still_valid(self, question: Question, value: Any) -> bool:
        return isinstance(value, str) and 0 < len(value) <= self._limit(question)

    def cleaned(self, text: str) -> str:
        """The text as it is kept."""
        return one_line(text)

    def fault_of(self, text: str) -> Problem | None:
        """What is wrong with a cleaned text of legal length."""
        return None if any(c.isalnum() for c in text) else Problem(code="text_letters")

    def _typed(self, text: str, question: Question) -> Parsed:
        limit = self._limit(question)
        if not text:
            return Problem(code="text_empty")
        if len(text) > limit:
            return Problem(code="too_long", params={"limit": limit, "length": len(text)})
        if question.options.get(PRIVATE) and (has_address(text) or has_number(text)):
            return Problem(code="words_private")
        return self.fault_of(text) or Accepted(value=text)

    def _limit(self, question: Question) -> int:
        return int(question.options.get("limit", self.limit))


class ShortText(OwnWords):
    """One line."""

    name = "short_text"
    limit = 200


class LongText(OwnWords):
    """A paragraph or two; line ends stay."""

    name = "long_text"
    limit = 1000

    def cleaned(self, text: str) -> str:
        return clean(text)
