"""Whether each question can ever be asked: unknown, later and impossible conditions, and loops."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.content.faults import did_you_mean
from bot.dialogue.definition import Question

Found = tuple[str, str, str, str]  # question id, key, message, cure

# Kinds whose answer can hold several of the values at once: two conditions on it need not share one.
SEVERAL = frozenset({"choices"})


def condition_faults(questions: Sequence[Question]) -> list[Found]:
    """Every fault of `when` and `depends_on`, over the whole form."""
    order: dict[str, int] = {}
    known: dict[str, Question] = {}
    for n, question in enumerate(questions):  # of two with one id (a fault elsewhere) the first counts
        order.setdefault(question.id, n)
        known.setdefault(question.id, question)
    found: list[Found] = list(_unknown(questions, known))
    loops = _loops(known)
    for loop in loops:
        path = " -> ".join([*loop, loop[0]])
        found.append((loop[0], "when", f"a loop: {path}", "take one of these conditions out"))
    in_loop = {(a, b) for loop in loops for a in loop for b in loop}
    for question in questions:
        for key, other in _edges(question):
            if other in known and order[other] >= order[question.id] and (question.id, other) not in in_loop:
                cure = f'move "{other}" before "{question.id}", or ask about an earlier question'
                found.append((question.id, key, f'asks about "{other}", which comes later', cure))
    found.extend(_unreachable(questions, known))
    return found


def answers_that_go_on(question: Question) -> frozenset[Any] | None:
    """The values after which the form goes on; None where they can't be counted."""
    if question.choices:
        return frozenset(choice.id for choice in question.choices if choice.stops is None)
    if question.kind == "yes_no":
        return frozenset({True, False})
    return None


def _edges(question: Question) -> Iterator[tuple[str, str]]:
    for condition in question.when:
        yield "when", condition.question
    if question.depends_on is not None:
        yield "depends_on", question.depends_on


def _unknown(questions: Sequence[Question], known: Mapping[str, Question]) -> Iterator[Found]:
    for question in questions:
        for key, other in _edges(question):
            if other not in known:
                yield question.id, key, f'unknown question "{other}"', did_you_mean(other, known)
        for condition in question.when:
            if (asked := known.get(condition.question)) is not None:
                for value in condition.values:
                    yield from _unknown_value(question, asked, value)


def _unknown_value(question: Question, asked: Question, value: Any) -> Iterator[Found]:
    if asked.choices and asked.choice(str(value)) is None:
        cure = did_you_mean(value, [choice.id for choice in asked.choices])
        yield question.id, "when", f'"{asked.id}" has no choice "{value}"', cure
    elif asked.kind == "yes_no" and not isinstance(value, bool):
        yield question.id, "when", f'"{asked.id}" is answered by yes or no, not "{value}"', 'write is = ["yes"]'


def _loops(known: Mapping[str, Question]) -> list[list[str]]:
    """Each loop once, from its first question on."""
    loops: list[list[str]] = []
    done: set[str] = set()

    def follow(question_id: str, path: list[str]) -> None:
        if question_id in path:
            loops.append(path[path.index(question_id) :])
            return
        if question_id in done or question_id not in known:
            return
        for _, other in _edges(known[question_id]):
            follow(other, [*path, question_id])
        done.add(question_id)

    for question_id in known:
        follow(question_id, [])
    return loops


def _unreachable(questions: Sequence[Question], known: Mapping[str, Question]) -> Iterator[Found]:
    wall: str | None = None  # a question that everybody gets and nobody passes
    for question in questions:
        if wall is not None:
            message = f'is never asked: every answer to "{wall}" ends the form'
            yield question.id, "id", message, f'let a choice of "{wall}" go on (take its stops out)'
            continue
        empty = _impossible(question, known)
        if empty is not None:
            message = f'is never asked: no answer to "{empty}" meets all its conditions'
            yield question.id, "when", message, f'see what "{question.id}" and the questions before it ask of "{empty}"'
        if question.required and not question.when and answers_that_go_on(question) == frozenset():
            wall = question.id


def _impossible(question: Question, known: Mapping[str, Question]) -> str | None:
    """The question whose answer would have to be two things at once for `question` to be asked, or None.

    All conditions of a question hold together, and a question has an answer only where its own conditions
    hold; so it is enough to gather them upwards and intersect.
    """
    allowed: dict[str, frozenset[Any]] = {}
    seen: set[str] = set()
    waiting = [question.id]
    while waiting:
        current = known[waiting.pop()]
        if current.id in seen:
            continue
        seen.add(current.id)
        for condition in current.when:
            asked = known.get(condition.question)
            if asked is None:
                continue
            ending = {choice.id for choice in asked.choices if choice.stops is not None}
            values = frozenset(condition.values) - ending
            if asked.kind not in SEVERAL:
                values &= allowed.get(condition.question, values)
            if not values:
                return condition.question
            allowed[condition.question] = values
            waiting.append(condition.question)
    return None
