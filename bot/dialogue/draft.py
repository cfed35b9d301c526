"""A form in progress, as a value that becomes JSON between two steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

REVIEW = "*review"  # not a legal question id, so it can't clash with one


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """`answers` maps a question to its value, None for "not said" (skipped). `at` is where the person stands.

    `implied` answers were worked out, not asked (the zone of a country with one). `known` are the questions
    that the form had when the person last saw it. `last` is the one they left last: a press there again is an echo.
    `number` is set while a registration is being corrected.
    """

    at: str
    answers: Mapping[str, Any] = field(default_factory=dict)
    implied: frozenset[str] = frozenset()
    partial: Any = None
    candidates: tuple[tuple[str, str], ...] = ()
    form_version: str = ""
    known: tuple[str, ...] = ()
    last: str | None = None
    number: str | None = None

    def with_answer(self, question_id: str, value: Any) -> Draft:
        """The same draft with one answer given by the person."""
        return replace(
            self,
            answers={**self.answers, question_id: value},
            implied=self.implied - {question_id},
            partial=None,
            candidates=(),
            last=question_id,
        )

    def without(self, question_ids: frozenset[str]) -> Draft:
        """The same draft with these answers gone."""
        return replace(
            self,
            answers={k: v for k, v in self.answers.items() if k not in question_ids},
            implied=self.implied - question_ids,
        )

    def to_dict(self) -> dict[str, Any]:
        """JSON-able; the inverse of `from_dict`."""
        return {
            "at": self.at,
            "answers": dict(self.answers),
            "implied": sorted(self.implied),
            "partial": self.partial,
            "candidates": [list(c) for c in self.candidates],
            "form": self.form_version,
            "known": list(self.known),
            "last": self.last,
            "number": self.number,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Draft:
        """The draft that `to_dict` wrote."""
        return cls(
            at=data["at"],
            answers=dict(data["answers"]),
            implied=frozenset(data["implied"]),
            partial=data["partial"],
            candidates=tuple((c[0], c[1]) for c in data["candidates"]),
            form_version=data["form"],
            known=tuple(data["known"]),
            last=data.get("last"),
            number=data["number"],
        )
