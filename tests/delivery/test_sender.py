"""Rows of the outbox over a real store and real HTTP: order, outcomes, and what a crash may repeat."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta

import pytest

from bot.delivery.bucket import Rates
from bot.screen import Button, Screen
from tests.delivery.loopback import Answer, Call, refusal
from tests.delivery.office import FAST, Office

SERVER_ERROR = refusal(502, "Bad Gateway")
CUT_BEFORE, CUT_AFTER = Answer(cut="before"), Answer(cut="after")


async def test_a_row_is_sent_and_its_message_becomes_the_persons_screen(office: Office) -> None:
    await office.send(1, "hello", live=True)
    assert office.server.sends() == ["hello"]
    assert await office.counts() == {"sent": 1}
    assert (await office.person(1)).screen_message_id == 1001
    assert office.sender.status().chats == 0


async def test_an_edit_keeps_the_id_of_the_screen(office: Office) -> None:
    await office.send(1, "hello", live=True)
    await office.send(1, "changed", edit=1001, live=True)
    assert [c.method for c in office.server.done] == ["sendMessage", "editMessageText"]
    assert (await office.person(1)).screen_message_id == 1001


async def test_a_chats_rows_go_in_order_one_at_a_time_and_chats_in_parallel(office: Office) -> None:
    office.server.hold = asyncio.Event()
    items = [*await office.put(1, "1a", "1b", "1c"), *await office.put(2, "2a", "2b")]
    office.sender.offer(items)
    await office.server.called(2)
    assert sorted(c.text for c in office.server.calls) == ["1a", "2a"]
    office.server.hold.set()
    await office.sender.idle()
    assert office.server.sends(1) == ["1a", "1b", "1c"]
    assert office.server.sends(2) == ["2a", "2b"]


async def test_no_more_calls_are_under_way_than_there_are_connections(office: Office) -> None:
    office.server.hold = asyncio.Event()
    rows = [item for chat in range(100, 140) for item in await office.put(chat, "x")]
    office.sender.offer(rows)
    await office.server.called(office.api.parallel)
    assert office.sender.status().in_flight == office.api.parallel
    office.server.hold.set()
    await office.sender.idle()
    assert len(office.server.sends()) == 40
    assert office.server.connections <= office.api.parallel


async def test_a_row_offered_twice_is_sent_once(office: Office) -> None:
    items = await office.put(1, "a", "b")
    office.sender.offer(items)
    office.sender.offer(items)
    await office.sender.load()
    await office.sender.idle()
    assert office.server.sends() == ["a", "b"]


async def test_rows_offered_out_of_order_still_go_by_id(office: Office) -> None:
    office.server.hold = asyncio.Event()
    items = await office.put(1, "a", "b", "c", "d")
    office.sender.offer([items[0]])
    await office.server.called(1)
    office.sender.offer([items[3], items[1]])
    office.sender.offer([items[2]])
    office.server.hold.set()
    await office.sender.idle()
    assert office.server.sends() == ["a", "b", "c", "d"]


async def test_outcomes_that_wait_share_a_transaction(office: Office) -> None:
    items = [item for chat in range(100, 110) for item in await office.put(chat, "x")]
    office.store.is_away = True
    office.sender.offer(items)
    while office.sender.status().unsettled < 10:
        await asyncio.sleep(0.001)
    office.store.is_away, before = False, office.store.writes
    office.ticker.advance(30)
    await office.sender.idle()
    assert await office.counts() == {"sent": 10}
    assert office.store.writes - before <= 2


async def test_after_a_crash_everything_that_waits_is_sent_in_pages(office: Office) -> None:
    texts = [str(n) for n in range(26)]
    for chat in range(100, 120):
        await office.put(chat, *texts)
    assert await office.sender.load() == 520
    await office.sender.idle()
    assert all(office.server.sends(chat) == texts for chat in range(100, 120))


async def test_a_kill_between_send_and_settle_repeats_only_that_message(office: Office) -> None:
    await office.put(1, "a", "b")
    await office.put(2, "c")
    await office.sender.load()
    office.store.is_away = True
    await office.ticker.slept_times(1)
    await office.server.called(2)
    killed = office.sender
    assert office.server.sends(1) == ["a"], "the chat's next row waits for the first one's outcome"

    office.store.is_away = False
    office.restart()
    await office.sender.load()
    await office.sender.idle()
    assert office.server.sends(1) == ["a", "a", "b"]
    assert office.server.sends(2) == ["c", "c"]
    await killed.stop(within_s=0)


async def test_a_store_that_is_away_keeps_outcomes_in_memory_and_nothing_is_sent_twice(office: Office) -> None:
    items = [*await office.put(1, "a", "b"), *await office.put(2, "c")]
    office.store.is_away = True
    office.sender.offer(items)
    await office.ticker.slept_times(1)
    office.ticker.advance(30)
    await office.ticker.slept_times(2)
    assert office.sender.status().store_is_away
    assert office.sender.status().unsettled > 0
    office.store.is_away = False
    office.ticker.advance(30)
    await office.sender.idle()
    assert sorted(office.server.sends()) == ["a", "b", "c"]
    assert await office.counts() == {"sent": 3}
    assert not office.sender.status().store_is_away


async def test_stopping_finishes_and_settles_what_is_under_way_and_begins_nothing(office: Office) -> None:
    office.server.hold = asyncio.Event()
    office.sender.offer(await office.put(1, "a", "b"))
    await office.server.called(1)
    stopping = asyncio.create_task(office.sender.stop())
    await asyncio.sleep(0)
    office.server.hold.set()
    await stopping
    assert office.server.sends() == ["a"]
    assert await office.counts() == {"sent": 1, "waiting": 1}


async def test_stopping_gives_up_on_a_call_that_never_ends_and_its_row_waits(office: Office) -> None:
    office.server.hold = asyncio.Event()
    office.sender.offer(await office.put(1, "a"))
    await office.server.called(1)
    await office.sender.stop(within_s=0.01)
    assert await office.counts() == {"waiting": 1}


# 429


async def test_a_429_holds_its_chat_only_and_is_stored(office: Office) -> None:
    office.server.script(refusal(429, "Too Many Requests: retry after 7200", retry_after=7200), chat_id=1)
    office.sender.offer(await office.put(1, "a", "b"))
    await office.send(2, "c", "d")
    assert office.server.sends() == ["c", "d"]
    first, second = await office.waiting()
    assert first.not_before == office.clock.now() + timedelta(hours=2)
    assert second.not_before is None
    office.ticker.advance(7199)
    await office.sender.idle()
    assert office.server.sends(1) == []
    office.ticker.advance(2)
    await office.sender.idle()
    assert office.server.sends(1) == ["a", "b"]


async def test_a_hold_outlives_a_crash(office: Office) -> None:
    office.server.script(refusal(429, "Too Many Requests: retry after 7200", retry_after=7200), chat_id=1)
    await office.send(1, "a", "b")
    office.clock.step(timedelta(hours=1))
    await office.sender.stop()
    office.restart()
    await office.sender.load()
    await office.sender.idle()
    assert office.server.sends(1) == []
    office.ticker.advance(3601)
    await office.sender.idle()
    assert office.server.sends(1) == ["a", "b"]


async def test_several_chats_with_a_429_hold_everything_for_the_shortest_time(office: Office) -> None:
    for chat_id, after in ((11, 4), (12, 9000), (13, 20)):
        office.server.script(refusal(429, "Too Many Requests", retry_after=after), chat_id=chat_id)
        await office.send(chat_id, "x")
    await office.send(1, "hello")
    assert office.server.sends() == []
    office.ticker.advance(4.1)
    await office.sender.idle()
    assert office.server.sends() == ["x", "hello"] or office.server.sends() == ["hello", "x"]


# Chats that can't be written to, refusals


async def test_a_blocked_chat_loses_its_rows_and_stops_nobody(office: Office) -> None:
    office.server.script(refusal(403, "Forbidden: bot was blocked by the user"), chat_id=1)
    office.sender.offer(await office.put(1, "a", "b", "c"))
    await office.send(2, "d")
    assert office.server.sends() == ["d"]
    assert (await office.person(1)).blocked_at == office.clock.now()
    assert await office.counts() == {"blocked": 3, "sent": 1}
    assert office.sender.status().waiting == 0


async def test_who_comes_back_after_a_block_is_written_to_again(office: Office) -> None:
    office.server.script(refusal(403, "Forbidden: bot was blocked by the user"), chat_id=1)
    await office.send(1, "a", "b")
    await office.send(1, "welcome back")
    assert office.server.sends(1) == ["welcome back"]


async def test_a_refused_text_goes_once_more_as_plain_text(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    office.server.script(refusal(400, 'Bad Request: can\'t parse entities: Unsupported start tag "ali"'))
    await office.send(1, "<b>1 &lt; 2</b>")
    first, second = office.server.calls
    assert (first.params["parse_mode"], first.text) == ("HTML", "<b>1 &lt; 2</b>")
    assert ("parse_mode" in second.params, second.text) == (False, "1 < 2")
    assert await office.counts() == {"sent": 1}
    assert "greeting" in caplog.text
    assert "ali" not in caplog.text


async def test_what_is_refused_twice_is_set_aside_with_its_template_and_the_next_goes_on(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    office.server.script(*[refusal(400, "Bad Request: BUTTON_DATA_INVALID")] * 2)
    await office.send(1, "secret words", "next")
    assert office.server.sends() == ["next"]
    assert await office.reasons() == ["greeting: button_data_invalid"]
    assert "secret" not in caplog.text


async def test_buttons_that_telegram_refuses_are_left_out_of_the_second_try(office: Office) -> None:
    from bot.records import NewMessage

    office.server.script(refusal(400, "Bad Request: BUTTON_DATA_INVALID"))
    screen = Screen(template="t", text="x", rows=((Button(label="a", data="b" * 70),),))
    rows = [NewMessage(chat_id=1, screen=screen.to_dict())]
    office.sender.offer(await office.store.write(lambda tx: tx.outbox.put(rows, office.clock.now())))
    await office.sender.idle()
    assert "reply_markup" not in office.server.done[-1].params


async def test_a_row_that_holds_no_screen_is_set_aside(office: Office) -> None:
    from bot.records import NewMessage

    rows = [NewMessage(chat_id=1, screen={"text": 5})]
    office.sender.offer(await office.store.write(lambda tx: tx.outbox.put(rows, office.clock.now())))
    await office.send(1, "next")
    assert office.server.sends() == ["next"]
    assert await office.counts() == {"set_aside": 1, "sent": 1}


async def test_an_edit_that_is_refused_becomes_a_new_message_that_later_rows_edit(office: Office) -> None:
    office.server.script(refusal(400, "Bad Request: message to edit not found"))
    await office.send(1, "one", "two", edit=55, live=True)
    done = [(c.method, c.text, c.params.get("message_id")) for c in office.server.done]
    assert done == [("sendMessage", "one", None), ("editMessageText", "two", "1001")]
    assert (await office.person(1)).screen_message_id == 1001


async def test_rows_decided_before_a_new_screen_was_sent_edit_the_new_one(office: Office) -> None:
    office.server.hold = asyncio.Event()
    office.sender.offer(await office.put(1, "new screen", live=True))
    await office.server.called(1)
    office.sender.offer(await office.put(1, "next", edit=55, live=True))
    office.sender.offer(await office.put(1, "old buttons off", edit=55))
    office.server.hold.set()
    await office.sender.idle()
    done = [(c.text, c.params.get("message_id")) for c in office.server.done]
    assert done == [("new screen", None), ("next", "1001"), ("old buttons off", "55")]


async def test_a_message_that_is_not_modified_counts_as_sent(office: Office) -> None:
    office.server.script(refusal(400, "Bad Request: message is not modified"))
    await office.send(1, "same", edit=55, live=True)
    assert len(office.server.calls) == 1
    assert await office.counts() == {"sent": 1}
    assert (await office.person(1)).screen_message_id == 55


async def test_a_group_that_became_a_supergroup_gets_its_rows_there(office: Office) -> None:
    office.server.script(refusal(400, "Bad Request: upgraded", migrate_to_chat_id=-1009), chat_id=-9)
    await office.send(-9, "a", "b")
    assert office.migrated == [(-9, -1009)]
    assert office.server.sends(-1009) == ["a", "b"]
    assert await office.counts() == {"sent": 2}
    assert office.sender.status().chats == 0


async def test_a_migration_waits_for_a_store_that_is_away(office: Office) -> None:
    items = await office.put(-9, "a")
    office.server.script(refusal(400, "Bad Request: upgraded", migrate_to_chat_id=-1009), chat_id=-9)
    office.server.script(refusal(400, "Bad Request: upgraded", migrate_to_chat_id=-1009), chat_id=-9)
    office.store.is_away = True
    office.sender.offer(items)
    await office.sender.idle()
    assert office.store.refused == 1
    office.store.is_away = False
    office.ticker.advance(2)
    await office.sender.idle()
    assert office.server.sends() == ["a"]


async def test_a_group_that_migrated_to_itself_is_a_refusal_and_no_loop(office: Office) -> None:
    office.server.always(refusal(400, "Bad Request: upgraded", migrate_to_chat_id=-9), chat_id=-9)
    await office.send(-9, "a")
    assert await office.counts() == {"set_aside": 1}


# Unknown outcomes


@pytest.mark.parametrize("answer", [SERVER_ERROR, CUT_BEFORE, CUT_AFTER, Answer(status=502, body=b"<html>")])
async def test_a_send_that_may_have_arrived_is_sent_once_more_after_telegram_answers(
    office: Office, answer: Answer
) -> None:
    office.server.script(answer, method="sendMessage")
    await office.send(1, "a", "b")
    assert [row.attempts for row in await office.waiting()] == [1, 0]
    await office.until_probe()
    await office.sender.idle()
    assert [c.text for c in office.server.calls if c.method == "sendMessage"] == ["a", "a", "b"]
    assert await office.counts() == {"sent": 2}


async def test_a_send_that_is_unknown_twice_is_set_aside_and_the_next_goes_on(office: Office) -> None:
    office.server.script(CUT_AFTER, CUT_AFTER, method="sendMessage")
    await office.send(1, "a", "b")
    await office.until_probe()
    await office.until_probe()
    await office.sender.idle()
    assert office.server.sends() == ["a", "a", "b"]
    assert await office.reasons() == ["unknown whether it arrived: RemoteProtocolError"]


async def test_a_crash_between_the_two_tries_does_not_make_them_three(office: Office) -> None:
    office.server.always(CUT_AFTER, method="sendMessage")
    await office.send(1, "a")
    await office.sender.stop()
    office.restart()
    await office.sender.load()
    await office.sender.idle()
    assert office.server.sends() == ["a", "a"]
    assert await office.counts() == {"set_aside": 1}


async def test_an_edit_is_repeated_until_it_is_known(office: Office) -> None:
    office.server.script(CUT_AFTER, SERVER_ERROR, CUT_BEFORE, method="editMessageText")
    await office.send(1, "a", edit=55)
    for _ in range(3):
        await office.until_probe()
        await office.sender.idle()
    assert await office.counts() == {"sent": 1}
    assert [c.method for c in office.server.done if c.method != "getMe"] == ["editMessageText"] * 2


async def test_an_edit_that_is_never_answered_does_not_keep_its_chat_for_ever(office: Office) -> None:
    office.server.always(SERVER_ERROR, method="editMessageText")
    await office.send(1, "a", edit=55)
    for _ in range(6):
        await office.until_probe()
        await office.sender.idle()
    assert await office.counts() == {"set_aside": 1}


async def test_one_chats_errors_stop_nobody(office: Office) -> None:
    office.server.always(SERVER_ERROR, chat_id=1)
    office.sender.offer(await office.put(1, "x", "y"))
    for n in range(5):
        await office.send(2, str(n))
    assert office.server.sends() == ["0", "1", "2", "3", "4"]


async def test_a_server_that_is_down_costs_only_what_was_under_way(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    down = office.server.always(SERVER_ERROR)
    for chat_id in (11, 12, 13):
        await office.send(chat_id, "x")
    assert "can't be reached" in office.sender.status().paused
    await office.send(1, "a")
    for _ in range(8):
        await office.until_probe()
    assert len([c for c in office.server.calls if c.method == "sendMessage"]) == 3
    office.server.rules.remove(down)
    await office.until_probe()
    await office.sender.idle()
    await office.until_waiting(0)
    assert await office.counts() == {"sent": 4}
    assert caplog.text.count("sending pauses") == 1
    assert max(office.ticker.slept) <= 60


async def test_a_server_that_is_not_there_is_asked_until_it_is_and_no_try_is_counted(office: Office) -> None:
    real = office.api.bot
    from bot.delivery.bot_api import BotApi
    from tests.delivery.loopback import TOKEN

    nowhere = BotApi(TOKEN, "http://127.0.0.1:1")
    office.api.bot = nowhere.bot
    await office.send(1, "a")
    await office.ticker.slept_times(1)
    assert [row.attempts for row in await office.waiting()] == [0]
    office.api.bot = real
    await office.until_probe()
    await office.until_waiting(0)
    assert office.server.sends() == ["a"]
    await nowhere.close()


# The whole bot


async def test_a_refused_token_stops_everything_with_one_alarm_and_is_tried_again_slowly(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    refused = office.server.always(refusal(401, "Unauthorized"))
    await office.send(1, "a")
    await office.send(2, "b")
    assert "stopped: unauthorized" in office.sender.status().paused
    for times in (1, 2, 3):
        await office.ticker.slept_times(times)
        assert office.ticker.slept[-1] >= 60
        await office.until_probe()
    assert len([r for r in caplog.records if r.levelno == logging.CRITICAL]) == 1
    assert len([c for c in office.server.calls if c.method == "sendMessage"]) == 1
    office.server.rules.remove(refused)
    await office.until_probe()
    await office.until_waiting(0)
    assert sorted(office.server.sends()) == ["a", "b"]


async def test_a_database_of_another_bot_stops_the_bot_and_blocks_nobody(office: Office) -> None:
    office.server.always(refusal(400, "Bad Request: chat not found"), method="sendMessage")
    for chat_id in (1, 2, 3, 4):
        await office.send(chat_id, "a")
    assert "wrong token or wrong database" in office.sender.status().paused
    assert await office.counts() == {"waiting": 4}


async def test_a_lone_unknown_chat_is_asked_twice_and_then_blocked(office: Office) -> None:
    office.server.always(refusal(400, "Bad Request: chat not found"), method="sendMessage")
    await office.send(1, "a")
    assert await office.counts() == {"waiting": 1}
    office.ticker.advance(6)
    await office.sender.idle()
    assert await office.counts() == {"blocked": 1}


async def test_an_unknown_chat_is_blocked_at_once_when_others_were_reached(office: Office) -> None:
    office.server.always(refusal(400, "Bad Request: chat not found"), chat_id=2)
    await office.send(1, "a")
    await office.send(2, "b")
    assert await office.counts() == {"blocked": 1, "sent": 1}


# Folding, pacing, notices, defects


async def test_a_row_that_was_folded_away_while_it_waited_is_not_sent(office: Office) -> None:
    office.server.hold = asyncio.Event()
    office.sender.offer(await office.put(1, "first", fold=True))
    await office.server.called(1)
    for text in ("second", "third", "fourth"):
        office.sender.offer(await office.put(1, text, fold=True))
    office.server.hold.set()
    await office.sender.idle()
    assert office.server.sends() == ["first", "fourth"]
    assert office.sender.status().waiting == 0


async def test_a_fold_is_seen_once_the_store_is_back(office: Office) -> None:
    office.server.script(refusal(429, "Too Many Requests", retry_after=5))
    await office.send(1, "first")
    office.sender.offer(await office.put(1, "second", fold=True))
    office.sender.offer(await office.put(1, "third", fold=True))
    office.store.is_away = True
    office.ticker.advance(5)
    await office.sender.idle()
    assert office.server.sends() == []
    office.store.is_away = False
    office.ticker.advance(2)
    await office.sender.idle()
    assert office.server.sends() == ["first", "third"]


async def test_a_burst_passes_and_the_rest_of_a_chat_waits_its_turn(office: Office) -> None:
    office.restart(Rates())
    office.sender.offer(await office.put(1, *"abcdefg"))
    await office.server.called(5)
    await office.until_waiting(2)
    assert office.server.sends(1) == list("abcde")
    office.ticker.advance(1.0)
    await office.server.called(6)
    office.ticker.advance(1.1)
    await office.sender.idle()
    assert office.server.sends(1) == list("abcdefg")


async def test_all_chats_together_keep_the_overall_pace(office: Office) -> None:
    office.restart(Rates(overall_per_s=10, overall_burst=3))
    office.sender.offer([item for chat in range(10, 16) for item in await office.put(chat, "x")])
    await office.server.called(3)
    assert len(office.server.calls) == 3
    for count in (4, 5, 6):
        office.ticker.advance(0.1)
        await office.server.called(count)
        assert len(office.server.calls) == count
    await office.sender.idle()


async def test_a_notice_needs_no_store_and_its_failure_harms_nothing(office: Office) -> None:
    office.store.is_away = True
    screen = Screen(template="busy", text="this takes longer than usual")
    assert await office.sender.notice_direct(1, screen)
    office.server.always(SERVER_ERROR)
    assert not await office.sender.notice_direct(1, screen)
    assert office.server.sends() == ["this takes longer than usual"]


async def test_a_defect_is_raised_and_not_passed_over(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    items = await office.put(1, "a")

    async def broken(_work: object) -> None:
        raise ZeroDivisionError

    office.store.write = broken  # type: ignore[assignment]
    office.sender.offer(items)
    with pytest.raises(ZeroDivisionError):
        await office.sender.watch()
    with pytest.raises(ZeroDivisionError):
        await office.sender.idle()
    assert "sending ends after a defect" in caplog.text


async def test_nothing_is_remembered_of_chats_that_are_done(office: Office) -> None:
    for chat in range(1000, 1200):
        office.sender.offer(await office.put(chat, "x"))
    await office.sender.idle()
    assert office.sender.status().chats == 0
    assert office.rates is FAST


async def test_every_chat_keeps_its_order_whatever_goes_wrong_on_the_way(office: Office) -> None:
    import random

    rng = random.Random(7)
    bad = [
        refusal(429, "Too Many Requests", retry_after=3),
        refusal(400, "Bad Request: can't parse entities"),
        SERVER_ERROR,
        CUT_AFTER,
        CUT_BEFORE,
    ]
    hurt: set[tuple[int, str]] = set()

    def rule(call: Call) -> Answer | None:
        key = (call.chat_id, call.text)
        if call.method == "sendMessage" and key not in hurt and rng.random() < 0.3:
            hurt.add(key)
            return rng.choice(bad)
        return None

    office.server.rules.append(rule)
    for n in range(12):
        for chat in range(50, 60):
            office.sender.offer(await office.put(chat, f"{n:02}"))
    while office.sender.status().waiting:
        await office.sender.idle()
        office.ticker.advance(61)
        await asyncio.sleep(0)
    for chat in range(50, 60):
        texts = office.server.sends(chat)
        assert sorted(set(texts)) == [f"{n:02}" for n in range(12)]
        assert texts == sorted(texts)
    assert await office.counts() == {"sent": 120}
