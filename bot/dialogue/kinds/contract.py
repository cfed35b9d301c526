"""What a kind of answer is: the contract that every module of this package keeps.

A kind is a pure object. It is given a question and what a person did, and says one of:
`Accepted(value)`, `Partial(value)` (several choices being ticked), `Candidates(...)` (did you mean?), or
`Problem(code, params)`: what is wrong, whose words are the catalogue's `problem.<code>`.
Values are JSON-able and language-free; `render` gives plain text (not HTML) in the person's language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from bot.dialogue.definition import Question
from bot.texts import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """Text as it was typed, not yet cleaned."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tapped:
    """The code of a pressed option (see `Option.code`)."""

    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedContact:
    """A contact sent with Telegram's button. `own` is False for somebody else's."""

    phone: str
    own: bool


Given = Typed | Tapped | SharedContact


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One button of a question: `code` is at most 20 bytes of `A-Za-z0-9_/+-`, `label` is plain text.

    A `selected` one of several choices says so in its label too.
    """

    code: str
    label: str
    selected: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerContext:
    """What a kind may look at beside the question. `moments` are the UTC instants at which zones must agree.

    `country` (ISO 3166 alpha-2) is the answer to the question that this one depends on, as a hint.
    `candidates` are the "did you mean" options that stand under the question: a tapped one comes back by its code.
    """

    texts: Texts
    answers: Mapping[str, Any]
    country: str | None = None
    partial: Any = None
    moments: tuple[datetime, ...] = ()
    candidates: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyboard:
    """Rows of options in reading order. `share_contact` asks for Telegram's contact button.

    `done` adds "Done"; `more` says that what is not among them can be typed.
    """

    rows: tuple[tuple[Option, ...], ...] = ()
    share_contact: bool = False
    done: bool = False
    more: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    value: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Partial:
    value: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """Not sure which is meant: the options to pick from, best first, at most 6."""

    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Not an answer. Catalogue entry `problem.<code>` says what is wrong and what would be right."""

    code: str
    params: Mapping[str, str | int] = field(default_factory=dict)


Parsed = Accepted | Partial | Candidates | Problem


class Kind(Protocol):
    """One kind of answer."""

    name: str

    def faults(self, question: Question) -> list[str]:
        """What is wrong with the question's definition: English, one "message; cure" each."""
        ...

    def parse(self, question: Question, given: Given, context: AnswerContext) -> Parsed: ...

    def keyboard(self, question: Question, context: AnswerContext) -> Keyboard: ...

    def render(self, question: Question, value: Any, context: AnswerContext) -> str:
        """`value` as plain text in the language of `context.texts`."""
        ...

    def implied(self, question: Question, context: AnswerContext) -> Any | None:
        """The value that need not be asked (a country with one zone), or None: ask."""
        ...

    def still_valid(self, question: Question, value: Any) -> bool:
        """Whether a stored value is still legal for a question whose definition may have changed."""
        ...
