"""Organisers: the office route, reduced rows, a corrected band, and what no list shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.organisers.export import export_rows, to_csv
from bot.screen import Screen
from bot.texts import texts_for
from tests.guardians.house import (
    YOUNG_ANSWERS,
    House,
    adds_child,
    asks,
    assert_bare,
    assert_gone,
    presses,
    registers,
    rows_about,
)
from tests.registration.office import Room

SECRETS = ("Nour", "mean to me", "Mona", "Agreed")


async def code_of(house: House, young: Room) -> str:
    row = await house.guardianship(young)
    assert row is not None
    return row.code


async def records(organiser: Room, code: str, name: str = "Mona Haddad", day: str = "2020-11-09") -> None:
    await organiser.says("/registrations")
    await presses(organiser, "oa")
    await organiser.says(code)
    await organiser.says(name)
    await organiser.taps(f"1:ob:{code}:email")
    await organiser.says(day)


@pytest.mark.parametrize("day", ["2020-11-09", "٢٠٢٠-١١-٠٩", "9/11/2020"])
async def test_a_consent_given_to_the_office_is_recorded_and_confirmed_by_the_young_person(
    house: House, nour: Room, organiser: Room, day: str
) -> None:
    await asks(nour)
    await records(organiser, await code_of(house, nour), day=day)

    assert organiser.templates == ["organisers.consent_recorded"]
    row = await house.guardianship(nour)
    assert row is not None
    assert (row.status, row.guardian_name, row.guardian_chat_id) == ("agreed", "Mona Haddad", None)
    assert row.agreed_how == "email 2020-11-09" and f"{row.agreed_at:%Y-%m-%d}" == "2020-11-09"
    assert nour.templates == ["young.who"]
    await presses(nour, "yk")
    await nour.fills(**YOUNG_ANSWERS)
    await nour.taps("1:ok")
    registration = await nour.registration()
    assert registration is not None and registration.guardian_chat_id is None


async def test_a_name_that_the_young_person_does_not_know_ends_the_office_s_record_too(
    house: House, nour: Room, organiser: Room
) -> None:
    await asks(nour)
    await records(organiser, await code_of(house, nour), "Some Stranger")
    await presses(nour, "yn")
    assert await house.guardianship(nour) is None


@pytest.mark.parametrize("day", ["2020-11-11", "2019-01-01", "2020-13-01", "yesterday", ""])
async def test_a_day_that_can_t_be_is_asked_again(house: House, nour: Room, organiser: Room, day: str) -> None:
    await asks(nour)
    await records(organiser, await code_of(house, nour), day=day)
    assert organiser.templates == ["organisers.consent_day_wrong"]
    await organiser.says("2020-11-10")
    assert organiser.templates == ["organisers.consent_recorded"]


async def test_an_unknown_or_ended_code_is_asked_again(house: House, nour: Room, organiser: Room) -> None:
    await asks(nour)
    code = await code_of(house, nour)
    await organiser.says("/registrations")
    await presses(organiser, "oa")
    await organiser.says("G-1111-1111")
    assert organiser.templates == ["organisers.consent_gone"]
    await house.later(days=8)
    await organiser.says(code)
    assert organiser.templates == ["organisers.consent_gone"]


async def test_the_young_person_leaves_while_the_organiser_types(
    house: House, nour: Room, organiser: Room, path: Path
) -> None:
    await asks(nour)
    code = await code_of(house, nour)
    await organiser.says("/registrations")
    await presses(organiser, "oa")
    await organiser.says(code)
    await nour.says("/cancel")
    await presses(nour, "xy")
    await organiser.says("Mona Haddad")
    assert "Mona Haddad" not in str(rows_about(path, organiser.chat_id))
    await organiser.taps(f"1:ob:{code}:email")
    assert organiser.templates == ["organisers.consent_gone"]
    assert await house.guardianship(nour) is None


async def test_the_steps_of_the_route_can_t_be_skipped(house: House, nour: Room, organiser: Room) -> None:
    await asks(nour)
    code = await code_of(house, nour)
    await organiser.says("/registrations")
    await organiser.taps(f"1:ob:{code}:email")
    assert organiser.templates == ["organisers.consent"]
    await organiser.taps(f"1:ob:{code}:hearsay")
    row = await house.guardianship(nour)
    assert row is not None and row.status == "waiting"


async def test_nobody_but_an_organiser_records_a_consent(house: House, nour: Room, karim: Room) -> None:
    await asks(nour)
    code = await code_of(house, nour)
    await karim.begins()
    for data in ("1:oa", f"1:ob:{code}:email", f"1:od:{code}", f"1:og:{code}:adult", "1:os"):
        await karim.taps(data)
    row = await house.guardianship(nour)
    assert row is not None and row.status == "waiting"


async def test_a_consent_withdrawn_at_the_office_ends_taking_part(
    house: House, nour: Room, mona: Room, organiser: Room, path: Path
) -> None:
    await registers(nour, mona)
    code = await code_of(house, nour)
    await organiser.says("/registrations")
    await presses(organiser, "oa")
    await organiser.says(code)
    assert "counts" in organiser.text
    await presses(organiser, "od")

    assert nour.templates == ["consent.guardian_withdrew"]
    assert mona.templates == ["consent.office_ended_guardian"]
    assert_gone(path, nour.chat_id)


# --- the band --------------------------------------------------------------


@pytest.mark.parametrize(("band", "at"), [("adult", "consent"), ("child", None)])
async def test_an_organiser_corrects_the_band_of_who_waits(
    house: House, nour: Room, organiser: Room, path: Path, band: str, at: str | None
) -> None:
    await asks(nour)
    code = await code_of(house, nour)
    await organiser.says("/registrations")
    await presses(organiser, "oa")
    await organiser.says(code)
    await organiser.taps(f"1:og:{code}:{band}")

    assert nour.templates == ["organisers.told_band"]
    assert await house.guardianship(nour) is None
    assert (await nour.draft()).answers == {"age_band": band}
    await nour.taps("1:rs")
    if at is None:
        assert nour.templates == ["stopped"]
        assert_bare(path, nour.chat_id)
    else:
        assert (await nour.draft()).at == at


async def test_a_band_corrected_from_adult_keeps_nothing_of_what_was_answered(
    house: House, karim: Room, organiser: Room, path: Path
) -> None:
    registration = await karim.registers()
    await organiser.says("/registrations")
    await organiser.taps(f"1:oq:{registration.number}:age_band")
    await organiser.says("13 to 17")

    assert karim.templates == ["organisers.told_band"]
    assert await house.registrations() == []
    assert_bare(path, karim.chat_id)
    await karim.taps("1:rs")
    assert karim.templates == ["ask.assent"]


async def test_a_band_changed_in_the_middle_of_a_young_person_s_form(
    house: House, nour: Room, mona: Room, organiser: Room, path: Path
) -> None:
    registration = await registers(nour, mona)
    await nour.says("/my")
    await presses(nour, "mc")
    await organiser.says("/registrations")
    await organiser.taps(f"1:oq:{registration.number}:age_band")
    await organiser.says("18 or over")

    assert nour.templates == ["organisers.told_band"]
    assert mona.templates == ["consent.young_left"]
    assert await house.registrations() == []
    assert (await nour.draft()).answers == {"age_band": "adult"}
    await nour.taps("1:ok")
    assert await house.registrations() == []
    assert (await nour.draft()).at == "consent"


async def test_a_child_s_band_corrected_ends_that_registration(house: House, mona: Room, organiser: Room) -> None:
    await adds_child(mona)
    (child,) = await house.children(mona)
    await organiser.says("/registrations")
    await organiser.taps(f"1:oq:{child.number}:age_band")
    await organiser.says("13 to 17")
    assert mona.templates == ["organisers.told_child_band"]
    assert await house.children(mona) == []


# --- what is shown ---------------------------------------------------------


async def test_organisers_see_a_minor_s_row_reduced(house: House, nour: Room, mona: Room, organiser: Room) -> None:
    registration = await registers(nour, mona)
    await adds_child(mona)
    (child,) = await house.children(mona)
    await organiser.says("/registrations")
    assert "13 to 17: 1" in organiser.text and "Under 13: 1" in organiser.text
    for one in (registration, child):
        await organiser.taps(f"1:oo:{one.number}")
        assert one.number in organiser.text
        for secret in (*SECRETS, "Sami"):
            assert secret not in organiser.text
    await organiser.taps(f"1:oo:{registration.number}")
    for seen in ("13 to 17", "Jordan", "Captions", "Confirmed"):
        assert seen in organiser.text
    await organiser.taps(f"1:oe:{registration.number}")
    offered = {(b.data or "").split(":")[-1] for b in organiser.buttons}
    assert offered & set(registration.answers) == {"age_band", "country", "accessibility"}
    for hidden in ("first_name", "young_question", "assent", "guardian"):
        await organiser.taps(f"1:oq:{registration.number}:{hidden}")
        await organiser.says("Karim")
        assert await nour.registration() == registration


@pytest.mark.parametrize("text", ["Nour", "mean", "Sami", "Mona"])
async def test_a_minor_is_found_by_number_only(
    house: House, nour: Room, mona: Room, organiser: Room, text: str
) -> None:
    registration = await registers(nour, mona)
    await adds_child(mona)
    await organiser.says("/registrations")
    await presses(organiser, "of")
    await organiser.says(text)
    assert organiser.templates == ["organisers.found_none"]
    await organiser.says(registration.number)
    assert registration.number in organiser.labels


async def test_no_list_has_a_name_a_question_or_a_guardian_of_a_minor(
    house: House, nour: Room, mona: Room, karim: Room
) -> None:
    young = await registers(nour, mona)
    await adds_child(mona)
    await karim.registers()
    registrations = await house.registrations()
    table = export_rows(house.service.content, registrations, texts_for("ar"), texts_for("en"))
    text = to_csv(table).decode("utf-8-sig")
    assert young.number in text and "How are the Guidelines adapted?" in text
    rows = [row for row in table.rows if row[0] != registrations[-1].number]
    for secret in ("Nour", "Sami", "mean to me", str(mona.chat_id), "7001"):
        assert not any(secret in cell for row in rows for cell in row)
    headers = " ".join(table.header("en"))
    assert "First name or nickname" not in headers and "I understand" not in headers


async def test_a_minor_without_consent_is_in_no_export(house: House, nour: Room) -> None:
    await asks(nour)
    registrations = await house.registrations()
    assert export_rows(house.service.content, registrations, texts_for("ar"), texts_for("en")).rows == ()


async def test_an_organiser_s_withdrawal_of_a_young_person_erases_and_tells_both(
    house: House, nour: Room, mona: Room, organiser: Room, path: Path
) -> None:
    registration = await registers(nour, mona)
    await organiser.says("/registrations")
    await organiser.taps(f"1:ow:{registration.number}")
    await organiser.says("She wrote that Nour is ill")

    assert nour.templates == ["consent.office_ended"]
    assert mona.templates == ["consent.office_ended_guardian"]
    assert_gone(path, nour.chat_id)
    assert "is ill" not in str(rows_about(path, organiser.chat_id))


async def test_an_organiser_s_withdrawal_of_a_child_tells_the_guardian(
    house: House, mona: Room, organiser: Room
) -> None:
    await adds_child(mona)
    (child,) = await house.children(mona)
    await organiser.says("/registrations")
    await organiser.taps(f"1:ow:{child.number}")
    await organiser.says("asked by letter")
    assert mona.templates == ["organisers.told_withdrawn"]
    assert await house.children(mona) == []


async def test_the_questions_for_the_speakers_come_without_names_numbers_or_ages(
    house: House, nour: Room, mona: Room, karim: Room, organiser: Room
) -> None:
    await organiser.says("/registrations")
    await presses(organiser, "os")
    assert organiser.templates == ["organisers.questions_none"]
    young = await registers(nour, mona)
    adult = await karim.registers()
    await organiser.says("/registrations")
    await presses(organiser, "os")

    sent = organiser.heard[0]
    assert isinstance(sent, Screen) and sent.document is not None
    lines = sent.document.content.decode("utf-8-sig").splitlines()
    assert lines == ["How are the Guidelines adapted?", "What can I do if somebody is mean to me online?"]
    assert young.number not in sent.text and adult.number not in sent.text


async def test_an_organiser_who_is_a_guardian_too_is_understood_as_one(
    house: House, nour: Room, organiser: Room
) -> None:
    payload = await asks(nour)
    await organiser.says("/registrations")
    await presses(organiser, "of")
    await organiser.says(f"/start {payload}")
    await presses(organiser, "gd")
    await presses(organiser, "ga")
    await organiser.says("Omar Haddad")
    row = await house.guardianship(nour)
    assert row is not None and row.guardian_name == "Omar Haddad"
