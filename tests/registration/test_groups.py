"""Groups: one line with the way to the private chat, at most once a day; and nothing else is said there."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from bot.records import NewMessage
from handlers.router import route
from tests.registration.office import Office
from tests.registration.telegram_rules import assert_sendable

GROUP = -100123


async def said(office: Office, text: str = "/start", **changed: Any) -> list[NewMessage]:
    chat = {"id": GROUP, "type": "supergroup", "title": "Colleagues"}
    user = {"id": 5, "is_bot": False, "first_name": "Nour", "language_code": "en"}
    message = {"message_id": 3, "date": 1604998800, "chat": chat, "from": user, "text": text, **changed}
    raw = json.dumps({"update_id": 1, "message": message})
    return await office.store.write(lambda tx: route(office.service, tx, raw, office.now))


async def test_a_group_gets_one_line_with_the_link_in_both_languages(office: Office) -> None:
    [message] = await said(office)

    text = message.screen["text"]
    assert message.chat_id == GROUP and text.count("https://t.me/cop_test_bot") == 2
    assert len(text.split("\n")) == 2 and "rows" not in message.screen
    from bot.screen import Screen

    assert_sendable(Screen.from_dict(message.screen))


async def test_a_group_is_greeted_at_most_once_a_day(office: Office) -> None:
    assert await said(office)
    assert not await said(office)
    office.now += timedelta(hours=23, minutes=59)
    assert not await said(office)
    office.now += timedelta(minutes=1)
    assert await said(office)


async def test_talk_in_a_group_is_not_for_the_bot(office: Office) -> None:
    assert not await said(office, "Hello everybody")
    assert not await said(office, "/start@another_bot")


async def test_a_group_that_moved_was_greeted_already(office: Office) -> None:
    assert await said(office)
    assert not await said(office, text=None, migrate_to_chat_id=-100999)
    moved = {"id": -100999, "type": "supergroup", "title": "Colleagues"}

    assert not await said(office, chat=moved)


async def test_a_group_member_is_nobody_whom_the_bot_knows(office: Office) -> None:
    await said(office)

    assert (await office.room(5).situation()).person is None
    assert (await office.room(GROUP).situation()).person is None
