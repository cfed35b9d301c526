"""email: an address, checked in form only (no look-up), with a question back where a slip is likely."""

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
    Problem,
    Tapped,
    Typed,
)
from bot.dialogue.kinds.labels import option_faults, without_choices
from bot.texts import ascii_digits, one_line

CORRECTED, AS_TYPED = "corrected", "as_typed"
LONGEST = 254

# Where most people have their mail; an address one slip away from one of these is asked about.
_COMMON = (
    "gmail.com", "hotmail.com", "hotmail.fr", "outlook.com", "outlook.fr", "yahoo.com", "yahoo.fr", "ymail.com",
    "icloud.com", "live.com", "msn.com", "aol.com", "protonmail.com", "proton.me", "gmx.com", "gmx.net", "gmx.de",
    "mail.com", "mail.ru", "me.com", "itu.int", "yahoo.co.uk", "hotmail.co.uk", "googlemail.com", "maktoob.com",
)  # fmt: skip
_CANDIDATE = re.compile(r"[^\s<>()\[\],;،؛«»\"]+@[^\s<>()\[\],;،؛«»\"@]+")
_SPACED = re.compile(r"\s*([@.])\s*")
_AT = re.compile(r"\s*[(\[{]\s*at\s*[)\]}]\s*", re.IGNORECASE)


class Email(Kind):
    """The value is the address as `email-validator` normalises it."""

    name = "email"

    def faults(self, question: Question) -> list[str]:
        return without_choices(question) + option_faults(question)

    def parse(self, question: Question, given: Given, context: AnswerContext) -> Parsed:
        match given:
            case Tapped(code=code):
                offered = next((option for option in context.candidates if option.code == code), None)
                address = _address(offered.label) if offered else None
                return Accepted(value=address) if address else Problem(code="option_gone")
            case Typed(text=text):
                return self._typed(text)
            case _:
                return Problem(code="contact_here")

    def keyboard(self, question: Question, context: AnswerContext) -> Keyboard:
        return Keyboard()

    def render(self, question: Question, value: Any, context: AnswerContext) -> str:
        return str(value)

    def implied(self, question: Question, context: AnswerContext) -> Any | None:
        return None

    def still_valid(self, question: Question, value: Any) -> bool:
        return isinstance(value, str) and _address(value) is not None

    def _typed(self, text: str) -> Parsed:
        found = _found_in(text)
        if len(found) > 1:
            return Problem(code="email_several")
        if not found:
            return Problem(code="email_at" if "@" not in text else "email_form")
        address = _address(found[0])
        if address is None:
            return Problem(code="email_form")
        mended = _mended(address)
        if mended is None:
            return Accepted(value=address)
        return Candidates(
            options=(Option(code=CORRECTED, label=mended), Option(code=AS_TYPED, label=address)),
        )


def _found_in(text: str) -> list[str]:
    """The addresses in what was typed. Only the first few hundred characters are read."""
    line = _AT.sub("@", ascii_digits(one_line(text[: 2 * LONGEST])).replace("＠", "@").replace("mailto:", " "))
    found = [_trimmed(address) for address in _CANDIDATE.findall(line)]
    if not any(map(_address, found)):
        # "nour @ example . org"; only now, for a dot before a space may also end the sentence.
        found = [_trimmed(address) for address in _CANDIDATE.findall(_SPACED.sub(r"\1", line))] or found
    return list(dict.fromkeys(found))


def _trimmed(address: str) -> str:
    return address.strip(" .,;:!?،؛؟'\"<>()[]«»")


def _address(text: str) -> str | None:
    from email_validator import EmailNotValidError, validate_email

    try:
        return validate_email(text, check_deliverability=False).normalized
    except EmailNotValidError:
        return None


def _mended(address: str) -> str | None:
    """The address with the common domain that it is one slip away from, or None."""
    local, _, domain = address.rpartition("@")
    domain = domain.casefold()
    if domain in _COMMON:
        return None
    from rapidfuzz.distance import OSA

    near = [common for common in _COMMON if len(common) > 6 and OSA.distance(domain, common, score_cutoff=1) <= 1]
    if not near and domain.endswith((".con", ".cmo", ".ocm", ".coom", ".vom")):
        near = [f"{domain.rpartition('.')[0]}.com"]
    return f"{local}@{near[0]}" if near else None
