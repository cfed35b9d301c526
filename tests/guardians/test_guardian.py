"""The guardian: a link that is taken or kindly not, declaring, reading, agreeing by name, refusing, withdrawing."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from bot.guardians.link import new_token, payload_of
from bot.records import Settled
from tests.guardians.house import (
    YOUNG_ANSWERS,
    House,
    agrees,
    asks,
    assert_bare,
    assert_gone,
    consented,
    opens,
    payload_in,
    presses,
    registers,
    rows_about,
)
from tests.registration.office import Room


@pytest.mark.parametrize("language", ["ar", "en"])
async def test_the_first_screen_names_no_child_and_asks_for_the_declaration(
    house: House, nour: Room, mona: Room, language: str
) -> None:
    payload = await asks(nour, "en")
    await opens(mona, payload, language)

    assert mona.templates == ["guardian.declare"]
    assert ("ولي أمره" if language == "ar" else "legal guardian") in mona.text
    row = await house.guardianship(nour)
    assert row is not None
    for secret in ("13", "17", "7001", row.code, payload):
        assert secret not in mona.text


async def test_the_second_screen_says_what_is_asked_kept_for_what_and_how_long(
    house: House, nour: Room, mona: Room
) -> None:
    await opens(mona, await asks(nour))
    await presses(mona, "gd")

    assert mona.templates == ["guardian.terms"]
    for said in ("First name or nickname", "Country on the day", "30 days", "ITU Arab Regional Office", "withdrawn"):
        assert said in mona.text
    for never in ("E-mail,", "Phone,", "Organisation", "I understand"):
        assert never not in mona.text.split("Neither")[0]
    assert [b.data.split(":")[1] for b in mona.buttons if b.data] == ["ga", "gr", "l"]


async def test_the_name_is_asked_only_to_agree_and_kept_only_then(
    house: House, nour: Room, mona: Room, path: Path
) -> None:
    await opens(mona, await asks(nour))
    await mona.says("Mona Haddad")
    assert "guardian.press" in mona.templates
    await presses(mona, "gd")
    await mona.says("Mona Haddad")
    assert "guardian.press" in mona.templates
    assert "Mona Haddad" not in str(rows_about(path, mona.chat_id))
    await presses(mona, "ga")
    await mona.says("mona@example.org")
    assert "Nour Al-Haddad" in mona.text  # the example of what would be right
    row = await house.guardianship(nour)
    assert row is not None and row.status == "waiting"
    await mona.says("Mona Haddad")

    row = await house.guardianship(nour)
    assert row is not None
    assert (row.status, row.guardian_name, row.guardian_chat_id) == ("agreed", "Mona Haddad", mona.chat_id)
    assert (row.token_key, row.agreed_how, row.agreed_at) == (None, "chat", house.now)
    assert nour.templates == ["young.who"] and "Mona Haddad" in nour.text


async def test_it_counts_only_once_the_young_person_knows_the_name(house: House, nour: Room, mona: Room) -> None:
    await agrees(mona, await asks(nour))
    assert (await nour.draft()).at == "guardian"
    await nour.says("Nour")
    assert (await nour.draft()).at == "guardian"
    await presses(nour, "yk")

    assert (await nour.draft()).at == "first_name"
    assert mona.templates == ["consent.confirmed"]


async def test_agreeing_without_having_declared_is_not_agreeing(house: House, nour: Room, mona: Room) -> None:
    await opens(mona, await asks(nour))
    row = await house.guardianship(nour)
    assert row is not None
    mark = (row.token_key or "")[:12]
    await mona.taps(f"1:ga:{mark}")
    assert mona.templates == ["guardian.declare"]
    await mona.taps(f"1:gr:{mark}")
    await mona.says("Mona Haddad")
    assert await house.guardianship(nour) == row


async def test_a_button_made_up_by_who_never_opened_the_link_does_nothing(
    house: House, nour: Room, karim: Room
) -> None:
    await asks(nour)
    row = await house.guardianship(nour)
    assert row is not None
    await karim.begins()
    mark = (row.token_key or "")[:12]
    for action in ("gd", "ga", "gr", "gl"):
        await karim.taps(f"1:{action}:{mark}")
        assert "guardian.open_again" in karim.templates
    for action in ("gw", "gy"):
        await karim.taps(f"1:{action}:{row.code}")
        assert "guardian.none" in karim.templates
    assert await house.guardianship(nour) == row


async def test_a_refusal_erases_at_once_and_is_kindly_said(house: House, nour: Room, mona: Room, path: Path) -> None:
    await opens(mona, await asks(nour))
    await presses(mona, "gd")
    await presses(mona, "gr")

    assert mona.templates == ["guardian.refused"]
    assert nour.templates == ["consent.refused_young"]
    assert_gone(path, nour.chat_id)
    assert (await mona.situation()).person.expecting is None  # type: ignore[union-attr]
    await nour.says("/start")
    assert nour.templates == ["greeting"]


async def test_who_is_no_guardian_leaves_and_the_link_still_works(
    house: House, nour: Room, karim: Room, mona: Room
) -> None:
    payload = await asks(nour)
    await opens(karim, payload)
    await presses(karim, "gl")
    assert "guardian.left" in karim.templates
    await agrees(mona, payload)
    assert nour.templates == ["young.who"]


def forged(_: str) -> str:
    return payload_of(new_token(random.Random(99).randrange))


LINKS = {
    "forged": forged,
    "cut": lambda payload: payload[:-1],
    "longer": lambda payload: payload + "a",
    "swapped": lambda payload: payload[:10] + payload[11] + payload[10] + payload[12:],
    "empty": lambda _: "g_",
    "other case": str.swapcase,
}


@pytest.mark.parametrize("how", LINKS)
@pytest.mark.parametrize("known", [True, False])
async def test_a_link_that_is_not_good_is_refused_and_shows_nothing(
    house: House, nour: Room, karim: Room, how: str, known: bool
) -> None:
    payload = LINKS[how](await asks(nour))
    payload = payload.replace("G_", "g_", 1)
    if known:
        await karim.begins()
    await opens(karim, payload)

    assert karim.templates[0] == "guardian.gone"
    assert "guardian.declare" not in karim.templates
    row = await house.guardianship(nour)
    assert row is not None and row.status == "waiting"


async def test_a_link_of_another_event_is_refused_like_any_other(house: House, nour: Room, mona: Room) -> None:
    payload = await asks(nour)
    row = await house.guardianship(nour)
    assert row is not None
    await house.store.write(lambda tx: tx.guardianships.save(replace(row, event_id="another")))
    await opens(mona, payload)
    assert "guardian.gone" in mona.templates and "guardian.declare" not in mona.templates


async def test_the_same_chat_can_t_agree_for_itself(house: House, nour: Room, path: Path) -> None:
    payload = await asks(nour)
    await nour.says(f"/start {payload}")

    assert "guardian.own" in nour.templates
    assert (await nour.draft()).at == "guardian"
    assert_bare(path, nour.chat_id)


@pytest.mark.parametrize("band", ["young", "child"])
async def test_a_minor_s_chat_can_t_agree_for_another(
    house: House, nour: Room, karim: Room, path: Path, band: str
) -> None:
    payload = await asks(nour)
    await karim.begins()
    await karim.taps(f"1:a:age_band:{band}")
    await karim.says(f"/start {payload}")

    assert "guardian.minor" in karim.templates and "guardian.declare" not in karim.templates
    assert_bare(path, karim.chat_id)


async def test_a_reader_who_turns_out_to_be_a_minor_can_t_go_on(house: House, nour: Room, karim: Room) -> None:
    payload = await asks(nour)
    await karim.begins()
    await opens(karim, payload)
    row = await house.guardianship(nour)
    assert row is not None
    mark = (row.token_key or "")[:12]
    await karim.taps("1:a:age_band:young")
    await karim.taps(f"1:gd:{mark}")
    assert "guardian.open_again" in karim.templates
    assert await house.guardianship(nour) == row


async def test_a_registered_young_person_can_t_agree_for_another(
    house: House, nour: Room, mona: Room, karim: Room
) -> None:
    await registers(nour, mona)
    payload = await asks(karim)
    await nour.says(f"/start {payload}")
    assert "guardian.minor" in nour.templates


async def test_a_link_used_twice_is_used_once(house: House, nour: Room, mona: Room, karim: Room) -> None:
    payload = await asks(nour)
    await agrees(mona, payload)
    await opens(karim, payload)
    assert "guardian.gone" in karim.templates
    await mona.says(f"/start {payload}")
    assert "guardian.gone" in mona.templates
    await presses(nour, "yk")
    assert (await nour.draft()).at == "first_name"


async def test_of_two_guardians_at_once_the_first_who_agrees_is_the_one(
    house: House, nour: Room, mona: Room, karim: Room
) -> None:
    payload = await asks(nour)
    for guardian in (mona, karim):
        await opens(guardian, payload)
        await presses(guardian, "gd")
        await presses(guardian, "ga")
    await mona.says("Mona Haddad")
    await karim.says("Karim Haddad")

    assert "guardian.gone" in karim.templates
    row = await house.guardianship(nour)
    assert row is not None and row.guardian_name == "Mona Haddad"


async def test_one_of_two_readers_refuses_and_the_other_finds_nothing(
    house: House, nour: Room, mona: Room, karim: Room
) -> None:
    payload = await asks(nour)
    for guardian in (mona, karim):
        await opens(guardian, payload)
        await presses(guardian, "gd")
    await presses(karim, "gr")
    await presses(mona, "ga")
    assert "guardian.gone" in mona.templates


async def test_the_young_person_erases_while_the_guardian_reads(
    house: House, nour: Room, mona: Room, path: Path
) -> None:
    await opens(mona, await asks(nour))
    await presses(mona, "gd")
    await nour.says("/cancel")
    await presses(nour, "xy")
    await presses(mona, "ga")

    assert "guardian.gone" in mona.templates
    assert_gone(path, nour.chat_id)
    await mona.says("Mona Haddad")
    assert "Mona Haddad" not in str(rows_about(path, mona.chat_id))


async def test_a_restart_in_the_middle_loses_nothing(house: House, nour: Room, mona: Room) -> None:
    payload = await asks(nour)
    await opens(mona, payload)
    await presses(mona, "gd")
    await mona.says("/start")
    assert mona.templates == ["guardian.terms"]
    await mona.says("/language")
    assert "guardian.terms" in mona.templates
    await presses(mona, "ga")
    await mona.sends("sticker")
    assert "guardian.name" in mona.templates


async def test_a_guardian_of_two_agrees_to_each_link_by_its_own_buttons(
    house: House, nour: Room, karim: Room, mona: Room
) -> None:
    first, second = await asks(nour), await asks(karim)
    await opens(mona, first)
    old = next(b.data for b in mona.buttons if b.data and b.data.startswith("1:gd"))
    await mona.says(f"/start {second}")
    await mona.taps(old)
    assert "guardian.open_again" in mona.templates
    await agrees(mona, second)
    row = await house.guardianship(nour)
    assert row is not None and row.status == "waiting"
    await agrees(mona, first)
    await mona.says("/my")
    assert mona.heard[0].template == "family" and len(mona.heard[0].rows) == 2


async def test_a_guardian_who_blocks_the_bot_changes_nothing_of_the_consent(
    house: House, nour: Room, mona: Room
) -> None:
    await consented(nour, mona)
    await mona.blocks()
    await house.store.write(
        lambda tx: tx.outbox.settle([Settled(id=1, chat_id=mona.chat_id, state="blocked")], house.now)
    )
    await nour.fills(**YOUNG_ANSWERS)
    await nour.taps("1:ok")
    assert await nour.registration() is not None
    await mona.says("/my")
    assert "family" in mona.templates


@pytest.mark.parametrize("stage", ["agreed", "confirmed", "registered"])
async def test_a_guardian_withdraws_at_any_time_and_both_are_told(
    house: House, nour: Room, mona: Room, path: Path, stage: str
) -> None:
    match stage:
        case "agreed":
            await agrees(mona, await asks(nour))
        case "confirmed":
            await consented(nour, mona)
            await nour.fills("reminders", **YOUNG_ANSWERS)
        case _:
            await registers(nour, mona)
    await mona.says("/my")
    family = mona.heard[0]
    assert family.template == "family"
    await mona.taps(family.rows[0][0].data or "")
    assert mona.templates == ["guardian.ask_withdraw"]
    await presses(mona, "gy")

    assert mona.templates == ["guardian.withdrew"]
    assert nour.templates == ["consent.guardian_withdrew"]
    assert_gone(path, nour.chat_id)
    assert await house.registrations() == []
    assert "Mona Haddad" not in str(rows_about(path, mona.chat_id))
    await nour.taps("1:ok")
    assert nour.templates == ["greeting"]


async def test_a_guardian_is_never_shown_what_the_young_person_answered(house: House, nour: Room, mona: Room) -> None:
    await registers(nour, mona)
    await mona.says("/my")
    shown = " ".join(screen.text for screen in mona.seen.values())
    for answer in ("mean to me", "Captions", "Jordan", "7001", "COP-"):
        assert answer not in shown


async def test_a_guardian_registers_too_and_both_stand(house: House, nour: Room, mona: Room) -> None:
    await registers(nour, mona)
    own = await mona.registers(kind="tap:family")
    assert own.role == "adult" and own.status == "confirmed"
    assert len(await house.registrations()) == 2


async def test_a_guardian_s_form_in_progress_survives_the_link(house: House, nour: Room, mona: Room) -> None:
    payload = await asks(nour)
    await mona.begins()
    await mona.fills("given_name")
    await agrees(mona, payload, "Mona Haddad")
    assert (await mona.draft()).at == "given_name"
    await mona.says("Mona")
    assert (await mona.draft()).answers["given_name"] == "Mona"


async def test_a_guardian_who_says_to_be_a_minor_ends_the_consents_given(
    house: House, nour: Room, mona: Room, path: Path
) -> None:
    await registers(nour, mona)
    await mona.taps("1:rg")
    await mona.taps("1:a:age_band:young")

    assert "consent.guardian_withdrew" in [s.template for s in nour.seen.values()]
    assert_gone(path, nour.chat_id)
    assert_bare(path, mona.chat_id)


async def test_the_payload_is_not_taken_from_a_young_person_s_next_link(house: House, nour: Room, mona: Room) -> None:
    payload = await asks(nour)
    await opens(mona, payload)
    await presses(nour, "yl")
    await presses(mona, "gd")
    assert "guardian.gone" in mona.templates
    await agrees(mona, payload_in(nour))
    assert nour.templates == ["young.who"]
