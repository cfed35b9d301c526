"""person_name: a name in any script, kept as typed."""

from __future__ import annotations

import re
import unicodedata

from bot.dialogue.kinds.contract import Problem
from bot.dialogue.kinds.text import OwnWords

_ADDRESS = re.compile(r"@|https?:|www\.|\.(?:com|net|org|info|me|io)\b", re.IGNORECASE)
_BETWEEN_LETTERS = frozenset(" -'.’‘ʼ`´‐‑–·،,\u200c\u200d\u0640")


class PersonName(OwnWords):
    """Letters of any script, spaces, hyphens, apostrophes, dots and commas; at least one letter."""

    name = "person_name"
    limit = 100

    def fault_of(self, text: str) -> Problem | None:
        if _ADDRESS.search(text):
            return Problem(code="name_address")
        if text.startswith("/") or not all(_may_stand(character) for character in text):
            return Problem(code="name_letters")
        if not any(character.isalpha() and character != "\u0640" for character in text):
            return Problem(code="name_letters")
        return None


def _may_stand(character: str) -> bool:
    return character in _BETWEEN_LETTERS or unicodedata.category(character)[0] in "LM"
