"""The organisers' side over HTTP: counts, finding, correcting and withdrawing with a note, files; nobody else's."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator

import pytest

from bot import buttons
from bot.app.runtime import Runtime
from bot.simulator import SimulatedTelegram
from bot.simulator.people import Person, SeenMessage
from tests.conftest import DATABASES
from tests.conversations.conftest import BotRunning
from tests.conversations.walk import (
    Walk,
    bare,
    button,
    draft,
    registers,
    registration,
    says,
    settled,
    situation,
)

ORGANISER = 900_000_001
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
async def bot(bot_running: BotRunning) -> AsyncIterator[Runtime]:
    async with bot_running(organisers=frozenset({ORGANISER})) as runtime:
        yield runtime


@pytest.fixture
def organiser(telegram: SimulatedTelegram) -> Person:
    return telegram.add_person("Office", language_code="en", user_id=ORGANISER)


@pytest.fixture
def participant(telegram: SimulatedTelegram) -> Person:
    return telegram.add_person("Layla", language_code="ar")


async def at_home(organiser: Person) -> SeenMessage:
    organiser.send("/registrations")
    return await organiser.wait_for(says("organisers.by_kind", "en"))


async def opened(organiser: Person, query: str, number: str) -> SeenMessage:
    """The registration, found by what was typed."""
    organiser.tap(buttons.data(buttons.ORG_FIND), await at_home(organiser))
    await organiser.wait_for(says("organisers.ask_find", "en"))
    organiser.send(query)
    await organiser.wait_for(lambda m: m.button(number) is not None)
    organiser.tap(buttons.data(buttons.ORG_OPEN, number))
    return await organiser.wait_for(lambda m: m.button(buttons.data(buttons.ORG_NOTE, number)) is not None)


@pytest.mark.parametrize("lang", ["ar", "en"])
async def test_whoami_tells_anyone_their_id(bot: Runtime, telegram: SimulatedTelegram, lang: str) -> None:
    person = telegram.add_person("Nour", language_code=lang)
    person.send("/whoami")
    shown = await person.wait_for(str(person.user_id))
    assert str(person.user_id) in bare(shown.text)


@pytest.mark.parametrize("store_url", DATABASES, indirect=True)
async def test_registrations_counts_by_kind_country_and_language(
    bot: Runtime, telegram: SimulatedTelegram, organiser: Person, participant: Person
) -> None:
    await registers(participant, "ar")
    await registers(telegram.add_person("Karim", language_code="en"), "en")
    text = bare((await at_home(organiser)).text)
    for line in (
        "Confirmed: 2",
        "Regulator: 1",
        "Administration or ministry: 1",
        "Jordan: 1",
        "Canada: 1",
        "English: 1",
    ):
        assert line in text
    assert "Withdrawn: 0" in text


@pytest.mark.parametrize(
    "query",
    ["the number", "المنصوري", "ليلي المنصورى", "LAYLA almansouri", "layla.mansouri@example.org", "هيئه تنظيم"],
)
async def test_a_registration_is_found_by_number_name_or_e_mail(
    bot: Runtime, organiser: Person, participant: Person, query: str
) -> None:
    number = await registers(participant, "ar")
    shown = await opened(organiser, number.lower() if query == "the number" else query, number)
    assert "المنصوري" in bare(shown.text)
    assert number in shown.text


async def test_what_matches_nothing_is_said_and_can_be_typed_again(
    bot: Runtime, organiser: Person, participant: Person
) -> None:
    number = await registers(participant, "ar")
    organiser.tap(buttons.data(buttons.ORG_FIND), await at_home(organiser))
    await organiser.wait_for(says("organisers.ask_find", "en"))
    organiser.send("nobody of that name'; --")
    await organiser.wait_for(says("organisers.found_none", "en"))
    organiser.send("layla")
    await organiser.wait_for(lambda m: m.button(number) is not None)


@pytest.mark.parametrize("store_url", DATABASES, indirect=True)
async def test_an_organiser_corrects_an_answer_and_the_participant_is_told(
    bot: Runtime, organiser: Person, participant: Person
) -> None:
    number = await registers(participant, "ar")
    shown = await opened(organiser, number, number)
    organiser.tap(buttons.data(buttons.ORG_EDIT, number), shown)
    await organiser.wait_for(says("review.which", "en"))
    organiser.tap(buttons.data(buttons.ORG_EDIT_QUESTION, number, "email"))
    await organiser.wait_for("E-mail")
    organiser.send("not an address")
    await organiser.wait_for(says("problem.email_at", "en"))
    organiser.send("layla@office.example.org")
    await organiser.wait_for(says("organisers.saved", "en"))
    await participant.wait_for(says("organisers.told_corrected", "ar"))
    kept = await registration(bot, participant)
    assert (kept.answers["email"], kept.email_key) == ("layla@office.example.org", "layla@office.example.org")


async def test_a_note_is_kept_and_the_participant_is_not_told(
    bot: Runtime, telegram: SimulatedTelegram, organiser: Person, participant: Person
) -> None:
    number = await registers(participant, "ar")
    seen = participant.messages
    organiser.tap(buttons.data(buttons.ORG_NOTE, number), await opened(organiser, number, number))
    await organiser.wait_for(says("organisers.ask_note", "en"))
    organiser.send("called on <Monday>")
    shown = await organiser.wait_for(says("organisers.saved", "en"))
    assert "called on <Monday>" in bare(shown.text)
    await settled(bot, telegram)
    assert (await registration(bot, participant)).note == "called on <Monday>"
    assert participant.messages == seen


@pytest.mark.parametrize("store_url", DATABASES, indirect=True)
async def test_an_organiser_withdraws_with_a_note_and_the_participant_is_told_without_it(
    bot: Runtime, telegram: SimulatedTelegram, organiser: Person, participant: Person
) -> None:
    number = await registers(participant, "ar")
    organiser.tap(buttons.data(buttons.ORG_WITHDRAW, number), await opened(organiser, number, number))
    await organiser.wait_for(says("organisers.ask_withdraw_note", "en"))
    assert (await registration(bot, participant)).status == "confirmed"
    organiser.send("asked for it by telephone")
    await organiser.wait_for(says("organisers.saved", "en"))
    told = await participant.wait_for(says("organisers.told_withdrawn", "ar"))
    await settled(bot, telegram)
    kept = await registration(bot, participant)
    assert (kept.status, kept.note) == ("withdrawn", "asked for it by telephone")
    assert "telephone" not in "".join(m.text for m in participant.messages)
    assert number in told.text


@pytest.mark.parametrize("store_url", DATABASES, indirect=True)
async def test_the_files_come_as_documents_that_hold_every_registration(
    bot: Runtime, telegram: SimulatedTelegram, organiser: Person, participant: Person
) -> None:
    from openpyxl import load_workbook

    numbers = [await registers(participant, "ar")]
    numbers.append(await registers(telegram.add_person("Karim", language_code="en"), "en"))
    home = await at_home(organiser)
    organiser.tap(buttons.data(buttons.ORG_CSV), home)
    shown = await organiser.wait_for(lambda m: m.document is not None)
    content = telegram.world.read_file(telegram.world.files[shown.document["file_id"]])  # type: ignore[index]
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == numbers
    assert "المنصوري" in rows[1]

    organiser.tap(buttons.data(buttons.ORG_XLSX), home)
    shown = await organiser.wait_for(lambda m: m.document is not None)
    assert shown.document is not None
    assert shown.document["mime_type"] == XLSX
    content = telegram.world.read_file(telegram.world.files[shown.document["file_id"]])
    sheet = load_workbook(io.BytesIO(content)).active
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == numbers


@pytest.mark.parametrize("lang", ["ar", "en"])
async def test_the_organisers_command_is_unknown_to_everybody_else(
    bot: Runtime, telegram: SimulatedTelegram, lang: str
) -> None:
    walk = Walk(telegram.add_person("Nour", language_code=lang), lang)
    await walk.begin()
    walk.person.send("/registrations")
    await walk.person.wait_for(lambda m: says("command.unknown", lang) in bare(m.text))


async def test_forged_organiser_buttons_of_others_do_nothing(
    bot: Runtime, telegram: SimulatedTelegram, organiser: Person, participant: Person
) -> None:
    number = await registers(participant, "ar")
    walk = Walk(telegram.add_person("Nour", language_code="en"), "en")
    await walk.begin()
    await walk.to("given_name")
    before = await draft(bot, walk.person)
    for action in sorted(a for a in buttons.ACTIONS if a.startswith("o") and a != buttons.CONFIRM):
        for arguments in ((), (number,), (number, "email")):
            walk.person.tap_data(buttons.data(action, *arguments), walk.screen.message_id)
    walk.person.send("evil@example.org")
    await settled(bot, telegram)
    told = bare("".join(m.text for m in walk.person.messages))
    assert "المنصوري" not in told
    assert number not in told
    assert all(m.document is None for m in walk.person.messages)
    kept = await registration(bot, participant)
    assert (kept.status, kept.answers["email"], kept.note) == ("confirmed", "layla.mansouri@example.org", "")
    after = await draft(bot, walk.person)
    assert (after.at, after.answers) == (before.at, before.answers)


async def test_an_organiser_in_the_middle_of_a_note_is_not_interrupted_by_a_restart(
    bot_running: BotRunning, telegram: SimulatedTelegram, organiser: Person, participant: Person
) -> None:
    async with bot_running(organisers=frozenset({ORGANISER})):
        number = await registers(participant, "ar")
        organiser.tap(buttons.data(buttons.ORG_NOTE, number), await opened(organiser, number, number))
        await organiser.wait_for(says("organisers.ask_note", "en"))
    organiser.send("a note across a restart")
    async with bot_running(organisers=frozenset({ORGANISER})) as bot:
        await organiser.wait_for(says("organisers.saved", "en"))
        assert (await registration(bot, participant)).note == "a note across a restart"


async def test_an_organiser_registers_too_and_their_form_stays_apart(
    bot: Runtime, telegram: SimulatedTelegram, organiser: Person
) -> None:
    walk = Walk(organiser, "en")
    await walk.begin()
    await walk.to("given_name")
    organiser.tap(buttons.data(buttons.ORG_FIND), await at_home_or_empty(organiser))
    await organiser.wait_for(says("organisers.ask_find", "en"))
    organiser.send("Karim")
    await organiser.wait_for(says("organisers.found_none", "en"))
    assert "given_name" not in (await draft(bot, organiser)).answers
    organiser.send("/start")
    assert await walk.shown() == "given_name"
    organiser.send("Karim")
    assert await walk.shown() == "family_name"
    found = (await situation(bot, organiser)).person
    assert found is not None
    assert found.expecting is None


async def at_home_or_empty(organiser: Person) -> SeenMessage:
    organiser.send("/registrations")
    return await organiser.wait_for(lambda m: m.button(buttons.data(buttons.ORG_FIND)) is not None)


async def test_in_the_middle_of_finding_a_button_of_the_form_still_answers_the_form(
    bot: Runtime, telegram: SimulatedTelegram, organiser: Person
) -> None:
    walk = Walk(organiser, "en")
    await walk.begin()
    await walk.to("for_whom")
    screen = walk.screen
    organiser.tap(buttons.data(buttons.ORG_FIND), await at_home_or_empty(organiser))
    await organiser.wait_for(says("organisers.ask_find", "en"))
    organiser.tap("Only me", screen)
    assert await walk.shown() == "kind"
    organiser.send(button("back", "en"))
    assert await walk.shown() == "for_whom"
