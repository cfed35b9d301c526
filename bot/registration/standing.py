"""Where a person stands, shown; and one step of the form, stored and shown."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.draft import Draft
from bot.dialogue.events import (
    ChoiceNote,
    Completed,
    Event,
    Finished,
    Kept,
    OldButton,
    Picked,
    Shown,
    Skipped,
    Step,
    Stopped,
    WentBack,
)
from bot.dialogue.step import step
from bot.registration import confirming, screens, young_desk, youth
from bot.registration.form_screens import view_screen
from bot.registration.visit import Visit
from bot.registration.window import Window
from bot.texts import Markup


def stand(visit: Visit, *, old: bool = False) -> None:
    """Show where the person stands: at a counter for guardians, in the form, at their registration, or at the door."""
    if youth.resume(visit):
        return
    if visit.draft is not None and visit.window() is not Window.OVER:
        advance(visit, Shown(old=old))
    elif visit.registration is not None:
        visit.show(screens.registered(visit.frame, visit.registration), anew=old)
    else:
        undo = visit.situation.draft is not None and visit.situation.draft.cancelled_at is not None
        visit.show(screens.home(visit.frame, visit.window(), undo=undo), anew=old)


def advance(visit: Visit, event: Event) -> None:
    """One step of the form, stored and shown."""
    stored = visit.draft
    if stored is None:
        stand(visit, old=True)
        return
    if visit.window() is Window.OVER:
        if young_desk.leaves_by_cancel(visit):
            young_desk.leave(visit, "young.over")
            return
        visit.drop_draft()
        stand(visit)
        return
    if young_desk.stands_apart(visit, event):
        return
    before = Draft.from_dict(stored.data)
    done = step(visit.frame.form, before, event, visit.frame.around)
    _keep_known(visit, done.draft)
    if young_desk.takes_over(visit, before, done):
        return
    match done.outcome:
        case Stopped(question=question_id, choice=choice_id):
            question = visit.frame.form.get(question_id)
            choice = question.choice(choice_id) if question else None
            visit.drop_draft()
            text = visit.frame.words(choice.stops) if choice and choice.stops else Markup("")
            visit.show(screens.stopped(visit.frame, text))
        case Completed():
            confirming.confirm(visit, done.draft)
        case _:
            if done.draft != before:
                visit.keep_draft(done.draft)
            _show_step(visit, done, echo=isinstance(event, Picked | Finished | Kept | Skipped | WentBack))


def _show_step(visit: Visit, done: Step, *, echo: bool) -> None:
    """A repeated press of the same button changed nothing: it is not answered with the same screen again."""
    old = any(isinstance(n, OldButton) for n in done.notices)
    if echo and not done.changed and not done.notices:
        return
    late = visit.window() is Window.LATE
    screen = view_screen(visit.frame, done.draft, done.view, done.notices, late=late)
    if any(isinstance(n, ChoiceNote) for n in done.notices) and screen.rows:
        screen = replace(screen, rows=((screens.forward_button(visit.frame),), *screen.rows))
    visit.show(screen, anew=old)


def _keep_known(visit: Visit, draft: Draft) -> None:
    """Country and zone serve the person's own texts as soon as they are given."""
    form = visit.frame.form
    country = next((draft.answers.get(q.id) for q in form if q.kind == "country"), None)
    zone = next((draft.answers.get(q.id) for q in form if q.kind == "time_zone"), None)
    visit.person = replace(visit.person, country=country, zone=zone)
