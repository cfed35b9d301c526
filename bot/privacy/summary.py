"""All that is held about a person, told in their language: what, until when, and who sees it.

Made from what `Transaction.held` gives, so that the summary in the chat and both files say the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.dialogue.definition import Question
from bot.dialogue.draft import REVIEW, Draft
from bot.dialogue.kinds import KINDS
from bot.guardians.sight import SEEN
from bot.privacy.retention import SILENT_KEPT, answer_ends_at
from bot.records import Role
from bot.registration.form_screens import Frame, shown
from bot.registration.visit import DRAFT_KEPT

Rows = Mapping[str, Sequence[Mapping[str, Any]]]

_WHOLE = 1_000_000  # characters of an answer: all of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that is held, as plain text. `until` is a moment (UTC); `seen_by` names its readers."""

    name: str
    value: str
    until: datetime | None = None
    seen_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Things that belong together. `kept` says how long, where it is no single moment."""

    title: str
    entries: tuple[Entry, ...]
    kept: str = ""


def sections(frame: Frame, rows: Rows, *, most: int = _WHOLE) -> list[Section]:
    """Everything in `rows`; answers longer than `most` UTF-16 units are cut."""
    out = [_chat(frame, rows)]
    out += [_draft(frame, row, most) for row in rows.get("drafts", ())]
    out += [_registration(frame, row, most) for row in rows.get("registrations", ()) if "number" in row]
    out += [_guardianship(frame, row) for row in rows.get("guardianships", ())]
    acts = rows.get("audit", ())
    if acts:
        entry = Entry(name=frame.texts.plain("mydata.name_acts"), value=frame.texts.number(len(acts)))
        out.append(Section(title=frame.texts.plain("mydata.organiser"), entries=(entry,)))
    return out


def _chat(frame: Frame, rows: Rows) -> Section:
    t = frame.texts
    entries: list[Entry] = []

    def add(name: str, value: str | None) -> None:
        if value is not None:
            entries.append(Entry(name=t.plain(f"mydata.name_{name}"), value=value))

    for person in rows.get("people", ()):
        add("chat", str(person["chat_id"]))
        add("language", t.plain("button.this_language"))
        add("country", t.country(person["country"]) if person["country"] else None)
        add("zone", t.zone(person["zone"]) if person["zone"] else None)
        add("since", frame.when(datetime.fromisoformat(person["created_at"])))
        add("expecting", t.plain("kind.yes") if person["expecting"] else None)
    add("inbox", _waiting(frame, rows, "inbox"))
    add("outbox", _waiting(frame, rows, "outbox"))
    add("timers", t.number(len(rows["timers"])) if rows.get("timers") else None)
    return Section(
        title=t.plain("mydata.chat"),
        entries=tuple(entries),
        kept=t.plain("mydata.chat_kept", length=t.duration(SILENT_KEPT)),
    )


def _waiting(frame: Frame, rows: Rows, table: str) -> str:
    return frame.texts.number(sum(row["state"] == "waiting" for row in rows.get(table, ())))


def _draft(frame: Frame, row: Mapping[str, Any], most: int) -> Section:
    t, data = frame.texts, row["data"]
    entries = [Entry(name=name, value=value) for name, value, _ in _answers(frame, data["answers"], most)]
    if data.get("consent"):
        entries.insert(0, _consent(frame, *data["consent"]))
    until = frame.when(datetime.fromisoformat(row["updated_at"]) + DRAFT_KEPT)
    kept = t.plain("mydata.draft_kept", until=until)
    return Section(title=t.plain("mydata.draft"), entries=tuple(entries), kept=kept)


def _registration(frame: Frame, row: Mapping[str, Any], most: int) -> Section:
    t = frame.texts
    role: Role = row["role"]
    entries = [
        Entry(name=t.plain("mydata.name_status"), value=t.plain(f"organisers.status_{row['status']}")),
        Entry(name=t.plain("mydata.name_registered"), value=frame.when(datetime.fromisoformat(row["created_at"]))),
    ]
    if row["consented_at"]:
        entries.append(_consent(frame, row["consented_at"], row["consent_version"]))
    for name, value, question_id in _answers(frame, row["answers"], most):
        question = frame.form.get(frame.form.renamed(question_id))
        until = answer_ends_at(frame.content, question_id, role)
        entries.append(Entry(name=name, value=value, until=until, seen_by=_readers(frame, question, question_id, role)))
    if row["note"]:
        organisers = t.plain("mydata.reader_organisers")
        entries.append(Entry(name=t.plain("mydata.name_note"), value=row["note"], seen_by=organisers))
    title = "mydata.child" if role == "child" else "mydata.registration"
    ends = max((e.until for e in entries if e.until), default=frame.content.event.ends_at)
    kept = t.plain("mydata.registration_kept", at=frame.when(ends))
    return Section(title=t.plain(title, number=row["number"]), entries=tuple(entries), kept=kept)


def _consent(frame: Frame, at: str, version: str) -> Entry:
    t = frame.texts
    value = t.plain("mydata.consent", at=frame.when(datetime.fromisoformat(at)), version=t.digits(version))
    return Entry(name=t.plain("mydata.name_consent"), value=value)


def _guardianship(frame: Frame, row: Mapping[str, Any]) -> Section:
    """A young person's own, or what a guardian gave: the row holds only what is that side's."""
    t = frame.texts
    if "young_chat_id" in row:
        entries = (
            Entry(name=t.plain("mydata.name_code"), value=row["code"]),
            Entry(name=t.plain("mydata.name_link"), value=frame.when(datetime.fromisoformat(row["expires_at"]))),
        )
        return Section(title=t.plain("mydata.guardian"), entries=entries, kept=t.plain("mydata.guardian_kept"))
    entries = (
        Entry(name=t.plain("mydata.name_guardian"), value=row["guardian_name"] or ""),
        Entry(name=t.plain("mydata.name_agreed"), value=frame.when(datetime.fromisoformat(row["agreed_at"]))),
    )
    return Section(title=t.plain("mydata.given"), entries=entries, kept=t.plain("mydata.guardian_kept"))


def _answers(frame: Frame, answers: Mapping[str, Any], most: int) -> Iterator[tuple[str, str, str]]:
    """(short name, answer, question id), in form order; what the form has no more comes last, as it is stored."""
    draft = Draft(at=REVIEW, answers=answers)
    rest = dict(answers)
    for question in frame.form:
        if question.id not in rest:
            continue
        value = rest.pop(question.id)
        fits = value is None or KINDS[question.kind].still_valid(question, value)
        text = shown(frame, draft, question, most=most) if fits else str(value)
        yield question.short[frame.texts.lang], text, question.id
    for name, value in rest.items():
        yield name, frame.texts.plain("form.not_said") if value is None else str(value), name


def _readers(frame: Frame, question: Question | None, question_id: str, role: Role) -> str:
    t = frame.texts
    if role == "adult":
        readers: Sequence[str] = question.visible_to if question else ("organisers",)
    else:
        readers = ("organisers",) if question_id in SEEN else ()
    if not readers:
        return t.plain("mydata.reader_nobody")
    return t.list([t.plain(f"mydata.reader_{reader}") for reader in readers])
