"""A guardian registers children under 13 from their own chat: first name and band of each, several one by one.

A child's registration is a row of the guardian's chat with a number of its own. Ended, it keeps the number and
nothing about the child.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from bot import buttons
from bot.dialogue.definition import Question
from bot.dialogue.kinds import KINDS, Accepted, AnswerContext, Problem, Typed
from bot.guardians.bands import AGE, CHILD, NICKNAME, YOUNG
from bot.records import Registration
from bot.registration import consents, screens
from bot.registration.confirming import numbered
from bot.registration.form_screens import language_button
from bot.registration.visit import After, Visit
from bot.registration.window import Window
from bot.registration.young_desk import is_minors
from bot.screen import Button, Screen

ROOM = "child"
DECLARE, BAND, NAME, MORE = "declare", "band", "name", "more"  # stages
MOST = 10  # children of one guardian
_NAME = Question(id=NICKNAME, kind="nickname", text={}, short={})


def remember(visit: Visit) -> None:
    """A guardian comes to register a child."""
    visit.person = replace(visit.person, expecting={"room": ROOM, "stage": DECLARE})


def show(visit: Visit) -> bool:
    """Where the guardian stands; False where they can't register a child here and are shown something else."""
    refusal = _refusal(visit)
    if refusal is not None:
        visit.person = replace(visit.person, expecting=None)
        visit.say(screens.message(visit.frame, refusal, **visit.frame.facts))
        return False
    visit.show(_screen(visit, str(_expecting(visit).get("stage", DECLARE))))
    return True


def _expecting(visit: Visit) -> dict[str, Any]:
    expecting = visit.person.expecting or {}
    return expecting if expecting.get("room") == ROOM else {}


def _refusal(visit: Visit) -> str | None:
    """Why no child can be registered from this chat now: the text that says it."""
    if is_minors(visit.situation):
        return "child.minor"
    if visit.window() is Window.OVER:
        return "home.over"
    if len(_children(visit)) >= MOST and _expecting(visit).get("stage") != MORE:
        return "child.enough"
    return None


def _children(visit: Visit) -> list[Registration]:
    return visit.tx.registrations.children_of(visit.service.content.event.id, visit.person.chat_id)


def _screen(visit: Visit, stage: str, **params: str) -> Screen:
    frame, t = visit.frame, visit.frame.texts

    def button(label: str, action: str, *arguments: str) -> tuple[Button, ...]:
        return (Button(label=t.plain(label), data=buttons.data(action, *arguments)),)

    leave = button("button.guardian_leave", buttons.CHILD_LEAVE)
    match stage:
        case "band":
            text = t.t("child.ask_band")
            rows = [
                button("button.child_under", buttons.CHILD_BAND, CHILD),
                button("button.child_young", buttons.CHILD_BAND, YOUNG),
                leave,
            ]
        case "name":
            text, rows = t.t("child.ask_name"), [leave]
        case "more":
            text = t.t("child.more")
            rows = [button("button.child_another", buttons.CHILD_BEGIN), button("button.mine", buttons.MINE)]
            if visit.registration is None:
                rows.append(button("button.register_too", buttons.REGISTER))
        case _:
            text = t.t("child.declare", **frame.facts)
            rows = [button("button.child_declare", buttons.CHILD_DECLARE), leave]
    return Screen(template=f"child.{stage}", text=text, rows=(*rows, (language_button(frame),)), fold=True)


# --- what the guardian does ------------------------------------------------


def tap(visit: Visit, action: str, argument: str) -> After:
    """A button of this room."""
    expecting = _expecting(visit)
    if action == buttons.CHILD_BEGIN:
        # who declared a moment ago is asked for the next child at once
        first = BAND if expecting.get("stage") == MORE else DECLARE
        visit.person = replace(visit.person, expecting={**expecting, "room": ROOM, "stage": first})
        return After.SHOWN if show(visit) else After.STAND
    if action == buttons.CHILD_LEAVE:
        visit.person = replace(visit.person, expecting=None)
        return After.STAND
    if not expecting:
        return After.OLD
    stage = str(expecting.get("stage"))
    if action == buttons.CHILD_DECLARE and stage == DECLARE:
        visit.person = replace(visit.person, expecting={**expecting, "stage": BAND, "at": visit.now.isoformat()})
    elif action == buttons.CHILD_BAND and stage == BAND and argument == CHILD:
        visit.person = replace(visit.person, expecting={**expecting, "stage": NAME})
    elif action == buttons.CHILD_BAND and stage == BAND:
        visit.say(screens.message(visit.frame, "child.young", link=visit.frame.link))
    return After.SHOWN if show(visit) else After.STAND


def typed(visit: Visit, text: str) -> bool:
    """A text at the counter: the child's first name where it is asked for, and nothing else."""
    expecting = _expecting(visit)
    if expecting.get("stage") != NAME:
        visit.say(screens.message(visit.frame, "guardian.press"))
        return show(visit)
    if _refusal(visit) is not None:
        return show(visit)
    t = visit.frame.texts
    match KINDS["nickname"].parse(_NAME, Typed(text=text), AnswerContext(texts=t, answers={})):
        case Accepted(value=str(name)):
            _register(visit, name, str(expecting.get("at") or visit.now.isoformat()))
        case Problem(code=code, params=params):
            screen = _screen(visit, NAME)
            problem = t.t(f"problem.{code}", **dict(params))
            visit.show(replace(screen, text=f"{problem}\n\n{screen.text}"))
        case _:
            return show(visit)
    return True


def _register(visit: Visit, name: str, declared_at: str) -> None:
    content, chat_id = visit.service.content, visit.person.chat_id
    template = Registration(
        event_id=content.event.id,
        number="",
        chat_id=chat_id,
        status="late" if visit.window() is Window.LATE else "confirmed",
        language=visit.person.language or "en",
        kind=CHILD,
        answers={AGE: CHILD, NICKNAME: name},
        form_version=content.form.version,
        consent_version=content.notice_version,
        consented_at=datetime.fromisoformat(declared_at),
        role="child",
        guardian_chat_id=chat_id,
        created_at=visit.now,
        updated_at=visit.now,
    )
    child = numbered(visit, template)
    visit.person = replace(visit.person, expecting={"room": ROOM, "stage": MORE, "at": declared_at})
    key = "child.requested" if child.status == "late" else "child.registered"
    visit.say(screens.message(visit.frame, key, name=name, number=child.number))  # and stays, whatever is pressed next
    visit.show(_screen(visit, MORE), anew=True)


# --- afterwards ------------------------------------------------------------


def listed(visit: Visit) -> list[tuple[str, tuple[Button, ...]]]:
    """The children registered from this chat, a line and a button each."""
    t = visit.frame.texts
    return [
        (
            t.t("child.line", name=str(child.answers.get(NICKNAME, "")), number=child.number),
            (
                Button(
                    label=t.plain("button.child_withdraw", number=child.number),
                    data=buttons.data(buttons.CHILD_WITHDRAW, child.number),
                ),
            ),
        )
        for child in _children(visit)
    ]


def withdraw(visit: Visit, number: str, *, sure: bool) -> After:
    """The guardian ends a child's registration, asked once."""
    child = next((c for c in _children(visit) if c.number == number), None)
    if child is None:
        return After.OLD
    t = visit.frame.texts
    if not sure:
        rows = (
            (Button(label=t.plain("button.withdraw_yes"), data=buttons.data(buttons.CHILD_WITHDRAW_YES, number)),),
            (Button(label=t.plain("button.keep_registration"), data=buttons.data(buttons.MINE)),),
        )
        visit.show(Screen(template="child.ask_withdraw", text=t.t("child.ask_withdraw", number=number), rows=rows))
        return After.SHOWN
    visit.tx.registrations.save(consents.emptied(child, visit.now))
    visit.show(screens.message(visit.frame, "child.withdrawn", number=number))
    return After.SHOWN
