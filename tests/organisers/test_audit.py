"""Who looked at, took or changed a registration is written down, and no word of it."""

from __future__ import annotations

from typing import Any

import pytest

from bot import buttons
from bot.incoming import Sender, Tap
from bot.organisers import desk
from handlers.parse import text_of
from storage.store import SqlStore
from tests.registration.office import BEGIN, Office, Room, office_over
from tests.registration.test_my_data import guardianship, young_registration

ORGANISER = 42
SECRETS = ("Haddad", "nour@example.org", "phoned twice", "came to the office", "Cairo office")


@pytest.fixture
def office(sqlite_store: SqlStore) -> Office:
    return office_over(sqlite_store, organisers={ORGANISER})


async def does(office: Office, what: str) -> None:
    """An organiser presses a button (data) or writes."""
    sender = Sender(chat_id=ORGANISER, user_id=ORGANISER, language_hint="en")
    incoming: Any = Tap(sender=sender, data=what, message_id=1) if what.startswith("1:") else text_of(sender, what)
    await office.store.write(lambda tx: desk.receive(office.service, tx, incoming, office.now))


async def acts(office: Office) -> list[tuple[str, str | None]]:
    entries = await office.store.read(lambda tx: tx.audit.all())
    assert {(entry.organiser, entry.at) for entry in entries} <= {(ORGANISER, office.now)}
    text = repr(entries)
    assert not [secret for secret in SECRETS if secret in text]
    return [(entry.what, entry.number) for entry in entries]


async def registered(office: Office) -> str:
    room: Room = office.room(7001)
    registration = await room.registers()
    return registration.number


async def test_looking_searching_and_taking_are_written_down(office: Office) -> None:
    number = await registered(office)
    await does(office, "/registrations")
    assert await acts(office) == [], "counts are nobody's"
    await does(office, buttons.data(buttons.ORG_FIND))
    await does(office, "Haddad")
    await does(office, buttons.data(buttons.ORG_OPEN, number))
    await does(office, buttons.data(buttons.ORG_CSV))
    await does(office, buttons.data(buttons.ORG_XLSX))
    await does(office, buttons.data(buttons.ORG_QUESTIONS))
    assert await acts(office) == [
        ("searched", None),
        ("looked at", number),
        ("exported csv", None),
        ("exported xlsx", None),
        ("exported questions", None),
    ]


async def test_every_change_is_written_down_with_its_question_and_without_its_answer(office: Office) -> None:
    number = await registered(office)
    await does(office, buttons.data(buttons.ORG_NOTE, number))
    await does(office, "phoned twice")
    await does(office, buttons.data(buttons.ORG_EDIT_QUESTION, number, "organisation"))
    await does(office, "Cairo office")
    await does(office, buttons.data(buttons.ORG_WITHDRAW, number))
    await does(office, "came to the office")
    assert await acts(office) == [("noted", number), ("corrected organisation", number), ("withdrew", number)]


async def test_what_was_refused_is_no_change(office: Office) -> None:
    number = await registered(office)
    await does(office, buttons.data(buttons.ORG_EDIT_QUESTION, number, "email"))
    await does(office, "no address at all")
    await does(office, buttons.data(buttons.ORG_OPEN, "COP-0000-0000"))
    assert await acts(office) == []


async def test_a_consent_that_is_looked_at_and_ended_is_written_down(office: Office) -> None:
    row = guardianship(office, 7001, 7002)
    young = young_registration(office, 7001, 7002)
    await office.store.write(lambda tx: [tx.guardianships.add(row), tx.registrations.add(young)])
    await does(office, buttons.data(buttons.ORG_CONSENT))
    await does(office, row.code)
    await does(office, buttons.data(buttons.ORG_CONSENT_END, row.code))
    assert await acts(office) == [("looked at consent", row.code), ("ended consent", row.code)]


async def test_an_act_that_came_to_nothing_is_not_written_down(office: Office) -> None:
    number = await registered(office)

    def undone(tx: Any) -> None:
        sender = Sender(chat_id=ORGANISER, user_id=ORGANISER)
        desk.receive(office.service, tx, Tap(sender=sender, data=f"1:oo:{number}", message_id=1), BEGIN)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await office.store.write(undone)
    assert await acts(office) == []


def test_nothing_but_the_purge_changes_a_row_that_was_written() -> None:
    import inspect
    import re
    from pathlib import Path

    import storage.audit

    root = Path(inspect.getfile(storage.audit)).parents[1]
    touching = {
        path.relative_to(root).as_posix(): set(re.findall(r"\b(insert|update|delete)\(", path.read_text("utf-8")))
        for package in ("bot", "handlers", "storage")
        for path in (root / package).rglob("*.py")
        if re.search(r"schema import .*\baudit\b", path.read_text("utf-8"))
    }
    assert touching == {"storage/audit.py": {"insert", "delete"}}
    assert "update" not in inspect.getsource(storage.audit)
