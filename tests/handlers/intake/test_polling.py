"""Polling over real HTTP: nothing is confirmed before it is committed."""

from __future__ import annotations

import asyncio
import json
import logging
from datetime import timedelta

import pytest

from handlers.intake.polling import OFFSET_KEY
from tests.delivery.loopback import Answer, Call, refusal, success
from tests.handlers.intake.desk import Desk, message, tap


def polls(desk: Desk) -> list[str | None]:
    """The offsets asked for, in order."""
    return [c.params.get("offset") for c in desk.server.calls if c.method == "getUpdates"]


async def test_updates_are_kept_as_they_came_and_confirmed_after(desk: Desk) -> None:
    await desk.server.feed(message(7, text="مرحبا \ud800 😀 \x00"), message(8, chat_id=2))
    desk.poll()
    await desk.server.confirmed()
    kept = await desk.kept()
    assert [(row.update_id, row.chat_id) for row in kept] == [(7, 1), (8, 2)]
    assert json.loads(kept[0].raw) == message(7, text="مرحبا \ud800 😀 \x00")
    assert kept[0].raw.isascii()
    assert desk.received == kept
    assert polls(desk) == [None, "9"]
    assert await desk.fact(OFFSET_KEY) == "9"


async def test_a_webhook_is_taken_away_first_and_what_waits_is_kept(desk: Desk) -> None:
    desk.server.script(refusal(502, "Bad Gateway"), method="deleteWebhook")
    desk.poll()
    await desk.ticker.slept_times(1)
    desk.ticker.advance(5)
    await desk.server.called(1, "getUpdates")
    assert [c.method for c in desk.server.calls] == ["deleteWebhook", "deleteWebhook", "getUpdates"]
    assert desk.server.calls[0].params == {"drop_pending_updates": "false"}


async def test_the_list_of_kinds_is_always_sent(desk: Desk) -> None:
    desk.poll()
    await desk.server.called(1, "getUpdates")
    call = desk.server.calls[-1]
    assert json.loads(call.params["allowed_updates"]) == [
        "message",
        "edited_message",
        "callback_query",
        "my_chat_member",
    ]
    assert call.params["timeout"] == "50"


async def test_after_a_restart_polling_goes_on_from_the_stored_offset(desk: Desk) -> None:
    await desk.server.feed(message(7))
    desk.poll()
    await desk.server.confirmed()
    await desk.stop()
    desk.poll()
    await desk.server.called(3, "getUpdates")
    assert polls(desk) == [None, "8", "8"]


async def test_an_offset_older_than_telegrams_ids_is_forgotten(desk: Desk) -> None:
    await desk.server.feed(message(7000))
    desk.poll()
    await desk.server.confirmed()
    await desk.stop()
    desk.clock.step(timedelta(days=8))
    await desk.server.feed(message(12))
    desk.poll()
    await desk.server.confirmed()
    assert [row.update_id for row in await desk.kept()] == [7000, 12]
    assert await desk.fact(OFFSET_KEY) == "13"


async def test_a_kill_after_the_commit_and_before_the_confirmation_repeats_nothing(desk: Desk) -> None:
    """The server gives the batch again; it has no effect the second time."""
    await desk.server.feed(message(7), tap(8))

    def lost(call: Call) -> Answer | None:
        return Answer(cut="before") if call.params.get("offset") == "9" else None

    desk.server.rules.append(lost)
    desk.poll()
    await desk.ticker.slept_times(1)
    await desk.stop()
    desk.server.rules.remove(lost)
    await desk.store.write(lambda tx: tx.meta.put(OFFSET_KEY, "7"))
    desk.poll()
    await desk.server.confirmed()
    assert [row.update_id for row in await desk.kept()] == [7, 8]
    assert [row.update_id for row in desk.received] == [7, 8]
    assert desk.acknowledged == ["tap8"]


async def test_the_same_update_twice_in_a_batch_is_kept_once(desk: Desk) -> None:
    await desk.server.feed(tap(7), tap(7), message(8))
    desk.poll()
    await desk.server.confirmed()
    assert [row.update_id for row in desk.received] == [7, 8]
    assert desk.acknowledged == ["tap7"]


async def test_a_store_that_is_away_confirms_nothing_and_tells_each_person_once(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    polling = desk.poll()
    await desk.server.called(1, "getUpdates")
    desk.store.is_away = True
    await desk.server.feed(message(7, 1), message(8, 2), tap(9, 1), message(10, -5))
    for times in (1, 2, 3):
        await desk.ticker.slept_times(times)
        assert polling.trouble == "the store takes no updates"
        if times < 3:
            desk.ticker.advance(20)
    assert sorted(chat for told in desk.told for chat in told) == [1, 2]
    assert set(polls(desk)) <= {None, "8"}
    assert max(desk.ticker.slept) <= 10
    desk.store.is_away = False
    desk.ticker.advance(20)
    await desk.server.confirmed()
    assert [row.update_id for row in await desk.kept()] == [7, 8, 9, 10]
    assert desk.acknowledged == ["tap9"]
    assert polling.trouble == ""
    assert caplog.text.count("the store takes no updates") == 1


async def test_a_second_outage_is_told_again(desk: Desk) -> None:
    polling = desk.poll()
    await desk.server.called(1, "getUpdates")
    for update_id in (7, 8):
        desk.store.is_away = True
        await desk.server.feed(message(update_id))
        await desk.ticker.slept_times(update_id - 6)
        desk.store.is_away = False
        desk.ticker.advance(20)
        await desk.server.confirmed()
    assert desk.told == [[1], [1]]
    assert polling.trouble == ""


async def test_a_store_that_is_away_at_the_start_is_waited_for(desk: Desk) -> None:
    desk.store.is_away = True
    polling = desk.poll()
    await desk.ticker.slept_times(1)
    assert polling.trouble == "the store can't be read"
    assert desk.server.calls == []
    desk.store.is_away = False
    desk.ticker.advance(20)
    await desk.server.called(1, "getUpdates")


async def test_stopping_while_the_store_is_away_ends_and_confirms_nothing(desk: Desk) -> None:
    desk.store.is_away = True
    desk.poll()
    await desk.ticker.slept_times(1)
    await desk.stop()
    desk.store.is_away = False
    desk.poll()
    await desk.server.called(1, "getUpdates")
    desk.store.is_away = True
    await desk.server.feed(message(7))
    await desk.ticker.slept_times(2)
    await desk.stop()
    assert polls(desk) == [None]


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        (refusal(502, "Bad Gateway"), "Telegram answers 502"),
        (Answer(status=502, body=b"<html>"), "Telegram answers 502"),
        (Answer(cut="before"), "no answer: RemoteProtocolError"),
        (refusal(409, "Conflict: terminated by other getUpdates request"), "another program polls"),
        (refusal(429, "Too Many Requests", retry_after=30), "too many requests"),
        (Answer(body=b"<html>a portal</html>"), "an answer that can't be read"),
        (Answer(body=b'{"ok":true}'), "an answer that can't be read"),
        (Answer(body=b"[" * 100_000), "an answer that can't be read"),
    ],
)
async def test_polling_backs_off_and_goes_on(
    desk: Desk, caplog: pytest.LogCaptureFixture, answer: Answer, trouble: str
) -> None:
    desk.server.script(*[answer] * 5, method="getUpdates")
    polling = desk.poll()
    for times in range(1, 6):
        await desk.ticker.slept_times(times)
        assert polling.trouble.startswith(trouble)
        desk.ticker.advance(70)
    await desk.server.feed(message(7))
    await desk.server.confirmed()
    assert polling.trouble == ""
    assert 0 <= (polling.last_good_age_s() or 0.0) < 60
    assert desk.ticker.slept[-1] > desk.ticker.slept[0] or min(desk.ticker.slept) >= 30
    assert len([r for r in caplog.records if r.levelno == logging.ERROR]) == 1


@pytest.mark.parametrize("answer", [refusal(401, "Unauthorized"), refusal(404, "Not Found")])
async def test_a_refused_token_is_an_alarm_and_tried_again_slowly(desk: Desk, answer: Answer) -> None:
    refused = desk.server.always(answer)
    polling = desk.poll()
    assert polling.last_good_age_s() is None
    for times in (1, 2, 3):
        await desk.ticker.slept_times(times)
        assert polling.trouble == "Telegram refuses the token"
        if times == 3:
            desk.server.rules.remove(refused)
        desk.ticker.advance(60)
    await desk.server.called(1, "getUpdates")
    assert desk.ticker.slept == [60.0] * 3


async def test_an_update_without_an_id_is_passed_and_the_rest_is_kept(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    desk.server.script(success([{"message": {}}, 5, message(7), {"update_id": 2**70}]), method="getUpdates")
    desk.poll()
    await desk.server.called(2, "getUpdates")
    assert [row.update_id for row in await desk.kept()] == [7]
    assert polls(desk)[-1] == "8"
    assert "3 of 4 updates have no id" in caplog.text


async def test_a_batch_of_nothing_but_rubbish_is_not_asked_for_in_a_hot_loop(desk: Desk) -> None:
    desk.server.script(success([{}, []]), method="getUpdates")
    polling = desk.poll()
    await desk.ticker.slept_times(1)
    assert polling.trouble == "updates without ids"
    desk.ticker.advance(5)
    await desk.server.called(2, "getUpdates")


async def test_an_update_that_breaks_the_answer_is_narrowed_down_kept_as_it_is_and_passed(desk: Desk) -> None:
    whole = b'{"ok":true,"result":[{"update_id":7,"message":{"text":"fine"}},{"update_id":8,"message":{"te\xff'
    broken = b'{"ok":true,"result":[{"update_id":8,"message":{"te\xff'

    def rule(call: Call) -> Answer | None:
        if call.method != "getUpdates" or call.params.get("offset") == "9":
            return None
        if call.params["limit"] == "100":
            return Answer(body=whole)
        return success([message(7)]) if call.params.get("offset") is None else Answer(body=broken)

    desk.server.rules.append(rule)
    desk.poll()
    for times in (1, 2, 3):
        await desk.ticker.slept_times(times)
        desk.ticker.advance(70)
    await desk.server.called(6, "getUpdates")
    assert polls(desk) == [None, None, "8", "8", "8", "9"]
    assert [row.update_id for row in await desk.kept()] == [7, 8]
    assert desk.server.calls[-1].params["limit"] == "100"


async def test_stop_ends_a_long_poll_at_once(desk: Desk) -> None:
    desk.poll()
    await desk.server.called(1, "getUpdates")
    await asyncio.wait_for(desk.stop(), timeout=5)


async def test_what_nobody_expected_is_raised(desk: Desk) -> None:
    async def broken(_work: object) -> None:
        raise ZeroDivisionError

    polling = desk.poll()
    _, task = desk.running.pop()
    await desk.server.called(1, "getUpdates")
    desk.store.write = broken  # type: ignore[assignment]
    await desk.server.feed(message(7))
    with pytest.raises(ZeroDivisionError):
        await task
    assert polling.trouble == ""


async def test_no_line_of_the_log_holds_the_token_or_a_message(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    from bot.delivery.quiet_logs import SecretFilter
    from tests.delivery.loopback import TOKEN

    caplog.set_level(logging.DEBUG)
    caplog.handler.addFilter(SecretFilter([TOKEN]))
    desk.server.script(Answer(body=b"broken Hassan"), Answer(cut="before"), method="getUpdates")
    await desk.server.feed(message(7, text="Hassan"))
    desk.poll()
    for times in (1, 2):
        await desk.ticker.slept_times(times)
        desk.ticker.advance(70)
    await desk.server.confirmed()
    caplog.handler.filters.clear()
    ours = [r.getMessage() for r in caplog.records if r.name.startswith(("bot", "handlers"))]
    assert len(ours) >= 2
    assert TOKEN not in caplog.text
    assert not any("Hassan" in line for line in ours)
