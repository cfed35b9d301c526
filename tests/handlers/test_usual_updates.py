"""The short way through an update says the same as PTB's long one, and leaves to it what is not usual."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import Update

from handlers.parse import _incoming, usual

PRIVATE = {"id": 7, "type": "private", "first_name": "Mona"}
MONA = {"id": 7, "is_bot": False, "first_name": "Mona", "language_code": "ar"}
BOT = {"id": 42, "is_bot": True, "first_name": "Bot"}


def message(**changed: Any) -> dict[str, Any]:
    usual_message = {"message_id": 5, "date": 1_605_000_000, "chat": PRIVATE, "from": MONA, "text": "مرحبا"}
    return {"update_id": 1, "message": {**usual_message, **changed}}


def tap(date: int = 1_605_000_000, **changed: Any) -> dict[str, Any]:
    shown = {"message_id": 5, "date": date, "chat": PRIVATE, "from": BOT, "text": "a question"}
    query = {"id": "9", "from": MONA, "message": shown, "chat_instance": "1", "data": "1:a:kind:ngo"}
    return {"update_id": 1, "callback_query": {**query, **changed}}


@pytest.mark.parametrize(
    "data",
    [
        message(),
        message(text="/start invited"),
        message(text="/my@CopDialogueBot"),
        message(text=" /help me please "),
        message(**{"from": {"id": 7, "is_bot": False, "first_name": "Mona"}}),
        message(reply_to_message={"message_id": 4, "date": 1, "chat": PRIVATE, "text": "before"}),
        message(forward_origin={"type": "hidden_user", "date": 1, "sender_user_name": "Somebody"}),
        message(chat={"id": 9, "type": "private", "first_name": "Mona"}),
        tap(),
        tap(data="garbage"),
        tap(date=0),
    ],
)
def test_a_usual_update_is_read_as_ptb_reads_it(data: dict[str, Any]) -> None:
    assert usual(data) is not None
    assert usual(data) == _incoming(Update.de_json(data, None), "CopDialogueBot")


@pytest.mark.parametrize(
    "data",
    [
        message(text=None),
        message(date=None),
        message(message_id="one"),
        message(chat={"id": -7, "type": "group", "title": "a group"}),
        message(chat=7),
        {"update_id": 1, "edited_message": message()["message"]},
        {"update_id": 1, "message": {k: v for k, v in message()["message"].items() if k != "from"}},
        {"update_id": 1, "message": {k: v for k, v in message()["message"].items() if k != "text"}},
        {"update_id": 1, "my_chat_member": {}},
        tap(data=None),
        tap(message=None),
        [],
        "text",
        None,
    ],
)
def test_what_is_not_usual_is_left_to_ptb(data: Any) -> None:
    assert usual(data) is None
