"""A screen that Telegram refused, made as plain as it can be."""

from __future__ import annotations

import html
import re
from dataclasses import replace

from bot.screen import MAX_TEXT, Screen

_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_MARKUP_REASONS = ("button", "keyboard", "markup", "url")


def as_plain(screen: Screen, reason: str) -> Screen:
    """The same words without tags, and without buttons where `reason` (Telegram's) speaks of them."""
    text = html.unescape(_TAG.sub("", screen.text))
    # A lone surrogate can't be sent; half of a cut pair is one as well.
    text = _cut(text).encode("utf-8", "replace").decode()
    if any(word in reason for word in _MARKUP_REASONS):
        return replace(screen, text=text, rows=(), reply_keyboard=None)
    return replace(screen, text=text)


def _cut(text: str) -> str:
    """At most MAX_TEXT UTF-16 units."""
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) <= MAX_TEXT * 2:
        return text
    return units[: (MAX_TEXT - 1) * 2].decode("utf-16-le", "surrogatepass") + "…"
