"""Whether a form can be confirmed now: the closing of registration, its grace, and the end of the event."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from bot.content import Event


class Window(Enum):
    """OPEN and GRACE confirm; LATE makes a request to the office instead; OVER takes nothing new."""

    OPEN = "open"
    GRACE = "grace"
    LATE = "late"
    OVER = "over"


def window(event: Event, now: datetime, begun_at: datetime | None = None) -> Window:
    """Where `now` (aware) falls for a draft begun at `begun_at`, or for a form not begun yet.

    A draft begun while registration was open may still be confirmed within the event's grace.
    """
    if now >= event.ends_at:
        return Window.OVER
    if now <= event.closes_at:
        return Window.OPEN
    if begun_at is not None and begun_at <= event.closes_at and now <= event.closes_at + event.grace:
        return Window.GRACE
    return Window.LATE
