"""What is kept until when: answer by answer, minors first, and nothing a moment longer."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.privacy.retention import MINORS_KEPT, answer_ends_at, limits, minors_kept, registration_ends_at, what_stays
from bot.records import Registration, Role
from tests.conversations.walk import content

EVENT = content().event
END = EVENT.ends_at
DAY = timedelta(days=1)
ANSWERS: dict[str, Any] = {
    "age_band": "adult",
    "kind": "regulator",
    "country": "JO",
    "zone": "Asia/Amman",
    "given_name": "Zanzibar",
    "email": "Karim@example.org",
    "phone": "+962790123456",
    "accessibility": ["captions"],
    "gone": "from a question that the form has no more",
}


def registration(answers: dict[str, Any] | None = None, role: Role = "adult") -> Registration:
    return Registration(
        event_id=EVENT.id,
        number="COP-1",
        chat_id=7,
        status="confirmed",
        language="en",
        country="JO",
        zone="Asia/Amman",
        kind="regulator",
        email_key="karim@example.org",
        phone_key="+962790123456",
        search="zanzibar",
        answers=ANSWERS if answers is None else answers,
        role=role,
        created_at=END - DAY,
        updated_at=END - DAY,
    )


def test_the_shipped_form_deletes_needs_after_a_week_and_the_rest_after_a_month() -> None:
    assert answer_ends_at(content(), "accessibility") == END + 7 * DAY
    assert answer_ends_at(content(), "email") == END + 30 * DAY
    assert answer_ends_at(content(), "gone") == EVENT.purge_at
    assert minors_kept(content()) == 7 * DAY


def test_before_its_time_nothing_goes_and_the_same_registration_comes_back() -> None:
    whole = registration()
    assert what_stays(content(), whole, END + 7 * DAY - timedelta(microseconds=1)) is whole


def test_the_needs_go_first_and_the_rest_stays_as_it_was() -> None:
    left = what_stays(content(), registration(), END + 7 * DAY)
    assert left is not None
    assert left.answers == {k: v for k, v in ANSWERS.items() if k != "accessibility"}
    assert (left.country, left.email_key, left.kind) == ("JO", "karim@example.org", "regulator")
    assert "zanzibar" in left.search


def test_the_row_goes_with_its_last_answer() -> None:
    assert what_stays(content(), registration(), END + 30 * DAY - timedelta(microseconds=1)) is not None
    assert what_stays(content(), registration(), END + 30 * DAY) is None


def test_a_registration_without_answers_goes_when_the_event_ends() -> None:
    assert registration_ends_at(content(), registration({})) == END
    assert what_stays(content(), registration({}), END) is None


def test_of_minors_all_goes_at_once_a_week_after_the_event_at_the_latest() -> None:
    for role in ("young", "child"):
        young = registration({"age_band": role, "country": "JO", "first_name": "Zanzibar"}, role)
        assert what_stays(content(), young, END + MINORS_KEPT - timedelta(seconds=1)) == young
        assert what_stays(content(), young, END + MINORS_KEPT) is None


questions = st.sampled_from([*(q.id for q in content().form), "gone", "renamed"])
moments = st.integers(-5 * 86_400, 60 * 86_400).map(lambda s: END + timedelta(seconds=s))
roles: st.SearchStrategy[Role] = st.sampled_from(["adult", "young", "child"])


@given(answers=st.dictionaries(questions, st.none() | st.text(max_size=5)), role=roles, now=moments)
def test_at_any_moment_exactly_what_may_be_kept_is_kept(answers: dict[str, Any], role: Role, now: datetime) -> None:
    left = what_stays(content(), registration(answers, role), now)
    kept = {} if left is None else left.answers
    assert kept == {k: v for k, v in answers.items() if answer_ends_at(content(), k, role) > now}
    if left is None:
        assert now >= END
    else:
        assert what_stays(content(), left, now) == left, "a second purge finds nothing"


@given(question=questions)
def test_no_answer_of_a_minor_outlives_an_adults_and_none_the_event_s_own_retention(question: str) -> None:
    adult = answer_ends_at(content(), question)
    assert answer_ends_at(content(), question, "young") <= min(adult, END + MINORS_KEPT)
    assert adult <= EVENT.purge_at


@given(earlier=moments, later=moments)
def test_a_later_purge_takes_no_less(earlier: datetime, later: datetime) -> None:
    earlier, later = sorted((earlier, later))
    first, second = limits(content(), earlier), limits(content(), later)
    assert first.settled <= second.settled and first.silent <= second.silent and first.audit <= second.audit
    assert first.form_is_over <= second.form_is_over
    assert first.guardianships_are_over <= second.guardianships_are_over
