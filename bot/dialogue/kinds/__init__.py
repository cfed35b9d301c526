"""The kinds of answer. One small module each: parsing, keyboard, rendering. `KINDS` is the registry.

A kind is a pure object. It is given a question and what a person did, and says one of:
`Accepted(value)`, `Partial(value)` (several choices being ticked), `Candidates(...)` (did you mean?), or
`Problem(code, params)`: what is wrong, whose words are the catalogue's `problem.<code>`.
Values are JSON-able and language-free; `render` gives plain text (not HTML) in the person's language.
A new kind is a module here, a line in `KINDS`, its `problem.*` texts, and a table of cases in the tests.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.dialogue.kinds.age_band import AgeBand
from bot.dialogue.kinds.choice import OneChoice
from bot.dialogue.kinds.choices import SeveralChoices
from bot.dialogue.kinds.consent import Consent
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
    SharedContact,
    Tapped,
    Typed,
)
from bot.dialogue.kinds.country import Country
from bot.dialogue.kinds.email import Email
from bot.dialogue.kinds.guardian import Guardian
from bot.dialogue.kinds.nickname import Nickname
from bot.dialogue.kinds.person_name import PersonName
from bot.dialogue.kinds.phone import Phone
from bot.dialogue.kinds.text import LongText, ShortText
from bot.dialogue.kinds.time_zone import TimeZone
from bot.dialogue.kinds.yes_no import YesNo

_ALL: tuple[Kind, ...] = (
    OneChoice(),
    SeveralChoices(),
    ShortText(),
    LongText(),
    PersonName(),
    Email(),
    Phone(),
    Country(),
    TimeZone(),
    YesNo(),
    Consent(),
    AgeBand(),
    Guardian(),
    Nickname(),
)
KINDS: Mapping[str, Kind] = {kind.name: kind for kind in _ALL}

__all__ = [
    "KINDS",
    "Accepted",
    "AnswerContext",
    "Candidates",
    "Given",
    "Keyboard",
    "Kind",
    "Option",
    "Parsed",
    "Partial",
    "Problem",
    "SharedContact",
    "Tapped",
    "Typed",
]
