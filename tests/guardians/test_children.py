"""A guardian registers children under 13 from their own chat."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.guardians.house import House, adds_child, asks, presses, registers, rows_about
from tests.registration.office import CLOSED, OVER, Room


@pytest.mark.parametrize("language", ["ar", "en"])
async def test_a_guardian_registers_several_children_one_after_the_other(
    house: House, mona: Room, language: str
) -> None:
    await mona.says("/start child")
    await mona.taps(f"1:l:{language}")
    assert mona.templates == ["child.declare"]
    await presses(mona, "cd")
    await mona.taps("1:cb:child")
    await mona.says("سامي")
    await presses(mona, "cg")
    assert mona.templates == ["child.band"]
    await mona.taps("1:cb:child")
    await mona.says("Abd El-Rahman")

    children = await house.children(mona)
    assert [c.answers for c in children] == [
        {"age_band": "child", "first_name": "سامي"},
        {"age_band": "child", "first_name": "Abd El-Rahman"},
    ]
    assert len({c.number for c in children}) == 2
    for child in children:
        assert (child.role, child.chat_id, child.guardian_chat_id) == ("child", mona.chat_id, mona.chat_id)
        assert (child.status, child.language, child.consented_at) == ("confirmed", language, house.now)
        assert child.number in "".join(s.text for s in mona.seen.values())


async def test_the_declaration_comes_first_and_nothing_is_kept_without_it(house: House, mona: Room, path: Path) -> None:
    await mona.says("/start child")
    await mona.taps("1:l:en")
    await mona.taps("1:cb:child")
    assert mona.templates == ["child.declare"]
    await mona.says("Sami")
    assert "guardian.press" in mona.templates
    await presses(mona, "cl")
    assert await house.children(mona) == []
    assert "Sami" not in str(rows_about(path, mona.chat_id))


async def test_the_guardian_registers_too_and_my_lists_all(house: House, mona: Room) -> None:
    await adds_child(mona)
    await presses(mona, "rg")
    await mona.fills(kind="tap:family")
    await mona.taps("1:ok")
    own = await mona.registration()
    assert own is not None and own.role == "adult"
    await mona.says("/my")
    (child,) = await house.children(mona)
    assert child.number in mona.heard[0].text and "Sami" in mona.heard[0].text
    assert own.number in mona.heard[1].text


async def test_children_are_no_registration_of_the_guardian_s_own(house: House, mona: Room) -> None:
    await adds_child(mona)
    assert (await mona.situation()).registration is None
    await mona.says("/start")
    await mona.says("/my")
    assert mona.templates[0] == "family"


async def test_each_child_is_withdrawn_alone_and_its_data_goes(house: House, mona: Room, path: Path) -> None:
    await adds_child(mona, "Sami")
    await presses(mona, "cg")
    await mona.taps("1:cb:child")
    await mona.says("Layal")
    sami, layal = await house.children(mona)
    await mona.taps(f"1:cw:{sami.number}")
    assert mona.templates == ["child.ask_withdraw"]
    await presses(mona, "cy")

    assert [c.number for c in await house.children(mona)] == [layal.number]
    gone = next(r for r in await house.registrations() if r.number == sami.number)
    assert (gone.status, gone.answers, gone.search, gone.note) == ("withdrawn", {}, "", "")
    assert "Sami" not in str(rows_about(path, mona.chat_id))
    await mona.taps(f"1:cy:{sami.number}")
    assert mona.heard
    assert len(await house.children(mona)) == 1


async def test_another_chat_can_t_withdraw_a_child(house: House, mona: Room, karim: Room) -> None:
    await adds_child(mona)
    (child,) = await house.children(mona)
    await karim.begins()
    await karim.taps(f"1:cw:{child.number}")
    await karim.taps(f"1:cy:{child.number}")
    assert len(await house.children(mona)) == 1
    assert child.number not in karim.text


@pytest.mark.parametrize("typed", ["Sami Haddad", "سامي الحداد", "sami@example.org", "0790123456", "مدرسة الأمل"])
async def test_a_child_s_surname_or_address_is_refused_and_not_kept(
    house: House, mona: Room, path: Path, typed: str
) -> None:
    await mona.says("/start child")
    await mona.taps("1:l:en")
    await presses(mona, "cd")
    await mona.taps("1:cb:child")
    await mona.says(typed)

    assert mona.templates == ["child.name"]
    assert await house.children(mona) == []
    assert typed not in str(rows_about(path, mona.chat_id))


async def test_a_child_of_13_registers_itself(house: House, mona: Room) -> None:
    await mona.says("/start child")
    await mona.taps("1:l:en")
    await presses(mona, "cd")
    await mona.taps("1:cb:young")
    assert mona.templates == ["child.young", "child.band"]
    assert await house.children(mona) == []


async def test_ten_children_are_the_most(house: House, mona: Room) -> None:
    for number in range(10):
        await adds_child(mona, "Child" + chr(ord("a") + number))
    await mona.says("/start child")
    assert "child.enough" in mona.templates
    await mona.taps("1:cg")
    await mona.taps("1:cb:child")
    await mona.says("Extra")
    assert len(await house.children(mona)) == 10


async def test_the_tenth_is_the_last_also_one_by_one(house: House, mona: Room) -> None:
    await adds_child(mona, "A")
    for number in range(11):
        await mona.taps("1:cg")
        await mona.taps("1:cb:child")
        await mona.says("Child" + chr(ord("b") + number))
    assert len(await house.children(mona)) == 10


async def test_a_minor_s_chat_registers_no_child(house: House, nour: Room, mona: Room) -> None:
    await asks(nour)
    await nour.says("/start child")
    assert "child.minor" in nour.templates
    assert (await nour.draft()).at == "guardian"


async def test_a_registered_young_person_registers_no_child(house: House, nour: Room, mona: Room) -> None:
    await registers(nour, mona)
    await nour.says("/start child")
    assert "child.minor" in nour.templates
    await nour.taps("1:cg")
    await nour.taps("1:cd")
    assert await house.children(nour) == []


async def test_after_the_closing_a_child_is_a_late_request_and_after_the_event_none(house: House, mona: Room) -> None:
    house.now = CLOSED
    await adds_child(mona)
    (child,) = await house.children(mona)
    assert child.status == "late"
    assert "child.requested" in mona.templates
    house.now = OVER
    await mona.says("/start child")
    assert "home.over" in mona.templates
    assert len(await house.children(mona)) == 1


async def test_the_language_is_switched_at_every_step(house: House, mona: Room) -> None:
    await mona.says("/start child")
    await mona.taps("1:l:en")
    for stage, act in (("declare", "1:cd"), ("band", "1:cb:child"), ("name", "")):
        await mona.says("/language")
        assert f"child.{stage}" in mona.templates
        if act:
            await mona.taps(act)


async def test_turning_to_something_else_leaves_the_counter(house: House, mona: Room, path: Path) -> None:
    await mona.says("/start child")
    await mona.taps("1:l:en")
    await presses(mona, "cd")
    await mona.taps("1:cb:child")
    await mona.taps("1:rg")
    assert mona.templates == ["ask.age_band"]
    await mona.says("Sami")
    assert await house.children(mona) == []
    assert "Sami" not in str(rows_about(path, mona.chat_id))


async def test_a_guardian_who_says_to_be_a_minor_keeps_no_children(house: House, mona: Room, path: Path) -> None:
    await adds_child(mona)
    await mona.taps("1:rg")
    await mona.taps("1:a:age_band:young")
    assert await house.children(mona) == []
    assert "Sami" not in str(rows_about(path, mona.chat_id))


async def test_a_registered_parent_is_offered_to_register_a_child_and_an_official_is_not(
    house: House, mona: Room, karim: Room
) -> None:
    await karim.registers()
    assert "Register a child under 13" not in karim.labels
    await mona.registers(kind="tap:family")
    await mona.presses("Register a child under 13")
    assert mona.templates == ["child.declare"]
