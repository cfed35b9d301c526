from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.intake.envelope import read_broken, read_envelope

PRIVATE = {"id": 5, "type": "private"}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(alphabet=st.characters(codec=None)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=12,
)


@pytest.mark.parametrize(
    ("update", "chat_id"),
    [
        ({"message": {"chat": PRIVATE, "from": {"id": 9}}}, 5),
        ({"edited_message": {"chat": PRIVATE}}, 5),
        ({"channel_post": {"chat": {"id": -100}}}, -100),
        ({"my_chat_member": {"chat": PRIVATE, "from": {"id": 9}}}, 5),
        ({"callback_query": {"id": "1", "from": {"id": 9}, "message": {"chat": PRIVATE}}}, 5),
        ({"callback_query": {"id": "1", "from": {"id": 9}, "message": {"chat": PRIVATE, "date": 0}}}, 5),
        ({"callback_query": {"id": "1", "from": {"id": 9}, "inline_message_id": "x"}}, 9),
        ({"callback_query": {"id": "1", "from": {"id": 9}, "message": "?"}}, 9),
        ({"poll_answer": {"user": {"id": 9}}}, 9),
        ({"kind_of_tomorrow": {"chat": PRIVATE}}, 5),
        ({"kind_of_tomorrow": {"from": {"id": 9}}}, 9),
        ({"kind_of_tomorrow": {"something": 1}}, None),
        ({"message": {"chat": {"id": "5"}}}, None),
        ({"message": {"chat": {"id": 2**63}}}, None),
        ({"message": {"chat": {"id": True}}}, None),
        ({"message": None}, None),
        ({}, None),
    ],
)
def test_an_update_belongs_to_the_chat_that_orders_it(update: dict[str, Any], chat_id: int | None) -> None:
    envelope = read_envelope({"update_id": 1, **update})
    assert envelope is not None
    assert envelope.update.chat_id == chat_id


@pytest.mark.parametrize("update_id", [None, "7", -1, True, 2**63, 1.5])
def test_what_has_no_usable_id_is_no_update(update_id: object) -> None:
    assert read_envelope({"update_id": update_id, "message": {"chat": PRIVATE}}) is None


@pytest.mark.parametrize("value", [None, 5, "x", [], True])
def test_what_is_no_object_is_no_update(value: object) -> None:
    assert read_envelope(value) is None


def test_a_taps_id_is_read_and_only_if_it_is_one() -> None:
    tap = read_envelope({"update_id": 1, "callback_query": {"id": "77", "from": {"id": 9}}})
    odd = read_envelope({"update_id": 1, "callback_query": {"id": 77, "from": {"id": 9}}})
    assert tap is not None
    assert tap.tap_id == "77"
    assert odd is not None
    assert odd.tap_id is None


@pytest.mark.parametrize(
    ("update", "expects"),
    [
        ({"message": {"chat": PRIVATE}}, True),
        ({"callback_query": {"from": {"id": 9}}}, True),
        ({"edited_message": {"chat": PRIVATE}}, False),
        ({"my_chat_member": {"chat": PRIVATE}}, False),
        ({"message": {"chat": {"id": -5}}}, False),
    ],
)
def test_only_who_writes_or_taps_in_private_expects_a_reply(update: dict[str, Any], expects: bool) -> None:
    envelope = read_envelope({"update_id": 1, **update})
    assert envelope is not None
    assert envelope.expects_reply is expects


def test_ascii_text_that_came_is_kept_to_the_letter() -> None:
    raw = '{ "update_id" : 1, "x": "\\u0645\\ud800" }'
    envelope = read_envelope(json.loads(raw), raw)
    assert envelope is not None
    assert envelope.update.raw == raw


@given(JSON, st.integers(0, 2**63 - 1))
def test_whatever_an_update_holds_it_is_kept_whole_and_in_ascii(content: object, update_id: int) -> None:
    update = {"update_id": update_id, "message": content}
    raw = json.dumps(update, ensure_ascii=False)
    for envelope in (read_envelope(update), read_envelope(update, raw)):
        assert envelope is not None
        assert envelope.update.raw.isascii()
        assert json.loads(envelope.update.raw) == update


def test_a_broken_text_shows_its_first_id() -> None:
    broken = read_broken('[{"update_id" : 41, "text": "مر\ud800')
    assert broken is not None
    assert broken.update.update_id == 41
    assert broken.update.raw.isascii()
    assert read_broken("<html>no id</html>") is None
    assert read_broken('"update_id": 99999999999999999999999') is None
