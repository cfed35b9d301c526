"""The organisers' side of the chat: counts, finding, correcting and withdrawing with a note, and the files.

Only user ids of the ORGANISERS setting get here, and only in private. What an organiser is in the middle of
(a note being typed) is kept with their person row, so that a restart loses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot import buttons
from bot.dialogue.context import answer_context, applies
from bot.dialogue.definition import Question
from bot.dialogue.draft import Draft
from bot.dialogue.kinds import KINDS, Accepted, Candidates, Problem, Typed
from bot.dialogue.reconcile import settle
from bot.guardians.bands import AGE
from bot.guardians.sight import organisers_ask
from bot.incoming import Tap, Text
from bot.organisers import consent, minors
from bot.organisers.acts import wrote_down
from bot.organisers.export import export_rows, to_csv, to_xlsx
from bot.organisers.search import fold_query
from bot.ports import Transaction
from bot.records import NewMessage, Person, Registration
from bot.registration import screens
from bot.registration.confirming import with_answers
from bot.registration.form_screens import Frame
from bot.registration.visit import Service, Visit, frame_of
from bot.screen import Button, Document, Screen
from bot.texts import clean, escape, texts_for

FOUND_LIMIT = 10
SHOWN_NOTE = 300  # characters
ORG_ACTIONS = frozenset(a for a in buttons.ACTIONS if a.startswith("o") and a != buttons.CONFIRM)


def is_for(service: Service, tx: Transaction, incoming: Text | Tap) -> bool:
    """Whether this is an organiser's business."""
    if incoming.sender.user_id not in service.organisers or incoming.sender.chat_id < 0:
        return False
    if isinstance(incoming, Tap):
        pressed = buttons.read(incoming.data)
        return pressed is not None and pressed.action in ORG_ACTIONS
    if incoming.command is not None:
        return incoming.command == "registrations"
    person = tx.people.situation(incoming.sender.chat_id, service.content.event.id).person
    return person is not None and person.expecting is not None and "room" not in person.expecting


def receive(service: Service, tx: Transaction, incoming: Text | Tap, now: datetime) -> list[NewMessage]:
    """Carry out what an organiser did. `now` is aware."""
    chat_id = incoming.sender.chat_id
    situation = tx.people.situation(chat_id, service.content.event.id)
    known = situation.person or Person(
        chat_id=chat_id, language_hint=incoming.sender.language_hint, created_at=now, updated_at=now
    )
    expecting = known.expecting
    person = replace(known, expecting=None, blocked_at=None, language=known.language or _guessed(known))
    visit = Visit(service=service, tx=tx, situation=situation, person=person, now=now)
    if isinstance(incoming, Tap):
        visit.tapped = incoming.message_id
        _tap(visit, incoming)
    elif incoming.command is not None:
        visit.show(home(visit))
    else:
        _typed(visit, expecting or {}, incoming.text)
    if visit.person != situation.person:
        tx.people.save(replace(visit.person, updated_at=now))
    return visit.messages


def _guessed(person: Person) -> str:
    return "en" if (person.language_hint or "").lower().startswith("en") else "ar"


def _tap(visit: Visit, incoming: Tap) -> None:
    pressed = buttons.read(incoming.data)
    if pressed is None:
        return
    number = pressed.arguments[0] if pressed.arguments else ""
    match pressed.action:
        case buttons.ORG_HOME:
            visit.show(home(visit))
        case buttons.ORG_CSV | buttons.ORG_XLSX:
            as_csv = pressed.action == buttons.ORG_CSV
            wrote_down(visit, "exported csv" if as_csv else "exported xlsx")
            visit.say(file(visit, as_csv=as_csv))
        case buttons.ORG_QUESTIONS:
            wrote_down(visit, "exported questions")
            visit.say(minors.speaker_questions(visit))
        case action if action in consent.ACTIONS:
            consent.tap(visit, pressed)
        case buttons.ORG_FIND:
            _expect(visit, {"do": "find"}, "organisers.ask_find")
        case _:
            registration = visit.tx.registrations.by_number(visit.service.content.event.id, number)
            if registration is None:
                visit.show(home(visit))
            else:
                _on_one(visit, registration, pressed)


def _on_one(visit: Visit, registration: Registration, pressed: buttons.Pressed) -> None:
    number = registration.number
    match pressed.action:
        case buttons.ORG_WITHDRAW:
            _expect(visit, {"do": "withdraw", "number": number}, "organisers.ask_withdraw_note", number=number)
        case buttons.ORG_NOTE:
            _expect(visit, {"do": "note", "number": number}, "organisers.ask_note", number=number)
        case buttons.ORG_EDIT:
            visit.show(questions(visit, registration))
        case buttons.ORG_EDIT_QUESTION if len(pressed.arguments) > 1:
            question = visit.frame.form.get(pressed.arguments[1])
            if question is None:
                visit.show(one(visit, registration))
                return
            visit.person = replace(visit.person, expecting={"do": "answer", "number": number, "question": question.id})
            visit.show(_ask_value(visit, registration, question))
        case _:
            wrote_down(visit, "looked at", number)
            visit.show(one(visit, registration))


def _expect(visit: Visit, what: dict[str, Any], text: str, **params: str) -> None:
    visit.person = replace(visit.person, expecting=what)
    visit.show(screens.message(visit.frame, text, (_home_button(visit.frame),), **params))


def _typed(visit: Visit, expecting: dict[str, Any], text: str) -> None:
    cleaned = clean(text).strip()
    event_id = visit.service.content.event.id
    if consent.is_asked(expecting):
        consent.typed(visit, expecting, text)
        return
    if expecting.get("do") == "find":
        wrote_down(visit, "searched")
        visit.show(found(visit, cleaned))
        return
    registration = visit.tx.registrations.by_number(event_id, expecting.get("number", ""))
    if registration is None:
        visit.show(home(visit))
        return
    match expecting.get("do"):
        case "note":
            wrote_down(visit, "noted", registration.number)
            _save(visit, replace(registration, note=_with_note(registration, cleaned)))
        case "withdraw":
            _withdraw(visit, registration, cleaned)
        case "answer":
            _answer(visit, registration, expecting.get("question", ""), text)
        case _:
            visit.show(home(visit))


def _with_note(registration: Registration, text: str) -> str:
    return f"{registration.note}\n{text}".strip()


def _save(visit: Visit, registration: Registration) -> None:
    changed = replace(registration, updated_at=visit.now)
    visit.tx.registrations.save(changed)
    visit.show(one(visit, changed, saved=True))


def _newest(note: str) -> str:
    """The end of a long note; all of it is in the files."""
    return note if len(note) <= SHOWN_NOTE else "…" + note[-SHOWN_NOTE:]


def _withdraw(visit: Visit, registration: Registration, note: str) -> None:
    if registration.status not in ("confirmed", "late"):
        visit.show(one(visit, registration))
        return
    wrote_down(visit, "withdrew", registration.number)
    if registration.role != "adult":  # nothing of a minor's stays, a note about them neither
        minors.end(visit, registration)
        visit.show(home(visit))
        return
    gone = replace(registration, status="withdrawn", withdrawn_at=visit.now, note=_with_note(registration, note))
    _save(visit, gone)
    _tell(visit, gone, "organisers.told_withdrawn")


def _answer(visit: Visit, registration: Registration, question_id: str, text: str) -> None:
    frame = visit.frame
    question = frame.form.get(question_id)
    if question is None or not organisers_ask(question, registration):
        visit.show(one(visit, registration))
        return
    draft = Draft(at=question.id, answers=registration.answers)
    parsed = KINDS[question.kind].parse(
        question, Typed(text=text), answer_context(frame.form, draft, question, frame.around)
    )
    match parsed:
        case Accepted(value=value) if question.id == AGE and value != registration.answers.get(AGE):
            wrote_down(visit, f"corrected {question.id}", registration.number)
            minors.correct_band(visit, registration, value)
            visit.show(home(visit))
        case Accepted(value=value):
            settled, _ = settle(frame.form, draft.with_answer(question.id, value), frame.around)
            changed = with_answers(visit.service.content, registration, settled)
            wrote_down(visit, f"corrected {question.id}", registration.number)
            _save(visit, changed)
            _tell(visit, changed, "organisers.told_corrected", question=question)
        case _:
            visit.person = replace(
                visit.person,
                expecting={"do": "answer", "number": registration.number, "question": question.id},
            )
            visit.show(_ask_value(visit, registration, question, parsed))


def _tell(visit: Visit, registration: Registration, text: str, question: Question | None = None) -> None:
    """The participant is told in their own language what was changed for them."""
    person = visit.tx.people.situation(registration.chat_id, registration.event_id).person
    if person is None or registration.chat_id == visit.person.chat_id:
        return
    frame = frame_of(visit.service, person)
    short = question.short[frame.texts.lang] if question else ""
    params = {**frame.facts, "number": registration.number, "question": short}
    mine = Button(label=frame.texts.plain("button.mine"), data=buttons.data(buttons.MINE))
    visit.say(screens.message(frame, text, (mine,), **params), to=registration.chat_id)


# --- screens ---------------------------------------------------------------


def _home_button(frame: Frame) -> Button:
    return Button(label=frame.texts.plain("organisers.button_home"), data=buttons.data(buttons.ORG_HOME))


def home(visit: Visit) -> Screen:
    """How many, of which kind, from where, in which language."""
    frame, t = visit.frame, visit.frame.texts
    counts = visit.tx.registrations.counts(visit.service.content.event.id)
    status = counts.get("status", {})
    parts: list[str] = [
        t.t(
            "organisers.home",
            confirmed=status.get("confirmed", 0),
            late=status.get("late", 0),
            withdrawn=status.get("withdrawn", 0),
            merged=status.get("merged", 0),
        )
    ]
    kind = frame.form.get("kind")
    for name in ("kind", "country", "language"):
        ordered = sorted(counts.get(name, {}).items(), key=lambda kv: (-kv[1], kv[0]))
        if ordered:
            lines = [
                t.t("organisers.count", what=_counted(frame, kind, name, value), count=count)
                for value, count in ordered[:25]
            ]
            parts.append(t.t(f"organisers.by_{name}") + "\n" + "\n".join(lines))
    rows = (
        (Button(label=t.plain("organisers.button_find"), data=buttons.data(buttons.ORG_FIND)),),
        (
            Button(label=t.plain("organisers.button_csv"), data=buttons.data(buttons.ORG_CSV)),
            Button(label=t.plain("organisers.button_xlsx"), data=buttons.data(buttons.ORG_XLSX)),
        ),
        (Button(label=t.plain("organisers.button_consent"), data=buttons.data(buttons.ORG_CONSENT)),),
        (Button(label=t.plain("organisers.button_questions"), data=buttons.data(buttons.ORG_QUESTIONS)),),
    )
    return Screen(template="organisers.home", text="\n\n".join(parts), rows=rows, fold=True)


def _counted(frame: Frame, kind: Question | None, name: str, value: str) -> str:
    if name == "country" and value:
        return frame.texts.country(value)
    if name == "language":
        return texts_for("ar" if value == "ar" else "en").plain("button.this_language")
    band = frame.form.get(AGE)
    choice = (kind.choice(value) if kind else None) or (band.choice(value) if band else None)
    if not value:
        return frame.texts.plain("form.not_said")
    return choice.label[frame.texts.lang] if choice else value


def found(visit: Visit, text: str) -> Screen:
    """Registrations that match a number, a name or an e-mail."""
    t, event = visit.frame.texts, visit.service.content.event
    matches = visit.tx.registrations.find(event.id, fold_query(text, event.number_prefix), FOUND_LIMIT)
    visit.person = replace(visit.person, expecting={"do": "find"})
    rows = tuple((Button(label=_labelled(r), data=buttons.data(buttons.ORG_OPEN, r.number)),) for r in matches)
    key = "organisers.found" if matches else "organisers.found_none"
    return Screen(template=key, text=t.t(key, count=len(matches)), rows=(*rows, (_home_button(visit.frame),)))


def _labelled(registration: Registration) -> str:
    """On a button: the number, and the name of who gave one."""
    return " · ".join(part for part in (registration.number, _name(registration)) if part)[:64]


def _name(registration: Registration) -> str:
    names = (registration.answers.get("given_name"), registration.answers.get("family_name"))
    return " ".join(n for n in names if isinstance(n, str))


def one(visit: Visit, registration: Registration, *, saved: bool = False) -> Screen:
    """One registration, whole."""
    frame, t = visit.frame, visit.frame.texts
    parts = [
        t.t("organisers.saved") if saved else "",
        t.t(
            "organisers.one",
            number=registration.number,
            status=t.plain(f"organisers.status_{registration.status}"),
            at=t.moment(registration.created_at, frame.content.event.zone),
        ),
        "\n".join(minors.seen_lines(visit, registration)),
        t.t("organisers.note", note=_newest(registration.note)) if registration.note else "",
    ]
    number = registration.number
    rows = [
        (Button(label=t.plain("organisers.button_edit"), data=buttons.data(buttons.ORG_EDIT, number)),),
        (Button(label=t.plain("organisers.button_note"), data=buttons.data(buttons.ORG_NOTE, number)),),
    ]
    if registration.status in ("confirmed", "late"):
        rows.append((Button(label=t.plain("button.withdraw"), data=buttons.data(buttons.ORG_WITHDRAW, number)),))
    rows.append((_home_button(frame),))
    return Screen(template="organisers.one", text="\n\n".join(p for p in parts if p), rows=tuple(rows))


def questions(visit: Visit, registration: Registration) -> Screen:
    """Which answer of the registration is to be corrected."""
    t = visit.frame.texts
    options = [
        Button(label=q.short[t.lang], data=buttons.data(buttons.ORG_EDIT_QUESTION, registration.number, q.id))
        for q in visit.frame.form
        if applies(q, registration.answers) and organisers_ask(q, registration)
    ]
    rows = [tuple(options[i : i + 2]) for i in range(0, len(options), 2)]
    back = Button(label=registration.number, data=buttons.data(buttons.ORG_OPEN, registration.number))
    return Screen(template="organisers.which", text=t.t("review.which"), rows=(*rows, (back,)))


def _ask_value(visit: Visit, registration: Registration, question: Question, parsed: object = None) -> Screen:
    t = visit.frame.texts
    parts: list[str] = []
    if isinstance(parsed, Problem):
        parts.append(t.t(f"problem.{parsed.code}", **dict(parsed.params)))
    elif isinstance(parsed, Candidates):
        parts.append(t.t("organisers.candidates", options=t.list_or([o.label for o in parsed.options])))
    parts.append(t.t("organisers.ask_value", question=question.short[t.lang], number=registration.number))
    if question.choices:
        parts.append("\n".join(f"• {escape(c.label[t.lang])}" for c in question.choices))
    back = Button(label=registration.number, data=buttons.data(buttons.ORG_OPEN, registration.number))
    return Screen(template="organisers.ask_value", text="\n\n".join(parts), rows=((back,),))


@dataclass(frozen=True, slots=True)
class _File:
    name: str
    media_type: str


_CSV = _File("registrations.csv", "text/csv")
_XLSX = _File("registrations.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")


def file(visit: Visit, *, as_csv: bool) -> Screen:
    """All registrations as a file, headers in both languages."""
    t = visit.frame.texts
    registrations = list(visit.tx.registrations.all(visit.service.content.event.id))
    table = export_rows(visit.service.content, registrations, texts_for("ar"), texts_for("en"))
    kind = _CSV if as_csv else _XLSX
    content = to_csv(table) if as_csv else to_xlsx(table, t.lang)
    document = Document(name=kind.name, content=content, media_type=kind.media_type)
    text = t.n("organisers.file", len(registrations))
    return Screen(template="organisers.file", text=text, document=document)
