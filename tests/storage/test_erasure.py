"""Erasing a chat: what goes, what stays on purpose, and what an older backup brings back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.records import AuditEntry, Guardianship, NewMessage, Settled, Timer
from storage.marks import mark_of
from storage.store import SqlStore
from tests.storage.everything import rows_of
from tests.storage.samples import EVENT, NOW, draft, limits, message, person, registration, update

DAY = timedelta(days=1)
YOUNG, GUARDIAN = 21, 22


def guardianship(**changed: Any) -> Guardianship:
    given = {
        "event_id": EVENT,
        "young_chat_id": YOUNG,
        "token_key": None,
        "code": "G-4827-1936",
        "status": "confirmed",
        "guardian_chat_id": GUARDIAN,
        "guardian_name": "Salma",
        "agreed_how": "chat",
        "agreed_at": NOW,
        "created_at": NOW,
        "expires_at": NOW + DAY,
    }
    return Guardianship(**{**given, **changed})


async def erase(store: SqlStore, chat_id: int = 7, at: Any = NOW) -> list[str]:
    return await store.write(lambda t: t.erase_chat(chat_id, EVENT, at))


async def everything(store: SqlStore) -> str:
    return "\n".join(row for rows in (await store.read(rows_of)).values() for row in rows)


# --- the number ------------------------------------------------------------


async def test_a_number_that_was_erased_is_never_given_again(store: SqlStore) -> None:
    await store.write(lambda t: t.registrations.add(registration(7, "COP-1")))
    assert await erase(store) == ["COP-1"]
    assert await store.read(lambda t: t.tombstones.is_taken(EVENT, "COP-1"))
    assert await store.write(lambda t: t.registrations.add(registration(8, "COP-1"))) is None
    assert not await store.read(lambda t: t.tombstones.is_taken("another event", "COP-1"))
    assert await store.write(lambda t: t.registrations.add(registration(8, "COP-2"))) is not None


async def test_every_registration_of_the_chat_leaves_its_number(store: SqlStore) -> None:
    def fill(t: Any) -> None:
        t.registrations.add(registration(7, "OLD", status="withdrawn"))
        t.registrations.add(registration(7, "NEW"))
        t.registrations.add(registration(7, "CHILD", role="child"))
        t.registrations.add(registration(8, "OTHER"))

    await store.write(fill)
    assert await erase(store) == ["OLD", "NEW", "CHILD"]
    assert [r.number for r in await store.read(lambda t: list(t.registrations.all(EVENT)))] == ["OTHER"]
    stones = await store.read(lambda t: t.tombstones.all())
    assert [stone.number for stone in stones] == ["OLD", "NEW", "CHILD"]
    assert len({stone.chat_mark for stone in stones}) == 1


async def test_a_tombstone_tells_no_chat_without_the_key_of_the_store(store: SqlStore) -> None:
    await store.write(lambda t: t.people.save(person()))
    await erase(store)
    (stone,) = await store.read(lambda t: t.tombstones.all())
    key = await store.read(lambda t: t.meta.get("mark_key"))
    assert key is not None and len(key) == 64
    assert (stone.number, stone.chat_mark) == (None, mark_of(key, 7))
    assert stone.chat_mark != mark_of("0" * 64, 7)


async def test_who_was_never_here_leaves_no_tombstone(store: SqlStore) -> None:
    assert await erase(store) == []
    assert await store.read(lambda t: t.tombstones.all()) == []


async def test_erasing_twice_is_as_erasing_once(store: SqlStore) -> None:
    await store.write(lambda t: t.registrations.add(registration()))
    await erase(store)
    before = await store.read(rows_of)
    assert await erase(store) == []
    after = await store.read(rows_of)
    assert {**after, "timers": []} == {**before, "timers": []}  # tidying is armed anew


# --- updates and messages --------------------------------------------------


async def test_the_update_being_handled_loses_its_text_and_is_known_again(store: SqlStore) -> None:
    def handle(t: Any) -> None:
        (row,) = t.inbox.add([update(1, raw='{"text": "Zanzibar"}')], NOW)
        t.people.save(person())
        t.erase_chat(7, EVENT, NOW)
        t.inbox.handled([row.id], NOW)

    await store.write(handle)
    assert "Zanzibar" not in await everything(store)
    assert await store.read(lambda t: t.inbox.waiting(10)) == []
    assert await store.write(lambda t: t.inbox.add([update(1)], NOW)) == []
    assert await store.read(lambda t: t.held(7)) == {}


async def test_an_update_whose_handler_failed_is_counted_after_an_erasure_too(store: SqlStore) -> None:
    (row,) = await store.write(lambda t: t.inbox.add([update(1)], NOW))
    await erase(store)
    assert await store.write(lambda t: t.inbox.failed(row.id, "why")) == 1


async def test_the_last_words_leave_nothing_once_they_are_sent(store: SqlStore) -> None:
    def handle(t: Any) -> list[Any]:
        t.people.save(person())
        t.erase_chat(7, EVENT, NOW)
        return t.outbox.put([message(text="erased")], NOW)  # type: ignore[no-any-return]

    (item,) = await store.write(handle)
    assert [row.id for row in await store.read(lambda t: t.outbox.waiting(10))] == [item.id]
    sent = Settled(id=item.id, chat_id=7, state="sent", message_id=5, live=True)
    await store.write(lambda t: t.outbox.settle([sent], NOW))
    assert await store.read(lambda t: t.held(7)) == {}


@pytest.mark.parametrize("state", ["blocked", "set_aside"])
async def test_last_words_that_do_not_arrive_leave_nothing_either(store: SqlStore, state: Any) -> None:
    (item,) = await store.write(lambda t: t.outbox.put([message()], NOW))
    await store.write(lambda t: t.outbox.settle([Settled(id=item.id, chat_id=7, state=state)], NOW))
    assert await store.read(lambda t: t.held(7)) == {}


async def test_what_a_group_was_told_is_settled_as_ever(store: SqlStore) -> None:
    (item,) = await store.write(lambda t: t.outbox.put([message(-5)], NOW))
    await store.write(lambda t: t.outbox.settle([Settled(id=item.id, chat_id=-5, state="sent", message_id=1)], NOW))
    assert (await store.read(lambda t: t.status())).outbox == {"sent": 1}


async def test_lists_that_wait_for_an_organiser_go_and_other_words_stay(store: SqlStore) -> None:
    def fill(t: Any) -> None:
        for template in ("organisers.one", "organisers.file", "organisers.home"):
            t.outbox.put([NewMessage(chat_id=9, screen={"template": template, "text": "x"})], NOW)
        t.erase_chat(7, EVENT, NOW)

    await store.write(fill)
    assert [i.screen["template"] for i in await store.read(lambda t: t.outbox.waiting(10))] == ["organisers.home"]


async def test_an_organiser_half_way_through_a_note_keeps_nothing_of_it(store: SqlStore) -> None:
    def fill(t: Any) -> None:
        t.registrations.add(registration(7, "COP-1"))
        t.people.save(person(9, expecting={"do": "note", "number": "COP-1"}))
        t.people.save(person(10, expecting={"do": "note", "number": "COP-2"}))
        t.erase_chat(7, EVENT, NOW)

    await store.write(fill)
    expecting = [(await store.read(lambda t, c=c: t.people.situation(c, EVENT))).person for c in (9, 10)]  # type: ignore[misc]
    assert [p and p.expecting for p in expecting] == [None, {"do": "note", "number": "COP-2"}]


# --- young people and guardians --------------------------------------------


async def family(store: SqlStore) -> None:
    def fill(t: Any) -> None:
        for chat_id in (YOUNG, GUARDIAN):
            t.people.save(person(chat_id))
        t.guardianships.add(guardianship())
        t.registrations.add(registration(YOUNG, "Y", role="young", guardian_chat_id=GUARDIAN))
        t.registrations.add(registration(GUARDIAN, "C", role="child"))

    await store.write(fill)


async def test_a_young_person_goes_alone(store: SqlStore) -> None:
    await family(store)
    assert await erase(store, YOUNG) == ["Y"]
    assert await store.read(lambda t: t.guardianships.of_guardian(EVENT, GUARDIAN)) == []
    assert list(await store.read(lambda t: t.held(GUARDIAN))) == ["people", "registrations"]


async def test_with_a_guardian_go_the_children_and_those_whose_consent_ends(store: SqlStore) -> None:
    await family(store)
    assert await erase(store, GUARDIAN) == ["C", "Y"]
    assert await store.read(lambda t: (t.held(GUARDIAN), t.held(YOUNG))) == ({}, {})


async def test_a_guardian_takes_along_nothing_of_the_young_person(store: SqlStore) -> None:
    await family(store)
    held = await store.read(lambda t: t.held(GUARDIAN))
    assert held["guardianships"] == [
        {
            "guardian_chat_id": GUARDIAN,
            "guardian_name": "Salma",
            "agreed_how": "chat",
            "agreed_at": NOW.isoformat(),
        }
    ]
    assert str(YOUNG) not in str(held)
    assert sorted(str(row.get("number")) for row in held["registrations"]) == ["C", "None"]


async def test_a_young_person_takes_along_nothing_of_the_guardians(store: SqlStore) -> None:
    await family(store)
    held = await store.read(lambda t: t.held(YOUNG))
    assert held["guardianships"][0]["code"] == "G-4827-1936"
    assert "Salma" not in str(held) and str(GUARDIAN) not in str(held)


# --- beside the rows -------------------------------------------------------


async def test_an_erasure_asks_for_the_store_to_be_tidied(store: SqlStore) -> None:
    await erase(store)
    (timer,) = await store.read(lambda t: t.timers.due(NOW, 10))
    assert (timer.kind, timer.chat_id) == ("tidy_store", None)


async def test_who_was_erased_is_told_once_and_not_after_it_was_undone(store: SqlStore) -> None:
    def work(t: Any) -> list[set[int]]:
        def undone() -> None:
            t.erase_chat(8, EVENT, NOW)
            raise ZeroDivisionError

        t.erase_chat(7, EVENT, NOW)
        with pytest.raises(ZeroDivisionError):
            t.savepoint(undone)
        return [t.just_erased(), t.just_erased()]

    assert await store.write(work) == [{7}, set()]


async def test_what_organisers_did_stays_without_what_it_was_done_to(store: SqlStore) -> None:
    entry = AuditEntry(organiser=9, what="looked at", number="COP-1", at=NOW)
    await store.write(lambda t: t.audit.add(entry))
    await erase(store)
    await erase(store, 9)
    assert await store.read(lambda t: t.audit.all()) == [entry]


async def test_an_undone_erasure_takes_nothing(store: SqlStore) -> None:
    await store.write(lambda t: t.drafts.save(draft()))

    def work(t: Any) -> None:
        t.erase_chat(7, EVENT, NOW)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await store.write(work)
    assert list(await store.read(lambda t: t.held(7))) == ["drafts"]
    assert await store.read(lambda t: t.tombstones.all()) == []


# --- what an older backup brings back --------------------------------------


async def test_a_chat_that_is_older_than_its_erasure_is_erased_again(store: SqlStore) -> None:
    await store.write(lambda t: [t.people.save(person()), t.registrations.add(registration(7, "COP-1"))])
    await erase(store, at=NOW + DAY)

    def bring_back(t: Any) -> int:
        t.people.save(person())
        t.drafts.save(draft())
        t.inbox.add([update(5, raw='{"text": "Zanzibar"}')], NOW)
        t.timers.arm(Timer(id=0, kind="expiry", key="7", chat_id=7, due_at=NOW))
        return t.erase_again()  # type: ignore[no-any-return]

    assert await store.write(bring_back) == 1
    assert await store.read(lambda t: t.held(7)) == {}
    assert "Zanzibar" not in await everything(store)
    assert await store.write(lambda t: t.erase_again()) == 0


async def test_who_came_back_after_erasing_is_not_erased_again(store: SqlStore) -> None:
    await store.write(lambda t: t.people.save(person()))
    await erase(store, at=NOW + DAY)
    await store.write(lambda t: t.people.save(person(created_at=NOW + DAY)))
    assert await store.write(lambda t: t.erase_again()) == 0
    assert list(await store.read(lambda t: t.held(7))) == ["people"]


async def test_marks_go_a_year_on_and_the_number_stays_taken(store: SqlStore) -> None:
    await store.write(lambda t: t.registrations.add(registration(7, "COP-1")))
    await erase(store)
    taken = await store.write(lambda t: t.purge(limits(NOW, marks=NOW + DAY)))
    assert taken["marks"] == 1
    (stone,) = await store.read(lambda t: t.tombstones.all())
    assert (stone.number, stone.chat_mark) == ("COP-1", None)
    assert await store.read(lambda t: t.tombstones.is_taken(EVENT, "COP-1"))
