"""What runs when the bot runs: joined and started in order, and stopped so that nothing in flight is lost.

store -> content -> clock -> the bot's own name -> what waits in the outbox and the inbox -> intake
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import random
import secrets
import signal
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from bot.app.clocks import keep_clock, obey_control, open_clock
from bot.app.logs import set_up_logs
from bot.app.opening import load_content, opened, refusals
from bot.clock import Clock, ShiftedClock
from bot.content import Content
from bot.delivery.bot_api import BotApi
from bot.delivery.bucket import Rates
from bot.delivery.sender import Sender
from bot.registration.timers import TIDIED_AFTER, arm_purge, fire
from bot.registration.visit import Service
from bot.settings import Refusal, Settings
from handlers.content_watch import ContentWatch
from handlers.intake.ack import Acknowledger
from handlers.intake.polling import Polling
from handlers.intake.receiver import Receiver
from handlers.notices import notice, outage_screen
from handlers.presence import set_presence
from handlers.processor import Processor
from handlers.router import handler
from handlers.timer_loop import TimerLoop

if TYPE_CHECKING:
    from storage.store import SqlStore

log = logging.getLogger(__name__)

LISTEN = "127.0.0.1:8080"  # where a webhook is listened for, if LISTEN does not say
SILENT_TOO_LONG_S = 180.0  # of a Bot API server that is polled; a long poll answers within a minute


@dataclass(slots=True)
class Runtime:
    """Everything that runs in this process. `service` is what handlers work with; it changes with the content."""

    settings: Settings
    store: SqlStore
    clock: Clock
    api: BotApi
    service: Service
    sender: Sender
    receiver: Receiver
    timers: TimerLoop
    watch: ContentWatch
    processor: Processor
    polling: Polling | None = None
    port: int | None = None
    tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def take_content(self, content: Content) -> None:
        """Work with other content from the next update on."""
        self.service = replace(self.service, content=content)
        self.once(set_presence(self.api.bot, self.store, content))

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """Keep a loop running beside the others."""
        self.tasks.add(asyncio.create_task(work))

    def once(self, work: Coroutine[Any, Any, None]) -> None:
        """Run something that ends by itself."""
        task = asyncio.create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def health(self) -> dict[str, str]:
        """What is wrong, by name; {} where nothing is."""
        problems: dict[str, str] = {}
        if self.processor.store_trouble or self.receiver.store_is_away:
            problems["store"] = self.processor.store_trouble or "takes no updates"
        paused = self.sender.status().paused
        if paused:
            problems["sending"] = paused
        if self.polling is not None:
            age = self.polling.last_good_age_s()
            if self.polling.trouble or (age is not None and age > SILENT_TOO_LONG_S):
                problems["polling"] = self.polling.trouble or "the Bot API server is silent"
        return problems


async def run(settings: Settings) -> int:
    """Run until SIGINT or SIGTERM; the exit code. Raises Refusal where it can't start."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for one in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(one, stop.set)
    async with running(settings, stop=stop) as runtime:
        stopped = asyncio.create_task(stop.wait())
        done, _ = await asyncio.wait([stopped, *runtime.tasks], return_when=asyncio.FIRST_COMPLETED)
        stopped.cancel()
        for task in done - {stopped}:
            task.result()  # a loop that ended by a fault of ours ends the process: a supervisor starts it anew
    return 0


@asynccontextmanager
async def running(
    settings: Settings, *, clock: Clock | None = None, stop: asyncio.Event | None = None, rates: Rates | None = None
) -> AsyncIterator[Runtime]:
    """The bot, running; tests pass a `clock` and `rates` of their own. Raises Refusal."""
    if settings.telegram_bot_token is None:
        raise Refusal("TELEGRAM_BOT_TOKEN: is missing")
    set_up_logs(settings)
    stop = stop or asyncio.Event()
    content = load_content(settings.content_dir)
    async with opened(settings.database_url, lock=True) as store:
        api = BotApi(settings.telegram_bot_token, settings.telegram_api_url)
        taps = Acknowledger(BotApi(settings.telegram_bot_token, settings.telegram_api_url, parallel=4))
        try:
            with refusals():
                own_clock = clock or await open_clock(settings, store)
            await introduce(api, stop)
            runtime = join(settings, store, own_clock, api=api, taps=taps, content=content, rates=rates)
            async with started(runtime, api, stop):
                yield runtime
        finally:
            await taps.close()
            await api.close()


def join(
    settings: Settings,
    store: SqlStore,
    clock: Clock,
    *,
    api: BotApi,
    taps: Acknowledger,
    content: Content,
    rates: Rates | None = None,
) -> Runtime:
    """Make the parts and hand them to one another; nothing runs yet. `api` knows who it is."""
    event_id = content.event.id
    runtime: Runtime

    async def migrated(old: int, new: int) -> None:
        await store.write(lambda tx: tx.people.migrate_chat(old, new))

    async def tell_outage(chat_ids: Sequence[int]) -> None:
        screen = outage_screen()
        await asyncio.gather(*(sender.notice_direct(chat_id, screen) for chat_id in chat_ids))

    sender = Sender(api, store, clock, rng=random.Random(), on_migrated=migrated, rates=rates)  # noqa: S311 - jitter
    processor = Processor(
        store=store,
        handle=handler(lambda: runtime.service),
        clock=clock,
        send=sender.offer,
        apology=partial(notice, event_id=event_id, template="failed.apology"),
        flood_notice=partial(notice, event_id=event_id, template="flood.notice"),
        outage_notice=tell_outage,
    )
    runtime = Runtime(
        settings=settings,
        store=store,
        clock=clock,
        api=api,
        service=Service(
            content=content,
            bot_username=api.bot.username,
            is_rehearsal=not clock.is_real,
            organisers=settings.organisers,
            randbelow=secrets.randbelow,
        ),
        sender=sender,
        processor=processor,
        receiver=Receiver(
            store,
            clock,
            on_received=processor.offer,
            acknowledge=taps.acknowledge,
            on_store_trouble=lambda chats: runtime.once(tell_outage(chats)),
        ),
        timers=TimerLoop(
            store=store,
            clock=clock,
            fire=lambda tx, timer, now: fire(tx, timer, runtime.service, now),
            send=sender.offer,
            tidy=store.tidy,
            tidied_after=TIDIED_AFTER,
        ),
        watch=ContentWatch(
            directory=settings.content_dir,
            current=content,
            take=lambda new: runtime.take_content(new),  # noqa: PLW0108 - runtime is made a line further
            store=store,
            clock=clock,
            organisers=settings.organisers,
            event_id=event_id,
            send=sender.offer,
        ),
    )
    return runtime


@asynccontextmanager
async def started(runtime: Runtime, api: BotApi, stop: asyncio.Event) -> AsyncIterator[None]:
    """All loops and the intake, started in order and stopped in the reverse one."""
    with refusals():
        await runtime.store.write(lambda tx: arm_purge(tx, runtime.clock.now()))
        waiting = await runtime.sender.load() + await runtime.processor.load()
    runtime.start(runtime.sender.watch())
    runtime.start(runtime.processor.run())
    runtime.start(runtime.timers.run())
    runtime.start(runtime.watch.run())
    if isinstance(runtime.clock, ShiftedClock):
        runtime.start(keep_clock(runtime.clock, runtime.store))
        if os.environ.get("BOT_CONTROL") == "stdin":
            runtime.start(obey_control(runtime.clock, runtime.store, stop))
    try:
        with refusals():
            await set_presence(api.bot, runtime.store, runtime.service.content)
        async with taking_in(runtime, api):
            log.info("ready: @%s; %d rows waited from before", runtime.service.bot_username, waiting)
            try:
                yield
            finally:
                log.info("stopping")
    finally:
        for task in runtime.tasks:
            task.cancel()
        await asyncio.gather(*runtime.tasks, return_exceptions=True)
        await runtime.sender.stop()


@asynccontextmanager
async def taking_in(runtime: Runtime, api: BotApi) -> AsyncIterator[None]:
    """Updates: by webhook where WEBHOOK_URL is set, else by polling."""
    settings = runtime.settings
    rng = random.Random()  # noqa: S311 - jitter, no secret
    if settings.webhook_url and settings.webhook_secret:
        from telegram.error import BadRequest

        from handlers.intake.webhook import set_webhook, webhook_app

        app = webhook_app(
            path=urlsplit(settings.webhook_url).path,
            secret=settings.webhook_secret,
            receiver=runtime.receiver,
            health=runtime.health,
        )
        async with listening(runtime, app):
            try:
                await set_webhook(api, settings.webhook_url, settings.webhook_secret, rng=rng)
            except BadRequest as e:
                raise Refusal(f"WEBHOOK_URL: the Bot API server refuses it: {e.message}") from e
            yield
        return
    polling = Polling(
        token=settings.telegram_bot_token or "",
        url=settings.telegram_api_url,
        store=runtime.store,
        clock=runtime.clock,
        receiver=runtime.receiver,
        rng=rng,
    )
    runtime.polling = polling
    task = asyncio.create_task(polling.run())
    runtime.tasks.add(task)
    try:
        if settings.listen is None:
            yield
        else:
            from handlers.intake.webhook import health_app

            async with listening(runtime, health_app(runtime.health)):
                yield
    finally:
        polling.stop()
        await asyncio.gather(task, return_exceptions=True)


@asynccontextmanager
async def listening(runtime: Runtime, app: object) -> AsyncIterator[None]:
    """`app` served on LISTEN. Raises Refusal where the address can't be used."""
    from handlers.intake.webhook import WebhookServer

    listen = runtime.settings.listen or LISTEN
    host, _, port = listen.rpartition(":")
    server = WebhookServer(app, host.strip("[]"), int(port))
    try:
        await server.start()
    except OSError as e:
        raise Refusal(f"LISTEN: {listen} can't be listened on: {e.strerror}") from e
    runtime.port = server.port
    try:
        yield
    finally:
        await server.stop()


async def introduce(api: BotApi, stop: asyncio.Event) -> None:
    """Learn who the bot is. Raises Refusal where the token is refused; waits out a network that is down."""
    from telegram.error import InvalidToken, TelegramError

    wait_s = 1.0
    while True:
        try:
            await api.bot.initialize()
        except InvalidToken as e:
            raise Refusal("TELEGRAM_BOT_TOKEN: refused by the Bot API server; copy it again from @BotFather") from e
        except TelegramError as e:
            log.warning("the Bot API server does not answer yet (%s); again in %d s", type(e).__name__, wait_s)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), wait_s)
                raise Refusal("stopped before the Bot API server answered") from e
            wait_s = min(wait_s * 2, 30.0)
        else:
            return
