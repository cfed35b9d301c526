"""Names that the store and the core share about what erasing leaves to be done."""

from __future__ import annotations

TIDY_TIMER = "tidy_store"  # armed by an erasure: what was deleted is to leave the store's files too

# Screens that show an organiser what people answered: while one waits to be sent, it holds their words.
SHOWN_TO_ORGANISERS = frozenset(
    {"organisers.one", "organisers.found", "organisers.file", "organisers.ask_value", "organisers.questions"}
)
