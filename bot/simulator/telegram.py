"""Pretend Telegram as one thing: the world, its server and its people, in the running loop."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from starlette.routing import BaseRoute

from bot.clock import SteppedClock
from bot.simulator import acts
from bot.simulator.calls import Calls
from bot.simulator.faults import Faults
from bot.simulator.people import Person
from bot.simulator.rates import RateKeeper, Rates
from bot.simulator.record import Call
from bot.simulator.server import LoopbackServer, bot_api
from bot.simulator.state import TOKEN, Chat, ChatType, User
from bot.simulator.webhook import RepeatPace, WebhookDelivery
from bot.simulator.world import World

_START = datetime(2020, 11, 9, 9, 0, tzinfo=UTC)


class SimulatedTelegram:
    """`async with SimulatedTelegram() as telegram:` serves until the block ends.

    Without `now` the time is `clock`, which stands still until it is stepped. With `path` the state
    is kept there and read again. `strict` refuses what Telegram would drop silently.
    """

    def __init__(
        self,
        *,
        now: Callable[[], datetime] | None = None,
        path: Path | None = None,
        host: str = "127.0.0.1",
        port: int = 0,
        token: str = TOKEN,
        strict: bool = True,
        rates: Rates | None = None,
        repeat_pace: RepeatPace | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.clock = SteppedClock(_START)
        self.world = World(now=now or self.clock.now, token=token, strict=strict, path=path)
        self._calls = Calls(self.world, RateKeeper(rates or Rates(), monotonic))
        self._delivery = WebhookDelivery(self.world, self._calls, repeat_pace or RepeatPace())
        self._host, self._port = host, port
        self._server: LoopbackServer | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self.more_routes: Sequence[BaseRoute] = ()

    async def __aenter__(self) -> Self:
        self._server = LoopbackServer(bot_api(self.world, self._calls, self.more_routes), self._host, self._port)
        await self._server.start()
        self._tasks = [
            asyncio.create_task(self._delivery.run(), name="webhook delivery"),
            asyncio.create_task(self._keep(), name="keeping the state"),
        ]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for task in self._tasks:
            task.cancel()
        for task in self._tasks:
            with suppress(asyncio.CancelledError):
                await task
        if self._server is not None:
            await self._server.stop()
        self.world.save()

    @property
    def url(self) -> str:
        """`http://127.0.0.1:PORT`, for TELEGRAM_API_URL."""
        if self._server is None:
            raise RuntimeError("the simulator serves only inside `async with`")
        return self._server.url

    @property
    def token(self) -> str:
        """The bot's token, for TELEGRAM_BOT_TOKEN."""
        return self.world.token

    @property
    def record(self) -> list[Call]:
        """Every Bot API call so far, oldest first."""
        return self._calls.record

    def calls(self, method: str, *, chat_id: int | None = None) -> list[Call]:
        """The calls of one method (of one chat)."""
        return [
            call for call in self.record if call.method.lower() == method.lower() and chat_id in (None, call.chat_id)
        ]

    @property
    def faults(self) -> Faults:
        """The script of what goes wrong."""
        return self.world.faults

    def add_person(
        self,
        first_name: str,
        language_code: str | None = "ar",
        user_id: int | None = None,
        *,
        last_name: str | None = None,
        username: str | None = None,
        started: bool = False,
    ) -> Person:
        """A new person. `started`: has written to the bot before, so the bot may write first."""
        user = User(
            user_id=user_id if user_id is not None else self.world.new_user_id(),
            first_name=first_name,
            last_name=last_name,
            username=username,
            language_code=language_code,
            started=started,
        )
        if user.user_id in self.world.users:
            raise ValueError(f"there is a user {user.user_id} already")
        self.world.put_user(user)
        return Person(self.world, user.user_id)

    def person(self, user_id: int) -> Person:
        """A person who is there already. KeyError if not."""
        return Person(self.world, self.world.users[user_id].user_id)

    def people(self) -> list[Person]:
        """Everybody but bots, in the order they came."""
        return [Person(self.world, user.user_id) for user in self.world.users.values() if not user.is_bot]

    def add_chat(self, kind: ChatType, title: str, *, by: Person | None = None, username: str | None = None) -> Chat:
        """A group, supergroup or channel with the bot in it; with `by` the bot hears who added it."""
        chat = self.world.add_chat(kind, title, username=username)
        if by is not None:
            acts.set_bot_status(self.world, chat.chat_id, by.user_id, "member")
        return chat

    def migrate(self, chat: Chat, by: Person) -> Chat:
        """The group becomes a supergroup with a new id."""
        return acts.migrate(self.world, chat.chat_id, by.user_id)

    def set_bot_status(self, chat: Chat, by: Person, status: str) -> None:
        """The bot is put out of a chat (`kicked`, `left`) or let in again (`member`)."""
        acts.set_bot_status(self.world, chat.chat_id, by.user_id, status)

    async def wait_until_quiet(self, timeout_s: float = 10) -> None:
        """Until Telegram holds no update: all confirmed by offset, or taken by the webhook."""
        if not await self.world.bell.until(lambda: not self.world.queue.held and self._delivery.is_idle(), timeout_s):
            waiting = [(update.update_id, update.kind) for update in self.world.queue.held]
            raise AssertionError(f"after {timeout_s} s Telegram still holds {waiting}")

    async def wait_for_call(
        self, method: str, count: int = 1, *, chat_id: int | None = None, timeout_s: float = 10
    ) -> list[Call]:
        """Until the bot has called the method `count` times in all."""
        if not await self.world.bell.until(lambda: len(self.calls(method, chat_id=chat_id)) >= count, timeout_s):
            raise AssertionError(f"{len(self.calls(method, chat_id=chat_id))} of {count} calls of {method}")
        return self.calls(method, chat_id=chat_id)

    async def _keep(self) -> None:
        while True:
            self.world.save()
            await self.world.bell.heard()
