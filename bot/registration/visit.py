"""One chat's visit to the desk: what is known of it, what changed, what is to be shown."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import Enum

from bot.content import Content
from bot.dialogue.draft import Draft
from bot.ports import Transaction
from bot.records import NewMessage, Person, Registration, Situation, StoredDraft
from bot.registration import screens
from bot.registration.form_screens import Frame
from bot.registration.window import Window, window
from bot.screen import Screen
from bot.texts import texts_for

UNDO_CANCEL = timedelta(hours=1)
DRAFT_KEPT = timedelta(days=30)
WARNED_BEFORE = timedelta(days=3)

UNDO_TIMER, EXPIRY_TIMER = "forget_cancelled_draft", "forget_silent_draft"


class After(Enum):
    """What is left to show after a button: nothing, where the person stands, or that the button is an old one."""

    SHOWN = "shown"
    STAND = "stand"
    OLD = "old"


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """What the desk works with, the same for all chats. `randbelow(n)` draws 0..n-1 for numbers."""

    content: Content
    bot_username: str
    is_rehearsal: bool
    organisers: Collection[int]
    randbelow: Callable[[int], int]


@dataclass(slots=True)
class Visit:
    """One chat's visit: what is known, what changed, and what is to be shown, in order."""

    service: Service
    tx: Transaction
    situation: Situation
    person: Person
    now: datetime
    tapped: int | None = None
    erased: bool = False
    messages: list[NewMessage] = field(default_factory=list)

    @property
    def frame(self) -> Frame:
        """What this person's screens are made with."""
        return frame_of(self.service, self.person)

    @property
    def draft(self) -> StoredDraft | None:
        """The draft that is being filled in (not one that was cancelled)."""
        stored = self.situation.draft
        return stored if stored is not None and stored.cancelled_at is None else None

    @property
    def registration(self) -> Registration | None:
        """The registration of this chat that stands: confirmed, or a late request."""
        registration = self.situation.registration
        stands = registration is not None and registration.status in ("confirmed", "late")
        return registration if stands else None

    @property
    def reads_from_the_right(self) -> bool:
        """Whether buttons are laid out for Arabic: by the language chosen, before that by the app's."""
        if self.person.language is not None:
            return self.person.language == "ar"
        return screens.both_languages(self.person.language_hint)[0].lang == "ar"

    def window(self) -> Window:
        """Where now falls for this person's draft, or for a form not begun."""
        begun = self.draft.begun_at if self.draft else None
        return window(self.service.content.event, self.now, begun)

    def show(self, screen: Screen, *, anew: bool = False) -> None:
        """Show a screen: in place of the pressed one where that is the latest, else as a new message."""
        edit = self.tapped
        if anew or screen.reply_keyboard or screen.document or self.person.screen_message_id not in (None, edit):
            edit = None
        if self.person.reply_keyboard and not screen.reply_keyboard:
            off = screens.message(self.frame, "form.keyboard_off")
            self.say(replace(off, remove_keyboard=True))
        self.person = replace(self.person, reply_keyboard=screen.reply_keyboard is not None)
        if self.reads_from_the_right:
            screen = screen.mirrored()
        live = bool(screen.rows) or screen.reply_keyboard is not None
        self.messages.append(
            NewMessage(chat_id=self.person.chat_id, screen=screen.to_dict(), edit=edit, live=live, fold=screen.fold)
        )

    def say(self, screen: Screen, *, to: int | None = None) -> None:
        """A message beside the current screen, or to another chat."""
        self.messages.append(NewMessage(chat_id=to or self.person.chat_id, screen=screen.to_dict()))

    def answer(self, screen: Screen) -> None:
        """A reply to a button beside the current screen, in place of the message it stood under."""
        beside = self.tapped if self.tapped != self.person.screen_message_id else None
        self.messages.append(NewMessage(chat_id=self.person.chat_id, screen=screen.to_dict(), edit=beside))

    def keep_registration(self, registration: Registration) -> None:
        """Store a changed registration of this chat."""
        self.tx.registrations.save(registration)
        self.situation = replace(self.situation, registration=registration)

    def keep_draft(self, draft: Draft, begun_at: datetime | None = None) -> None:
        """Store the draft as it is now."""
        stored = self.situation.draft
        begun = begun_at or (stored.begun_at if stored else self.now)
        row = StoredDraft(
            chat_id=self.person.chat_id,
            event_id=self.service.content.event.id,
            data=draft.to_dict() | {"consent": self._consent_of(draft)},
            begun_at=begun,
            updated_at=self.now,
        )
        self.tx.drafts.save(row)
        self.situation = replace(self.situation, draft=row)

    def _consent_of(self, draft: Draft) -> list[str] | None:
        """When consent was given and to which notice, kept with the draft from that moment on."""
        given = any(draft.answers.get(q.id) for q in self.service.content.form if q.kind == "consent")
        if not given:
            return None
        kept = self.situation.draft.data.get("consent") if self.situation.draft else None
        return kept or [self.now.isoformat(), self.service.content.notice_version]

    def consent(self) -> tuple[datetime, str]:
        """When the person agreed, and to which version of the notice."""
        kept = self.situation.draft.data.get("consent") if self.situation.draft else None
        given_at, version = kept or (self.now.isoformat(), self.service.content.notice_version)
        return datetime.fromisoformat(given_at), version

    def forget(self) -> None:
        """Erase all that is held about this chat; what is shown after that goes to a stranger."""
        self.tx.erase_chat(self.person.chat_id, self.service.content.event.id, self.now)
        self.situation = Situation(person=None, draft=None, registration=None)
        self.erased = True

    def drop_draft(self) -> None:
        """Forget the draft and its timers."""
        if self.situation.draft is None:
            return
        self.tx.drafts.delete(self.person.chat_id, self.service.content.event.id)
        self.tx.timers.disarm(UNDO_TIMER, str(self.person.chat_id))
        self.tx.timers.disarm(EXPIRY_TIMER, str(self.person.chat_id))
        self.situation = replace(self.situation, draft=None)


def frame_of(service: Service, person: Person) -> Frame:
    """The frame of a person's screens; English until they chose a language."""
    return Frame(
        content=service.content,
        texts=texts_for(person.language or "en", person.country),
        bot_username=service.bot_username,
        zone=person.zone,
        is_rehearsal=service.is_rehearsal,
    )
