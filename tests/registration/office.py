"""People who write to the desk over a real store, with Telegram played by the book: messages get ids, edits stay."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.content import Content, load
from bot.dialogue.draft import REVIEW, Draft
from bot.incoming import Contact, Edited, Membership, Private, Sender, Tap, Unreadable
from bot.ports import Store, Transaction
from bot.records import NewMessage, Registration, Settled, Situation
from bot.registration import desk, timers
from bot.registration.visit import Service
from bot.screen import Button, Screen
from handlers.parse import text_of
from handlers.processor import folded
from tests.registration.telegram_rules import assert_sendable

CONTENT = Path(__file__).parents[2] / "content"
BEGIN = datetime(2020, 11, 10, 9, tzinfo=UTC)
CLOSED = datetime(2020, 11, 22, 22, 0, tzinfo=UTC)  # the first second after registration closes
OVER = datetime(2020, 11, 23, 11, 0, tzinfo=UTC)

ANSWERS: dict[str, str] = {
    "age_band": "tap:adult",
    "consent": "tap:agree",
    "for_whom": "tap:me",
    "kind": "tap:administration",
    "country": "tap:JO",
    "represents": "tap:TN",
    "zone": "Toronto",
    "title": "Dr",
    "given_name": "Nour",
    "family_name": "Haddad",
    "other_script_name": "نور حداد",
    "organisation": "Ministry of Communications",
    "position": "Head of Digital Policy",
    "email": "nour@example.org",
    "phone": "+962 7 9012 3456",
    "presents": "tap:yes",
    "experience": "A national guide for schools",
    "accessibility": "captions",
    "accessibility_other": "The slides in writing",
    "speaker_question": "How are the Guidelines adapted?",
    "reminders": "tap:yes",
}


def shipped() -> Content:
    """The content that ships."""
    content = load(CONTENT).content
    assert content is not None
    return content


@dataclass(slots=True)
class Office:
    """A service over a store, and what its outbox sent. `now` is stepped by the test."""

    store: Store
    service: Service
    now: datetime = BEGIN
    last_message_id: int = 100
    rooms: dict[int, Room] = field(default_factory=dict)

    def room(self, chat_id: int, hint: str | None = "en") -> Room:
        """The chat of that person."""
        return self.rooms.setdefault(chat_id, Room(office=self, chat_id=chat_id, hint=hint))

    def take(self, content: Content) -> None:
        """The content changed while the bot runs."""
        self.service = replace(self.service, content=content)

    async def receive(self, incoming: Private) -> list[NewMessage]:
        """One update, its screens sent at once; what was sent is seen in the rooms."""
        for room in self.rooms.values():
            room.heard = []

        chat_id, event_id = incoming.sender.chat_id, self.service.content.event.id

        def work(tx: Transaction) -> list[NewMessage]:
            before = tx.people.situation(chat_id, event_id)
            messages = folded(desk.receive(self.service, tx, incoming, self.now))
            self._send(tx, messages)
            self.room(chat_id).step = before, tx.people.situation(chat_id, event_id)
            return messages

        return await self.store.write(work)

    def _send(self, tx: Transaction, messages: list[NewMessage]) -> None:
        settled = []
        for item in tx.outbox.put(messages, self.now):
            screen = Screen.from_dict(item.screen)
            assert_sendable(screen)
            room = self.room(item.chat_id)
            if item.edit is not None:
                assert item.edit in room.seen or room.live is None, "edits a message that was never sent"
                message_id = item.edit
            else:
                self.last_message_id += 1
                message_id = self.last_message_id
            room.seen[message_id] = screen
            room.heard.append(screen)
            if item.live:
                room.live = message_id
            settled.append(
                Settled(id=item.id, chat_id=item.chat_id, state="sent", message_id=message_id, live=item.live)
            )
        tx.outbox.settle(settled, self.now)

    async def later(self, **passed: float) -> None:
        """Time passes, and what falls due meanwhile is carried out, each at its moment."""
        await self.until(self.now + timedelta(**passed))

    async def until(self, moment: datetime) -> None:
        while True:
            due = await self.store.read(lambda tx: tx.timers.next_due_at())
            if due is None or due > moment:
                break
            self.now = max(self.now, due)

            def work(tx: Transaction) -> None:
                for timer in tx.timers.due(self.now, 100):
                    self._send(tx, list(timers.fire(tx, timer, self.service, self.now)))

            await self.store.write(work)
        self.now = max(self.now, moment)


@dataclass(slots=True)
class Room:
    """One chat: what the person does, and what they see. `heard` is what the last update brought here.

    `step` is what the store knew before and after this person's last update.
    """

    office: Office
    chat_id: int
    hint: str | None = "en"
    seen: dict[int, Screen] = field(default_factory=dict)
    heard: list[Screen] = field(default_factory=list)
    live: int | None = None
    step: tuple[Situation, Situation] | None = None

    @property
    def sender(self) -> Sender:
        return Sender(chat_id=self.chat_id, user_id=self.chat_id, language_hint=self.hint)

    # --- what the person does ---

    async def says(self, text: str) -> None:
        await self.office.receive(text_of(self.sender, text))

    async def taps(self, data: str, message_id: int | None = None) -> None:
        """Presses a button with that data under a message, by default the latest screen."""
        await self.office.receive(Tap(sender=self.sender, data=data, message_id=message_id or self.live))

    async def presses(self, label: str) -> None:
        """Presses the button with that label on the latest screen."""
        await self.taps(self.button(label).data or "")

    async def shares(self, phone: str, *, own: bool = True) -> None:
        await self.office.receive(Contact(sender=self.sender, phone=phone, own=own))

    async def sends(self, what: str) -> None:
        await self.office.receive(Unreadable(sender=self.sender, what=what))

    async def edits(self) -> None:
        await self.office.receive(Edited(sender=self.sender))

    async def blocks(self, *, blocked: bool = True) -> None:
        await self.office.receive(Membership(sender=self.sender, blocked=blocked, at=self.office.now))

    async def begins(self, language: str = "en") -> None:
        """From first contact to the first question."""
        await self.says("/start")
        await self.taps(f"1:l:{language}")
        await self.taps("1:rg")

    async def fills(self, until: str = REVIEW, **answers: str) -> None:
        """Answers up to where `until` is asked."""
        given = {**ANSWERS, **answers}
        while (at := (await self.draft()).at) != until:
            assert at != REVIEW, f"{until} is never asked"
            answer = given[at]
            if answer == "skip":
                await self.taps(f"1:s:{at}")
            elif answer.startswith("tap:"):
                await self.taps(f"1:a:{at}:{answer[4:]}")
            else:
                await self.says(answer)
            if at == "accessibility":
                await self.taps(f"1:d:{at}")
            assert (await self.draft()).at != at, f"{at} was not answered by {answer!r}: {self.text}"

    async def registers(self, language: str = "en", **answers: str) -> Registration:
        """From first contact to the registration."""
        await self.begins(language)
        await self.fills(**answers)
        await self.taps("1:ok")
        registration = await self.registration()
        assert registration is not None
        return registration

    # --- what the person sees ---

    @property
    def text(self) -> str:
        """All that the last update said here."""
        return "\n\n".join(screen.text for screen in self.heard)

    @property
    def templates(self) -> list[str]:
        return [screen.template for screen in self.heard]

    @property
    def screen(self) -> Screen:
        """The latest screen with buttons."""
        assert self.live is not None
        return self.seen[self.live]

    @property
    def buttons(self) -> list[Button]:
        return [button for row in self.screen.rows for button in row]

    @property
    def labels(self) -> list[str]:
        return [button.label for button in self.buttons]

    def button(self, label: str) -> Button:
        found = [button for button in self.buttons if button.label == label]
        assert found, f"no button {label!r}: {self.labels}"
        return found[0]

    # --- what the store knows ---

    async def situation(self) -> Situation:
        event_id = self.office.service.content.event.id
        return await self.office.store.read(lambda tx: tx.people.situation(self.chat_id, event_id))

    async def draft(self) -> Draft:
        stored = (await self.situation()).draft
        assert stored is not None, "no draft"
        return Draft.from_dict(stored.data)

    async def has_draft(self) -> bool:
        return (await self.situation()).draft is not None

    async def registration(self) -> Registration | None:
        return (await self.situation()).registration


def office_over(store: Store, content: Content | None = None, **changed: Any) -> Office:
    """An office with seeded numbers."""
    service = Service(
        content=content or shipped(),
        bot_username="cop_test_bot",
        is_rehearsal=False,
        organisers=(),
        randbelow=random.Random(5).randrange,
    )
    return Office(store=store, service=replace(service, **changed))
