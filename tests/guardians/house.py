"""Young people, guardians and an organiser at one office, and what the store holds of an unconsented minor."""

from __future__ import annotations

import json
import random
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from bot.incoming import Private, Tap, Text
from bot.organisers import desk as organisers
from bot.ports import Store, Transaction
from bot.records import Guardianship, NewMessage, Registration
from bot.registration import desk
from bot.registration.visit import Service
from handlers.processor import folded
from tests.registration.office import Office, Room, shipped

ORGANISER = 9001
YOUNG_ANSWERS = {
    "age_band": "tap:young",
    "assent": "tap:agree",
    "first_name": "Nour",
    "country": "tap:JO",
    "zone": "Toronto",
    "accessibility": "captions",
    "young_question": "What can I do if somebody is mean to me online?",
    "reminders": "tap:yes",
}
_LINK = re.compile(r"\?start=(g_[A-Za-z0-9_-]+)")
TECHNICAL = {"at", "implied", "partial", "candidates", "form", "known", "last", "number", "consent"}


class House(Office):
    """The office with its organisers' side, as the router joins the two."""

    async def receive(self, incoming: Private) -> list[NewMessage]:
        for room in self.rooms.values():
            room.heard = []

        def work(tx: Transaction) -> list[NewMessage]:
            if isinstance(incoming, Text | Tap) and organisers.is_for(self.service, tx, incoming):
                messages = organisers.receive(self.service, tx, incoming, self.now)
            else:
                messages = desk.receive(self.service, tx, incoming, self.now)
            messages = folded(messages)
            self._send(tx, messages)
            return messages

        return await self.store.write(work)

    async def guardianship(self, young: Room) -> Guardianship | None:
        event_id = self.service.content.event.id
        return await self.store.read(lambda tx: tx.guardianships.of_young(event_id, young.chat_id))

    async def registrations(self) -> list[Registration]:
        event_id = self.service.content.event.id
        return await self.store.read(lambda tx: list(tx.registrations.all(event_id)))

    async def children(self, guardian: Room) -> list[Registration]:
        event_id = self.service.content.event.id
        return await self.store.read(lambda tx: tx.registrations.children_of(event_id, guardian.chat_id))


def house_over(store: Store) -> House:
    """The desk with the shipped content, twelve days before registration closes, and one organiser."""
    service = Service(
        content=shipped(),
        bot_username="cop_bot",
        is_rehearsal=False,
        organisers={ORGANISER},
        randbelow=random.Random(5).randrange,
    )
    return House(store=store, service=service)


def payload_in(room: Room) -> str:
    """The payload of the newest link card in that chat."""
    cards = [screen for screen in room.seen.values() if screen.template == "young.link"]
    assert cards, "no link was made"
    found = _LINK.search(cards[-1].text)
    assert found is not None
    return found[1]


async def asks(young: Room, language: str = "en") -> str:
    """From first contact to the link; its payload."""
    await young.begins(language)
    await young.taps("1:a:age_band:young")
    await young.taps("1:a:assent:agree")
    return payload_in(young)


async def opens(guardian: Room, payload: str, language: str = "en") -> None:
    """Opens the link, with the language asked first where it is not known."""
    await guardian.says(f"/start {payload}")
    if "greeting" in guardian.templates:
        await guardian.taps(f"1:l:{language}")


async def presses(room: Room, action: str) -> None:
    """Presses the button of that action on the latest screen."""
    found = [b.data for b in room.buttons if b.data and b.data.split(":")[1] == action]
    assert found, f"no button {action!r}: {[b.data for b in room.buttons]}"
    await room.taps(found[0])


async def agrees(guardian: Room, payload: str, name: str = "Mona Haddad", language: str = "en") -> None:
    """Opens the link, declares, reads, agrees and gives a name."""
    await opens(guardian, payload, language)
    await presses(guardian, "gd")
    await presses(guardian, "ga")
    await guardian.says(name)


async def consented(young: Room, guardian: Room, language: str = "en") -> None:
    """A guardian agreed and the young person knew them."""
    await agrees(guardian, await asks(young, language), language=language)
    await presses(young, "yk")


async def registers(young: Room, guardian: Room, **answers: str) -> Registration:
    """All the way to a young person's number."""
    await consented(young, guardian)
    await young.fills(**{**YOUNG_ANSWERS, **answers})
    await young.taps("1:ok")
    registration = await young.registration()
    assert registration is not None
    return registration


async def adds_child(guardian: Room, name: str = "Sami") -> None:
    """Registers one child under 13 from the guardian's chat."""
    await guardian.says("/start child")
    if "greeting" in guardian.templates:
        await guardian.taps("1:l:en")
    await presses(guardian, "cd")
    await guardian.taps("1:cb:child")
    await guardian.says(name)


def rows_about(path: Path, chat_id: int) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table that has that chat's number anywhere."""
    found: dict[str, list[dict[str, Any]]] = {}
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            rows = [dict(row) for row in connection.execute(f"SELECT * FROM {table}")]  # noqa: S608
            mine = [row for row in rows if chat_id in row.values() or str(chat_id) in row.values()]
            if mine:
                found[table] = mine
    return found


def assert_bare(path: Path, chat_id: int) -> None:
    """Of a minor without consent: the chat, its language, the band, the "I understand" and the link. Nothing else."""
    found = rows_about(path, chat_id)
    assert set(found) <= {"people", "drafts", "guardianships", "timers", "outbox", "sqlite_sequence"}, found.keys()
    for person in found.get("people", []):
        for column in ("language_hint", "country", "zone", "expecting"):
            assert person[column] is None, f"people.{column} = {person[column]!r}"
    for draft in found.get("drafts", []):
        data = json.loads(draft["data"])
        assert set(data["answers"]) <= {"age_band", "assent"}, data["answers"]
        assert set(data) - {"answers"} <= TECHNICAL
        assert not data["candidates"] and data["partial"] is None and data["number"] is None
    for message in found.get("outbox", []):
        assert message["screen"] is None, "the text of a message that was sent is kept"
    for timer in found.get("timers", []):
        assert timer["data"] in ("{}", None)
    for row in found.get("guardianships", []):
        assert row["status"] != "confirmed"
        assert row["token_key"] is None or re.fullmatch("[0-9a-f]{64}", row["token_key"])


def assert_gone(path: Path, chat_id: int) -> None:
    """Nothing leads to that chat any more but a last message, its text gone."""
    found = rows_about(path, chat_id)
    assert set(found) <= {"outbox"}, found
    assert all(row["screen"] is None for row in found.get("outbox", []))
