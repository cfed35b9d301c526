"""The Bot API over HTTP: forms of a call, answers, and errors in Telegram's words."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest
from telegram import (
    Bot,
    BotCommandScopeChat,
    BotCommandScopeChatMember,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    MenuButtonCommands,
    ReplyKeyboardMarkup,
)
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken
from telegram.request import HTTPXRequest

from bot.simulator import BOT_USERNAME, Person, SimulatedTelegram
from bot.simulator.methods.profile import commands_shown

KEYS = InlineKeyboardMarkup([[InlineKeyboardButton("نعم", callback_data="yes")]])


async def test_a_bot_of_the_library_talks_with_a_person(telegram: SimulatedTelegram, bot: Bot, karim: Person) -> None:
    assert bot.username == BOT_USERNAME
    karim.start("abc")
    (update,) = await bot.get_updates(timeout=5)
    assert update.message is not None
    assert update.message.text == "/start abc"
    assert update.message.entities[0].type == "bot_command"
    sent = await bot.send_message(502, "<b>Hello</b> & go", parse_mode="HTML", reply_markup=KEYS)
    assert sent.text == "Hello & go"
    assert karim.last.html == "<b>Hello</b> &amp; go"
    assert karim.last.labels == ("نعم",)
    karim.tap("نعم")
    (tapped,) = await bot.get_updates(offset=update.update_id + 1, timeout=5)
    assert tapped.callback_query is not None
    assert tapped.callback_query.data == "yes"
    assert await tapped.callback_query.answer("ok")
    assert karim.notices == ["ok"]
    assert not karim.spinning
    await bot.edit_message_text("Done", 502, sent.message_id)
    assert karim.last.text == "Done"
    assert karim.last.is_edited
    assert karim.last.labels == ()


@pytest.mark.parametrize("form", ["query", "form", "multipart", "json", "post query"])
async def test_a_call_may_come_in_every_form(form: str, raw: httpx.AsyncClient, mona: Person) -> None:
    values = {"chat_id": "501", "text": "سلام & co"}
    if form == "query":
        answer = await raw.get("SENDMESSAGE", params=values)
    elif form == "post query":
        answer = await raw.post("sendmessage", params=values)
    elif form == "form":
        answer = await raw.post("sendMessage", data=values)
    elif form == "multipart":
        answer = await raw.post("sendMessage", files={key: (None, value) for key, value in values.items()})
    else:
        answer = await raw.post("sendMessage", json={"chat_id": 501, "text": values["text"]})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.json()["result"]["text"] == "سلام & co"
    assert mona.last.text == "سلام & co"


async def test_an_unknown_method_and_a_bad_token_are_refused(
    telegram: SimulatedTelegram, raw: httpx.AsyncClient
) -> None:
    unknown = await raw.post("sendTelepathy")
    assert unknown.status_code == 404
    assert unknown.json() == {"ok": False, "error_code": 404, "description": "Not Found: method not found"}
    wrong = await raw.get(f"{telegram.url}/bot42:wrong/getMe")
    assert wrong.status_code == 401
    assert wrong.json()["description"] == "Unauthorized"
    stranger = Bot(
        "42:wrong",
        base_url=f"{telegram.url}/bot",
        request=HTTPXRequest(httpx_kwargs={"trust_env": False}),
    )
    with pytest.raises(InvalidToken):
        async with stranger:
            pytest.fail("a wrong token was let in")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"chat_id": 501}, "message text is empty"),
        ({"chat_id": 501, "text": ""}, "message text is empty"),
        ({"chat_id": 501, "text": " \u200f\n\u2067\u2069"}, "text must be non-empty"),
        ({"text": "a"}, "chat_id is empty"),
        ({"chat_id": 999, "text": "a"}, "chat not found"),
        ({"chat_id": "nobody", "text": "a"}, "chat not found"),
        ({"chat_id": 501, "text": "a" * 4097}, "message is too long"),
        ({"chat_id": 501, "text": "\N{GRINNING FACE}" * 2049}, "message is too long"),
        ({"chat_id": 501, "text": "<b>" + "a" * 33_000}, "text is too long"),
        ({"chat_id": 501, "text": "a", "parse_mode": "MarkdownV2"}, "unsupported parse_mode"),
        ({"chat_id": 501, "text": "a", "reply_markup": "[1]"}, "object expected as reply markup"),
        ({"chat_id": 501, "text": "a", "reply_markup": "{"}, "can't parse reply markup JSON object"),
        ({"chat_id": 501, "text": "a", "reply_parameters": {"message_id": 7777}}, "message to be replied not found"),
    ],
)
async def test_a_message_that_cannot_be_is_refused_in_telegrams_words(
    values: dict[str, object], words: str, raw: httpx.AsyncClient, mona: Person
) -> None:
    answer = await raw.post("sendMessage", json=values)
    assert answer.status_code == 400
    assert answer.json() == {"ok": False, "error_code": 400, "description": f"Bad Request: {words}"}
    assert mona.messages == []


async def test_the_longest_text_passes(bot: Bot, mona: Person) -> None:
    await bot.send_message(501, "\N{GRINNING FACE}" * 2048)
    assert len(mona.last.text) == 2048


async def test_who_cannot_be_written_to_is_said(telegram: SimulatedTelegram, bot: Bot, mona: Person) -> None:
    stranger = telegram.add_person("Karim", "en", 502)
    with pytest.raises(Forbidden, match="Forbidden: bot can't initiate conversation with a user"):
        await bot.send_message(502, "a")
    stranger.start()
    await bot.send_message(502, "a")
    stranger.block()
    with pytest.raises(Forbidden, match="Forbidden: bot was blocked by the user"):
        await bot.send_message(502, "a")
    stranger.unblock()
    await bot.send_message(502, "b")
    stranger.deactivate()
    with pytest.raises(Forbidden, match="Forbidden: user is deactivated"):
        await bot.send_message(502, "a")
    with pytest.raises(Forbidden, match="Forbidden: bot can't send messages to bots"):
        telegram.world.chats[42] = telegram.world.chats[501]
        telegram.world.users[501] = telegram.world.users[42]
        await bot.send_message(501, "a")


async def test_a_block_and_its_end_are_told_to_the_bot(bot: Bot, mona: Person) -> None:
    mona.block()
    mona.start()
    updates = await bot.get_updates(timeout=5)
    statuses = [one.my_chat_member.new_chat_member.status for one in updates if one.my_chat_member]
    assert statuses == ["kicked", "member"]
    assert updates[-1].message.text == "/start"


async def test_a_group_that_moved_says_where_to(telegram: SimulatedTelegram, bot: Bot, mona: Person) -> None:
    group = telegram.add_chat("group", "Delegation", by=mona)
    await bot.send_message(group.chat_id, "hello")
    new = telegram.migrate(group, mona)
    with pytest.raises(ChatMigrated) as caught:
        await bot.send_message(group.chat_id, "hello")
    assert caught.value.new_chat_id == new.chat_id
    await bot.send_message(new.chat_id, "hello")
    telegram.set_bot_status(new, mona, "kicked")
    with pytest.raises(Forbidden, match="bot was kicked from the supergroup chat"):
        await bot.send_message(new.chat_id, "hello")
    kinds = [next(iter(set(one.body) - {"update_id"})) for one in telegram.world.queue.held]
    assert kinds == ["my_chat_member", "message", "message", "message", "my_chat_member"]


async def test_in_a_group_the_bot_sees_commands_and_replies_only(
    telegram: SimulatedTelegram, bot: Bot, mona: Person
) -> None:
    group = telegram.add_chat("supergroup", "Delegation")
    hello = await bot.send_message(group.chat_id, "hello")
    mona.send("just talking", chat=group)
    mona.send("/start", chat=group)
    mona.send("/start@CopDialogueBot", chat=group)
    mona.send("/start@AnotherBot", chat=group)
    mona.send("yes", chat=group, reply_to=hello.message_id)
    texts = [one.message.text for one in await bot.get_updates(timeout=5) if one.message]
    assert texts == ["/start", "/start@CopDialogueBot", "yes"]


async def test_channel_posts_come_without_a_sender(telegram: SimulatedTelegram, bot: Bot, mona: Person) -> None:
    channel = telegram.add_chat("channel", "News", username="cop_news")
    mona.send("news", chat=channel)
    (update,) = await bot.get_updates(timeout=5)
    assert update.channel_post is not None
    assert update.channel_post.from_user is None
    await bot.send_message("@cop_news", "hello")
    assert mona.messages_in(channel.chat_id)[-1].text == "hello"


async def test_edits_keep_telegrams_rules(telegram: SimulatedTelegram, bot: Bot, mona: Person) -> None:
    sent = await bot.send_message(501, "<b>one</b>", parse_mode="HTML", reply_markup=KEYS)
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_text("<b>one</b>", 501, sent.message_id, parse_mode="HTML", reply_markup=KEYS)
    await bot.edit_message_text("one", 501, sent.message_id, reply_markup=KEYS)
    assert mona.last.html == "one"
    await bot.edit_message_reply_markup(501, sent.message_id)
    assert mona.last.labels == ()
    own = mona.send("mine")
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("yours", 501, own)
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("yours", 501, 9999)
    with pytest.raises(BadRequest, match="Message identifier is not specified"):
        await bot.edit_message_text("yours", 501, 0)
    keyed = await bot.send_message(501, "pick", reply_markup=ReplyKeyboardMarkup([["a"]]))
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("picked", 501, keyed.message_id)


async def test_deleting_is_for_48_hours(telegram: SimulatedTelegram, bot: Bot, mona: Person) -> None:
    first = await bot.send_message(501, "one")
    own = mona.send("mine")
    assert await bot.delete_message(501, own)
    telegram.clock.step(timedelta(hours=47, minutes=59))
    assert await bot.delete_message(501, first.message_id)
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await bot.delete_message(501, first.message_id)
    second = await bot.send_message(501, "two")
    telegram.clock.step(timedelta(hours=48))
    with pytest.raises(BadRequest, match="Message can't be deleted for everyone"):
        await bot.delete_message(501, second.message_id)
    await bot.edit_message_text("edits have no age", 501, second.message_id)


async def test_a_tap_is_answered_within_15_seconds_and_once(
    telegram: SimulatedTelegram, bot: Bot, mona: Person
) -> None:
    await bot.send_message(501, "one", reply_markup=KEYS)
    late, early = mona.tap("yes"), mona.tap("yes")
    telegram.clock.step(timedelta(seconds=15))
    with pytest.raises(BadRequest, match="Message_too_long"):
        await bot.answer_callback_query(early, "a" * 201)
    assert await bot.answer_callback_query(early, "a" * 200, show_alert=True)
    with pytest.raises(BadRequest, match="Query is too old"):
        await bot.answer_callback_query(early)
    telegram.clock.step(timedelta(seconds=1))
    with pytest.raises(BadRequest, match="Query is too old and response timeout expired or query id is invalid"):
        await bot.answer_callback_query(late)
    assert mona.spinning == [late]


async def test_a_tap_on_a_deleted_message_comes_with_a_message_of_1970(bot: Bot, mona: Person) -> None:
    sent = await bot.send_message(501, "one", reply_markup=KEYS)
    old = mona.last
    await bot.delete_message(501, sent.message_id)
    mona.tap("نعم", old)
    (update,) = await bot.get_updates(timeout=5)
    assert update.callback_query.data == "yes"
    assert not update.callback_query.message.is_accessible
    assert update.callback_query.message.message_id == sent.message_id


async def test_a_document_goes_up_and_comes_down(bot: Bot, mona: Person) -> None:
    content = b"\xef\xbb\xbfname\r\nmona\r\n--not-a-boundary\r\n"
    sent = await bot.send_document(501, InputFile(content, "قائمة.csv"), caption="<i>list</i>", parse_mode="HTML")
    assert sent.document.file_name == "قائمة.csv"
    assert sent.document.file_size == len(content)
    assert mona.last.html == "<i>list</i>"
    file = await bot.get_file(sent.document.file_id)
    assert bytes(await file.download_as_bytearray()) == content
    again = await bot.send_document(501, sent.document.file_id)
    assert again.document.file_id == sent.document.file_id
    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await bot.edit_message_text("text", 501, sent.message_id)
    with pytest.raises(BadRequest, match="Wrong file identifier"):
        await bot.send_document(501, "no-such-file")
    with pytest.raises(BadRequest, match="File must be non-empty"):
        await bot.send_document(501, InputFile(b"", "a.csv"))


async def test_a_file_over_20_mb_cannot_be_fetched(bot: Bot, mona: Person) -> None:
    mona.send_document("nothing.bin", b"\0" * (20 * 1024 * 1024 + 1), mime_type="application/octet-stream")
    (update,) = await bot.get_updates(timeout=5)
    with pytest.raises(BadRequest, match="File is too big"):
        await update.message.document.get_file()
    with pytest.raises(BadRequest, match="Wrong file_id"):
        await bot.get_file("nothing")


async def test_commands_and_names_are_kept_by_two_letter_language(telegram: SimulatedTelegram, bot: Bot) -> None:
    await bot.set_my_commands([("help", "Help")])
    await bot.set_my_commands([("help", "مساعدة")], language_code="ar")
    await bot.set_my_name("الحوار", language_code="ar")
    await bot.set_my_description("A dialogue")
    await bot.set_my_short_description("Short", language_code="en")
    assert (await bot.get_my_commands(language_code="ar"))[0].description == "مساعدة"
    assert await bot.get_my_commands(language_code="fr") == ()
    assert (await bot.get_my_name(language_code="ar")).name == "الحوار"
    assert (await bot.get_my_name(language_code="fr")).name == "COP Dialogue"
    assert (await bot.get_my_description(language_code="ar")).description == "A dialogue"
    assert (await bot.get_my_short_description()).short_description == ""
    shown = commands_shown(telegram.world.profile, 501, "ar")
    assert shown == [{"command": "help", "description": "مساعدة"}]
    await bot.delete_my_commands(language_code="ar")
    assert commands_shown(telegram.world.profile, 501, "ar")[0]["description"] == "Help"


@pytest.mark.parametrize(
    ("method", "values", "words"),
    [
        ("setMyCommands", {"commands": [], "language_code": "ar-EG"}, "invalid language code specified"),
        ("setMyName", {"name": "a", "language_code": "AR"}, "invalid language code specified"),
        ("setMyName", {"name": "a" * 65}, "bot name is too long"),
        ("setMyDescription", {"description": "a" * 513}, "bot description is too long"),
        ("setMyShortDescription", {"short_description": "a" * 121}, "bot short description is too long"),
        ("setMyCommands", {"commands": [{"command": "Help", "description": "a"}]}, "BOT_COMMAND_INVALID"),
        ("setMyCommands", {"commands": [{"command": "a" * 33, "description": "a"}]}, "BOT_COMMAND_INVALID"),
        ("setMyCommands", {"commands": [{"command": "a", "description": ""}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ("setMyCommands", {"commands": [{"command": "a", "description": "b"}] * 101}, "BOT_COMMANDS_TOO_MUCH"),
        ("sendChatAction", {"chat_id": 501, "action": "dance"}, "wrong parameter action in request"),
        ("setWebhook", {"url": "http://example.org/hook"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        (
            "setWebhook",
            {"url": "https://example.org:81/"},
            "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
        ),
        (
            "setWebhook",
            {"url": "https://example.org", "secret_token": "a b"},
            "secret token contains unallowed characters",
        ),
        ("setWebhook", {"url": "https://example.org", "secret_token": "a" * 257}, "secret token is too long"),
    ],
)
async def test_a_setting_that_telegram_refuses_is_refused(
    method: str, values: dict[str, object], words: str, raw: httpx.AsyncClient, mona: Person
) -> None:
    answer = await raw.post(method, json=values)
    assert (answer.status_code, answer.json()["description"]) == (400, f"Bad Request: {words}")


async def test_who_writes_too_fast_is_held_off_chat_by_chat() -> None:
    async with (
        SimulatedTelegram(monotonic=lambda: 0.0) as telegram,
        httpx.AsyncClient(base_url=f"{telegram.url}/bot{telegram.token}/", trust_env=False) as raw,
    ):
        telegram.add_person("منى", "ar", 501, started=True)
        telegram.add_person("Karim", "en", 502, started=True)
        for _ in range(20):
            assert (await raw.post("sendMessage", json={"chat_id": 501, "text": "a"})).status_code == 200
        refused = await raw.post("sendMessage", json={"chat_id": 501, "text": "one too many"})
        assert refused.status_code == 429
        assert refused.headers["retry-after"] == "1"
        assert refused.json() == {
            "ok": False,
            "error_code": 429,
            "description": "Too Many Requests: retry after 1",
            "parameters": {"retry_after": 1},
        }
        another = await raw.post("sendMessage", json={"chat_id": 502, "text": "another chat goes on"})
        assert another.status_code == 200
        action = await raw.post("sendChatAction", json={"chat_id": 501, "action": "typing"})
        assert action.status_code == 200


async def test_a_caption_is_edited_and_kept_apart_from_text(bot: Bot, mona: Person) -> None:
    text = await bot.send_message(501, "text")
    file = await bot.send_document(501, InputFile(b"a", "a.txt"), caption="one")
    await bot.edit_message_caption(501, file.message_id, caption="<b>two</b>", parse_mode="HTML")
    assert mona.last.html == "<b>two</b>"
    assert mona.last.document is not None
    await bot.edit_message_caption(501, file.message_id)
    assert mona.last.text == ""
    with pytest.raises(BadRequest, match="There is no caption in the message to edit"):
        await bot.edit_message_caption(501, text.message_id, caption="a")
    with pytest.raises(BadRequest, match="Message caption is too long"):
        await bot.edit_message_caption(501, file.message_id, caption="a" * 1025)
    with pytest.raises(BadRequest, match="Inline keyboard expected"):
        await bot.edit_message_text(
            "a",
            501,
            text.message_id,
            reply_markup=ReplyKeyboardMarkup([["a"]]),  # type: ignore[arg-type]
        )


async def test_several_messages_are_deleted_at_once_and_missing_ones_skipped(bot: Bot, mona: Person) -> None:
    first = await bot.send_message(501, "one")
    await bot.send_message(501, "two")
    assert await bot.delete_messages(501, [first.message_id, 9999])
    assert [one.text for one in mona.messages] == ["two"]


async def test_chats_members_and_settings_are_told(telegram: SimulatedTelegram, bot: Bot, mona: Person) -> None:
    telegram.add_person("Karim", "en", 502)
    group = telegram.add_chat("supergroup", "Delegation", username="cop_delegation")
    assert (await bot.get_chat(501)).first_name == "منى"
    assert (await bot.get_chat("@cop_delegation")).title == "Delegation"
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.get_chat(502)
    assert (await bot.get_chat_member(group.chat_id, 42)).status == "member"
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.get_chat_member(-5, 42)
    with pytest.raises(BadRequest, match="Participant_id_invalid"):
        await bot.get_chat_member(group.chat_id, 999)
    assert await bot.leave_chat(group.chat_id)
    with pytest.raises(Forbidden, match="bot is not a member of the supergroup chat"):
        await bot.send_message(group.chat_id, "a")
    telegram.set_bot_status(group, mona, "kicked")
    assert (await bot.get_chat_member(group.chat_id, 42)).status == "kicked"
    with pytest.raises(BadRequest, match="private chats"):
        await bot.leave_chat(501)
    assert await bot.set_chat_menu_button(501, MenuButtonCommands())
    assert (await bot.get_chat_menu_button(501)).type == "commands"
    assert await bot.log_out()
    assert await bot.close()


async def test_commands_of_a_chat_come_before_those_of_all(telegram: SimulatedTelegram, bot: Bot) -> None:
    await bot.set_my_commands([("all", "for all")])
    await bot.set_my_commands([("mine", "for one")], scope=BotCommandScopeChat(501))
    await bot.set_my_commands([("boss", "for one")], scope=BotCommandScopeChatMember(-5, 501))
    profile = telegram.world.profile
    assert [one["command"] for one in commands_shown(profile, 501, "ar")] == ["mine"]
    assert [one["command"] for one in commands_shown(profile, 502, "ar")] == ["all"]


@pytest.mark.parametrize(
    ("method", "values", "words"),
    [
        ("setMyCommands", {"commands": "none"}, "can't parse commands JSON object"),
        ("setMyCommands", {"commands": {}}, "can't parse BotCommand: expected an Array"),
        ("setMyCommands", {"commands": [1]}, "can't parse BotCommand: expected an Object"),
        ("setMyCommands", {"commands": [{"command": 1}]}, 'can\'t parse BotCommand: {"command": 1}'),
        (
            "setMyCommands",
            {"commands": [], "scope": {"type": "world"}},
            "can't parse BotCommandScope: unsupported type specified",
        ),
        ("setMyCommands", {"commands": [], "scope": {"type": "chat"}}, "chat_id is empty"),
        ("setMyCommands", {"commands": [{"command": "a", "description": "b"}] * 2}, "BOT_COMMAND_DUPLICATE"),
        ("setChatMenuButton", {"menu_button": {"type": "door"}}, "can't parse menu button: unsupported type"),
        ("sendDocument", {"chat_id": 501}, "there is no document in the request"),
        ("deleteMessage", {"chat_id": 501}, "message identifier is not specified"),
        ("deleteMessages", {"chat_id": 501, "message_ids": []}, "message identifiers are not specified"),
        (
            "sendMessage",
            {"chat_id": 501, "text": "a", "reply_parameters": {}},
            "can't parse reply parameters JSON object",
        ),
        (
            "sendMessage",
            {"chat_id": 501, "text": "a", "entities": {}},
            "can't parse entities: expected an Array of MessageEntity",
        ),
        ("setWebhook", {"url": "https://[bad"}, "bad webhook: invalid URL specified"),
    ],
)
async def test_what_cannot_be_parsed_is_said(
    method: str, values: dict[str, object], words: str, raw: httpx.AsyncClient, mona: Person
) -> None:
    answer = await raw.post(method, json=values)
    assert (answer.status_code, answer.json()["description"]) == (400, f"Bad Request: {words}")


async def test_a_reply_may_miss_its_message_if_it_says_so(raw: httpx.AsyncClient, mona: Person) -> None:
    values = {"chat_id": 501, "text": "a", "reply_to_message_id": 99, "allow_sending_without_reply": "YES"}
    assert (await raw.post("sendMessage", data=values)).status_code == 200
    values["allow_sending_without_reply"] = "no"
    assert (await raw.post("sendMessage", data=values)).status_code == 400


async def test_bodies_that_are_no_calls(telegram: SimulatedTelegram, raw: httpx.AsyncClient) -> None:
    as_json = {"Content-Type": "application/json"}
    assert (await raw.post("getMe", content=b"{", headers=as_json)).json()["description"] == (
        "Bad Request: can't parse request JSON object"
    )
    assert (await raw.post("getMe", content=b"[]", headers=as_json)).status_code == 400
    no_boundary = {"Content-Type": "multipart/form-data"}
    assert (await raw.post("getMe", content=b"x", headers=no_boundary)).status_code == 400
    nameless = {"Content-Type": "multipart/form-data; boundary=b"}
    body = b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--\r\n"
    assert (await raw.post("getMe", content=body, headers=nameless)).status_code == 400
    assert (await raw.delete("getMe")).status_code == 405
    assert (await raw.post("getMe", content=b"0" * (60 * 1024 * 1024 + 1))).status_code == 413
    assert (await raw.get(f"{telegram.url}/file/bot42:wrong/a")).status_code == 401
    assert (await raw.get(f"{telegram.url}/file/bot{telegram.token}/a")).status_code == 404


async def test_setting_the_same_webhook_again_is_told(raw: httpx.AsyncClient) -> None:
    async def told(method: str, url: str = "") -> str:
        return str((await raw.post(method, json={"url": url})).json()["description"])

    assert await told("deleteWebhook") == "Webhook is already deleted"
    assert await told("setWebhook", "https://bot.example.org/") == "Webhook was set"
    assert await told("setWebhook", "https://bot.example.org/") == "Webhook is already set"
    assert await told("setWebhook") == "Webhook was deleted"
