"""Having registered: seeing it, correcting it, the time zone, withdrawing, registering again."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from bot.organisers.number import read
from bot.texts import texts_for
from tests.dialogue.forms import question, with_after
from tests.registration.office import OVER, Office, Room

EN = texts_for("en")


async def test_the_number_can_be_read_aloud_and_checks(nour: Room) -> None:
    number = (await nour.registers()).number

    assert re.fullmatch(r"COP-\d{4}-\d{4}", number)
    assert read(number, "COP") == number


async def test_the_time_is_told_in_the_persons_zone_beside_cairos(nour: Room) -> None:
    await nour.registers(country="tap:AE")

    assert "When, in your time: Monday 23 November 2020, 13:00 to 15:00 (Dubai time)" in nour.text
    assert "When: Monday 23 November 2020, 11:00 to 13:00 (Cairo time)" in nour.text
    assert "Not my time? Change" in nour.labels


async def test_where_both_clocks_show_the_same_the_time_is_told_once(nour: Room) -> None:
    await nour.registers(country="tap:EG")

    assert nour.text.count("23 November") == 1


async def test_confirming_twice_registers_once_and_says_nothing_more(nour: Room) -> None:
    first = await nour.registers()
    await nour.taps("1:ok")

    assert nour.heard == []
    assert await nour.registration() == first


async def test_my_registration_is_shown_on_request(nour: Room) -> None:
    registration = await nour.registers()
    for act in (nour.says("/my"), nour.says("/start"), nour.taps("1:m")):
        await act
        assert nour.templates == ["mine.title"] and registration.number in nour.text


async def test_without_a_registration_that_is_said_and_the_question_stands(nour: Room) -> None:
    await nour.begins()
    await nour.fills("email")
    await nour.says("/my")

    assert nour.templates == ["mine.none", "ask.email"]


async def test_a_correction_changes_the_answer_and_not_the_number(nour: Room) -> None:
    before = await nour.registers()
    await nour.presses("Correct an answer")
    assert "Nothing changes until" in nour.text
    await nour.presses("Correct an answer")
    await nour.presses("Position")
    await nour.says("Minister")
    assert (await nour.registration()).answers["position"] == before.answers["position"]  # type: ignore[union-attr]
    await nour.presses("Save the correction")

    after = await nour.registration()
    assert after is not None and after.number == before.number and after.id == before.id
    assert after.answers == {**before.answers, "position": "Minister"}
    assert nour.templates == ["mine.corrected"] and not await nour.has_draft()


async def test_a_correction_given_up_leaves_all_as_it_was(nour: Room) -> None:
    before = await nour.registers()
    await nour.presses("Correct an answer")
    await nour.taps("1:e:country")
    await nour.taps("1:a:country:AE")
    await nour.says("/cancel")
    assert "stays as it was" in nour.text
    await nour.presses("Yes, cancel")

    assert nour.templates == ["cancel.correction_dropped", "mine.title"]
    assert await nour.registration() == before and not await nour.has_draft()
    person = (await nour.situation()).person
    assert person is not None and (person.country, person.zone) == ("JO", "Asia/Amman")


async def test_correcting_twice_pressed_says_nothing_of_old_buttons(nour: Room) -> None:
    await nour.registers()
    await nour.taps("1:mc")
    await nour.taps("1:mc")

    assert nour.templates == ["review"] and EN.t("form.old_button") not in nour.text


async def test_not_my_time_leads_to_the_zone_and_back(nour: Room) -> None:
    await nour.registers()
    await nour.presses("Not my time? Change")
    assert nour.templates == ["ask.zone"]
    await nour.says("Dubai")
    await nour.presses("Save the correction")

    registration = await nour.registration()
    assert registration is not None and registration.zone == "Asia/Dubai"
    assert "13:00 to 15:00 (Dubai time)" in nour.text


async def test_withdrawing_is_asked_once_and_the_number_never_comes_back(nour: Room) -> None:
    first = await nour.registers()
    await nour.presses("Withdraw")
    assert nour.templates == ["withdraw.ask"]
    await nour.presses("Keep the registration")
    assert nour.templates == ["mine.title"]
    await nour.presses("Withdraw")
    await nour.presses("Yes, withdraw")
    assert nour.templates == ["withdraw.done"]
    assert (await nour.registration()).status == "withdrawn"  # type: ignore[union-attr]

    await nour.presses("Register again")
    assert (await nour.draft()).answers == {}
    await nour.fills()
    await nour.taps("1:ok")
    second = await nour.registration()
    assert second is not None and second.number != first.number and second.status == "confirmed"


async def test_an_old_yes_withdraw_asks_again(nour: Room) -> None:
    await nour.registers()
    await nour.presses("Withdraw")
    asked = nour.live
    await nour.says("/my")
    await nour.taps("1:my", asked)

    assert nour.templates == ["withdraw.ask"]
    assert (await nour.registration()).status == "confirmed"  # type: ignore[union-attr]


async def test_withdrawing_twice_pressed_withdraws_once(nour: Room) -> None:
    await nour.registers()
    await nour.presses("Withdraw")
    await nour.taps("1:my")
    await nour.taps("1:my")

    assert nour.templates == ["home.open"]


async def test_the_language_of_the_registration_follows_the_person(nour: Room) -> None:
    await nour.registers()
    await nour.presses("العربية")

    assert (await nour.registration()).language == "ar"  # type: ignore[union-attr]
    assert "رقم التسجيل" in nour.text


async def test_words_after_registering_are_answered_with_the_registration(nour: Room) -> None:
    await nour.registers()
    await nour.says("thank you!")

    assert nour.templates == ["words.no_question", "mine.title"]


async def test_a_new_question_is_asked_of_who_corrects_and_the_person_is_told(office: Office, nour: Room) -> None:
    before = await nour.registers()
    content = office.service.content
    office.take(replace(content, form=with_after(content.form, "position", question("badge"))))
    await nour.presses("Correct an answer")
    assert nour.templates == ["ask.badge"] and "The form has changed" in nour.text
    await nour.says("Nour H.")
    await nour.presses("Save the correction")

    after = await nour.registration()
    assert after is not None and after.answers == {**before.answers, "badge": "Nour H."}
    assert after.form_version == office.service.content.form.version != before.form_version


async def test_a_new_question_in_the_middle_is_told_and_nothing_else_is_asked_again(office: Office, nour: Room) -> None:
    await nour.begins()
    await nour.fills()
    content = office.service.content
    office.take(replace(content, form=with_after(content.form, "position", question("badge"))))
    await nour.presses("Confirm the registration")
    assert nour.templates == ["ask.badge"] and await nour.registration() is None
    await nour.says("Nour H.")
    await nour.presses("Confirm the registration")

    assert nour.templates == ["mine.confirmed"]


async def test_consent_is_kept_with_the_version_and_the_moment_it_was_given(office: Office, nour: Room) -> None:
    await nour.begins()
    await nour.fills("for_whom")
    agreed_at, version = office.now, office.service.content.notice_version
    await office.later(hours=3)
    office.take(replace(office.service.content, notice_version="a later one"))
    await nour.fills()
    await nour.taps("1:ok")

    registration = await nour.registration()
    assert registration is not None
    assert (registration.consent_version, registration.consented_at) == (version, agreed_at)


@pytest.mark.parametrize("data", ["1:mc", "1:mz"])
async def test_after_the_event_nothing_is_corrected_and_that_is_said(office: Office, nour: Room, data: str) -> None:
    await nour.registers()
    office.now = OVER
    await nour.taps(data)

    assert nour.templates == ["correct.over"] and not await nour.has_draft()


async def test_after_the_event_a_registration_is_still_seen_and_withdrawn(office: Office, nour: Room) -> None:
    await nour.registers()
    office.now = OVER
    await nour.says("/my")
    assert nour.templates == ["mine.title"]
    await nour.presses("Withdraw")
    await nour.presses("Yes, withdraw")

    assert nour.templates == ["withdraw.done"] and "Register again" not in nour.labels
