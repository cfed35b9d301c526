"""Two things at the same instant, on each database: one of them comes second and is told so."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest

from bot.incoming import Tap
from bot.registration import desk
from handlers.parse import text_of
from storage.store import SqlStore
from tests.guardians.house import YOUNG_ANSWERS, House, agrees, asks, consented, house_over, opens, presses
from tests.registration.office import Room


def acts(house: House, room: Room, what: Tap | str) -> Coroutine[Any, Any, list[str]]:
    """The templates that one act brings to anybody; the office's own bookkeeping of messages is left out."""
    incoming = text_of(room.sender, what) if isinstance(what, str) else what
    work = lambda tx: [m.screen["template"] for m in desk.receive(house.service, tx, incoming, house.now)]  # noqa: E731
    return house.store.write(work)


async def test_of_two_guardians_who_agree_in_one_instant_one_is_the_guardian(store: SqlStore) -> None:
    house = house_over(store)
    nour, mona, karim = (house.room(i) for i in (7001, 7002, 7003))
    payload = await asks(nour)
    for guardian in (mona, karim):
        await opens(guardian, payload)
        await presses(guardian, "gd")
        await presses(guardian, "ga")
    said = await asyncio.gather(acts(house, mona, "Mona Haddad"), acts(house, karim, "Karim Haddad"))

    agreed = ["guardian.agreed" in templates for templates in said]
    assert sorted(agreed) == [False, True]
    assert "guardian.gone" in said[agreed.index(False)]
    row = await house.guardianship(nour)
    assert row is not None and row.guardian_name == ("Mona Haddad", "Karim Haddad")[agreed.index(True)]


@pytest.mark.parametrize("act", ["answers", "confirms"])
async def test_a_guardian_withdraws_while_the_young_person_goes_on(store: SqlStore, act: str) -> None:
    house = house_over(store)
    mona = house.room(7002)
    for turn in range(8):
        nour = house.room(7100 + turn)
        await consented(nour, mona)
        row = await house.guardianship(nour)
        assert row is not None
        if act == "confirms":
            await nour.fills(**YOUNG_ANSWERS)
        mine: Tap | str = Tap(sender=nour.sender, data="1:ok", message_id=nour.live) if act == "confirms" else "Layla"
        theirs = Tap(sender=mona.sender, data=f"1:gy:{row.code}", message_id=mona.live)
        both = [acts(house, nour, mine), acts(house, mona, theirs)]
        await asyncio.gather(*(both if turn % 2 else both[::-1]))
        situation = await nour.situation()
        assert (situation.draft, situation.registration) == (None, None)
        assert await house.guardianship(nour) is None


async def test_a_guardian_refuses_while_another_agrees(store: SqlStore) -> None:
    house = house_over(store)
    nour, mona, karim = (house.room(i) for i in (7001, 7002, 7003))
    payload = await asks(nour)
    for guardian in (mona, karim):
        await opens(guardian, payload)
        await presses(guardian, "gd")
    await presses(mona, "ga")
    refuse = next(b.data for b in karim.buttons if b.data and b.data.startswith("1:gr"))
    await asyncio.gather(
        acts(house, mona, "Mona Haddad"),
        acts(house, karim, Tap(sender=karim.sender, data=refuse, message_id=karim.live)),
    )
    row, draft = await house.guardianship(nour), (await nour.situation()).draft
    assert (row is None) == (draft is None)
    assert row is None or row.guardian_name == "Mona Haddad"


async def test_a_guardian_withdraws_while_the_young_person_confirms(store: SqlStore) -> None:
    house = house_over(store)
    nour, mona = house.room(7001), house.room(7002)
    await agrees(mona, await asks(nour))
    row = await house.guardianship(nour)
    assert row is not None
    await asyncio.gather(
        acts(house, nour, Tap(sender=nour.sender, data=f"1:yk:{row.code}", message_id=nour.live)),
        acts(house, mona, Tap(sender=mona.sender, data=f"1:gy:{row.code}", message_id=mona.live)),
    )
    assert await house.guardianship(nour) is None
    draft = (await nour.situation()).draft
    assert draft is None or set(draft.data["answers"]) <= {"age_band"}
