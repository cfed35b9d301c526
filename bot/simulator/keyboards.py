"""What stands under a message or instead of the keyboard: checked and made regular.

Strict: what Telegram drops silently, and the documented sizes, are a refusal.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from bot.simulator.cleaning import clean_text, is_blank
from bot.simulator.errors import ApiError, bad_request
from bot.simulator.markup import checked_link

_MARKUP_BYTES = 10_000
_ACTIONS = (
    "callback_data",
    "url",
    "login_url",
    "web_app",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
_REQUESTS = ("request_contact", "request_location", "request_poll", "request_users", "request_chat", "web_app")


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyboards:
    """`inline` stands under the message; `reply` is a reply keyboard, its removal or a forced reply."""

    inline: dict[str, Any] | None = None
    reply: dict[str, Any] | None = None


def checked_markup(markup: object, *, is_private: bool, strict: bool) -> Keyboards:
    """The markup of a request as Telegram keeps it. Raises ApiError in Telegram's words."""
    if markup is None or markup == "":
        return Keyboards()
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    size = len(json.dumps(markup, ensure_ascii=False).encode("utf-8", "surrogatepass"))
    if size > _MARKUP_BYTES:
        raise bad_request("reply markup is too long")
    if "inline_keyboard" in markup:
        rows = _rows(markup["inline_keyboard"], a_row=8, whole=100, strict=strict)
        buttons = [[_inline_button(button, strict=strict) for button in row] for row in rows]
        kept = [[button for button in row if button] for row in buttons]
        kept = [row for row in kept if row]
        return Keyboards(inline={"inline_keyboard": kept} if kept else None)
    if "keyboard" in markup:
        rows = _rows(markup["keyboard"], a_row=12, whole=300, strict=strict)
        reply = [[_reply_button(button, is_private=is_private, strict=strict) for button in row] for row in rows]
        kept = [[button for button in row if button] for row in reply]
        kept = [row for row in kept if row]
        options: dict[str, Any] = {
            name: bool(markup[name])
            for name in ("resize_keyboard", "one_time_keyboard", "is_persistent", "selective")
            if name in markup
        }
        placeholder = markup.get("input_field_placeholder")
        if placeholder is not None:
            if not isinstance(placeholder, str) or not 1 <= len(placeholder) <= 64:
                raise _strict_refusal("a placeholder has 1 to 64 characters")
            options["input_field_placeholder"] = placeholder
        return Keyboards(reply={"keyboard": kept, **options} if kept else None)
    if markup.get("remove_keyboard"):
        return Keyboards(reply={"remove_keyboard": True})
    if markup.get("force_reply"):
        return Keyboards(reply={"force_reply": True, **_placeholder(markup)})
    if strict and markup:
        raise bad_request("object expected as reply markup")
    return Keyboards()


def _placeholder(markup: dict[str, Any]) -> dict[str, Any]:
    return {key: markup[key] for key in ("input_field_placeholder",) if key in markup}


def _rows(rows: object, *, a_row: int, whole: int, strict: bool) -> list[list[Any]]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "keyboard" must be an Array of Array')
    widest = max((len(row) for row in rows), default=0)
    count = sum(len(row) for row in rows)
    if strict and widest > a_row:
        raise _strict_refusal(f"a row holds {a_row} buttons, this one {widest}")
    if strict and count > whole:
        raise _strict_refusal(f"a keyboard holds {whole} buttons, this one {count}")
    cut: list[list[Any]] = []
    left = 300
    for row in rows:
        cut.append(row[: min(12, left)])
        left -= len(cut[-1])
    return cut


def _label(button: object, *, strict: bool) -> str:
    if not isinstance(button, dict) or not isinstance(button.get("text"), str):
        raise bad_request("can't parse keyboard button: can't find field \"text\"")
    text, _ = clean_text(button["text"])
    text = text.strip(" \n")
    if strict and is_blank(text):
        raise _strict_refusal("a button with an empty text vanishes")
    return "" if is_blank(text) else text


def _inline_button(button: object, *, strict: bool) -> dict[str, Any] | None:
    text = _label(button, strict=strict)
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: expected an Object")
    actions = [name for name in _ACTIONS if button.get(name) not in (None, "", False)]
    if button.get("switch_inline_query") == "" or button.get("switch_inline_query_current_chat") == "":
        actions.append("switch_inline_query")
    if not actions:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if strict and len(actions) > 1:
        raise _strict_refusal(f"a button has one action, this one {', '.join(actions)}")
    action = actions[0]
    value = button.get(action, "")
    if action == "callback_data":
        if not isinstance(value, str) or len(value.encode("utf-8", "surrogatepass")) > 64:
            raise bad_request("BUTTON_DATA_INVALID")
    elif action == "url":
        link = checked_link(value) if isinstance(value, str) else None
        if link is None:
            raise bad_request(f"inline keyboard button URL '{value}' is invalid: Wrong HTTP URL")
    elif action == "copy_text":
        copied = value.get("text") if isinstance(value, dict) else None
        if not isinstance(copied, str) or not 1 <= len(copied) <= 256:
            raise bad_request("BUTTON_COPY_TEXT_INVALID")
    return {"text": text, action: value} if text else None


def _reply_button(button: object, *, is_private: bool, strict: bool) -> dict[str, Any] | None:
    if isinstance(button, str):
        button = {"text": button}
    text = _label(button, strict=strict)
    if not isinstance(button, dict):
        raise bad_request("can't parse keyboard button: expected an Object")
    requests = {name: button[name] for name in _REQUESTS if button.get(name)}
    if strict and len(requests) > 1:
        raise _strict_refusal(f"a button has one request, this one {', '.join(requests)}")
    if requests.get("request_contact") and not is_private:
        raise bad_request("phone number can be requested in private chats only")
    if requests.get("request_location") and not is_private:
        raise bad_request("location can be requested in private chats only")
    return {"text": text, **requests} if text else None


def _strict_refusal(text: str) -> ApiError:
    return bad_request(f"strict simulator: {text} (Telegram would drop this silently)")
