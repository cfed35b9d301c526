"""The form on screen: a question, the review, the list of what can be corrected."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from bot import buttons
from bot.content import Content
from bot.dialogue.context import FIXED, Surroundings, answer_context, applies, offered, previous
from bot.dialogue.definition import Bilingual, Form, Question
from bot.dialogue.draft import REVIEW, Draft
from bot.dialogue.events import Ask, ChoiceNote, Cleared, FormChanged, Notice, OldButton, View
from bot.dialogue.kinds import KINDS, Keyboard, Option
from bot.screen import Button, ReplyKeyboard, Screen
from bot.texts import Markup, Texts

SHOWN_ANSWER = 300  # UTF-16 units of a long answer on screen; the whole of it is kept
SHORTER = (SHOWN_ANSWER, 150, 80, 40, 20)  # tried in turn until all answers fit one message
ROOM_FOR_ANSWERS = 2900  # UTF-16 units of MAX_TEXT; the rest is for title, times and notices


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What every screen of one person is made with. `texts` speak the person's language, `zone` is theirs."""

    content: Content
    texts: Texts
    bot_username: str
    zone: str | None = None
    is_rehearsal: bool = False

    @property
    def around(self) -> Surroundings:
        """What a step of the form may look at."""
        event = self.content.event
        return Surroundings(texts=self.texts, moments=(event.starts_at, event.ends_at))

    @property
    def form(self) -> Form:
        """The form of this event."""
        return self.content.form

    @property
    def facts(self) -> dict[str, str | int]:
        """What texts merge from the event, told in the person's language and zone."""
        event, t = self.content.event, self.texts
        return {
            "event_title": event.title[t.lang],
            "event_short": event.title_short[t.lang],
            "organiser": event.organiser[t.lang],
            "contact_name": event.contact_name[t.lang],
            "contact_email": event.contact_email,
            "homepage": event.homepage_url,
            "closing": self.when(event.closes_at),
            "starts": self.when(event.starts_at),
            "ends": self.when(event.ends_at),
            "grace": t.duration(event.grace),
            "retention": t.duration(event.retention),
        }

    def when(self, moment: datetime) -> str:
        """A moment (UTC) in the person's zone, the zone named; in the event's where theirs is not known."""
        zone = self.zone or self.content.event.zone
        return f"{self.texts.moment(moment, zone)} ({self.texts.zone(zone)})"

    def words(self, text: Bilingual) -> Markup:
        """A text of the content, with what it merges from the event."""
        if "{" not in text[self.texts.lang]:
            return Markup(text[self.texts.lang])  # most texts merge nothing, and the facts cost more than the rest
        return self.texts.fill(text, **self.facts)

    @property
    def link(self) -> str:
        """The address of this bot, to forward."""
        return f"https://t.me/{self.bot_username}?start=invited"


def language_button(frame: Frame) -> Button:
    """The way to the other language, named in that language."""
    other = "en" if frame.texts.lang == "ar" else "ar"
    return Button(label=frame.texts.plain("button.other_language"), data=buttons.data(buttons.LANGUAGE, other))


def view_screen(frame: Frame, draft: Draft, view: View, notices: tuple[Notice, ...], *, late: bool = False) -> Screen:
    """The screen of a step, with what is to be said beside it above."""
    screen = ask(frame, draft, view) if isinstance(view, Ask) else review(frame, draft, late=late)
    said = [line for notice in notices for line in notice_lines(frame, notice)]
    if not said:
        return screen
    return replace(screen, text="\n".join(said) + "\n\n" + screen.text)


def notice_lines(frame: Frame, notice: Notice) -> list[str]:
    """What a notice says, a paragraph each."""
    t, form = frame.texts, frame.form
    match notice:
        case OldButton():
            return [t.t("form.old_button")]
        case Cleared(questions=questions):
            return [t.t("form.cleared", questions=t.list([_short(frame, form.get(q)) for q in questions]))]
        case FormChanged(asked=asked, dropped=dropped):
            lines = (
                [t.t("form.changed", questions=t.list([_short(frame, form.get(q)) for q in asked]))] if asked else []
            )
            return [*lines, t.t("form.shorter")] if dropped else list(lines)
        case ChoiceNote(question=question_id, choice=choice_id):
            question = form.get(question_id)
            choice = question.choice(choice_id) if question else None
            return [frame.words(choice.note)] if choice and choice.note else []


def _short(frame: Frame, question: Question | None) -> str:
    return question.short[frame.texts.lang] if question else ""


def ask(frame: Frame, draft: Draft, view: Ask) -> Screen:
    """One question: where the person is, what was wrong, the question, what it has as an answer."""
    t, form = frame.texts, frame.form
    question = form.get(view.question)
    if question is None:
        raise ValueError(f"no question {view.question!r} in the form")
    context = answer_context(form, draft, question, frame.around)
    parts: list[str] = []
    if view.problem is not None:
        parts.append(t.t(f"problem.{view.problem.code}", **dict(view.problem.params)))
    elif draft.candidates:
        parts.append(t.t("form.did_you_mean"))
    parts.append(f"{progress(frame, draft, question)}\n{frame.words(question.text)}")
    if question.example and view.problem is None:
        parts.append(t.t("form.example", example=question.example[t.lang]))
    if draft.answers.get(question.id) is not None and draft.partial is None:
        parts.append(t.t("form.answer_now", answer=shown(frame, draft, question)))
    keyboard = KINDS[question.kind].keyboard(question, context)
    if keyboard.done:
        parts.append(t.t("form.several"))
    if keyboard.more and keyboard.rows:
        parts.append(t.t("form.not_listed"))
    text = "\n\n".join(parts)
    if keyboard.share_contact:
        return Screen(
            template=f"ask.{question.id}", text=text, reply_keyboard=_reply_keyboard(frame, draft, question), fold=True
        )
    return Screen(template=f"ask.{question.id}", text=text, rows=_rows(frame, draft, question, keyboard), fold=True)


def progress(frame: Frame, draft: Draft, question: Question) -> Markup:
    """ "Question 3 of 14", among those that apply and are asked."""
    asked = [q for q in frame.form if q.id == question.id or (applies(q, draft.answers) and q.id not in draft.implied)]
    place = next(i for i, q in enumerate(asked, 1) if q.id == question.id)
    return frame.texts.t("form.progress", place=place, all=len(asked))


def _rows(frame: Frame, draft: Draft, question: Question, keyboard: Keyboard) -> tuple[tuple[Button, ...], ...]:
    t = frame.texts
    rows: list[tuple[Button, ...]] = [(_option(question, o, ticks=keyboard.done),) for o in offered(draft)]
    rows += [tuple(_option(question, o, ticks=keyboard.done) for o in row) for row in keyboard.rows]
    if keyboard.done:
        rows.append((Button(label=t.plain("button.done"), data=buttons.data(buttons.DONE, question.id)),))
    if question.id in draft.answers and not keyboard.done:
        rows.append((Button(label=t.plain("button.keep"), data=buttons.data(buttons.KEEP, question.id)),))
    move: list[Button] = []
    if previous(frame.form, draft) is not None:
        move.append(Button(label=t.plain("button.back"), data=buttons.data(buttons.BACK, question.id)))
    if not question.required:
        move.append(Button(label=t.plain("button.skip"), data=buttons.data(buttons.SKIP, question.id)))
    if move:
        rows.append(tuple(move))
    around: list[Button] = []
    if question.why is not None:
        around.append(Button(label=t.plain("button.why"), data=buttons.data(buttons.WHY, question.id)))
    around.append(language_button(frame))
    rows.append(tuple(around))
    return tuple(rows)


def _option(question: Question, option: Option, *, ticks: bool) -> Button:
    """An answer to press; among several choices it carries what it will do, so that two fast presses do it once."""
    wanted = (buttons.UNTICK if option.selected else buttons.TICK,) if ticks else ()
    return Button(label=option.label, data=buttons.data(buttons.ANSWER, question.id, option.code, *wanted))


def _reply_keyboard(frame: Frame, draft: Draft, question: Question) -> ReplyKeyboard:
    t = frame.texts
    row: list[str] = []
    if previous(frame.form, draft) is not None:
        row.append(t.plain("button.back"))
    if not question.required:
        row.append(t.plain("button.skip"))
    if question.id in draft.answers:
        row.append(t.plain("button.keep"))
    rows = ((tuple(row),) if row else ()) + ((t.plain("button.other_language"),),)
    return ReplyKeyboard(contact=t.plain("button.share_contact"), rows=rows)


def why(frame: Frame, question: Question) -> Screen:
    """Why a question is asked, what is kept for how long, and who sees it."""
    t = frame.texts
    lines = [frame.words(question.why) if question.why else Markup("")]
    lines.append(t.t("form.kept", length=t.duration(timedelta(days=question.retention_days))))
    return Screen(template=f"why.{question.id}", text="\n".join(line for line in lines if line))


def shown(frame: Frame, draft: Draft, question: Question, *, most: int = SHOWN_ANSWER) -> str:
    """An answer as plain text in the person's language, cut to `most` UTF-16 units; "not said" for a skipped one."""
    value: Any = draft.answers.get(question.id)
    if value is None:
        return frame.texts.plain("form.not_said")
    context = answer_context(frame.form, draft, question, frame.around)
    text = KINDS[question.kind].render(question, value, context)
    units = text.encode("utf-16-le")
    if len(units) <= 2 * most:
        return text
    return units[: 2 * (most - 1)].decode("utf-16-le", "ignore") + "…"  # never half a character


def answer_lines(frame: Frame, draft: Draft) -> list[str]:
    """The answers, "short name: answer", a line each, in form order; long ones cut so that all fit one message."""
    lines: list[str] = []
    for most in SHORTER:
        lines = _lines(frame, draft, most)
        if sum(len(line.encode("utf-16-le")) // 2 + 1 for line in lines) <= ROOM_FOR_ANSWERS:
            break
    return lines


def _lines(frame: Frame, draft: Draft, most: int) -> list[str]:
    return [
        frame.texts.t(
            "form.line", question=question.short[frame.texts.lang], answer=shown(frame, draft, question, most=most)
        )
        for question in frame.form
        if question.id in draft.answers and applies(question, draft.answers)
    ]


def review(frame: Frame, draft: Draft, *, late: bool) -> Screen:
    """All answers, to confirm or correct."""
    t = frame.texts
    correcting = draft.number is not None
    parts = [t.t("review.title_correcting" if correcting else "review.title"), "\n".join(answer_lines(frame, draft))]
    if late and not correcting:
        parts.append(t.t("review.late"))
    confirm = "button.save" if correcting else "button.send_request" if late else "button.confirm"
    rows = (
        (Button(label=t.plain(confirm), data=buttons.data(buttons.CONFIRM)),),
        (Button(label=t.plain("button.correct"), data=buttons.data(buttons.EDIT_LIST)),),
        (Button(label=t.plain("button.cancel"), data=buttons.data(buttons.CANCEL)), language_button(frame)),
    )
    return Screen(template="review", text="\n\n".join(parts), rows=rows, fold=True)


def edit_list(frame: Frame, draft: Draft) -> Screen:
    """Which answer to correct."""
    t = frame.texts
    options = [
        Button(label=q.short[t.lang], data=buttons.data(buttons.EDIT, q.id))
        for q in frame.form
        if q.kind not in FIXED and q.id in draft.answers and applies(q, draft.answers)
    ]
    rows = [tuple(options[i : i + 2]) for i in range(0, len(options), 2)]
    rows.append((Button(label=t.plain("button.back_to_review"), data=buttons.data(buttons.REVIEW)),))
    return Screen(template="edit_list", text=t.t("review.which"), rows=tuple(rows), fold=True)


def stands_at_review(draft: Draft) -> bool:
    """Whether the person is looking at the review."""
    return draft.at == REVIEW
