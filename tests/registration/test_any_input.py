"""Whatever is typed, at every question: a fitting reply, a screen that Telegram takes, and the draft survives."""

from __future__ import annotations

import pytest

from bot.dialogue.draft import REVIEW
from tests.registration.office import ANSWERS, Room
from tests.registration.telegram_rules import shown

QUESTIONS = [*(q for q in ANSWERS if q not in ("zone", "accessibility_other")), REVIEW]

INPUTS = {
    "nothing": "",
    "spaces": " \t\n\u00a0\u3000  ",
    "marks": "\u200e\u200f\u202e\u2066\u2069\u061c\u200b\ufeff",
    "emoji": "🙂👨‍👩‍👧🇯🇴",
    "longest": "x" * 4096,
    "longest_arabic": "كلمة " * 819,
    "astral": "𝒜" * 2048,
    "name_of_200": "Nour " * 40,
    "bold": "<b>Nour</b>",
    "unclosed": "<a href='tg://user?id=1'>Nour",
    "entity": "Nour &amp; Sons &lt;3 &#0;",
    "null": "No\x00ur\x00",
    "controls": "\x01\x07\x1b[31mNour\x7f",
    "surrogate": "Nour \ud800",
    "zalgo": "N̴͖̈o̷̢͝u̶̼̅r̸̰͠" * 20,
    "sql": "Robert'); DROP TABLE people;--",
    "formula": '=HYPERLINK("http://x")',
    "at_formula": "@SUM(1+1)*cmd|' /C calc'!A0",
    "braces": "{number} {0} %s {event_title.__class__}",
    "button_data": "1:ok",
    "stretched": "نـــــــور",
    "arabic_digits": "١٢٣٤٥٦",
    "line_ends": "one\r\ntwo\u2028three\x85four",
    "question": "When does the event begin?",
}


@pytest.mark.parametrize("stand", QUESTIONS)
async def test_anything_may_be_typed_and_what_was_answered_before_stays(nour: Room, stand: str) -> None:
    for chat_id, (name, text) in enumerate(INPUTS.items(), 1):
        room = nour.office.room(chat_id)
        await room.begins()
        await room.fills(stand)
        before = await room.draft()
        await room.says(text)

        assert room.heard, f"{name} is answered with nothing"
        if await room.has_draft():
            after = await room.draft()
            assert before.answers.items() <= after.answers.items(), name


@pytest.mark.parametrize("text", ["<b>Nour</b> & Co", "{number} {0}", "=1+1 works", 'O\'Brien "Co" <script>'])
async def test_an_answer_is_shown_as_it_was_typed(nour: Room, text: str) -> None:
    registration = await nour.registers(organisation=text, position=text)

    assert registration.answers["organisation"] == text
    assert text in shown(nour.text)


async def test_the_longest_answers_in_the_widest_letters_fit_one_message(nour: Room) -> None:
    longest = {
        "title": "𝒜" * 200,
        "given_name": "𞤀" * 100,
        "family_name": "𞤀" * 100,
        "other_script_name": "𞤀" * 100,
        "organisation": "𝒜" * 200,
        "position": "𝒜" * 200,
        "experience": "𝒜" * 1000,
        "speaker_question": "𝒜" * 1000,
        "accessibility": "captions, sign language, screen reader, something else",
        "accessibility_other": "𝒜" * 200,
        "email": "n" * 60 + "@" + ".".join(["example-of-a-long-label" * 2] * 3) + ".org",
    }
    for language, chat_id in (("ar", 1), ("en", 2)):
        room = nour.office.room(chat_id)
        registration = await room.registers(language, **longest)
        assert registration.answers["experience"] == longest["experience"], "kept whole, however it is shown"
        await room.taps("1:mc")
        await room.taps("1:e:kind")
        await room.taps("1:a:kind:family")
        assert "organisation" not in (await room.draft()).answers
        assert "review" in room.templates  # and every screen on the way was one that Telegram takes
