"""Which questions no form can do without, because the service itself stands on their answers; and what it may not
ask of young people.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bot.dialogue.definition import Condition, Question

AGE, ADULT, YOUNG = "age_band", "adult", "young"

# id: (kind, whom it is asked of: a band, or None for everybody; what the service does with it)
REQUIRED: Mapping[str, tuple[str, str | None, str]] = {
    AGE: (AGE, None, "nothing personal may be asked before it"),
    "consent": ("consent", ADULT, "it carries the notice"),
    "assent": ("consent", YOUNG, "it carries the notice for young people"),
    "guardian": ("guardian", YOUNG, "nothing may be asked of a young person before a guardian agreed"),
    "first_name": ("nickname", YOUNG, "young people give no other name"),
    "country": ("country", None, "counts, digits and the time zone follow it"),
    "zone": ("time_zone", None, "the event's hours are shown in it"),
    "given_name": ("person_name", ADULT, "the list of participants needs a name"),
    "email": ("email", ADULT, "the organisers reach people by it, and find double registrations"),
}
FIRST = (AGE, "consent", "assent", "guardian")
SINGLE = frozenset({AGE, "guardian"})  # kinds that a form has one question of
WHOSE = {ADULT: "every adult", YOUNG: "every young person", None: "everybody"}
# What a young person may be asked: nothing by which a stranger finds them.
FOR_THE_YOUNG = frozenset(
    {AGE, "consent", "guardian", "nickname", "country", "time_zone", "choice", "choices", "yes_no"}
)


def requirement_faults(questions: Sequence[Question]) -> Iterator[tuple[str, str, str]]:
    """(question id, message, cure); the id of a missing question names nothing in the form."""
    known = {question.id: question for question in questions}
    for question_id, (kind, band, reason) in REQUIRED.items():
        question = known.get(question_id)
        if question is None:
            other = next((q.id for q in questions if q.kind == kind and q.id not in REQUIRED), None)
            cure = f'add it, of kind "{kind}"' if other is None else f'give "{other}" that id'
            yield question_id, f'there is no question "{question_id}": {reason}', cure
            continue
        if question.kind != kind:
            yield question_id, f'is of kind "{question.kind}": {reason}', f'make it kind = "{kind}"'
        wanted = () if band is None else (Condition(question=AGE, values=(band,)),)
        if not question.required or question.when != wanted:
            cure = "take out required = false and when"
            if band is not None:
                cure = f'take out required = false; write when = [{{ question = "{AGE}", is = ["{band}"] }}]'
            yield question_id, f"must be asked of {WHOSE[band]}: {reason}", cure
    yield from _order(questions, known)
    yield from _young(questions, known)


def _order(questions: Sequence[Question], known: Mapping[str, Question]) -> Iterator[tuple[str, str, str]]:
    for position, question_id in enumerate(FIRST):
        if question_id in known and (position >= len(questions) or questions[position].id != question_id):
            cure = f"begin the form with {', '.join(FIRST[:-1])} and {FIRST[-1]}"
            yield question_id, f"must be question number {position + 1}: {REQUIRED[question_id][2]}", cure
    for question in questions:
        if question.kind in SINGLE and question.kind in known and question.id != question.kind:
            yield question.id, f'a second question of kind "{question.kind}"', f'keep one, with id = "{question.kind}"'
        elif question.kind == "consent" and question.id not in FIRST:
            yield question.id, 'a third question of kind "consent"', 'keep "consent" and "assent"'


def _young(questions: Sequence[Question], known: Mapping[str, Question]) -> Iterator[tuple[str, str, str]]:
    """Questions that would be asked of a young person and may not be."""
    for question in questions:
        private = question.kind == "long_text" and question.options.get("private")
        if question.kind in FOR_THE_YOUNG or private or not _reaches(question, known, YOUNG, frozenset()):
            continue
        cure = f'write when = [{{ question = "{AGE}", is = ["{ADULT}"] }}]'
        if question.kind == "long_text":
            cure += ", or options = { private = true }"
        yield question.id, f'of kind "{question.kind}" would be asked of young people', cure


def _reaches(question: Question, known: Mapping[str, Question], band: str, seen: frozenset[str]) -> bool:
    """Whether somebody of that band may be asked it."""
    for condition in question.when:
        if condition.question == AGE and band not in condition.values:
            return False
        asked = known.get(condition.question)
        if asked is not None and asked.id not in seen and not _reaches(asked, known, band, seen | {question.id}):
            return False
    return True
