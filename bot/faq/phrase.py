"""One way to ask for an entry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Variety = Literal["en", "en-l2", "en-typo", "msa", "egy", "gulf", "lev", "irq", "mag", "arabizi", "ar-typo", "mixed"]
VARIETIES: tuple[Variety, ...] = (
    "en", "en-l2", "en-typo", "msa", "egy", "gulf", "lev", "irq", "mag", "arabizi", "ar-typo", "mixed",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Phrase:
    """`label` is an FAQ entry id, or "none", "distress.<kind>" or "not_distress"; `text` as a person types it."""

    label: str
    lang: Literal["ar", "en"]
    variety: Variety
    text: str
