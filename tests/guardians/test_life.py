"""Young people, guardians, an organiser, time and restarts, in any order: what is promised about minors holds.

After every step: of a minor for whom no guardian agreed and whom they did not confirm, the store holds chat,
language, band, "I understand" and the link, and nothing else; no such minor is listed, exported, counted as
registered, or given anything but the one nudge; every young registration has a confirmed guardianship behind it.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from bot.dialogue.draft import REVIEW, Draft
from bot.organisers.export import export_rows
from bot.records import Situation
from bot.texts import texts_for
from storage.store import open_store
from tests.guardians.house import ORGANISER, YOUNG_ANSWERS, House, assert_bare, house_over, payload_in
from tests.registration.office import ANSWERS, Room

T = TypeVar("T")
LIVES = settings(
    max_examples=40,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
PEOPLE = (71001, 71002, 71003, 71004)
TYPED = (
    "Nour",
    "Nour Haddad",
    "nour@example.org",
    "+962 7 9012 3456",
    "Mona Haddad",
    "/start",
    "/my",
    "/language",
    "no",
)
CODED = frozenset({"yk", "yn", "gw", "gy", "ob", "od", "og"})
BARE = (
    *("1:rg", "1:m", "1:mc", "1:mw", "1:my", "1:xy", "1:xu", "1:rs", "1:ok", "1:rv", "1:el", "1:yl", "1:cg", "1:cd"),
    *("1:cl", "1:cb:child", "1:cb:young", "1:a:guardian:confirmed", "1:a:age_band:adult", "1:a:age_band:young"),
    *(
        "1:a:age_band:child",
        "1:b:first_name",
        "1:b:guardian",
        "1:b:assent",
        "1:a:assent:disagree",
        "1:l:ar",
        "1:e:guardian",
    ),
)


def is_minor(situation: Situation) -> bool:
    draft, registration = situation.draft, situation.registration
    of_draft = draft is not None and draft.data["answers"].get("age_band") in ("young", "child")
    return of_draft or (registration is not None and registration.role == "young")


class Life(RuleBasedStateMachine):
    """Four people who may be young, guardians or both in vain, and one organiser."""

    def __init__(self, template: Path) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.place = tempfile.TemporaryDirectory()
        self.path = Path(self.place.name) / "store.db"
        shutil.copy(template, self.path)
        self.house: House = house_over(self.run(open_store(self.url)))
        self.payloads: list[tuple[int, str]] = []

    @property
    def url(self) -> str:
        return f"sqlite+aiosqlite:///{self.path}"

    def run(self, doing: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(doing)

    def teardown(self) -> None:
        self.run(self.house.store.close())
        self.runner.close()
        self.place.cleanup()

    def room(self, who: int) -> Room:
        return self.house.room(who, "en")

    def does(self, act: Coroutine[Any, Any, None]) -> None:
        nudges = self.nudges()
        self.run(act)
        assert self.nudges() == nudges, "a nudge that no timer sent"
        for room in self.house.rooms.values():
            if any(screen.template == "young.link" for screen in room.heard):
                self.payloads.append((room.chat_id, payload_in(room)))

    def nudges(self) -> int:
        return sum(s.template == "young.nudge" for room in self.house.rooms.values() for s in room.seen.values())

    # --- what people do ---

    @initialize(consents=st.integers(0, 2))
    def two_are_young_and_everybody_has_a_language(self, consents: int) -> None:
        for who in (*PEOPLE, ORGANISER):
            self.run(self.room(who).says("/start"))
            self.run(self.room(who).taps("1:l:en"))
        for who in PEOPLE[:2]:
            self.begins(who, "young")
        for young in PEOPLE[:consents]:
            self.a_guardian_agrees(PEOPLE[2], young, 4)
            self.knows_the_guardian(young)

    @rule(who=st.sampled_from(PEOPLE), band=st.sampled_from(["young", "young", "young", "adult", "child"]))
    def begins(self, who: int, band: str) -> None:
        room = self.room(who)
        self.does(room.says("/start"))
        if room.templates == ["greeting"]:
            self.does(room.taps("1:l:en"))
        self.does(room.taps("1:rg"))
        self.does(room.taps(f"1:a:age_band:{band}"))
        if band == "young":
            self.does(room.taps("1:a:assent:agree"))

    @rule(who=st.sampled_from(PEOPLE), link=st.integers(0, 30), until=st.integers(1, 4))
    def opens_any_link(self, who: int, link: int, until: int) -> None:
        if self.payloads:
            self.reads(who, self.payloads[link % len(self.payloads)][1], until)

    @rule(who=st.sampled_from(PEOPLE), of=st.sampled_from(PEOPLE), until=st.sampled_from([3, 4, 4, 4]))
    def a_guardian_agrees(self, who: int, of: int, until: int) -> None:
        links = [payload for young, payload in self.payloads if young == of]
        if links:
            self.reads(who, links[-1], until)

    def reads(self, who: int, payload: str, until: int) -> None:
        room = self.room(who)
        self.does(room.says(f"/start {payload}"))
        if room.templates == ["greeting"]:
            self.does(room.taps("1:l:en"))
        for action in ("gd", "ga")[: until - 1]:
            data = next((b.data for b in room.buttons if (b.data or "").startswith(f"1:{action}")), None)
            if data is not None:
                self.does(room.taps(data))
        if until == 4:
            self.does(room.says("Mona Haddad"))

    @rule(who=st.sampled_from(PEOPLE), at=st.integers(0, 6))
    def presses_what_is_there(self, who: int, at: int) -> None:
        room = self.room(who)
        data = [b.data for b in room.buttons if b.data] if room.live is not None else []
        if data:
            self.does(room.taps(data[at % len(data)]))

    @rule(who=st.sampled_from(PEOPLE), data=st.sampled_from(BARE))
    def presses_anything(self, who: int, data: str) -> None:
        self.does(self.room(who).taps(data))

    @rule(who=st.sampled_from(PEOPLE), action=st.sampled_from(sorted(CODED)), of=st.sampled_from(PEOPLE))
    def makes_a_button_up(self, who: int, action: str, of: int) -> None:
        row = self.run(self.house.guardianship(self.room(of)))
        if row is not None and who != of:
            self.does(self.room(who).taps(f"1:{action}:{row.code}:email"))

    @rule(who=st.sampled_from(PEOPLE))
    def knows_the_guardian(self, who: int) -> None:
        row = self.run(self.house.guardianship(self.room(who)))
        if row is not None:
            self.does(self.room(who).taps(f"1:yk:{row.code}"))

    @rule(who=st.sampled_from(PEOPLE), text=st.sampled_from(TYPED))
    def types(self, who: int, text: str) -> None:
        self.does(self.room(who).says(text))

    @rule(who=st.sampled_from(PEOPLE), most=st.sampled_from([3, 25, 25]))
    def fills_the_form(self, who: int, most: int) -> None:
        room = self.room(who)
        for _ in range(most):
            situation = self.run(room.situation())
            if situation.draft is None or situation.draft.cancelled_at is not None:
                return
            draft = Draft.from_dict(situation.draft.data)
            if draft.at == REVIEW:
                self.does(room.taps("1:ok"))
                return
            answers = ANSWERS if draft.answers.get("age_band") == "adult" else YOUNG_ANSWERS
            answer = answers.get(draft.at)
            if answer is None:
                return
            self.does(room.taps(f"1:a:{draft.at}:{answer[4:]}") if answer.startswith("tap:") else room.says(answer))
            if draft.at == "accessibility":
                self.does(room.taps("1:d:accessibility"))

    @rule(who=st.sampled_from(PEOPLE))
    def registers_a_child(self, who: int) -> None:
        room = self.room(who)
        for act in (room.says("/start child"), room.taps("1:cd"), room.taps("1:cb:child"), room.says("Sami")):
            self.does(act)

    @rule(of=st.sampled_from(PEOPLE), steps=st.integers(1, 4))
    def the_office_records_a_consent(self, of: int, steps: int) -> None:
        row = self.run(self.house.guardianship(self.room(of)))
        if row is None:
            return
        desk = self.room(ORGANISER)
        self.does(desk.taps("1:oa"))
        day = f"{self.house.now:%Y-%m-%d}"
        acts = (desk.says(row.code), desk.says("Mona Haddad"), desk.taps(f"1:ob:{row.code}:letter"), desk.says(day))
        for number, act in enumerate(acts):
            if number < steps:
                self.does(act)
            else:
                act.close()

    @rule(
        of=st.sampled_from(PEOPLE),
        band=st.sampled_from(["adult", "child", "18 or over", "13 to 17", "Under 13"]),
        act=st.sampled_from(["band", "withdraw", "end"]),
    )
    def an_organiser_corrects_or_ends(self, of: int, band: str, act: str) -> None:
        desk = self.room(ORGANISER)
        row = self.run(self.house.guardianship(self.room(of)))
        registration = self.run(self.room(of).registration())
        if act == "end" and row is not None:
            self.does(desk.taps(f"1:od:{row.code}"))
        elif act == "band" and registration is not None:
            self.does(desk.taps(f"1:oq:{registration.number}:age_band"))
            self.does(desk.says(band))
        elif act == "band" and row is not None:
            self.does(desk.taps(f"1:og:{row.code}:{band}"))
        elif act == "withdraw" and registration is not None:
            self.does(desk.taps(f"1:ow:{registration.number}"))
            self.does(desk.says("asked by letter"))

    @rule(minutes=st.sampled_from([1, 61, 60 * 24, 60 * 24 * 3, 60 * 24 * 7]))
    def time_passes(self, minutes: int) -> None:
        waiting = [w for w in PEOPLE if self.run(self.house.guardianship(self.room(w))) is not None]
        before = self.nudges()
        self.run(self.house.later(minutes=minutes))
        assert self.nudges() - before <= len(waiting)

    @rule()
    def the_bot_restarts(self) -> None:
        self.run(self.house.store.close())
        self.house.store = self.run(open_store(self.url))

    # --- what always holds ---

    @invariant()
    def nothing_more_is_kept_of_a_minor_without_consent(self) -> None:
        for who in PEOPLE:
            situation = self.run(self.room(who).situation())
            row = self.run(self.house.guardianship(self.room(who)))
            if is_minor(situation) and (row is None or row.status != "confirmed"):
                assert_bare(self.path, who)
                assert situation.registration is None

    @invariant()
    def every_young_registration_has_a_guardian_s_consent_and_no_other_minor_is_listed(self) -> None:
        registrations = self.run(self.house.registrations())
        for registration in registrations:
            if registration.role == "young":
                row = self.run(self.house.guardianship(self.room(registration.chat_id)))
                assert row is not None and row.status == "confirmed"
                assert row.guardian_chat_id != registration.chat_id
                assert registration.guardian_chat_id == row.guardian_chat_id
            if registration.role != "child":
                assert registration.answers["age_band"] == ("young" if registration.role == "young" else "adult")
        table = export_rows(self.house.service.content, registrations, texts_for("ar"), texts_for("en"))
        for exported, registration in zip(table.rows, registrations, strict=True):
            if registration.role != "adult":
                assert not any("Nour" in cell or "Sami" in cell or "mean to me" in cell for cell in exported)
        counts = self.run(self.house.store.read(lambda tx: tx.registrations.counts("cop2020")))
        standing = [r for r in registrations if r.status in ("confirmed", "late")]
        assert sum(counts["language"].values()) == len(standing)

    @invariant()
    def no_minor_agreed_and_no_child_has_a_minor_for_a_guardian(self) -> None:
        for who in PEOPLE:
            row = self.run(self.house.guardianship(self.room(who)))
            if row is not None and row.guardian_chat_id is not None:
                assert row.guardian_chat_id != who
                assert not is_minor(self.run(self.room(row.guardian_chat_id).situation()))
            if self.run(self.house.children(self.room(who))):
                assert not is_minor(self.run(self.room(who).situation()))

    @invariant()
    def what_waits_has_a_timer_that_ends_it(self) -> None:
        armed = self.run(self.house.store.read(lambda tx: tx.timers.upcoming(1000)))
        ends = {timer.chat_id for timer in armed if timer.kind == "end_wait_for_guardian"}
        for who in PEOPLE:
            situation = self.run(self.room(who).situation())
            row = self.run(self.house.guardianship(self.room(who)))
            if is_minor(situation) and (row is None or row.status != "confirmed"):
                assert who in ends


def test_whatever_happens_no_minor_without_consent_is_kept_listed_or_given_anything(sqlite_template: Path) -> None:
    run_state_machine_as_test(lambda: Life(sqlite_template), settings=LIVES)
