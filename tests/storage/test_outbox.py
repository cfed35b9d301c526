from __future__ import annotations

from datetime import timedelta

from bot.records import OutboxItem, Settled
from storage.store import SqlStore
from tests.storage.samples import EVENT, NOW, limits, message, person

LATER = NOW + timedelta(minutes=1)


def settled(item: OutboxItem, state: str, **more: object) -> Settled:
    return Settled(id=item.id, chat_id=item.chat_id, live=item.live, **{"state": state, **more})  # type: ignore[arg-type]


async def put(store: SqlStore, *messages: object) -> list[OutboxItem]:
    return await store.write(lambda t: t.outbox.put(messages, NOW))  # type: ignore[arg-type]


async def waiting(store: SqlStore) -> list[OutboxItem]:
    return await store.read(lambda t: t.outbox.waiting(100))


async def live_screen(store: SqlStore, chat_id: int = 7) -> int | None:
    found = (await store.read(lambda t: t.people.situation(chat_id, EVENT))).person
    assert found is not None
    return found.screen_message_id


async def test_screens_wait_in_the_order_they_were_put(store: SqlStore) -> None:
    items = await put(store, message(7, "one", edit=5, live=True), message(8, "two"))
    assert [item.screen["text"] for item in items] == ["one", "two"]
    assert (items[0].edit, items[0].live, items[1].edit, items[1].live) == (5, True, None, False)
    assert await waiting(store) == items
    assert await store.read(lambda t: t.outbox.waiting(100, items[0].id)) == items[1:]


async def test_a_screen_comes_back_with_every_character(store: SqlStore) -> None:
    text = "مرحبا \x00 \ud800 🎉 \u200f<b>&amp;</b>"
    await put(store, message(7, text))
    assert (await waiting(store))[0].screen["text"] == text


async def test_a_folding_screen_replaces_the_one_that_still_waits(store: SqlStore) -> None:
    await put(store, message(7, "kept"), message(8, "another chat", fold=True))
    await put(store, message(7, "first", fold=True))
    await put(store, message(7, "second", fold=True))
    assert [item.screen["text"] for item in await waiting(store)] == ["kept", "another chat", "second"]


async def test_the_screens_of_one_step_do_not_fold_each_other(store: SqlStore) -> None:
    await put(store, message(7, "a correction", fold=True), message(7, "the question", fold=True))
    assert [item.screen["text"] for item in await waiting(store)] == ["a correction", "the question"]


async def test_a_screen_that_was_sent_is_not_folded_away(store: SqlStore) -> None:
    await store.write(lambda t: t.people.save(person()))
    (item,) = await put(store, message(fold=True))
    await store.write(lambda t: t.outbox.settle([settled(item, "sent", message_id=41)], NOW))
    await put(store, message(fold=True))
    assert (await store.read(lambda t: t.status())).outbox == {"sent": 1, "waiting": 1}


async def test_a_live_screen_once_sent_becomes_the_current_one(store: SqlStore) -> None:
    await store.write(lambda t: t.people.save(person()))
    note, live = await put(store, message(text="a note"), message(live=True))
    await store.write(lambda t: t.outbox.settle([settled(live, "sent", message_id=42)], NOW))
    assert await live_screen(store) == 42
    await store.write(lambda t: t.outbox.settle([settled(note, "sent", message_id=43)], NOW))
    assert await live_screen(store) == 42
    assert await waiting(store) == []


async def test_a_live_screen_sent_after_it_was_folded_away_still_becomes_the_current_one(store: SqlStore) -> None:
    await store.write(lambda t: t.people.save(person()))
    (in_flight,) = await put(store, message(live=True, fold=True))
    await put(store, message(text="newer", live=True, fold=True))
    await store.write(lambda t: t.outbox.settle([settled(in_flight, "sent", message_id=44)], NOW))
    assert await live_screen(store) == 44
    assert [item.screen["text"] for item in await waiting(store)] == ["newer"]


async def test_a_screen_to_try_again_keeps_its_text_and_its_time(store: SqlStore) -> None:
    (item,) = await put(store, message())
    outcome = settled(item, "waiting", attempts=1, not_before=LATER, reason="timeout")
    await store.write(lambda t: t.outbox.settle([outcome], NOW))
    (again,) = await waiting(store)
    assert (again.attempts, again.not_before, again.screen) == (1, LATER, item.screen)


async def test_a_screen_set_aside_is_seen_in_the_status(store: SqlStore) -> None:
    await store.write(lambda t: t.people.save(person()))
    (item,) = await put(store, message())
    await store.write(lambda t: t.outbox.settle([settled(item, "set_aside", reason="unknown outcome")], LATER))
    status = await store.read(lambda t: t.status())
    assert status.set_aside == [("outbox", item.id, "unknown outcome", LATER)]
    assert await waiting(store) == []


async def test_a_chat_that_blocked_the_bot_gets_nothing_more(store: SqlStore) -> None:
    await store.write(lambda t: t.people.save(person()))
    first, _, other = await put(store, message(7), message(7, "next"), message(8))
    await store.write(lambda t: t.outbox.settle([settled(first, "blocked")], LATER))
    assert await waiting(store) == [other]
    situation = await store.read(lambda t: t.people.situation(7, EVENT))
    assert situation.person is not None
    assert situation.person.blocked_at == LATER
    status = await store.read(lambda t: t.status())
    assert (status.outbox, status.blocked) == ({"blocked": 2, "waiting": 1}, 1)


async def test_an_outcome_told_twice_changes_nothing_the_second_time(store: SqlStore) -> None:
    await store.write(lambda t: t.people.save(person()))
    (item,) = await put(store, message())
    await store.write(lambda t: t.outbox.settle([settled(item, "sent", message_id=1)], NOW))
    await store.write(lambda t: t.outbox.settle([settled(item, "set_aside", reason="late")], NOW))
    assert (await store.read(lambda t: t.status())).outbox == {"sent": 1}


async def test_an_id_is_never_given_twice_even_after_a_purge(store: SqlStore) -> None:
    await store.write(lambda t: t.people.save(person()))
    (item,) = await put(store, message())
    await store.write(lambda t: t.outbox.settle([settled(item, "sent", message_id=1)], NOW))
    await store.write(lambda t: t.purge(limits(LATER)))
    (after,) = await put(store, message())
    assert after.id > item.id
