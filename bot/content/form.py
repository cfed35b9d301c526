"""The form, read from `content/registration.toml` into `bot.dialogue.definition`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.content.conditions import answers_that_go_on, condition_faults
from bot.content.faults import did_you_mean
from bot.content.requirements import requirement_faults
from bot.content.table import Table, ids_twice
from bot.content.wording import LABEL, MAX_QUESTION_TEXT, MESSAGE, Rule, filled_length
from bot.dialogue.definition import Choice, Condition, Form, Question
from bot.dialogue.kinds import Kind
from bot.screen import MAX_BUTTONS

READERS = ("organisers", "participants", "speakers")
OWN_BUTTONS = 10  # back, skip, why, language, cancel and their like beside the choices
_ID = re.compile(r"[a-z0-9_]{1,20}")
_ID_CURE = "use 1 to 20 of a-z, 0-9 and _: the name goes into buttons of at most 64 bytes"
_SHORT = Rule(limit=40, placeholders=frozenset())
_EXAMPLE = Rule(limit=200, placeholders=frozenset(), prose=False)
_NOTICE = Rule(limit=MAX_QUESTION_TEXT, html=True, needs=frozenset({"retention", "contact_email"}))


def read_form(root: Table, kinds: Mapping[str, Kind], retention: timedelta | None) -> tuple[Form, str]:
    """The form and the version of its notice. `retention` is the longest that any answer may be kept.

    Where there are faults (in `root.faults`) the form may be partial and must not be used.
    """
    version = _notice_version(root)
    tables = root.tables("question", "question")
    ids_twice(tables)
    questions = [_question(table, kinds, retention) for table in tables]
    by_id: dict[str, Table] = {}
    earlier: dict[str, Question] = {}
    for question, table in zip(questions, tables, strict=True):
        by_id.setdefault(question.id, table)
        earlier.setdefault(question.id, question)
    questions = [_with_conditions(question, table, earlier) for question, table in zip(questions, tables, strict=True)]
    for question, table in zip(questions, tables, strict=True):
        if question.kind in kinds and not table.faults.found_below(f"{table.words}, choice"):
            for sentence in kinds[question.kind].faults(question):
                message, _, cure = sentence.partition("; ")
                table.fault("", message, cure or f'see the kind "{question.kind}" in the docs')
        table.finish()
    for question_id, key, message, cure in condition_faults(questions):
        by_id[question_id].fault(key, message, cure)
    _renames(questions, by_id)
    for question_id, message, cure in requirement_faults(questions):
        if question_id in by_id:
            by_id[question_id].fault("", message, cure)
        else:
            root.fault("", message, cure)
    return Form(questions=tuple(questions)), version


def _notice_version(root: Table) -> str:
    notice = root.table("notice")
    if notice is None:
        return ""
    version = notice.string("version")
    notice.finish()
    return version


def _question(table: Table, kinds: Mapping[str, Kind], retention: timedelta | None) -> Question:
    """A question without its conditions, which need the other questions."""
    question_id = _named(table)
    kind = table.string("kind")
    if kind and kind not in kinds:
        table.fault("kind", f'unknown kind "{kind}"', did_you_mean(kind, kinds))
    text = table.text("text", _NOTICE if kind == "consent" else MESSAGE)
    why = table.text("why", MESSAGE, required=False)
    example = table.text("example", _EXAMPLE, required=False)
    if text and (why or example):
        for language in text:
            length = sum(filled_length(part[language]) for part in (text, why, example) if part)
            if length > MAX_QUESTION_TEXT and filled_length(text[language]) <= MAX_QUESTION_TEXT:
                message = f"with why and example it is {length} of {MAX_QUESTION_TEXT} characters"
                table.fault(f"text.{language}", message, f"shorten them by {length - MAX_QUESTION_TEXT}")
    readers = table.strings("visible_to", default=("organisers",))
    for reader in readers:
        if reader not in READERS:
            table.fault("visible_to", f'nobody is called "{reader}"', did_you_mean(reader, READERS))
    return Question(
        id=question_id,
        kind=kind,
        text=text or {},
        short=table.text("short", _SHORT) or {},
        why=why,
        example=example,
        required=table.boolean("required", default=True),
        choices=_choices(table),
        depends_on=table.string("depends_on", required=False) or None,
        retention_days=_retention_days(table, retention),
        visible_to=readers,
        was=table.strings("was"),
        options=_options(table),
    )


def _named(table: Table) -> str:
    value = table.string("id")
    if value and not _ID.fullmatch(value):
        table.fault("id", f'"{value}" can\'t be used as a name', _ID_CURE)
    return value


def _options(table: Table) -> Mapping[str, Any]:
    options = table.anything("options", {})
    if not isinstance(options, dict):
        table.fault("options", "is not a table", "write options = { name = value }")
        return {}
    return options


def _choices(question: Table) -> tuple[Choice, ...]:
    tables = question.tables("choice", "question.choice")
    ids_twice(tables)
    if len(tables) > MAX_BUTTONS - OWN_BUTTONS:
        message = f"{len(tables)} choices make more buttons than Telegram shows"
        question.fault("choice", message, f"keep {MAX_BUTTONS - OWN_BUTTONS} of them, or ask in two steps")
    out = []
    for table in tables:
        out.append(
            Choice(
                id=_named(table),
                label=table.own_text(LABEL) or {},
                stops=table.text("stops", Rule(limit=MAX_QUESTION_TEXT, html=True), required=False),
                note=table.text("note", MESSAGE, required=False),
            )
        )
        table.finish()
    for language in ("ar", "en"):
        labels = [choice.label.get(language) for choice in out]
        for table, label in zip(tables, labels, strict=True):
            if label and labels.count(label) > 1:
                table.fault(language, f'two choices say "{label}"', "word them apart")
    return tuple(out)


def _retention_days(table: Table, longest: timedelta | None) -> int:
    days = table.integer("retention_days", cure="add how many days after the event the answer is kept")
    if "retention_days" in table.data:
        if days < 0:
            table.fault("retention_days", f"is negative: {days}", "write 0 or more days after the event")
        elif longest is not None and longest and days > longest.days:
            message = f"is longer than the registration itself is kept ({longest.days} days, event.toml)"
            table.fault("retention_days", message, f"write at most {longest.days}")
    return days


def _with_conditions(question: Question, table: Table, known: Mapping[str, Question]) -> Question:
    conditions = tuple(
        condition for entry in _when(table) if (condition := _condition(table, entry, known)) is not None
    )
    return replace(question, when=conditions) if conditions else question


def _when(table: Table) -> list[dict[str, Any]]:
    value = table.anything("when", [])
    entries = [value] if isinstance(value, dict) else value
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        table.fault("when", "is not a condition", 'write when = [{ question = "kind", is = ["other"] }]')
        return []
    return entries


def _condition(table: Table, entry: Mapping[str, Any], known: Mapping[str, Question]) -> Condition | None:
    for key in entry:
        if key not in ("question", "is", "is_not"):
            table.fault("when", f'unknown key "{key}"', did_you_mean(key, ("question", "is", "is_not")))
            return None
    other = entry.get("question")
    if not isinstance(other, str):
        table.fault("when", "does not say which question", 'write question = "kind"')
        return None
    if ("is" in entry) == ("is_not" in entry):
        table.fault("when", "needs one of is and is_not", 'write is = ["yes"] or is_not = ["yes"]')
        return None
    values = entry.get("is", entry.get("is_not"))
    if not isinstance(values, list):
        values = [values]
    if not values:
        table.fault("when", "names no answer", 'write is = ["yes"]')
        return None
    asked = known.get(other)
    values = [_answer(asked, value) for value in values]
    if "is" in entry or asked is None:
        return Condition(question=other, values=tuple(values))
    possible = answers_that_go_on(asked)
    if possible is None:
        message = f'is_not needs a question with choices, and "{other}" has none'
        table.fault("when", message, "use is and name the answers")
        return None
    unknown = [value for value in values if value not in possible and asked.choice(str(value)) is None]
    for value in unknown:
        cure = did_you_mean(value, [choice.id for choice in asked.choices] or ["yes", "no"])
        table.fault("when", f'"{other}" has no choice "{value}"', cure)
    order: list[Any] = [choice.id for choice in asked.choices] or [True, False]
    return Condition(question=other, values=tuple(v for v in order if v in possible and v not in values))


def _answer(asked: Question | None, value: Any) -> Any:
    """What a yes/no question stores, for what an organiser writes."""
    if asked is not None and asked.kind == "yes_no" and value in ("yes", "no"):
        return value == "yes"
    return value


def _renames(questions: list[Question], by_id: Mapping[str, Table]) -> None:
    taken = {question.id: question.id for question in questions}
    for question in questions:
        for former in question.was:
            if former in taken:
                message = f'was "{former}", and so is or was "{taken[former]}"'
                by_id[question.id].fault("was", message, "an old answer can go to one question only")
            taken[former] = question.id
