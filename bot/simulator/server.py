"""The Bot API over HTTP, and uvicorn inside the running loop."""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import socket
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import unquote

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send
from uvicorn import Config, Server
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from bot.simulator.calls import Answer, Calls
from bot.simulator.errors import ApiError
from bot.simulator.params import read_params
from bot.simulator.world import World

_BODY_BYTES = 60 * 1024 * 1024


class _CutConnection(Response):
    """No answer: the transport is aborted, so the bot sees the connection break."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        client = tuple(scope["client"])
        for protocol in scope["app"].state.connections():
            if protocol.client == client:
                protocol.transport.abort()
        while (await receive())["type"] != "http.disconnect":
            pass


def bot_api(world: World, calls: Calls, more_routes: Sequence[BaseRoute] = ()) -> Starlette:
    """The application: `/bot<token>/<method>`, `/file/bot<token>/<path>` and whatever is added."""

    async def method(request: Request) -> Response:
        token, _, name = request.path_params["rest"].partition("/")
        if not hmac.compare_digest(unquote(token).encode(), world.token.encode()):
            return _response(_refused(ApiError(401)))
        if request.method not in {"GET", "POST"}:
            return _response(_refused(ApiError(405, "method not allowed")))
        try:
            body = await _body(request)
            params = read_params(request.url.query, request.headers.get("content-type", ""), body)
        except ApiError as error:
            return _response(_refused(error))
        return _response(await calls.call(name.strip("/"), params))

    async def file(request: Request) -> Response:
        token, _, path = request.path_params["rest"].partition("/")
        if not hmac.compare_digest(unquote(token).encode(), world.token.encode()):
            return _response(_refused(ApiError(401)))
        found = next((one for one in world.files.values() if one.file_path == path), None)
        if found is None:
            return _response(_refused(ApiError(404)))
        return Response(world.read_file(found), media_type="application/octet-stream")

    return Starlette(
        routes=[
            *more_routes,
            Route("/file/bot{rest:path}", file, methods=["GET"]),
            Route("/bot{rest:path}", method, methods=["GET", "POST", "PUT", "DELETE", "PATCH"]),
        ]
    )


def _refused(error: ApiError) -> Answer:
    import json

    return Answer(status=error.status, body=json.dumps(error.body()))


def _response(answer: Answer) -> Response:
    if answer.cut:
        return _CutConnection()
    headers = {} if answer.retry_after is None else {"Retry-After": str(answer.retry_after)}
    return Response(answer.body, answer.status, headers=headers, media_type=answer.media_type)


async def _body(request: Request) -> bytes:
    pieces: list[bytes] = []
    size = 0
    async for piece in request.stream():
        size += len(piece)
        if size > _BODY_BYTES:
            raise ApiError(413)
        pieces.append(piece)
    return b"".join(pieces)


class _Server(Server):
    """uvicorn without its signals and its ten ticks a second: it is a guest in the loop."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class LoopbackServer:
    """Serves an application on a loopback port from `start` to `stop`."""

    def __init__(self, app: Starlette, host: str = "127.0.0.1", port: int = 0) -> None:
        self._socket = bound_socket(host, port)
        self._is_stopping = False

        async def guest(scope: Scope, receive: Receive, send: Send) -> None:
            try:
                await app(scope, receive, send)
            except asyncio.CancelledError:
                if not self._is_stopping:
                    raise

        self._server = _Server(
            Config(
                guest,
                proxy_headers=False,
                http=H11Protocol,
                ws="none",
                lifespan="off",
                log_config=None,
                log_level="error",
                access_log=False,
                server_header=False,
                date_header=False,
                timeout_keep_alive=3600,
            )
        )
        app.state.connections = lambda: list(self._state.connections)
        self.url = f"http://{host}:{self._socket.getsockname()[1]}"

    @property
    def _state(self) -> ServerState:
        return self._server.server_state

    async def start(self) -> None:
        """Listen."""
        self._server.config.load()
        self._server.lifespan = self._server.config.lifespan_class(self._server.config)
        await self._server.startup(sockets=[self._socket])

    async def stop(self) -> None:
        """Close every connection at once, long polls too."""
        self._is_stopping = True
        for listening in self._server.servers:
            listening.close()
        tasks: list[asyncio.Task[Any]] = list(self._state.tasks)
        for connection in list(self._state.connections):
            connection.transport.abort()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._socket.close()


def bound_socket(host: str, port: int) -> socket.socket:
    """A socket on the port, or on the next free one above it; 0 is any."""
    for candidate in range(port, port + 50):
        found = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # else asyncio lets it delay
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            found.bind((host, candidate))
        except OSError:
            found.close()
            continue
        return found
    raise OSError(f"no free port from {port} to {port + 49} on {host}")
