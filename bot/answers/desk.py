"""What a question leads to in the chat: the answer, suggestions, or the offer to pass it on."""

from __future__ import annotations

from bot import buttons
from bot.incoming import Tap, Text
from bot.registration.visit import After, Visit


def asked(visit: Visit, incoming: Text) -> bool:
    """Whether the text was a question (or may be one) and was met here; the form's question then stands again."""
    return False


def tap(visit: Visit, incoming: Tap, pressed: buttons.Pressed) -> After:
    """A button of this room."""
    return After.OLD
