"""The young person: band, notice, link, waiting, who agreed, the form, and leaving."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.guardians.house import (
    YOUNG_ANSWERS,
    House,
    agrees,
    asks,
    assert_bare,
    assert_gone,
    consented,
    payload_in,
    presses,
    registers,
    rows_about,
)
from tests.registration.office import OVER, Room

TYPED = ("Nour Haddad", "nour@example.org", "+962 7 9012 3456", "Ministry of Communications", "my secret")


@pytest.mark.parametrize("language", ["ar", "en"])
async def test_a_young_person_registers_with_a_guardian_in_another_chat(
    house: House, nour: Room, mona: Room, language: str
) -> None:
    await consented(nour, mona, language)
    assert (await nour.draft()).at == "first_name"
    await nour.fills(**YOUNG_ANSWERS)
    await nour.taps("1:ok")

    registration = await nour.registration()
    assert registration is not None
    assert (registration.role, registration.status, registration.language) == ("young", "confirmed", language)
    assert (registration.guardian_chat_id, registration.kind) == (mona.chat_id, "young")
    assert set(registration.answers) == set(YOUNG_ANSWERS) - {"zone"} | {"zone", "guardian"}
    assert registration.search == "" and registration.email_key is None and registration.phone_key is None


async def test_nothing_but_chat_language_band_and_link_is_kept_until_a_guardian_agreed(
    house: House, nour: Room, mona: Room, path: Path
) -> None:
    await nour.says("/start")
    await nour.taps("1:l:en")
    await nour.taps("1:rg")
    await nour.taps("1:a:age_band:young")
    assert_bare(path, nour.chat_id)
    assert "ask.assent" in nour.templates
    await nour.taps("1:a:assent:agree")
    assert_bare(path, nour.chat_id)
    for typed in TYPED:
        await nour.says(typed)
        assert "young.waiting" in nour.templates
    await nour.shares("962790123456")
    await nour.sends("photo")
    assert_bare(path, nour.chat_id)
    await agrees(mona, payload_in(nour))
    assert_bare(path, nour.chat_id)


async def test_the_store_holds_the_hash_of_the_token_and_not_the_token(house: House, nour: Room, path: Path) -> None:
    payload = await asks(nour)

    held = path.read_bytes() + path.with_name(path.name + "-wal").read_bytes()
    row = await house.guardianship(nour)
    assert row is not None and row.token_key is not None
    assert row.token_key.encode() in held
    live = [dict(r) for rows in rows_about(path, nour.chat_id).values() for r in rows]
    assert payload.removeprefix("g_") not in str(live)


@pytest.mark.parametrize("how", ["back", "start", "language", "register", "old button", "typed", "my"])
async def test_the_band_is_not_raised_in_the_same_chat(house: House, nour: Room, how: str) -> None:
    await nour.begins()
    await nour.taps("1:a:age_band:young")
    for at in ("assent", "guardian"):
        match how:
            case "back":
                await nour.taps(f"1:b:{at}")
            case "start":
                await nour.says("/start")
            case "language":
                await nour.says("/language")
            case "register":
                await nour.taps("1:rg")
            case "old button":
                await nour.taps("1:a:age_band:adult")
            case "typed":
                await nour.says("18 or over")
            case "my":
                await nour.says("/my")
        assert (await nour.draft()).answers["age_band"] == "young"
        assert (await nour.draft()).at == at
        assert "age_band" not in " ".join(nour.templates)
        if at == "assent":
            await nour.taps("1:a:assent:agree")


async def test_no_button_made_up_by_the_young_person_stands_for_a_guardian(
    house: House, nour: Room, path: Path
) -> None:
    await asks(nour)
    row = await house.guardianship(nour)
    assert row is not None
    mark = (row.token_key or "")[:12]
    for data in (
        *(
            "1:a:guardian:confirmed",
            "1:a:guardian:agree",
            "1:d:guardian",
            "1:s:guardian",
            "1:k:guardian",
            "1:rv",
            "1:ok",
        ),
        *(f"1:yk:{row.code}", f"1:yn:{row.code}", "1:yk", f"1:gd:{mark}", f"1:ga:{mark}", f"1:gy:{row.code}"),
        *("1:cg", "1:cd", "1:cb:child", "1:e:guardian"),
    ):
        await nour.taps(data)
        assert nour.heard
        assert (await nour.draft()).at == "guardian"
        assert await house.guardianship(nour) == row
    assert_bare(path, nour.chat_id)
    assert await house.registrations() == []


async def test_a_no_to_the_notice_erases_and_is_said_kindly(house: House, nour: Room, path: Path) -> None:
    await nour.begins()
    await nour.taps("1:a:age_band:young")
    await nour.taps("1:a:assent:disagree")

    assert nour.templates == ["young.said_no"]
    assert_gone(path, nour.chat_id)
    await nour.says("/start")
    assert nour.templates == ["greeting"]


async def test_a_typed_no_is_a_no(house: House, nour: Room) -> None:
    await nour.begins("ar")
    await nour.taps("1:a:age_band:young")
    await nour.says("لا")

    assert nour.templates == ["young.said_no"]
    assert (await nour.situation()).person is None


async def test_a_cancel_of_who_waits_erases_at_once_and_the_link_stops(
    house: House, nour: Room, mona: Room, path: Path
) -> None:
    payload = await asks(nour)
    await nour.says("/cancel")
    assert nour.templates == ["young.ask_leave"]
    await presses(nour, "xy")

    assert nour.templates == ["young.left"]
    assert_gone(path, nour.chat_id)
    await nour.taps("1:xu")
    assert nour.templates == ["greeting"]
    await mona.says(f"/start {payload}")
    await mona.taps("1:l:en")
    assert "guardian.gone" in mona.templates


async def test_a_new_link_stops_the_old_one(house: House, nour: Room, mona: Room) -> None:
    old = await asks(nour)
    await presses(nour, "yl")
    new = payload_in(nour)
    assert new != old

    await mona.says(f"/start {old}")
    await mona.taps("1:l:en")
    assert "guardian.gone" in mona.templates and "guardian.declare" not in mona.templates
    await mona.says(f"/start {new}")
    assert mona.templates == ["guardian.declare"]


async def test_the_link_stays_in_the_chat_when_the_language_is_switched(house: House, nour: Room) -> None:
    payload = await asks(nour)
    await nour.says("/language")
    await presses(nour, "l")

    assert payload_in(nour) == payload
    row = await house.guardianship(nour)
    assert row is not None and row.status == "waiting"


async def test_the_young_person_who_does_not_know_the_name_ends_the_link(
    house: House, nour: Room, karim: Room, path: Path
) -> None:
    await agrees(karim, await asks(nour), "Some Stranger")
    assert "Some Stranger" in nour.text
    await presses(nour, "yn")

    assert await house.guardianship(nour) is None
    assert "young.knows_not" in nour.templates
    assert "consent.not_confirmed" in karim.templates
    assert b"Some Stranger" not in b"".join(
        str(row).encode() for chat in (nour, karim) for rows in rows_about(path, chat.chat_id).values() for row in rows
    )
    await presses(nour, "yl")
    assert payload_in(nour)


async def test_one_nudge_by_day_and_no_more(house: House, nour: Room) -> None:
    await asks(nour)
    await presses(nour, "yl")
    nour.heard = []
    nudges = 0
    seen = set(nour.seen)
    for _ in range(6):
        await house.later(days=1)
        nudges += sum(nour.seen[m].template == "young.nudge" for m in set(nour.seen) - seen)
        seen = set(nour.seen)
    assert nudges == 1


async def test_a_link_that_nobody_took_ends_and_all_is_erased(house: House, nour: Room, mona: Room, path: Path) -> None:
    payload = await asks(nour)
    await house.later(days=7)

    assert "consent.expired_young" in [s.template for s in nour.seen.values()]
    assert_gone(path, nour.chat_id)
    await mona.says(f"/start {payload}")
    await mona.taps("1:l:en")
    assert "guardian.gone" in mona.templates


async def test_a_consent_that_the_young_person_never_confirmed_ends_with_the_link(
    house: House, nour: Room, mona: Room, path: Path
) -> None:
    await agrees(mona, await asks(nour))
    await house.later(days=7)

    assert_gone(path, nour.chat_id)
    assert "consent.expired_guardian" in [s.template for s in mona.seen.values()]
    assert "Mona Haddad" not in str(rows_about(path, mona.chat_id))


async def test_a_link_ends_when_the_event_starts(house: House, nour: Room, mona: Room) -> None:
    house.now = house.service.content.event.starts_at - timedelta(hours=3)
    payload = await asks(nour)
    row = await house.guardianship(nour)
    assert row is not None and row.expires_at == house.service.content.event.starts_at
    await mona.says("/start")
    await mona.taps("1:l:en")
    house.now = house.service.content.event.starts_at  # before the timer was carried out
    await mona.says(f"/start {payload}")
    assert "guardian.gone" in mona.templates


async def test_after_the_start_there_is_no_link_any_more(house: House, nour: Room) -> None:
    house.now = house.service.content.event.starts_at
    await nour.begins()
    await nour.taps("1:a:age_band:young")
    await nour.taps("1:a:assent:agree")

    assert nour.templates == ["young.too_late"]
    assert (await nour.situation()).person is None


async def test_a_band_without_a_link_is_forgotten_within_a_week(house: House, nour: Room, path: Path) -> None:
    await nour.begins()
    await nour.taps("1:a:age_band:young")
    await house.later(days=7)

    assert_gone(path, nour.chat_id)


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("Nour Haddad", "Only a first name"),
        ("نور الحداد", "Only a first name"),
        ("nour@example.org", "e-mail address"),
        ("+962 7 9012 3456", "phone number"),
        ("Ministry of Communications", "Only a first name"),
    ],
)
async def test_what_leads_to_a_child_is_refused_as_a_name_and_not_kept(
    house: House, nour: Room, mona: Room, path: Path, typed: str, problem: str
) -> None:
    await consented(nour, mona)
    await nour.says(typed)

    assert problem in nour.text
    assert (await nour.draft()).at == "first_name"
    assert typed not in str(rows_about(path, nour.chat_id))


@pytest.mark.parametrize(
    "typed", ["Write to me: nour@example.org", "Call 0790123456", "اتصلوا على ٠٧٩٠١٢٣٤٥٦", "t.me/nour"]
)
async def test_a_way_to_reach_the_child_typed_into_the_question_is_not_kept(
    house: House, nour: Room, mona: Room, path: Path, typed: str
) -> None:
    await consented(nour, mona)
    await nour.fills("young_question", **YOUNG_ANSWERS)
    await nour.says(typed)

    assert (await nour.draft()).at == "young_question"
    assert typed not in str(rows_about(path, nour.chat_id))


async def test_a_young_person_is_never_asked_what_adults_are(house: House, nour: Room, mona: Room) -> None:
    registration = await registers(nour, mona)
    asked = {screen.template for screen in nour.seen.values()}
    for question in ("family_name", "email", "phone", "organisation", "position", "kind", "consent", "title"):
        assert f"ask.{question}" not in asked
        assert question not in registration.answers


async def test_the_guardian_s_answer_is_none_that_the_young_person_can_go_back_to_or_correct(
    house: House, nour: Room, mona: Room
) -> None:
    await consented(nour, mona)
    await nour.taps("1:b:first_name")
    assert (await nour.draft()).at == "assent"
    await nour.taps("1:k:assent")
    assert (await nour.draft()).at == "first_name"
    await nour.fills(**YOUNG_ANSWERS)
    await nour.taps("1:el")
    offered = [b.data for b in nour.buttons]
    assert "1:e:first_name" in offered
    assert "1:e:guardian" not in offered and "1:e:age_band" not in offered
    await nour.taps("1:e:guardian")
    assert (await nour.draft()).at == "*review"


async def test_a_young_person_who_withdraws_is_erased_and_the_guardian_is_told(
    house: House, nour: Room, mona: Room, path: Path
) -> None:
    registration = await registers(nour, mona)
    await nour.says("/my")
    assert registration.number in nour.text
    await presses(nour, "mw")
    assert nour.templates == ["young.ask_leave"]
    await presses(nour, "my")

    assert nour.templates == ["young.left"]
    assert mona.templates == ["consent.young_left"]
    assert_gone(path, nour.chat_id)
    assert await house.registrations() == []
    assert "Mona Haddad" not in str(rows_about(path, mona.chat_id))


async def test_a_young_person_corrects_an_answer_and_keeps_the_number(house: House, nour: Room, mona: Room) -> None:
    before = await registers(nour, mona)
    await nour.says("/my")
    await presses(nour, "mc")
    await nour.taps("1:e:first_name")
    await nour.says("أم كلثوم")
    await nour.taps("1:ok")

    after = await nour.registration()
    assert after is not None
    assert (after.number, after.role, after.kind) == (before.number, "young", "young")
    assert after.answers["first_name"] == "أم كلثوم"


async def test_a_chat_with_an_earlier_registration_keeps_nothing_of_it_once_it_is_a_minor_s(
    house: House, nour: Room, path: Path
) -> None:
    await nour.registers()
    await nour.taps("1:mw")
    await presses(nour, "my")
    await nour.taps("1:rg")
    await nour.taps("1:a:age_band:young")

    assert_bare(path, nour.chat_id)
    assert (await nour.draft()).at == "assent"


async def test_a_young_form_left_in_silence_is_erased_and_the_guardian_told(
    house: House, nour: Room, mona: Room, path: Path
) -> None:
    house.now -= timedelta(days=40)
    await consented(nour, mona)
    await house.later(days=31)

    assert_gone(path, nour.chat_id)
    assert "consent.young_left" in [s.template for s in mona.seen.values()]


async def test_a_young_form_after_the_event_is_erased(house: House, nour: Room, mona: Room, path: Path) -> None:
    await consented(nour, mona)
    house.now = OVER
    await nour.says("Nour")

    assert nour.templates == ["young.over"]
    assert_gone(path, nour.chat_id)


async def test_a_young_person_who_registers_late_makes_a_request(house: House, nour: Room, mona: Room) -> None:
    house.now = house.service.content.event.closes_at + timedelta(hours=3)
    registration = await registers(nour, mona)
    assert (registration.status, registration.role) == ("late", "young")


@pytest.mark.parametrize("language", ["ar", "en"])
async def test_a_child_is_told_who_registers_it_and_the_band_stays(
    house: House, nour: Room, path: Path, language: str
) -> None:
    await nour.begins(language)
    await nour.taps("1:a:age_band:child")

    assert nour.templates == ["stopped"]
    shared = [b.url for b in nour.buttons if b.url]
    assert len(shared) == 1 and "start%3Dchild" in shared[0]
    assert_bare(path, nour.chat_id)
    for act in ("/start", "Sami", "18 or over", "/language", "/my"):
        await nour.says(act)
        assert "stopped" in nour.templates
        assert (await nour.draft()).answers == {"age_band": "child"}
    await nour.taps("1:a:age_band:adult")
    assert (await nour.draft()).answers == {"age_band": "child"}
    await nour.says("/start child")
    assert "child.minor" in nour.templates
    await house.later(days=7)
    assert_gone(path, nour.chat_id)


async def test_a_minor_without_a_guardian_is_in_no_list(house: House, nour: Room, mona: Room, organiser: Room) -> None:
    await asks(nour)
    row = await house.guardianship(nour)
    assert row is not None
    counts = await house.store.read(lambda tx: tx.registrations.counts("cop2020"))
    assert counts["status"] == {}
    await organiser.says("/registrations")
    assert "Confirmed: 0" in organiser.text


async def test_a_form_that_comes_to_its_end_without_a_consent_registers_nobody(
    house: House, nour: Room, mona: Room
) -> None:
    await consented(nour, mona)
    await nour.fills(**YOUNG_ANSWERS)
    row = await house.guardianship(nour)
    assert row is not None
    await house.store.write(lambda tx: tx.guardianships.save(replace(row, status="agreed")))
    with pytest.raises(LookupError):
        await nour.taps("1:ok")
    assert await house.registrations() == []
