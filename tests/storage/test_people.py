from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.records import Situation
from storage.store import SqlStore
from tests.storage.samples import EVENT, NOW, draft, message, person, registration, timer, update


async def situation(store: SqlStore, chat_id: int = 7, event_id: str = EVENT) -> Situation:
    return await store.read(lambda t: t.people.situation(chat_id, event_id))


async def test_of_a_stranger_nothing_is_known(store: SqlStore) -> None:
    assert await situation(store) == Situation(person=None, draft=None, registration=None)


async def test_person_draft_and_registration_come_in_one_situation(store: SqlStore) -> None:
    known = person(
        language="ar",
        language_hint="en",
        country="EG",
        zone="Africa/Cairo",
        screen_message_id=2**40,
        reply_keyboard=True,
        expecting={"question": "email"},
    )
    begun = draft(data={"answers": {"name": "منى"}}, cancelled_at=NOW)

    def fill(t: object) -> object:
        t.people.save(known)  # type: ignore[attr-defined]
        t.drafts.save(begun)  # type: ignore[attr-defined]
        return t.registrations.add(registration())  # type: ignore[attr-defined]

    added = await store.write(fill)
    assert await situation(store) == Situation(person=known, draft=begun, registration=added)
    assert await situation(store, event_id="another") == Situation(person=known, draft=None, registration=None)
    assert await situation(store, chat_id=8) == Situation(person=None, draft=None, registration=None)


async def test_the_newest_registration_counts_even_if_withdrawn(store: SqlStore) -> None:
    await store.write(lambda t: t.registrations.add(registration(number="A", status="withdrawn")))
    newest = await store.write(lambda t: t.registrations.add(registration(number="B", status="withdrawn")))
    assert (await situation(store)).registration == newest


async def test_a_draft_without_a_person_is_found(store: SqlStore) -> None:
    await store.write(lambda t: t.drafts.save(draft()))
    assert await situation(store) == Situation(person=None, draft=draft(), registration=None)


async def test_saving_a_person_again_replaces_what_was_known(store: SqlStore) -> None:
    await store.write(lambda t: t.people.save(person(language="ar", expecting={"a": 1})))
    changed = person(language="en", updated_at=NOW + timedelta(hours=1))
    await store.write(lambda t: t.people.save(changed))
    assert (await situation(store)).person == changed


async def test_a_person_blocks_and_unblocks_the_bot(store: SqlStore) -> None:
    await store.write(lambda t: t.people.save(person()))
    await store.write(lambda t: t.people.set_blocked(7, NOW))
    assert (await situation(store)).person == person(blocked_at=NOW)
    await store.write(lambda t: t.people.set_blocked(7, None))
    assert (await situation(store)).person == person()


async def test_a_group_is_greeted_once_a_day(store: SqlStore) -> None:
    async def may_greet(chat_id: int, hours: float) -> bool:
        return await store.write(lambda t: t.people.may_greet_group(chat_id, NOW + timedelta(hours=hours)))

    asked = [(-1, 0.0), (-1, 1.0), (-2, 1.0), (-1, 23.9), (-1, 24.0), (-1, 47.0), (-1, 48.0)]
    answers = [await may_greet(chat_id, hours) for chat_id, hours in asked]
    assert answers == [True, False, True, False, True, False, True]


async def test_a_migrated_group_keeps_its_greeting_and_what_waits_for_it(store: SqlStore) -> None:
    def fill(t: object) -> None:
        t.people.may_greet_group(-1, NOW)  # type: ignore[attr-defined]
        t.inbox.add([update(1, -1)], NOW)  # type: ignore[attr-defined]
        t.outbox.put([message(-1)], NOW)  # type: ignore[attr-defined]
        t.timers.arm(timer("greet", "x", NOW, chat_id=-1))  # type: ignore[attr-defined]

    await store.write(fill)
    await store.write(lambda t: t.people.migrate_chat(-1, -1001))
    assert not await store.write(lambda t: t.people.may_greet_group(-1001, NOW))
    assert await store.write(lambda t: t.people.may_greet_group(-1, NOW))
    chats = await store.read(
        lambda t: [
            t.inbox.waiting(9)[0].chat_id,
            t.outbox.waiting(9)[0].chat_id,
            t.timers.upcoming(9)[0].chat_id,
        ]
    )
    assert chats == [-1001] * 3


async def test_migrating_to_a_group_that_is_known_keeps_what_is_there(store: SqlStore) -> None:
    await store.write(lambda t: t.people.save(person(-1, language="ar")))
    await store.write(lambda t: t.people.save(person(-1001, language="en")))
    await store.write(lambda t: t.people.migrate_chat(-1, -1001))
    assert (await situation(store, -1)).person is None
    assert (await situation(store, -1001)).person == replace(person(-1001), language="en")
