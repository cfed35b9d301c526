"""What invented people send, as the bytes that Telegram would post, and what Telegram would answer."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from bot import buttons

TOKEN = f"42:{'A' * 35}"
ME = {"id": 42, "is_bot": True, "first_name": "Bench", "username": "BenchBot"}
QUESTIONS = tuple(f"question_{n}" for n in range(1, 13))
FIRST_CHAT = 1000
CHATS_AT_ONCE = 64
_TRUE = b'{"ok":true,"result":true}'
_ME = json.dumps({"ok": True, "result": ME}).encode()


def canned(method: str, message_id: int, chat_id: int) -> bytes:
    """The answer to a call, of the size and shape that Telegram's has."""
    if method == "getMe":
        return _ME
    if not method.startswith(("send", "editMessageText")):
        return _TRUE
    sent = {
        "message_id": message_id,
        "from": ME,
        "chat": {"id": chat_id, "first_name": "Mona", "type": "private"},
        "date": 1_605_000_000,
        "text": "Question 7 of 12\nWhat is the next answer?",
    }
    return json.dumps({"ok": True, "result": sent}).encode()


def text(update_id: int, chat_id: int, words: str) -> bytes:
    """A text message; a command is marked as one."""
    message: dict[str, Any] = {
        "message_id": update_id,
        "from": _user(chat_id),
        "chat": {"id": chat_id, "first_name": "Mona", "type": "private"},
        "date": 1_605_000_000,
        "text": words,
    }
    if words.startswith("/"):
        message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(words)}]
    return json.dumps({"update_id": update_id, "message": message}).encode()


def tap(update_id: int, chat_id: int, data: str) -> bytes:
    """A tap on the button with that data."""
    shown = {
        "message_id": 7,
        "from": ME,
        "chat": {"id": chat_id, "first_name": "Mona", "type": "private"},
        "date": 1_605_000_000,
        "text": "Question 7 of 12\nWhat is the next answer?",
        "reply_markup": {"inline_keyboard": [[{"text": "Next", "callback_data": data}]]},
    }
    query = {"id": str(update_id), "from": _user(chat_id), "message": shown, "chat_instance": "1", "data": data}
    return json.dumps({"update_id": update_id, "callback_query": query}).encode()


def _user(chat_id: int) -> dict[str, Any]:
    return {"id": chat_id, "is_bot": False, "first_name": "Mona", "language_code": "en"}


def answer(question: int, chat_id: int) -> str:
    """What the person of that chat answers to the nth question."""
    return f"answer {question} of {chat_id}"


Steps = Sequence[Callable[[int, int], bytes]]
PEER_STEPS: Steps = [
    lambda update, chat: text(update, chat, "/register"),
    *(lambda update, chat, n=n: text(update, chat, answer(n, chat)) for n in range(len(QUESTIONS))),  # type: ignore[misc]
]
PLAIN_STEPS: Steps = [
    lambda update, chat: tap(update, chat, buttons.data(buttons.REGISTER)),
    *PEER_STEPS[1:],
    lambda update, chat: tap(update, chat, buttons.data(buttons.CONFIRM)),
]


def _pick(question: str, code: str) -> Callable[[int, int], bytes]:
    return lambda update, chat: tap(update, chat, buttons.data(buttons.ANSWER, question, code))


def _said(words: str) -> Callable[[int, int], bytes]:
    return lambda update, chat: text(update, chat, words)


REAL_STEPS: Steps = [
    PLAIN_STEPS[0],
    _pick("age_band", "adult"),
    _pick("consent", "agree"),
    _pick("for_whom", "me"),
    _pick("kind", "academia"),
    _said("Jordan"),
    _said("Dr"),
    _said("Mona"),
    _said("Example"),
    _said("منى مثال"),
    _said("An Example University"),
    _said("Lecturer"),
    lambda update, chat: text(update, chat, f"guest{chat}@example.org"),
    lambda update, chat: text(update, chat, f"+2010{10_000_000 + chat}"),
    _pick("presents", "yes"),
    _said("A guide for schools"),
    lambda update, chat: tap(update, chat, buttons.data(buttons.ANSWER, "accessibility", "captions", buttons.TICK)),
    lambda update, chat: tap(update, chat, buttons.data(buttons.DONE, "accessibility")),
    _said("How are the Guidelines adapted?"),
    _pick("reminders", "yes"),
    PLAIN_STEPS[-1],
]


def updates(steps: Steps, people: int, first_update: int = 1) -> list[tuple[int, bytes]]:
    """(chat, update) of `people` who go through the steps side by side."""
    return [
        (FIRST_CHAT + person, step(first_update + place * people + person, FIRST_CHAT + person))
        for place, step in enumerate(steps)
        for person in range(people)
    ]


async def drive(
    rows: Sequence[tuple[int, bytes]], one: Callable[[int, bytes], Awaitable[None]], at_once: int
) -> dict[str, float]:
    """Each update once, `at_once` at a time; updates a second, and milliseconds of CPU and of waiting for each."""
    waits: list[float] = []
    waiting = iter(rows)

    async def worker() -> None:
        for chat_id, raw in waiting:
            began = time.perf_counter()
            await one(chat_id, raw)
            waits.append(time.perf_counter() - began)

    began, cpu = time.perf_counter(), time.process_time()
    await asyncio.gather(*(worker() for _ in range(at_once)))
    wall, cpu = time.perf_counter() - began, time.process_time() - cpu
    waits.sort()
    return {
        "rate": len(rows) / wall,
        "cpu_ms": cpu / len(rows) * 1e3,
        "p50_ms": waits[len(waits) // 2] * 1e3,
        "p99_ms": waits[int(len(waits) * 0.99)] * 1e3,
    }
