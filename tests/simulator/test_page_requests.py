"""The chat page's requests without a browser: every act, and what is refused."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from bot.simulator import Person, SimulatedTelegram
from bot.simulator.chat_page import page_routes


@pytest.fixture
async def telegram() -> AsyncIterator[SimulatedTelegram]:
    telegram = SimulatedTelegram()
    telegram.more_routes = page_routes(telegram)
    async with telegram:
        yield telegram


@pytest.fixture
async def visitor(telegram: SimulatedTelegram) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=telegram.url, trust_env=False) as client:
        yield client


async def bot_says(telegram: SimulatedTelegram, visitor: httpx.AsyncClient, **values: object) -> None:
    answer = await visitor.post(f"/bot{telegram.token}/sendMessage", json={"chat_id": 501, **values})
    assert answer.status_code == 200


async def first_event(visitor: httpx.AsyncClient) -> dict[str, Any]:
    async with visitor.stream("GET", "/sim/events") as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        async for line in stream.aiter_lines():
            return dict(json.loads(line.removeprefix("data: ")))
    raise AssertionError("no event came")


@pytest.mark.parametrize(
    ("act", "kind"),
    [
        ("send", "text"),
        ("start", "text"),
        ("sticker", "sticker"),
        ("photo", "photo"),
        ("voice", "voice"),
        ("document", "document"),
        ("location", "location"),
        ("contact", "contact"),
        ("other_contact", "contact"),
        ("poll", "poll"),
        ("dice", "dice"),
        ("forward", "forward_origin"),
    ],
)
async def test_an_act_of_the_page_reaches_the_bot(
    act: str, kind: str, telegram: SimulatedTelegram, visitor: httpx.AsyncClient, mona: Person
) -> None:
    answer = await visitor.post("/sim/act", json={"user_id": 501, "act": act, "text": "words"})
    assert answer.json() == {"ok": True}
    assert kind in telegram.world.queue.held[0].body["message"]
    (message,) = (await first_event(visitor))["messages"]
    assert message["from"] == "own"


async def test_keyboards_edits_and_blocks_work_from_the_page(
    telegram: SimulatedTelegram, visitor: httpx.AsyncClient, mona: Person
) -> None:
    async def act(act: str, **more: object) -> int:
        return (await visitor.post("/sim/act", json={"user_id": 501, "act": act, **more})).status_code

    keys = {"keyboard": [[{"text": "number", "request_contact": True}, {"text": "skip"}]]}
    await bot_says(telegram, visitor, text="number?", reply_markup=keys)
    assert await act("press", text="number") == 200
    assert await act("press", text="skip") == 200
    assert await act("press", text="back") == 409
    buttons = {"inline_keyboard": [[{"text": "yes", "callback_data": "y"}]]}
    await bot_says(telegram, visitor, text="sure?", reply_markup=buttons)
    assert await act("tap", message_id=mona.last.message_id, data="y") == 200
    own = mona.send("mine")
    assert await act("edit", message_id=own, text="changed") == 200
    event = await first_event(visitor)
    assert event["people"][0]["spinning"] == [[mona.last.message_id, "y"]]
    assert event["people"][0]["keyboard"][0][1] == {"text": "skip", "request": None}
    assert [one["text"] for one in event["messages"] if one["edited"]] == ["changed"]
    assert await act("block") == 200
    assert await act("send", text="hello?") == 409
    assert await act("unblock") == 200
    assert await act("send", text=" ") == 409
    bodies = [update.body for update in telegram.world.queue.held]
    assert bodies[0]["message"]["contact"]["phone_number"] == "+201000000501"


async def test_a_link_is_passed_on_to_a_friend_and_the_bot_hears_nothing(
    telegram: SimulatedTelegram, visitor: httpx.AsyncClient, mona: Person
) -> None:
    telegram.add_person("Karim", "en", 502)
    link = "https://t.me/CopDialogueBot?start=ref"
    asked = {"user_id": 501, "act": "pass_on", "to": 502, "text": link}
    assert (await visitor.post("/sim/act", json=asked)).status_code == 200
    (message,) = (await first_event(visitor))["messages"]
    assert (message["chat"], message["from"], message["name"]) == (502, "friend", "منى")
    assert telegram.world.queue.held == []
    assert (await visitor.post("/sim/act", json=asked | {"to": 9})).status_code == 409


async def test_a_file_of_the_bot_is_downloaded_under_its_name(
    telegram: SimulatedTelegram, visitor: httpx.AsyncClient, mona: Person
) -> None:
    files = {"document": ("قائمة.csv", b"a,b", "text/csv")}
    await visitor.post(f"/bot{telegram.token}/sendDocument", data={"chat_id": 501}, files=files)
    (message,) = (await first_event(visitor))["messages"]
    answer = await visitor.get(f"/sim/file/{message['file']['id']}")
    assert answer.content == b"a,b"
    assert "filename*=UTF-8''%D9%82" in answer.headers["content-disposition"]
    assert (await visitor.get("/sim/file/none")).status_code == 404


async def test_what_the_page_serves_and_refuses(
    telegram: SimulatedTelegram, visitor: httpx.AsyncClient, mona: Person
) -> None:
    assert (await visitor.get("/", follow_redirects=True)).headers["content-type"].startswith("text/html")
    for name in ("app.js", "chat.js", "style.css"):
        assert (await visitor.get(f"/sim/static/{name}")).status_code == 200
    assert (await visitor.get("/sim/static/secret.py")).status_code == 404
    assert (await visitor.post("/sim/act", data={"user_id": "501", "act": "start"})).status_code == 415
    as_json = {"Content-Type": "application/json"}
    assert (await visitor.post("/sim/act", content=b"{", headers=as_json)).status_code == 415
    assert (await visitor.post("/sim/act", json={"user_id": 42, "act": "start"})).status_code == 400
    assert (await visitor.post("/sim/people", json={"first_name": " "})).status_code == 400
    added = await visitor.post("/sim/people", json={"first_name": "هدى", "language_code": ""})
    assert telegram.person(added.json()["user_id"]).user.language_code is None
    assert (await visitor.post("/sim/control", json={"action": "jump"})).status_code == 400


async def test_commands_and_descriptions_are_shown_in_the_clients_language(
    telegram: SimulatedTelegram, visitor: httpx.AsyncClient, mona: Person
) -> None:
    telegram.add_person("Karim", "en-GB", 502)
    base = f"/bot{telegram.token}"
    for language, words in (("ar", "مساعدة"), ("", "Help")):
        commands = [{"command": "help", "description": words}]
        await visitor.post(f"{base}/setMyCommands", json={"commands": commands, "language_code": language})
        await visitor.post(f"{base}/setMyDescription", json={"description": words, "language_code": language})
    people = (await first_event(visitor))["people"]
    assert [one["commands"][0]["description"] for one in people] == ["مساعدة", "Help"]
    assert [one["description"] for one in people] == ["مساعدة", "Help"]
