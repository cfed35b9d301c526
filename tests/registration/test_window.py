"""The closing of registration, its grace, late requests, and the end of the event."""

from __future__ import annotations

from datetime import timedelta

from bot.registration.window import Window, window
from tests.registration.office import CLOSED, OVER, Office, Room, shipped

SECOND = timedelta(seconds=1)


def test_registration_is_open_to_the_last_second_of_the_day_in_cairo() -> None:
    event = shipped().event

    assert window(event, CLOSED - SECOND) is Window.OPEN
    assert window(event, CLOSED) is Window.LATE
    assert window(event, OVER - SECOND) is Window.LATE
    assert window(event, OVER) is Window.OVER


def test_a_draft_begun_before_has_a_grace_of_two_hours() -> None:
    event = shipped().event
    begun = CLOSED - SECOND

    assert window(event, CLOSED + timedelta(hours=2) - SECOND, begun) is Window.GRACE
    assert window(event, CLOSED + timedelta(hours=2), begun) is Window.LATE
    assert window(event, CLOSED, CLOSED) is Window.LATE
    assert window(event, OVER, begun) is Window.OVER


async def test_the_closing_is_told_in_the_persons_zone_once_it_is_known(office: Office, nour: Room) -> None:
    await nour.registers(country="tap:AE")
    await nour.presses("Withdraw")
    await nour.presses("Yes, withdraw")
    await nour.says("/start")

    assert "Monday 23 November 2020, 01:59 (Dubai time)" in nour.text


async def test_a_form_begun_before_the_closing_is_confirmed_within_the_grace(office: Office, nour: Room) -> None:
    await nour.begins()
    await nour.fills("email")
    office.now = CLOSED + timedelta(minutes=119)
    await nour.fills()
    assert "Confirm the registration" in nour.labels
    await nour.taps("1:ok")

    assert (await nour.registration()).status == "confirmed"  # type: ignore[union-attr]


async def test_after_the_grace_the_same_form_becomes_a_late_request(office: Office, nour: Room) -> None:
    await nour.begins()
    await nour.fills("email")
    office.now = CLOSED + timedelta(hours=3)
    await nour.fills()
    assert "Send the late request" in nour.labels and "Registration has closed" in nour.text
    await nour.taps("1:ok")

    registration = await nour.registration()
    assert registration is not None and registration.status == "late"
    assert nour.templates == ["mine.requested"] and "not yet a confirmed registration" in nour.text


async def test_a_form_begun_after_the_closing_is_a_late_request_from_the_door_on(office: Office, nour: Room) -> None:
    office.now = CLOSED
    await nour.says("/start")
    await nour.presses("English")
    assert nour.templates == ["home.late"]
    await nour.presses("Send a late request")
    await nour.fills()
    await nour.taps("1:ok")

    assert (await nour.registration()).status == "late"  # type: ignore[union-attr]
    await nour.says("/my")
    assert nour.templates == ["mine.title_late"]


async def test_a_correction_after_the_closing_leaves_a_registration_confirmed(office: Office, nour: Room) -> None:
    await nour.registers()
    office.now = CLOSED + timedelta(hours=5)
    await nour.presses("Correct an answer")
    assert "late request" not in nour.text
    await nour.taps("1:e:position")
    await nour.says("Minister")
    await nour.presses("Save the correction")

    assert (await nour.registration()).status == "confirmed"  # type: ignore[union-attr]


async def test_after_the_event_the_door_says_so_and_offers_no_form(office: Office, nour: Room) -> None:
    office.now = OVER
    await nour.says("/start")
    await nour.presses("English")
    assert nour.templates == ["home.over"] and nour.labels == ["العربية"]
    await nour.taps("1:rg")

    assert nour.templates == ["home.over"] and not await nour.has_draft()


async def test_a_form_that_the_event_overtook_ends_with_the_next_thing_done(office: Office, nour: Room) -> None:
    await nour.begins()
    await nour.fills("email")
    office.now = OVER
    for act in (nour.says("nour@example.org"), nour.taps("1:ok"), nour.says("/start")):
        await act
        assert nour.templates[-1] == "home.over"

    assert not await nour.has_draft()
