"""One step of the form: what was done, from where, to where.

    a form, a draft and an event -> the next draft, what to show, what to say beside it, how it ended

Every event is legal in every state. One that no longer fits (an old button, a repeated press) changes nothing
and shows where the person stands. The clock has no part in it: whether the form is still open is
`bot.registration.window`'s to say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.dialogue.context import FIXED, Surroundings, answer_context, applies, previous
from bot.dialogue.definition import Form, Question
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
    View,
    WentBack,
)
from bot.dialogue.kinds import (
    KINDS,
    Accepted,
    Candidates,
    Given,
    Partial,
    Problem,
    SharedContact,
    Tapped,
    Typed,
)
from bot.dialogue.reconcile import named, next_stand, reconcile, settle


def begin(form: Form) -> Draft:
    """A draft with nothing answered, at the first question."""
    first = next(iter(form))
    return Draft(at=first.id, form_version=form.version, known=tuple(q.id for q in form))


def reopen(form: Form, answers: Mapping[str, Any], number: str) -> Draft:
    """A draft over the answers of a registration, to correct them, at the review."""
    known = tuple(q.id for q in form)
    return Draft(at=REVIEW, answers=dict(answers), form_version=form.version, known=known, number=number)


def step(form: Form, draft: Draft, event: Event, around: Surroundings) -> Step:
    """The next state. Pure: the same arguments give the same step."""
    stood = form.renamed(draft.at)
    draft, notices = reconcile(form, draft, around)
    if isinstance(event, Picked | Finished | Skipped | Kept | WentBack | Corrected):
        event = replace(event, question=form.renamed(event.question))
    meant_for_other = isinstance(event, Said) and draft.at != stood
    if meant_for_other or (isinstance(event, Confirmed) and notices):
        done = _show(draft)  # meant for the form as it was: show what it is now first
    else:
        done = _apply(form, draft, event, around)
    return replace(done, notices=notices + done.notices, changed=done.changed or bool(notices))


def _apply(form: Form, draft: Draft, event: Event, around: Surroundings) -> Step:
    if isinstance(event, Picked | Finished | Skipped | Kept | WentBack) and draft.at != event.question:
        return _late(form, draft, event, around)
    match event:
        case Shown(old=old):
            return replace(_show(draft), notices=(OldButton(),) if old else (), changed=False)
        case Said(given=given):
            return _said(form, draft, given, around)
        case Confirmed():
            return _confirm(form, draft)
        case Reviewed():
            return _show(next_stand(form, draft))
        case Corrected(question=question):
            return _correct(form, draft, question)
        case Picked(code=code, ticked=wanted):
            if wanted is not None and (code in _ticked(draft)) == wanted:
                return replace(_show(draft), changed=False)
            return _given(form, draft, Tapped(code=code), around)
        case Finished():
            return _finish(form, draft, around)
        case Kept():
            return _show(next_stand(form, replace(draft, last=draft.at)))
        case Skipped():
            asked = _asked(form, draft)
            if asked.required:
                return replace(_show(draft), changed=False)
            return _answered(form, draft, asked.id, None, around)
        case WentBack():
            return _back(form, draft)


def _back(form: Form, draft: Draft) -> Step:
    """To the question before; from a correction with nothing else left to answer, to the review."""
    whole = next_stand(form, draft)
    earlier = previous(form, draft)
    if whole.at == REVIEW:
        return _show(replace(whole, last=draft.at))
    if earlier is None:
        return replace(_show(draft), changed=False)
    return _show(replace(draft, at=earlier.id, partial=None, candidates=(), last=draft.at))


def _said(form: Form, draft: Draft, given: Typed | SharedContact, around: Surroundings) -> Step:
    if draft.at == REVIEW:
        return replace(_show(draft), changed=False)
    if isinstance(given, SharedContact):
        asked = form.get(draft.at)
        if asked is not None and asked.kind != "phone":
            return replace(_show(draft), changed=False)
    return _given(form, draft, given, around)


def _given(form: Form, draft: Draft, given: Given, around: Surroundings) -> Step:
    question = _asked(form, draft)
    context = answer_context(form, draft, question, around)
    match KINDS[question.kind].parse(question, given, context):
        case Accepted(value=value):
            return _answered(form, draft, question.id, value, around)
        case Partial(value=value):
            changed = value != draft.partial
            return replace(_show(replace(draft, partial=value, candidates=())), changed=changed)
        case Candidates(options=options):
            offered = tuple((o.code, o.label) for o in options)
            return _show(replace(draft, candidates=offered))
        case Problem() as problem:
            return Step(draft=replace(draft, candidates=()), view=Ask(question=question.id, problem=problem))


def _finish(form: Form, draft: Draft, around: Surroundings) -> Step:
    question = _asked(form, draft)
    ticked = _ticked(draft)
    if not ticked:
        if question.required:
            return Step(
                draft=draft,
                view=Ask(question=question.id, problem=Problem(code="choices_none")),
                changed=False,
            )
        return _answered(form, draft, question.id, None, around)
    return _answered(form, draft, question.id, ticked, around)


def _ticked(draft: Draft) -> list[str]:
    """What is ticked of the several choices that stand."""
    ticked = draft.partial if draft.partial is not None else draft.answers.get(draft.at)
    return list(ticked) if isinstance(ticked, list) else []


def _answered(form: Form, draft: Draft, question_id: str, value: Any, around: Surroundings) -> Step:
    question = form.get(question_id)
    choice = question.choice(value) if question and isinstance(value, str) else None
    before = draft
    draft = draft.with_answer(question_id, value)
    if choice is not None and choice.stops is not None:
        return Step(draft=draft, view=Ask(question=question_id), outcome=Stopped(question_id, choice.id))
    notes = (ChoiceNote(question_id, choice.id),) if choice is not None and choice.note is not None else ()
    dependants = _outdated_by(form, question_id, before, draft)
    draft = draft.without(dependants)
    settled, cleared = settle(form, draft, around)
    done = _show(next_stand(form, settled))
    return replace(done, notices=notes + named(cleared, before))


def _outdated_by(form: Form, question_id: str, before: Draft, after: Draft) -> frozenset[str]:
    """Answers that hung on the old value of a question: a zone picked for another country."""
    if question_id not in before.answers or before.answers[question_id] == after.answers[question_id]:
        return frozenset()
    return frozenset(q.id for q in form if q.depends_on == question_id and q.kind == "time_zone")


def _show(draft: Draft) -> Step:
    view: View = Review() if draft.at == REVIEW else Ask(question=draft.at)
    return Step(draft=draft, view=view)


def _confirm(form: Form, draft: Draft) -> Step:
    if draft.at != REVIEW:
        return replace(_show(draft), notices=(OldButton(),), changed=False)
    done = _show(next_stand(form, draft))
    if isinstance(done.view, Ask):
        return done
    return replace(done, outcome=Completed())


def _correct(form: Form, draft: Draft, question_id: str) -> Step:
    question = form.get(question_id)
    if draft.at == question_id:
        return replace(_show(draft), changed=False)
    if draft.at != REVIEW or question is None or question.kind in FIXED or not applies(question, draft.answers):
        return replace(_show(draft), notices=(OldButton(),), changed=False)
    return _show(replace(draft, at=question_id, partial=None, candidates=()))


def _late(form: Form, draft: Draft, event: Picked | Finished | Skipped | Kept | WentBack, around: Surroundings) -> Step:
    """A button of another question than the one that stands.

    That of the question left last is the echo of a second press, and says nothing; older ones are explained, and
    so is another answer than the one given there.
    """
    echo = draft.last == event.question
    question = form.get(event.question)
    if echo and isinstance(event, Picked) and question is not None:
        context = answer_context(form, draft, question, around)
        said = KINDS[question.kind].parse(question, Tapped(code=event.code), context)
        echo = isinstance(said, Accepted) and draft.answers.get(question.id) == said.value
    return replace(_show(draft), notices=() if echo else (OldButton(),), changed=False)


def _asked(form: Form, draft: Draft) -> Question:
    question = form.get(draft.at)
    if question is None:
        raise ValueError(f"the draft stands at {draft.at!r}, which is no question of the form")
    return question
