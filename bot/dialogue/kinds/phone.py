"""phone: a number in any digits, with the country as a hint, or the person's own contact."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bot.dialogue.definition import Question
from bot.dialogue.kinds.contract import (
    Accepted,
    AnswerContext,
    Given,
    Keyboard,
    Kind,
    Parsed,
    Problem,
    SharedContact,
    Tapped,
    Typed,
)
from bot.dialogue.kinds.labels import option_faults, without_choices
from bot.texts import ascii_digits, one_line

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

LONGEST = 100
EXAMPLE_COUNTRY = "EG"
_RUN = re.compile(r"[+(]*\d[\d\s().\-/‐-–]*\d\+?")
_OWN_CONTACT = re.compile(r"\+?\d{7,15}")


class Phone(Kind):
    """The value is E.164: "+201001234567"."""

    name = "phone"

    def faults(self, question: Question) -> list[str]:
        return without_choices(question) + option_faults(question)

    def parse(self, question: Question, given: Given, context: AnswerContext) -> Parsed:
        match given:
            case SharedContact(own=False):
                return Problem(code="contact_not_own")
            case SharedContact(phone=phone):
                # Telegram has verified it, so it stands even where the plan of numbers does not know it.
                digits = "".join(c for c in ascii_digits(phone) if c.isdigit() or c == "+")
                if _OWN_CONTACT.fullmatch(digits):
                    return Accepted(value="+" + digits.lstrip("+"))
                return _wrong("phone_form", context)
            case Typed(text=text):
                return self._typed(text, context)
            case Tapped():
                return Problem(code="option_gone")

    def keyboard(self, question: Question, context: AnswerContext) -> Keyboard:
        return Keyboard(share_contact=True)

    def render(self, question: Question, value: Any, context: AnswerContext) -> str:
        import phonenumbers

        number = _number(str(value), None)
        if number is None:
            return str(value)
        return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL))

    def implied(self, question: Question, context: AnswerContext) -> Any | None:
        return None

    def still_valid(self, question: Question, value: Any) -> bool:
        return isinstance(value, str) and re.fullmatch(r"\+\d{7,15}", value) is not None

    def _typed(self, text: str, context: AnswerContext) -> Parsed:
        runs = _runs(text)
        if not runs:
            return _wrong("phone_form", context)
        if len(runs) > 1:
            return Problem(code="phone_several")
        run = runs[0]
        import phonenumbers

        for number in _readings(run, context.country):
            if phonenumbers.is_valid_number(number):
                return Accepted(value=str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)))
        if not run.startswith("+") and context.country is None:
            return _wrong("phone_country", context)
        return _wrong("phone_unknown", context)


def example_number(country: str | None) -> str:
    """An invented mobile number of that country in international form, Egypt's where there is none."""
    import phonenumbers

    for region in (country, EXAMPLE_COUNTRY):
        number = phonenumbers.example_number_for_type(region, phonenumbers.PhoneNumberType.MOBILE)
        if number is not None:
            return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL))
    raise AssertionError(f"no example number of {EXAMPLE_COUNTRY}")


def _wrong(code: str, context: AnswerContext) -> Problem:
    return Problem(code=code, params={"example": example_number(context.country)})


def _runs(text: str) -> list[str]:
    """The numbers in what was typed, as digits with a leading + where there was one, or 00."""
    line = ascii_digits(one_line(text[:LONGEST]))
    found = []
    for run in _RUN.findall(line):
        digits = "".join(c for c in run if c.isdigit())
        international = run.lstrip("(").startswith("+") or run.endswith("+")
        if len(digits) < 5:
            continue
        if not international and digits.startswith("00"):
            international, digits = True, digits[2:]
        found.append(f"+{digits}" if international else digits)
    return list(dict.fromkeys(found))


def _readings(run: str, country: str | None) -> list[PhoneNumber]:
    """What the digits may mean: as written, in the country, or international with the + left out."""
    candidates = [_number(run, country)]
    if not run.startswith("+"):
        candidates.append(_number(f"+{run}", None))
    elif run.startswith("+0") and country:
        candidates.append(_number(run[1:], country))
    return [number for number in candidates if number is not None]


def _number(text: str, country: str | None) -> PhoneNumber | None:
    from phonenumbers import NumberParseException, parse

    try:
        return parse(text, country)
    except NumberParseException:
        return None
