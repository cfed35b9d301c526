"""A small form with every shape of question, drafts in the middle of it, and an event that fits each question."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bot.dialogue.context import Surroundings
from bot.dialogue.definition import Choice, Condition, Form, Question
from bot.dialogue.draft import REVIEW, Draft
from bot.dialogue.events import Event, Finished, Picked, Said, Step
from bot.dialogue.kinds import Typed
from bot.dialogue.step import begin, step
from bot.texts import texts_for

DAY = (datetime(2020, 11, 23, 9, tzinfo=UTC), datetime(2020, 11, 23, 11, tzinfo=UTC))
AROUND = Surroundings(texts=texts_for("en"), moments=DAY)


def question(question_id: str, kind: str = "short_text", **changed: Any) -> Question:
    words = {"ar": question_id, "en": question_id}
    return Question(**{"id": question_id, "kind": kind, "text": words, "short": words, **changed})


def choices(*ids: str, **changed: Any) -> tuple[Choice, ...]:
    """Choices of these ids; `stops` and `note` map an id to what is said."""
    return tuple(
        Choice(
            id=i,
            label={"ar": f"خيار {i}", "en": f"the {i} one"},
            stops=changed.get("stops", {}).get(i),
            note=changed.get("note", {}).get(i),
        )
        for i in ids
    )


SAID = {"ar": "نص", "en": "a text"}

FORM = Form(
    questions=(
        question("age", "age_band", choices=choices("adult", "young", stops={"young": SAID})),
        question("consent", "consent"),
        question("who", "choice", choices=choices("me", "several", note={"several": SAID})),
        question("kind", "choice", choices=choices("office", "company", "family")),
        question("country", "country"),
        question("represents", "country", when=(Condition(question="kind", values=("office",)),)),
        question("zone", "time_zone", depends_on="country"),
        question("title", required=False),
        question("name", "person_name"),
        question("organisation", when=(Condition(question="kind", values=("office", "company")),)),
        question("email", "email"),
        question("phone", "phone", required=False, depends_on="country"),
        question("presents", "yes_no"),
        question("experience", "long_text", when=(Condition(question="presents", values=(True,)),)),
        question("needs", "choices", required=False, choices=choices("captions", "signs", "other")),
        question("need", when=(Condition(question="needs", values=("other",)),)),
        question("reminders", "yes_no"),
    )
)

GIVEN: dict[str, Event] = {
    "age": Picked("age", "adult"),
    "consent": Picked("consent", "agree"),
    "who": Picked("who", "me"),
    "kind": Picked("kind", "office"),
    "country": Picked("country", "JO"),
    "represents": Picked("represents", "TN"),
    "zone": Said(Typed(text="Toronto")),
    "title": Said(Typed(text="Dr")),
    "name": Said(Typed(text="Nour Haddad")),
    "organisation": Said(Typed(text="Ministry of Communications")),
    "email": Said(Typed(text="nour@example.org")),
    "phone": Said(Typed(text="+962 7 9012 3456")),
    "presents": Picked("presents", "yes"),
    "experience": Said(Typed(text="A guide for schools")),
    "needs": Said(Typed(text="the captions one")),
    "need": Said(Typed(text="The slides in writing")),
    "reminders": Picked("reminders", "no"),
}


def without(form: Form, *gone: str) -> Form:
    return Form(questions=tuple(q for q in form if q.id not in gone))


def with_changed(form: Form, question_id: str, **changed: Any) -> Form:
    return Form(questions=tuple(replace(q, **changed) if q.id == question_id else q for q in form))


def with_after(form: Form, question_id: str, new: Question) -> Form:
    return Form(questions=tuple(q for old in form for q in ((old, new) if old.id == question_id else (old,))))


def go(draft: Draft, *events: Event, form: Form = FORM) -> Step:
    """The last step of these events, one after the other."""
    assert events
    for event in events:
        done = step(form, draft, event, AROUND)
        draft = done.draft
    return done


def filled(until: str = REVIEW, *, form: Form = FORM, start: Draft | None = None, **given: Event) -> Draft:
    """A draft filled in up to where `until` is asked, with these events instead of the usual ones."""
    draft = start or begin(form)
    events = {**GIVEN, **given}
    while draft.at != until:
        at = draft.at
        assert at != REVIEW, f"{until} is never asked"
        draft = go(draft, events[at], form=form).draft
        if draft.at == at and draft.partial:
            draft = go(draft, Finished(at), form=form).draft
        assert draft.at != at, f"{at} was not answered by {events[at]}"
    return draft
