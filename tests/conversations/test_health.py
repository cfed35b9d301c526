"""/health is there with polling too, once LISTEN says where."""

from __future__ import annotations

import httpx

from tests.conversations.conftest import BotRunning


async def test_health_is_served_with_polling_where_listen_is_set(bot_running: BotRunning) -> None:
    async with bot_running(listen="127.0.0.1:0") as bot:
        async with httpx.AsyncClient(trust_env=False) as client:
            answer = await client.get(f"http://127.0.0.1:{bot.port}/health")
        assert answer.status_code == 200
        assert answer.json() == {"ok": True, "problems": {}}


async def test_nothing_is_listened_on_with_polling_where_listen_is_not_set(bot_running: BotRunning) -> None:
    async with bot_running() as bot:
        assert bot.port is None
