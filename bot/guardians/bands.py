"""The age bands of the form that this room goes by, and who among them may have a form filled in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.dialogue.definition import Form
from bot.records import Role

AGE, ASSENT, GUARDIAN, NICKNAME = "age_band", "assent", "guardian", "first_name"  # question ids
ADULT, YOUNG, CHILD = "adult", "young", "child"  # choices of the age band
BEFORE_CONSENT = frozenset({AGE, ASSENT})  # all that is kept of a minor's answers until a guardian agreed


def role_of(answers: Mapping[str, Any]) -> Role:
    """The role of who gave these answers."""
    band = answers.get(AGE)
    return "young" if band == YOUNG else "child" if band == CHILD else "adult"


def is_minor(answers: Mapping[str, Any]) -> bool:
    """Whether these answers are a minor's."""
    return role_of(answers) != ADULT


def has_consent(form: Form, answers: Mapping[str, Any]) -> bool:
    """Whether a guardian's consent stands behind a young person's answers."""
    question = form.get(GUARDIAN)
    return question is not None and answers.get(GUARDIAN) is not None
