"""In the middle of the form: resuming, switching language, and whatever does not answer the question."""

from __future__ import annotations

import pytest

from bot.dialogue.draft import REVIEW
from bot.texts import texts_for
from tests.registration.office import ANSWERS, Office, Room

EN = texts_for("en")


@pytest.mark.parametrize("language", ["en", "ar"])
async def test_an_adult_registers_from_the_first_question_to_the_number(nour: Room, language: str) -> None:
    registration = await nour.registers(language)

    assert registration.status == "confirmed" and registration.language == language
    assert registration.number in nour.text
    assert nour.templates == ["mine.confirmed"]
    assert registration.answers["given_name"] == "Nour" and registration.country == "JO"
    assert registration.zone == "Asia/Amman" and registration.kind == "administration"
    assert not await nour.has_draft()


@pytest.mark.parametrize(
    "text", ["/start", "/start invited", "/start 1:ok", "/start@cop_test_bot", "/START", "/start \x00<b>"]
)
async def test_start_in_the_middle_goes_back_to_where_the_person_stood(nour: Room, text: str) -> None:
    await nour.begins()
    await nour.fills("email")
    before = await nour.draft()
    await nour.says(text)

    assert nour.templates == ["start.resumed", "ask.email"]
    assert await nour.draft() == before


async def test_a_second_press_of_register_shows_the_question_that_stands(nour: Room) -> None:
    await nour.begins()
    await nour.fills("country")
    await nour.taps("1:rg")

    assert nour.templates == ["ask.country"]


async def test_switching_language_in_mid_question_redraws_the_question_in_place(nour: Room) -> None:
    await nour.begins()
    await nour.fills("email")
    live = nour.live
    await nour.presses("العربية")

    assert nour.live == live
    assert "ما عنوان البريد الإلكتروني؟" in nour.screen.text
    assert (await nour.draft()).at == "email"


async def test_the_language_command_redraws_the_question_in_place_and_says_so(nour: Room) -> None:
    await nour.begins()
    await nour.fills("email")
    live = nour.live
    await nour.says("/language")

    assert nour.templates == ["language.changed", "ask.email"]
    assert nour.live == live and "البريد" in nour.screen.text


async def test_ticks_survive_a_switch_of_language(nour: Room) -> None:
    await nour.begins()
    await nour.fills("accessibility")
    await nour.presses("Captions")
    await nour.presses("العربية")

    assert "✓ شرح كتابي مصاحب" in nour.labels
    assert (await nour.draft()).partial == ["captions"]


async def test_two_fast_presses_of_a_tick_tick_once_and_are_answered_once(nour: Room) -> None:
    await nour.begins()
    await nour.fills("accessibility")
    data = nour.button("Captions").data or ""
    await nour.taps(data)
    assert nour.templates == ["ask.accessibility"]
    await nour.taps(data)

    assert nour.heard == []
    assert (await nour.draft()).partial == ["captions"]
    await nour.presses("✓ Captions")
    assert (await nour.draft()).partial == []


async def test_an_answer_pressed_twice_is_answered_once(nour: Room) -> None:
    await nour.begins()
    await nour.fills("kind")
    await nour.taps("1:a:kind:family")
    await nour.taps("1:a:kind:family")

    assert nour.heard == []
    assert (await nour.draft()).answers["kind"] == "family"


async def test_an_old_button_redraws_the_current_question_below(nour: Room) -> None:
    await nour.begins()
    first = nour.live
    await nour.fills("email")
    await nour.taps("1:a:consent:agree", first)

    assert nour.live != first
    assert EN.t("form.old_button") in nour.text and nour.templates == ["ask.email"]


async def test_a_button_under_a_message_of_1970_is_answered_with_a_new_message(nour: Room) -> None:
    from bot.incoming import Tap

    await nour.begins()
    await nour.fills("email")
    messages = await nour.office.receive(Tap(sender=nour.sender, data="1:a:kind:family", message_id=None))

    assert [m.edit for m in messages] == [None]
    assert nour.templates == ["ask.email"]


@pytest.mark.parametrize(
    "what", ["sticker", "photo", "voice", "video", "document", "location", "poll", "dice", "game", "story"]
)
async def test_what_can_not_be_read_is_said_and_the_question_stands(nour: Room, what: str) -> None:
    await nour.begins()
    await nour.fills("given_name")
    await nour.sends(what)

    assert nour.templates == ["unreadable.text", "ask.given_name"]
    assert "can't be read here" in nour.text


async def test_an_edited_message_changes_no_answer_and_that_is_said(nour: Room) -> None:
    await nour.begins()
    await nour.fills("family_name")
    before = await nour.draft()
    await nour.edits()

    assert nour.templates == ["edited.text", "ask.family_name"]
    assert await nour.draft() == before


@pytest.mark.parametrize(
    "command", ["/help", "/whoami", "/unknown", "/registrations", "/my", "/DROP", "/language@other_bot_x"]
)
async def test_a_command_in_the_middle_is_answered_and_the_question_stands(nour: Room, command: str) -> None:
    await nour.begins()
    await nour.fills("email")
    answers = (await nour.draft()).answers
    await nour.says(command)

    assert nour.templates[-1] == "ask.email" and len(nour.templates) == 2
    assert (await nour.draft()).answers == answers


async def test_why_is_said_beside_the_question(nour: Room) -> None:
    await nour.begins()
    await nour.fills("country")
    await nour.presses("Why is this asked?")

    assert "So that the event&#x27;s hours" in nour.text or "So that the event's hours" in nour.text
    assert "30 days" in nour.text
    assert (await nour.draft()).at == "country"


@pytest.mark.parametrize(
    "data", ["1:w", "1:w:no_such_question", "1:w:", "1:zz", "2:a:kind:family", "", ":", "1:a", "1:a:kind", "1:e:kind"]
)
async def test_button_data_that_means_nothing_is_answered_with_the_question(nour: Room, data: str) -> None:
    await nour.begins()
    await nour.fills("email")
    await nour.taps(data)

    assert nour.templates == ["ask.email"]


async def test_refusing_consent_says_what_that_means_and_stores_no_answer(nour: Room) -> None:
    await nour.begins()
    await nour.fills("consent")
    await nour.presses("I do not agree")

    assert EN.t("problem.consent_refused") in nour.text
    assert (await nour.draft()).answers == {"age_band": "adult"}
    await nour.presses("I agree")
    assert (await nour.draft()).at == "for_whom"


async def test_registering_for_several_gives_a_link_to_forward(nour: Room) -> None:
    await nour.begins()
    await nour.fills("for_whom")
    await nour.presses("Me and others of my organisation")

    forward = nour.button("Forward to a colleague")
    assert forward.url is not None and "cop_test_bot" in forward.url
    assert nour.templates == ["ask.kind"]


# --- the review ---


async def test_words_at_the_review_are_answered_with_the_review(nour: Room) -> None:
    await nour.begins()
    await nour.fills()
    await nour.says("looks good")

    assert nour.templates == ["words.at_review", "review"]


async def test_the_review_shows_every_answer_and_correcting_one_returns_to_it(nour: Room) -> None:
    await nour.begins()
    await nour.fills()
    for answer in ("Nour", "Haddad", "Ministry of Communications", "nour@example.org", "Jordan", "Tunisia"):
        assert answer in nour.screen.text
    await nour.presses("Correct an answer")
    assert "Age group" not in nour.labels and "E-mail" in nour.labels
    await nour.presses("E-mail")
    await nour.says("salma@example.org")

    assert (await nour.draft()).at == REVIEW and "salma@example.org" in nour.screen.text


async def test_from_administration_to_family_clears_and_names_what_no_longer_applies(nour: Room) -> None:
    await nour.begins()
    await nour.fills()
    await nour.taps("1:e:kind")
    await nour.taps("1:a:kind:family")

    assert EN.t("form.cleared", questions="Country represented, Organisation and Position")[:50] in nour.text
    for name in ("Country represented", "Organisation", "Position"):
        assert name in nour.text.split("\n")[0]


async def test_an_old_list_of_answers_in_the_middle_of_a_question_changes_nothing(nour: Room) -> None:
    await nour.begins()
    await nour.fills("email")
    await nour.taps("1:el")

    assert nour.templates == ["ask.email"] and EN.t("form.old_button") in nour.text


async def test_the_country_picked_serves_the_texts_of_the_person_at_once(office: Office, nour: Room) -> None:
    await nour.begins("ar")
    await nour.fills("represents", **{**ANSWERS, "country": "tap:EG"})

    person = (await nour.situation()).person
    assert person is not None and (person.country, person.zone) == ("EG", "Africa/Cairo")
