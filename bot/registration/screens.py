"""The screens around the form: greeting, home, the registration, cancelling, withdrawing, and small replies."""

from __future__ import annotations

from urllib.parse import quote

from bot import buttons
from bot.content import Content
from bot.dialogue.draft import REVIEW, Draft
from bot.records import Registration
from bot.registration.form_screens import Frame, answer_lines, language_button
from bot.registration.window import Window
from bot.screen import Button, Screen
from bot.texts import Texts, texts_for

COMMANDS = ("start", "my", "mydata", "language", "cancel", "help", "whoami")
ORGANISER_COMMANDS = (*COMMANDS, "registrations")


def greeting(content: Content, first: Texts, second: Texts, *, is_rehearsal: bool) -> Screen:
    """The very first screen, in both languages; the app's own language only orders them."""
    title = content.event.title_short
    rehearsal = [("\n" + t.t("greeting.rehearsal")) if is_rehearsal else "" for t in (first, second)]
    parts = [
        t.t("greeting.text", event=title[t.lang]) + said for t, said in zip((first, second), rehearsal, strict=True)
    ]
    row = tuple(
        Button(label=t.plain("button.this_language"), data=buttons.data(buttons.LANGUAGE, t.lang))
        for t in (first, second)
    )
    return Screen(template="greeting", text="\n\n".join(parts), rows=(row,), fold=True)


def both_languages(hint: str | None) -> tuple[Texts, Texts]:
    """The two languages, the one of the app first; Arabic first where the app's is neither."""
    arabic, english = texts_for("ar"), texts_for("en")
    return (english, arabic) if (hint or "").lower().startswith("en") else (arabic, english)


def home(frame: Frame, window: Window, *, undo: bool = False) -> Screen:
    """Where someone without a draft and without a registration stands."""
    t, event = frame.texts, frame.content.event
    body = {Window.LATE: "home.late", Window.OVER: "home.over"}.get(window, "home.open")
    parts = [t.t("home.title", title=event.title[t.lang]), t.t(body, **frame.facts)]
    if frame.is_rehearsal:
        parts.insert(0, t.t("greeting.rehearsal"))
    rows: list[tuple[Button, ...]] = []
    if undo:
        rows.append((Button(label=t.plain("button.undo_cancel"), data=buttons.data(buttons.CANCEL_UNDO)),))
    if window is not Window.OVER:
        label = "button.late_request" if window is Window.LATE else "button.register"
        rows.append((Button(label=t.plain(label), data=buttons.data(buttons.REGISTER)),))
    rows.append((language_button(frame),))
    return Screen(template=f"home.{window.value}", text="\n\n".join(parts), rows=tuple(rows), fold=True)


def stopped(frame: Frame, text: str) -> Screen:
    """What the content says where a choice ends the form. The template tells no age: it is kept and logged."""
    return Screen(template="stopped", text=text, rows=((language_button(frame),),))


def local_times(frame: Frame, zone: str | None) -> str:
    """When the event is: in the person's zone, beside the event's own."""
    t, event = frame.texts, frame.content.event
    there = t.t("times.event", span=t.span(event.starts_at, event.ends_at, event.zone), zone=t.zone(event.zone))
    if zone is None or zone == event.zone:
        return there
    here = t.t("times.person", span=t.span(event.starts_at, event.ends_at, zone), zone=t.zone(zone))
    return f"{here}\n{there}"


def registered(frame: Frame, registration: Registration, title: str = "") -> Screen:
    """The registration: number, when it is for this person, and what can be done with it."""
    t = frame.texts
    title = title or ("mine.title_late" if registration.status == "late" else "mine.title")
    draft = Draft(at=REVIEW, answers=registration.answers)
    parts = [
        t.t(title),
        t.t("mine.number", number=registration.number),
        local_times(frame, registration.zone),
        "\n".join(answer_lines(frame, draft)),
    ]
    children: tuple[tuple[Button, ...], ...] = ()
    if registration.kind == "family":
        children = ((Button(label=t.plain("button.child_register"), data=buttons.data(buttons.CHILD_BEGIN)),),)
    rows = (
        *children,
        (Button(label=t.plain("button.correct"), data=buttons.data(buttons.CORRECT)),),
        (Button(label=t.plain("button.not_my_time"), data=buttons.data(buttons.ZONE)),),
        (Button(label=t.plain("button.forward"), url=share_url(frame)),),
        (Button(label=t.plain("button.data"), data=buttons.data(buttons.DATA)),),
        (Button(label=t.plain("button.withdraw"), data=buttons.data(buttons.WITHDRAW)), language_button(frame)),
    )
    return Screen(template=title, text="\n\n".join(p for p in parts if p), rows=rows)


def share_url(frame: Frame) -> str:
    """Telegram's own "forward to" address, with the invitation in the person's language."""
    return _forward(frame.link, frame.content.event.share[frame.texts.lang])


def share_link(frame: Frame, payload: str, words: str) -> str:
    """The same for another way into the bot: what stands behind ?start=, and a text of the catalogue."""
    event = frame.content.event.title_short[frame.texts.lang]
    return _forward(f"https://t.me/{frame.bot_username}?start={payload}", frame.texts.plain(words, event=event))


def _forward(link: str, text: str) -> str:
    return f"https://t.me/share/url?url={quote(link, safe='')}&text={quote(text, safe='')}"


def forward_button(frame: Frame) -> Button:
    """Hands the bot's address to a colleague."""
    return Button(label=frame.texts.plain("button.forward"), url=share_url(frame))


def ask_cancel(frame: Frame, draft: Draft) -> Screen:
    """Whether the form is really to be dropped."""
    t = frame.texts
    text = t.t("cancel.ask_correction" if draft.number else "cancel.ask")
    rows = (
        (Button(label=t.plain("button.cancel_yes"), data=buttons.data(buttons.CANCEL_YES)),),
        (Button(label=t.plain("button.go_on"), data=buttons.data(buttons.RESUME)),),
    )
    return Screen(template="cancel.ask", text=text, rows=rows)


def cancelled(frame: Frame) -> Screen:
    """Cancelled, and how to take that back within the hour."""
    t = frame.texts
    rows = ((Button(label=t.plain("button.undo_cancel"), data=buttons.data(buttons.CANCEL_UNDO)),),)
    return Screen(template="cancel.done", text=t.t("cancel.done"), rows=rows)


def ask_withdraw(frame: Frame, registration: Registration) -> Screen:
    """Whether the registration is really to be withdrawn."""
    t = frame.texts
    rows = (
        (Button(label=t.plain("button.withdraw_yes"), data=buttons.data(buttons.WITHDRAW_YES)),),
        (Button(label=t.plain("button.keep_registration"), data=buttons.data(buttons.MINE)),),
    )
    text = t.t("withdraw.ask", number=registration.number)
    return Screen(template="withdraw.ask", text=text, rows=rows)


def withdrawn(frame: Frame, registration: Registration, window: Window) -> Screen:
    """Withdrawn, and how to come back."""
    t = frame.texts
    rows: tuple[tuple[Button, ...], ...] = ()
    if window is not Window.OVER:
        rows = ((Button(label=t.plain("button.register_again"), data=buttons.data(buttons.REGISTER)),),)
    text = t.t("withdraw.done", number=registration.number)
    return Screen(template="withdraw.done", text=text, rows=(*rows, (language_button(frame),)))


def same_person(frame: Frame, newer: Registration) -> Screen:
    """Asked of the earlier of two chats that gave the same e-mail or phone; it learns nothing of the other."""
    t = frame.texts
    rows = (
        (Button(label=t.plain("button.same_person"), data=buttons.data(buttons.SAME_PERSON, newer.number)),),
        (Button(label=t.plain("button.not_same_person"), data=buttons.data(buttons.NOT_SAME_PERSON, newer.number)),),
    )
    return Screen(template="duplicate.ask", text=t.t("duplicate.ask"), rows=rows)


def message(frame: Frame, template: str, *rows: tuple[Button, ...], **params: str | int) -> Screen:
    """A screen that is one text of the catalogue."""
    return Screen(template=template, text=frame.texts.t(template, **params), rows=rows)


def resume_button(frame: Frame) -> Button:
    """Back to where the person stood in the form."""
    return Button(label=frame.texts.plain("button.go_on"), data=buttons.data(buttons.RESUME))


def help_screen(frame: Frame, *, is_organiser: bool) -> Screen:
    """What the bot does and which commands it knows."""
    t, event = frame.texts, frame.content.event
    names = ORGANISER_COMMANDS if is_organiser else COMMANDS
    lines = [t.t("help.line", command=f"/{name}", what=t.plain(f"command.{name}")) for name in names]
    text = t.t("help.text", contact=event.contact_name[t.lang], email=event.contact_email)
    return Screen(template="help", text=text + "\n\n" + "\n".join(lines), rows=((language_button(frame),),))
