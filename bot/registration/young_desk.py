"""What is different where a minor sits at the desk: the band stays, a guardian comes first, leaving erases.

Until a guardian agreed, the draft holds the band and the "I understand", and nothing else is kept. The band stays
with the draft: neither Back nor /start asks it again in that chat, and a minor's cancel has no "undo". Whoever
leaves (cancels, says no, is refused, lets the time pass) is erased and so a stranger afterwards, who could pick
another band: keeping a mark of them against that would be keeping data of a child who asked us not to.
"""

from __future__ import annotations

from bot import buttons
from bot.dialogue.draft import Draft
from bot.dialogue.events import Ask, Event, Said, Shown, Step
from bot.guardians.bands import ADULT, ASSENT, CHILD, GUARDIAN, is_minor, role_of
from bot.guardians.link import CHILD_PAYLOAD
from bot.records import Person, Situation
from bot.registration import consents, screens, young_waiting
from bot.registration.form_screens import language_button
from bot.registration.visit import After, Visit
from bot.screen import Button, Screen
from bot.texts import Markup


def is_minors(situation: Situation) -> bool:
    """Whether a chat is a minor's, as far as it said so."""
    draft, registration = situation.draft, situation.registration
    stands = registration is not None and registration.status in ("confirmed", "late")
    return (draft is not None and is_minor(draft.data["answers"])) or (
        stands and registration is not None and registration.role == "young"
    )


def stands_apart(visit: Visit, event: Event) -> bool:
    """Before a step of the form: a child, and a young person who waits, get no question. True where that was all."""
    stored = visit.draft
    if stored is None:
        return False
    draft = Draft.from_dict(stored.data)
    old = isinstance(event, Shown) and event.old
    if role_of(draft.answers) == CHILD:
        visit.show(child_stopped(visit), anew=old)
        return True
    if draft.at != GUARDIAN:
        return False
    if isinstance(event, Said):
        visit.say(screens.message(visit.frame, "young.not_kept"))
    young_waiting.show(visit, old=old)
    return True


def takes_over(visit: Visit, before: Draft, done: Step) -> bool:
    """After a step: what the band, a "no" to the notice, and the way to the guardian lead to. True if that is all."""
    draft = done.draft
    if is_minor(draft.answers):
        young_waiting.hold(visit)
    if is_minor(draft.answers) and not is_minor(before.answers):
        begun = visit.draft.begun_at if visit.draft else visit.now
        _begin_anew(visit)
        visit.keep_draft(draft, begun_at=begun)
        young_waiting.arm_wait(visit.tx, visit.person.chat_id, visit.now + young_waiting.BAND_KEPT)
        if role_of(draft.answers) == CHILD:
            visit.show(child_stopped(visit))
            return True
        return False
    if isinstance(done.view, Ask) and done.view.question == ASSENT and done.view.problem is not None:
        if done.view.problem.code == "consent_refused":
            leave(visit, "young.said_no")
            return True
    elif draft.at == GUARDIAN and before.at != GUARDIAN:
        visit.keep_draft(draft)
        if young_waiting.row_of(visit) is None:
            young_waiting.hand_over(visit)
        else:
            young_waiting.show(visit)
        return True
    return False


def _begin_anew(visit: Visit) -> None:
    """A chat that turns out to be a minor's keeps nothing of before: no earlier registration, no country, no hint."""
    known, tx, event_id = visit.person, visit.tx, visit.service.content.event.id
    if (
        visit.situation.registration is not None
        or tx.registrations.children_of(event_id, known.chat_id)
        or tx.guardianships.of_guardian(event_id, known.chat_id)
    ):
        visit.messages += consents.leave(visit.service, tx, known.chat_id, visit.now)
        visit.forget()
        visit.erased = False
    visit.person = Person(
        chat_id=known.chat_id,
        language=known.language,
        screen_message_id=known.screen_message_id,
        reply_keyboard=known.reply_keyboard,
        created_at=visit.now,
        updated_at=visit.now,
    )


def child_stopped(visit: Visit) -> Screen:
    """What the content says to a child, with the link that a parent or guardian takes."""
    frame = visit.frame
    question = frame.form.get("age_band")
    choice = question.choice(CHILD) if question else None
    text = frame.words(choice.stops) if choice and choice.stops else Markup("")
    link = screens.share_link(frame, CHILD_PAYLOAD, "child.share")
    rows = ((Button(label=frame.texts.plain("button.child_share"), url=link),), (language_button(frame),))
    return Screen(template="stopped", text=text, rows=rows)


# --- leaving ---------------------------------------------------------------


def ask_leave(visit: Visit) -> None:
    """Whether everything is really to be erased."""
    t = visit.frame.texts
    yes = buttons.WITHDRAW_YES if visit.registration is not None else buttons.CANCEL_YES
    back = buttons.MINE if visit.registration is not None else buttons.RESUME
    rows = (
        (Button(label=t.plain("button.young_leave"), data=buttons.data(yes)),),
        (Button(label=t.plain("button.go_on"), data=buttons.data(back)),),
    )
    visit.show(Screen(template="young.ask_leave", text=t.t("young.ask_leave"), rows=rows))


def leave(visit: Visit, template: str = "young.left") -> None:
    """The minor goes, and all that is kept of them; a guardian who agreed is told."""
    visit.messages += consents.leave(visit.service, visit.tx, visit.person.chat_id, visit.now)
    visit.forget()
    visit.show(screens.message(visit.frame, template))


def leaves_by_cancel(visit: Visit) -> bool:
    """Whether cancelling means to go: a minor's form that is no correction."""
    stored = visit.draft
    return stored is not None and is_minor(stored.data["answers"]) and stored.data["number"] is None


def leaves_by_withdrawing(visit: Visit) -> bool:
    """Whether withdrawing means to go."""
    return visit.registration is not None and visit.registration.role != ADULT


# --- buttons ---------------------------------------------------------------


def tap(visit: Visit, pressed: buttons.Pressed) -> After:
    """A young person's button."""
    code = pressed.arguments[0] if pressed.arguments else ""
    if pressed.action == buttons.YOUNG_LINK:
        stored = visit.draft
        if stored is None or Draft.from_dict(stored.data).at != GUARDIAN:
            return After.OLD
        young_waiting.hand_over(visit)
        return After.SHOWN
    answered = young_waiting.answer_who(visit, code, knows=pressed.action == buttons.YOUNG_KNOWS)
    return After.STAND if answered else After.OLD
