"""Two and three chats over HTTP, in both languages: a young person, who agrees for them, and children."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import timedelta

import pytest

from bot.app.runtime import Runtime
from bot.clock import SteppedClock
from bot.dialogue.draft import REVIEW
from bot.records import Guardianship, Registration
from bot.simulator import SimulatedTelegram
from bot.simulator.people import Person, SeenMessage
from bot.texts import texts_for
from tests.conftest import DATABASES
from tests.conversations.conftest import BotRunning
from tests.conversations.walk import (
    Act,
    Press,
    Skip,
    Walk,
    Write,
    bare,
    button,
    label,
    number_in,
    registration,
    settled,
    situation,
)

on_each_database = pytest.mark.parametrize("store_url", DATABASES, indirect=True)
in_each_language = pytest.mark.parametrize("lang", ["ar", "en"])

NAMES = {"ar": "منى الحداد", "en": "Mona Haddad"}
YOUNG: Mapping[str, Mapping[str, Act]] = {
    "ar": {
        "first_name": Write("أم كلثوم"),
        "country": Write("الأردن"),
        "zone": Write("تورونتو"),
        "accessibility": Press(("captions", "screen_reader")),
        "young_question": Write("ماذا أفعل إذا ضايقني أحد؟"),
        "reminders": Press(("yes",)),
    },
    "en": {
        "first_name": Write("Nour"),
        "country": Write("canada"),
        "zone": Write("Toronto"),
        "accessibility": Skip(),
        "young_question": Skip(),
        "reminders": Press(("no",)),
    },
}
_PAYLOAD = re.compile(r"\?start=(g_[A-Za-z0-9_-]{43})")


def shows(text_id: str, lang: str) -> Callable[[SeenMessage], bool]:
    """Whether a message is that text of the catalogue: by the longest piece of it that nothing is filled into."""
    text: str = texts_for(lang).translations.gettext(text_id)
    pieces = [piece.strip() for piece in re.split(r"[{<][^}>]*[}>]|\n", bare(text))]
    longest = max(pieces, key=len)
    return lambda message: longest in bare(message.text)


def named(lang: str) -> Callable[[SeenMessage], bool]:
    """Whether a message has the guardian's name."""
    return lambda message: NAMES[lang] in bare(message.text)


async def waits(person: Person, lang: str) -> str:
    """From /start to the link that is to be handed over; its payload."""
    walk = Walk(person, lang)
    await walk.begin()
    person.tap(label("young", "age_band", lang), walk.screen)
    asked = await notice(person, lang)
    person.tap(button_of("kind.understand", lang), asked)
    return await link_of(person, lang)


async def notice(person: Person, lang: str) -> SeenMessage:
    return await person.wait_for(lambda m: m.button(button_of("kind.understand", lang)) is not None)


async def link_of(person: Person, lang: str) -> str:
    card = await person.wait_for(lambda m: _PAYLOAD.search(m.text) is not None)
    found = _PAYLOAD.search(card.text)
    assert found is not None
    await person.wait_for(shows("young.waiting", lang))
    return found[1]


def button_of(text_id: str, lang: str) -> str:
    return texts_for(lang).plain(text_id)


async def opens(person: Person, payload: str, lang: str) -> None:
    """Opens the link as a stranger and picks a language."""
    person.start(payload)
    await person.wait_for(shows("greeting.text", lang))
    person.tap(button("this_language", lang))


async def agrees(person: Person, payload: str, lang: str) -> None:
    """A stranger opens the link, declares, reads, agrees and writes a name."""
    await opens(person, payload, lang)
    await person.wait_for(shows("guardian.declare", lang))
    person.tap(button("guardian_declare", lang))
    await person.wait_for(shows("guardian.terms", lang))
    person.tap(button("guardian_agree", lang))
    await person.wait_for(shows("guardian.ask_name", lang))
    person.send(NAMES[lang])
    await person.wait_for(shows("guardian.agreed", lang))


async def registers(young: Person, guardian: Person, lang: str, guardian_lang: str) -> str:
    """Both, up to the young person's number."""
    await agrees(guardian, await waits(young, lang), guardian_lang)
    asked = await young.wait_for(named(guardian_lang))
    young.tap(button("young_knows", lang), asked)
    walk = Walk(young, lang, YOUNG[lang])
    assert await walk.shown() == "first_name"
    return await walk.confirm()


async def guardianship(bot: Runtime, person: Person) -> Guardianship | None:
    event_id = bot.service.content.event.id
    return await bot.store.read(lambda tx: tx.guardianships.of_young(event_id, person.user_id))


async def children(bot: Runtime, person: Person) -> list[Registration]:
    event_id = bot.service.content.event.id
    return await bot.store.read(lambda tx: tx.registrations.children_of(event_id, person.user_id))


async def is_a_stranger(bot: Runtime, person: Person) -> bool:
    found = await situation(bot, person)
    return (found.person, found.draft, found.registration) == (None, None, None)


@on_each_database
@pytest.mark.parametrize(("lang", "guardian_lang"), [("ar", "ar"), ("en", "ar"), ("en", "en"), ("ar", "en")])
async def test_a_fifteen_year_old_and_a_mother_register_each_in_their_chat_and_language(
    bot: Runtime, telegram: SimulatedTelegram, lang: str, guardian_lang: str
) -> None:
    nour = telegram.add_person("Nour", language_code=lang)
    mona = telegram.add_person("Mona", language_code=guardian_lang)
    number = await registers(nour, mona, lang, guardian_lang)

    kept = await registration(bot, nour)
    assert (kept.number, kept.role, kept.language, kept.guardian_chat_id) == (number, "young", lang, mona.user_id)
    walk = Walk(mona, guardian_lang)
    mona.send("/start")
    await mona.wait_for(lambda m: m.button(button("register", guardian_lang)) is not None)
    mona.tap(button("register", guardian_lang))
    await walk.shown()
    own = await walk.confirm()
    assert own != number
    assert nour.spinning == mona.spinning == []


@on_each_database
@in_each_language
async def test_a_refusal_erases_and_both_are_told(bot: Runtime, telegram: SimulatedTelegram, lang: str) -> None:
    nour, mona = telegram.add_person("Nour", language_code=lang), telegram.add_person("Mona", language_code=lang)
    await opens(mona, await waits(nour, lang), lang)
    await mona.wait_for(shows("guardian.declare", lang))
    mona.tap(button("guardian_declare", lang))
    await mona.wait_for(shows("guardian.terms", lang))
    mona.tap(button("guardian_refuse", lang))

    await mona.wait_for(shows("guardian.refused", lang))
    await nour.wait_for(shows("consent.refused_young", lang))
    await settled(bot, telegram)
    assert await is_a_stranger(bot, nour)
    assert await guardianship(bot, nour) is None
    nour.start()
    await nour.wait_for(shows("greeting.text", lang))


@on_each_database
@in_each_language
async def test_a_link_expires_and_all_is_erased_and_said(
    bot: Runtime, telegram: SimulatedTelegram, clock: SteppedClock, lang: str
) -> None:
    nour, mona = telegram.add_person("Nour", language_code=lang), telegram.add_person("Mona", language_code=lang)
    payload = await waits(nour, lang)
    clock.step(timedelta(days=3))
    await nour.wait_for(shows("young.nudge", lang))
    clock.step(timedelta(days=4, minutes=1))
    await nour.wait_for(shows("consent.expired_young", lang))
    await settled(bot, telegram)
    assert await is_a_stranger(bot, nour)
    await opens(mona, payload, lang)
    await mona.wait_for(shows("guardian.gone", lang))


@in_each_language
async def test_the_wrong_person_agrees_and_the_young_person_says_no(
    bot: Runtime, telegram: SimulatedTelegram, lang: str
) -> None:
    nour, stranger = telegram.add_person("Nour", language_code=lang), telegram.add_person("X", language_code=lang)
    await agrees(stranger, await waits(nour, lang), lang)
    asked = await nour.wait_for(named(lang))
    nour.tap(button("young_knows_not", lang), asked)

    await nour.wait_for(shows("young.no_link", lang))
    await stranger.wait_for(shows("consent.not_confirmed", lang))
    await settled(bot, telegram)
    assert await guardianship(bot, nour) is None
    nour.tap(button("young_link", lang))
    payload = await link_of(nour, lang)
    mona = telegram.add_person("Mona", language_code=lang)
    await agrees(mona, payload, lang)
    asked = await nour.wait_for(named(lang))
    nour.tap(button("young_knows", lang), asked)
    assert await Walk(nour, lang).shown() == "first_name"


@on_each_database
@in_each_language
async def test_a_link_is_used_once(bot: Runtime, telegram: SimulatedTelegram, lang: str) -> None:
    nour, mona, other = (telegram.add_person(name, language_code=lang) for name in ("Nour", "Mona", "Other"))
    payload = await waits(nour, lang)
    await agrees(mona, payload, lang)
    await opens(other, payload, lang)
    await other.wait_for(shows("guardian.gone", lang))
    found = await guardianship(bot, nour)
    assert found is not None and found.guardian_chat_id == mona.user_id


@in_each_language
async def test_the_own_chat_and_a_minor_s_chat_are_refused(
    bot: Runtime, telegram: SimulatedTelegram, lang: str
) -> None:
    nour, friend = telegram.add_person("Nour", language_code=lang), telegram.add_person("Friend", language_code=lang)
    payload = await waits(nour, lang)
    nour.start(payload)
    await nour.wait_for(shows("guardian.own", lang))
    await waits(friend, lang)
    friend.start(payload)
    await friend.wait_for(shows("guardian.minor", lang))
    found = await guardianship(bot, nour)
    assert found is not None and found.status == "waiting"


@on_each_database
@in_each_language
async def test_a_guardian_registers_several_children_and_withdraws_one(
    bot: Runtime, telegram: SimulatedTelegram, lang: str
) -> None:
    mona = telegram.add_person("Mona", language_code=lang)
    mona.start("child")
    await mona.wait_for(shows("greeting.text", lang))
    mona.tap(button("this_language", lang))
    await mona.wait_for(shows("child.declare", lang))
    mona.tap(button("child_declare", lang))
    numbers = []
    for name in ("سامي", "Layal"):
        await mona.wait_for(shows("child.ask_band", lang))
        mona.tap(button("child_under", lang))
        await mona.wait_for(shows("child.ask_name", lang))
        mona.send(name)
        numbers.append(number_in(await mona.wait_for(lambda m, name=name: name in m.text)))
        await mona.wait_for(lambda m: m.button(button("child_another", lang)) is not None)
        mona.tap(button("child_another", lang))
    assert [c.number for c in await children(bot, mona)] == numbers
    await settled(bot, telegram)
    mona.send("/my")
    family = await mona.wait_for(shows("family.title", lang))
    assert all(number in family.text for number in numbers)
    mona.tap(button_with("child_withdraw", lang, number=numbers[0]), family)
    asked = await mona.wait_for(lambda m: m.button(button("withdraw_yes", lang)) is not None)
    mona.tap(button("withdraw_yes", lang), asked)
    await mona.wait_for(shows("child.withdrawn", lang))
    assert [c.number for c in await children(bot, mona)] == numbers[1:]


def button_with(name: str, lang: str, **params: str) -> str:
    return texts_for(lang).plain(f"button.{name}", **params)


@on_each_database
@in_each_language
async def test_a_guardian_withdraws_and_the_young_person_s_data_goes(
    bot: Runtime, telegram: SimulatedTelegram, lang: str
) -> None:
    nour, mona = telegram.add_person("Nour", language_code=lang), telegram.add_person("Mona", language_code=lang)
    await registers(nour, mona, lang, lang)
    found = await guardianship(bot, nour)
    assert found is not None
    await settled(bot, telegram)
    mona.send("/my")
    family = await mona.wait_for(shows("family.title", lang))
    mona.tap(button_with("guardian_withdraw", lang, code=found.code), family)
    asked = await mona.wait_for(lambda m: m.button(button("withdraw_consent_yes", lang)) is not None)
    mona.tap(button("withdraw_consent_yes", lang), asked)

    await mona.wait_for(shows("guardian.withdrew", lang))
    await nour.wait_for(shows("consent.guardian_withdrew", lang))
    await settled(bot, telegram)
    assert await is_a_stranger(bot, nour)
    assert NAMES[lang] not in str(await guardianship(bot, nour))


@on_each_database
@in_each_language
async def test_a_young_person_withdraws_and_the_guardian_is_told(
    bot: Runtime, telegram: SimulatedTelegram, lang: str
) -> None:
    nour, mona = telegram.add_person("Nour", language_code=lang), telegram.add_person("Mona", language_code=lang)
    await registers(nour, mona, lang, lang)
    nour.tap(button("withdraw", lang))
    asked = await nour.wait_for(shows("young.ask_leave", lang))
    nour.tap(button("young_leave", lang), asked)

    await nour.wait_for(shows("young.left", lang))
    await mona.wait_for(shows("consent.young_left", lang))
    await settled(bot, telegram)
    assert await is_a_stranger(bot, nour)


async def test_a_guardian_who_blocks_the_bot_stops_nobody(bot: Runtime, telegram: SimulatedTelegram) -> None:
    nour, mona = telegram.add_person("Nour", language_code="en"), telegram.add_person("Mona", language_code="en")
    await agrees(mona, await waits(nour, "en"), "en")
    mona.block()
    nour.tap(button("young_knows", "en"), await nour.wait_for(named("en")))
    walk = Walk(nour, "en", YOUNG["en"])
    assert await walk.shown() == "first_name"
    await walk.to(REVIEW)
    await walk.confirm()
    await settled(bot, telegram)
    nour.tap(button("withdraw", "en"))
    nour.tap(button("young_leave", "en"), await nour.wait_for(shows("young.ask_leave", "en")))
    await nour.wait_for(shows("young.left", "en"))
    await settled(bot, telegram)
    assert await is_a_stranger(bot, nour)


async def test_a_restart_between_the_link_and_the_answer_loses_nothing(
    bot_running: BotRunning, telegram: SimulatedTelegram
) -> None:
    nour, mona = telegram.add_person("Nour", language_code="en"), telegram.add_person("Mona", language_code="en")
    async with bot_running():
        payload = await waits(nour, "en")
        await opens(mona, payload, "en")
        await mona.wait_for(shows("guardian.declare", "en"))
    mona.tap(button("guardian_declare", "en"))
    async with bot_running():
        await mona.wait_for(shows("guardian.terms", "en"))
        mona.tap(button("guardian_agree", "en"))
        await mona.wait_for(shows("guardian.ask_name", "en"))
    mona.send(NAMES["en"])
    async with bot_running():
        asked = await nour.wait_for(named("en"))
        nour.tap(button("young_knows", "en"), asked)
        assert await Walk(nour, "en").shown() == "first_name"
