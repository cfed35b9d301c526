"""An adult registers end to end, in each language."""

from __future__ import annotations

from bot.app.runtime import Runtime
from bot.simulator import SimulatedTelegram


async def test_an_adult_registers_in_english_and_holds_a_number(bot: Runtime, telegram: SimulatedTelegram) -> None:
    person = telegram.add_person("Karim", language_code="en")
    person.start()
    await person.wait_for("Please choose a language")
    person.tap("English")
    await person.wait_for("Registration closes")
    print(person.transcript())
    person.tap("Register for the event")
    await person.wait_for("age group")
    person.tap("18 or over")
    await person.wait_for("I agree" if False else "Before the personal questions")
    print(person.transcript())
