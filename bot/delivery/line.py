"""The rows of one chat that wait to be sent, in order."""

from __future__ import annotations

from bisect import insort
from dataclasses import dataclass, field, replace

from bot.records import OutboxItem, Settled


@dataclass(slots=True, kw_only=True, eq=False)
class Line:
    """A chat's rows. `busy`: the first is under way or its outcome is not in the store yet. `queued`: it stands
    among those that may go or wait for a moment. `parked`: it waits until Telegram answers again.

    `doubted`: the store may have dropped rows that are still here (a fold, a block), so ask before sending. Rows
    that were kept from going for longer than `sure_until_s` are doubted too: their chat may have been erased.
    """

    chat_id: int
    rows: list[OutboxItem] = field(default_factory=list)
    busy: bool = False
    queued: bool = False
    parked: bool = False
    doubted: bool = False
    hold_until_s: float = 0.0
    sure_until_s: float = 0.0

    @property
    def is_free(self) -> bool:
        """There is a row to send and nothing that keeps it."""
        return bool(self.rows) and not (self.busy or self.queued or self.parked)

    def add(self, item: OutboxItem) -> bool:
        """Put `item` in its place; False if it is here already."""
        if not self.rows or self.rows[-1].id < item.id:
            self.rows.append(item)
            return True
        if any(row.id == item.id for row in self.rows):
            return False
        # The first row may be under way and stays first.
        insort(self.rows, item, lo=1 if self.busy else 0, key=lambda row: row.id)
        return True

    def settled(self, outcome: Settled) -> None:
        """The first row's outcome is in the store."""
        first = self.rows[0]
        if outcome.state == "waiting":
            self.rows[0] = replace(first, attempts=outcome.attempts, not_before=outcome.not_before)
            return
        del self.rows[0]
        if outcome.state == "blocked":
            self.doubted = True
        if outcome.state == "sent" and outcome.live and outcome.message_id not in (None, first.edit):
            self._follow(first.edit, outcome.message_id)

    def _follow(self, old: int | None, new: int | None) -> None:
        """A new message became the screen after these rows were decided: they edit it, not the one above."""
        self.rows = [
            replace(row, edit=new) if row.edit is not None and (row.live or row.edit == old) else row
            for row in self.rows
        ]
