"""Lives of people with the desk, over a real store: whatever they do in whatever order, what is promised holds.

`HYPOTHESIS_PROFILE=long` lives longer.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bot.dialogue.context import applies
from bot.dialogue.draft import REVIEW, Draft
from bot.records import Situation
from bot.screen import Screen
from storage.store import open_store
from tests.registration.lives import assert_nothing_lost, assert_registrations, assert_stands, variants
from tests.registration.office import ANSWERS, Office, Room, office_over, shipped

T = TypeVar("T")

LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
LIVES = settings(
    max_examples=600 if LONG else 60,
    stateful_step_count=100 if LONG else 40,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
CONTENTS = variants(shipped())
PEOPLE = st.sampled_from([1, 2, 3])
GIVEN = {
    **{question: [answer] for question, answer in ANSWERS.items()},
    "kind": ["tap:administration", "tap:regulator", "tap:family", "tap:other", "tap:ministry", "ministry"],
    "country": ["tap:JO", "tap:EG", "United States", "مصر", "canada"],
    "for_whom": ["tap:me", "tap:several"],
    "given_name": ["Nour", "سلمى", "𞤀𞤁"],
    "title": ["skip", "Dr"],
    "institution": ["Ministry of Communications"],
    "badge": ["Nour H."],
    "email": ["nour@example.org", "NOUR@example.org", "salma@example.org"],
    "phone": ["skip", "+962 7 9012 3456", "+٢٠١٠٠١٢٣٤٥٦٧"],
    "presents": ["tap:yes", "tap:no"],
    "accessibility": ["skip", "captions", "something else"],
    "speaker_question": ["skip", "Why?"],
}
NOT_ASKED_OF_MINORS = {"family_name", "other_script_name", "organisation", "position", "email", "phone"}
JUNK = [
    "",
    "   ",
    "🙂",
    "<b>",
    "x" * 4096,
    "yes",
    "نعم",
    "Back",
    "رجوع",
    "Skip",
    "/help",
    "/my",
    "/unknown",
    "/start x",
    "18",
    "1:ok",
]


class Life(RuleBasedStateMachine):
    """Three people, one store, a form that changes under them."""

    def __init__(self, template: Path) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.place = tempfile.TemporaryDirectory()
        path = Path(self.place.name) / "store.db"
        shutil.copy(template, path)
        self.url = f"sqlite+aiosqlite:///{path}"
        self.office: Office = office_over(self.run(open_store(self.url)), CONTENTS[0])
        self.history: dict[int, list[tuple[int, Screen]]] = {1: [], 2: [], 3: []}
        self.kept: dict[int, str] = {}

    def run(self, doing: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(doing)

    def teardown(self) -> None:
        self.run(self.office.store.close())
        self.runner.close()
        self.place.cleanup()

    def does(self, who: int, act: Coroutine[Any, Any, None]) -> None:
        """One event of one person, and what must hold between before and after."""
        room = self.office.room(who)
        self.run(act)
        assert room.step is not None
        before, after = room.step
        for other in self.office.rooms.values():
            if other.heard and other.live is not None:
                self.history[other.chat_id].append((other.live, other.screen))
        self.every_event_gets_a_reply_or_changes_nothing(room, before, after)
        assert_nothing_lost(self.office.service.content, before, after, room.text, room.templates)
        if "stopped" in room.templates:
            self.nothing_of_who_is_too_young_is_kept(after)

    def every_event_gets_a_reply_or_changes_nothing(self, room: Room, before: Situation, after: Situation) -> None:
        if not room.heard:
            assert before.registration == after.registration
            assert _told(before) == _told(after)

    def nothing_of_who_is_too_young_is_kept(self, after: Situation) -> None:
        assert after.draft is None or set(after.draft.data["answers"]) <= {"age_band"}
        assert after.person is not None and after.person.expecting is None
        if after.registration is None:
            assert (after.person.country, after.person.zone) == (None, None)

    def draft(self, who: int) -> Draft | None:
        stored = self.run(self.office.room(who).situation()).draft
        return Draft.from_dict(stored.data) if stored is not None and stored.cancelled_at is None else None

    def answer(self, who: int, data: st.DataObject) -> None:
        draft, room = self.draft(who), self.office.room(who)
        if draft is None or draft.at == REVIEW:
            return
        answer = data.draw(st.sampled_from(GIVEN.get(draft.at, ["Nour"])))
        if answer == "skip":
            self.does(who, room.taps(f"1:s:{draft.at}"))
        elif answer.startswith("tap:"):
            self.does(who, room.taps(f"1:a:{draft.at}:{answer[4:]}"))
        else:
            self.does(who, room.says(answer))
        if draft.at == "accessibility":
            self.does(who, room.taps("1:d:accessibility"))

    # --- what people do ---

    @initialize()
    def all_three_begin(self) -> None:
        for who, language in ((1, "en"), (2, "ar"), (3, "en")):
            self.does(who, self.office.room(who, language).begins(language))

    @rule(who=PEOPLE, many=st.integers(1, 12), data=st.data())
    def answers(self, who: int, many: int, data: st.DataObject) -> None:
        for _ in range(many):
            self.answer(who, data)

    @rule(who=PEOPLE, data=st.data())
    def fills_in_all_and_confirms(self, who: int, data: st.DataObject) -> None:
        for _ in range(30):
            self.answer(who, data)
        self.does(who, self.office.room(who).taps("1:ok"))

    @rule(who=PEOPLE, text=st.sampled_from(JUNK))
    def says_something_else(self, who: int, text: str) -> None:
        self.does(who, self.office.room(who).says(text))

    @rule(who=PEOPLE, what=st.sampled_from(["sticker", "voice", "edit", "contact", "other contact"]))
    def sends_what_is_no_text(self, who: int, what: str) -> None:
        room = self.office.room(who)
        contact = room.shares("962790123456", own=what == "contact") if "contact" in what else None
        self.does(who, contact or (room.edits() if what == "edit" else room.sends(what)))

    @rule(who=PEOPLE, data=st.data())
    def presses_what_is_on_the_screen(self, who: int, data: st.DataObject) -> None:
        room = self.office.room(who)
        pressable = [button.data for button in room.buttons if button.data is not None] if room.live else []
        if pressable:
            self.does(who, room.taps(data.draw(st.sampled_from(pressable))))

    @rule(who=PEOPLE, data=st.data())
    def presses_an_old_button(self, who: int, data: st.DataObject) -> None:
        old = [(i, b.data) for i, s in self.history[who] for row in s.rows for b in row if b.data is not None]
        if old:
            message_id, pressed = data.draw(st.sampled_from(old))
            self.does(who, self.office.room(who).taps(pressed, message_id))

    @rule(who=PEOPLE, times=st.integers(1, 3))
    def goes_back(self, who: int, times: int) -> None:
        for _ in range(times):
            if draft := self.draft(who):
                self.does(who, self.office.room(who).taps(f"1:b:{draft.at}"))

    @rule(who=PEOPLE, data=st.data())
    def corrects_an_answer(self, who: int, data: st.DataObject) -> None:
        draft, form = self.draft(who), self.office.service.content.form
        if draft is not None and draft.at == REVIEW:
            others_hang_on_it = st.sampled_from(["kind", "country", "presents", "accessibility"])
            asked = data.draw(others_hang_on_it | st.sampled_from([q.id for q in form if applies(q, draft.answers)]))
            self.does(who, self.office.room(who).taps(f"1:e:{asked}"))
            self.answer(who, data)

    @rule(who=PEOPLE, data=st.data())
    def opens_a_registration_and_corrects_it(self, who: int, data: st.DataObject) -> None:
        self.does(who, self.office.room(who).taps("1:mc"))
        self.corrects_an_answer(who, data)
        self.does(who, self.office.room(who).taps("1:ok"))

    @rule(who=PEOPLE, command=st.sampled_from(["/language", "/start", "/cancel", "/my"]))
    def gives_a_command(self, who: int, command: str) -> None:
        self.does(who, self.office.room(who).says(command))

    @rule(
        who=PEOPLE,
        data=st.sampled_from(
            ["1:rg", "1:ok", "1:mc", "1:mz", "1:mw", "1:my", "1:x", "1:xy", "1:xu", "1:rs", "1:rv", "1:el"]
        ),
    )
    def presses_a_button_from_somewhere(self, who: int, data: str) -> None:
        self.does(who, self.office.room(who).taps(data))

    @rule(who=PEOPLE, other=PEOPLE, action=st.sampled_from(["dy", "dn"]))
    def answers_for_the_number_of_another(self, who: int, other: int, action: str) -> None:
        registration = self.run(self.office.room(other).registration())
        if registration is not None:
            self.does(who, self.office.room(who).taps(f"1:{action}:{registration.number}"))

    @rule(who=PEOPLE, blocked=st.booleans())
    def blocks_or_unblocks(self, who: int, blocked: bool) -> None:
        self.does(who, self.office.room(who).blocks(blocked=blocked))

    # --- what happens to them ---

    @rule(number=st.integers(0, 2))
    def the_form_changes(self, number: int) -> None:
        self.office.take(CONTENTS[number])

    @rule()
    def the_bot_starts_again(self) -> None:
        self.run(self.office.store.close())
        self.office.store = self.run(open_store(self.url))

    @precondition(lambda self: self.office.now.day < 22)
    @rule(minutes=st.sampled_from([1, 59, 61, 24 * 60]))
    def time_passes(self, minutes: int) -> None:
        self.run(self.office.later(minutes=minutes))

    @rule(hours=st.sampled_from([1, 40, 12 * 24, 15 * 24, 60 * 24]))
    @precondition(lambda self: len(self.kept) > 1)
    def much_time_passes(self, hours: int) -> None:
        self.run(self.office.later(hours=hours))

    # --- what always holds ---

    @invariant()
    def registrations_keep_their_numbers_and_drafts_stand_where_they_can_be_answered(self) -> None:
        event_id = self.office.service.content.event.id
        registrations, situations = self.run(
            self.office.store.read(
                lambda tx: (list(tx.registrations.all(event_id)), [tx.people.situation(i, event_id) for i in (1, 2, 3)])
            )
        )
        assert_registrations(CONTENTS, self.kept, registrations)
        forms = {content.form.version: content.form for content in CONTENTS}
        for stored in (situation.draft for situation in situations):
            if stored is not None:
                draft = Draft.from_dict(stored.data)
                assert draft.answers.get("age_band", "adult") == "adult" or not NOT_ASKED_OF_MINORS & set(draft.answers)
                assert_stands(forms[draft.form_version], draft)


def _told(situation: Situation) -> tuple[Any, ...] | None:
    """What of a draft the person sees."""
    data = situation.draft.data if situation.draft else None
    return (data["at"], data["answers"], data["partial"], data["candidates"]) if data else None


def test_whatever_people_do_what_is_promised_holds(sqlite_template: Path) -> None:
    """Every screen on the way is one that Telegram takes: the office looks at each (`telegram_rules`)."""
    run_state_machine_as_test(lambda: Life(sqlite_template), settings=LIVES)
