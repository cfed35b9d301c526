"""Where the desk turns for whatever concerns minors: which of the three rooms has it, young, guardian or child."""

from __future__ import annotations

from dataclasses import replace

from bot import buttons
from bot.dialogue.events import Said
from bot.dialogue.kinds import Typed
from bot.guardians.link import CHILD_PAYLOAD, is_payload
from bot.incoming import Private, Text
from bot.registration import child_desk, guardian_desk, young_desk
from bot.registration.visit import After, Visit
from bot.screen import Screen

_GUARDIAN = {
    buttons.GUARDIAN_DECLARE, buttons.GUARDIAN_LEAVE, buttons.GUARDIAN_AGREE, buttons.GUARDIAN_REFUSE,
}  # fmt: skip


def room_of(visit: Visit) -> str | None:
    """The counter that the person stands at, beside the form."""
    room = (visit.person.expecting or {}).get("room")
    return str(room) if room is not None else None


def remember(visit: Visit, incoming: Private) -> bool:
    """Whether a /start was for a guardian's counter: then that is kept until the language is known."""
    if not isinstance(incoming, Text) or incoming.command != "start":
        return False
    if is_payload(incoming.argument):
        guardian_desk.remember(visit, incoming.argument)
    elif incoming.argument == CHILD_PAYLOAD:
        child_desk.remember(visit)
    else:
        return False
    return True


def resume(visit: Visit) -> bool:
    """Show the counter that the person stands at; False where they stand at none (any more)."""
    match room_of(visit):
        case guardian_desk.ROOM:
            return guardian_desk.show(visit)
        case child_desk.ROOM:
            return child_desk.show(visit)
        case _:
            return False


def leave(visit: Visit) -> None:
    """The person turns to something else. What a counter asked is not asked any more."""
    if room_of(visit) is not None:
        visit.person = replace(visit.person, expecting=None)


def said(visit: Visit, what: Said) -> bool:
    """A text or a contact at a counter; False where the person stands at none."""
    if room_of(visit) is None:
        return False
    text = what.given.text if isinstance(what.given, Typed) else ""
    at_guardians = room_of(visit) == guardian_desk.ROOM
    return guardian_desk.typed(visit, text) if at_guardians else child_desk.typed(visit, text)


def tap(visit: Visit, pressed: buttons.Pressed) -> After:
    """A button of these rooms."""
    action = pressed.action
    argument = pressed.arguments[0] if pressed.arguments else ""
    if action in _GUARDIAN:
        return guardian_desk.tap(visit, action, argument)
    match action:
        case buttons.GUARDIAN_WITHDRAW | buttons.GUARDIAN_WITHDRAW_YES:
            return guardian_desk.withdraw(visit, argument, sure=action == buttons.GUARDIAN_WITHDRAW_YES)
        case buttons.CHILD_WITHDRAW | buttons.CHILD_WITHDRAW_YES:
            return child_desk.withdraw(visit, argument, sure=action == buttons.CHILD_WITHDRAW_YES)
        case buttons.YOUNG_LINK | buttons.YOUNG_KNOWS | buttons.YOUNG_KNOWS_NOT:
            return young_desk.tap(visit, pressed)
        case _:
            return child_desk.tap(visit, action, argument)


def family(visit: Visit) -> Screen | None:
    """The consents given and the children registered from this chat, each with the way to end it; None for none."""
    entries = [*guardian_desk.given(visit), *child_desk.listed(visit)]
    if not entries:
        return None
    text = "\n".join([visit.frame.texts.t("family.title"), *(line for line, _ in entries)])
    return Screen(template="family", text=text, rows=tuple(row for _, row in entries))
