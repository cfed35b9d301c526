"""Confirming: a draft becomes a registration with a number, or a changed one; and who else gave the same contact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.content import Content
from bot.dialogue.definition import Form
from bot.dialogue.draft import Draft
from bot.guardians.bands import is_minor, role_of
from bot.organisers.number import draw
from bot.organisers.search import search_text
from bot.records import Guardianship, Person, Registration
from bot.registration import screens
from bot.registration.visit import Visit, frame_of
from bot.registration.window import Window

TRIES = 50  # draws of a free number; ten million are possible


def confirm(visit: Visit, draft: Draft) -> None:
    """Register, or save the correction; then the person sees their number."""
    if draft.number is not None:
        _save_correction(visit, draft)
        return
    if visit.registration is not None:  # confirmed already; the press is an echo
        visit.drop_draft()
        visit.show(screens.registered(visit.frame, visit.registration))
        return
    guardianship = _consent_behind(visit, draft)
    late = visit.window() is Window.LATE
    consented_at, consent_version = visit.consent()
    template = Registration(
        event_id=visit.service.content.event.id,
        number="",
        chat_id=visit.person.chat_id,
        status="late" if late else "confirmed",
        language=visit.person.language or "en",
        created_at=visit.now,
        updated_at=visit.now,
        consent_version=consent_version,
        consented_at=consented_at,
        role=role_of(draft.answers),
        guardian_chat_id=guardianship.guardian_chat_id if guardianship else None,
    )
    registration = numbered(visit, with_answers(visit.service.content, template, draft))
    visit.drop_draft()
    visit.situation = replace(visit.situation, registration=registration)
    title = "mine.requested" if late else "mine.confirmed"
    visit.show(replace(screens.registered(visit.frame, registration, title), fold=False))
    _ask_earlier(visit, registration)


def numbered(visit: Visit, registration: Registration) -> Registration:
    """Add it under a free number."""
    prefix = visit.service.content.event.number_prefix
    for _ in range(TRIES):
        number = draw(visit.service.randbelow, prefix)
        stored = visit.tx.registrations.add(replace(registration, number=number))
        if stored is not None:
            return stored
    raise RuntimeError(f"no free registration number after {TRIES} draws")


def _consent_behind(visit: Visit, draft: Draft) -> Guardianship | None:
    """The guardian's consent to a young person's form; None for an adult's. Raises LookupError where it is lacking."""
    if not is_minor(draft.answers):
        return None
    found = visit.tx.guardianships.of_young(visit.service.content.event.id, visit.person.chat_id)
    if found is None or found.status != "confirmed":  # held already by this step of the form
        raise LookupError("a minor's form came to its end without a guardian's consent")
    return found


def _save_correction(visit: Visit, draft: Draft) -> None:
    registration = visit.registration
    visit.drop_draft()
    if registration is None or registration.number != draft.number:
        visit.show(screens.home(visit.frame, visit.window()))
        return
    changed = with_answers(visit.service.content, registration, draft)
    changed = replace(changed, updated_at=visit.now)
    visit.keep_registration(changed)
    visit.show(screens.registered(visit.frame, changed, "mine.corrected"))
    if (changed.email_key, changed.phone_key) != (registration.email_key, registration.phone_key):
        _ask_earlier(visit, changed)


def with_answers(content: Content, registration: Registration, draft: Draft) -> Registration:
    """The registration with the draft's answers, and what is looked up by them."""
    form = content.form
    return replace(
        registration,
        answers=dict(draft.answers),
        form_version=form.version,
        country=first_of_kind(form, draft.answers, "country"),
        zone=first_of_kind(form, draft.answers, "time_zone"),
        kind=role_of(draft.answers) if is_minor(draft.answers) else draft.answers.get("kind"),
        **contact_keys(form, draft.answers),
        search=search_text(draft.answers),
    )


def first_of_kind(form: Form, answers: Mapping[str, Any], kind: str) -> Any:
    """The answer to the first question of that kind, or None."""
    return next((answers.get(q.id) for q in form if q.kind == kind), None)


def contact_keys(form: Form, answers: Mapping[str, Any]) -> dict[str, Any]:
    """E-mail and phone in the form in which two chats are compared."""
    email = first_of_kind(form, answers, "email")
    return {
        "email_key": email.casefold() if isinstance(email, str) else None,
        "phone_key": first_of_kind(form, answers, "phone"),
    }


def _ask_earlier(visit: Visit, registration: Registration) -> None:
    """The holder of the earlier registration with the same contact is asked; this chat learns nothing."""
    sharing = visit.tx.registrations.sharing_contact(registration)
    earlier = next((r for r in sharing if r.id < registration.id), None)
    if earlier is None:
        return
    person = _person_of(visit, earlier)
    if person is not None:
        visit.say(screens.same_person(frame_of(visit.service, person), registration), to=earlier.chat_id)


def _person_of(visit: Visit, registration: Registration) -> Person | None:
    return visit.tx.people.situation(registration.chat_id, registration.event_id).person


def answer_same_person(visit: Visit, number: str, *, same: bool) -> None:
    """The earlier holder says whether the newer registration is theirs; only they can join the two.

    The press comes with a number that anybody could have made up: that it is a newer one which shares a contact
    is looked up, whatever the button says.
    """
    mine = visit.registration
    newer = visit.tx.registrations.by_number(visit.service.content.event.id, number)
    shares = mine is not None and newer is not None and mine.id < newer.id and _share_contact(mine, newer)
    if mine is not None and newer is not None and newer.merged_into == mine.number:  # a second press
        visit.answer(screens.message(visit.frame, "duplicate.joined", number=mine.number))
        return
    if mine is None or newer is None or not shares or newer.status not in ("confirmed", "late"):
        visit.answer(screens.message(visit.frame, "duplicate.gone"))
        return
    if not same:
        visit.answer(screens.message(visit.frame, "duplicate.kept_apart"))
        return
    merged = replace(newer, status="merged", merged_into=mine.number, updated_at=visit.now)
    visit.tx.registrations.save(merged)
    visit.answer(screens.message(visit.frame, "duplicate.joined", number=mine.number))
    other = _person_of(visit, newer)
    if other is not None:
        frame = frame_of(visit.service, other)
        visit.say(screens.message(frame, "duplicate.joined_elsewhere", **frame.facts), to=newer.chat_id)


def _share_contact(one: Registration, other: Registration) -> bool:
    same_email = one.email_key is not None and one.email_key == other.email_key
    same_phone = one.phone_key is not None and one.phone_key == other.phone_key
    return one.chat_id != other.chat_id and (same_email or same_phone)
