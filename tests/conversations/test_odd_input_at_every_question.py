"""At every question of the form, in both languages: an odd input is answered, and the same question stands."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.app.runtime import Runtime
from bot.dialogue.draft import REVIEW
from bot.simulator import SimulatedTelegram
from tests.conversations.standing import answer_button
from tests.conversations.walk import Walk, bare, draft, registration, says

INPUTS: dict[str, tuple[Callable[[Walk], object], str | None]] = {
    "a sticker": (lambda w: w.person.send_sticker(), "unreadable.sticker"),
    "an unknown command": (lambda w: w.person.send("/unknown"), "command.unknown"),
    "an old button": (lambda w: w.person.tap_data("1:a:nothing:here", w.screen.message_id), "form.old_button"),
    # longer than any answer may be; at questions with buttons it is no choice
    "4,096 characters": (lambda w: w.person.send("ن" * 4096), None),
}


@pytest.mark.parametrize("lang", ["ar", "en"])
@pytest.mark.parametrize("name", INPUTS)
async def test_the_walk_goes_on_after_an_odd_input_at_every_question(
    bot: Runtime, telegram: SimulatedTelegram, lang: str, name: str
) -> None:
    does, answered = INPUTS[name]
    walk = Walk(telegram.add_person("Nour", language_code=lang), lang)
    await walk.begin()
    while True:
        at, before = walk.at, await draft(bot, walk.person)
        does(walk)
        assert await walk.shown() == at, walk.person.transcript()
        after = await draft(bot, walk.person)
        assert (after.at, after.answers) == (at, before.answers)
        if answered is not None:
            assert says(answered, lang) in "\n".join(bare(m.text) for m in walk.person.news())
        if at == REVIEW:
            break
        await walk.answer()
    await walk.confirm()
    assert (await registration(bot, walk.person)).status == "confirmed"


async def test_an_old_answer_of_every_earlier_question_changes_nothing(
    bot: Runtime, telegram: SimulatedTelegram
) -> None:
    walk = Walk(telegram.add_person("Nour", language_code="en"), "en")
    await walk.begin()
    await walk.to(REVIEW)
    before = await draft(bot, walk.person)
    for question, other in (("age_band", "child"), ("for_whom", "several"), ("kind", "ngo"), ("presents", "yes")):
        walk.person.tap_data(answer_button(question, other), walk.screen.message_id)
        await walk.person.wait_for(says("form.old_button", "en"))
    after = await draft(bot, walk.person)
    assert (after.at, after.answers) == (before.at, before.answers)
