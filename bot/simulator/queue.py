"""The updates Telegram holds for the bot until it confirms them or they expire."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

DAY_S = 86_400
CALLBACK_S = 150
INLINE_S = 30
HELD_AT_MOST = 100_000
_FUTURE = 10
DEFAULT_OFF = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
KNOWN_KINDS = frozenset(
    {
        "message", "edited_message", "channel_post", "edited_channel_post", "business_connection",
        "business_message", "edited_business_message", "deleted_business_messages", "message_reaction",
        "message_reaction_count", "inline_query", "chosen_inline_result", "callback_query", "shipping_query",
        "pre_checkout_query", "purchased_paid_media", "poll", "poll_answer", "my_chat_member", "chat_member",
        "chat_join_request", "chat_boost", "removed_chat_boost", "guest_message", "managed_bot",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldUpdate:
    """`body` is the update's JSON with its id; `raw`, if set, is sent instead and may be anything."""

    update_id: int
    kind: str
    body: dict[str, Any]
    expires_at: float
    lane: str
    raw: str | None = None


class UpdateQueue:
    """Ordered by arrival. Times are Unix seconds of Telegram's clock."""

    def __init__(self, next_id: int) -> None:
        self.next_id = next_id
        self.held: list[HeldUpdate] = []
        self.allowed: frozenset[str] | None = None

    def wants(self, kind: str) -> bool:
        """Whether updates of this kind are made at all; a kind nobody knows always is."""
        if self.allowed is None:
            return kind not in DEFAULT_OFF
        return kind in self.allowed or kind not in KNOWN_KINDS

    def allow(self, kinds: object) -> bool:
        """Take over `allowed_updates`: unknown names are ignored, an empty list is all but the special ones.

        True if that changed anything.
        """
        if not isinstance(kinds, list):
            return False
        before = self.allowed
        known = frozenset(kind for kind in kinds if isinstance(kind, str) and kind in KNOWN_KINDS)
        self.allowed = known or None
        return self.allowed != before

    def put(self, kind: str, payload: dict[str, Any], *, at: float, lane: str, raw: str | None = None) -> HeldUpdate:
        """Hold one update from `at` on."""
        lives = {"callback_query": CALLBACK_S, "inline_query": INLINE_S}.get(kind, DAY_S)
        update = HeldUpdate(
            update_id=self.next_id,
            kind=kind,
            body={"update_id": self.next_id, kind: payload},
            expires_at=at + lives,
            lane=lane,
            raw=raw,
        )
        self.next_id += 1
        self.held.append(update)
        del self.held[:-HELD_AT_MOST]
        return update

    def jump(self, next_id: int) -> None:
        """After a week of silence the next id is any number, lower perhaps."""
        self.next_id = next_id

    def expire(self, at: float) -> list[HeldUpdate]:
        """Drop, and return, what is past its time."""
        gone = [update for update in self.held if update.expires_at <= at]
        if gone:
            self.held = [update for update in self.held if update.expires_at > at]
        return gone

    def fetch(self, offset: int, limit: int) -> list[HeldUpdate]:
        """What getUpdates answers; confirms what the offset confirms.

        0 is the oldest, -n keeps the last n, and an offset far beyond the newest id is taken for a
        mistake: nothing is confirmed.
        """
        if offset < 0:
            self.held = self.held[offset:]
        elif 0 < offset <= self.next_id + _FUTURE:
            self.held = [update for update in self.held if update.update_id >= offset]
        return self.held[:limit]

    def confirm(self, update: HeldUpdate) -> None:
        """Delivered by webhook: this one is gone, a duplicate of it stays."""
        if update in self.held:
            self.held.remove(update)

    def clear(self) -> None:
        """drop_pending_updates."""
        self.held = []

    def lanes(self) -> Iterator[HeldUpdate]:
        """The oldest update of each lane: what a webhook may deliver side by side."""
        seen: set[str] = set()
        for update in self.held:
            if update.lane not in seen:
                seen.add(update.lane)
                yield update
