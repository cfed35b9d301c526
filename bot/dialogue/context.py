"""What a question looks at: whether it applies, what its kind may see, where Back leads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.dialogue.definition import Form, Question
from bot.dialogue.draft import Draft
from bot.dialogue.kinds import AnswerContext, Option
from bot.texts import Texts

FIXED = frozenset({"age_band", "guardian"})  # the kinds that the person never corrects


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a step may look at beside the form: the person's language, and the instants of the event (UTC)."""

    texts: Texts
    moments: tuple[datetime, ...] = ()


def applies(question: Question, answers: Mapping[str, Any]) -> bool:
    """Whether all conditions of the question hold. A skipped answer meets no condition."""
    return all(_holds(c.values, answers.get(c.question)) for c in question.when)


def undecided(form: Form, question: Question, answers: Mapping[str, Any]) -> bool:
    """Whether the question hangs on one that is still to be answered, and nothing speaks against it yet."""
    if any(c.question in answers and not _holds(c.values, answers[c.question]) for c in question.when):
        return False
    waited_for = (form.get(c.question) for c in question.when if c.question not in answers)
    return any(q is not None and (applies(q, answers) or undecided(form, q, answers)) for q in waited_for)


def _holds(values: tuple[Any, ...], answer: Any) -> bool:
    if isinstance(answer, list | tuple):
        return any(a in values for a in answer)
    return answer is not None and answer in values


def previous(form: Form, draft: Draft) -> Question | None:
    """Where Back leads: the nearest earlier question that was asked and may be corrected, or None."""
    found: Question | None = None
    for question in form:
        if question.id == draft.at:
            return found
        asked = question.id in draft.answers and question.id not in draft.implied
        if asked and question.kind not in FIXED and applies(question, draft.answers):
            found = question
    return found


def answer_context(form: Form, draft: Draft, question: Question, around: Surroundings) -> AnswerContext:
    """What the question's kind may look at."""
    hint = draft.answers.get(question.depends_on) if question.depends_on else None
    if hint is None:
        places = (q for q in form if q.kind == "country" and draft.answers.get(q.id))
        hint = next((draft.answers[q.id] for q in places), None)
    here = question.id == draft.at
    partial = draft.partial if here and draft.partial is not None else draft.answers.get(question.id)
    return AnswerContext(
        texts=around.texts,
        answers=draft.answers,
        country=hint if isinstance(hint, str) else None,
        partial=partial if question.kind == "choices" else None,
        moments=around.moments,
        candidates=offered(draft) if here else (),
    )


def offered(draft: Draft) -> tuple[Option, ...]:
    """The "did you mean" options that stand under the current question."""
    return tuple(Option(code=code, label=label) for code, label in draft.candidates)
