"""A question that no entry answers, passed to the organisers, and their reply on its way back."""

from __future__ import annotations

from bot import buttons
from bot.incoming import Tap, Text
from bot.registration.visit import After, Visit


def typed(visit: Visit, incoming: Text) -> bool:
    """Words that the person's own enquiry waits for (an addition); False where none does."""
    return False


def tap(visit: Visit, incoming: Tap, pressed: buttons.Pressed) -> After:
    """A button of this room."""
    return After.OLD
