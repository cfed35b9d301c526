"""A disclosure of harm is met with help before anything else. Its text is kept nowhere."""

from __future__ import annotations

from bot import buttons
from bot.incoming import Tap, Text, Unreadable
from bot.registration.visit import After, Visit


def meets(visit: Visit, incoming: Text | Unreadable) -> bool:
    """Whether the text may say that somebody is being harmed: then the reply is given here, and nothing else is."""
    return False


def tap(visit: Visit, incoming: Tap, pressed: buttons.Pressed) -> After:
    """A button of this room."""
    return After.OLD
