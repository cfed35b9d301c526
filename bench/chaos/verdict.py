"""The books compared: what people saw, what the store holds, what Telegram was asked to do."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from bench.chaos.ledger import Ledger
from bench.chaos.replay import State
from bot.dialogue.context import applies
from bot.dialogue.definition import Form
from bot.records import Registration, StoredDraft
from bot.simulator import Call

STANDING = ("confirmed", "late")
_SENDS = frozenset({"sendMessage", "sendDocument"})
_SHOWS = frozenset({*_SENDS, "editMessageText"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What one chat has in the store."""

    draft: StoredDraft | None
    registrations: tuple[Registration, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """One line of the verdict: `breaches` empty where it was kept; `looked_at` says how much could have broken."""

    name: str
    looked_at: int
    breaches: tuple[str, ...]


def answers_lost(ledgers: Sequence[Ledger], kept: Mapping[int, Kept], form: Form) -> Promise:
    """Each answer that the bot acknowledged is in the store as it was given, the last one of each question."""
    breaches: list[str] = []
    looked_at = 0
    for ledger in ledgers:
        own = kept[ledger.chat_id]
        standing = next((r for r in own.registrations if r.status in STANDING), None)
        draft = own.draft.data["answers"] if own.draft is not None else None
        for name, expected, found in (("form", ledger.draft, draft), ("registration", ledger.held, _of(standing))):
            looked_at += len(expected or {})
            breaches += [f"chat {ledger.chat_id}, {name}: {fault}" for fault in differences(form, expected, found)]
        if own.draft is not None and (own.draft.cancelled_at is not None) != ledger.cancelled:
            breaches.append(f"chat {ledger.chat_id}: cancelled or not, the store says otherwise")
    return Promise(name="answers lost or other than acknowledged", looked_at=looked_at, breaches=tuple(breaches))


def _of(registration: Registration | None) -> dict[str, Any] | None:
    return registration.answers if registration is not None else None


def differences(form: Form, expected: dict[str, Any] | None, found: dict[str, Any] | None) -> list[str]:
    """What differs; answers that no longer apply are cleared, a zone that follows from its country is worked out."""
    if expected is None or found is None:
        if expected is found:
            return []
        return ["the store has none" if found is None else "the store has one that nobody began"]
    faults = []
    for question in form:
        if not applies(question, found):
            if question.id in found:
                faults.append(f"{question.id} does not apply and is kept")
        elif question.id in expected:
            if question.id not in found:
                faults.append(f"{question.id} is lost")
            elif found[question.id] != expected[question.id]:
                faults.append(f"{question.id} is {found[question.id]!r}, acknowledged was {expected[question.id]!r}")
        elif question.id in found and question.kind != "time_zone":
            faults.append(f"{question.id} was never answered")
    return faults


def applied_twice(ledgers: Sequence[Ledger], kept: Mapping[int, Kept]) -> Promise:
    """Each confirmation gave one registration, each withdrawal took one; numbers are unique."""
    breaches: list[str] = []
    numbers = Counter(r.number for own in kept.values() for r in own.registrations)
    breaches += [f"number {number} was given {times} times" for number, times in numbers.items() if times > 1]
    for ledger in ledgers:
        rows = kept[ledger.chat_id].registrations
        if sorted(r.number for r in rows) != sorted(ledger.numbers):
            breaches.append(f"chat {ledger.chat_id}: {len(ledger.numbers)} numbers were shown, {len(rows)} are kept")
        standing = [r for r in rows if r.status in STANDING]
        if len(standing) > 1:
            breaches.append(f"chat {ledger.chat_id}: {len(standing)} registrations stand")
        withdrawn = sum(r.status == "withdrawn" for r in rows)
        if withdrawn != ledger.withdrawn:
            breaches.append(f"chat {ledger.chat_id}: withdrew {ledger.withdrawn} times, {withdrawn} are withdrawn")
    return Promise(
        name="registrations applied twice or lost",
        looked_at=sum(len(ledger.numbers) + ledger.withdrawn for ledger in ledgers),
        breaches=tuple(breaches),
    )


def unlike_undisturbed(found: Mapping[int, State], expected: Mapping[int, State], updates: int) -> Promise:
    """The store is as if the bot had never been killed."""
    breaches = [
        f"chat {chat}: {found[chat]} instead of {expected[chat]}" for chat in expected if found[chat] != expected[chat]
    ]
    return Promise(name="people who stand elsewhere than without kills", looked_at=updates, breaches=tuple(breaches))


def without_reply(ledgers: Sequence[Ledger]) -> Promise:
    """Every person saw the reply to each thing done, the last one too; screens followed as they should."""
    breaches = [f"chat {ledger.chat_id}: {what}" for ledger in ledgers for what in ledger.breaches]
    return Promise(
        name="acts without a reply", looked_at=sum(ledger.acts for ledger in ledgers), breaches=tuple(breaches)
    )


def left_over(database: Path, update_ids: Sequence[int]) -> Promise:
    """Every update arrived once and is handled; every screen is sent; nothing was set aside."""
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        inbox = Counter(row[0] for row in connection.execute("SELECT state FROM inbox"))
        outbox = Counter(row[0] for row in connection.execute("SELECT state FROM outbox"))
        there = {row[0] for row in connection.execute("SELECT update_id FROM inbox")}
    finally:
        connection.close()
    breaches = [f"{count} updates are {state}" for state, count in inbox.items() if state != "handled"]
    breaches += [f"{count} screens are {state}" for state, count in outbox.items() if state != "sent"]
    breaches += [f"update {one} never reached the inbox" for one in update_ids if one not in there]
    looked_at = inbox.total() + outbox.total()
    return Promise(
        name="updates or screens left waiting, set aside or lost", looked_at=looked_at, breaches=tuple(breaches)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    """A message as it was sent or edited; `life` counts the bot's deaths before it."""

    life: int
    message: int
    is_new: bool
    looks: tuple[str, str]


def repeated(record: Sequence[Call], deaths: Sequence[int], known: Mapping[int, Collection[int]]) -> Promise:
    """A message that came twice must have been its chat's last before a kill.

    `deaths` are the lengths of the record at each kill; `known` the ids of each chat's messages in the store. A
    message that the store does not know is a repeat if its neighbour looks the same; else it was on its way when a
    later screen took its row's place.
    """
    chats = _shown(record, deaths)
    breaches, repeats, looked_at = [], 0, 0
    for chat, shown in chats.items():
        own = known.get(chat, ())
        looked_at += len(shown)
        for one, two in pairwise(shown):
            if not (one.is_new and two.is_new) or one.looks != two.looks or {one.message, two.message} <= set(own):
                continue
            repeats += 1
            if one.life == two.life or one.message in own:
                breaches.append(f"chat {chat}: message {one.message} came again as {two.message} without need")
        new = {one.message for one in shown if one.is_new}
        breaches += [f"chat {chat}: message {gone} was taken for sent and was not" for gone in set(own) - new]
    name = f"repeated messages not in flight at a kill ({repeats} were)"
    return Promise(name=name, looked_at=looked_at, breaches=tuple(breaches))


def _shown(record: Sequence[Call], deaths: Sequence[int]) -> dict[int, list[_Shown]]:
    found: dict[int, list[_Shown]] = {}
    life = 0
    for place, call in enumerate(record):
        while life < len(deaths) and place >= deaths[life]:
            life += 1
        if call.method in _SHOWS and call.ok and call.chat_id is not None and call.answer is not None:
            looks = (str(call.params.get("text")), str(call.params.get("reply_markup")))
            message = call.answer["result"]["message_id"]
            one = _Shown(life=life, message=message, is_new=call.method in _SENDS, looks=looks)
            found.setdefault(call.chat_id, []).append(one)
    return found


def known_messages(database: Path) -> dict[int, set[int]]:
    """By chat: the ids of the messages that the store took for sent."""
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        found: dict[int, set[int]] = {}
        for chat, message in connection.execute("SELECT chat_id, message_id FROM outbox WHERE message_id IS NOT NULL"):
            found.setdefault(chat, set()).add(message)
        return found
    finally:
        connection.close()
