"""Done when 3: after erase, after purge and after restore no byte of what was typed is left; over HTTP, whole bot."""

from __future__ import annotations

import json
import logging
from datetime import timedelta
from pathlib import Path

import pytest

from bot import buttons
from bot.app import commands
from bot.app.runtime import Runtime
from bot.clock import SteppedClock
from bot.settings import Refusal, Settings
from bot.simulator import SimulatedTelegram
from bot.simulator.people import Person
from tests.conftest import DATABASES
from tests.conversations.conftest import BotRunning
from tests.conversations.traces import database_of, files_beside, found_in, kept, typed_in
from tests.conversations.walk import ANSWERS, LANGUAGES, Walk, button, content, registers, says, settled, situation

BOTH = pytest.mark.parametrize("store_url", DATABASES, indirect=True)
DAY = timedelta(days=1)
END = content().event.ends_at


async def registered(person: Person, lang: str) -> tuple[str, list[str]]:
    """The number, and what the person typed."""
    walk = Walk(person, lang)
    await walk.begin()
    number = await walk.confirm()
    return number, typed_in(ANSWERS[lang], walk.asked)


async def erases(person: Person, lang: str) -> None:
    person.send("/mydata")
    await person.wait_for(says("mydata.title", lang))
    person.tap(button("data_erase", lang))
    await person.wait_for(says("mydata.ask_sure", lang))
    person.tap(button("data_erase_yes", lang))
    await person.wait_for(says("mydata.erased", lang))


@BOTH
@pytest.mark.parametrize("lang", LANGUAGES)
async def test_after_erasing_no_byte_of_what_was_typed_is_left(
    bot: Runtime, telegram: SimulatedTelegram, store_url: str, lang: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    person, other = telegram.add_person("Nour", lang), telegram.add_person("Karim", "en")
    await registers(other, "en", {**ANSWERS["en"]}) if lang == "ar" else None
    number, typed = await registered(person, lang)
    await settled(bot, telegram)
    assert len(typed) >= 8
    before = await kept(bot.store, store_url)
    stored = {given for given in typed if given in found_in(before, typed)}
    assert len(stored) >= len(typed) // 2, "or the search below would prove nothing"

    await erases(person, lang)
    await settled(bot, telegram)
    await bot.timers.run_once()
    after = await kept(bot.store, store_url)
    assert found_in(after, typed) == []
    assert await bot.store.read(lambda tx: tx.held(person.user_id)) == {}
    assert found_in(caplog.text.encode(), [*typed, number]) == []
    if lang == "ar":
        assert (await situation(bot, other)).registration is not None, "and nobody else's is gone"

    person.start()
    greeting = await person.wait_for(says("greeting.text", "en"))
    assert says("greeting.text", "ar") in greeting.text.replace("\u2067", "").replace("\u2068", "").replace(
        "\u2069", ""
    )


@BOTH
async def test_after_the_purge_that_follows_the_event_no_byte_is_left(
    bot: Runtime, telegram: SimulatedTelegram, store_url: str, clock: SteppedClock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    number, typed = await registered(telegram.add_person("Nour", "ar"), "ar")
    await settled(bot, telegram)
    assert found_in(await kept(bot.store, store_url), typed)
    clock.step(END + 7 * DAY - clock.now())
    while await bot.timers.run_once():
        pass
    half = await kept(bot.store, store_url)
    assert found_in(half, [ANSWERS["ar"]["accessibility_other"].text]) == []  # type: ignore[union-attr]
    assert found_in(half, ["layla.mansouri@example.org"])
    clock.step(END + 31 * DAY - clock.now())
    while await bot.timers.run_once():
        pass
    after = await kept(bot.store, store_url)
    assert found_in(after, [*typed, number]) == []
    assert found_in(caplog.text.encode(), [*typed, number]) == []


async def test_after_a_restore_no_byte_of_who_was_erased_since_the_backup_is_left(
    bot_running: BotRunning, telegram: SimulatedTelegram, settings: Settings, tmp_path: Path
) -> None:
    database = database_of(settings.database_url)
    assert database is not None
    person, other = telegram.add_person("Nour", "ar"), telegram.add_person("Karim", "en")
    async with bot_running() as bot:
        number, typed = await registered(person, "ar")
        others, _ = await registered(other, "en")
        await settled(bot, telegram)
        await commands.backup(settings, tmp_path / "before.backup")
        await erases(person, "ar")
        await settled(bot, telegram)
        await bot.timers.run_once()
        await commands.backup(settings, tmp_path / "after.backup")
    assert found_in((tmp_path / "before.backup").read_bytes(), typed)
    assert found_in((tmp_path / "after.backup").read_bytes(), typed) == []
    said = await commands.restore(settings, tmp_path / "before.backup")
    assert "erased again, as since the backup: 1" in said and number not in said
    assert found_in(files_beside(database), typed) == []
    async with bot_running() as bot:
        assert (await situation(bot, other)).registration is not None
        person.start()
        await person.wait_for(says("greeting.text", "ar"))
    assert others


async def test_both_files_arrive_and_say_what_is_kept(bot: Runtime, telegram: SimulatedTelegram) -> None:
    person = telegram.add_person("Nour", "en")
    await registered(person, "en")
    person.send("/mydata")
    await person.wait_for(says("mydata.title", "en"))
    person.tap(button("data_json", "en"))
    message = await person.wait_for(lambda m: m.document is not None)
    assert message.document is not None and message.document["file_name"] == "my-data.json"
    file = telegram.world.files[message.document["file_id"]]
    told = json.loads(telegram.world.read_file(file))
    assert told["records"]["registrations"][0]["answers"]["family_name"] == "Haddadine"
    await settled(bot, telegram)
    rows = (await bot.store.read(lambda tx: tx.held(person.user_id)))["outbox"]
    assert [row["screen"] for row in rows] == [None] * len(rows), "the file's own row keeps nothing of it"


async def test_two_fast_presses_erase_once_and_leave_a_stranger(bot: Runtime, telegram: SimulatedTelegram) -> None:
    person = telegram.add_person("Nour", "en")
    await registered(person, "en")
    person.send("/mydata")
    await person.wait_for(says("mydata.title", "en"))
    person.tap(button("data_erase", "en"))
    asked = await person.wait_for(says("mydata.ask_sure", "en"))
    for _ in range(2):
        person.tap_data(buttons.data(buttons.DATA_ERASE_YES), asked.message_id)
    await person.wait_for(says("mydata.erased", "en"))
    await settled(bot, telegram)
    assert await bot.store.read(lambda tx: tx.held(person.user_id)) == {}
    assert not [m for m in person.messages if says("greeting.text", "en") in m.text and m.message_id > asked.message_id]


async def test_words_and_the_erasing_press_in_one_batch_leave_nothing(
    bot_running: BotRunning, telegram: SimulatedTelegram
) -> None:
    """The answer typed a moment before is handled in the same transaction: what was to be said to it is not said."""
    person = telegram.add_person("Nour", "en")
    async with bot_running() as bot:
        walk = Walk(person, "en")
        await walk.begin()
        await walk.to("family_name")
        person.send("/mydata")
        await person.wait_for(says("mydata.title", "en"))
        person.tap(button("data_erase", "en"))
        asked = await person.wait_for(says("mydata.ask_sure", "en"))
        await settled(bot, telegram)
    person.send("Zanzibari")
    person.tap_data(buttons.data(buttons.DATA_ERASE_YES), asked.message_id)
    async with bot_running() as bot:
        await person.wait_for(
            lambda m: says("mydata.erased", "en") in m.text or says("mydata.ask_sure", "en") in m.text
        )
        await settled(bot, telegram)
        if await bot.store.read(lambda tx: tx.held(person.user_id)):  # the answer's screen is the latest: it asks anew
            person.tap(button("data_erase_yes", "en"))
            await person.wait_for(says("mydata.erased", "en"))
            await settled(bot, telegram)
        assert await bot.store.read(lambda tx: tx.held(person.user_id)) == {}


@BOTH
async def test_screens_that_waited_for_telegram_go_with_the_person(
    bot: Runtime, telegram: SimulatedTelegram, store_url: str
) -> None:
    person = telegram.add_person("Nour", "en")
    _, typed = await registered(person, "en")
    person.send("/mydata")
    await person.wait_for(says("mydata.title", "en"))
    person.tap(button("data_erase", "en"))
    asked = await person.wait_for(says("mydata.ask_sure", "en"))
    await settled(bot, telegram)
    away = telegram.faults.status(429, retry_after=1, method="sendMessage")
    calls = len(telegram.calls("sendMessage", chat_id=person.user_id))
    person.send("/my")
    await telegram.wait_for_call("sendMessage", calls + 1, chat_id=person.user_id)
    (screen,) = await bot.store.read(lambda tx: tx.outbox.waiting(10))
    assert "Haddadine" in str(screen.screen)
    seen = len(person.messages)
    person.tap_data(buttons.data(buttons.DATA_ERASE_YES), asked.message_id)
    await telegram.wait_until_quiet()
    await bot.processor.idle()
    await bot.timers.run_once()
    assert found_in(await kept(bot.store, store_url), typed) == []
    telegram.faults.remove(away)
    await person.wait_for(says("mydata.erased", "en"))
    await settled(bot, telegram)
    assert len(person.messages) == seen, "nothing else came"
    assert await bot.store.read(lambda tx: tx.held(person.user_id)) == {}


async def test_the_erasing_press_that_telegram_sends_twice_has_one_effect(
    bot: Runtime, telegram: SimulatedTelegram
) -> None:
    person = telegram.add_person("Nour", "en")
    await registered(person, "en")
    person.send("/mydata")
    await person.wait_for(says("mydata.title", "en"))
    person.tap(button("data_erase", "en"))
    await person.wait_for(says("mydata.ask_sure", "en"))
    telegram.faults.duplicate_next(2)
    person.tap(button("data_erase_yes", "en"))
    await person.wait_for(says("mydata.erased", "en"))
    await settled(bot, telegram)
    assert await bot.store.read(lambda tx: tx.held(person.user_id)) == {}
    assert len(await bot.store.read(lambda tx: tx.tombstones.all())) == 1


async def test_who_is_cut_off_while_erasing_is_erased_and_told_after_the_restart(
    bot_running: BotRunning, telegram: SimulatedTelegram
) -> None:
    person = telegram.add_person("Nour", "ar")
    async with bot_running() as bot:
        await registered(person, "ar")
        person.send("/mydata")
        await person.wait_for(says("mydata.title", "ar"))
        person.tap(button("data_erase", "ar"))
        asked = await person.wait_for(says("mydata.ask_sure", "ar"))
        await settled(bot, telegram)
    person.tap_data(buttons.data(buttons.DATA_ERASE_YES), asked.message_id)
    async with bot_running() as bot:
        await person.wait_for(says("mydata.erased", "ar"))
        await settled(bot, telegram)
        assert await bot.store.read(lambda tx: tx.held(person.user_id)) == {}


# --- the command line --------------------------------------------------------


@BOTH
async def test_a_dry_run_tells_what_and_why_and_takes_nothing(
    bot: Runtime, telegram: SimulatedTelegram, settings: Settings, clock: SteppedClock
) -> None:
    person = telegram.add_person("Nour", "en")
    number, typed = await registered(person, "en")
    await settled(bot, telegram)
    later = Settings(**{**_fields(settings), "clock_start": END + 31 * DAY})
    told = await commands.purge(later, dry_run=True)
    assert told[0] == "would be taken:"
    assert any("registrations of which every answer's time" in line and line.split()[0] == "1" for line in told)
    assert found_in("\n".join(told).encode(), [number, str(person.user_id), *typed]) == []
    assert (await situation(bot, person)).registration is not None
    assert (await commands.purge(later, dry_run=False))[0] == "taken:"
    assert (await situation(bot, person)).registration is None
    assert await commands.purge(later, dry_run=True) == ["nothing is past its time"]


async def test_the_office_erases_one_person_by_number_while_the_bot_runs(
    bot: Runtime, telegram: SimulatedTelegram, settings: Settings
) -> None:
    person = telegram.add_person("Nour", "en")
    number, typed = await registered(person, "en")
    await settled(bot, telegram)
    with pytest.raises(Refusal, match="no registration has the number"):
        await commands.erase(settings, "COP-0000-0001", dry_run=False)
    assert await commands.erase(settings, number, dry_run=True) == ["would be erased: all that is kept of that chat"]
    assert (await situation(bot, person)).registration is not None
    assert await commands.erase(settings, number.lower(), dry_run=False) == ["erased: all that is kept of that chat"]
    assert await bot.store.read(lambda tx: tx.held(person.user_id)) == {}
    assert found_in(await kept(bot.store, settings.database_url), typed) == []
    with pytest.raises(Refusal):
        await commands.erase(settings, number, dry_run=False)


async def test_an_export_from_the_command_line_is_written_down(
    bot: Runtime, telegram: SimulatedTelegram, settings: Settings, tmp_path: Path
) -> None:
    await commands.export(settings, tmp_path / "all.csv")
    (entry,) = await bot.store.read(lambda tx: tx.audit.all())
    assert (entry.organiser, entry.what, entry.number) == (0, "exported csv", None)


def _fields(settings: Settings) -> dict[str, object]:
    from dataclasses import fields

    return {field.name: getattr(settings, field.name) for field in fields(settings)}
