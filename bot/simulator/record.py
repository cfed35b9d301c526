"""What the bot asked of Telegram, in order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One Bot API call.

    `answer` is the JSON object sent back, or what would have been sent when the connection was cut;
    None when it had no effect and no answer. `at` is Telegram's clock, aware.
    """

    method: str
    params: Mapping[str, Any]
    chat_id: int | None
    answer: Mapping[str, Any] | None
    status: int
    at: datetime

    @property
    def ok(self) -> bool:
        """Whether it had its effect, whatever reached the bot."""
        return bool(self.answer and self.answer.get("ok"))
