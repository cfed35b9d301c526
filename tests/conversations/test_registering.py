"""An adult registers end to end, in each language, on each database."""

from __future__ import annotations

import asyncio

import pytest

from bot.app.runtime import Runtime
from bot.dialogue.draft import REVIEW
from bot.simulator import SimulatedTelegram
from tests.conftest import DATABASES
from tests.conversations.conftest import BotRunning
from tests.conversations.walk import (
    SHORT,
    Walk,
    bare,
    button,
    draft,
    number_in,
    registers,
    registration,
    says,
    situation,
)

on_each_database = pytest.mark.parametrize("store_url", DATABASES, indirect=True)
in_each_language = pytest.mark.parametrize("lang", ["ar", "en"])


@on_each_database
@in_each_language
async def test_an_adult_registers_and_holds_a_number(bot: Runtime, telegram: SimulatedTelegram, lang: str) -> None:
    person = telegram.add_person("Nour", language_code=lang)
    walk = Walk(person, lang)
    await walk.begin()
    number = await walk.confirm()
    kept = await registration(bot, person)
    assert (kept.number, kept.status, kept.language) == (number, "confirmed", lang)
    expected = {"ar": ("regulator", "JO", "Asia/Amman"), "en": ("administration", "CA", "America/Toronto")}
    assert (kept.kind, kept.country, kept.zone) == expected[lang]
    assert set(kept.answers) - set(walk.asked) <= {"zone"}  # worked out where the country has one
    assert (await situation(bot, person)).draft is None
    assert person.spinning == []


@on_each_database
async def test_the_language_is_switched_in_mid_question_and_the_answers_stay(
    bot: Runtime, telegram: SimulatedTelegram
) -> None:
    person = telegram.add_person("Nour", language_code="ar")
    walk = Walk(person, "ar")
    await walk.begin()
    await walk.to("given_name")
    before, stood = await draft(bot, person), walk.screen
    person.tap("English", walk.screen)
    assert await walk.shown() == "given_name"
    assert (walk.lang, walk.screen.message_id) == ("en", stood.message_id)  # redrawn in place
    after = await draft(bot, person)
    assert (after.at, after.answers) == (before.at, before.answers)
    await walk.to("phone")
    walk.press("other_language")
    assert await walk.shown() == "phone"
    assert walk.lang == "ar"
    await walk.confirm()
    kept = await registration(bot, person)
    assert (kept.language, kept.answers["given_name"]) == ("ar", "ليلى")


async def test_a_command_switches_the_language_and_redraws_the_screen(
    bot: Runtime, telegram: SimulatedTelegram
) -> None:
    walk = Walk(telegram.add_person("Nour"), "ar")
    await walk.begin()
    await walk.to("country")
    stood = walk.screen.message_id
    walk.person.send("/language")
    assert await walk.shown() == "country"
    assert (walk.lang, walk.screen.message_id) == ("en", stood)


@on_each_database
@in_each_language
async def test_a_restart_at_any_question_resumes_where_the_person_stood(
    bot_running: BotRunning, telegram: SimulatedTelegram, lang: str
) -> None:
    person = telegram.add_person("Nour", language_code=lang)
    walk = Walk(person, lang)
    async with bot_running():
        await walk.begin()
    for _ in range(5):
        async with bot_running():
            for _ in range(3):
                await walk.answer()
    async with bot_running() as bot:
        person.start()
        await person.wait_for(says("start.resumed", lang))
        assert await walk.shown() == (await draft(bot, person)).at
        await walk.confirm()
        assert (await registration(bot, person)).status == "confirmed"


async def test_what_is_sent_while_the_bot_is_down_is_answered_when_it_is_back(
    bot_running: BotRunning, telegram: SimulatedTelegram
) -> None:
    walk = Walk(telegram.add_person("Nour"), "en")
    async with bot_running():
        await walk.begin()
        await walk.to("given_name")
    walk.person.send("Karim")
    async with bot_running() as bot:
        assert await walk.shown() == "family_name"
        assert (await draft(bot, walk.person)).answers["given_name"] == "Karim"


@on_each_database
async def test_my_registration_is_seen_corrected_and_withdrawn(bot: Runtime, telegram: SimulatedTelegram) -> None:
    person = telegram.add_person("Nour", language_code="en")
    number = await registers(person, "en")
    person.send("/my")
    shown = await person.wait_for(says("mine.title", "en"))
    assert number_in(shown) == number
    assert "Haddadine" in shown.text
    walk = Walk(person, "en")
    person.tap(button("correct", "en"), shown)
    assert await walk.shown() == REVIEW
    person.tap(button("correct", "en"), walk.screen)
    listed = await person.wait_for(says("review.which", "en"))
    person.tap("Family name", listed)
    assert await walk.shown() == "family_name"
    person.send("Al-Masri")
    assert await walk.shown() == REVIEW
    assert (await registration(bot, person)).answers["family_name"] == "Haddadine"  # nothing until it is saved
    walk.press("save")
    saved = await person.wait_for(says("mine.corrected", "en"))
    assert number_in(saved) == number
    assert (await registration(bot, person)).answers["family_name"] == "Al-Masri"

    person.tap(button("withdraw", "en"), saved)
    asked = await person.wait_for(says("withdraw.ask", "en"))
    assert (await registration(bot, person)).status == "confirmed"
    person.tap(button("withdraw_yes", "en"), asked)
    await person.wait_for(says("withdraw.done", "en"))
    assert (await registration(bot, person)).status == "withdrawn"
    person.send("/my")
    await person.wait_for(says("mine.none", "en"))


async def test_someone_who_withdrew_registers_again_with_another_number(
    bot: Runtime, telegram: SimulatedTelegram
) -> None:
    person = telegram.add_person("Nour", language_code="en")
    first = await registers(person, "en", SHORT)
    person.tap(button("withdraw", "en"))
    await person.wait_for(says("withdraw.ask", "en"))
    person.tap(button("withdraw_yes", "en"))
    await person.wait_for(says("withdraw.done", "en"))
    person.tap(button("register_again", "en"))
    walk = Walk(person, "en", SHORT)
    await walk.shown()
    second = await walk.confirm()
    assert first != second
    assert (await registration(bot, person)).number == second


@on_each_database
async def test_two_people_at_once_do_not_mix(bot: Runtime, telegram: SimulatedTelegram) -> None:
    people = {lang: telegram.add_person(lang, language_code=lang) for lang in ("ar", "en")}
    numbers = await asyncio.gather(*(registers(person, lang) for lang, person in people.items()))
    assert len(set(numbers)) == 2
    names = {lang: (await registration(bot, person)).answers["given_name"] for lang, person in people.items()}
    assert names == {"ar": "ليلى", "en": "Karim"}
    assert "Karim" not in bare("".join(m.text for m in people["ar"].messages))
    assert "ليلى" not in bare("".join(m.text for m in people["en"].messages))


async def test_an_answer_goes_back_and_a_cancel_is_asked_once_and_undone(
    bot: Runtime, telegram: SimulatedTelegram
) -> None:
    walk = Walk(telegram.add_person("Nour"), "en")
    await walk.begin()
    await walk.to("country")
    walk.press("back")
    assert await walk.shown() == "kind"
    walk.press("keep")
    assert await walk.shown() == "country"
    walk.person.send("/cancel")
    asked = await walk.person.wait_for(says("cancel.ask", "en"))
    assert (await draft(bot, walk.person)).at == "country"
    walk.person.tap(button("cancel_yes", "en"), asked)
    gone = await walk.person.wait_for(says("cancel.done", "en"))
    walk.person.tap(button("undo_cancel", "en"), gone)
    assert await walk.shown() == "country"
    await walk.confirm()
