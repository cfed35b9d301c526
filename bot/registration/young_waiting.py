"""A young person who waits for a guardian: the link, who answered, and what time does to it."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot import buttons
from bot.dialogue.draft import Draft
from bot.dialogue.kinds.guardian import CONFIRMED
from bot.dialogue.reconcile import next_stand, settle
from bot.guardians.bands import GUARDIAN, has_consent, is_minor
from bot.guardians.life import confirmed
from bot.guardians.link import key_of as key_of_token
from bot.guardians.link import link_ends_at, new_code, new_token, nudge_at, payload_of
from bot.ports import Transaction
from bot.records import Guardianship, NewMessage, Timer
from bot.registration import consents, screens
from bot.registration.form_screens import Frame, language_button
from bot.registration.visit import Service, Visit, frame_of
from bot.screen import Button, Screen

WAIT_TIMER, NUDGE_TIMER = "end_wait_for_guardian", "nudge_about_guardian"
TIMERS = frozenset({WAIT_TIMER, NUDGE_TIMER})
BAND_KEPT = timedelta(days=7)  # the band of a minor who asked for no link
TRIES = 50  # draws of a free code


def arm_wait(tx: Transaction, chat_id: int, due_at: datetime) -> None:
    """From then on a minor for whom no guardian agreed is a stranger again."""
    tx.timers.arm(Timer(id=0, kind=WAIT_TIMER, key=str(chat_id), chat_id=chat_id, due_at=due_at))


def row_of(visit: Visit) -> Guardianship | None:
    """The guardianship of this chat's young person."""
    return visit.tx.guardianships.of_young(visit.service.content.event.id, visit.person.chat_id)


def hold(visit: Visit) -> Guardianship | None:
    """Write the guardianship as it is: an act of the guardian's at the same instant comes before or after this one.

    Without that, on PostgreSQL, an answer could be stored just after a withdrawal had erased the form.
    """
    row = row_of(visit)
    if row is not None:
        visit.tx.guardianships.save(row)
    return row


# --- the link --------------------------------------------------------------


def hand_over(visit: Visit) -> None:
    """A link for the guardian; an earlier one stops at that moment. After the start of the event there is none."""
    event, tx = visit.service.content.event, visit.tx
    chat_id = visit.person.chat_id
    old = row_of(visit)
    if old is not None:
        if old.status == "agreed":
            visit.messages += consents.tell(
                visit.service, tx, old.guardian_chat_id, "consent.not_confirmed", code=old.code
            )
        tx.guardianships.delete(old.id)
    if visit.now >= event.starts_at:
        visit.forget()
        visit.show(screens.message(visit.frame, "young.too_late", **visit.frame.facts))
        return
    token = new_token(visit.service.randbelow)
    row = tx.guardianships.add(
        Guardianship(
            event_id=event.id,
            young_chat_id=chat_id,
            token_key=key_of_token(token),
            code=_free_code(visit),
            created_at=visit.now,
            expires_at=link_ends_at(visit.now, event.starts_at),
        )
    )
    arm_wait(tx, chat_id, row.expires_at)
    morning = nudge_at(visit.now, row.expires_at, event.zone)
    if old is None and morning is not None:  # one nudge, however many links are asked for
        tx.timers.arm(Timer(id=0, kind=NUDGE_TIMER, key=str(chat_id), chat_id=chat_id, due_at=morning))
    visit.say(_link_card(visit.frame, token, row))
    visit.show(waiting(visit.frame, row), anew=True)


def _free_code(visit: Visit) -> str:
    event_id = visit.service.content.event.id
    for _ in range(TRIES):
        code = new_code(visit.service.randbelow)
        if visit.tx.guardianships.by_code(event_id, code) is None:
            return code
    raise RuntimeError(f"no free code after {TRIES} draws")


def _link_card(frame: Frame, token: str, row: Guardianship) -> Screen:
    """A message of its own, which no later screen takes away: what it holds is kept nowhere else."""
    t = frame.texts
    link = f"https://t.me/{frame.bot_username}?start={payload_of(token)}"
    url = screens.share_link(frame, payload_of(token), "young.share")
    text = t.t("young.link", link=link, until=frame.when(row.expires_at))
    return Screen(template="young.link", text=text, rows=((Button(label=t.plain("button.young_share"), url=url),),))


# --- screens ---------------------------------------------------------------


def show(visit: Visit, *, old: bool = False) -> None:
    """Where a young person stands who has no consent yet."""
    visit.show(waiting(visit.frame, row_of(visit)), anew=old)


def waiting(frame: Frame, row: Guardianship | None) -> Screen:
    """The link is out; or somebody answered, and the young person says whether they know them; or there is no link."""
    if row is not None and row.status == "agreed":
        return who(frame, row)
    t = frame.texts
    if row is None:
        text = t.t("young.no_link")
    else:
        text = t.t("young.waiting", until=frame.when(row.expires_at), code=row.code, **frame.facts)
    rows = (
        (Button(label=t.plain("button.young_link"), data=buttons.data(buttons.YOUNG_LINK)),),
        (Button(label=t.plain("button.young_stop"), data=buttons.data(buttons.CANCEL)),),
        (language_button(frame),),
    )
    return Screen(template="young.waiting", text=text, rows=rows, fold=True)


def who(frame: Frame, row: Guardianship) -> Screen:
    """Who agreed, for the young person to say whether they know them."""
    t = frame.texts
    rows = (
        (Button(label=t.plain("button.young_knows"), data=buttons.data(buttons.YOUNG_KNOWS, row.code)),),
        (Button(label=t.plain("button.young_knows_not"), data=buttons.data(buttons.YOUNG_KNOWS_NOT, row.code)),),
        (language_button(frame),),
    )
    return Screen(template="young.who", text=t.t("young.who", name=row.guardian_name or ""), rows=rows)


def show_who(service: Service, tx: Transaction, row: Guardianship) -> list[NewMessage]:
    """Somebody agreed: the young person is asked in their own chat."""
    person = tx.people.situation(row.young_chat_id, row.event_id).person
    if person is None:
        return []
    return [consents.show(row.young_chat_id, who(frame_of(service, person), row))]


# --- who it was ------------------------------------------------------------


def answer_who(visit: Visit, code: str, *, knows: bool) -> bool:
    """The young person says whether they know who agreed; False where that is not what is asked."""
    row, stored = row_of(visit), visit.draft
    if row is None or stored is None or row.code != code or row.status != "agreed":
        return False
    service, tx = visit.service, visit.tx
    tx.timers.disarm(NUDGE_TIMER, str(visit.person.chat_id))
    if not knows:
        tx.guardianships.delete(row.id)
        visit.messages += consents.tell(service, tx, row.guardian_chat_id, "consent.not_confirmed", code=row.code)
        visit.say(screens.message(visit.frame, "young.knows_not"))
        return True
    tx.guardianships.save(confirmed(row))
    tx.timers.disarm(WAIT_TIMER, str(visit.person.chat_id))
    form, draft = visit.frame.form, Draft.from_dict(stored.data)
    settled, _ = settle(form, draft.with_answer(GUARDIAN, CONFIRMED), visit.frame.around)
    visit.keep_draft(next_stand(form, settled))
    visit.messages += consents.tell(service, tx, row.guardian_chat_id, "consent.confirmed", code=row.code)
    visit.say(screens.message(visit.frame, "young.knows"))
    return True


# --- time ------------------------------------------------------------------


def fire(service: Service, tx: Transaction, timer: Timer, now: datetime) -> list[NewMessage]:
    """The one nudge, or the end of the wait."""
    if timer.chat_id is None:
        raise ValueError(f"timer {timer.id}: a {timer.kind} of no chat")
    event_id, chat_id = service.content.event.id, timer.chat_id
    row = tx.guardianships.of_young(event_id, chat_id)
    if timer.kind == NUDGE_TIMER:
        return _nudge(service, tx, row)
    if row is not None and row.status == "confirmed":
        return []
    if row is not None and row.expires_at > now:
        arm_wait(tx, chat_id, row.expires_at)
        return []
    if row is not None:
        return consents.end(
            service, tx, chat_id, now, to_young="consent.expired_young", to_guardian="consent.expired_guardian"
        )
    draft = tx.people.situation(chat_id, event_id).draft
    if (
        draft is not None
        and is_minor(draft.data["answers"])
        and not has_consent(service.content.form, draft.data["answers"])
    ):
        tx.erase_chat(chat_id, event_id, now)
    return []


def _nudge(service: Service, tx: Transaction, row: Guardianship | None) -> list[NewMessage]:
    if row is None or row.status == "confirmed":
        return []
    if row.status == "agreed":
        return show_who(service, tx, row)
    return consents.tell(service, tx, row.young_chat_id, "young.nudge")
