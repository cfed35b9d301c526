from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from bot.records import Guardianship
from storage.store import SqlStore
from tests.storage.samples import EVENT, NOW, registration


def guardianship(young: int = 7, code: str = "G-1", **changed: Any) -> Guardianship:
    given = {
        "event_id": EVENT,
        "young_chat_id": young,
        "token_key": f"key of {code}",
        "code": code,
        "created_at": NOW,
        "expires_at": NOW + timedelta(days=7),
    }
    return Guardianship(**{**given, **changed})


FULL = guardianship(
    status="agreed", guardian_chat_id=8, guardian_name="منى", agreed_how="letter 2020-11-09", agreed_at=NOW
)


async def add(store: SqlStore, *rows: Guardianship) -> list[Guardianship]:
    def work(t: Any) -> list[Guardianship]:
        return [t.guardianships.add(row) for row in rows]

    return await store.write(work)


async def test_every_field_comes_back_by_token_code_and_young_person(store: SqlStore) -> None:
    (added,) = await add(store, FULL)
    assert added == replace(FULL, id=added.id) and added.id > 0
    assert await store.read(lambda t: t.guardianships.by_token("key of G-1")) == added
    assert await store.read(lambda t: t.guardianships.by_code(EVENT, "G-1")) == added
    assert await store.read(lambda t: t.guardianships.of_young(EVENT, 7)) == added
    assert await store.read(lambda t: t.guardianships.of_guardian(EVENT, 8)) == [added]


async def test_what_is_not_there_is_not_found(store: SqlStore) -> None:
    await add(store, FULL)
    assert await store.read(lambda t: t.guardianships.by_token("another")) is None
    assert await store.read(lambda t: t.guardianships.by_code("another", "G-1")) is None
    assert await store.read(lambda t: t.guardianships.of_young(EVENT, 8)) is None
    assert await store.read(lambda t: t.guardianships.of_guardian(EVENT, 7)) == []


async def test_one_young_person_has_one_and_a_code_and_a_token_are_given_once(store: SqlStore) -> None:
    await add(store, guardianship(7, "G-1"))
    for twice in (
        guardianship(7, "G-2"),
        guardianship(8, "G-1", token_key="x"),
        guardianship(8, "G-2", token_key="key of G-1"),
    ):
        with pytest.raises(IntegrityError):
            await add(store, twice)
    await add(store, guardianship(8, "G-2"), guardianship(7, "G-1", event_id="another", token_key=None))


async def test_a_used_token_leads_nowhere_and_several_may_be_used(store: SqlStore) -> None:
    first, second = await add(store, guardianship(7, "G-1"), guardianship(8, "G-2"))
    for row in (first, second):
        await store.write(lambda t, row=row: t.guardianships.save(replace(row, token_key=None, status="agreed")))  # type: ignore[misc]
    assert await store.read(lambda t: t.guardianships.by_token("key of G-1")) is None


async def test_a_deleted_one_is_gone_and_saving_it_is_a_defect(store: SqlStore) -> None:
    (added,) = await add(store, FULL)
    await store.write(lambda t: t.guardianships.delete(added.id))
    assert await store.read(lambda t: t.guardianships.of_young(EVENT, 7)) is None
    with pytest.raises(LookupError):
        await store.write(lambda t: t.guardianships.save(added))


async def test_a_guardian_has_several_oldest_first(store: SqlStore) -> None:
    rows = await add(store, *(replace(FULL, young_chat_id=i, code=f"G-{i}", token_key=None) for i in (3, 1, 2)))
    assert await store.read(lambda t: t.guardianships.of_guardian(EVENT, 8)) == rows


async def test_children_stand_beside_the_guardian_s_own_registration(store: SqlStore) -> None:
    def work(t: Any) -> None:
        t.registrations.add(registration(8, "A"))
        t.registrations.add(registration(8, "B", role="child", guardian_chat_id=8))
        t.registrations.add(registration(8, "C", role="child", guardian_chat_id=8, status="withdrawn"))
        t.registrations.add(registration(8, "D", role="child", guardian_chat_id=8, status="late"))
        t.registrations.add(registration(9, "E", role="child", guardian_chat_id=9))

    await store.write(work)
    assert [c.number for c in await store.read(lambda t: t.registrations.children_of(EVENT, 8))] == ["B", "D"]
    own = (await store.read(lambda t: t.people.situation(8, EVENT))).registration
    assert own is not None and own.number == "A"
    assert (await store.read(lambda t: t.people.situation(9, EVENT))).registration is None
    with pytest.raises(IntegrityError):
        await store.write(lambda t: t.registrations.add(registration(8, "F")))
