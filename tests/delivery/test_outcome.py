"""Row by row, the table of errors to outcomes, each through a real HTTP answer and PTB."""

from __future__ import annotations

from datetime import timedelta

import pytest
from telegram.error import RetryAfter

from bot.delivery.bot_api import BotApi
from bot.delivery.call import call
from bot.delivery.outcome import (
    Blocked,
    BotStopped,
    EditRefused,
    MigratedTo,
    Outcome,
    Refused,
    RetryAt,
    Sent,
    Unknown,
    classify,
)
from bot.screen import Screen
from tests.delivery.loopback import TOKEN, Answer, Loopback, refusal

SCREEN = Screen(template="greeting", text="hello")
HTML_PAGE = b"<html><body>502 Bad Gateway nginx</body></html>"

SEND_TABLE: list[tuple[str, Answer, Outcome]] = [
    ("429", refusal(429, "Too Many Requests: retry after 35", retry_after=35), RetryAt(35, "chat")),
    ("429 hours", refusal(429, "Too Many Requests: retry after 9000", retry_after=9000), RetryAt(9000, "chat")),
    ("429 unnamed", refusal(429, "Too Many Requests: later"), RetryAt(5.0, "chat")),
    ("429 zero", refusal(429, "Too Many Requests: retry after 0", retry_after=0), RetryAt(5.0, "chat")),
    ("query too old", refusal(400, "Bad Request: query is too old and response timeout expired"), Sent()),
    ("delete not found", refusal(400, "Bad Request: message to delete not found"), Sent()),
    ("can't delete", refusal(400, "Bad Request: message can't be deleted for everyone"), Sent()),
    (
        "reply not found",
        refusal(400, "Bad Request: message to be replied not found"),
        Refused("message to be replied not found"),
    ),
    (
        "migrated",
        refusal(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-1009),
        MigratedTo(-1009),
    ),
    ("unknown", refusal(400, "Bad Request: chat not found"), Blocked("chat not found", unknown_chat=True)),
    ("peer", refusal(400, "Bad Request: PEER_ID_INVALID"), Blocked("peer_id_invalid", unknown_chat=True)),
    (
        "rights",
        refusal(400, "Bad Request: not enough rights to send text messages to the chat"),
        Blocked("not enough rights to send text messages to the chat"),
    ),
    ("write", refusal(400, "Bad Request: CHAT_WRITE_FORBIDDEN"), Blocked("chat_write_forbidden")),
    (
        "entities",
        refusal(400, 'Bad Request: can\'t parse entities: Unsupported start tag "ali" at byte offset 3'),
        Refused("can't parse entities: unsupported start tag … at byte offset 3"),
    ),
    ("long", refusal(400, "Bad Request: message is too long"), Refused("message is too long")),
    ("empty", refusal(400, "Bad Request: text must be non-empty"), Refused("text must be non-empty")),
    ("button", refusal(400, "Bad Request: BUTTON_DATA_INVALID"), Refused("button_data_invalid")),
    ("any 400", refusal(400, "Bad Request: something new"), Refused("something new")),
    ("413", refusal(413, "Request Entity Too Large"), Refused("request entity too large")),
    ("413 page", Answer(status=413, body=b"<html>"), Refused("request entity too large")),
    (
        "blocked",
        refusal(403, "Forbidden: bot was blocked by the user"),
        Blocked("forbidden: bot was blocked by the user"),
    ),
    ("deactivated", refusal(403, "Forbidden: user is deactivated"), Blocked("forbidden: user is deactivated")),
    (
        "never started",
        refusal(403, "Forbidden: bot can't initiate conversation with a user"),
        Blocked("forbidden: bot can't initiate conversation with a user"),
    ),
    (
        "kicked",
        refusal(403, "Forbidden: bot was kicked from the group chat"),
        Blocked("forbidden: bot was kicked from the group chat"),
    ),
    ("401", refusal(401, "Unauthorized"), BotStopped("unauthorized")),
    ("404", refusal(404, "Not Found"), BotStopped("not found")),
    ("409", refusal(409, "Conflict: terminated by other getUpdates request"), RetryAt(1.0, "unsent")),
    ("deleted at once", refusal(500, "Internal Server Error: sent message was immediately deleted"), Sent()),
    ("500", refusal(500, "Internal Server Error"), Unknown("internal server error")),
    ("502 page", Answer(status=502, body=HTML_PAGE, effect=False), Unknown("TelegramError")),
    ("503", refusal(503, "Service Unavailable"), Unknown("service unavailable")),
    ("504 page", Answer(status=504, body=HTML_PAGE), Unknown("TelegramError")),
    ("cut before", Answer(cut="before"), Unknown("RemoteProtocolError")),
    ("cut after", Answer(cut="after"), Unknown("RemoteProtocolError")),
    ("no JSON", Answer(body=HTML_PAGE), Unknown("unreadable answer: TelegramError")),
    ("a list", Answer(body=b"[1]"), Unknown("unreadable answer: TelegramError")),
    ("deep", Answer(body=b"[" * 100_000), Unknown("unreadable answer: TelegramError")),
    ("no result", Answer(body=b'{"ok":true}'), Unknown("unreadable answer: KeyError")),
    ("no message", Answer(body=b'{"ok":true,"result":{}}'), Unknown("unreadable answer: KeyError")),
    ("fine", Answer(body=b'{"ok":true,"result":{"message_id":7,"date":1,"chat":{"id":1,"type":"private"}}}'), Sent(7)),
]

EDIT_TABLE: list[tuple[str, Answer, Outcome]] = [
    ("same", refusal(400, "Bad Request: message is not modified: specified new message content"), Sent()),
    ("gone", refusal(400, "Bad Request: message to edit not found"), EditRefused()),
    ("too old", refusal(400, "Bad Request: message can't be edited"), EditRefused()),
    ("id", refusal(400, "Bad Request: MESSAGE_ID_INVALID"), EditRefused()),
    ("a file", refusal(400, "Bad Request: there is no text in the message to edit"), EditRefused()),
    ("429", refusal(429, "Too Many Requests: retry after 3", retry_after=3), RetryAt(3, "chat")),
]


@pytest.mark.parametrize(("answer", "outcome"), [row[1:] for row in SEND_TABLE], ids=[r[0] for r in SEND_TABLE])
async def test_each_answer_to_a_send_has_its_outcome(
    server: Loopback, api: BotApi, answer: Answer, outcome: Outcome
) -> None:
    server.script(answer)
    assert await call(api.bot, 1, SCREEN, None) == outcome


@pytest.mark.parametrize(("answer", "outcome"), [row[1:] for row in EDIT_TABLE], ids=[r[0] for r in EDIT_TABLE])
async def test_each_answer_to_an_edit_has_its_outcome(
    server: Loopback, api: BotApi, answer: Answer, outcome: Outcome
) -> None:
    server.script(answer)
    assert await call(api.bot, 1, SCREEN, 55) == outcome


async def test_a_refused_edit_phrase_after_a_send_is_our_fault_and_makes_no_new_send(
    server: Loopback, api: BotApi
) -> None:
    server.script(refusal(400, "Bad Request: MESSAGE_ID_INVALID"))
    assert await call(api.bot, 1, SCREEN, None) == Refused("message_id_invalid")


async def test_a_server_that_is_not_there_surely_got_nothing(api: BotApi) -> None:
    nowhere = BotApi(TOKEN, "http://127.0.0.1:1")
    assert await call(nowhere.bot, 1, SCREEN, None) == RetryAt(1.0, "unsent")
    await nowhere.close()


async def test_a_call_that_found_no_free_connection_surely_was_not_sent(server: Loopback) -> None:
    import asyncio

    from telegram import Bot
    from telegram.request import HTTPXRequest

    server.hold = asyncio.Event()
    request = HTTPXRequest(connection_pool_size=1, pool_timeout=0.01, httpx_kwargs={"trust_env": False})
    bot = Bot(TOKEN, base_url=f"{server.url}/bot", request=request)
    first = asyncio.create_task(call(bot, 1, SCREEN, None))
    await server.called(1)
    assert await call(bot, 2, SCREEN, None) == RetryAt(1.0, "unsent")
    server.hold.set()
    assert await first == Sent(1001)
    await request.shutdown()


async def test_an_answer_that_does_not_come_in_time_is_unknown(server: Loopback) -> None:
    import asyncio

    server.hold = asyncio.Event()
    hasty = BotApi(TOKEN, server.url, timeout_s=0.05)
    assert await call(hasty.bot, 1, SCREEN, None) == Unknown("ReadTimeout")
    await hasty.close()


async def test_text_that_no_encoding_takes_is_refused_and_not_unknown(server: Loopback, api: BotApi) -> None:
    outcome = await call(api.bot, 1, Screen(template="t", text="a\ud800b"), None)
    assert outcome == Refused("text that can't be encoded")
    assert server.calls == []


@pytest.mark.parametrize("choice", ["0", "1"])
@pytest.mark.filterwarnings("ignore:.*In a future major version attribute")
def test_retry_after_is_read_as_an_int_and_as_a_timedelta(monkeypatch: pytest.MonkeyPatch, choice: str) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", choice)
    assert classify(RetryAfter(timedelta(seconds=90)), "sendMessage") == RetryAt(90.0, "chat")
