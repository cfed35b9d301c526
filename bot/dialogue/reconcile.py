"""Keeping a draft true to the form: what is implied, what no longer applies, and what a changed form asks anew."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.dialogue.context import Surroundings, answer_context, applies, undecided
from bot.dialogue.definition import Form
from bot.dialogue.draft import REVIEW, Draft
from bot.dialogue.events import Cleared, FormChanged, Notice
from bot.dialogue.kinds import KINDS


def settle(form: Form, draft: Draft, around: Surroundings) -> tuple[Draft, tuple[str, ...]]:
    """Fill in what is implied and drop what no longer applies; also says what was dropped, in form order.

    An answer that hangs on a question still to be answered again waits for it.
    """
    cleared: list[str] = []
    for question in form:
        if not applies(question, draft.answers):
            if question.id in draft.answers and not undecided(form, question, draft.answers):
                cleared.append(question.id)
                draft = draft.without(frozenset({question.id}))
            continue
        if question.id in draft.answers and question.id not in draft.implied:
            continue
        depends = question.depends_on
        if depends is not None and depends not in draft.answers:
            continue
        value = KINDS[question.kind].implied(question, answer_context(form, draft, question, around))
        if value is not None:
            draft = replace(
                draft,
                answers={**draft.answers, question.id: value},
                implied=draft.implied | {question.id},
            )
        elif question.id in draft.implied:
            draft = draft.without(frozenset({question.id}))
    return draft, tuple(cleared)


def next_stand(form: Form, draft: Draft) -> Draft:
    """The draft moved to its first question without an answer, or to the review."""
    waits = next((q for q in form if applies(q, draft.answers) and q.id not in draft.answers), None)
    at = waits.id if waits else REVIEW
    return draft if at == draft.at else replace(draft, at=at, partial=None, candidates=())


def named(cleared: tuple[str, ...], before: Draft) -> tuple[Cleared, ...]:
    """What to say of cleared answers: those that the person had given."""
    gone = tuple(q for q in cleared if before.answers.get(q) is not None and q not in before.implied)
    return (Cleared(gone),) if gone else ()


def reconcile(form: Form, draft: Draft, around: Surroundings) -> tuple[Draft, tuple[Notice, ...]]:
    """A draft begun under another form, made legal under this one, and what to tell the person.

    Renamed questions keep their answers; answers that are no longer legal, and questions that are new, are asked.
    """
    if draft.form_version == form.version:
        return draft, ()
    answers = {form.renamed(k): v for k, v in draft.answers.items()}
    implied = frozenset(form.renamed(k) for k in draft.implied)
    known = {form.renamed(k) for k in draft.known}
    kept: dict[str, Any] = {}
    again: list[str] = []
    for question in form:
        if question.id not in answers:
            continue
        value = answers[question.id]
        legal = not question.required if value is None else KINDS[question.kind].still_valid(question, value)
        if legal:
            kept[question.id] = value
        else:
            again.append(question.id)
    moved = replace(
        draft,
        answers=kept,
        implied=implied & frozenset(kept),
        at=form.renamed(draft.at),
        partial=None,
        candidates=(),
        last=form.renamed(draft.last) if draft.last else None,
        form_version=form.version,
        known=tuple(q.id for q in form),
    )
    settled, cleared = settle(form, moved, around)
    unanswered = [q.id for q in form if applies(q, settled.answers) and q.id not in settled.answers]
    asked = tuple(q for q in unanswered if q not in known or q in again or settled.at == REVIEW)
    dropped = any(v is not None and form.get(k) is None and k not in implied for k, v in answers.items())
    stands = form.get(settled.at)
    if settled.at == REVIEW or stands is None or not applies(stands, settled.answers):
        settled = next_stand(form, settled)
    notices: tuple[Notice, ...] = named(cleared, moved)
    if asked or dropped:
        notices = (FormChanged(asked, dropped), *notices)
    return settled, notices
