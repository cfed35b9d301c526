from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from bot.records import Registration
from storage.store import SqlStore
from tests.storage.samples import EVENT, NOW, registration

FULL = registration(
    country="EG",
    zone="Africa/Cairo",
    kind="regulator",
    email_key="mona@example.org",
    phone_key="+20100",
    search="منى mona ntra",
    answers={"name": "منى", "needs": ["captions"], "phone": None},
    form_version="3",
    consent_version="1",
    consented_at=NOW,
    note="by the office",
    merged_into="B",
    withdrawn_at=NOW,
)


async def add(store: SqlStore, *rows: Registration) -> list[Registration]:
    def work(t: Any) -> list[Registration]:
        return [t.registrations.add(row) for row in rows]

    added = await store.write(work)
    assert None not in added
    return added


async def test_every_field_of_a_registration_comes_back(store: SqlStore) -> None:
    (added,) = await add(store, FULL)
    assert added == replace(FULL, id=added.id)
    assert added.id > 0
    assert await store.read(lambda t: t.registrations.by_number(EVENT, FULL.number)) == added


async def test_a_number_that_is_taken_is_drawn_again(store: SqlStore) -> None:
    await add(store, registration(7, "A"))
    assert await store.write(lambda t: t.registrations.add(registration(8, "A"))) is None
    await add(store, registration(8, "B"), registration(8, "A", event_id="another"))


async def test_one_chat_has_one_active_registration(store: SqlStore) -> None:
    await add(store, registration(7, "A", status="withdrawn"), registration(7, "B"))
    with pytest.raises(IntegrityError):
        await store.write(lambda t: t.registrations.add(registration(7, "C", status="late")))
    await add(store, registration(7, "D", status="merged"), registration(7, "A", event_id="another"))


async def test_a_registration_is_corrected_and_withdrawn(store: SqlStore) -> None:
    (added,) = await add(store, FULL)
    changed = replace(added, status="withdrawn", note="asked by mail", updated_at=NOW + timedelta(hours=1))
    await store.write(lambda t: t.registrations.save(changed))
    assert await store.read(lambda t: t.registrations.by_number(EVENT, FULL.number)) == changed


async def test_saving_what_was_never_added_is_a_defect(store: SqlStore) -> None:
    with pytest.raises(LookupError):
        await store.write(lambda t: t.registrations.save(registration(id=99)))


async def test_the_same_contact_is_found_in_other_active_chats_only(store: SqlStore) -> None:
    by_mail, by_phone, *_ = await add(
        store,
        registration(1, "A", email_key="m@example.org"),
        registration(2, "B", phone_key="+20100", status="late"),
        registration(3, "C", email_key="m@example.org", status="withdrawn"),
        registration(4, "D", email_key="m@example.org", event_id="another"),
        registration(5, "E", email_key="other@example.org"),
        registration(6, "F"),
        registration(7, "G", email_key="m@example.org", phone_key="+20100"),
    )

    async def sharing(row: Registration) -> list[Registration]:
        return await store.read(lambda t: t.registrations.sharing_contact(row))

    assert await sharing(registration(7, "G", email_key="m@example.org", phone_key="+20100")) == [
        by_mail,
        by_phone,
    ]
    assert await sharing(registration(6, "F")) == []


async def test_two_chats_confirming_one_email_at_once_do_not_miss_each_other(store: SqlStore) -> None:
    def confirm(chat_id: int) -> Any:
        def work(t: Any) -> int:
            row = registration(chat_id, f"N{chat_id}", email_key="m@example.org", phone_key=f"+{chat_id}")
            t.registrations.add(row)
            return len(t.registrations.sharing_contact(row))

        return work

    seen = await asyncio.gather(*(store.write(confirm(chat_id)) for chat_id in range(6)))
    assert sorted(seen) == list(range(6))


async def test_organisers_find_by_number_or_by_every_word(store: SqlStore) -> None:
    mona, _, percent = await add(
        store,
        registration(1, "A", search="منى mona ntra m@example.org"),
        registration(2, "B", search="mona lisa", event_id="another"),
        registration(3, "C", search="100%_done mona"),
    )

    async def find(text: str, limit: int = 10) -> list[Registration]:
        return await store.read(lambda t: t.registrations.find(EVENT, text, limit))

    assert await find(" A ") == [mona]
    assert await find("ntra منى") == [mona]
    assert await find("mona") == [mona, percent]
    assert await find("mona", 1) == [mona]
    assert await find("0%_d") == [percent]
    assert await find("%") == [percent]
    assert await find("mona lisa") == []
    assert await find("  ") == []


async def test_counts_by_kind_country_and_language_leave_the_withdrawn_out(store: SqlStore) -> None:
    await add(
        store,
        registration(1, "A", kind="regulator", country="EG"),
        registration(2, "B", kind="regulator", country="SA", language="en", status="late"),
        registration(3, "C", country="SA"),
        registration(4, "D", kind="family", country="TN", status="withdrawn"),
        registration(5, "E", event_id="another"),
    )
    assert await store.read(lambda t: t.registrations.counts(EVENT)) == {
        "status": {"confirmed": 2, "late": 1, "withdrawn": 1},
        "kind": {"regulator": 2, "": 1},
        "country": {"EG": 1, "SA": 2},
        "language": {"ar": 2, "en": 1},
    }


async def test_all_come_in_order_of_creation_and_outlive_the_transaction(store: SqlStore) -> None:
    added = await add(store, registration(2, "Z"), registration(1, "A", status="withdrawn"))
    await add(store, registration(3, "M", event_id="another"))
    assert list(await store.read(lambda t: t.registrations.all(EVENT))) == added
