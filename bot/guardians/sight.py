"""What others may see of a minor: an organiser little, a guardian no answer at all.

A guardian can be the danger, and a list gets forwarded: so names, questions to the speakers and whatever was typed
freely stay between the young person and the store.
"""

from __future__ import annotations

from bot.dialogue.definition import Form, Question
from bot.guardians.bands import ASSENT, GUARDIAN, NICKNAME
from bot.records import Registration

SEEN = frozenset({"age_band", "country", "accessibility"})  # question ids; language and status come beside
ONLY_OF_MINORS = frozenset({ASSENT, GUARDIAN, NICKNAME, "young_question"})


def organisers_see(question_id: str, registration: Registration) -> bool:
    """Whether an organiser is shown the answer to that question."""
    return registration.role == "adult" or question_id in SEEN


def organisers_ask(question: Question, registration: Registration) -> bool:
    """Whether an organiser may correct the answer to that question."""
    return question.kind != "consent" and question.id != GUARDIAN and organisers_see(question.id, registration)


def seen_answers(registration: Registration) -> dict[str, object]:
    """The answers that organisers are shown."""
    return {k: v for k, v in registration.answers.items() if organisers_see(k, registration)}


def listed(form: Form) -> list[Question]:
    """The questions that have a column in the organisers' lists."""
    return [question for question in form if question.id not in ONLY_OF_MINORS]
