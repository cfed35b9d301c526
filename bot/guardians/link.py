"""The link that a young person hands over: its token, what is kept of it, and how long it holds.

    t.me/<bot>?start=g_<token>     43 characters of 64 kinds: 258 bits, not to be guessed

Only the token's SHA-256 is kept, so that whoever reads the store holds no link. Telegram takes payloads of at
most 64 characters.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import datetime, time, timedelta

from bot.organisers.number import draw
from bot.organisers.number import read as read_number
from bot.texts import zone_named

LINK_KEPT = timedelta(days=7)
MARK = 12  # characters of a key that go into buttons; the whole of it is kept with who opened the link
PREFIX = "g_"
CODE_PREFIX = "G"
CHILD_PAYLOAD = "child"

_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_LENGTH = 43
_PAYLOAD = re.compile(rf"{PREFIX}([A-Za-z0-9_-]{{{_LENGTH}}})")
_NUDGE_HOUR = time(10)
_BEFORE_END = timedelta(hours=12)


def new_token(randbelow: Callable[[int], int]) -> str:
    """A token; `randbelow(n)` draws 0..n-1 and must not be foreseeable."""
    return "".join(_ALPHABET[randbelow(len(_ALPHABET))] for _ in range(_LENGTH))


def payload_of(token: str) -> str:
    """What stands behind ?start= in the link."""
    return PREFIX + token


def is_payload(argument: str) -> bool:
    """Whether a /start argument means to be a guardian's link, sound or not."""
    return argument.startswith(PREFIX)


def key_of(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode("ascii")).hexdigest()


def key_in(argument: str) -> str | None:
    """The key of the token in a /start argument; None where there is no whole token in it."""
    found = _PAYLOAD.fullmatch(argument)
    return key_of(found[1]) if found else None


def new_code(randbelow: Callable[[int], int]) -> str:
    """What a guardian without Telegram quotes to the office: G-4827-1936, with a check digit."""
    return draw(randbelow, CODE_PREFIX)


def code_in(text: str) -> str | None:
    """The code as it is stored, from how it was typed; None where it is none."""
    return read_number(text, CODE_PREFIX)


def link_ends_at(now: datetime, starts_at: datetime) -> datetime:
    """When a link made now ends: after its days, at the latest when the event starts (all aware)."""
    return min(now + LINK_KEPT, starts_at)


def nudge_at(now: datetime, ends_at: datetime, zone: str) -> datetime | None:
    """When to say once that nobody has answered yet: in the morning of the event's zone, two days on, or one where
    the link ends before; None where there is no such morning."""
    today = now.astimezone(zone_named(zone)).date()
    for days in (2, 1):
        morning = datetime.combine(today + timedelta(days=days), _NUDGE_HOUR, tzinfo=zone_named(zone))
        if now < morning <= ends_at - _BEFORE_END:
            return morning.astimezone(now.tzinfo)
    return None
