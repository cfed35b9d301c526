from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.records import StoredDraft
from storage.store import SqlStore
from tests.storage.samples import EVENT, NOW, draft, registration

surrogates = st.integers(0xD800, 0xDFFF).map(chr)
hard_text = st.lists(st.text(max_size=8) | surrogates | st.sampled_from(["\x00", "🎉", "\u202e", "'"])).map("".join)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | hard_text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(hard_text, inner, max_size=3),
    max_leaves=8,
)
moments = st.datetimes(
    min_value=datetime(1970, 1, 2),
    max_value=datetime(2200, 1, 1),
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=3)), timezone(timedelta(hours=-9, minutes=-30))]),
)


async def stored(store: SqlStore) -> StoredDraft | None:
    return (await store.read(lambda t: t.people.situation(7, EVENT))).draft


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(data=st.dictionaries(hard_text, json_values, max_size=4), begun=moments, cancelled=st.none() | moments)
async def test_any_draft_comes_back_equal(
    store: SqlStore, data: dict[str, Any], begun: datetime, cancelled: datetime | None
) -> None:
    # two halves of a surrogate pair side by side are one character in JSON
    saved = draft(data=json.loads(json.dumps(data)), begun_at=begun, cancelled_at=cancelled)
    await store.write(lambda t: t.drafts.save(saved))
    assert await stored(store) == saved


async def test_instants_come_back_in_utc_to_the_microsecond(store: SqlStore) -> None:
    cairo = datetime(2020, 11, 22, 23, 59, 59, 999999, tzinfo=timezone(timedelta(hours=2)))
    await store.write(lambda t: t.drafts.save(draft(begun_at=cairo)))
    found = await stored(store)
    assert found is not None
    assert found.begun_at.isoformat() == "2020-11-22T21:59:59.999999+00:00"


async def test_a_naive_datetime_is_refused(store: SqlStore) -> None:
    naive = NOW.replace(tzinfo=None)
    with pytest.raises(Exception, match="aware datetimes only"):
        await store.write(lambda t: t.drafts.save(draft(begun_at=naive)))
    assert await stored(store) is None


async def test_saving_again_replaces_and_deleting_deletes(store: SqlStore) -> None:
    await store.write(lambda t: t.drafts.save(draft(data={"at": 1})))
    await store.write(lambda t: t.drafts.save(draft(data={"at": 2})))
    assert await stored(store) == draft(data={"at": 2})
    await store.write(lambda t: t.drafts.save(draft(event_id="another")))
    await store.write(lambda t: t.drafts.delete(7, EVENT))
    assert await stored(store) is None
    assert (await store.read(lambda t: t.status())).drafts == 1


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25)
@given(note=hard_text)
async def test_plain_text_that_no_database_takes_is_replaced_by_a_mark(store: SqlStore, note: str) -> None:
    def work(t: Any) -> Any:
        added = t.registrations.add(registration(note=note, status="withdrawn", number=f"N{len(note)}"))
        found = t.registrations.by_number(EVENT, f"N{len(note)}")
        if added is not None:
            t.registrations.save(registration(id=added.id, status="withdrawn", number=f"gone {added.id}"))
        return found

    found = await store.write(work)
    expected = "".join("\ufffd" if c == "\x00" or "\ud800" <= c <= "\udfff" else c for c in note)
    assert found.note == expected
