"""One invented person: reads the screen, does something, and waits for the reply to it, however often the bot dies.

A message that shows what was on screen before is a repeat and counts as no reply. So the walker acts only on what
it has seen settled, and its ledger holds exactly what the bot acknowledged.
"""

from __future__ import annotations

import asyncio
import random
import re
from collections.abc import Callable
from typing import Any

from bench.chaos.invented import Invented
from bench.chaos.ledger import Ledger
from bench.chaos.views import View, view_of
from bot import buttons
from bot.dialogue.definition import Form, Question
from bot.simulator import Person, SeenMessage

_NUMBER = re.compile(r"COP-[0-9A-Z-]+")
_KINDS_WITH_BUTTONS = frozenset({"choice", "yes_no", "consent", "age_band"})


class NoReply(Exception):
    """The bot did not answer what was done."""


class Walker:
    """`walk` until `stopping()`; then `ledger` is the book and `at` the last screen."""

    def __init__(
        self,
        person: Person,
        *,
        form: Form,
        language: str,
        place: int,
        rng: random.Random,
        patience_s: float,
        think_s: float,
    ) -> None:
        self.person = person
        self.ledger = Ledger(chat_id=person.user_id)
        self.language = language
        self._form = form
        self._rng = rng
        self._invented = Invented(place=place, language=language, rng=rng)
        self._patience_s, self._think_s = patience_s, think_s
        self._at: View | None = None
        self._plain = False  # the screen came as the reply to an answer, with nothing said above the question
        self._left: str | None = None

    async def walk(self, stopping: Callable[[], bool]) -> None:
        """Register, correct, withdraw and register again."""
        try:
            self.person.start()
            await self._reply("/start", lambda v: v.name == "greeting")
            while not stopping():
                await asyncio.sleep(self._rng.uniform(0, self._think_s))
                await self._go_on()
        except (NoReply, LookupError) as trouble:
            self.ledger.breaches.append(f"{trouble}\n{self.person.transcript()}")

    # seeing

    async def _reply(self, done: str, fits: Callable[[View], bool], *, aside: bool = False) -> View:
        """The screen that answers `done`. `aside`: a message without buttons must stand above it."""
        before = self._at
        self.ledger.acts += 1

        def is_reply(message: SeenMessage) -> bool:
            view = view_of(message)
            if view is None or not fits(view):
                return False
            if aside:
                return any(m.message_id < message.message_id and view_of(m) is None for m in self.person.news())
            return before is None or not view.shows_the_same(before)

        try:
            message = await self.person.wait_for(is_reply, self._patience_s)
        except AssertionError:
            raise NoReply(f"no reply to {done}") from None
        view = view_of(message)
        assert view is not None
        self._at, self._plain = view, False
        return view

    async def _tap(self, data: str, fits: Callable[[View], bool], *, double: float = 0.0, aside: bool = False) -> View:
        assert self._at is not None
        self.person.tap(data, self._at.message)
        if self._rng.random() < double:
            self.person.tap(data, self._at.message)
        return await self._reply(f"the button {data}", fits, aside=aside)

    # acting

    async def _go_on(self) -> None:
        at = self._at
        assert at is not None
        match at.name:
            case "greeting":
                chosen = buttons.data(buttons.LANGUAGE, self.language)
                await self._tap(chosen, lambda v: v.name == "home")
            case "home":
                await self._tap(at.data(buttons.REGISTER)[0], _is_question, double=0.1)
                self.ledger.began()
                self._left = None
            case "question":
                await self._at_question(at)
            case "review":
                await self._at_review(at)
            case "edit_list":
                question = buttons.read(self._rng.choice(at.data(buttons.EDIT)))
                assert question is not None
                await self._tap(
                    buttons.data(buttons.EDIT, *question.arguments), lambda v: v.question == question.arguments[0]
                )
            case "registered":
                await self._at_registration(at)
            case "stopped":
                self.person.start()
                await self._reply("/start", lambda v: v.name == "home")
            case "cancelled":
                await self._after_cancel(at)
            case _:
                raise NoReply(f"the screen {at.name} was not expected; the way on from it")

    async def _at_question(self, at: View) -> None:
        assert at.question is not None
        question = self._form.get(at.question)
        assert question is not None
        drawn = self._rng.random()
        if drawn < 0.06 and self._plain:
            self.person.send(self._invented.wrong(question.kind))
            await self._reply(f"a wrong answer to {question.id}", lambda v: v.question == question.id)
        elif drawn < 0.09:
            self._rng.choice((self.person.send_sticker, self.person.send_voice, self.person.start))()
            await self._reply("a sticker, a voice note or /start", lambda v: v.question == question.id, aside=True)
        elif drawn < 0.12 and at.data(buttons.LANGUAGE):
            await self._tap(at.data(buttons.LANGUAGE)[0], lambda v: v.question == question.id)
        elif drawn < 0.17 and at.data(buttons.BACK):
            self._left = question.id
            await self._tap(at.data(buttons.BACK)[0], lambda v: v.name == "review" or _other(v, question.id))
        elif drawn < 0.22 and self._plain and (old := self._old_button(question.id)):
            self.person.tap(old[1], old[0])
            await self._reply("an old button", lambda v: v.question == question.id)
        elif drawn < 0.26 and at.data(buttons.KEEP):
            self._left = question.id
            await self._tap(at.data(buttons.KEEP)[0], lambda v: v.name == "review" or _other(v, question.id))
            self._plain = True
        else:
            await self._answer(at, question)

    def _old_button(self, current: str) -> tuple[SeenMessage, str] | None:
        """An answer on an earlier screen; not of the question left last, where the bot takes it for an echo."""
        found = []
        for message in self.person.messages[:-1]:
            view = view_of(message)
            if view is not None and view.question not in (None, current, self._left):
                found += [(message, data) for data in view.data(buttons.ANSWER)]
        return self._rng.choice(found) if found else None

    async def _answer(self, at: View, question: Question) -> None:
        skip = at.data(buttons.SKIP)
        if skip and self._rng.random() < 0.4:
            await self._tap(skip[0], lambda v: _went_on(v, question.id), double=0.1)
            self._taken(question.id, None)
        elif question.kind == "choices":
            await self._tick(at, question)
        elif question.kind in _KINDS_WITH_BUTTONS:
            await self._choose(at, question)
        else:
            said, value = self._invented.typed(question.kind)
            if question.kind == "phone" and at.message.keyboard and self._rng.random() < 0.5:
                self.person.share_contact(said)
            else:
                self.person.send(said)
            await self._reply(f"an answer to {question.id}", lambda v: _went_on(v, question.id))
            self._taken(question.id, value)

    def _taken(self, question: str, value: Any) -> None:
        self.ledger.answered(question, value)
        self._left, self._plain = question, True

    async def _choose(self, at: View, question: Question) -> None:
        values: dict[str, Any] = {"adult": "adult", "agree": True, "yes": True, "no": False}
        values |= {choice.id: choice.id for choice in question.choices}
        codes = [read.arguments[1] for data in at.data(buttons.ANSWER) if (read := buttons.read(data))]
        code = self._rng.choice([c for c in codes if c not in ("young", "child", "disagree")])
        data = buttons.data(buttons.ANSWER, question.id, code)
        await self._tap(data, lambda v: _went_on(v, question.id), double=0.2)
        self._taken(question.id, values[code])

    async def _tick(self, at: View, question: Question) -> None:
        if self._rng.random() < 0.6:
            data = self._rng.choice(at.data(buttons.ANSWER))
            await self._tap(data, lambda v: v.question == question.id, double=0.2)
            return
        ticked = [
            read.arguments[1]
            for data in at.data(buttons.ANSWER)
            if (read := buttons.read(data)) and read.arguments[2] == buttons.UNTICK
        ]
        await self._tap(at.data(buttons.DONE)[0], lambda v: _went_on(v, question.id), double=0.1)
        self._taken(question.id, ticked or None)

    async def _at_review(self, at: View) -> None:
        drawn = self._rng.random()
        if drawn < 0.55:
            confirm = at.data(buttons.CONFIRM)[0]
            view = await self._tap(confirm, lambda v: v.name == "registered", double=0.3)
            found = _NUMBER.search(view.message.text)
            self.ledger.confirmed(found[0] if found else None)
        elif drawn < 0.85:
            await self._tap(at.data(buttons.EDIT_LIST)[0], lambda v: v.name == "edit_list")
        elif drawn < 0.92:
            await self._tap(at.data(buttons.LANGUAGE)[0], lambda v: v.name == "review")
        else:
            view = await self._tap(at.data(buttons.CANCEL)[0], lambda v: v.name == "ask_cancel")
            wanted = "registered" if self.ledger.corrects else "cancelled"
            await self._tap(view.data(buttons.CANCEL_YES)[0], lambda v: v.name == wanted)
            if self.ledger.corrects:
                self.ledger.dropped()
            else:
                self.ledger.cancelled = True

    async def _after_cancel(self, at: View) -> None:
        if self._rng.random() < 0.6:
            await self._tap(at.data(buttons.CANCEL_UNDO)[0], lambda v: v.name == "review")
            self.ledger.cancelled = False
        else:
            self.person.start()
            await self._reply("/start", lambda v: v.name == "home")

    async def _at_registration(self, at: View) -> None:
        drawn = self._rng.random()
        if drawn < 0.5:
            view = await self._tap(at.data(buttons.WITHDRAW)[0], lambda v: v.name == "ask_withdraw")
            await self._withdraw(view)
        elif drawn < 0.85:
            await self._tap(at.data(buttons.CORRECT)[0], lambda v: v.name == "review")
            self.ledger.reopened()
        else:
            await self._tap(at.data(buttons.LANGUAGE)[0], lambda v: v.name == "registered")

    async def _withdraw(self, at: View) -> None:
        """Whoever presses before the bot has noted which screen is the latest is asked once more."""
        while at.name == "ask_withdraw":
            data, asked = at.data(buttons.WITHDRAW_YES)[0], at.message.message_id
            self._at = None  # the same question once more is a reply here, if it is a new message
            self.person.tap(data, at.message)
            if self._rng.random() < 0.2:
                self.person.tap(data, at.message)
            at = await self._reply(
                "the button to withdraw",
                lambda v, asked=asked: v.name == "home" or (v.name == "ask_withdraw" and v.message.message_id > asked),
            )
        self.ledger.gave_up()


def _is_question(view: View) -> bool:
    return view.name == "question"


def _other(view: View, question: str) -> bool:
    return view.name == "question" and view.question != question


def _went_on(view: View, question: str) -> bool:
    return view.name == "review" or _other(view, question)
