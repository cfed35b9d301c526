"""Beginning the form, correcting a registration, and leaving either: cancel, its undo, and withdrawal."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.draft import Draft
from bot.dialogue.events import Corrected, Shown
from bot.dialogue.step import begin, reopen
from bot.records import Timer
from bot.registration import my_data_desk, screens, young_desk
from bot.registration.standing import advance, stand
from bot.registration.visit import UNDO_CANCEL, UNDO_TIMER, Visit
from bot.registration.window import Window


def ask_cancel(visit: Visit) -> None:
    """Cancelling is asked once."""
    if visit.draft is None:
        visit.say(screens.message(visit.frame, "cancel.nothing"))
        stand(visit)
        return
    if young_desk.leaves_by_cancel(visit):
        young_desk.ask_leave(visit)
        return
    visit.show(screens.ask_cancel(visit.frame, Draft.from_dict(visit.draft.data)))


def register(visit: Visit) -> None:
    """Begin the form, unless it is begun already, or there is a registration, or the event is over."""
    if visit.draft is not None or visit.registration is not None or visit.window() is Window.OVER:
        stand(visit)
        return
    visit.drop_draft()
    visit.keep_draft(begin(visit.frame.form), begun_at=visit.now)
    visit.tx.timers.arm(my_data_desk.expiry(visit))
    advance(visit, Shown())


def correct(visit: Visit, *, zone: bool) -> None:
    """Open the registration's answers again; `zone` goes straight to the time zone."""
    registration = visit.registration
    if registration is None or visit.draft is not None:
        being_corrected = visit.draft is not None and Draft.from_dict(visit.draft.data).number is not None
        stand(visit, old=not being_corrected)
        return
    if visit.window() is Window.OVER:
        visit.say(screens.message(visit.frame, "correct.over", **visit.frame.facts))
        return
    draft = reopen(visit.frame.form, registration.answers, registration.number)
    visit.keep_draft(replace(draft, form_version=registration.form_version), begun_at=visit.now)
    visit.tx.timers.arm(my_data_desk.expiry(visit))
    zone_question = next((q.id for q in visit.frame.form if q.kind == "time_zone"), None)
    advance(visit, Corrected(zone_question) if zone and zone_question else Shown())


def withdraw(visit: Visit, *, sure: bool) -> None:
    """Withdraw the registration, asked once; a "yes" on an earlier screen than the latest asks anew."""
    registration = visit.registration
    if registration is None:
        stand(visit, old=True)
        return
    if not sure or visit.tapped != visit.person.screen_message_id:
        if young_desk.leaves_by_withdrawing(visit):
            young_desk.ask_leave(visit)
        else:
            visit.show(screens.ask_withdraw(visit.frame, registration))
        return
    if young_desk.leaves_by_withdrawing(visit):
        young_desk.leave(visit)
        return
    gone = replace(registration, status="withdrawn", withdrawn_at=visit.now, updated_at=visit.now)
    visit.keep_registration(gone)
    visit.drop_draft()
    visit.show(screens.withdrawn(visit.frame, gone, visit.window()))


def cancel(visit: Visit) -> None:
    """Drop the form: a correction at once, a new form after an hour in which it can be taken back."""
    stored = visit.draft
    if stored is None:
        stand(visit, old=True)
        return
    if young_desk.leaves_by_cancel(visit):
        young_desk.leave(visit)
        return
    if Draft.from_dict(stored.data).number is not None:
        visit.drop_draft()
        if visit.registration is not None:
            visit.person = replace(visit.person, country=visit.registration.country, zone=visit.registration.zone)
        visit.say(screens.message(visit.frame, "cancel.correction_dropped"))
        stand(visit)
        return
    row = replace(stored, cancelled_at=visit.now, updated_at=visit.now)
    visit.tx.drafts.save(row)
    visit.situation = replace(visit.situation, draft=row)
    chat_id = visit.person.chat_id
    visit.tx.timers.arm(Timer(id=0, kind=UNDO_TIMER, key=str(chat_id), chat_id=chat_id, due_at=visit.now + UNDO_CANCEL))
    visit.show(screens.cancelled(visit.frame))


def undo_cancel(visit: Visit) -> None:
    """Take a cancel back, while the draft is still there."""
    stored = visit.situation.draft
    if stored is None or stored.cancelled_at is None:
        stand(visit, old=visit.draft is None)
        return
    row = replace(stored, cancelled_at=None, updated_at=visit.now)
    visit.tx.drafts.save(row)
    visit.tx.timers.disarm(UNDO_TIMER, str(visit.person.chat_id))
    visit.situation = replace(visit.situation, draft=row)
    stand(visit)
