"""What can happen to a form, and what comes of it: plain values, each legal when it exists."""

from __future__ import annotations

from dataclasses import dataclass

from bot.dialogue.draft import Draft
from bot.dialogue.kinds import Problem, SharedContact, Typed

# --- what can happen -------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Said:
    """Text, or a shared contact, for the question that stands."""

    given: Typed | SharedContact


@dataclass(frozen=True, slots=True)
class Picked:
    """An option of a question was pressed. `ticked` is what the button of several choices promised to do."""

    question: str
    code: str
    ticked: bool | None = None


@dataclass(frozen=True, slots=True)
class Finished:
    """ "Done" under several choices."""

    question: str


@dataclass(frozen=True, slots=True)
class Skipped:
    question: str


@dataclass(frozen=True, slots=True)
class Kept:
    """Go on with the answer the question already has."""

    question: str


@dataclass(frozen=True, slots=True)
class WentBack:
    """Back, pressed under that question."""

    question: str


@dataclass(frozen=True, slots=True)
class Corrected:
    """A question was picked from the review to be answered again."""

    question: str


@dataclass(frozen=True, slots=True)
class Reviewed:
    """To the review: whatever is still unanswered comes first."""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The review was confirmed."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Nothing was done: show where the person stands. `old` says that an outdated button led here."""

    old: bool = False


Event = (
    Said | Picked | Finished | Skipped | Kept | WentBack | Corrected | Reviewed | Confirmed | Shown
)  # fmt: skip

# --- what comes of it ------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """Show this question; `problem` says what was wrong with the last try."""

    question: str
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """Show all answers, to confirm or correct."""


View = Ask | Review


@dataclass(frozen=True, slots=True)
class Cleared:
    """These answers no longer apply and were dropped."""

    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FormChanged:
    """The form is another than when the person last saw it; these questions are new or asked again.

    `dropped` says that answers went because their questions are no longer asked.
    """

    asked: tuple[str, ...]
    dropped: bool = False


@dataclass(frozen=True, slots=True)
class ChoiceNote:
    """What the content says about the choice just made."""

    question: str
    choice: str


@dataclass(frozen=True, slots=True)
class OldButton:
    """The button belongs to an earlier screen."""


Notice = Cleared | FormChanged | ChoiceNote | OldButton


@dataclass(frozen=True, slots=True)
class Open:
    """The form goes on."""


@dataclass(frozen=True, slots=True)
class Completed:
    """Confirmed: the draft's answers are the registration's."""


@dataclass(frozen=True, slots=True)
class Stopped:
    """A choice ended the form; nothing of the draft may be kept."""

    question: str
    choice: str


Outcome = Open | Completed | Stopped


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """The result. `changed` is False where the event had no effect (a repeated press)."""

    draft: Draft
    view: View
    notices: tuple[Notice, ...] = ()
    outcome: Outcome = Open()
    changed: bool = True
