from __future__ import annotations

import json
from typing import Any

import pytest

from bot.delivery.bot_api import BotApi, client_options, send_screen
from bot.delivery.outcome import BotStopped, Sent
from bot.screen import Button, Document, ReplyKeyboard, Screen
from tests.delivery.loopback import Loopback, refusal

ROWS = (
    (Button(label="نعم", data="1|y"), Button(label="No", data="1|n")),
    (Button(label="Site", url="https://itu.int"),),
)


def markup(server: Loopback) -> Any:
    return json.loads(server.calls[-1].params["reply_markup"])


async def test_a_screen_is_sent_as_html_without_preview_and_with_its_buttons(server: Loopback, api: BotApi) -> None:
    message_id = await send_screen(api.bot, 5, Screen(template="t", text="<b>hi</b>", rows=ROWS))
    call = server.calls[-1]
    assert message_id == 1001
    assert (call.method, call.chat_id, call.text) == ("sendMessage", 5, "<b>hi</b>")
    assert call.params["parse_mode"] == "HTML"
    assert json.loads(call.params["link_preview_options"]) == {"is_disabled": True}
    assert markup(server) == {
        "inline_keyboard": [
            [{"text": "نعم", "callback_data": "1|y"}, {"text": "No", "callback_data": "1|n"}],
            [{"text": "Site", "url": "https://itu.int"}],
        ]
    }


async def test_an_edit_changes_the_message_and_gives_its_id_back(server: Loopback, api: BotApi) -> None:
    assert await send_screen(api.bot, 5, Screen(template="t", text="hi", rows=ROWS), edit=77) == 77
    call = server.calls[-1]
    assert (call.method, call.params["message_id"]) == ("editMessageText", "77")
    assert len(markup(server)["inline_keyboard"]) == 2


async def test_an_edit_without_buttons_takes_the_old_ones_away(server: Loopback, api: BotApi) -> None:
    await send_screen(api.bot, 5, Screen(template="t", text="hi"), edit=77)
    assert "reply_markup" not in server.calls[-1].params


async def test_a_reply_keyboard_asks_for_the_contact_and_is_always_a_new_message(server: Loopback, api: BotApi) -> None:
    keyboard = ReplyKeyboard(contact="My number", rows=(("Skip",), ("Back", "Stop")))
    await send_screen(api.bot, 5, Screen(template="t", text="phone?", reply_keyboard=keyboard), edit=77)
    assert server.calls[-1].method == "sendMessage"
    assert markup(server) == {
        "keyboard": [
            [{"text": "My number", "request_contact": True}],
            [{"text": "Skip"}],
            [{"text": "Back"}, {"text": "Stop"}],
        ],
        "resize_keyboard": True,
        "one_time_keyboard": True,
    }


async def test_a_reply_keyboard_is_taken_away_by_a_new_message(server: Loopback, api: BotApi) -> None:
    await send_screen(api.bot, 5, Screen(template="t", text="thanks", remove_keyboard=True), edit=77)
    assert server.calls[-1].method == "sendMessage"
    assert markup(server) == {"remove_keyboard": True}


async def test_a_document_is_uploaded_with_its_name_and_caption(server: Loopback, api: BotApi) -> None:
    document = Document(name="list.csv", content=b"\xef\xbb\xbfa,b\n", media_type="text/csv")
    message_id = await send_screen(api.bot, 5, Screen(template="t", text="The <b>list</b>", document=document), edit=77)
    call = server.calls[-1]
    assert call.method == "sendDocument"
    assert b'filename="list.csv"' in call.body
    assert b"\xef\xbb\xbfa,b\n" in call.body
    assert b"The <b>list</b>" in call.body
    assert message_id is not None


async def test_plain_text_is_sent_without_a_parse_mode(server: Loopback, api: BotApi) -> None:
    await send_screen(api.bot, 5, Screen(template="t", text="1 < 2"), plain=True)
    assert "parse_mode" not in server.calls[-1].params


async def test_a_probe_says_whether_the_token_is_taken(server: Loopback, api: BotApi) -> None:
    assert await api.probe() == Sent()
    server.script(refusal(401, "Unauthorized"))
    assert await api.probe() == BotStopped("unauthorized")


@pytest.mark.parametrize(
    ("url", "trusts", "has_tls"),
    [
        ("https://api.telegram.org", True, True),
        ("http://127.0.0.1:8081", False, False),
        ("http://bot-api:8081", True, False),
    ],
)
def test_proxies_of_the_environment_are_kept_from_loopback_only(url: str, trusts: bool, has_tls: bool) -> None:
    options = client_options(url)
    assert options.get("trust_env", True) is trusts
    assert ("verify" not in options) is has_tls


async def test_an_environment_proxy_does_not_stand_before_loopback(
    server: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    api = BotApi("123456:abc", server.url)
    assert await api.probe() == Sent()
    await api.close()
