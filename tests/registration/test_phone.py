"""The phone is asked with a reply keyboard: the own contact, and what its buttons say when they arrive as words."""

from __future__ import annotations

import pytest

from bot.texts import texts_for
from tests.registration.office import Room

EN = texts_for("en")


async def test_the_phone_asks_for_the_own_contact_with_a_reply_keyboard(nour: Room) -> None:
    await nour.begins()
    await nour.fills("phone")

    keyboard = nour.screen.reply_keyboard
    assert keyboard is not None and keyboard.contact == "Share my phone number"
    await nour.shares("962790123456")
    assert (await nour.draft()).answers["phone"] == "+962790123456"
    assert nour.templates == ["form.keyboard_off", "ask.presents"]


async def test_the_contact_of_somebody_else_is_refused(nour: Room) -> None:
    await nour.begins()
    await nour.fills("phone")
    await nour.shares("962790123456", own=False)

    assert EN.t("problem.contact_not_own") in nour.text
    assert "phone" not in (await nour.draft()).answers


async def test_a_contact_where_none_is_asked_is_not_kept(nour: Room) -> None:
    await nour.begins()
    await nour.fills("given_name")
    await nour.shares("962790123456")

    assert nour.templates == ["words.contact_not_asked", "ask.given_name"]
    assert "+962790123456" not in str((await nour.draft()).to_dict())


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize(
    ("key", "stands"),
    [("button.skip", "presents"), ("button.back", "email"), ("button.other_language", "phone")],
    ids=["skip", "back", "language"],
)
async def test_the_reply_keyboard_is_understood_in_both_languages(
    nour: Room, language: str, key: str, stands: str
) -> None:
    """Also after the language was switched by a button while the old keyboard still stood."""
    await nour.begins(language)
    await nour.fills("phone")
    await nour.says(texts_for(language).plain(key))
    assert (await nour.draft()).at == stands

    await nour.taps("1:k:email") if stands == "email" else None
    if key != "button.skip":
        other = "en" if language == "ar" else "ar"
        await nour.says(texts_for(other).plain("button.skip"))
        assert (await nour.draft()).at == "presents"


async def test_the_phone_can_be_kept_when_one_goes_back_to_it(nour: Room) -> None:
    await nour.begins()
    await nour.fills("presents")
    await nour.presses("Back")
    assert nour.screen.reply_keyboard is not None
    assert "Keep this answer" in [label for row in nour.screen.reply_keyboard.rows for label in row]
    await nour.says("Keep this answer")

    assert (await nour.draft()).at == "presents"
    assert (await nour.draft()).answers["phone"] == "+962790123456"
