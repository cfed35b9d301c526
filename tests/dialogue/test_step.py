"""One step of the form: answers, conditions, what is implied, repeated presses and old buttons."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.context import applies
from bot.dialogue.draft import REVIEW, Draft
from bot.dialogue.events import (
    Ask,
    ChoiceNote,
    Completed,
    Confirmed,
    Corrected,
    Event,
    Finished,
    Kept,
    OldButton,
    Picked,
    Review,
    Reviewed,
    Said,
    Shown,
    Skipped,
    Step,
    Stopped,
    WentBack,
)
from bot.dialogue.kinds import KINDS, SharedContact, Typed
from bot.dialogue.step import begin, reopen, step
from tests.dialogue.forms import AROUND, FORM, GIVEN, filled, go

STANDS = [*(q.id for q in FORM if q.id not in ("zone", "need")), REVIEW]
QUESTIONS = [*(q.id for q in FORM), "never_heard_of"]
CODES = ["adult", "agree", "disagree", "me", "office", "family", "JO", "US", "yes", "no", "captions", "gone"]
WORDS = [
    "",
    "hello",
    "Nour",
    "nour@example.org",
    "+962 7 9012 3456",
    "Canada",
    "18",
    "yes",
    "نعم",
    "\x00",
    "🙂",
    "x" * 4096,
]

EVENTS: list[Event] = [
    Shown(),
    Shown(old=True),
    Confirmed(),
    Reviewed(),
    Said(SharedContact(phone="+962790123456", own=True)),
    Said(SharedContact(phone="+962790123456", own=False)),
    *(Said(Typed(text=text)) for text in WORDS),
    *(kind(q) for kind in (Finished, Skipped, Kept, WentBack, Corrected) for q in QUESTIONS),
    *(Picked(q, code) for q in QUESTIONS for code in CODES),
]


def assert_sound(before: Draft, done: Step) -> None:
    """What must hold after any step whatever."""
    after = done.draft
    assert Draft.from_dict(json.loads(json.dumps(after.to_dict()))) == after
    for question_id, value in after.answers.items():
        question = FORM.get(question_id)
        assert question is not None
        assert applies(question, after.answers), f"{question_id} is kept and does not apply"
        assert (value is None and not question.required) or KINDS[question.kind].still_valid(question, value)
    if after.at == REVIEW:
        assert done.view == Review()
        assert all(q.id in after.answers for q in FORM if applies(q, after.answers))
    else:
        stands = FORM.get(after.at)
        assert stands is not None and applies(stands, after.answers)
        assert isinstance(done.view, Ask) and done.view.question == after.at
    if not done.changed and not isinstance(done.outcome, Stopped):
        assert after == before


@pytest.mark.parametrize("stand", STANDS)
def test_every_event_is_legal_wherever_a_draft_stands(stand: str) -> None:
    before = filled(stand)
    for event in EVENTS:
        assert_sound(before, step(FORM, before, event, AROUND))


@given(st.lists(st.sampled_from(EVENTS + list(GIVEN.values()) * 8), max_size=40))
def test_any_sequence_of_events_leaves_a_sound_draft(events: list[Event]) -> None:
    draft = begin(FORM)
    for event in events:
        done = step(FORM, draft, event, AROUND)
        assert_sound(draft, done)
        draft = done.draft


def test_a_form_is_filled_in_from_the_first_question_to_the_registration() -> None:
    done = go(filled(), Confirmed())

    assert done.outcome == Completed()
    assert done.draft.answers["name"] == "Nour Haddad"
    assert done.draft.answers["needs"] == ["captions"]
    assert set(done.draft.answers) == {q.id for q in FORM if q.id != "need"}


def test_a_form_with_questions_left_is_not_confirmed() -> None:
    done = go(filled("email"), Confirmed())

    assert done.outcome != Completed()
    assert done.view == Ask(question="email")


def test_a_question_whose_condition_fails_is_not_asked() -> None:
    draft = filled(kind=Picked("kind", "family"), presents=Picked("presents", "no"))

    assert not {"represents", "organisation", "experience", "need"} & set(draft.answers)


def test_a_condition_on_several_choices_holds_when_one_is_shared() -> None:
    draft = filled("needs")

    done = go(draft, Picked("needs", "other"), Picked("needs", "captions"), Finished("needs"))

    assert done.view == Ask(question="need")


def test_skipping_is_not_the_same_as_saying_no() -> None:
    skipped = go(filled("needs"), Skipped("needs")).draft
    refused = go(filled("presents"), Picked("presents", "no")).draft

    assert skipped.answers["needs"] is None
    assert refused.answers["presents"] is False


def test_a_required_question_can_not_be_skipped() -> None:
    done = go(filled("email"), Skipped("email"))

    assert done.view == Ask(question="email")
    assert "email" not in done.draft.answers


@pytest.mark.parametrize("country", ["EG", "JO", "SA", "DE"])
def test_the_zone_of_a_country_with_one_is_implied_and_not_asked(country: str) -> None:
    done = go(filled("country", kind=Picked("kind", "family")), Picked("country", country))

    assert done.view == Ask(question="title")
    assert "zone" in done.draft.implied


@pytest.mark.parametrize("country", ["US", "CA", "AU", "BR"])
def test_the_zone_is_asked_where_a_country_has_several_on_the_day(country: str) -> None:
    done = go(filled("country", kind=Picked("kind", "family")), Picked("country", country))

    assert done.view == Ask(question="zone")


def test_a_choice_that_stops_ends_the_form() -> None:
    assert go(begin(FORM), Picked("age", "young")).outcome == Stopped("age", "young")


def test_a_choice_with_a_note_goes_on_and_says_it() -> None:
    done = go(filled("who"), Picked("who", "several"))

    assert done.notices == (ChoiceNote("who", "several"),)
    assert done.view == Ask(question="kind")


def test_what_is_wrong_with_an_answer_is_said_and_the_question_stands() -> None:
    done = go(filled("email"), Said(Typed(text="not an address")))

    assert isinstance(done.view, Ask) and done.view.problem is not None
    assert done.draft.at == "email" and "email" not in done.draft.answers


def test_a_name_not_quite_known_offers_candidates_and_a_press_answers() -> None:
    asked = go(filled("country"), Said(Typed(text="Guinea Bisau")))
    draft = asked.draft if asked.draft.candidates else go(filled("country"), Said(Typed(text="Korea"))).draft
    assert draft.at == "country" and draft.candidates

    code = draft.candidates[0][0]
    done = go(draft, Picked("country", code))

    assert done.draft.answers["country"] == code
    assert done.draft.candidates == ()


def test_a_contact_answers_the_phone_and_nothing_else() -> None:
    contact = Said(SharedContact(phone="962790123456", own=True))

    assert go(filled("phone"), contact).draft.answers["phone"] == "+962790123456"
    elsewhere = go(filled("name"), contact)
    assert not elsewhere.changed and elsewhere.view == Ask(question="name")


def test_ticking_twice_by_two_fast_presses_of_one_button_ticks_once() -> None:
    draft = filled("needs")

    once = go(draft, Picked("needs", "captions", ticked=True))
    twice = go(once.draft, Picked("needs", "captions", ticked=True))

    assert once.draft.partial == twice.draft.partial == ["captions"]
    assert not twice.changed


def test_a_tick_is_taken_away_by_the_button_that_says_so() -> None:
    draft = go(filled("needs"), Picked("needs", "captions", ticked=True), Picked("needs", "signs", ticked=True)).draft

    done = go(draft, Picked("needs", "captions", ticked=False), Finished("needs"))

    assert done.draft.answers["needs"] == ["signs"]


def test_done_with_nothing_ticked_is_not_said_where_that_may_be() -> None:
    assert go(filled("needs"), Finished("needs")).draft.answers["needs"] is None


def test_ticks_survive_whatever_does_not_concern_them() -> None:
    draft = go(filled("needs"), Picked("needs", "signs", ticked=True)).draft

    for event in (Shown(), Reviewed(), Picked("kind", "family"), Kept("kind"), Confirmed(), Corrected("name")):
        assert go(draft, event).draft.partial == ["signs"], event


@pytest.mark.parametrize(
    ("stand", "event"),
    [
        ("kind", Picked("kind", "office")),
        ("title", Skipped("title")),
        ("needs", Finished("needs")),
        ("name", WentBack("name")),
    ],
    ids=["answer", "skip", "done", "back"],
)
def test_the_echo_of_the_last_press_says_nothing(stand: str, event: Event) -> None:
    once = go(filled(stand), event)
    twice = go(once.draft, event)

    assert not twice.changed
    assert twice.notices == ()
    assert twice.draft == once.draft


def test_the_echo_of_keeping_an_answer_says_nothing() -> None:
    back = go(filled("email"), WentBack("email"), WentBack("organisation"))

    once = go(back.draft, Kept("name"))
    twice = go(once.draft, Kept("name"))

    assert once.view == Ask(question="email")
    assert not twice.changed and twice.notices == ()


def test_another_answer_to_the_question_left_last_is_explained_not_lost_in_silence() -> None:
    done = go(filled("kind"), Picked("kind", "office"), Picked("kind", "family"))

    assert done.draft.answers["kind"] == "office"
    assert done.notices == (OldButton(),)


def test_an_old_button_changes_nothing_and_shows_where_the_person_stands() -> None:
    draft = filled("email")

    done = go(draft, Picked("who", "several"))

    assert done.draft == draft and not done.changed
    assert done.notices == (OldButton(),) and done.view == Ask(question="email")


def test_a_registration_is_reopened_at_the_review_with_all_its_answers() -> None:
    answers = filled().answers

    done = go(reopen(FORM, answers, "COP-0000-0000"), Shown())

    assert done.view == Review() and done.draft.number == "COP-0000-0000"
    assert done.draft.answers == answers
