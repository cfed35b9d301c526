"""Any input, any moment: each gets a fitting reply in the person's language, and the draft stays as it was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from bot.app.runtime import Runtime
from bot.simulator import SimulatedTelegram
from tests.conversations.standing import answer_button, standing
from tests.conversations.walk import Walk, bare, draft, says, settled, shown_by

in_each_language = pytest.mark.parametrize("lang", ["ar", "en"])
TEN_MB = 10_000_000


@dataclass(frozen=True, slots=True)
class Odd:
    """What somebody who stands at a question does, and the catalogue's text that answers it."""

    name: str
    does: Callable[[Walk], object]
    answered: str
    at: str = "given_name"


def old_button(walk: Walk) -> object:
    return walk.person.tap_data(answer_button("kind", "ngo"), walk.screen.message_id)


def without_sender(walk: Walk) -> object:
    person = walk.person
    chat = {"id": person.user_id, "type": "private", "first_name": "N"}
    message = {"message_id": 990_001, "date": int(person.world.at()), "chat": chat, "text": "123"}
    return person.raw({"message": message})


ODD = (
    Odd("text where a button is asked", lambda w: w.person.send("blah"), "problem.choice_unknown", at="kind"),
    Odd("a button where text is asked", old_button, "form.old_button"),
    Odd("a sticker", lambda w: w.person.send_sticker(), "unreadable.sticker"),
    Odd("a photo with a caption", lambda w: w.person.send_photo("Karim"), "unreadable.photo"),
    Odd("a command in a caption", lambda w: w.person.send_photo("/cancel"), "unreadable.photo"),
    Odd("a voice message", lambda w: w.person.send_voice(), "unreadable.voice"),
    Odd("a document", lambda w: w.person.send_document(), "unreadable.document"),
    Odd("a document of 10 MB", lambda w: w.person.send_document(data=b"\0" * TEN_MB), "unreadable.document"),
    Odd("a location", lambda w: w.person.send_location(), "unreadable.location"),
    Odd("a poll", lambda w: w.person.send_poll(), "unreadable.poll"),
    Odd("a dice", lambda w: w.person.send_dice(), "unreadable.other"),
    Odd("a kind of message nobody knows", lambda w: w.person.raw_message({"hologram": {"a": 1}}), "unreadable.other"),
    Odd("somebody else's contact", lambda w: w.person.share_contact("+201001234567", 7), "words.contact_not_asked"),
    Odd("the own contact", lambda w: w.person.share_contact("+201001234567"), "words.contact_not_asked"),
    Odd(
        "somebody else's contact at the phone",
        lambda w: w.person.share_contact("+201001234567", 7),
        "problem.contact_not_own",
        at="phone",
    ),
    Odd("an edited message", lambda w: w.person.edit("/start again"), "edited.text"),
    Odd("a forwarded message with a link", lambda w: w.person.forward("https://example.org"), "problem.name_address"),
    Odd("4,096 characters", lambda w: w.person.send("ن" * 4096), "problem.too_long"),
    Odd("a name of 200 characters", lambda w: w.person.send("Kar" * 67), "problem.too_long"),
    Odd("10 MB of nothing", lambda w: w.person.raw_message({"text": " " * TEN_MB}), "problem.text_empty"),
    Odd("10 MB of letters", lambda w: w.person.raw_message({"text": "a" * TEN_MB}), "problem.too_long"),
    Odd("only spaces", lambda w: w.person.raw_message({"text": "    \n  "}), "problem.text_empty"),
    Odd("only emoji", lambda w: w.person.send("🙂🙂👍"), "problem.name_letters"),
    Odd("only direction marks", lambda w: w.person.raw_message({"text": "\u200f\u2068\u2069"}), "problem.text_empty"),
    Odd("only null bytes", lambda w: w.person.raw_message({"text": "\0\0"}), "problem.text_empty"),
    Odd("only lone surrogates", lambda w: w.person.raw_message({"text": "\ud83d\ud83d"}), "problem.text_empty"),
    Odd("a tag", lambda w: w.person.send("<b>Karim</b>"), "problem.name_letters"),
    Odd("an entity", lambda w: w.person.send("Karim &amp; &lt;"), "problem.name_letters"),
    Odd("SQL", lambda w: w.person.send("Robert'); DROP TABLE people;--"), "problem.name_letters"),
    Odd("a CSV formula", lambda w: w.person.send("=1+cmd|' /C calc'!A0"), "problem.name_letters"),
    Odd("a command nobody knows", lambda w: w.person.send("/unknown"), "command.unknown"),
    Odd("the organisers' command", lambda w: w.person.send("/registrations"), "command.unknown"),
    Odd("a start with a bad payload", lambda w: w.person.start("../../etc?x=<b>"), "start.resumed"),
    Odd("a start with somebody else's link", lambda w: w.person.start("invited"), "start.resumed"),
    Odd("a message without a sender", without_sender, "problem.name_letters"),
    Odd("data of another version", lambda w: w.person.tap_data("9:zz", w.screen.message_id), "form.old_button"),
    Odd("data of no version", lambda w: w.person.tap_data("\u202e", w.screen.message_id), "form.old_button"),
    Odd(
        "a button of a choice that is gone",
        lambda w: w.person.tap_data(answer_button("kind", "vanished"), w.screen.message_id),
        "problem.option_gone",
        at="kind",
    ),
    Odd(
        "a button of a question that is gone",
        lambda w: w.person.tap_data(answer_button("vanished", "x"), w.screen.message_id),
        "form.old_button",
    ),
    Odd(
        "a button on a message the bot never sent",
        lambda w: w.person.tap_data(answer_button("kind", "ngo"), 123_456),
        "form.old_button",
    ),
    Odd("words at the review", lambda w: w.person.send("is that all?"), "words.at_review", at="*review"),
)


@in_each_language
@pytest.mark.parametrize("odd", ODD, ids=lambda odd: odd.name)
async def test_odd_input_is_answered_in_the_persons_language_and_the_draft_survives(
    bot: Runtime, telegram: SimulatedTelegram, odd: Odd, lang: str
) -> None:
    walk = await standing(bot, telegram, lang, odd.at)
    before = await draft(bot, walk.person)
    odd.does(walk)
    await settled(bot, telegram)
    news = walk.person.news()
    assert says(odd.answered, lang) in "\n".join(bare(m.text) for m in news), walk.person.transcript()
    assert [s for m in news if (s := shown_by(m))] == [(odd.at, lang)]  # and the question stands again, once
    assert shown_by(walk.person.last) == (odd.at, lang)
    after = await draft(bot, walk.person)
    assert (after.at, after.answers) == (before.at, before.answers)
    assert walk.person.spinning == []
    assert (await bot.store.read(lambda tx: tx.status())).set_aside == []


def knows_nothing(walk: Walk) -> object:
    return walk.person.world.queue_unknown_kind()


def reaction(walk: Walk) -> object:
    return walk.person.raw({"message_reaction": {"chat": {"id": walk.person.user_id, "type": "private"}}})


def inline_tap(walk: Walk) -> object:
    user = {"id": walk.person.user_id, "is_bot": False, "first_name": "N"}
    return walk.person.raw(
        {"callback_query": {"id": "1", "from": user, "inline_message_id": "x", "chat_instance": "1", "data": "1:ok"}}
    )


@pytest.mark.parametrize(
    "does",
    [
        pytest.param(knows_nothing, id="an update of a kind nobody knows"),
        pytest.param(reaction, id="a reaction, which was not asked for"),
        pytest.param(inline_tap, id="a button under a message of another chat"),
        pytest.param(lambda w: w.person.raw_message({"pinned_message": {}}), id="a pinned message"),
        pytest.param(lambda w: w.person.raw_message({"delete_chat_photo": True}), id="a service message"),
        pytest.param(lambda w: w.person.world.queue_unparsable(), id="an update no library can parse"),
    ],
)
async def test_what_wants_no_reply_gets_none_and_the_draft_survives(
    bot: Runtime, telegram: SimulatedTelegram, does: Callable[[Walk], object]
) -> None:
    walk = await standing(bot, telegram, "en", "given_name")
    before, seen = await draft(bot, walk.person), walk.person.messages
    does(walk)
    await settled(bot, telegram)
    assert walk.person.messages == seen
    assert await draft(bot, walk.person) == before
    walk.person.send("Karim")
    assert await walk.shown() == "family_name"
