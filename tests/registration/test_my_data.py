"""/mydata at the desk: the summary, the files, erasing; and a form that fell silent."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest

from bot import buttons
from bot.records import Guardianship, Registration
from bot.registration.visit import DRAFT_KEPT, WARNED_BEFORE
from bot.texts import texts_for
from tests.conversations.walk import bare
from tests.registration.office import ANSWERS, OVER, Office, Room
from tests.registration.test_leaving import everything

TYPED = ("Haddad", "nour@example.org", "National guide", "Digital Policy", "slides in writing")
YES, ASK = buttons.data(buttons.DATA_ERASE_YES), buttons.data(buttons.DATA_ERASE)


async def presses_erase(room: Room) -> None:
    await room.says("/mydata")
    await room.taps(ASK)
    await room.taps(YES)


# --- seeing ----------------------------------------------------------------


@pytest.mark.parametrize("language", ["ar", "en"])
async def test_the_summary_names_every_answer_until_when_and_who_sees_it(office: Office, language: str) -> None:
    room = office.room(7001, language)
    registration = await room.registers(language)
    await room.says("/mydata")
    assert room.templates == ["mydata.summary"]
    text, t = bare(room.text), texts_for(language, "JO")
    for question in office.service.content.form:
        if question.id in registration.answers:
            assert question.short[language] in text
    for answer in ("Haddad", "nour@example.org", registration.number, "7001"):
        assert answer in text
    assert bare(t.plain("mydata.reader_organisers")) in text
    assert bare(t.plain("mydata.name_consent")) in text
    assert [button.data for button in room.buttons if button.data] == [
        button
        for row in (
            [buttons.data(buttons.DATA_TEXT), buttons.data(buttons.DATA_JSON)][:: -1 if language == "ar" else 1],
            [buttons.data(buttons.CORRECT)],
            [buttons.data(buttons.MINE)],
            [ASK],
            [buttons.data(buttons.LANGUAGE, "en" if language == "ar" else "ar")],
        )
        for button in row
    ]


async def test_a_stranger_who_chose_a_language_sees_what_little_is_held(nour: Room) -> None:
    await nour.says("/start")
    await nour.taps("1:l:en")
    await nour.says("/mydata")
    assert "7001" in nour.text and "English" in nour.text
    assert "Correct an answer" not in nour.labels


async def test_a_form_in_progress_is_shown_with_when_it_goes_and_goes_on(nour: Room) -> None:
    await nour.begins()
    await nour.fills("phone")
    await nour.says("/mydata")
    text = bare(nour.text)
    assert "Form in progress" in text and "nour@example.org" in text
    assert "Thursday 10 December 2020" in text
    await nour.presses("Go on")
    assert nour.templates == ["ask.phone"]


async def test_the_longest_answers_fit_one_message_and_the_files_have_all_of_them(nour: Room) -> None:
    await nour.registers(
        experience="experience " * 80, speaker_question="question " * 100, position="p" * 190, organisation="o" * 190
    )
    await nour.says("/mydata")
    assert nour.templates == ["mydata.summary"]  # assert_sendable has looked at its length
    await nour.presses("JSON file")
    (screen,) = nour.heard
    assert screen.document is not None
    assert b"question " * 99 in screen.document.content


async def test_more_than_fits_even_when_cut_says_where_the_rest_is(office: Office, nour: Room) -> None:
    registration = await nour.registers()
    children = [
        replace(registration, id=0, number=f"COP-{n}", role="child", answers={"first_name": "Mina", "a": "x" * 19})
        for n in range(40)
    ]
    await office.store.write(lambda tx: [tx.registrations.add(child) for child in children])
    await nour.says("/mydata")
    assert "The files hold all of it." in nour.text


async def test_answers_to_questions_that_are_gone_are_shown_as_they_are_stored(office: Office, nour: Room) -> None:
    registration = await nour.registers()
    changed = replace(registration, answers={**registration.answers, "old": "kept", "empty": None, "kind": "unknown"})
    await office.store.write(lambda tx: tx.registrations.save(changed))
    await nour.says("/mydata")
    text = bare(nour.text)
    assert "old: kept" in text and "empty: " in text and "Kind of participant: unknown" in text


async def test_the_organisers_note_is_shown_to_whom_it_is_about(office: Office, nour: Room) -> None:
    registration = await nour.registers()
    await office.store.write(lambda tx: tx.registrations.save(replace(registration, note="called twice")))
    await nour.says("/mydata")
    assert "called twice" in bare(nour.text)


# --- taking ----------------------------------------------------------------


@pytest.mark.parametrize("language", ["ar", "en"])
async def test_both_files_hold_every_answer_in_the_language_of_the_person(office: Office, language: str) -> None:
    room = office.room(7001, language)
    registration = await room.registers(language)
    await room.says("/mydata")
    await room.taps(buttons.data(buttons.DATA_JSON))
    (screen,) = room.heard
    assert screen.document is not None and screen.document.name == "my-data.json"
    told = json.loads(screen.document.content)
    assert told["language"] == language
    assert told["records"]["registrations"][0]["answers"] == registration.answers
    assert set(told["records"]) == {"people", "registrations", "outbox"}
    entries = [entry for section in told["sections"] for entry in section["entries"]]
    dated = {entry["name"]: entry for entry in entries if entry["kept_until"]}
    shorts = {q.short[language]: q for q in office.service.content.form if q.id in registration.answers}
    assert set(dated) == set(shorts)
    assert all(entry["seen_by"] for entry in dated.values())

    await room.taps(buttons.data(buttons.DATA_TEXT))
    (screen,) = room.heard
    assert screen.document is not None and screen.document.name == "my-data.txt"
    text = bare(screen.document.content.decode("utf-8-sig"))
    for entry in entries:
        assert bare(f"{entry['name']}: {entry['value']}") in text


async def test_what_somebody_typed_strangely_comes_back_exactly(office: Office, nour: Room) -> None:
    odd = 'A "quoted" <b>name</b> \\ & {braces} \u202e 🙂'
    await nour.registers(organisation=odd)
    await nour.says("/mydata")
    await nour.taps(buttons.data(buttons.DATA_JSON))
    document = nour.heard[0].document
    registration = await nour.registration()
    assert document is not None and registration is not None
    told = json.loads(document.content)
    assert told["records"]["registrations"][0]["answers"]["organisation"] == registration.answers["organisation"]


async def test_the_summary_can_be_asked_for_at_every_question_and_the_draft_stands(office: Office) -> None:
    for chat_id, question in enumerate(ANSWERS, 8000):
        if question in ("zone", "accessibility_other"):  # not asked of these people
            continue
        room = office.room(chat_id)
        await room.begins()
        await room.fills(question)
        before = await room.draft()
        await room.says("/mydata")
        assert "mydata.summary" in room.templates
        assert await room.draft() == before


# --- erasing ---------------------------------------------------------------


async def test_erasing_is_asked_once_and_says_what_will_happen(nour: Room) -> None:
    registration = await nour.registers()
    await nour.says("/mydata")
    await nour.presses("Erase everything")
    assert nour.templates == ["mydata.ask_erase"]
    text = bare(nour.text)
    assert registration.number in text and "never given" in text and "cannot be undone" in text and "Backups" in text
    assert "children" not in text and "consents" not in text
    await nour.presses("No, keep it")
    assert nour.templates == ["mydata.summary"]
    assert await nour.registration() == registration


@pytest.mark.parametrize("language", ["ar", "en"])
async def test_after_erasing_nothing_is_held_and_a_later_start_meets_a_stranger(office: Office, language: str) -> None:
    room = office.room(7001, language)
    registration = await room.registers(language)
    await presses_erase(room)
    assert room.templates == ["mydata.erased"]
    left = await everything(room)
    for typed in (*TYPED, registration.number, "7001"):
        assert typed not in left
    assert await office.store.read(lambda tx: tx.held(7001)) == {}
    assert await office.store.read(lambda tx: tx.tombstones.is_taken(registration.event_id, registration.number))
    await room.says("/start")
    assert room.templates == ["greeting"]
    assert "Please choose a language" in room.text and "يُرجى اختيار اللغة" in room.text


async def test_a_second_press_says_nothing_and_makes_nobody_known_again(office: Office, nour: Room) -> None:
    await nour.registers()
    await presses_erase(nour)
    await nour.taps(YES)
    assert nour.heard == []
    assert await office.store.read(lambda tx: tx.held(7001)) == {}


async def test_a_yes_on_an_earlier_screen_asks_anew(nour: Room) -> None:
    registration = await nour.registers()
    await nour.says("/mydata")
    await nour.taps(ASK)
    asked = nour.live
    await nour.says("/my")
    await nour.taps(YES, asked)
    assert nour.templates == ["mydata.ask_erase"]
    assert await nour.registration() == registration


async def test_a_form_in_progress_is_erased_with_its_timers(office: Office, nour: Room) -> None:
    await nour.begins()
    await nour.fills("phone")
    await presses_erase(nour)
    assert await office.store.read(lambda tx: tx.held(7001)) == {}
    await office.later(days=40)
    assert nour.templates == ["mydata.erased"], "nothing is heard of it again"


async def test_erasing_after_the_event_works_as_before_it(office: Office, nour: Room) -> None:
    await nour.registers()
    await office.until(OVER)
    await presses_erase(nour)
    assert nour.templates == ["mydata.erased"]
    assert await office.store.read(lambda tx: tx.held(7001)) == {}


async def test_the_keyboard_of_the_phone_question_is_taken_away_with_the_rest(nour: Room) -> None:
    await nour.begins()
    await nour.fills("phone")
    await nour.says("/mydata")
    assert any(screen.remove_keyboard for screen in nour.heard)


# --- children, and those whose guardian it is -------------------------------


def guardianship(office: Office, young: int, guardian: int) -> Guardianship:
    now = office.now
    return Guardianship(
        event_id=office.service.content.event.id, young_chat_id=young, token_key=None, code="G-4285-6563",
        status="confirmed", guardian_chat_id=guardian, guardian_name="Salma Zanzibar", agreed_how="chat", agreed_at=now,
        created_at=now, expires_at=now + timedelta(days=7),
    )  # fmt: skip


def young_registration(office: Office, young: int, guardian: int) -> Registration:
    return Registration(
        event_id=office.service.content.event.id, number="COP-0000-0001", chat_id=young, status="confirmed",
        language="en", role="young", guardian_chat_id=guardian,
        answers={"age_band": "young", "first_name": "Minanour", "country": "JO", "young_question": "Whatever?"},
        created_at=office.now, updated_at=office.now,
    )  # fmt: skip


async def family(office: Office, nour: Room, salma: Room) -> None:
    """Nour is young, Salma agreed and has a registration of her own and a child's."""
    await nour.says("/start")
    await nour.taps("1:l:en")
    registration = await salma.registers("en", email="salma@example.org", phone="skip")

    def fill(tx: object) -> None:
        tx.guardianships.add(guardianship(office, 7001, 7002))  # type: ignore[attr-defined]
        tx.registrations.add(young_registration(office, 7001, 7002))  # type: ignore[attr-defined]
        child = replace(registration, id=0, number="COP-0000-0002", role="child", answers={"first_name": "Kind"})
        tx.registrations.add(child)  # type: ignore[attr-defined]

    await office.store.write(fill)


async def test_a_guardian_sees_and_takes_no_answer_of_the_young_person(office: Office, nour: Room, salma: Room) -> None:
    await family(office, nour, salma)
    await salma.says("/mydata")
    seen = bare(salma.text)
    await salma.taps(buttons.data(buttons.DATA_JSON))
    document = salma.heard[0].document
    assert document is not None
    for shown in (seen, document.content.decode()):
        assert "Minanour" not in shown and "Whatever?" not in shown and "7001" not in shown
        assert "COP-0000-0001" not in shown
        assert "Kind" in shown and "Salma Zanzibar" in shown


async def test_a_young_person_sees_their_own_and_who_sees_it(office: Office, nour: Room, salma: Room) -> None:
    await family(office, nour, salma)
    await nour.says("/mydata")
    text = bare(nour.text)
    assert "Minanour" in text and "nobody else" in text
    assert "Salma" not in text and "7002" not in text


async def test_a_guardian_is_told_what_else_ends_and_the_young_person_is_told_too(
    office: Office, nour: Room, salma: Room
) -> None:
    await family(office, nour, salma)
    await salma.says("/mydata")
    await salma.taps(ASK)
    assert "children" in salma.text and "consents" in salma.text
    await salma.taps(YES)
    assert salma.templates == ["mydata.erased"]
    assert nour.templates == ["consent.guardian_withdrew"]
    assert await office.store.read(lambda tx: (tx.held(7001), tx.held(7002))) == ({}, {})


async def test_a_young_person_erases_while_the_guardian_stays_and_is_told(
    office: Office, nour: Room, salma: Room
) -> None:
    await family(office, nour, salma)
    await presses_erase(nour)
    assert nour.templates == ["mydata.erased"]
    assert salma.templates == ["consent.young_left"]
    held = await office.store.read(lambda tx: (tx.held(7001), tx.held(7002)))
    assert held[0] == {} and "guardianships" not in held[1]
    assert [row["number"] for row in held[1]["registrations"]][1:] == ["COP-0000-0002"]


# --- a silent form ---------------------------------------------------------


async def test_a_silent_form_is_warned_of_once_three_days_before_and_then_erased(office: Office, nour: Room) -> None:
    office.now -= timedelta(days=60)
    await nour.begins()
    await nour.fills("email")
    await office.later(days=(DRAFT_KEPT - WARNED_BEFORE).days - 1)
    assert nour.templates == ["ask.email"]
    await office.later(days=1)
    assert nour.templates[-1:] == ["mydata.draft_warning"]
    assert await nour.has_draft()
    heard = len(nour.heard)
    await office.later(days=2)
    assert len(nour.heard) == heard, "one warning is all"
    await office.later(days=1)
    assert not await nour.has_draft()
    assert "Haddad" not in await everything(nour)


async def test_going_on_keeps_a_silent_form_for_another_month(office: Office, nour: Room) -> None:
    office.now -= timedelta(days=70)
    await nour.begins()
    await nour.fills("email")
    before = await nour.draft()
    await office.later(days=28)
    await nour.presses("Go on")
    assert nour.templates == ["ask.email"] and await nour.draft() == before
    await office.later(days=26)
    assert await nour.draft() == before
    await office.later(days=3)
    assert nour.templates[-1] == "mydata.draft_warning", "a new silence gets a warning of its own"


async def test_the_button_of_the_warning_after_the_form_is_gone_is_an_old_one(office: Office, nour: Room) -> None:
    office.now -= timedelta(days=60)
    await nour.begins()
    await office.later(days=28)
    await office.later(days=5)
    await nour.presses("Go on")
    assert nour.templates == ["home.open"]


async def test_who_blocked_the_bot_or_cancelled_is_not_warned(office: Office, nour: Room, salma: Room) -> None:
    office.now -= timedelta(days=60)
    await nour.begins()
    await nour.blocks()
    await office.later(days=31)
    assert "mydata.draft_warning" not in [screen.template for screen in nour.seen.values()]
    assert not await nour.has_draft()


async def test_a_warning_that_came_late_gives_its_three_days_all_the_same(office: Office, nour: Room) -> None:
    office.now -= timedelta(days=60)
    await nour.begins()
    office.now += timedelta(days=33)  # the bot was down
    await office.later(seconds=1)
    assert nour.templates[-1] == "mydata.draft_warning" and await nour.has_draft()
    await office.later(days=3)
    assert not await nour.has_draft()


async def test_a_young_person_erases_while_the_guardian_reads(office: Office, nour: Room, salma: Room) -> None:
    await nour.begins()
    await nour.taps("1:a:age_band:young")
    await nour.taps("1:a:assent:agree")
    found = re.search(r"start=(g_[A-Za-z0-9_-]{43})", nour.text)
    assert found is not None, nour.text
    await salma.says(f"/start {found[1]}")
    await salma.taps("1:l:en")
    declare = next(button.data for button in salma.buttons if (button.data or "").startswith("1:gd:"))
    await salma.taps(declare or "")
    agree = next(button.data for button in salma.buttons if (button.data or "").startswith("1:ga:"))

    await presses_erase(nour)
    assert nour.templates == ["mydata.erased"]
    assert await office.store.read(lambda tx: tx.held(7001)) == {}
    await salma.taps(agree or "")
    assert "guardian.gone" in salma.templates
    await office.later(days=8)
    assert nour.templates == [], "no nudge and no end of a wait is said to a stranger"


async def test_a_young_person_who_waits_sees_that_little_is_held(nour: Room) -> None:
    await nour.begins()
    await nour.taps("1:a:age_band:young")
    await nour.taps("1:a:assent:agree")
    await nour.says("/mydata")
    assert "mydata.summary" in nour.templates
    text = bare(nour.text)
    assert "Guardian's consent" in text and "13 to 17" in text


async def test_a_young_person_who_waits_is_not_warned_of_a_silent_form(office: Office, nour: Room) -> None:
    office.now -= timedelta(days=60)
    await nour.begins()
    await nour.taps("1:a:age_band:young")
    await nour.taps("1:a:assent:agree")
    await office.later(days=40)
    assert "mydata.draft_warning" not in [screen.template for screen in nour.seen.values()]
    assert await office.store.read(lambda tx: tx.held(7001)) == {}
