"""Arabic in Latin letters has no spelling: words are compared by their consonants."""

from __future__ import annotations

import re
from functools import lru_cache

_PAIRS = (
    ("sh", "$"), ("ch", "$"), ("kh", "5"), ("gh", "g"), ("th", "t"), ("dh", "d"), ("3'", "g"),
    ("ou", "u"), ("oo", "u"), ("ee", "i"),
)  # fmt: skip
_LETTERS = str.maketrans(
    {"7": "h", "8": "g", "9": "2", "q": "2", "6": "t", "j": "g", "z": "d", "p": "b", "v": "f", "4": "d"}
)
_TRAILING = re.compile(r"(?:[aeiou]h?|[aeiou]2)$")
_SILENT = re.compile(r"[aeiouw]+|(?<=[aeiou])y(?![aeiou])")


@lru_cache(maxsize=4096)
def skeleton(word: str) -> str:
    """Its consonants, digits for Arabic letters read as such, and whether a vowel ends it."""
    for pair, letter in _PAIRS:
        word = word.replace(pair, letter)
    word = word.translate(_LETTERS)
    tail = "-" if len(word) > 2 and _TRAILING.search(word) else ""
    body = _TRAILING.sub("", word) if tail else word
    bare = _SILENT.sub("", body[1:])
    first = body[:1] if body[:1] not in "aeiou" else ("y" if body[:1] == "y" else "")
    return re.sub(r"(.)\1+", r"\1", first + bare) + tail or word
