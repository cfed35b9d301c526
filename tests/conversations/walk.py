"""A person who fills in the form by reading what the bot shows, in either language; and looks into the store."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from bot.app.runtime import Runtime
from bot.content import Content, load
from bot.dialogue.draft import REVIEW, Draft
from bot.records import Registration, Situation
from bot.settings import ROOT
from bot.simulator import SimulatedTelegram
from bot.simulator.people import Person, SeenMessage
from bot.texts import texts_for

LANGUAGES = ("ar", "en")
_MARKS = re.compile("[\u2066-\u2069\u200e\u200f\u061c]")
NUMBER = re.compile(r"COP-[0-9A-Z-]+")


@dataclass(frozen=True, slots=True)
class Press:
    """Choices pressed by their ids ("yes", "no", "agree" too), one after the other."""

    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Write:
    text: str


@dataclass(frozen=True, slots=True)
class Skip:
    pass


Act = Press | Write | Skip

# Somebody at a regulator, in Arabic and in English: question -> what they do there.
ARABIC: Mapping[str, Act] = {
    "age_band": Press(("adult",)),
    "consent": Press(("agree",)),
    "for_whom": Press(("me",)),
    "kind": Press(("regulator",)),
    "country": Write("الأردن"),
    "represents": Write("تونس"),
    "zone": Write("تورونتو"),
    "title": Write("د."),
    "given_name": Write("ليلى"),
    "family_name": Write("المنصوري"),
    "other_script_name": Write("Layla Almansouri"),
    "organisation": Write("هيئة تنظيم الاتصالات"),
    "position": Write("مديرة السياسات"),
    "email": Write("layla.mansouri@example.org"),
    "phone": Write("+962 7 9012 3456"),
    "presents": Press(("yes",)),
    "experience": Write("دليل وطني لسلامة الأطفال"),
    "accessibility": Press(("captions", "other")),
    "accessibility_other": Write("نص العروض"),
    "speaker_question": Write("كيف تُكيَّف المبادئ التوجيهية؟"),
    "reminders": Press(("yes",)),
}
ENGLISH: Mapping[str, Act] = {
    "age_band": Press(("adult",)),
    "consent": Press(("agree",)),
    "for_whom": Press(("me",)),
    "kind": Press(("administration",)),
    "country": Write("Canada"),
    "represents": Write("Egypt"),
    "zone": Write("Toronto"),
    "title": Write("Dr"),
    "given_name": Write("Karim"),
    "family_name": Write("Haddadine"),
    "other_script_name": Write("كريم حدادين"),
    "organisation": Write("Ministry of Communications"),
    "position": Write("Head of Digital Policy"),
    "email": Write("karim.haddadine@example.org"),
    "phone": Write("+20 100 123 4567"),
    "presents": Press(("no",)),
    "experience": Write("A guide for schools"),
    "accessibility": Skip(),
    "accessibility_other": Write("Slides in writing"),
    "speaker_question": Skip(),
    "reminders": Press(("no",)),
}
ANSWERS = {"ar": ARABIC, "en": ENGLISH}
SHORT: Mapping[str, Act] = ENGLISH | {
    "kind": Press(("family",)),
    "country": Write("Egypt"),
    "title": Skip(),
    "other_script_name": Skip(),
    "phone": Skip(),
}


@cache
def content() -> Content:
    loaded = load(ROOT / "content")
    assert loaded.content is not None, loaded.faults
    return loaded.content


def bare(text: str) -> str:
    """Without direction marks."""
    return _MARKS.sub("", text)


@cache
def _first_lines() -> tuple[tuple[str, str, str], ...]:
    """(question id, language, the line by which a reader knows it)."""
    found = []
    for question in content().form:
        for lang in LANGUAGES:
            line = next(line for line in question.text[lang].splitlines() if line.strip())
            found.append((question.id, lang, re.sub("<[^>]+>", "", line)))
    return tuple(found)


@cache
def _review_titles() -> tuple[tuple[str, str], ...]:
    ids = ("review.title", "review.title_correcting")
    titles = [(lang, texts_for(lang).plain(i).splitlines()[0]) for lang in LANGUAGES for i in ids]
    return tuple((lang, re.sub("<[^>]+>", "", title)) for lang, title in titles)


def shown_by(message: SeenMessage) -> tuple[str, str] | None:
    """Which question (or the review) a message shows, and in which language; None for anything else."""
    text = bare(message.text)
    for lang, title in _review_titles():
        if title in text:
            return REVIEW, lang
    fits = [(len(line), question, lang) for question, lang, line in _first_lines() if line in text]
    return max(fits)[1:] if fits else None


def says(text_id: str, lang: str) -> str:
    """The catalogue's text up to its first placeholder or tag: what a reader would look for."""
    text = bare(texts_for(lang).translations.gettext(text_id))
    pieces = [piece.strip() for piece in re.split(r"[{<][^}>]*[}>]|\n", text)]
    return max(pieces, key=len)


def label(choice: str, question: str, lang: str) -> str:
    """The words on a choice's button."""
    if choice in ("yes", "no", "agree", "disagree"):
        return texts_for(lang).plain(f"kind.{choice}")
    asked = content().form.get(question)
    found = asked.choice(choice) if asked else None
    assert found is not None, (question, choice)
    return found.label[lang]


def button(name: str, lang: str) -> str:
    return texts_for(lang).plain(f"button.{name}")


class Walk:
    """One person at the form. `answers` says what they do at each question, whatever order it is asked in."""

    def __init__(self, person: Person, lang: str, answers: Mapping[str, Act] | None = None) -> None:
        self.person = person
        self.first_lang = lang
        self.answers = answers or ANSWERS[lang]
        self.asked: list[str] = []

    @property
    def screen(self) -> SeenMessage:
        """The newest message that shows a question or the review."""
        shown = [m for m in self.person.messages if shown_by(m)]
        assert shown, self.person.transcript()
        return max(shown, key=lambda m: m.revision)

    @property
    def at(self) -> str:
        found = shown_by(self.screen)
        assert found is not None
        return found[0]

    @property
    def lang(self) -> str:
        found = shown_by(self.screen)
        assert found is not None
        return found[1]

    async def shown(self) -> str:
        """Wait for the next question after the person's last act; which it is."""
        found = shown_by(await self.person.wait_for(lambda m: shown_by(m) is not None))
        assert found is not None
        return found[0]

    async def begin(self) -> None:
        """From /start to the first question."""
        self.person.start()
        await self.person.wait_for(says("greeting.text", self.first_lang))
        self.person.tap(button("this_language", self.first_lang))
        await self.person.wait_for(lambda m: m.button(button("register", self.first_lang)) is not None)
        self.person.tap(button("register", self.first_lang))
        await self.shown()

    async def answer(self) -> None:
        """Do what the table says at the question that is shown, in the language it is shown in."""
        at, lang = self.at, self.lang
        self.asked.append(at)
        match self.answers[at]:
            case Write(text=text):
                self.person.send(text)
            case Skip():
                self.press("skip")
            case Press(ids=ids):
                for choice in ids:
                    self.person.tap(label(choice, at, lang), self.screen)
                    if len(ids) > 1:
                        await self.shown()
                if len(ids) > 1:
                    self.press("done")
        now = await self.shown()
        if now == at:
            raise AssertionError(f"{self.answers[at]} did not answer {at}:\n{self.person.transcript()}")

    def press(self, name: str) -> None:
        """Press a button of the current screen or of the keyboard under it."""
        text = button(name, self.lang)
        if self.screen.keyboard:
            self.person.press_reply(text)
        else:
            self.person.tap(text, self.screen)

    async def to(self, question: str) -> None:
        """Answer until `question` (or REVIEW) is shown."""
        while self.at != question:
            assert self.at != REVIEW, f"{question} was not asked: {self.asked}"
            await self.answer()

    async def confirm(self) -> str:
        """From wherever they stand to a confirmed registration; its number as shown."""
        await self.to(REVIEW)
        lang = self.lang
        self.press("confirm")
        shown = await self.person.wait_for(says("mine.confirmed", lang))
        return number_in(shown)


def number_in(message: SeenMessage) -> str:
    found = NUMBER.search(message.text)
    assert found is not None, message.text
    return found[0]


async def registers(person: Person, lang: str, answers: Mapping[str, Act] | None = None) -> str:
    """The whole dialogue; the number."""
    walk = Walk(person, lang, answers)
    await walk.begin()
    return await walk.confirm()


async def settled(bot: Runtime, telegram: SimulatedTelegram) -> None:
    """Until the bot has taken, handled and answered all that was done, or would wait to do so."""
    async with asyncio.timeout(60):
        await telegram.wait_until_quiet(60)
        await bot.processor.idle()
        await bot.sender.idle()


async def situation(bot: Runtime, person: Person) -> Situation:
    event_id = bot.service.content.event.id
    return await bot.store.read(lambda tx: tx.people.situation(person.user_id, event_id))


async def draft(bot: Runtime, person: Person) -> Draft:
    stored = (await situation(bot, person)).draft
    assert stored is not None, "the draft is gone"
    return Draft.from_dict(stored.data)


async def registration(bot: Runtime, person: Person) -> Registration:
    found = (await situation(bot, person)).registration
    assert found is not None
    return found
