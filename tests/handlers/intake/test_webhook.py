"""The webhook under a real uvicorn: 200 only after the commit."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import AsyncIterator

import httpx
import pytest
from telegram.error import BadRequest

from bot.delivery.bot_api import BotApi
from handlers.intake.webhook import MAX_BODY, SECRET_HEADER, WebhookServer, set_webhook, webhook_app
from tests.delivery.loopback import TOKEN, Loopback, refusal
from tests.handlers.intake.desk import Desk, message, tap

SECRET = "s3cret-of-the-hook"
HEADERS = {SECRET_HEADER: SECRET, "Content-Type": "application/json"}


class Hook:
    """The running endpoint and a client beside it."""

    def __init__(self, desk: Desk) -> None:
        self.problems: dict[str, str] = {}
        self.server = WebhookServer(
            webhook_app(path="/hook", secret=SECRET, receiver=desk.receiver, health=self._health), "127.0.0.1", 0
        )
        self.client = httpx.AsyncClient(trust_env=False)

    async def _health(self) -> dict[str, str]:
        return dict(self.problems)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.port}"

    async def post(self, update: object, **headers: str) -> httpx.Response:
        body = update if isinstance(update, bytes) else json.dumps(update).encode()
        return await self.client.post(f"{self.url}/hook", content=body, headers={**HEADERS, **headers})


@pytest.fixture
async def hook(desk: Desk) -> AsyncIterator[Hook]:
    hook = Hook(desk)
    await hook.server.start()
    yield hook
    await hook.client.aclose()
    await hook.server.stop()


async def test_an_update_is_committed_and_then_confirmed(desk: Desk, hook: Hook) -> None:
    raw = json.dumps(tap(7)).encode()
    assert (await hook.post(raw)).status_code == 200
    kept = await desk.kept()
    assert [(row.update_id, row.chat_id, row.raw) for row in kept] == [(7, 1, raw.decode())]
    assert desk.received == kept
    assert desk.acknowledged == ["tap7"]


async def test_the_same_update_twice_has_no_effect_the_second_time(desk: Desk, hook: Hook) -> None:
    for _ in range(2):
        assert (await hook.post(tap(7))).status_code == 200
    assert len(await desk.kept()) == len(desk.received) == len(desk.acknowledged) == 1


async def test_a_store_that_is_away_is_a_503_that_says_when_to_come_back(desk: Desk, hook: Hook) -> None:
    desk.store.is_away = True
    for _ in range(2):
        answer = await hook.post(message(7))
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert desk.told == [[1]]
    assert (await hook.client.get(f"{hook.url}/health")).status_code == 503
    desk.store.is_away = False
    assert (await hook.post(message(7))).status_code == 200
    assert [row.update_id for row in desk.received] == [7]


@pytest.mark.parametrize("secret", ["", "wrong", SECRET + "x", "é"])
async def test_without_the_secret_nothing_is_read(desk: Desk, hook: Hook, secret: str) -> None:
    headers = {**HEADERS, SECRET_HEADER: secret}
    raw = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
    answer = await hook.client.post(f"{hook.url}/hook", content=json.dumps(message(7)), headers=raw)
    assert answer.status_code == 403
    assert await desk.kept() == []


async def test_another_type_of_content_is_refused(desk: Desk, hook: Hook) -> None:
    assert (await hook.post(message(7), **{"Content-Type": "text/plain"})).status_code == 415
    assert (await hook.post(message(8), **{"Content-Type": "application/json; charset=utf-8"})).status_code == 200
    assert [row.update_id for row in await desk.kept()] == [8]


async def test_a_body_that_is_too_long_is_refused_whatever_its_header_says(
    desk: Desk, hook: Hook, caplog: pytest.LogCaptureFixture
) -> None:
    assert (await hook.post(b" " * (MAX_BODY + 1))).status_code == 413

    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(MAX_BODY // 65536 + 1):
            yield b" " * 65536

    answer = await hook.client.post(f"{hook.url}/hook", content=chunks(), headers=HEADERS)
    assert answer.status_code == 413
    assert "is refused" in caplog.text
    assert await desk.kept() == []


@pytest.mark.parametrize("body", [b"", b"not json", b"[]", b'{"message":{}}', b"[" * 100_000, b"\xff\xfe"])
async def test_what_is_no_update_is_passed_so_that_the_queue_goes_on(
    desk: Desk, hook: Hook, body: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    assert (await hook.post(body)).status_code == 200
    assert await desk.kept() == []
    assert "without an update id" in caplog.text


async def test_broken_json_with_an_id_is_kept_so_that_it_can_be_marked(desk: Desk, hook: Hook) -> None:
    assert (await hook.post(b'{"update_id":7,"message":{"text":"\xd9\x85')).status_code == 200
    (row,) = await desk.kept()
    assert (row.update_id, row.chat_id) == (7, None)


async def test_many_posts_at_once_are_all_kept(desk: Desk, hook: Hook) -> None:
    answers = await asyncio.gather(*(hook.post(message(n, chat_id=n % 5 + 1)) for n in range(100)))
    assert {answer.status_code for answer in answers} == {200}
    assert sorted(row.update_id for row in desk.received) == list(range(100))


async def test_health_says_what_is_wrong(hook: Hook) -> None:
    answer = await hook.client.get(f"{hook.url}/health")
    assert (answer.status_code, answer.json()) == (200, {"ok": True, "problems": {}})
    hook.problems["sending"] = "stopped: unauthorized"
    answer = await hook.client.get(f"{hook.url}/health")
    assert answer.status_code == 503
    assert answer.json() == {"ok": False, "problems": {"sending": "stopped: unauthorized"}}


@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", "/hook", 405), ("POST", "/", 404), ("POST", "/health", 405)]
)
async def test_other_paths_and_methods_are_refused(hook: Hook, method: str, path: str, status: int) -> None:
    assert (await hook.client.request(method, hook.url + path, headers=HEADERS)).status_code == status


async def test_an_address_that_is_taken_is_an_error_at_the_start(desk: Desk, hook: Hook) -> None:
    second = WebhookServer(None, "127.0.0.1", hook.server.port)
    with pytest.raises(OSError, match="in use"):
        await second.start()
    with pytest.raises(RuntimeError, match="not started"):
        _ = second.port
    await second.stop()


async def test_telegram_is_told_where_to_post_until_it_takes_it(server: Loopback) -> None:
    api = BotApi(TOKEN, server.url)
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    server.script(refusal(502, "Bad Gateway"), refusal(429, "Too Many Requests", retry_after=1))
    await set_webhook(api, "https://bot.example/hook", SECRET, rng=random.Random(5), sleep=sleep)
    assert len(slept) == 2
    params = server.calls[-1].params
    assert (params["url"], params["secret_token"], params["max_connections"]) == (
        "https://bot.example/hook",
        SECRET,
        "40",
    )
    assert "my_chat_member" in json.loads(params["allowed_updates"])
    assert params["drop_pending_updates"] == "false"
    server.script(refusal(400, "Bad Request: bad webhook: HTTPS url must be provided for webhook"))
    with pytest.raises(BadRequest):
        await set_webhook(api, "http://bot.example/hook", SECRET, rng=random.Random(5), sleep=sleep)
    await api.close()
