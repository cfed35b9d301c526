"""How long what is kept: of which answers the time is over, and when the rest of a registration goes.

An answer is kept for its question's `retention_days` after the event; a minor's answers all go with the shortest of
the form, a week after the event at the latest. The row goes with its last answer. What the form asks no more is kept
as long as the event's content says for registrations.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.content import Content
from bot.organisers.search import search_text
from bot.records import Limits, Registration, Role
from bot.registration.confirming import contact_keys, first_of_kind

SETTLED_KEPT = timedelta(days=30)
SILENT_KEPT = timedelta(days=30)
GREETED_KEPT = timedelta(days=30)
AUDIT_KEPT = timedelta(days=365)
MARKS_KEPT = timedelta(days=365)
UNTOUCHED_KEPT = timedelta(days=365)  # registrations of an event whose content is not here any more
MINORS_KEPT = timedelta(days=7)
BACKUPS_KEPT = timedelta(days=30)  # by the operator: docs/privacy.md; what people are told who erase


def minors_kept(content: Content) -> timedelta:
    """How long after the event a minor's answers are kept."""
    shortest = min((q.retention_days for q in content.form), default=0)
    return min(MINORS_KEPT, timedelta(days=shortest), content.event.retention)


def answer_ends_at(content: Content, question_id: str, role: Role = "adult") -> datetime:
    """When the answer to a question goes (UTC), also to one that the form has no more."""
    question = content.form.get(content.form.renamed(question_id))
    kept = timedelta(days=question.retention_days) if question else content.event.retention
    if role != "adult":
        kept = minors_kept(content)
    return content.event.ends_at + min(kept, content.event.retention)


def registration_ends_at(content: Content, registration: Registration) -> datetime:
    """When the last of a registration goes."""
    ends = (answer_ends_at(content, name, registration.role) for name in registration.answers)
    return max(ends, default=content.event.ends_at)


def what_stays(content: Content, registration: Registration, now: datetime) -> Registration | None:
    """The registration without the answers whose time is over, and nothing worked out from them; None once the last
    is gone. The very same where there is nothing to take. `now` is aware."""
    if registration_ends_at(content, registration) <= now:
        return None
    left = {
        name: value
        for name, value in registration.answers.items()
        if answer_ends_at(content, name, registration.role) > now
    }
    if len(left) == len(registration.answers):
        return registration
    return replace(registration, answers=left, search=search_text(left), **_worked_out(content, left))


def _worked_out(content: Content, answers: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "country": first_of_kind(content.form, answers, "country"),
        "zone": first_of_kind(content.form, answers, "time_zone"),
        "kind": answers.get("kind"),
        **contact_keys(content.form, answers),
    }


def limits(content: Content, now: datetime) -> Limits:
    """What a purge takes now of everything else."""
    event = content.event
    return Limits(
        event_id=event.id,
        form_is_over=now >= event.ends_at,
        guardianships_are_over=now >= event.ends_at + minors_kept(content),
        settled=now - SETTLED_KEPT,
        silent=now - SILENT_KEPT,
        audit=now - AUDIT_KEPT,
        greeted=now - GREETED_KEPT,
        marks=now - MARKS_KEPT,
    )
