"""Registration numbers such as COP-4827-1936: seven digits drawn at random and one that checks them.

Digits only, because they are read aloud and typed in two languages: no letters that look or sound alike, and
none that Arabic lacks. The last digit is Damm's (2004): every single wrong digit and every swap of two
neighbours is found, so that a misheard number never opens somebody else's registration.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from bot.texts import ascii_digits, clean

DRAWN = 7  # digits: ten million numbers for some hundred people, so a guess finds nobody

# A weakly totally anti-symmetric quasigroup of order 10 with 0 on the diagonal (H. M. Damm, 2004).
_DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)


def draw(randbelow: Callable[[int], int], prefix: str) -> str:
    """A new number; `randbelow(n)` gives a whole number from 0 to n-1. It may be taken: the caller looks."""
    drawn = f"{randbelow(10**DRAWN):0{DRAWN}}"
    return _written(prefix, f"{drawn}{_check(drawn)}")


def read(text: str, prefix: str) -> str | None:
    """The number as it is stored, or None where `text` is none or its check digit is wrong.

    The digits may be of any script, the prefix may be missing or in small letters, and dashes, spaces,
    points and a number sign may stand anywhere or nowhere.
    """
    bare = re.sub(r"[\s\-‐-―−ـ.,·_#№/()]+", "", unicodedata.normalize("NFKC", ascii_digits(clean(text)))).upper()
    digits = bare.removeprefix(prefix.upper())
    if not re.fullmatch(rf"[0-9]{{{DRAWN + 1}}}", digits) or _check(digits) != 0:
        return None
    return _written(prefix, digits)


def _written(prefix: str, digits: str) -> str:
    return f"{prefix}-{digits[:4]}-{digits[4:]}"


def _check(digits: str) -> int:
    """The digit that makes the whole check to 0; 0 for digits that carry it already."""
    state = 0
    for digit in digits:
        state = _DAMM[state][int(digit)]
    return state
