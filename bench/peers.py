"""python-telegram-bot as its guide shows it: ConversationHandler, PicklePersistence, `import telegram.ext`."""

from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path
from typing import Any

from bench.traffic import FIRST_CHAT, PEER_STEPS, QUESTIONS, TOKEN, answer, canned, drive, text, updates


def application(persistence: Any = None, concurrent: int = 0) -> Any:
    """An Application whose calls are built and whose answers are parsed, with no socket between."""
    from telegram.ext import ApplicationBuilder
    from telegram.request import BaseRequest

    class Null(BaseRequest):
        read_timeout = 1.0

        async def initialize(self) -> None: ...

        async def shutdown(self) -> None: ...

        async def do_request(self, url: str, method: str, request_data: Any = None, **_: Any) -> tuple[int, bytes]:
            if request_data is not None:
                _ = request_data.json_parameters
            return 200, canned(url.rpartition("/")[2], 7, FIRST_CHAT)

    builder = ApplicationBuilder().token(TOKEN).request(Null()).get_updates_request(Null())
    builder = builder.job_queue(None).updater(None)
    if concurrent:
        builder = builder.concurrent_updates(concurrent)
    if persistence is not None:
        builder = builder.persistence(persistence)
    return builder.build()


def add_form(app: Any, finished: list[int], *, persistent: bool) -> None:
    """Twelve questions, each answered with one message."""
    from telegram.ext import CommandHandler, ConversationHandler, MessageHandler, filters

    def asking(place: int) -> Any:
        async def handle(update: Any, context: Any) -> int:
            context.user_data[QUESTIONS[place]] = update.effective_message.text
            await update.effective_message.reply_text(f"Question {place + 2}?")
            if place + 1 < len(QUESTIONS):
                return place + 1
            chat = update.effective_chat.id
            assert dict(context.user_data) == {name: answer(n, chat) for n, name in enumerate(QUESTIONS)}
            finished.append(chat)
            return int(ConversationHandler.END)

        return handle

    async def begin(update: Any, context: Any) -> int:
        context.user_data.clear()
        await update.effective_message.reply_text("Question 1?")
        return 0

    words = filters.TEXT & ~filters.COMMAND
    states = {place: [MessageHandler(words, asking(place))] for place in range(len(QUESTIONS))}
    app.add_handler(
        ConversationHandler([CommandHandler("register", begin)], states, [], name="form", persistent=persistent)  # type: ignore[arg-type]
    )


async def dialogue(folder: Path, *, people: int, kept: int | None) -> dict[str, float]:
    """The form, one update at a time. `kept`: None in memory; else pickled after each update, with so many
    others in the file."""
    from telegram import Update

    persistence = pickle_of(folder / "people.pickle", kept) if kept is not None else None
    app, finished = application(persistence), []
    add_form(app, finished, persistent=persistence is not None)
    await app.initialize()
    await app.start()

    async def one(_chat: int, raw: bytes) -> None:
        await app.process_update(Update.de_json(json.loads(raw), app.bot))
        if persistence is not None:
            await app.update_persistence()

    measured = await drive(updates(PEER_STEPS, people), one, 1)
    assert len(finished) == people
    return measured


def pickle_of(path: Path, people: int) -> Any:
    """A PicklePersistence over a file that holds `people` in the middle of the form."""
    from telegram.ext import PicklePersistence

    persistence = PicklePersistence(path)
    if people:
        others = range(10_000_000, 10_000_000 + people)
        persistence.user_data = {  # type: ignore[assignment]
            chat: {name: answer(n, chat) for n, name in enumerate(QUESTIONS[:6])} for chat in others
        }
        persistence.conversations = {"form": {(chat, chat): 6 for chat in others}}
        persistence.chat_data, persistence.bot_data, persistence.callback_data = {}, {}, None  # type: ignore[assignment]
        persistence._dump_singlefile()
        persistence = PicklePersistence(path)
    return persistence


async def pickle_load(path: Path) -> dict[str, float]:
    """How long `Application.initialize` takes with the file at `path`."""
    from telegram.ext import PicklePersistence

    app = application(PicklePersistence(path))
    add_form(app, [], persistent=True)
    began = time.perf_counter()
    await app.initialize()
    assert app.user_data
    return {"seconds": time.perf_counter() - began}


async def taking_updates(*, count: int, at_once: int) -> dict[str, float]:
    """Updates a second through PTB's own queue: parsed, dispatched, answered with one message; nothing kept."""
    from telegram import Update
    from telegram.ext import MessageHandler, filters

    app, handled, done = application(concurrent=at_once), [0], asyncio.Event()

    async def handle(update: Any, _context: Any) -> None:
        await update.effective_message.reply_text("Send /register.")
        handled[0] += 1
        if handled[0] == count:
            done.set()

    app.add_handler(MessageHandler(filters.TEXT, handle))
    await app.initialize()
    await app.start()
    raws = [text(n + 1, FIRST_CHAT + n % 1000, "How do I register?") for n in range(count)]
    began = time.perf_counter()
    for place, raw in enumerate(raws):
        await app.update_queue.put(Update.de_json(json.loads(raw), app.bot))
        if place % CHUNK == 0:
            await asyncio.sleep(0)
    await done.wait()
    rate = count / (time.perf_counter() - began)
    await app.stop()
    return {"rate": rate}


CHUNK = 64
