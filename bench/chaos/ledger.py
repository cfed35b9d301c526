"""What one person answered and saw acknowledged: the book that the store must agree with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True, kw_only=True)
class Ledger:
    """`draft` is the form being filled in, question -> value, the last one wins; None where there is none.

    `held` are the answers of the registration that stands. `numbers` are all that were seen on a confirmation.
    `corrects` says that the draft corrects `held`. `cancelled`: the draft may still be taken up again.
    """

    chat_id: int
    draft: dict[str, Any] | None = None
    held: dict[str, Any] | None = None
    corrects: bool = False
    cancelled: bool = False
    numbers: list[str] = field(default_factory=list)
    withdrawn: int = 0
    answers: int = 0
    acts: int = 0
    breaches: list[str] = field(default_factory=list)

    def began(self) -> None:
        """A new form is on screen."""
        self.draft, self.corrects, self.cancelled = {}, False, False

    def reopened(self) -> None:
        """The registration's answers are open for correction."""
        self.draft, self.corrects, self.cancelled = dict(self.held or {}), True, False

    def answered(self, question: str, value: Any) -> None:
        """The bot went on to another question, so it took the answer."""
        if self.draft is None:
            self.breaches.append(f"an answer to {question} was taken without a form")
            return
        if question == "country" and self.draft.get("country") != value:
            self.draft.pop("zone", None)  # it hangs on the country: worked out or asked anew
        self.draft[question] = value
        self.answers += 1

    def confirmed(self, number: str | None) -> None:
        """The registration is on screen."""
        self.held, self.draft = self.draft, None
        if number is None:
            self.breaches.append("a confirmation shows no number")
        elif self.corrects and number not in self.numbers:
            self.breaches.append("a correction changed the number")
        elif not self.corrects and number in self.numbers:
            self.breaches.append("a new registration got an old number")
        elif not self.corrects:
            self.numbers.append(number)
        self.corrects = False

    def dropped(self) -> None:
        """The form is gone for good."""
        self.draft, self.corrects, self.cancelled = None, False, False

    def gave_up(self) -> None:
        """The registration is withdrawn."""
        self.held = None
        self.withdrawn += 1
        self.dropped()
