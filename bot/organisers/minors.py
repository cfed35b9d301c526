"""Organisers and minors: a reduced row, a corrected band, an end of taking part, and questions without a name.

A band that is corrected begins the form again under the right one, and what was kept goes: answers given without a
guardian's consent, or under another notice, are not carried over.
"""

from __future__ import annotations

from datetime import datetime

from bot import buttons
from bot.dialogue.draft import REVIEW, Draft
from bot.dialogue.reconcile import next_stand
from bot.dialogue.step import begin
from bot.guardians.bands import AGE, CHILD, is_minor
from bot.guardians.sight import seen_answers
from bot.ports import Transaction
from bot.records import NewMessage, Person, Registration, StoredDraft, Timer
from bot.registration import consents, screens, young_waiting
from bot.registration.form_screens import answer_lines
from bot.registration.visit import DRAFT_KEPT, EXPIRY_TIMER, WARNED_BEFORE, Service, Visit, frame_of
from bot.screen import Button, Document, Screen

QUESTIONS = ("speaker_question", "young_question")


def seen_lines(visit: Visit, registration: Registration) -> list[str]:
    """The answers that organisers are shown, a line each."""
    return answer_lines(visit.frame, Draft(at=REVIEW, answers=seen_answers(registration)))


def change_band(service: Service, tx: Transaction, chat_id: int, band: str, now: datetime) -> list[NewMessage]:
    """The chat begins the form again in the corrected band; it and a guardian are told."""
    content, form = service.content, service.content.form
    person = tx.people.situation(chat_id, content.event.id).person
    if person is None:
        return []
    said = consents.leave(service, tx, chat_id, now)
    tx.erase_chat(chat_id, content.event.id, now)
    person = Person(chat_id=chat_id, language=person.language, created_at=now, updated_at=now)
    tx.people.save(person)
    draft = begin(form).with_answer(AGE, band)
    draft = draft if band == CHILD else next_stand(form, draft)
    data = draft.to_dict() | {"consent": None}
    row = StoredDraft(chat_id=chat_id, event_id=content.event.id, data=data, begun_at=now, updated_at=now)
    tx.drafts.save(row)
    if is_minor(draft.answers):
        young_waiting.arm_wait(tx, chat_id, now + young_waiting.BAND_KEPT)
    tx.timers.arm(
        Timer(id=0, kind=EXPIRY_TIMER, key=str(chat_id), chat_id=chat_id, due_at=now + DRAFT_KEPT - WARNED_BEFORE)
    )
    frame = frame_of(service, person)
    question = form.get(AGE)
    choice = question.choice(band) if question else None
    screen = screens.message(
        frame,
        "organisers.told_band",
        (screens.resume_button(frame),),
        band=choice.label[frame.texts.lang] if choice else band,
        **frame.facts,
    )
    return [*said, consents.show(chat_id, screen)]


def correct_band(visit: Visit, registration: Registration, band: str) -> None:
    """An organiser corrected the age band of a registration."""
    if registration.role != "child":
        visit.messages += change_band(visit.service, visit.tx, registration.chat_id, band, visit.now)
        return
    visit.tx.registrations.save(consents.emptied(registration, visit.now))
    visit.messages += consents.tell(
        visit.service, visit.tx, registration.chat_id, "organisers.told_child_band", number=registration.number
    )


def end(visit: Visit, registration: Registration) -> None:
    """An organiser ends a minor's taking part: the data goes, and who must know is told."""
    service, tx = visit.service, visit.tx
    if registration.role == "child":
        tx.registrations.save(consents.emptied(registration, visit.now))
        visit.messages += consents.tell(
            service, tx, registration.chat_id, "organisers.told_withdrawn", number=registration.number
        )
        return
    visit.messages += consents.end(
        service,
        tx,
        registration.chat_id,
        visit.now,
        to_young="consent.office_ended",
        to_guardian="consent.office_ended_guardian",
    )


def speaker_questions(visit: Visit) -> Screen:
    """All questions for the speakers in one file, in order of the alphabet: no name, no number, nobody's age."""
    t = visit.frame.texts
    standing = [
        r for r in visit.tx.registrations.all(visit.service.content.event.id) if r.status in ("confirmed", "late")
    ]
    asked = {r.answers.get(q) for r in standing for q in QUESTIONS}
    lines = sorted((" ".join(text.split()) for text in asked if isinstance(text, str)), key=str.casefold)
    if not lines:
        return screens.message(visit.frame, "organisers.questions_none")
    content = "".join(f"{line}\r\n" for line in lines).encode("utf-8-sig")
    document = Document(name="questions.txt", content=content, media_type="text/plain")
    return Screen(template="organisers.questions", text=t.t("organisers.questions"), document=document)


def band_buttons(visit: Visit, code: str, current: str) -> list[tuple[Button, ...]]:
    """The other bands, to correct the one of a young person who waits."""
    question = visit.frame.form.get(AGE)
    lang = visit.frame.texts.lang
    return [
        (
            Button(
                label=visit.frame.texts.plain("organisers.button_band", band=choice.label[lang]),
                data=buttons.data(buttons.ORG_BAND, code, choice.id),
            ),
        )
        for choice in (question.choices if question else ())
        if choice.id != current
    ]
