"""Every kind of update becomes one of the core's own words, or is known for what can't be read."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.incoming import Contact, Edited, Ignored, InGroup, Membership, Migrated, Sender, Tap, Text, Unreadable
from handlers.parse import ATTACHMENTS, Unparsable, parse

BOT = "CopDialogueBot"
CHAT = {"id": 7, "type": "private", "first_name": "N"}
USER = {"id": 7, "is_bot": False, "first_name": "N", "language_code": "ar-EG"}
GROUP = {"id": -5, "type": "group", "title": "G"}
NOUR = Sender(chat_id=7, user_id=7, language_hint="ar-EG")


def read(kind: str, payload: Any) -> Any:
    return parse(json.dumps({"update_id": 1, kind: payload}), BOT)


def message(kind: str = "message", chat: dict[str, Any] | None = None, **content: Any) -> Any:
    return read(kind, {"message_id": 3, "date": 1, "chat": chat or CHAT, "from": USER, **content})


def test_text_is_kept_as_typed() -> None:
    assert message(text=" Karim\n") == Text(sender=NOUR, text=" Karim\n", message_id=3)


@pytest.mark.parametrize(
    ("text", "command", "argument"),
    [
        ("/start", "start", ""),
        ("/START@CopDialogueBot  invited ", "start", "invited"),
        ("/cancel now\nplease", "cancel", "now\nplease"),
        (" /help", "help", ""),
        ("/", None, ""),
        ("/مساعدة", None, ""),
        ("5/6", None, ""),
        ("/a-b", None, ""),
        ("/" + "a" * 33, None, ""),
    ],
)
def test_a_command_is_split_off_where_it_is_one(text: str, command: str | None, argument: str) -> None:
    assert message(text=text) == Text(sender=NOUR, text=text, command=command, argument=argument, message_id=3)


def test_a_message_without_a_sender_is_the_chats_own() -> None:
    found = read("message", {"message_id": 3, "date": 1, "chat": CHAT, "text": "x"})
    assert found == Text(sender=Sender(chat_id=7, user_id=7), text="x", message_id=3)


@pytest.mark.parametrize(("user_id", "own"), [(7, True), (8, False), (None, False)])
def test_a_contact_is_ones_own_only_with_ones_own_id(user_id: int | None, own: bool) -> None:
    contact = {"phone_number": "+20100", "first_name": "N", **({"user_id": user_id} if user_id else {})}
    assert message(contact=contact) == Contact(sender=NOUR, phone="+20100", own=own)


FILE = {"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1, "duration": 1}
ATTACHED: dict[str, Any] = {
    "animation": FILE,
    "audio": FILE,
    "dice": {"emoji": "🎲", "value": 1},
    "document": FILE,
    "location": {"latitude": 1.0, "longitude": 2.0},
    "photo": [FILE],
    "sticker": FILE | {"type": "regular", "is_animated": False, "is_video": False},
    "story": {"id": 1, "chat": CHAT},
    "video": FILE,
    "video_note": FILE | {"length": 1},
    "voice": FILE,
}


@pytest.mark.parametrize("name", ATTACHED)
def test_an_attachment_can_not_be_read_and_its_caption_is_no_answer(name: str) -> None:
    found = message(**{name: ATTACHED[name]}, caption="/cancel")
    assert found == Unreadable(sender=NOUR, what=name, caption="/cancel", message_id=3)


def test_every_attachment_is_a_field_that_the_library_knows() -> None:
    from telegram import Message

    assert [name for name in ATTACHMENTS if name not in Message.__slots__] == []


def test_a_kind_of_message_newer_than_the_library_can_not_be_read() -> None:
    assert message(hologram={"shape": "cube"}) == Unreadable(sender=NOUR, what="other")


def test_service_messages_and_other_kinds_want_no_reply() -> None:
    assert isinstance(message(delete_chat_photo=True), Ignored)
    assert isinstance(read("hologram", {"a": 1}), Ignored)
    assert isinstance(
        read("channel_post", {"message_id": 1, "date": 1, "chat": {"id": -9, "type": "channel"}}), Ignored
    )


def test_an_edited_message_is_known_for_one() -> None:
    assert message("edited_message", text="new") == Edited(sender=NOUR)


def tap(chat: dict[str, Any], date: int, **more: Any) -> Any:
    shown = {"message_id": 3, "date": date, "chat": chat, "text": "q"}
    return read("callback_query", {"id": "1", "from": USER, "chat_instance": "1", "message": shown, **more})


def test_a_tap_on_a_message_of_1970_has_no_message_to_edit() -> None:
    assert tap(CHAT, 1, data="1:rg") == Tap(sender=NOUR, data="1:rg", message_id=3)
    assert tap(CHAT, 0, data="1:rg") == Tap(sender=NOUR, data="1:rg", message_id=None)


def test_a_tap_in_a_group_or_without_data_or_message_is_ignored() -> None:
    assert isinstance(tap(GROUP, 1, data="1:rg"), Ignored)
    assert isinstance(tap(CHAT, 1, game_short_name="g"), Ignored)
    query = {"id": "1", "from": USER, "chat_instance": "1", "data": "1:rg", "inline_message_id": "x"}
    assert isinstance(read("callback_query", query), Ignored)


def membership(chat: dict[str, Any], status: str) -> Any:
    member = {"user": {"id": 42, "is_bot": True, "first_name": "B"}, "status": status, "until_date": 0}
    member |= dict.fromkeys(
        (
            "can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats",
            "can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories",
            "can_edit_stories", "can_delete_stories",
        ),
        False,
    )  # fmt: skip
    change = {"chat": chat, "from": USER, "date": 60, "old_chat_member": member, "new_chat_member": member}
    return read("my_chat_member", change)


def test_a_block_and_its_end_carry_their_moment() -> None:
    at = datetime(1970, 1, 1, 0, 1, tzinfo=UTC)
    assert membership(CHAT, "kicked") == Membership(sender=NOUR, blocked=True, at=at)
    assert membership(CHAT, "member") == Membership(sender=NOUR, blocked=False, at=at)


def test_a_group_that_takes_the_bot_in_is_greeted_and_one_that_puts_it_out_is_not() -> None:
    assert membership(GROUP, "administrator") == InGroup(chat_id=-5, language_hint="ar-EG")
    assert isinstance(membership(GROUP, "left"), Ignored)
    assert isinstance(membership({"id": -9, "type": "channel", "title": "C"}, "administrator"), Ignored)


@pytest.mark.parametrize("text", ["/start", "/help@copdialoguebot", "hello @CopDialogueBot"])
def test_what_is_said_to_the_bot_in_a_group_is_heard(text: str) -> None:
    assert message(chat=GROUP, text=text) == InGroup(chat_id=-5, language_hint="ar-EG")


def test_a_reply_to_the_bot_in_a_group_is_heard() -> None:
    ours = {"id": 42, "is_bot": True, "first_name": "B", "username": BOT}
    replied = {"message_id": 1, "date": 1, "chat": GROUP, "from": ours, "text": "line"}
    assert message(chat=GROUP, text="thanks", reply_to_message=replied) == InGroup(chat_id=-5, language_hint="ar-EG")


@pytest.mark.parametrize("text", ["hello", "/start@OtherBot", "/start@OtherBot @CopDialogueBot"])
def test_talk_among_people_is_left_alone(text: str) -> None:
    assert isinstance(message(chat=GROUP, text=text), Ignored)


def test_a_group_that_migrated_is_known_by_both_ids() -> None:
    assert message(chat=GROUP, migrate_to_chat_id=-100) == Migrated(old_chat_id=-5, new_chat_id=-100)


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "not json",
        '{"update_id": 1, "message": 5}',
        '{"update_id": 1, "message": {"message_id": "one", "date": null, "chat": 7}}',
        '{"update_id": 1, "callback_query": {"id": "1"}}',
        '{"update_id": 1, "message": {"message_id": 1, "date": 99999999999999999999, "chat": {"id": 1, "type": "x"}}}',
    ],
)
def test_what_telegram_does_not_document_is_unparsable_and_says_nothing_of_its_text(raw: str) -> None:
    with pytest.raises(Unparsable) as refused:
        parse(raw, BOT)
    assert str(refused.value).isidentifier()


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(sorted(ATTACHED)), inner, max_size=3),
    max_leaves=6,
)
FIELDS = st.sampled_from(
    ["message_id", "date", "chat", "from", "text", "contact", "id", "type", "data", "message", *ATTACHED]
)


@given(
    st.sampled_from(["message", "edited_message", "callback_query", "my_chat_member", "channel_post"]),
    st.dictionaries(FIELDS, json_values | st.sampled_from([CHAT, USER, GROUP]), max_size=6),
)
def test_no_shape_of_an_update_raises_anything_but_unparsable(kind: str, payload: dict[str, Any]) -> None:
    try:
        read(kind, {"message_id": 1, "date": 1, "chat": CHAT, "from": USER} | payload)
    except Unparsable:
        return
