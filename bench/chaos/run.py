"""One run of chaos, from the first start to the verdict."""

from __future__ import annotations

import asyncio
import random
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from bench.chaos.ledger import Ledger
from bench.chaos.replay import State, states, undisturbed
from bench.chaos.verdict import (
    Kept,
    Promise,
    answers_lost,
    applied_twice,
    known_messages,
    left_over,
    repeated,
    unlike_undisturbed,
    without_reply,
)
from bench.chaos.victim import CLOCK_START, Mode, Victim, kill_again_and_again
from bench.chaos.walker import Walker
from bot.content import Content, load
from bot.ports import Transaction
from bot.settings import ROOT
from bot.simulator import BOT_USERNAME, UNLIMITED, RepeatPace, SimulatedTelegram
from bot.simulator.queue import HeldUpdate, UpdateQueue
from storage.store import open_store

PATIENCE_S = 120.0  # for one reply, deaths of the bot included
THINK_S = 0.2
SETTLED_WITHIN_S = 60.0
NAMES = {"ar": "ضيف", "en": "Guest"}


class KeepingQueue(UpdateQueue):
    """Telegram's queue, and every update that ever stood in it."""

    def __init__(self, next_id: int) -> None:
        super().__init__(next_id)
        self.every: dict[int, HeldUpdate] = {}

    def put(self, kind: str, payload: dict[str, Any], *, at: float, lane: str, raw: str | None = None) -> HeldUpdate:
        held = super().put(kind, payload, at=at, lane=lane, raw=raw)
        self.every[held.update_id] = held
        return held


@dataclass(slots=True, kw_only=True)
class Report:
    """What happened and what it came to."""

    kills: dict[str, int]
    people: int
    registered: int
    answers: int
    updates: int
    promises: Sequence[Promise] = ()
    log_faults: tuple[str, ...] = ()
    seconds: float = 0.0

    @property
    def is_kept(self) -> bool:
        """Nothing was lost, doubled or left without a reply."""
        return not any(promise.breaches for promise in self.promises)


@dataclass(slots=True, kw_only=True)
class Chaos:
    """Who takes part. `phases` are (mode, kills), one after the other on the same store and people."""

    people: int
    phases: Sequence[tuple[Mode, int]]
    seed: int
    folder: Path
    think_s: float = THINK_S
    patience_s: float = PATIENCE_S
    deaths: list[int] = field(default_factory=list)

    async def run(self) -> Report:
        """Everything. The folder gets the store and the bot's log."""
        began = asyncio.get_running_loop().time()
        content = load(ROOT / "content").content
        assert content is not None
        pace = RepeatPace(first=0.1, most=0.5)
        async with SimulatedTelegram(rates=UNLIMITED, repeat_pace=pace) as telegram:
            queue = telegram.world.queue = KeepingQueue(telegram.world.queue.next_id)
            victim = Victim(telegram, self.folder)
            walkers = self._walkers(telegram, content)
            stopping = False
            walks = [asyncio.create_task(walker.walk(lambda: stopping)) for walker in walkers]
            for place, (mode, kills) in enumerate(self.phases):
                rng = random.Random(f"{self.seed} {mode} {place}")
                await kill_again_and_again(victim, mode, kills, rng, lambda: self.deaths.append(len(telegram.record)))
            await victim.start(self.phases[-1][0])
            await victim.ready()
            stopping = True
            await asyncio.gather(*walks)
            await self._settled(telegram, victim)
            code = await victim.end()
            ledgers = [walker.ledger for walker in walkers]
            promises = await self._judge(telegram, victim, ledgers, queue, content)
        promises.append(
            Promise(
                name="ends that were not asked for", looked_at=victim.starts, breaches=(f"exit {code}",) if code else ()
            )
        )
        return Report(
            kills=dict(self.phases),
            people=self.people,
            registered=sum(len(ledger.numbers) for ledger in ledgers),
            answers=sum(ledger.answers for ledger in ledgers),
            updates=len(queue.every),
            promises=promises,
            log_faults=log_faults(victim.log_path),
            seconds=asyncio.get_running_loop().time() - began,
        )

    def _walkers(self, telegram: SimulatedTelegram, content: Content) -> list[Walker]:
        walkers = []
        for place in range(self.people):
            language = ("ar", "en")[place % 2]
            walkers.append(
                Walker(
                    telegram.add_person(f"{NAMES[language]} {place + 1}", language),
                    form=content.form,
                    language=language,
                    place=place,
                    rng=random.Random(f"{self.seed} person {place}"),
                    patience_s=self.patience_s,
                    think_s=self.think_s,
                )
            )
        return walkers

    async def _settled(self, telegram: SimulatedTelegram, victim: Victim) -> None:
        """Until nothing waits anywhere, or it waits too long: the verdict will tell."""
        try:
            await telegram.wait_until_quiet(SETTLED_WITHIN_S)
        except AssertionError:
            return
        deadline = asyncio.get_running_loop().time() + SETTLED_WITHIN_S
        while await asyncio.to_thread(_waiting, victim.database):
            if asyncio.get_running_loop().time() > deadline:
                return
            await asyncio.sleep(0.1)

    async def _judge(
        self,
        telegram: SimulatedTelegram,
        victim: Victim,
        ledgers: Sequence[Ledger],
        queue: KeepingQueue,
        content: Content,
    ) -> list[Promise]:
        chats = [ledger.chat_id for ledger in ledgers]
        store = await open_store(victim.url, lock=False)
        try:
            kept = await store.read(lambda tx: _kept(tx, content.event.id, chats))
            numbers = await store.read(lambda tx: [r.number for r in tx.registrations.all(content.event.id)])
            found: dict[int, State] = await states(store, content.event.id, chats)
        finally:
            await store.close()
        raws = [
            _raw(queue.every[one]) for one in await asyncio.to_thread(_order, victim.database) if one in queue.every
        ]
        expected = await undisturbed(
            self.folder / "undisturbed.db",
            raws,
            content=content,
            bot_username=BOT_USERNAME,
            now=datetime.fromisoformat(CLOCK_START),
            chats=chats,
            numbers=numbers,
        )
        return [
            answers_lost(ledgers, kept, content.form),
            applied_twice(ledgers, kept),
            unlike_undisturbed(found, expected, len(raws)),
            without_reply(ledgers),
            left_over(victim.database, sorted(queue.every)),
            repeated(telegram.record, self.deaths, known_messages(victim.database)),
        ]


def _kept(tx: Transaction, event_id: str, chats: Sequence[int]) -> dict[int, Kept]:
    every = list(tx.registrations.all(event_id))
    return {
        chat: Kept(
            draft=tx.people.situation(chat, event_id).draft,
            registrations=tuple(r for r in every if r.chat_id == chat),
        )
        for chat in chats
    }


def _raw(held: HeldUpdate) -> str:
    import json

    return held.raw or json.dumps(held.body)


def _waiting(database: Path) -> int:
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        count = "SELECT count(*) FROM {} WHERE state = 'waiting'"
        return sum(connection.execute(count.format(table)).fetchone()[0] for table in ("inbox", "outbox"))
    finally:
        connection.close()


def _order(database: Path) -> list[int]:
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        return [row[0] for row in connection.execute("SELECT update_id FROM inbox ORDER BY id")]
    finally:
        connection.close()


def log_faults(path: Path) -> tuple[str, ...]:
    """Lines of the bot's log that tell of a fault."""
    lines = path.read_text("utf-8", "replace").splitlines() if path.exists() else []
    return tuple(line for line in lines if any(word in line for word in (" ERROR ", " CRITICAL ", "Traceback")))
