"""Which questions no form can do without, because the service itself stands on their answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.dialogue.definition import Question

# id: (kind, what the service does with it)
REQUIRED = {
    "age_band": ("age_band", "nothing personal may be asked before it"),
    "consent": ("consent", "it carries the notice"),
    "country": ("country", "counts, digits and the time zone follow it"),
    "zone": ("time_zone", "the event's hours are shown in it"),
    "given_name": ("person_name", "the list of participants needs a name"),
    "email": ("email", "the organisers reach people by it, and find double registrations"),
}
FIRST = ("age_band", "consent")


def requirement_faults(questions: Sequence[Question]) -> Iterator[tuple[str, str, str]]:
    """(question id, message, cure); the id of a missing question names nothing in the form."""
    known = {question.id: question for question in questions}
    for question_id, (kind, reason) in REQUIRED.items():
        question = known.get(question_id)
        if question is None:
            other = next((q.id for q in questions if q.kind == kind and q.id not in REQUIRED), None)
            cure = f'add it, of kind "{kind}"' if other is None else f'give "{other}" that id'
            yield question_id, f'there is no question "{question_id}": {reason}', cure
            continue
        if question.kind != kind:
            yield question_id, f'is of kind "{question.kind}": {reason}', f'make it kind = "{kind}"'
        if not question.required or question.when:
            message = f"must be asked of everybody: {reason}"
            yield question_id, message, "take out required = false and when"
    for position, question_id in enumerate(FIRST):
        if question_id in known and questions[position].id != question_id:
            cure = "begin the form with age_band, then consent"
            yield question_id, f"must be question number {position + 1}: {REQUIRED[question_id][1]}", cure
    for question in questions:
        if question.kind in known and question.kind in FIRST and question.id != question.kind:
            cure = f'keep one, with id = "{question.kind}"'
            yield question.id, f'a second question of kind "{question.kind}"', cure
