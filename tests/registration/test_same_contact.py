"""The same e-mail or phone in a second chat: the second learns nothing, only the first can join the two."""

from __future__ import annotations

import pytest

from tests.registration.office import Office, Room

OTHER = {"email": "salma@example.org", "phone": "+20 100 123 4567"}


@pytest.mark.parametrize(
    "shared",
    [{"phone": OTHER["phone"]}, {"email": OTHER["email"]}, {"email": "NOUR@Example.ORG", "phone": "skip"}],
    ids=["email", "phone", "another-case"],
)
async def test_the_first_is_asked_and_the_second_learns_nothing(
    nour: Room, salma: Room, shared: dict[str, str]
) -> None:
    first = await nour.registers()
    second = await salma.registers("ar", **shared)

    assert salma.templates == ["mine.confirmed"]
    assert first.number not in salma.text
    assert nour.templates == ["duplicate.ask"]
    assert second.number not in nour.text and "Haddad" not in nour.text


async def test_nobody_is_asked_where_nothing_is_shared(nour: Room, salma: Room) -> None:
    await nour.registers()
    await salma.registers("ar", **OTHER)

    assert nour.heard == []


async def test_two_who_left_the_phone_out_share_nothing(nour: Room, salma: Room) -> None:
    await nour.registers(phone="skip")
    await salma.registers("ar", email="salma@example.org", phone="skip")

    assert nour.heard == []


async def test_a_withdrawn_registration_asks_nobody(nour: Room, salma: Room) -> None:
    await nour.registers()
    await nour.presses("Withdraw")
    await nour.presses("Yes, withdraw")
    await salma.registers("ar")

    assert nour.heard == []


async def test_the_first_agrees_and_its_number_stays(nour: Room, salma: Room) -> None:
    first = await nour.registers()
    second = await salma.registers("ar")
    await nour.taps(f"1:dy:{second.number}")

    assert nour.templates == ["duplicate.joined"] and first.number in nour.text
    assert salma.templates == ["duplicate.joined_elsewhere"] and first.number not in salma.text
    joined = await salma.registration()
    assert joined is not None and (joined.status, joined.merged_into) == ("merged", first.number)
    assert (await nour.registration()) == first


async def test_agreeing_twice_pressed_says_the_same_and_tells_the_other_once(nour: Room, salma: Room) -> None:
    await nour.registers()
    second = await salma.registers("ar")
    await nour.taps(f"1:dy:{second.number}")
    await nour.taps(f"1:dy:{second.number}")

    assert nour.templates == ["duplicate.joined"] and salma.heard == []


async def test_the_first_disagrees_and_nothing_changes(nour: Room, salma: Room) -> None:
    await nour.registers()
    second = await salma.registers("ar")
    await nour.taps(f"1:dn:{second.number}")

    assert nour.templates == ["duplicate.kept_apart"] and salma.heard == []
    assert (await salma.registration()).status == "confirmed"  # type: ignore[union-attr]


async def test_the_second_can_not_join_the_first_to_its_own(nour: Room, salma: Room) -> None:
    first = await nour.registers()
    await salma.registers("ar")
    await salma.taps(f"1:dy:{first.number}")

    assert salma.templates == ["duplicate.gone"]
    assert (await nour.registration()) == first


async def test_a_number_that_shares_nothing_is_refused(office: Office, nour: Room, salma: Room) -> None:
    await nour.registers()
    stranger = await salma.registers("ar", **OTHER)
    for number in (stranger.number, "COP-0000-0000", "", "DROP"):
        await nour.taps(f"1:dy:{number}")
        assert nour.templates == ["duplicate.gone"]
    await office.room(9).taps(f"1:dy:{stranger.number}")

    assert (await salma.registration()) == stranger


async def test_who_was_joined_may_register_again_and_the_first_is_asked_again(nour: Room, salma: Room) -> None:
    await nour.registers()
    second = await salma.registers("ar")
    await nour.taps(f"1:dy:{second.number}")
    await salma.says("/start")
    assert salma.templates == ["home.open"]
    await salma.taps("1:rg")
    await salma.fills()
    await salma.taps("1:ok")

    third = await salma.registration()
    assert third is not None and third.status == "confirmed" and third.number != second.number
    assert nour.templates == ["duplicate.ask"]


async def test_a_correction_in_progress_of_a_joined_registration_saves_nothing(nour: Room, salma: Room) -> None:
    await nour.registers()
    second = await salma.registers("ar")
    await salma.taps("1:mc")
    await nour.taps(f"1:dy:{second.number}")
    await salma.taps("1:ok")

    assert salma.templates == ["home.open"]
    assert (await salma.registration()).status == "merged"  # type: ignore[union-attr]


async def test_a_correction_to_anothers_address_asks_the_first(nour: Room, salma: Room) -> None:
    await nour.registers()
    await salma.registers("ar", **OTHER)
    await salma.taps("1:mc")
    await salma.taps("1:e:email")
    await salma.says("nour@example.org")
    await salma.taps("1:ok")

    assert salma.templates == ["mine.corrected"] and nour.templates == ["duplicate.ask"]
    await nour.taps(f"1:dn:{(await salma.registration()).number}")  # type: ignore[union-attr]
    assert nour.templates == ["duplicate.kept_apart"]


async def test_a_correction_that_does_not_touch_the_contact_asks_nobody_again(nour: Room, salma: Room) -> None:
    await nour.registers()
    await salma.registers("ar")
    await salma.taps("1:mc")
    await salma.taps("1:e:position")
    await salma.says("Minister")
    await salma.taps("1:ok")

    assert nour.heard == []
