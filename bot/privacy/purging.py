"""The purge: takes what is past its time, minors' first, and counts it by reason. Once a day, and by command."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from bot.content import Content
from bot.ports import Transaction
from bot.privacy.retention import UNTOUCHED_KEPT, limits, what_stays
from bot.records import Registration

# Every reason for which something goes, in the order in which it is told. English: operators read it.
REASONS = {
    "minors": "registrations of young people and children: their time after the event is over",
    "kept_long_enough": "registrations of which every answer's time after the event is over",
    "answers": "answers of registrations that stay: the time of their question is over (retention_days)",
    "other_event": "registrations of an event that is not in the content, unchanged for a year",
    "erased_before": "chats that had been erased and came back with an older backup",
    "guardianship_over": "guardians' consents: the event and the minors' time after it are over",
    "form_over": "forms that were not sent, of an event that has ended",
    "settled": "handled updates and sent messages, without their text since then, 30 days on",
    "silent": "people without a form or a registration who were silent for 30 days",
    "greeted": "groups that were greeted once, 30 days on",
    "audit": "what organisers did, a year on",
    "marks": "marks of erased chats, a year on (no backup may be kept that long)",
}


def purge(tx: Transaction, content: Content, now: datetime) -> dict[str, int]:
    """Take what is past its time; how many rows (of `answers`: how many answers), by reason. `now` is aware."""
    taken: Counter[str] = Counter({"erased_before": tx.erase_again()})
    registrations = list(tx.registrations.all(content.event.id)) if now >= content.event.ends_at else []
    for registration in sorted(registrations, key=_minors_first):
        _of_registration(tx, content, registration, now, taken)
    for registration in tx.registrations.untouched(content.event.id, now - UNTOUCHED_KEPT):
        tx.registrations.delete(registration.id)
        taken["other_event"] += 1
    taken.update(tx.purge(limits(content, now)))
    return {reason: taken[reason] for reason in REASONS}


def _minors_first(registration: Registration) -> tuple[bool, int]:
    return registration.role == "adult", registration.id


def _of_registration(
    tx: Transaction, content: Content, registration: Registration, now: datetime, taken: Counter[str]
) -> None:
    left = what_stays(content, registration, now)
    if left is None:
        tx.registrations.delete(registration.id)
        taken["kept_long_enough" if registration.role == "adult" else "minors"] += 1
    elif left != registration:
        tx.registrations.save(left)
        taken["answers"] += len(registration.answers) - len(left.answers)


def report(taken: dict[str, int], *, dry_run: bool) -> list[str]:
    """What was taken (or would be) and why, a line each; no number and no chat."""
    lines = [f"{count:>8}  {REASONS[reason]}" for reason, count in taken.items() if count]
    if not lines:
        return ["nothing is past its time"]
    return [("would be taken:" if dry_run else "taken:"), *lines]
