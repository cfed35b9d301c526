"""Finding a registration: what it is found by, and what an organiser typed, in one comparable form.

Only names, e-mail and organisation are searched: what an organiser is told on the telephone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.organisers.number import read
from bot.texts import fold_name

FOUND_BY = ("given_name", "family_name", "other_script_name", "email", "organisation")
LONGEST_QUERY = 200


def search_text(answers: Mapping[str, Any]) -> str:
    """The searched answers, folded; words parted by one space, for `Registration.search`."""
    said = [answers.get(question_id) for question_id in FOUND_BY]
    return " ".join(folded for text in said if isinstance(text, str) and (folded := fold_name(text)))


def fold_query(text: str, prefix: str | None = None) -> str:
    """What `Registrations.find` looks for: the number as it is stored, if it is one, else folded words.

    Without the event's `prefix` a number is known only by the prefix typed before it.
    """
    if prefix is None:
        typed = re.match(r"\s*([A-Za-z]{2,5})(?![A-Za-z])", text)
        prefix = typed[1].upper() if typed else None
    number = read(text, prefix) if prefix else None
    return number if number is not None else fold_name(text[:LONGEST_QUERY])
