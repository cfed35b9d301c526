"""A guardian at the desk: opens a young person's link, declares, reads, agrees by name or refuses; and withdraws.

How far a reader is stays in their own person row ({"room", "key", "stage"}), so that a restart loses nothing and
several can read one link. The key is there only because this chat opened the link itself: buttons carry no more
than its beginning, so that nobody agrees by a made-up press.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot import buttons
from bot.dialogue.context import applies
from bot.dialogue.definition import Question
from bot.dialogue.kinds import KINDS, Accepted, AnswerContext, Problem, Typed
from bot.guardians.bands import AGE, ASSENT, GUARDIAN, YOUNG
from bot.guardians.life import IN_CHAT, Refusal, agreed, reading
from bot.guardians.link import MARK, key_in
from bot.records import Guardianship
from bot.registration import consents, screens, young_waiting
from bot.registration.form_screens import Frame, language_button
from bot.registration.visit import After, Visit
from bot.registration.young_desk import is_minors
from bot.screen import Button, Screen

ROOM = "guardian"
DECLARE, TERMS, NAME = "declare", "terms", "name"  # stages
_REFUSALS = {Refusal.GONE: "guardian.gone", Refusal.OWN: "guardian.own", Refusal.MINOR: "guardian.minor"}
_NAME = Question(id="guardian_name", kind="person_name", text={}, short={})


def remember(visit: Visit, argument: str) -> None:
    """The link was opened; what is kept of it is the key, also of a link that is none."""
    expecting = {"room": ROOM, "key": key_in(argument) or "", "stage": DECLARE}
    visit.person = replace(visit.person, expecting=expecting)


def show(visit: Visit) -> bool:
    """Where the guardian stands, or why the link is not taken; False where they are to be shown something else."""
    expecting = _expecting(visit)
    row = _row(visit, expecting)
    if row is None:
        return False
    stage = expecting.get("stage", DECLARE)
    visit.show(_screen(visit, row, str(stage)))
    return True


def _expecting(visit: Visit) -> dict[str, Any]:
    expecting = visit.person.expecting or {}
    return expecting if expecting.get("room") == ROOM else {}


def _row(visit: Visit, expecting: dict[str, Any]) -> Guardianship | None:
    """What may be agreed to here. Where nothing may (any more), that is said and the room is left."""
    event = visit.service.content.event
    key = expecting.get("key", "")
    found = reading(
        visit.tx.guardianships.by_token(key) if key else None,
        event_id=event.id,
        starts_at=event.starts_at,
        chat_id=visit.person.chat_id,
        chat_is_a_minors=is_minors(visit.situation),
        now=visit.now,
    )
    if isinstance(found, Refusal):
        visit.person = replace(visit.person, expecting=None)
        visit.say(screens.message(visit.frame, _REFUSALS[found], **visit.frame.facts))
        return None
    return found


def _screen(visit: Visit, row: Guardianship, stage: str) -> Screen:
    frame, t = visit.frame, visit.frame.texts
    mark = (row.token_key or "")[:MARK]

    def button(label: str, action: str) -> tuple[Button, ...]:
        return (Button(label=t.plain(label), data=buttons.data(action, mark)),)

    leave: tuple[Button, ...] = button("button.guardian_leave", buttons.GUARDIAN_LEAVE)
    refuse = button("button.guardian_refuse", buttons.GUARDIAN_REFUSE)
    match stage:
        case "terms":
            text = t.t("guardian.terms", questions=t.list(asked_of_the_young(frame)), **frame.facts)
            rows = [button("button.guardian_agree", buttons.GUARDIAN_AGREE), refuse]
        case "name":
            text, rows = t.t("guardian.ask_name"), [refuse]
        case _:
            text = t.t("guardian.declare", **frame.facts)
            rows = [button("button.guardian_declare", buttons.GUARDIAN_DECLARE), leave]
    return Screen(template=f"guardian.{stage}", text=text, rows=(*rows, (language_button(frame),)), fold=True)


def asked_of_the_young(frame: Frame) -> list[str]:
    """The short names of what a young person is asked once a guardian agreed."""
    before = {AGE, ASSENT, GUARDIAN}
    return [q.short[frame.texts.lang] for q in frame.form if q.id not in before and applies(q, {AGE: YOUNG})]


# --- what a guardian does --------------------------------------------------


def tap(visit: Visit, action: str, mark: str) -> After:
    """A button under a link's screens, if it is one of the link that this chat has open."""
    expecting = _expecting(visit)
    key, stage = str(expecting.get("key", "")), expecting.get("stage")
    if not key or not mark or key[:MARK] != mark:
        visit.say(screens.message(visit.frame, "guardian.open_again"))
        return After.STAND
    if action == buttons.GUARDIAN_LEAVE:
        visit.person = replace(visit.person, expecting=None)
        visit.say(screens.message(visit.frame, "guardian.left"))
        return After.STAND
    row = _row(visit, expecting)
    if row is None:
        return After.STAND
    if action == buttons.GUARDIAN_REFUSE and stage != DECLARE:
        visit.person = replace(visit.person, expecting=None)
        visit.messages += consents.end(
            visit.service, visit.tx, row.young_chat_id, visit.now, to_young="consent.refused_young"
        )
        visit.show(screens.message(visit.frame, "guardian.refused"))
        return After.SHOWN
    if action == buttons.GUARDIAN_DECLARE and stage == DECLARE:
        stage = TERMS
    elif action == buttons.GUARDIAN_AGREE and stage != DECLARE:
        stage = NAME
    visit.person = replace(visit.person, expecting={**expecting, "stage": stage})
    visit.show(_screen(visit, row, str(stage)))
    return After.SHOWN


def typed(visit: Visit, text: str) -> bool:
    """A text at the counter: the name where it is asked for, and nothing else. False where the room is left."""
    expecting = _expecting(visit)
    row = _row(visit, expecting)
    if row is None:
        return False
    if expecting.get("stage") != NAME:
        visit.say(screens.message(visit.frame, "guardian.press"))
        return show(visit)
    t = visit.frame.texts
    parsed = KINDS["person_name"].parse(_NAME, Typed(text=text), AnswerContext(texts=t, answers={}))
    match parsed:
        case Accepted(value=str(name)):
            _agree(visit, row, name)
        case Problem(code=code, params=params):
            screen = _screen(visit, row, NAME)
            problem = t.t(f"problem.{code}", **dict(params))
            visit.show(replace(screen, text=f"{problem}\n\n{screen.text}"))
        case _:
            visit.show(_screen(visit, row, NAME))
    return True


def _agree(visit: Visit, row: Guardianship, name: str) -> None:
    """The first who agrees is the one: the link is used up. It counts once the young person says who it was."""
    row = agreed(row, name=name, how=IN_CHAT, at=visit.now, chat_id=visit.person.chat_id)
    visit.tx.guardianships.save(row)
    visit.person = replace(visit.person, expecting=None)
    visit.messages += young_waiting.show_who(visit.service, visit.tx, row)
    t = visit.frame.texts
    rows = (_withdraw_button(visit.frame, row), (language_button(visit.frame),))
    visit.show(Screen(template="guardian.agreed", text=t.t("guardian.agreed", code=row.code), rows=rows))


# --- afterwards ------------------------------------------------------------


def _withdraw_button(frame: Frame, row: Guardianship) -> tuple[Button, ...]:
    label = frame.texts.plain("button.guardian_withdraw", code=row.code)
    return (Button(label=label, data=buttons.data(buttons.GUARDIAN_WITHDRAW, row.code)),)


def given(visit: Visit) -> list[tuple[str, tuple[Button, ...]]]:
    """The consents given from this chat, a line and a button each: when, and how far; no answer, no name of a child."""
    t, event = visit.frame.texts, visit.service.content.event
    lines: list[tuple[str, tuple[Button, ...]]] = []
    for row in visit.tx.guardianships.of_guardian(event.id, visit.person.chat_id):
        key = "guardian.given" if row.status == "confirmed" else "guardian.given_unconfirmed"
        at = visit.frame.when(row.agreed_at or row.created_at)
        lines.append((t.t(key, code=row.code, at=at), _withdraw_button(visit.frame, row)))
    return lines


def withdraw(visit: Visit, code: str, *, sure: bool) -> After:
    """The guardian takes the consent back, asked once."""
    tx, chat_id = visit.tx, visit.person.chat_id
    row = tx.guardianships.by_code(visit.service.content.event.id, code)
    if row is None or row.guardian_chat_id != chat_id:
        visit.say(screens.message(visit.frame, "guardian.none"))
        return After.STAND
    t = visit.frame.texts
    if not sure:
        rows = (
            (
                Button(
                    label=t.plain("button.withdraw_consent_yes"), data=buttons.data(buttons.GUARDIAN_WITHDRAW_YES, code)
                ),
            ),
            (Button(label=t.plain("button.keep_consent"), data=buttons.data(buttons.MINE)),),
        )
        visit.show(Screen(template="guardian.ask_withdraw", text=t.t("guardian.ask_withdraw", code=code), rows=rows))
        return After.SHOWN
    visit.messages += consents.end(
        visit.service, tx, row.young_chat_id, visit.now, to_young="consent.guardian_withdrew"
    )
    visit.show(screens.message(visit.frame, "guardian.withdrew", code=code))
    return After.SHOWN
