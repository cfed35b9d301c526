"""Keyboards: sizes, and nothing that Telegram would drop silently."""

from __future__ import annotations

from typing import Any

import pytest

from bot.simulator.errors import ApiError
from bot.simulator.keyboards import Keyboards, checked_markup

A = {"text": "a", "callback_data": "a"}


def checked(markup: object, *, strict: bool = True, is_private: bool = True) -> Keyboards:
    return checked_markup(markup, is_private=is_private, strict=strict)


def inline(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ([], "object expected as reply markup"),
        ({"unknown": 1}, "object expected as reply markup"),
        (inline([{"text": "a", "callback_data": "ب" * 33}]), "BUTTON_DATA_INVALID"),
        (inline([{"text": "a", "callback_data": ""}]), "Text buttons are unallowed in the inline keyboard"),
        (inline([{"text": "a"}]), "Text buttons are unallowed in the inline keyboard"),
        (inline([{"callback_data": "a"}]), 'can\'t find field "text"'),
        (inline([{"text": " \u200f", "callback_data": "a"}]), "empty text vanishes"),
        (inline([{"text": "a", "url": "http://localhost/x"}]), "Wrong HTTP URL"),
        (inline([{"text": "a", "url": "javascript:alert(1)"}]), "Wrong HTTP URL"),
        (inline([{"text": "a", "callback_data": "a", "url": "https://itu.int"}]), "one action"),
        (inline([{"text": "a", "copy_text": {"text": ""}}]), "BUTTON_COPY_TEXT_INVALID"),
        (inline([A] * 9), "a row holds 8 buttons, this one 9"),
        (inline(*[[A]] * 101), "a keyboard holds 100 buttons, this one 101"),
        (inline(*[[{"text": "ب" * 100, "callback_data": "a"}]] * 50), "reply markup is too long"),
        ({"inline_keyboard": [A]}, "Array of Array"),
        ({"keyboard": [["a"] * 13]}, "a row holds 12 buttons, this one 13"),
        ({"keyboard": [["a"]] * 301}, "a keyboard holds 300 buttons, this one 301"),
        ({"keyboard": [[""]]}, "empty text vanishes"),
        ({"keyboard": [[3]]}, 'can\'t find field "text"'),
        ({"keyboard": [["a"]], "input_field_placeholder": "a" * 65}, "a placeholder has 1 to 64 characters"),
        ({"keyboard": [[{"text": "a", "request_contact": True, "request_location": True}]]}, "one request"),
    ],
)
def test_a_keyboard_telegram_would_refuse_or_thin_out_is_refused(markup: object, words: str) -> None:
    with pytest.raises(ApiError) as caught:
        checked(markup)
    assert caught.value.status == 400
    assert words in caught.value.description


@pytest.mark.parametrize("request_kind", ["request_contact", "request_location"])
def test_requests_are_for_private_chats(request_kind: str) -> None:
    markup = {"keyboard": [[{"text": "a", request_kind: True}]]}
    assert checked(markup).reply == markup
    with pytest.raises(ApiError, match="private chats only"):
        checked(markup, is_private=False)


def test_the_largest_keyboards_pass() -> None:
    rows = [[A] * 8 for _ in range(12)]
    assert checked(inline(*rows)).inline == {"inline_keyboard": rows}
    data = {"text": "a", "callback_data": "ب" * 32}
    assert checked(inline([data])).inline == {"inline_keyboard": [[data]]}
    assert checked({"keyboard": [["a"] * 12] * 25}).reply is not None


def test_without_strictness_what_is_too_much_vanishes_silently() -> None:
    kept = checked(inline([A] * 13, [{"text": "", "callback_data": "a"}]), strict=False).inline
    assert kept == {"inline_keyboard": [[A] * 12]}
    assert checked({}, strict=False) == Keyboards()


def test_removal_forced_reply_and_nothing() -> None:
    assert checked(None) == Keyboards()
    assert checked({"remove_keyboard": True}).reply == {"remove_keyboard": True}
    assert checked({"force_reply": True}).reply == {"force_reply": True}
    assert checked({"inline_keyboard": []}) == Keyboards()
    reply = {"keyboard": [[{"text": "a"}]], "resize_keyboard": True, "input_field_placeholder": "here"}
    assert checked(reply | {"keyboard": [["a"]]}).reply == reply
