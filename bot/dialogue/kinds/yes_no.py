"""yes_no: tapped, or typed in the words of either language."""

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
from bot.texts import clean, fold_name

YES, NO = "yes", "no"
LONGEST = 80  # characters; what is longer says more than yes or no
_YES = (
    "yes|y|yep|yeah|yup|ya|sure|of course|ok|okay|right|correct|oui|na3am|n3m|aywa|aiwa|ah|eh|akeed|tamam|1"
    "|نعم|ايوه|أيوه|ايوة|ايوا|إيوه|اه|آه|اي|إي|ايه|أجل|بلى|تمام|موافق|موافقة|أوافق|أكيد|طبعا|اوكي|أوكي|اوك|صح|حاضر|واه"
)
_NO = "no|n|nope|nah|not really|never|non|la|laa|la2|mish|mafi|2|لا|لأ|لاء|لاا|كلا|أبدا|ليس|مو|مش|ما في|غير موافق"
_COURTESY = "please|pls|plz|thanks|thank you|thank u|thx|sir|madam|شكرا|من فضلك|لو سمحت|رجاء|merci|shukran"

_YES_SIGNS, _NO_SIGNS = frozenset("👍✅✔👌"), frozenset("👎❌✖🚫")


def _folded(words: str) -> frozenset[str]:
    return frozenset(fold_name(word) for word in words.split("|"))


_ANSWERS = {**dict.fromkeys(_folded(_YES), True), **dict.fromkeys(_folded(_NO), False)}
_COURTESIES = sorted(_folded(_COURTESY), key=len, reverse=True)


class YesNo(Kind):
    """The value is True or False."""

    name = "yes_no"

    def faults(self, question: Question) -> list[str]:
        return without_choices(question) + option_faults(question)

    def parse(self, question: Question, given: Given, context: AnswerContext) -> Parsed:
        match given:
            case Tapped(code=code):
                return Accepted(value=code == YES) if code in {YES, NO} else Problem(code="option_gone")
            case Typed(text=text):
                said = said_yes(text)
                return Problem(code="yes_no_unknown") if said is None else Accepted(value=said)
            case _:
                return Problem(code="contact_here")

    def keyboard(self, question: Question, context: AnswerContext) -> Keyboard:
        yes, no = context.texts.plain("kind.yes"), context.texts.plain("kind.no")
        return Keyboard(rows=((Option(code=YES, label=yes), Option(code=NO, label=no)),))

    def render(self, question: Question, value: Any, context: AnswerContext) -> str:
        return context.texts.plain("kind.yes" if value else "kind.no")

    def implied(self, question: Question, context: AnswerContext) -> Any | None:
        return None

    def still_valid(self, question: Question, value: Any) -> bool:
        return isinstance(value, bool)


def said_yes(text: str) -> bool | None:
    """Yes, no, or neither, in the words of either language, courtesies and stretched letters aside."""
    text = clean(text)
    signs = set(text)
    if not any(c.isalnum() for c in signs) and bool(signs & _YES_SIGNS) != bool(signs & _NO_SIGNS):
        return bool(signs & _YES_SIGNS)
    if len(text) > LONGEST:
        return None
    words = fold_name(text)
    for courtesy in _COURTESIES:
        words = f" {words} ".replace(f" {courtesy} ", " ").strip()
    for form in (words, _squeezed(words)):
        if form in _ANSWERS:
            return _ANSWERS[form]
    return None


def _squeezed(words: str) -> str:
    """With a letter typed again and again only once: "yesss", «نعممم»."""
    kept = [c for i, c in enumerate(words) if i == 0 or words[i - 1] != c or c.isdigit()]
    return "".join(kept)
