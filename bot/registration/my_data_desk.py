"""What is held about a person, at the desk: seen, taken along as a file, and erased after one question."""

from __future__ import annotations

from dataclasses import replace

from bot import buttons
from bot.incoming import Private, Tap
from bot.privacy.files import as_json, as_text
from bot.privacy.retention import BACKUPS_KEPT, SETTLED_KEPT
from bot.privacy.summary import Entry, Section, sections
from bot.records import Timer
from bot.registration import consents, screens
from bot.registration.form_screens import Frame, language_button
from bot.registration.visit import DRAFT_KEPT, EXPIRY_TIMER, WARNED_BEFORE, After, Visit
from bot.screen import Button, Screen
from bot.texts import Markup, escape

SHORTER = (300, 120, 50, 20)  # UTF-16 units of an answer, tried in turn until all fits one message
ROOM = 3700  # UTF-16 units of MAX_TEXT, tags counted


def show(visit: Visit) -> None:
    """The summary, with what can be done about it."""
    frame, rows = visit.frame, visit.tx.held(visit.person.chat_id)
    text = ""
    for most in SHORTER:
        text = _told(frame, sections(frame, rows, most=most))
        if _units(text) <= ROOM:
            break
    else:
        text = _cut(frame, sections(frame, rows, most=SHORTER[-1]))
    visit.show(Screen(template="mydata.summary", text=text, rows=_rows(visit)))


def _rows(visit: Visit) -> tuple[tuple[Button, ...], ...]:
    t = visit.frame.texts

    def button(label: str, action: str) -> Button:
        return Button(label=t.plain(label), data=buttons.data(action))

    files = (button("button.data_text", buttons.DATA_TEXT), button("button.data_json", buttons.DATA_JSON))
    rows: list[tuple[Button, ...]] = [files]
    if visit.draft is not None:
        rows.append((button("button.go_on", buttons.RESUME),))
    elif visit.registration is not None:
        rows.append((button("button.correct", buttons.CORRECT),))
        rows.append((button("button.mine", buttons.MINE),))
    rows.append((button("button.data_erase", buttons.DATA_ERASE),))
    return (*rows, (language_button(visit.frame),))


# --- the summary as one message --------------------------------------------


def _told(frame: Frame, told: list[Section]) -> str:
    parts: list[str] = [frame.texts.t("mydata.title"), *(_section(frame, section) for section in told)]
    messages = frame.texts.t("mydata.messages", length=frame.texts.duration(SETTLED_KEPT))
    return "\n\n".join([*parts, messages, frame.texts.t("mydata.telegram")])


def _section(frame: Frame, section: Section) -> str:
    t = frame.texts
    lines: list[str] = [f"<b>{escape(section.title)}</b>"]
    lines += [t.t("mydata.line", name=entry.name, value=entry.value) for entry in section.entries]
    lines += [t.t("mydata.kept", names=t.list(names), at=at, who=who) for (at, who), names in _by_end(frame, section)]
    if section.kept:
        lines.append(escape(section.kept))
    return "\n".join(lines)


def _by_end(frame: Frame, section: Section) -> list[tuple[tuple[str, str], list[str]]]:
    """The answers that are kept equally long and seen by the same: the soonest first."""
    groups: dict[tuple[str, str], list[str]] = {}
    dated: list[Entry] = sorted((e for e in section.entries if e.until), key=lambda e: str(e.until))
    for entry in dated:
        if entry.until is not None:
            groups.setdefault((frame.when(entry.until), entry.seen_by), []).append(entry.name)
    return list(groups.items())


def _cut(frame: Frame, told: list[Section]) -> str:
    """What fits, and where the rest is."""
    more = str(frame.texts.t("mydata.more"))
    text = str(frame.texts.t("mydata.title"))
    for section in told:
        for line in ["", *_section(frame, section).split("\n")]:
            if _units(text) + _units(line) + _units(more) > ROOM:
                return f"{text}\n\n{more}"
            text += "\n" + line
    return f"{text}\n\n{more}"


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


# --- buttons ---------------------------------------------------------------


def is_echo(incoming: Private) -> bool:
    """Whether this is a second press of "erase everything": of a stranger, by then, and nothing is kept of it."""
    pressed = buttons.read(incoming.data) if isinstance(incoming, Tap) else None
    return pressed is not None and pressed.action == buttons.DATA_ERASE_YES


def tap(visit: Visit, pressed: buttons.Pressed) -> After:
    """A button of this room."""
    match pressed.action:
        case buttons.DATA_JSON | buttons.DATA_TEXT:
            visit.say(file(visit, as_json_file=pressed.action == buttons.DATA_JSON))
        case buttons.DATA_ERASE:
            visit.show(ask_erase(visit))
        case buttons.DATA_ERASE_YES if visit.tapped != visit.person.screen_message_id:
            visit.show(ask_erase(visit))  # a "yes" on an earlier screen than the latest asks anew
        case buttons.DATA_ERASE_YES:
            erase(visit)
        case buttons.DATA_KEEP_DRAFT:
            return keep_draft(visit)
        case _:
            show(visit)
    return After.SHOWN


def file(visit: Visit, *, as_json_file: bool) -> Screen:
    """All of it, nothing cut."""
    frame, rows = visit.frame, visit.tx.held(visit.person.chat_id)
    told = sections(frame, rows)
    document = as_json(frame, told, rows, visit.now) if as_json_file else as_text(frame, told, visit.now)
    text = frame.texts.t("mydata.file", at=frame.when(visit.now))
    return Screen(template="mydata.file", text=text, document=document)


def ask_erase(visit: Visit) -> Screen:
    """What erasing does, to this person's own case."""
    t, event = visit.frame.texts, visit.service.content.event
    chat_id = visit.person.chat_id
    parts: list[Markup] = [t.t("mydata.ask_erase")]
    if visit.registration is not None:
        parts.append(t.t("mydata.ask_registration", number=visit.registration.number))
    if visit.tx.registrations.children_of(event.id, chat_id):
        parts.append(t.t("mydata.ask_children"))
    if visit.tx.guardianships.of_guardian(event.id, chat_id):
        parts.append(t.t("mydata.ask_consents"))
    parts += [t.t("mydata.ask_backups", length=t.duration(BACKUPS_KEPT)), t.t("mydata.ask_sure")]
    rows = (
        (Button(label=t.plain("button.data_erase_yes"), data=buttons.data(buttons.DATA_ERASE_YES)),),
        (Button(label=t.plain("button.data_keep"), data=buttons.data(buttons.DATA)),),
    )
    return Screen(template="mydata.ask_erase", text="\n\n".join(parts), rows=rows)


def erase(visit: Visit) -> None:
    """Everything goes in this transaction; the words that say so leave nothing once they are sent."""
    visit.messages = consents.leave(visit.service, visit.tx, visit.person.chat_id, visit.now)
    visit.forget()
    visit.show(screens.message(visit.frame, "mydata.erased"))


# --- a silent form ---------------------------------------------------------


def warning(frame: Frame, until: str) -> Screen:
    """A form that nobody went on with is erased soon; one press keeps it."""
    t = frame.texts
    rows = ((Button(label=t.plain("button.go_on"), data=buttons.data(buttons.DATA_KEEP_DRAFT)),),)
    return Screen(template="mydata.draft_warning", text=t.t("mydata.draft_warning", until=until), rows=rows)


def keep_draft(visit: Visit) -> After:
    """The person goes on: the silence is broken."""
    stored = visit.draft
    if stored is None:
        return After.OLD
    row = replace(stored, updated_at=visit.now)
    visit.tx.drafts.save(row)
    visit.situation = replace(visit.situation, draft=row)
    visit.tx.timers.arm(expiry(visit))
    return After.STAND


def expiry(visit: Visit) -> Timer:
    """When to look whether a form has fallen silent: in time for the warning."""
    chat_id = visit.person.chat_id
    due_at = visit.now + DRAFT_KEPT - WARNED_BEFORE
    return Timer(id=0, kind=EXPIRY_TIMER, key=str(chat_id), chat_id=chat_id, due_at=due_at)
