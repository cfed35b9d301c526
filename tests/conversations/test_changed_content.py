"""Content that organisers edit while the bot runs: taken up if it has no fault, else refused and told."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app.runtime import Runtime
from bot.settings import ROOT
from bot.simulator import SimulatedTelegram
from bot.simulator.people import Person
from tests.conversations.conftest import BotRunning
from tests.conversations.standing import standing
from tests.conversations.walk import bare, says

ORGANISER = 900_000_001
OLD, NEW = "What is your given name?", "What is the given name in your passport?"


@pytest.fixture
def content_dir(tmp_path: Path) -> Path:
    copied = tmp_path / "content"
    shutil.copytree(ROOT / "content", copied)
    return copied


@pytest.fixture
async def bot(bot_running: BotRunning, content_dir: Path) -> AsyncIterator[Runtime]:
    async with bot_running(content_dir=content_dir, organisers=frozenset({ORGANISER})) as runtime:
        yield runtime


@pytest.fixture
async def organiser(bot: Runtime, telegram: SimulatedTelegram) -> Person:
    person = telegram.add_person("Office", language_code="en", user_id=ORGANISER)
    person.send("/registrations")
    await person.wait_for(lambda m: m.labels != ())
    return person


def edit(content_dir: Path, before: str, after: str) -> None:
    path = content_dir / "registration.toml"
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after), "utf-8")


async def test_changed_content_is_taken_up_by_the_running_bot(
    bot: Runtime, telegram: SimulatedTelegram, content_dir: Path, organiser: Person
) -> None:
    walk = await standing(bot, telegram, "en", "title")
    edit(content_dir, OLD, NEW)
    assert await bot.watch.look()
    await organiser.wait_for(says("organisers.content_taken", "en"))
    walk.person.send("Dr")
    await walk.person.wait_for(NEW)
    assert not await bot.watch.look()  # nothing new since


async def test_faulty_content_is_refused_and_the_organisers_read_every_fault(
    bot: Runtime,
    telegram: SimulatedTelegram,
    content_dir: Path,
    organiser: Person,
    caplog: pytest.LogCaptureFixture,
) -> None:
    walk = await standing(bot, telegram, "en", "title")
    edit(content_dir, 'id = "title"\nkind = "short_text"', 'id = "title"\nkind = "short_txt"')
    edit(content_dir, 'text.ar = "ما اسم العائلة؟"\n', "")
    assert not await bot.watch.look()
    told = await organiser.wait_for(lambda m: says("organisers.content_refused", "en") in bare(m.text))
    for reason in ("registration.toml", "short_txt", "family_name"):
        assert reason in told.text
        assert reason in caplog.text
    walk.person.send("Dr")
    await walk.person.wait_for(OLD)  # the earlier content stays in use


async def test_content_that_is_mended_again_is_taken_up(
    bot: Runtime, telegram: SimulatedTelegram, content_dir: Path, organiser: Person
) -> None:
    edit(content_dir, OLD, "")
    assert not await bot.watch.look()
    await organiser.wait_for(lambda m: says("organisers.content_refused", "en") in bare(m.text))
    edit(content_dir, 'text.en = ""\n', f'text.en = "{NEW}"\n')
    assert await bot.watch.look()
    await organiser.wait_for(says("organisers.content_taken", "en"))


async def test_a_folder_that_is_away_for_a_moment_stops_nothing(
    bot: Runtime, telegram: SimulatedTelegram, content_dir: Path
) -> None:
    away = content_dir.with_name("away")
    content_dir.rename(away)
    assert not await bot.watch.look()
    away.rename(content_dir)
    await bot.watch.look()
    walk = await standing(bot, telegram, "en", "title")
    walk.person.send("Dr")
    assert await walk.shown() == "given_name"


async def test_content_changed_while_the_bot_was_down_needs_no_check_of_its_own(
    bot_running: BotRunning, telegram: SimulatedTelegram, content_dir: Path
) -> None:
    async with bot_running(content_dir=content_dir) as bot:
        walk = await standing(bot, telegram, "en", "title")
    edit(content_dir, OLD, NEW)
    async with bot_running(content_dir=content_dir):
        walk.person.send("Dr")
        await walk.person.wait_for(NEW)
