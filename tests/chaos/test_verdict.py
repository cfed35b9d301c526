"""The verdict finds what it is there to find."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bench.chaos.ledger import Ledger
from bench.chaos.replay import State
from bench.chaos.verdict import (
    Kept,
    answers_lost,
    applied_twice,
    differences,
    known_messages,
    left_over,
    repeated,
    unlike_undisturbed,
    without_reply,
)
from bot.dialogue.definition import Condition, Form, Question
from bot.records import Registration, StoredDraft
from bot.simulator import Call

AT = datetime(2020, 11, 10, 9, 0, tzinfo=UTC)
WORDS = {"ar": "سؤال", "en": "question"}
CHAT = 7


def question(name: str, kind: str = "short_text", **more: Any) -> Question:
    return Question(id=name, kind=kind, text=WORDS, short=WORDS, **more)


FORM = Form(
    questions=(
        question("presents", "yes_no"),
        question("experience", when=(Condition(question="presents", values=(True,)),)),
        question("zone", "time_zone"),
        question("position"),
    )
)
ANSWERS = {"presents": True, "experience": "a guide", "position": "teacher"}


def registration(number: str = "COP-1", status: Any = "confirmed", **answers: Any) -> Registration:
    return Registration(
        event_id="e",
        number=number,
        chat_id=CHAT,
        status=status,
        language="en",
        answers={**ANSWERS, **answers},
        created_at=AT,
        updated_at=AT,
    )


def ledger(**changed: Any) -> Ledger:
    return Ledger(**{"chat_id": CHAT, "held": dict(ANSWERS), "numbers": ["COP-1"], **changed})


def kept(*registrations: Registration, draft: StoredDraft | None = None) -> dict[int, Kept]:
    return {CHAT: Kept(draft=draft, registrations=registrations)}


def test_a_store_that_agrees_is_no_breach() -> None:
    assert not answers_lost([ledger()], kept(registration()), FORM).breaches
    assert not applied_twice([ledger()], kept(registration())).breaches


@pytest.mark.parametrize(
    ("found", "fault"),
    [
        ({**ANSWERS, "position": "lecturer"}, "position is 'lecturer', acknowledged was 'teacher'"),
        ({"presents": True, "position": "teacher"}, "experience is lost"),
        ({**ANSWERS, "presents": False}, "experience does not apply and is kept"),
        (None, "the store has none"),
    ],
)
def test_an_answer_that_is_lost_or_other_is_found(found: dict[str, Any] | None, fault: str) -> None:
    assert any(fault in one for one in differences(FORM, ANSWERS, found))


def test_what_is_stored_though_nobody_gave_it_is_found() -> None:
    assert differences(FORM, {"presents": False}, {"presents": False, "position": "x"}) == [
        "position was never answered"
    ]
    assert differences(FORM, None, {}) == ["the store has one that nobody began"]


def test_a_zone_that_follows_from_its_country_is_no_fault() -> None:
    assert differences(FORM, ANSWERS, {**ANSWERS, "zone": "Africa/Cairo"}) == []


def test_a_draft_that_is_cancelled_without_a_cancel_is_found() -> None:
    draft = StoredDraft(
        chat_id=CHAT, event_id="e", data={"answers": ANSWERS}, begun_at=AT, updated_at=AT, cancelled_at=AT
    )
    mine = ledger(held=None, draft=dict(ANSWERS), numbers=[])
    assert answers_lost([mine], kept(draft=draft), FORM).breaches


@pytest.mark.parametrize(
    "rows",
    [
        [registration(), registration("COP-2")],
        [registration(), registration()],
        [],
        [registration(status="withdrawn")],
    ],
    ids=["one more", "a number twice", "none", "withdrawn by nobody"],
)
def test_a_registration_applied_twice_or_lost_is_found(rows: list[Registration]) -> None:
    assert applied_twice([ledger()], kept(*rows)).breaches


def test_a_person_who_stands_elsewhere_or_got_no_reply_is_found() -> None:
    state = State(language="en", draft=None, registrations=())
    assert unlike_undisturbed({CHAT: state}, {CHAT: replace(state, language="ar")}, 1).breaches
    assert without_reply([ledger(breaches=["no reply to /start"])]).breaches


def call(method: str, message: int, text: str = "a question") -> Call:
    answer = {"ok": True, "result": {"message_id": message}}
    return Call(method=method, params={"text": text}, chat_id=CHAT, answer=answer, status=200, at=AT)


def test_a_repeat_across_a_kill_is_counted_and_allowed() -> None:
    record = [call("sendMessage", 1), call("sendMessage", 2)]
    verdict = repeated(record, [1], {CHAT: {2}})
    assert not verdict.breaches
    assert "(1 were)" in verdict.name


@pytest.mark.parametrize(
    ("record", "deaths", "known"),
    [
        ([call("sendMessage", 1), call("sendMessage", 2)], [2], {2}),
        ([call("sendMessage", 1), call("sendMessage", 2)], [1], {1}),
        ([call("sendMessage", 1)], [], {1, 2}),
    ],
    ids=["no kill between", "settled and sent again", "never sent"],
)
def test_a_repeat_without_need_is_found(record: list[Call], deaths: list[int], known: set[int]) -> None:
    assert repeated(record, deaths, {CHAT: known}).breaches


def test_a_screen_whose_row_a_later_one_replaced_is_no_repeat() -> None:
    record = [call("sendMessage", 1), call("sendMessage", 2, "another")]
    assert not repeated(record, [], {CHAT: {2}}).breaches


def test_what_waits_or_never_arrived_is_found(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE inbox (update_id, state)")
    connection.execute("CREATE TABLE outbox (chat_id, message_id, state)")
    connection.execute("INSERT INTO inbox VALUES (1, 'handled'), (2, 'set_aside')")
    connection.execute("INSERT INTO outbox VALUES (7, 5, 'sent'), (7, NULL, 'waiting')")
    connection.commit()
    connection.close()
    assert left_over(path, [1, 2, 3]).breaches == (
        "1 updates are set_aside",
        "1 screens are waiting",
        "update 3 never reached the inbox",
    )
    assert known_messages(path) == {CHAT: {5}}
