"""Plays a scene of `scenes` at the desk, over a real store."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.draft import REVIEW, Draft
from bot.dialogue.events import Ask
from bot.records import Person
from bot.registration.form_screens import ask
from bot.registration.visit import frame_of
from bot.screen import Screen
from handlers.notices import notice, outage_screen
from handlers.router import greet_group
from tests.dialogue.forms import question, with_after, without
from tests.registration.office import CLOSED, OVER, Room


async def see(room: Room, language: str, script: tuple[str, ...]) -> list[Screen]:
    """What the last thing done brought. Raises AssertionError for a line that is not known."""
    given: dict[str, str] = {}
    seen: list[Screen] = []
    for line in script:
        does, _, what = line.partition(" ")
        if does == "with":
            given.update([what.split("=", 1)])
        elif does == "form":
            await room.begins(language)
            await room.fills(REVIEW if what == "review" else what, **given)
            seen = room.heard
        else:
            seen = await _done(room, language, does, what)
    return seen


async def _done(room: Room, language: str, does: str, what: str) -> list[Screen]:
    match does:
        case "say":
            await room.says(what)
        case "tap":
            await room.taps(what)
        case "language":
            await room.taps(f"1:l:{language}")
        case "send":
            await room.sends(what)
        case "contact":
            await room.shares("962790123456", own=what == "own")
        case "edit":
            await room.edits()
        case "why":
            await room.begins(language)
            return await _whys(room)
        case "draw":
            return [_asked_of_the_young(room, language, what)]
        case _:
            return await _happens(room, language, does, what)
    return room.heard


async def _happens(room: Room, language: str, does: str, what: str) -> list[Screen]:
    """What is not this person's doing."""
    office, other = room.office, room.office.room(2)
    form = office.service.content.form
    match does:
        case "at":
            office.now = {"closed": CLOSED, "over": OVER}[what]
        case "rehearsal":
            office.service = replace(office.service, is_rehearsal=True)
        case "add":
            form = with_after(form, "position", question(what))
            office.take(replace(office.service.content, form=form))
        case "drop":
            office.take(replace(office.service.content, form=without(form, what)))
        case "other":
            await other.registers(language)
        case "join":
            registration = await other.registration()
            assert registration is not None
            await room.taps(f"{what}:{registration.number}")
        case "look":
            return other.heard
        case "notices":
            return await _notices(room, language)
        case "group":
            sent = await office.store.write(lambda tx: greet_group(office.service, tx, -5, language, office.now))
            return [Screen.from_dict(message.screen) for message in sent]
        case _:
            raise AssertionError(f"no such thing to do: {does}")
    return room.heard


def _asked_of_the_young(room: Room, language: str, question_id: str) -> Screen:
    """The question as somebody aged 13 to 17 sees it."""
    person = Person(
        chat_id=1,
        language=language,
        country="JO",
        zone="Asia/Amman",
        created_at=room.office.now,
        updated_at=room.office.now,
    )
    form = room.office.service.content.form
    answers = {"age_band": "young", "assent": True, "guardian": "agreed", "first_name": "Nour", "country": "JO"}
    before = [q.id for q in form][: [q.id for q in form].index(question_id)]
    draft = Draft(at=question_id, answers={k: v for k, v in answers.items() if k in before}, form_version=form.version)
    return ask(frame_of(room.office.service, person), draft, Ask(question=question_id))


async def _whys(room: Room) -> list[Screen]:
    """Why each question is asked."""
    seen: list[Screen] = []
    for asked in room.office.service.content.form:
        if asked.why is not None:
            await room.taps(f"1:w:{asked.id}")
            seen += room.heard
    return seen


async def _notices(room: Room, language: str) -> list[Screen]:
    """What the rim says by itself."""
    await room.begins(language)
    event_id = room.office.service.content.event.id
    seen = [outage_screen()]
    for name in ("failed.apology", "flood.notice"):
        said = await room.office.store.read(lambda tx, name=name: notice(tx, room.chat_id, event_id, name))  # type: ignore[misc]
        seen.append(Screen.from_dict(said.screen))
    return seen
