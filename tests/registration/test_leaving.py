"""Cancelling, taking that back, falling silent; those who are too young; and what is left behind."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.registration.visit import DRAFT_KEPT, UNDO_CANCEL
from storage.store import SqlStore
from tests.registration.office import Room


async def everything(room: Room) -> str:
    """All that the store holds, as text."""
    from sqlalchemy import text

    def work(tx: object) -> str:
        execute = tx.people._execute  # type: ignore[attr-defined]
        tables = ("people", "drafts", "registrations", "timers", "inbox", "outbox")
        return "\n".join(f"{t}: {tuple(row)}" for t in tables for row in execute(text(f"SELECT * FROM {t}")))  # noqa: S608

    return await room.office.store.read(work)


async def test_cancelling_is_asked_once_and_go_on_goes_on(nour: Room) -> None:
    await nour.begins()
    await nour.fills("email")
    await nour.says("/cancel")
    assert nour.templates == ["cancel.ask"]
    await nour.presses("Go on")

    assert nour.templates == ["ask.email"] and (await nour.draft()).at == "email"


async def test_a_cancel_can_be_undone_within_the_hour(nour: Room) -> None:
    await nour.begins()
    await nour.fills("email")
    before = await nour.draft()
    await nour.says("/cancel")
    await nour.presses("Yes, cancel")
    assert nour.templates == ["cancel.done"]
    await nour.office.later(minutes=59, seconds=59)
    await nour.presses("Undo the cancelling")

    assert nour.templates == ["ask.email"] and await nour.draft() == before
    await nour.office.later(hours=2)
    assert await nour.draft() == before, "a cancel taken back is not carried out later"


async def test_after_the_hour_the_answers_are_erased(nour: Room) -> None:
    await nour.begins()
    await nour.fills("phone")
    await nour.says("/cancel")
    await nour.presses("Yes, cancel")
    await nour.office.later(hours=1)

    assert not await nour.has_draft()
    left = await everything(nour)
    assert "Haddad" not in left and "nour@example.org" not in left and "JO" not in left
    await nour.taps("1:xu")
    assert nour.templates == ["home.open"] and "Undo the cancelling" not in nour.labels


async def test_while_a_cancel_can_be_undone_the_door_offers_that(nour: Room) -> None:
    await nour.begins()
    await nour.says("/cancel")
    await nour.presses("Yes, cancel")
    await nour.says("/start")

    assert nour.labels[0] == "Undo the cancelling"


async def test_pressing_cancel_or_undo_twice_does_it_once(nour: Room) -> None:
    await nour.begins()
    await nour.fills("email")
    await nour.says("/cancel")
    await nour.taps("1:xy")
    await nour.taps("1:xy")
    assert await nour.has_draft()
    await nour.taps("1:xu")
    await nour.taps("1:xu")

    assert (await nour.draft()).at == "email" and nour.templates == ["ask.email"]


async def test_there_may_be_nothing_to_cancel(nour: Room) -> None:
    await nour.says("/start")
    await nour.presses("English")
    await nour.says("/cancel")

    assert nour.templates == ["cancel.nothing", "home.open"]


async def test_registering_anew_after_a_cancel_begins_with_nothing(nour: Room) -> None:
    await nour.begins()
    await nour.fills("email")
    await nour.says("/cancel")
    await nour.presses("Yes, cancel")
    await nour.taps("1:rg")

    assert (await nour.draft()).answers == {}
    await nour.office.later(hours=2)
    assert await nour.has_draft(), "the old cancel does not take the new form along"


async def test_a_draft_left_in_silence_is_forgotten_after_its_time(nour: Room) -> None:
    await nour.begins()
    await nour.fills("email")
    await nour.office.later(seconds=DRAFT_KEPT.total_seconds() - 1)
    assert await nour.has_draft()
    await nour.office.later(seconds=1)

    assert not await nour.has_draft()
    assert "Haddad" not in await everything(nour)


async def test_whoever_goes_on_is_not_forgotten(nour: Room) -> None:
    nour.office.now = datetime(2020, 10, 1, tzinfo=UTC)
    await nour.begins()
    begun = nour.office.now
    await nour.fills("given_name")
    await nour.office.later(days=20)
    await nour.says("Nour")
    await nour.office.until(begun + DRAFT_KEPT + timedelta(days=1))

    assert await nour.has_draft()


def test_the_times_are_those_that_the_screens_tell() -> None:
    assert timedelta(hours=1) == UNDO_CANCEL


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("how", ["tap", "text"])
@pytest.mark.parametrize(("band", "label"), [("young", "13 to 17"), ("child", "Under 13")])
async def test_of_a_minor_the_band_is_kept_and_nothing_else(
    nour: Room, band: str, label: str, how: str, language: str
) -> None:
    """What follows from it is told in tests/guardians."""
    await nour.begins(language)
    await (nour.taps(f"1:a:age_band:{band}") if how == "tap" else nour.says(label))

    assert (await nour.draft()).answers == {"age_band": band}
    assert nour.office.service.content.event.contact_email in nour.text
    person = (await nour.situation()).person
    assert person is not None
    assert (person.country, person.zone, person.expecting, person.language_hint) == (None, None, None, None)


async def test_a_child_sees_the_same_text_in_the_other_language(nour: Room) -> None:
    await nour.begins()
    await nour.taps("1:a:age_band:child")
    await nour.presses("العربية")

    assert nour.templates == ["stopped"] and "دون 13 سنة" in nour.text


async def test_an_old_button_after_a_stop_raises_no_band(nour: Room) -> None:
    await nour.begins()
    await nour.taps("1:a:age_band:child")
    await nour.taps("1:a:age_band:adult")

    assert nour.templates == ["stopped"]
    assert (await nour.draft()).answers == {"age_band": "child"}


async def test_a_store_opened_again_goes_on_where_the_person_stood(sqlite_url: str) -> None:
    from storage.store import open_store
    from tests.registration.office import office_over

    first: SqlStore = await open_store(sqlite_url)
    nour = office_over(first).room(1)
    await nour.begins()
    await nour.fills("email")
    await first.close()

    second = await open_store(sqlite_url)
    again = office_over(second).room(1)
    await again.says("nour@example.org")
    assert again.templates == ["ask.phone"]
    await second.close()
