"""Invented answers: each as it is typed and as it must be kept."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

_COUNTRIES = {
    "en": (("Egypt", "EG"), ("Jordan", "JO"), ("tunisia", "TN"), ("Lebanon", "LB"), ("Canada", "CA"), ("Oman", "OM")),
    "ar": (("مصر", "EG"), ("الأردن", "JO"), ("تونس", "TN"), ("لبنان", "LB"), ("كندا", "CA"), ("عُمان", "OM")),
}
_LETTERS = {"en": "abdefghiklmnorstuwyz", "ar": "بتجحدرزسشعفقكلمنهوي"}
_WRONG = {"email": "nour at home", "phone": "12", "person_name": "123", "short_text": "???", "long_text": "؟؟؟"}


@dataclass(slots=True, kw_only=True)
class Invented:
    """One person's words, drawn from `rng`; nothing in them is anybody's. E-mail and phone are this chat's alone."""

    place: int
    language: str
    rng: random.Random
    told: int = 0

    def words(self) -> str:
        """Letters in this person's script that they have not said before."""
        self.told += 1
        drawn = "".join(self.rng.choice(_LETTERS[self.language]) for _ in range(9))
        return drawn if self.language == "ar" else drawn.capitalize()

    def typed(self, kind: str) -> tuple[str, Any]:
        """A right answer to a question of that kind, and the value it becomes."""
        self.told += 1
        match kind:
            case "email":
                address = f"guest{self.place}.{self.told}@example.org"
                return address, address
            case "phone":
                number = f"+2010{10_000_000 + self.place * 1000 + self.told % 1000}"
                return number, number
            case "country":
                return self.rng.choice(_COUNTRIES[self.language])
            case "time_zone":
                return self.rng.choice((("Toronto", "America/Toronto"), ("Vancouver", "America/Vancouver")))
            case "short_text" | "long_text":
                said = f"{self.words()} {self.told}"
                return said, said
            case _:
                said = f"{self.words()} {self.words()}"
                return said, said

    def wrong(self, kind: str) -> str:
        """What no question of that kind takes."""
        return _WRONG.get(kind, "qqqqqqq")
