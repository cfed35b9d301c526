"""What one chat's doing leads to: the one place where the rules around the form are written.

`receive` reads top to bottom: first contact, then commands, then buttons, then words. It changes the store
through the transaction it is given and returns the screens; the caller puts both into one commit.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot import buttons
from bot.answers import desk as answers
from bot.dialogue.draft import Draft
from bot.dialogue.events import (
    Confirmed,
    Corrected,
    Event,
    Finished,
    Kept,
    Picked,
    Reviewed,
    Said,
    Shown,
    Skipped,
    WentBack,
)
from bot.dialogue.kinds import SharedContact, Typed
from bot.enquiries import desk as enquiries
from bot.incoming import Contact, Edited, Membership, Private, Tap, Text, Unreadable
from bot.ports import Transaction
from bot.records import NewMessage, Person
from bot.registration import confirming, my_data_desk, screens, youth
from bot.registration.comings import ask_cancel, cancel, correct, register, undo_cancel, withdraw
from bot.registration.form_screens import edit_list, stands_at_review, why
from bot.registration.standing import advance, stand
from bot.registration.visit import After, Service, Visit
from bot.safeguarding import desk as safeguarding
from bot.texts import clean, texts_for


def receive(service: Service, tx: Transaction, incoming: Private, now: datetime) -> list[NewMessage]:
    """Carry out what a private chat did. `now` is aware. Returns the screens to put in the outbox, in order."""
    sender = incoming.sender
    situation = tx.people.situation(sender.chat_id, service.content.event.id)
    person = situation.person or Person(
        chat_id=sender.chat_id, language_hint=sender.language_hint, created_at=now, updated_at=now
    )
    if isinstance(incoming, Membership):
        if situation.person is not None:
            tx.people.set_blocked(sender.chat_id, incoming.at if incoming.blocked else None)
        return []
    if "do" in (person.expecting or {}):  # an organiser turned to something else: the next words are not for a note
        person = replace(person, expecting=None)
    if situation.person is None and my_data_desk.is_echo(incoming):
        return []
    visit = Visit(service=service, tx=tx, situation=situation, person=replace(person, blocked_at=None), now=now)
    if isinstance(incoming, Tap):
        visit.tapped = incoming.message_id
    if person.language is None:
        first_contact(visit, incoming)
    else:
        carry_out(visit, incoming)
    if not visit.erased and visit.person != visit.situation.person:
        tx.people.save(replace(visit.person, updated_at=now))
    return visit.messages


def carry_out(visit: Visit, incoming: Private) -> None:
    """What somebody did whose language is known."""
    match incoming:
        case Tap():
            tap(visit, incoming)
        case Text(command=str(command)):
            run_command(visit, command, incoming)
        case Text():
            typed(visit, incoming)
        case Contact(phone=phone, own=own):
            words(visit, Said(SharedContact(phone=phone, own=own)))
        case Unreadable(what=what):
            if not safeguarding.meets(visit, incoming):
                unreadable(visit, what)
        case Edited():
            edited(visit)


# --- first contact ---------------------------------------------------------


def first_contact(visit: Visit, incoming: Private) -> None:
    """Nothing but the language is asked, and nothing else is understood yet."""
    chosen: str | None = None
    if isinstance(incoming, Tap):
        pressed = buttons.read(incoming.data)
        if pressed and pressed.action == buttons.LANGUAGE:
            chosen = pressed.arguments[0] if pressed.arguments else None
    elif isinstance(incoming, Text) and incoming.command is None:
        names = {texts_for(lang).plain("button.this_language"): lang for lang in ("ar", "en")}
        chosen = names.get(clean(incoming.text).strip())
    elif isinstance(incoming, Text) and incoming.command == "whoami":
        whoami(visit, incoming.sender.user_id)
    elif isinstance(incoming, Edited):
        return
    if chosen in ("ar", "en"):
        visit.person = replace(visit.person, language=chosen)
        stand(visit)
        return
    youth.remember(visit, incoming)
    first, second = screens.both_languages(visit.person.language_hint)
    visit.show(screens.greeting(visit.service.content, first, second, is_rehearsal=visit.service.is_rehearsal))


# --- commands --------------------------------------------------------------


def run_command(visit: Visit, command: str, incoming: Text) -> None:
    """A command; an unknown one is answered with those that exist, and the form stands as it was."""
    if command in ("my", "cancel"):
        youth.leave(visit)
    if command == "start" and youth.remember(visit, incoming):
        stand(visit)
    elif command == "start":
        if visit.draft is not None:
            visit.say(screens.message(visit.frame, "start.resumed"))
        stand(visit)
    elif command == "my":
        mine(visit)
    elif command == "mydata":
        my_data_desk.show(visit)
    elif command == "language":
        other = "en" if visit.person.language == "ar" else "ar"
        change_language(visit, other, in_place=True)
    elif command == "cancel":
        ask_cancel(visit)
    elif command == "help":
        is_organiser = incoming.sender.user_id in visit.service.organisers
        visit.show(screens.help_screen(visit.frame, is_organiser=is_organiser))
        _back_to_form(visit)
    elif command == "whoami":
        whoami(visit, incoming.sender.user_id)
        _back_to_form(visit)
    else:
        visit.say(screens.message(visit.frame, "command.unknown"))
        _back_to_form(visit)


def _back_to_form(visit: Visit) -> None:
    """After an aside, the question stands again."""
    if visit.draft is not None:
        stand(visit)


def whoami(visit: Visit, user_id: int) -> None:
    """Tells the Telegram id, for the ORGANISERS setting."""
    visit.say(screens.message(visit.frame, "whoami.text", id=str(user_id)))


def mine(visit: Visit) -> None:
    """The person's registration, or where they stand without one; beside it what they did as a guardian."""
    family = youth.family(visit)
    if family is not None:
        visit.say(family)
    if visit.registration is not None:
        visit.show(screens.registered(visit.frame, visit.registration))
        return
    if family is None:
        visit.say(screens.message(visit.frame, "mine.none"))
    stand(visit)


def change_language(visit: Visit, language: str, *, in_place: bool) -> None:
    """From now on in the other language; the current screen is redrawn where it is."""
    visit.person = replace(visit.person, language=language)
    registration = visit.registration
    if registration is not None and registration.language != language:
        visit.keep_registration(replace(registration, language=language, updated_at=visit.now))
    if in_place:
        visit.tapped = visit.person.screen_message_id
        if visit.tapped is not None:
            visit.say(screens.message(visit.frame, "language.changed"))
    stand(visit)


# --- words, files, edits ---------------------------------------------------


def typed(visit: Visit, incoming: Text) -> None:
    """Text without a command: somebody in need first, then a question, then an answer to the form's."""
    if safeguarding.meets(visit, incoming) or enquiries.typed(visit, incoming) or answers.asked(visit, incoming):
        return
    words(visit, Said(Typed(text=incoming.text)))


def words(visit: Visit, said: Said) -> None:
    """Text or a contact: the answer to the question that stands, or a small reply where none does."""
    if youth.said(visit, said):
        return
    if visit.draft is None:
        visit.say(screens.message(visit.frame, "words.no_question"))
        stand(visit)
        return
    pressed = _pressed_in_words(visit, said)
    if pressed is not None:
        tap_form(visit, pressed)
        return
    draft = Draft.from_dict(visit.draft.data)
    if isinstance(said.given, SharedContact) or stands_at_review(draft):
        question = visit.frame.form.get(draft.at)
        if question is None or question.kind != "phone":
            key = "words.at_review" if stands_at_review(draft) else "words.contact_not_asked"
            visit.say(screens.message(visit.frame, key))
    advance(visit, said)


def _pressed_in_words(visit: Visit, said: Said) -> buttons.Pressed | None:
    """Back, Skip, Keep and the other language, pressed on a reply keyboard, arrive as their labels."""
    if not isinstance(said.given, Typed) or visit.draft is None:
        return None
    text = clean(said.given.text).strip()
    at = Draft.from_dict(visit.draft.data).at
    question = visit.frame.form.get(at)
    for lang in ("ar", "en"):
        t = texts_for(lang)
        if text == t.plain("button.other_language") and visit.person.reply_keyboard:
            return buttons.Pressed(buttons.LANGUAGE, ("en" if lang == "ar" else "ar",))
        if question is None:
            continue
        if text == t.plain("button.back"):
            return buttons.Pressed(buttons.BACK, (at,))
        if text == t.plain("button.skip") and not question.required:
            return buttons.Pressed(buttons.SKIP, (at,))
        if text == t.plain("button.keep") and visit.person.reply_keyboard:
            return buttons.Pressed(buttons.KEEP, (at,))
    return None


def unreadable(visit: Visit, what: str) -> None:
    """A sticker, a photo, a voice note: said kindly, and the question stands again."""
    known = {"sticker", "photo", "voice", "video", "document", "location", "poll", "audio", "video_note"}
    kind = what if what in known else "other"
    visit.say(screens.message(visit.frame, "unreadable.text", what=visit.frame.texts.plain(f"unreadable.{kind}")))
    stand(visit)


def edited(visit: Visit) -> None:
    """Editing an earlier message changes no answer; that is said where it could be thought to."""
    if visit.draft is not None:
        visit.say(screens.message(visit.frame, "edited.text"))
        stand(visit)


# --- buttons ---------------------------------------------------------------


def tap(visit: Visit, incoming: Tap) -> None:
    """A button, of this screen or of an old one."""
    pressed = buttons.read(incoming.data)
    if pressed is None:
        stand(visit, old=True)
        return
    arguments = pressed.arguments
    stays = buttons.YOUTH_ACTIONS | buttons.DATA_ACTIONS | buttons.ROOM_ACTIONS | {buttons.LANGUAGE}
    if pressed.action not in stays:  # questions and asides leave the counter as it was
        youth.leave(visit)
    match pressed.action:
        case action if action in buttons.YOUTH_ACTIONS | buttons.DATA_ACTIONS | buttons.ROOM_ACTIONS:
            after = _tap_room(visit, incoming, pressed)
            if after is not After.SHOWN:
                stand(visit, old=after is After.OLD)
        case buttons.LANGUAGE if arguments and arguments[0] in ("ar", "en"):
            change_language(visit, arguments[0], in_place=False)
        case buttons.REGISTER:
            register(visit)
        case buttons.MINE:
            mine(visit)
        case buttons.CORRECT | buttons.ZONE:
            correct(visit, zone=pressed.action == buttons.ZONE)
        case buttons.WITHDRAW | buttons.WITHDRAW_YES:
            withdraw(visit, sure=pressed.action == buttons.WITHDRAW_YES)
        case buttons.SAME_PERSON | buttons.NOT_SAME_PERSON if arguments:
            confirming.answer_same_person(visit, arguments[0], same=pressed.action == buttons.SAME_PERSON)
        case _:
            tap_form(visit, pressed)


def _tap_room(visit: Visit, incoming: Tap, pressed: buttons.Pressed) -> After:
    match pressed.action:
        case action if action in buttons.ANSWER_ACTIONS:
            return answers.tap(visit, incoming, pressed)
        case action if action in buttons.SAFE_ACTIONS:
            return safeguarding.tap(visit, incoming, pressed)
        case action if action in buttons.ENQUIRY_ACTIONS:
            return enquiries.tap(visit, incoming, pressed)
        case action if action in buttons.YOUTH_ACTIONS:
            return youth.tap(visit, pressed)
        case _:
            return my_data_desk.tap(visit, pressed)


def tap_form(visit: Visit, pressed: buttons.Pressed) -> None:
    """A button of the form."""
    question = pressed.arguments[0] if pressed.arguments else ""
    code = pressed.arguments[1] if len(pressed.arguments) > 1 else ""
    simple: dict[str, Event] = {
        buttons.ANSWER: Picked(question, code, _wanted(pressed)),
        buttons.DONE: Finished(question),
        buttons.SKIP: Skipped(question),
        buttons.BACK: WentBack(question),
        buttons.KEEP: Kept(question),
        buttons.EDIT: Corrected(question),
        buttons.REVIEW: Reviewed(),
        buttons.CONFIRM: Confirmed(),
        buttons.RESUME: Shown(),
    }
    match pressed.action:
        case buttons.LANGUAGE if question in ("ar", "en"):
            change_language(visit, question, in_place=False)
        case buttons.CANCEL:
            ask_cancel(visit)
        case buttons.CANCEL_YES:
            cancel(visit)
        case buttons.CANCEL_UNDO:
            undo_cancel(visit)
        case buttons.CONFIRM if visit.draft is None and visit.registration is not None:
            return  # the echo of a press that already confirmed
        case buttons.EDIT_LIST if visit.draft is not None:
            draft = Draft.from_dict(visit.draft.data)
            if stands_at_review(draft):
                visit.show(edit_list(visit.frame, draft))
            else:
                advance(visit, Shown(old=True))
        case buttons.WHY if visit.draft is not None and (asked := visit.frame.form.get(question)) is not None:
            visit.say(why(visit.frame, asked))
        case action if action in simple:
            advance(visit, simple[action])
        case _:
            stand(visit, old=True)


def _wanted(pressed: buttons.Pressed) -> bool | None:
    """Whether a button of several choices said that it ticks; None for any other button."""
    said = pressed.arguments[2] if len(pressed.arguments) > 2 else ""
    return {buttons.TICK: True, buttons.UNTICK: False}.get(said)
