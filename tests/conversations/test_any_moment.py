"""Presses that come twice, late, in another order or from a chat that had blocked the bot: all legal."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app.runtime import Runtime
from bot.clock import SteppedClock
from bot.dialogue.draft import REVIEW
from bot.settings import ROOT
from bot.simulator import SimulatedTelegram
from tests.conversations.conftest import BotRunning
from tests.conversations.standing import answer_button, standing
from tests.conversations.walk import (
    SHORT,
    Walk,
    bare,
    button,
    draft,
    label,
    number_in,
    registers,
    registration,
    says,
    settled,
    shown_by,
    situation,
)


async def test_two_fast_presses_of_one_answer_are_one_answer(bot: Runtime, telegram: SimulatedTelegram) -> None:
    walk = await standing(bot, telegram, "en", "for_whom")
    pressed = walk.screen
    for _ in range(2):
        walk.person.tap(label("me", "for_whom", "en"), pressed)
    await settled(bot, telegram)
    found = await draft(bot, walk.person)
    assert (found.at, found.answers["for_whom"]) == ("kind", "me")
    assert [shown_by(m) for m in walk.person.messages if m.message_id >= pressed.message_id] == [("kind", "en")]
    assert says("form.old_button", "en") not in walk.screen.text


async def test_two_fast_presses_of_two_answers_keep_the_first_and_say_so(
    bot: Runtime, telegram: SimulatedTelegram
) -> None:
    walk = await standing(bot, telegram, "en", "for_whom")
    pressed = walk.screen
    walk.person.tap(label("me", "for_whom", "en"), pressed)
    walk.person.tap(label("several", "for_whom", "en"), pressed)
    await settled(bot, telegram)
    assert (await draft(bot, walk.person)).answers["for_whom"] == "me"
    assert says("form.old_button", "en") in walk.screen.text
    assert walk.at == "kind"


async def test_two_fast_presses_on_one_of_several_choices_tick_it_once(
    bot: Runtime, telegram: SimulatedTelegram
) -> None:
    walk = await standing(bot, telegram, "ar", "accessibility")
    pressed = walk.screen
    for _ in range(2):
        walk.person.tap(label("captions", "accessibility", "ar"), pressed)
    await settled(bot, telegram)
    assert (await draft(bot, walk.person)).partial == ["captions"]


async def test_two_fast_presses_on_confirm_are_one_registration(bot: Runtime, telegram: SimulatedTelegram) -> None:
    walk = await standing(bot, telegram, "en", REVIEW)
    pressed = walk.screen
    for _ in range(3):
        walk.person.tap(button("confirm", "en"), pressed)
    await settled(bot, telegram)
    assert [number_in(m) for m in walk.person.messages if says("mine.confirmed", "en") in m.text] == [
        (await registration(bot, walk.person)).number
    ]
    assert (await bot.store.read(lambda tx: tx.status())).registrations == {"confirmed": 1}


@pytest.mark.parametrize("tap_first", [True, False], ids=["the tap first", "the text first"])
async def test_a_tap_and_a_text_are_legal_in_any_order(
    bot: Runtime, telegram: SimulatedTelegram, tap_first: bool
) -> None:
    walk = await standing(bot, telegram, "en", "title")
    if not tap_first:
        telegram.faults.swap_next()  # the tap is queued behind the text though it has the lower id
    walk.person.tap(button("skip", "en"), walk.screen)
    walk.person.send("Karim")
    await settled(bot, telegram)
    found = await draft(bot, walk.person)
    if tap_first:
        assert (found.answers["title"], found.answers["given_name"], found.at) == (None, "Karim", "family_name")
    else:
        assert (found.answers["title"], found.at) == ("Karim", "given_name")  # and Skip was an echo of that screen
    assert walk.at == found.at
    await walk.confirm()


async def test_an_old_button_of_another_language_redraws_the_question_in_the_new_one(
    bot: Runtime, telegram: SimulatedTelegram
) -> None:
    walk = Walk(telegram.add_person("Nour"), "ar")
    await walk.begin()
    await walk.to("title")
    old = walk.screen  # in Arabic, with its own Skip
    await walk.answer()
    await walk.answer()
    walk.person.tap("English", walk.screen)
    assert await walk.shown() == "family_name"
    before = await draft(bot, walk.person)
    walk.person.tap(button("skip", "ar"), old)
    shown = await walk.person.wait_for(says("form.old_button", "en"))
    assert shown_by(shown) == ("family_name", "en")
    after = await draft(bot, walk.person)
    assert (after.at, after.answers) == (before.at, before.answers)
    walk.person.tap("English", old)  # says what is so already
    assert await walk.shown() == "family_name"
    assert walk.lang == "en"


async def test_a_tap_on_a_message_of_1970_counts_and_is_answered_below(
    bot: Runtime, telegram: SimulatedTelegram
) -> None:
    walk = await standing(bot, telegram, "en", "for_whom")
    pressed = walk.screen
    walk.person.tap(label("me", "for_whom", "en"), pressed, forgotten=True)
    assert await walk.shown() == "kind"
    assert walk.screen.message_id > pressed.message_id
    assert (await draft(bot, walk.person)).answers["for_whom"] == "me"


async def test_a_person_who_blocked_the_bot_goes_on_where_they_stood(
    bot: Runtime, telegram: SimulatedTelegram, clock: SteppedClock
) -> None:
    walk = await standing(bot, telegram, "ar", "given_name")
    before = await draft(bot, walk.person)
    walk.person.block()
    await settled(bot, telegram)
    found = await situation(bot, walk.person)
    assert found.person is not None
    assert found.person.blocked_at is not None
    assert await draft(bot, walk.person) == before
    clock.step(timedelta(days=1))
    walk.person.start()
    await walk.person.wait_for(says("start.resumed", "ar"))
    assert await walk.shown() == "given_name"
    found = await situation(bot, walk.person)
    assert found.person is not None
    assert found.person.blocked_at is None
    await walk.confirm()


async def test_a_reply_to_someone_who_blocked_the_bot_meanwhile_is_dropped_and_nothing_stops(
    bot: Runtime, telegram: SimulatedTelegram
) -> None:
    walk = await standing(bot, telegram, "en", "given_name")
    walk.person.send("Karim")
    walk.person.block()
    await settled(bot, telegram)
    assert (await draft(bot, walk.person)).answers["given_name"] == "Karim"
    assert await registers(telegram.add_person("Other", language_code="en"), "en", SHORT)
    walk.person.start()
    await walk.shown()
    assert walk.at == "family_name"


async def test_updates_of_one_chat_that_come_out_of_order_lose_nothing(
    bot: Runtime, telegram: SimulatedTelegram
) -> None:
    walk = await standing(bot, telegram, "en", "given_name")
    telegram.faults.swap_next()
    walk.person.send("Karim")
    walk.person.send("Haddadine")
    await settled(bot, telegram)
    found = await draft(bot, walk.person)
    assert {found.answers["given_name"], found.answers["family_name"]} == {"Karim", "Haddadine"}
    assert found.at == "other_script_name"


async def test_a_number_of_updates_that_begins_anew_and_lower_is_heard(
    bot_running: BotRunning, telegram: SimulatedTelegram, clock: SteppedClock
) -> None:
    walk = Walk(telegram.add_person("Nour"), "en")
    async with bot_running():
        await walk.begin()
        await walk.to("country")
    clock.step(timedelta(days=8))
    telegram.world.queue.jump(1_000)
    async with bot_running():
        walk.person.send("Egypt")
        assert await walk.shown() != "country"


async def test_an_old_draft_meets_a_changed_form(
    bot_running: BotRunning, telegram: SimulatedTelegram, tmp_path: Path
) -> None:
    """A choice, a question and the question that stood are gone; one is renamed; the person is told."""
    changed = tmp_path / "content"
    shutil.copytree(ROOT / "content", changed)
    walk = Walk(telegram.add_person("Nour"), "en")
    async with bot_running(content_dir=changed):
        await walk.begin()
        await walk.to("position")
    form = (changed / "registration.toml").read_text("utf-8")
    form = form.replace('id = "position"', 'id = "role"\nwas = ["position"]')
    before, _, rest = form.partition('[[question]]\nid = "title"')
    form = before + rest[rest.index("[[question]]") :]
    form = form.replace('[[question.choice]]\nid = "ngo"', '[[question.choice]]\nid = "civil_society"')
    (changed / "registration.toml").write_text(form, "utf-8")
    async with bot_running(content_dir=changed) as bot:
        walk.person.tap_data(answer_button("kind", "ngo"), walk.screen.message_id)
        shown = await walk.person.wait_for("What is your position")
        assert says("form.shorter", "en") in bare(shown.text)
        found = await draft(bot, walk.person)
        assert found.at == "role"
        assert "title" not in found.answers
        assert (found.answers["kind"], found.answers["given_name"]) == ("administration", "Karim")
        walk.person.send("Head of Policy")
        assert await walk.shown() == "email"
        assert (await draft(bot, walk.person)).answers["role"] == "Head of Policy"
