"""A Bot API server on loopback that does what a test scripts, down to cutting the connection."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import parse_qsl, urlsplit

TOKEN = "123456:" + "a" * 35


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    method: str
    params: dict[str, str]
    headers: dict[str, str]
    body: bytes = b""

    @property
    def chat_id(self) -> int:
        return int(self.params.get("chat_id", 0))

    @property
    def text(self) -> str:
        return self.params.get("text", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """`cut`: the connection ends without an answer, before or after the call took effect."""

    status: int = 200
    body: bytes = b""
    cut: Literal["", "before", "after"] = ""
    effect: bool = True


def refusal(status: int, description: str, **parameters: int) -> Answer:
    body: dict[str, Any] = {"ok": False, "error_code": status, "description": description}
    if parameters:
        body["parameters"] = parameters
    return Answer(status=status, body=json.dumps(body).encode(), effect=False)


def success(result: Any) -> Answer:
    return Answer(body=json.dumps({"ok": True, "result": result}).encode())


Rule = Callable[[Call], Answer | None]


@dataclass(slots=True, eq=False)
class Loopback:
    """`calls` is what arrived, `done` what took effect. `rules` are asked in order; None passes on."""

    url: str = ""
    calls: list[Call] = field(default_factory=list)
    done: list[Call] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    arrived: asyncio.Condition = field(default_factory=asyncio.Condition)
    hold: asyncio.Event | None = None
    connections: int = 0
    updates: list[dict[str, Any]] = field(default_factory=list)
    fed: asyncio.Condition = field(default_factory=asyncio.Condition)
    _messages: int = 0

    def sends(self, chat_id: int | None = None) -> list[str]:
        """Texts that reached people, in order."""
        wanted = ("sendMessage", "editMessageText", "sendDocument")
        return [c.text for c in self.done if c.method in wanted and chat_id in (None, c.chat_id)]

    def script(self, *answers: Answer, method: str | None = None, chat_id: int | None = None) -> None:
        """These answers, one after the other, to the calls that fit; then as before."""
        left = deque(answers)

        def rule(call: Call) -> Answer | None:
            fits = method in (None, call.method) and chat_id in (None, call.chat_id)
            return left.popleft() if fits and left else None

        self.rules.append(rule)

    def always(self, answer: Answer, method: str | None = None, chat_id: int | None = None) -> Rule:
        """This answer to all that fit, until the returned rule is removed from `rules`."""

        def rule(call: Call) -> Answer | None:
            fits = method in (None, call.method) and chat_id in (None, call.chat_id)
            return answer if fits else None

        self.rules.append(rule)
        return rule

    async def called(self, count: int, method: str | None = None) -> None:
        """Wait until that many calls of `method` came."""
        async with self.arrived:
            await self.arrived.wait_for(lambda: len([c for c in self.calls if method in (None, c.method)]) >= count)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while await self._serve_one(reader, writer):
                pass
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass  # a cancelled connection would be logged as an error by asyncio itself
        finally:
            writer.close()

    async def _serve_one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {k.lower(): v for k, _, v in (line.partition(": ") for line in head[1:] if line)}
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        target = urlsplit(head[0].split()[1])
        params = dict(parse_qsl(target.query, keep_blank_values=True))
        if headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
            params |= dict(parse_qsl(body.decode(), keep_blank_values=True))
        call = Call(method=target.path.rsplit("/", 1)[1], params=params, headers=headers, body=body)
        async with self.arrived:
            self.calls.append(call)
            self.arrived.notify_all()
        if self.hold is not None:
            await self.hold.wait()
        answer = next((a for rule in self.rules if (a := rule(call)) is not None), None)
        if answer is None:
            answer = success(await self._updates(call) if call.method == "getUpdates" else self._result(call))
        if answer.effect and answer.cut != "before":
            self.done.append(call)
        if answer.cut:
            return False
        writer.write(
            b"HTTP/1.1 %d X\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            % (answer.status, len(answer.body))
            + answer.body
        )
        await writer.drain()
        return True

    def _result(self, call: Call) -> Any:
        if call.method == "getMe":
            return {"id": 123456, "is_bot": True, "first_name": "Bot", "username": "a_bot"}
        if call.method.startswith(("send", "edit")):
            self._messages += 1
            message_id = int(call.params.get("message_id", 0)) or 1000 + self._messages
            return {
                "message_id": message_id,
                "date": 1_800_000_000,
                "chat": {"id": call.chat_id, "type": "private", "first_name": "Somebody"},
                "text": call.text,
            }
        return True

    async def feed(self, *updates: dict[str, Any]) -> None:
        """Updates for getUpdates, kept until an offset above them confirms them."""
        async with self.fed:
            self.updates.extend(updates)
            self.fed.notify_all()

    async def _updates(self, call: Call) -> list[dict[str, Any]]:
        """A long poll without an end."""
        async with self.fed:
            offset = int(call.params.get("offset", 0))
            self.updates = [u for u in self.updates if u.get("update_id", offset) >= offset]
            self.fed.notify_all()
            await self.fed.wait_for(lambda: self.updates)
            return self.updates[: int(call.params["limit"])]

    async def confirmed(self) -> None:
        """Wait until no update is left unconfirmed."""
        async with self.fed:
            await self.fed.wait_for(lambda: not self.updates)


@asynccontextmanager
async def loopback() -> AsyncIterator[Loopback]:
    server_side = Loopback()
    server = await asyncio.start_server(server_side.serve, "127.0.0.1", 0)
    server_side.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield server_side
    finally:
        if server_side.hold is not None:
            server_side.hold.set()
        server.close()
