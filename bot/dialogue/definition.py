"""What a form is: questions as data, read from `content/registration.toml`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

LANGUAGES = ("ar", "en")

Bilingual = Mapping[str, str]  # {"ar": ..., "en": ...}, Telegram HTML with {placeholders}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One answer to pick. `stops` ends the form with that text and keeps nothing; `note` is said once picked."""

    id: str
    label: Bilingual
    stops: Bilingual | None = None
    note: Bilingual | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """Holds when the answer to `question` is one of `values` (for several choices: shares one with them)."""

    question: str
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question. `when` conditions must all hold for it to apply. `options` belong to its kind."""

    id: str
    kind: str
    text: Bilingual
    short: Bilingual
    why: Bilingual | None = None
    example: Bilingual | None = None
    required: bool = True
    when: tuple[Condition, ...] = ()
    choices: tuple[Choice, ...] = ()
    depends_on: str | None = None
    retention_days: int = 30
    visible_to: tuple[str, ...] = ("organisers",)
    was: tuple[str, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)

    def choice(self, choice_id: str) -> Choice | None:
        """The choice of that id, or None."""
        return next((c for c in self.choices if c.id == choice_id), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The questions in their order.

    `version` changes when a question or a choice is added, dropped, renamed or asked of others; not with wording.
    """

    questions: tuple[Question, ...]
    version: str = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "version", self._version())  # once: each step of each person looks at it

    def __iter__(self) -> Iterator[Question]:
        return iter(self.questions)

    def get(self, question_id: str) -> Question | None:
        """The question of that id, or None."""
        return next((q for q in self.questions if q.id == question_id), None)

    def renamed(self, question_id: str) -> str:
        """What that question is called now; the same id for one that was never renamed, or is gone."""
        return next((q.id for q in self.questions if question_id in q.was), question_id)

    def _version(self) -> str:
        shape = [
            [
                q.id,
                q.kind,
                q.required,
                [[c.question, list(c.values)] for c in q.when],
                [c.id for c in q.choices],
            ]
            for q in self.questions
        ]
        return hashlib.sha256(json.dumps(shape, sort_keys=True).encode()).hexdigest()[:12]
