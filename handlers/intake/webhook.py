"""Updates that Telegram posts: 200 only after the commit, and `/health` that says why not."""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import json
import logging
import random
import socket
from collections.abc import Awaitable, Callable, Iterator
from typing import TYPE_CHECKING, Any

from bot.delivery.backoff import Backoff
from bot.delivery.bot_api import BotApi
from bot.ports import StoreUnavailable
from handlers.intake.envelope import ALLOWED_UPDATES, Envelope, read_broken, read_envelope
from handlers.intake.receiver import Receiver

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response

_log = logging.getLogger(__name__)

MAX_BODY = 1024 * 1024  # bytes
MAX_CONNECTIONS = 40
STORE_RETRY_S = 5
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of the header
Health = Callable[[], Awaitable[dict[str, str]]]


def webhook_app(*, path: str, secret: str, receiver: Receiver, health: Health) -> Starlette:
    """The ASGI application: POST `path` and GET /health. `health` gives what is wrong by name, {} if nothing."""
    from starlette.applications import Starlette
    from starlette.responses import Response
    from starlette.routing import Route

    expected = secret.encode()

    async def take(request: Request) -> Response:
        given = request.headers.get(SECRET_HEADER, "").encode("latin-1", "replace")
        if not hmac.compare_digest(given, expected):
            return Response(status_code=403)
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            return Response(status_code=415)
        body = await _body(request)
        if body is None:
            _log.error("an update of more than %d bytes is refused; Telegram repeats it until it expires", MAX_BODY)
            return Response(status_code=413)
        envelope = _envelope(body)
        if envelope is None:
            _log.error("a post without an update id is passed")  # refused, Telegram would repeat it for a day
            return Response(status_code=200)
        try:
            await receiver.keep([envelope])
        except StoreUnavailable:
            return Response(status_code=503, headers={"Retry-After": str(STORE_RETRY_S)})
        return Response(status_code=200)

    async def all_health() -> dict[str, str]:
        problems = await health()
        if receiver.store_is_away:
            problems.setdefault("store", "takes no updates")
        return problems

    return Starlette(routes=[Route(path, take, methods=["POST"]), *health_app(all_health).routes])


def health_app(health: Health) -> Starlette:
    """The ASGI application with GET /health alone: 200, or 503 with what is wrong by name."""
    from starlette.applications import Starlette
    from starlette.responses import JSONResponse
    from starlette.routing import Route

    async def tell(_request: Request) -> Response:
        problems = await health()
        return JSONResponse({"ok": not problems, "problems": problems}, status_code=503 if problems else 200)

    return Starlette(routes=[Route("/health", tell, methods=["GET"])])


async def _body(request: Request) -> bytes | None:
    """The body; None where it is longer than MAX_BODY, however long the header says it is."""
    with contextlib.suppress(ValueError):
        if int(request.headers.get("content-length", "0")) > MAX_BODY:
            return None
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            return None
    return bytes(body)


def _envelope(body: bytes) -> Envelope | None:
    text = body.decode("utf-8", "replace")
    try:
        return read_envelope(json.loads(text), text)
    except (ValueError, RecursionError):
        return read_broken(text)


class WebhookServer:
    """`app` under uvicorn on `host`:`port` (0: any free one, see `port`); signals are left to the program."""

    def __init__(self, app: Any, host: str, port: int) -> None:
        self._app = app
        self._host = host
        self._port = port
        self._server: Any = None
        self._serving: asyncio.Task[None] | None = None
        self._socket: socket.socket | None = None

    @property
    def port(self) -> int:
        """The port it listens on. Raises RuntimeError before `start`."""
        if self._socket is None:
            raise RuntimeError("the server was not started")
        return int(self._socket.getsockname()[1])

    async def start(self) -> None:
        """Listen; returns once connections are taken. Raises OSError where the address can't be used."""
        import uvicorn

        class Server(uvicorn.Server):
            @contextlib.contextmanager
            def capture_signals(self) -> Iterator[None]:
                yield

        family = socket.AF_INET6 if ":" in self._host else socket.AF_INET
        self._socket = socket.create_server((self._host, self._port), family=family, backlog=128)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # asyncio does not, on a socket it is given
        config = uvicorn.Config(
            self._app,
            log_config=None,
            access_log=False,
            lifespan="off",
            ws="none",
            server_header=False,
            timeout_graceful_shutdown=10,
        )
        self._server = Server(config)
        self._serving = asyncio.create_task(self._server.serve(sockets=[self._socket]))
        while not self._server.started and not self._serving.done():  # noqa: ASYNC110 - uvicorn has no event
            await asyncio.sleep(0.005)
        if self._serving.done():
            await self._serving

    async def stop(self) -> None:
        """Finish the requests under way and stop listening."""
        if self._serving is not None:
            self._server.should_exit = True
            await self._serving
        if self._socket is not None:
            self._socket.close()


async def set_webhook(
    api: BotApi,
    url: str,
    secret: str,
    *,
    rng: random.Random,
    max_connections: int = MAX_CONNECTIONS,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> None:
    """Tell Telegram where to post; what waits there is kept. Tried until Telegram takes it. Raises BadRequest
    where Telegram refuses the address itself."""
    from telegram.error import BadRequest, TelegramError

    backoff = Backoff(rng)
    while True:
        try:
            await api.bot.set_webhook(
                url,
                secret_token=secret,
                allowed_updates=ALLOWED_UPDATES,
                max_connections=max_connections,
                drop_pending_updates=False,
            )
        except BadRequest:
            raise
        except TelegramError as problem:
            _log.error("the webhook is not set yet: %s", type(problem).__name__)
            await sleep(backoff.next_s())
        else:
            return
