"""What in free words leads to a person: an address, or a number that could be a telephone's."""

from __future__ import annotations

import re

from bot.texts import ascii_digits, clean

_ADDRESS = re.compile(
    r"@|＠|https?:|www\.|\bt\.me\b|\b[\w-]+\.(?:com|net|org|info|me|io|edu|gov)\b|[(\[{]\s*at\s*[)\]}]", re.IGNORECASE
)
_NUMBER = re.compile(r"\d(?:[\s().\-–/]*\d){5,}")


def has_address(text: str) -> bool:
    """Whether there is an e-mail address, a link or an account's name in it."""
    return _ADDRESS.search(clean(text)) is not None


def has_number(text: str) -> bool:
    """Whether there are six digits or more in a row, of any script, however they are parted."""
    return _NUMBER.search(ascii_digits(clean(text))) is not None
