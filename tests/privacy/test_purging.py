"""The purge over a real store: what goes, in which order, and what is told of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from bot.privacy.purging import REASONS, purge, report
from bot.records import AuditEntry, Guardianship, Person, Registration, Settled, StoredDraft
from storage.store import SqlStore
from tests.conversations.walk import content
from tests.privacy.test_retention import ANSWERS, DAY, END, EVENT, registration
from tests.storage.everything import rows_of
from tests.storage.samples import message, update

SOON = timedelta(seconds=1)


async def purged(store: SqlStore, now: datetime) -> dict[str, int]:
    """What was taken, without the reasons that took nothing."""
    taken = await store.write(lambda tx: purge(tx, content(), now))
    assert list(taken) == list(REASONS)
    return {reason: count for reason, count in taken.items() if count}


def person(chat_id: int = 7, at: datetime = END - DAY, **more: Any) -> Person:
    return Person(**{"chat_id": chat_id, "language": "en", "created_at": at, "updated_at": at, **more})


def numbered(number: str, chat_id: int, answers: Any, role: Any = "adult", **more: Any) -> Registration:
    from dataclasses import replace

    return replace(registration(answers, role), number=number, chat_id=chat_id, **more)


async def test_nothing_of_a_registration_goes_before_the_event(store: SqlStore) -> None:
    await store.write(lambda tx: tx.registrations.add(registration()))
    assert await purged(store, END - SOON) == {}


async def test_answers_go_question_by_question_then_the_row_then_the_person(store: SqlStore) -> None:
    await store.write(
        lambda tx: [tx.people.save(person(country="JO", zone="Asia/Amman")), tx.registrations.add(registration())]
    )
    assert await purged(store, END + 7 * DAY) == {"answers": 1}
    assert await purged(store, END + 7 * DAY) == {}
    (left,) = await store.read(lambda tx: list(tx.registrations.all(EVENT.id)))
    assert "accessibility" not in left.answers and left.number == "COP-1"

    assert await purged(store, END + 29 * DAY) == {}
    taken = await purged(store, END + 30 * DAY)
    assert taken["kept_long_enough"] == 1
    assert await store.read(lambda tx: tx.held(7)) == {}
    rows = "\n".join(row for rows in (await store.read(rows_of)).values() for row in rows)
    for answer in ("Zanzibar", "karim@example.org", "962790123456", "JO", "Amman"):
        assert answer not in rows


async def test_country_and_zone_go_with_the_registration_of_a_person_who_wrote_lately(store: SqlStore) -> None:
    late = person(country="JO", zone="Asia/Amman", at=END + 29 * DAY)
    await store.write(lambda tx: [tx.people.save(late), tx.registrations.add(registration())])
    await purged(store, END + 30 * DAY)
    (row,) = (await store.read(lambda tx: tx.held(7)))["people"]
    assert (row["language"], row["country"], row["zone"]) == ("en", None, None)


async def test_minors_go_first_and_their_guardianships_with_them(store: SqlStore) -> None:
    young = {"age_band": "young", "first_name": "Zanzibar"}
    guardianship = Guardianship(
        event_id=EVENT.id, young_chat_id=1, token_key=None, code="G-1", status="confirmed",
        guardian_chat_id=2, guardian_name="Salma", agreed_at=END, created_at=END, expires_at=END,
    )  # fmt: skip

    def fill(tx: Any) -> None:
        tx.registrations.add(numbered("Y", 1, young, "young", guardian_chat_id=2))
        tx.registrations.add(numbered("C", 2, {"first_name": "Mina"}, "child"))
        tx.registrations.add(numbered("A", 3, ANSWERS))
        tx.guardianships.add(guardianship)

    await store.write(fill)
    assert await purged(store, END + 7 * DAY - SOON) == {}
    assert await purged(store, END + 7 * DAY) == {"minors": 2, "answers": 1, "guardianship_over": 1}
    assert [r.number for r in await store.read(lambda tx: list(tx.registrations.all(EVENT.id)))] == ["A"]


async def test_forms_that_were_not_sent_go_when_the_event_ends(store: SqlStore) -> None:
    draft = StoredDraft(
        chat_id=7, event_id=EVENT.id, data={"answers": {"a": "Zanzibar"}}, begun_at=END - DAY, updated_at=END - DAY
    )
    await store.write(lambda tx: tx.drafts.save(draft))
    assert await purged(store, END - SOON) == {}
    assert await purged(store, END) == {"form_over": 1}


async def test_who_said_nothing_for_thirty_days_goes_but_not_who_wrote(store: SqlStore) -> None:
    at = END - 100 * DAY

    def fill(tx: Any) -> None:
        for chat_id in (1, 2, 3):
            tx.people.save(person(chat_id, at))
        (row,) = tx.inbox.add([update(1, 2)], at + 29 * DAY)
        tx.inbox.handled([row.id], at + 29 * DAY)
        tx.registrations.add(numbered("A", 3, ANSWERS, created_at=at, updated_at=at))

    await store.write(fill)
    assert await purged(store, at + 30 * DAY) == {}
    assert await purged(store, at + 30 * DAY + SOON) == {"silent": 1}
    assert await store.read(lambda tx: [c for c in (1, 2, 3) if tx.held(c)]) == [2, 3]
    assert await purged(store, at + 59 * DAY + SOON) == {"settled": 1, "silent": 1}
    assert await store.read(lambda tx: [c for c in (1, 2, 3) if tx.held(c)]) == [3]


async def test_what_was_set_aside_and_greeted_goes_after_thirty_days_and_the_audit_after_a_year(
    store: SqlStore,
) -> None:
    at = END - 1000 * DAY

    def fill(tx: Any) -> None:
        tx.people.save(person(7, END))
        rows = tx.inbox.add([update(1), update(2)], at)
        tx.inbox.set_aside(rows[0].id, "ZeroDivisionError", at)
        (item,) = tx.outbox.put([message()], at)
        tx.outbox.settle([Settled(id=item.id, chat_id=7, state="set_aside", reason="refused")], at)
        tx.people.may_greet_group(-5, at)
        tx.audit.add(AuditEntry(organiser=9, what="looked at", number="COP-1", at=at))

    await store.write(fill)
    assert await purged(store, at + 30 * DAY) == {}
    assert await purged(store, at + 30 * DAY + SOON) == {"settled": 2, "greeted": 1}
    assert len(await store.read(lambda tx: tx.inbox.waiting(10))) == 1, "what waits stays"
    assert await purged(store, at + 365 * DAY) == {}
    assert await purged(store, at + 365 * DAY + SOON) == {"audit": 1}


async def test_another_event_s_registrations_go_a_year_after_their_last_change(store: SqlStore) -> None:
    await store.write(lambda tx: tx.registrations.add(numbered("A", 7, ANSWERS, event_id="cop2019")))
    assert await purged(store, END + 364 * DAY) == {}
    assert (await purged(store, END + 364 * DAY + SOON))["other_event"] == 1


async def test_the_report_tells_counts_and_reasons_and_nobody(store: SqlStore) -> None:
    await store.write(lambda tx: tx.registrations.add(registration()))
    taken = await store.write(lambda tx: purge(tx, content(), END + 30 * DAY))
    lines = report(taken, dry_run=True)
    assert lines[0] == "would be taken:"
    assert lines[1].split(maxsplit=1) == ["1", REASONS["kept_long_enough"]]
    assert "COP-1" not in "\n".join(lines)
    assert report(dict.fromkeys(REASONS, 0), dry_run=False) == ["nothing is past its time"]
