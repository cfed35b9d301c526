"""What can happen to a guardianship, each as a function from the row before to the row after."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from enum import Enum

from bot.records import Guardianship

IN_CHAT = "chat"


class Refusal(Enum):
    """Why a link is not taken in a chat. GONE covers every link that is not good, so that none can be told apart."""

    GONE = "gone"
    OWN = "own"
    MINOR = "minor"


def reading(
    row: Guardianship | None, *, event_id: str, starts_at: datetime, chat_id: int, chat_is_a_minors: bool, now: datetime
) -> Guardianship | Refusal:
    """The guardianship that may be agreed to in a chat, or why not. `row` is what the link's key led to."""
    if row is None or row.event_id != event_id or row.status != "waiting":
        return Refusal.GONE
    if min(row.expires_at, starts_at) <= now:  # the event may have been moved since the link was made
        return Refusal.GONE
    if row.young_chat_id == chat_id:
        return Refusal.OWN
    return Refusal.MINOR if chat_is_a_minors else row


def agreed(row: Guardianship, *, name: str, how: str, at: datetime, chat_id: int | None) -> Guardianship:
    """A guardian agreed: in their chat, or as the office recorded it. Raises ValueError where it is not waiting."""
    if row.status != "waiting":
        raise ValueError(f"a guardianship that is {row.status} is not agreed to")
    return replace(
        row,
        status="agreed",
        token_key=None,
        guardian_chat_id=chat_id,
        guardian_name=name,
        agreed_how=how,
        agreed_at=at,
    )


def confirmed(row: Guardianship) -> Guardianship:
    """The young person knows who agreed. Raises ValueError where nobody did."""
    if row.status != "agreed":
        raise ValueError(f"a guardianship that is {row.status} is not confirmed")
    return replace(row, status="confirmed")
