"""First contact, the language, and the door: before there is a form."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.incoming import Sender, Text
from bot.texts import texts_for
from tests.registration.office import Office, Room, office_over

ARABIC, ENGLISH = "مرحبًا", "Welcome"  # how each greeting begins


@pytest.mark.parametrize(
    ("hint", "first", "second"),
    [("en-GB", ENGLISH, ARABIC), ("ar", ARABIC, ENGLISH), ("fr", ARABIC, ENGLISH), (None, ARABIC, ENGLISH)],
    ids=["english", "arabic", "french", "unknown"],
)
async def test_first_contact_greets_in_both_languages_the_apps_own_first(
    office: Office, hint: str | None, first: str, second: str
) -> None:
    room = office.room(1, hint)
    await room.says("/start")

    assert room.text.startswith(first) and second in room.text
    assert sorted(room.labels) == ["English", "العربية"]
    assert (await room.situation()).person.language is None  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "text", ["hello", "/start", "/start invited", "/start DROP TABLE", "/help", "/cancel", "/unknown", "\x00"]
)
async def test_whatever_comes_first_is_greeted(nour: Room, text: str) -> None:
    await nour.says(text)

    assert nour.templates == ["greeting"]


async def test_a_sticker_a_contact_and_an_old_button_are_greeted_too(nour: Room) -> None:
    for act in (
        nour.sends("sticker"),
        nour.shares("+962790123456"),
        nour.taps("1:ok"),
        nour.taps("1:l:fr"),
        nour.taps("x"),
    ):
        await act
        assert nour.templates == ["greeting"]


async def test_an_edited_message_before_anything_else_is_no_reason_to_write(nour: Room) -> None:
    await nour.edits()

    assert nour.heard == []


@pytest.mark.parametrize(("label", "language"), [("English", "en"), ("العربية", "ar")])
async def test_the_language_may_be_pressed_or_typed(office: Office, label: str, language: str) -> None:
    for room in (office.room(1), office.room(2)):
        await room.says("/start")
    await office.room(1).presses(label)
    await office.room(2).says(f" {label} ")

    for room in (office.room(1), office.room(2)):
        assert (await room.situation()).person.language == language  # type: ignore[union-attr]
    assert office.room(1).seen == {101: office.room(1).screen}, "the greeting becomes the home screen"


async def test_the_id_is_told_to_anyone_who_asks(nour: Room) -> None:
    await nour.says("/whoami")

    assert "7001" in nour.text and "greeting" in nour.templates


async def test_a_rehearsal_says_so_at_first_contact_and_at_the_door(office: Office) -> None:
    rehearsing = office_over(office.store, is_rehearsal=True)
    room = rehearsing.room(1)
    await room.says("/start")
    assert all(texts_for(lang).t("greeting.rehearsal") in room.text for lang in ("ar", "en"))

    await room.presses("English")
    assert texts_for("en").t("greeting.rehearsal") in room.text


async def test_the_real_thing_does_not_say_rehearsal(nour: Room) -> None:
    await nour.says("/start")

    assert "rehearsal" not in nour.text.lower()


async def test_the_door_says_when_the_event_is_and_how_to_register(nour: Room) -> None:
    await nour.says("/start")
    await nour.presses("English")

    assert "Monday 23 November 2020, 11:00 (Cairo time)" in nour.text
    assert nour.labels == ["Register for the event", "العربية"]


async def test_two_languages_are_changed_between_at_the_door_in_place(nour: Room) -> None:
    await nour.says("/start")
    await nour.presses("English")
    await nour.presses("العربية")

    assert "التسجيل في الحدث" in nour.labels
    assert len(nour.seen) == 1


@pytest.mark.parametrize("data", ["1:l:fr", "1:l", "1:l:", "1:l:EN", "1:l:en:ar"])
async def test_a_language_that_is_none_changes_nothing(nour: Room, data: str) -> None:
    await nour.begins()
    await nour.taps(data)

    assert (await nour.situation()).person.language == "en"  # type: ignore[union-attr]
    assert nour.templates == ["ask.age_band"]


async def test_words_at_the_door_are_answered_with_the_door(nour: Room) -> None:
    await nour.says("/start")
    await nour.presses("English")
    await nour.says("Hello, who are you?")

    assert nour.templates == ["words.no_question", "home.open"]


async def test_a_blocked_chat_is_marked_and_an_unblocked_one_is_free_again(nour: Room) -> None:
    await nour.begins()
    await nour.blocks()
    assert nour.heard == [] and (await nour.situation()).person.blocked_at == nour.office.now  # type: ignore[union-attr]

    await nour.blocks(blocked=False)
    assert nour.heard == [] and (await nour.situation()).person.blocked_at is None  # type: ignore[union-attr]
    assert (await nour.draft()).at == "age_band"


async def test_a_chat_that_writes_again_is_not_blocked_any_more(nour: Room) -> None:
    await nour.begins()
    await nour.blocks()
    await nour.says("/start")

    assert (await nour.situation()).person.blocked_at is None  # type: ignore[union-attr]


async def test_a_stranger_who_blocks_leaves_no_trace(nour: Room) -> None:
    await nour.blocks()

    assert (await nour.situation()).person is None


async def test_a_person_is_kept_with_no_more_than_the_chat_and_the_language(nour: Room) -> None:
    await nour.office.receive(Text(sender=Sender(chat_id=7001, user_id=9), text="my name is Nour"))

    person = (await nour.situation()).person
    assert person is not None
    assert replace(person, screen_message_id=None) == type(person)(
        chat_id=7001, created_at=nour.office.now, updated_at=nour.office.now
    )
