"""Erasing all that is held about a chat, in the caller's transaction, table by table as `schema.OWNERS` says."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, delete, select, text, update

from bot.privacy.traces import SHOWN_TO_ORGANISERS
from bot.records import Tombstone
from storage.dialects import Database, holds, meet
from storage.marks import key_of, mark_of
from storage.schema import OWNERS, drafts, guardianships, inbox, metadata, outbox, people, registrations
from storage.tombstones import all_tombstones, bury

_WAITING = text("state = 'waiting'")


def erase_chat(
    connection: Connection, database: Database, chat_id: int, event_id: str, now: datetime
) -> tuple[list[str], set[int]]:
    """See `bot.ports.Transaction.erase_chat`: the numbers, and the chats that were erased."""
    key = key_of(connection)
    numbers: list[str] = []
    chats = _with_the_young(connection, chat_id)
    for each in chats:
        stones = _tombstones(connection, each, event_id, mark_of(key, each), now)
        given = [stone.number for stone in stones if stone.number is not None]
        meet(connection, database, given)
        _forget_half_done(connection, database, each, given)
        take_rows(connection, each, now)
        bury(connection, stones)
        numbers += given
    # what an organiser asked to see may show the person, and waits to be sent
    shown = delete(outbox).where(_WAITING, outbox.c.template.in_(sorted(SHOWN_TO_ORGANISERS)))
    connection.execute(shown)
    return numbers, set(chats)


def take_rows(connection: Connection, chat_id: int, now: datetime) -> None:
    """Delete or settle every row of a chat; whoever it was a guardian of stays, without a guardian."""
    for table in metadata.sorted_tables:
        care = OWNERS[table.name]
        if not care.owners or care.erase == "keep":
            continue
        first, *others = (table.c[name] for name in care.owners)
        if care.erase == "settle":
            # the update being handled is one of them: without its text, and known again if it comes twice
            handled = {"state": "handled", "raw": None, "reason": "", "chat_id": None, "settled_at": now}
            connection.execute(update(inbox).where(inbox.c.chat_id == chat_id, _WAITING).values(handled))
        connection.execute(delete(table).where(first == chat_id))
        for other in others:
            connection.execute(update(table).where(other == chat_id).values({other.name: None}))


def _forget_half_done(connection: Connection, database: Database, chat_id: int, numbers: Iterable[str]) -> None:
    """What an organiser is in the middle of writing about the person goes from the organiser's own row."""
    codes = select(guardianships.c.code).where(guardianships.c.young_chat_id == chat_id)
    for name in [*numbers, *(str(code) for (code,) in connection.execute(codes))]:
        about = people.c.expecting.is_not(None) & holds(database, people.c.expecting, name)
        connection.execute(update(people).where(about).values(expecting=None))


def _with_the_young(connection: Connection, chat_id: int) -> list[int]:
    """The chat, and after it the young people whose consent ends with it."""
    agreed = select(guardianships.c.young_chat_id).where(guardianships.c.guardian_chat_id == chat_id)
    registered = select(registrations.c.chat_id).where(registrations.c.guardian_chat_id == chat_id)
    found = {int(row) for statement in (agreed, registered) for (row,) in connection.execute(statement)}
    return [chat_id, *sorted(found - {chat_id})]


def _tombstones(connection: Connection, chat_id: int, event_id: str, chat_mark: str, now: datetime) -> list[Tombstone]:
    """One a number; one without a number where something was held all the same."""
    mine = (
        select(registrations.c.event_id, registrations.c.number)
        .where(registrations.c.chat_id == chat_id)
        .order_by(registrations.c.id)
    )
    given = [(str(event), str(number)) for event, number in connection.execute(mine)]
    stones = [Tombstone(event_id=e, number=n, chat_mark=chat_mark, erased_at=now) for e, n in given]
    if stones or not _is_known(connection, chat_id):
        return stones
    return [Tombstone(event_id=event_id, number=None, chat_mark=chat_mark, erased_at=now)]


def _is_known(connection: Connection, chat_id: int) -> bool:
    return any(
        connection.execute(select(column).where(column == chat_id).limit(1)).first() is not None
        for column in (people.c.chat_id, drafts.c.chat_id, guardianships.c.young_chat_id)
    )


# --- once more, after a restore --------------------------------------------


def erase_again(connection: Connection) -> set[int]:
    """Erase chats that are older here than their own erasure: an older backup brought them back. Which ones."""
    stones = [stone for stone in all_tombstones(connection) if stone.chat_mark is not None]
    if not stones:
        return set()
    erased_at = {stone.chat_mark: stone.erased_at for stone in stones}  # the latest of a chat
    key = key_of(connection)
    back: set[int] = set()
    for chat_id, since in _known_since(connection).items():
        erased = erased_at.get(mark_of(key, chat_id))
        if erased is not None and since < erased:
            take_rows(connection, chat_id, erased)
            back.add(chat_id)
    return back


def _known_since(connection: Connection) -> dict[int, datetime]:
    """Since when something is held about each chat."""
    since: dict[int, datetime] = {}
    for chat, moment in (
        (people.c.chat_id, people.c.created_at),
        (drafts.c.chat_id, drafts.c.begun_at),
        (registrations.c.chat_id, registrations.c.created_at),
        (guardianships.c.young_chat_id, guardianships.c.created_at),
    ):
        for chat_id, at in connection.execute(select(chat, moment)):
            since[chat_id] = min(since.get(chat_id, at), at)
    return since


def erase_anew(connection: Connection, stones: Iterable[Tombstone], key: str) -> set[int]:
    """Erase in a restored backup what was erased after it was made. `stones` are those that it does not have yet,
    their marks made with `key`. Which chats were erased."""
    missing = list(stones)
    erased_at = {stone.chat_mark: stone.erased_at for stone in missing if stone.chat_mark is not None}
    gone = {(stone.event_id, stone.number): stone.erased_at for stone in missing if stone.number is not None}
    back: dict[int, datetime] = {}
    for table in metadata.sorted_tables:
        care = OWNERS[table.name]
        if care.erase == "keep":
            continue
        for name in care.owners:
            column = table.c[name]
            for (chat_id,) in connection.execute(select(column).where(column.is_not(None)).distinct()):
                mark = mark_of(key, chat_id)
                if mark in erased_at:
                    back[chat_id] = erased_at[mark]
    numbered = select(registrations.c.event_id, registrations.c.number, registrations.c.chat_id)
    for event_id, number, chat_id in connection.execute(numbered):
        if (event_id, number) in gone:
            back[chat_id] = gone[event_id, number]
    for chat_id, at in back.items():
        take_rows(connection, chat_id, at)
    bury(connection, missing)
    return set(back)
