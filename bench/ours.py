"""The project's own path, joined as `bot.app.runtime` joins it, but for the socket: raw update -> inbox -> core ->
outbox -> sender -> canned answer -> settled."""

from __future__ import annotations

import asyncio
import json
import os
import random
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from telegram import Bot
from telegram.request import BaseRequest

from bench.stores import BEGUN_CHAT, EVENT
from bench.traffic import (
    FIRST_CHAT,
    PLAIN_STEPS,
    QUESTIONS,
    REAL_STEPS,
    TOKEN,
    Steps,
    answer,
    canned,
    drive,
    text,
    updates,
)
from bot.clock import ShiftedClock
from bot.content import Content, load
from bot.delivery.bot_api import PARALLEL_CALLS, BotApi
from bot.delivery.bucket import Rates
from bot.delivery.lean_request import LeanRequest
from bot.delivery.sender import Sender
from bot.dialogue.definition import Form, Question
from bot.ports import Transaction
from bot.records import Person
from bot.registration.visit import Service
from bot.settings import ROOT
from handlers.intake.ack import Acknowledger
from handlers.intake.envelope import read_envelope
from handlers.intake.receiver import Receiver
from handlers.notices import notice
from handlers.processor import Processor
from handlers.router import handler
from storage.store import SqlStore, open_store

NOW = datetime(2020, 11, 10, 9, 0, tzinfo=UTC)
UNLIMITED = Rates(
    overall_per_s=1e9, overall_burst=1e9, chat_per_s=1e9, chat_burst=1e9, group_per_s=1e9, group_burst=1e9
)


class NullRequest(BaseRequest):
    """Builds each call and parses each answer as `LeanRequest` does; nothing leaves the process. Tells of each
    message that is shown."""

    read_timeout = 1.0
    parse_json_payload = staticmethod(LeanRequest.parse_json_payload)

    def __init__(self, on_shown: Callable[[int], None]) -> None:
        self._on_shown = on_shown
        self._message_id = 100

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def do_request(self, url: str, method: str, request_data: Any = None, **_: Any) -> tuple[int, bytes]:
        asked = url.rpartition("/")[2]
        parameters = request_data.json_parameters if request_data is not None else {}
        self._message_id += 1
        chat_id = int(parameters.get("chat_id", 0))
        if asked.startswith(("send", "edit")):
            self._on_shown(chat_id)
        return 200, canned(asked, self._message_id, chat_id)


class NullApi(BotApi):
    """A BotApi over a NullRequest."""

    def __init__(self, on_shown: Callable[[int], None]) -> None:
        self.url, self.parallel = "https://null", PARALLEL_CALLS
        self._request = NullRequest(on_shown)  # type: ignore[assignment]
        self.bot = Bot(TOKEN, request=self._request, get_updates_request=self._request)


@dataclass(slots=True, kw_only=True)
class Joined:
    """The joined parts. `step` brings one update and returns when its reply was sent."""

    store: SqlStore
    receiver: Receiver
    processor: Processor
    sender: Sender
    shown: dict[int, asyncio.Event]

    async def step(self, chat_id: int, raw: bytes) -> None:
        """In by the way of the webhook: parsed, committed, then handled and answered."""
        replied = self.shown[chat_id] = asyncio.Event()
        await self.keep(chat_id, raw)
        await replied.wait()

    async def keep(self, _chat_id: int, raw: bytes) -> None:
        """Into the inbox, committed."""
        words = raw.decode()
        envelope = read_envelope(json.loads(words), words)
        assert envelope is not None
        await self.receiver.keep([envelope])


def plain_content(content: Content) -> Content:
    """Twelve short texts, as many as the peer asks."""
    questions = tuple(
        Question(
            id=name,
            kind="short_text",
            text={"ar": "ما الجواب التالي؟", "en": "What is the next answer?"},
            short={"ar": name, "en": name},
        )
        for name in QUESTIONS
    )
    return replace(content, form=Form(questions=questions))


@asynccontextmanager
async def joined(path: Path, *, plain: bool, handling: bool = True) -> AsyncIterator[Joined]:
    """The bot's parts over the store at `path`. Without `handling` updates are kept and wait."""
    content = load(ROOT / "content").content
    assert content is not None
    content = replace(plain_content(content) if plain else content, event=replace(content.event, id=EVENT))
    store = await open_store(f"sqlite+aiosqlite:///{path}")
    clock = ShiftedClock(NOW)  # it runs: rows settled at one instant are looked for
    shown: dict[int, asyncio.Event] = {}

    def on_shown(chat_id: int) -> None:
        if chat_id in shown:
            shown[chat_id].set()

    async def nothing(*_: object) -> None: ...

    api = NullApi(on_shown)
    taps = Acknowledger(NullApi(on_shown))
    await api.bot.initialize()
    service = Service(
        content=content,
        bot_username="BenchBot",
        is_rehearsal=False,
        organisers=frozenset(),
        randbelow=random.Random(1).randrange,
    )
    sender = Sender(api, store, clock, rng=random.Random(2), on_migrated=nothing, rates=UNLIMITED)
    processor = Processor(
        store=store,
        handle=handler(lambda: service),
        clock=clock,
        send=sender.offer,
        apology=lambda tx, chat: notice(tx, chat, event_id=EVENT, template="failed.apology"),
        flood_notice=lambda tx, chat: notice(tx, chat, event_id=EVENT, template="flood.notice"),
        outage_notice=nothing,
        burst=1e9,
    )
    receiver = Receiver(
        store,
        clock,
        on_received=processor.offer if handling else lambda _rows: None,
        acknowledge=taps.acknowledge,
        on_store_trouble=lambda _chats: None,
    )
    await sender.load()
    if handling:
        await processor.load()
    running = asyncio.create_task(processor.run())
    try:
        yield Joined(store=store, receiver=receiver, processor=processor, sender=sender, shown=shown)
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await sender.stop()
        await taps.close()
        await store.close()


async def dialogue(folder: Path, *, people: int, at_once: int, plain: bool) -> dict[str, float]:
    """The whole form of `people` on the store in `folder`, from the button to the number."""
    steps: Steps = PLAIN_STEPS if plain else REAL_STEPS
    async with joined(folder / "bot.db", plain=plain) as path:
        chats = range(FIRST_CHAT, FIRST_CHAT + people)

        def meet(tx: Transaction) -> None:
            for chat in chats:
                tx.people.save(Person(chat_id=chat, language="en", created_at=NOW, updated_at=NOW))

        await path.store.write(meet)
        measured = await drive(updates(steps, people), path.step, at_once)
        await path.processor.idle()
        await path.sender.idle()
        kept = await path.store.read(lambda tx: list(tx.registrations.all(EVENT)))
        new = [r for r in kept if r.chat_id in chats]
        assert len(new) == people, f"{len(new)} of {people} registered"
        if plain:
            for one in new:
                assert one.answers == {name: answer(n, one.chat_id) for n, name in enumerate(QUESTIONS)}
    return measured


async def taking_updates(folder: Path, *, count: int, at_once: int) -> dict[str, float]:
    """Updates a second into the inbox, each committed before the next of its connection comes."""
    rows = [(FIRST_CHAT + n % 1000, text(n + 1, FIRST_CHAT + n % 1000, "How do I register?")) for n in range(count)]
    async with joined(folder / "bot.db", plain=True, handling=False) as path:
        measured = await drive(rows, path.keep, at_once)
        waiting = await path.store.read(lambda tx: tx.status().inbox)
        assert waiting == {"waiting": count}, waiting
    return measured


async def first_step(database: Path) -> dict[str, float]:
    """From opening the store to the first step: an answer taken, committed and replied to."""
    with tempfile.TemporaryDirectory() as elsewhere:  # imports and content are loaded before, as the peer's are
        async with joined(Path(elsewhere) / "bot.db", plain=True) as path:
            await path.step(1, text(1, 1, "/start"))
    round_ = int(os.environ.get("BENCH_ROUND", "0"))
    chat = BEGUN_CHAT + round_  # whoever stood there in an earlier round has gone on
    raw = text(1 + round_, chat, answer(6, chat))
    began = time.perf_counter()
    async with joined(database, plain=True) as path:
        opened = time.perf_counter() - began
        await path.step(chat, raw)
        took = time.perf_counter() - began
        await path.processor.idle()
        await path.sender.idle()
        draft = (await path.store.read(lambda tx: tx.people.situation(chat, EVENT))).draft
        assert draft is not None
        assert draft.data["answers"][QUESTIONS[6]] == answer(6, chat), draft.data
    return {"seconds": took, "opened_s": opened}
