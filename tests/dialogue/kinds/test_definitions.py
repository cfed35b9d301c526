"""What a kind says of a question that is not made well."""

from __future__ import annotations

from typing import Any

import pytest

from bot.dialogue.definition import Choice, Question
from bot.dialogue.kinds import KINDS

TEXT = {"ar": "سؤال", "en": "question"}


def question(kind: str, **changes: Any) -> Question:
    return Question(id="q", kind=kind, text=TEXT, short=TEXT, **changes)


def choice(choice_id: str, ar: str, en: str) -> Choice:
    return Choice(id=choice_id, label={"ar": ar, "en": en})


ADULT = choice("adult", "18 سنة أو أكثر", "18 or over")
YOUNG = choice("young", "من 13 إلى 17 سنة", "13 to 17")

FAULTY = [
    pytest.param(question("choice"), "no choices", id="no choices"),
    pytest.param(
        question("choice", choices=(choice("a", "أ", "A one"), choice("a", "ب", "B two"))), "two choices", id="same id"
    ),
    pytest.param(question("choice", choices=(choice("a b", "أ", "A"),)), "no button code", id="id with a space"),
    pytest.param(question("choice", choices=(choice("a" * 21, "أ", "A"),)), "no button code", id="id too long"),
    pytest.param(question("choice", choices=(choice("a", " ", "A"),)), 'no label in "ar"', id="empty label"),
    pytest.param(
        question("choice", choices=(choice("a", "أحمر", "Red"), choice("b", "احمر", "Rouge"))), "reads like", id="alike"
    ),
    pytest.param(question("choices", choices=(ADULT,), options={"most": 2}), 'unknown option "most"', id="option"),
    pytest.param(question("short_text", choices=(ADULT,)), "choices on a question", id="choices on a text"),
    pytest.param(question("short_text", options={"limit": 201}), "limit = 201", id="limit too high"),
    pytest.param(question("long_text", options={"limit": "ten"}), "limit = 'ten'", id="limit in words"),
    pytest.param(question("person_name", options={"limit": 0}), "limit = 0", id="limit of nothing"),
    pytest.param(question("email", options={"domain": "itu.int"}), 'unknown option "domain"', id="e-mail option"),
    pytest.param(question("time_zone"), "depends_on", id="zone of no country"),
    pytest.param(question("consent", required=False), "may be skipped", id="consent to skip"),
    pytest.param(question("age_band", required=False, choices=(ADULT, YOUNG)), "may be skipped", id="age to skip"),
    pytest.param(question("age_band", choices=(choice("a", "كبير", "Old"), YOUNG)), "says no ages", id="no ages"),
    pytest.param(
        question("age_band", choices=(choice("a", "20 سنة أو أكثر", "20 or over"), YOUNG)), "leave a gap", id="gap"
    ),
    pytest.param(
        question("age_band", choices=(choice("a", "17 سنة أو أكثر", "17 or over"), YOUNG)), "overlap", id="overlap"
    ),
]


@pytest.mark.parametrize(("faulty", "said"), FAULTY)
def test_a_fault_is_said_with_its_cure(faulty: Question, said: str) -> None:
    faults = KINDS[faulty.kind].faults(faulty)

    assert any(said in fault for fault in faults)
    assert all("; " in fault for fault in faults)
