"""A whole registration leaves nothing personal and no token in the log, in either format, at any level of ours."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest

from bot.simulator import SimulatedTelegram
from tests.conversations.conftest import BotRunning
from tests.conversations.walk import ANSWERS, Write, registers, settled

OURS = ("bot", "handlers", "storage")


@pytest.fixture
def everything_of_ours() -> Iterator[None]:
    levels = {name: logging.getLogger(name).level for name in OURS}
    for name in OURS:
        logging.getLogger(name).setLevel(logging.DEBUG)
    yield
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


@pytest.mark.parametrize("log_format", ["text", "json"])
async def test_the_log_of_a_whole_registration_holds_no_answer_and_no_token(
    everything_of_ours: None,
    bot_running: BotRunning,
    telegram: SimulatedTelegram,
    capsys: pytest.CaptureFixture[str],
    log_format: str,
) -> None:
    people = [telegram.add_person(f"Firstname{lang}", lang, last_name="Lastname") for lang in ("ar", "en")]
    async with bot_running(log_format=log_format) as bot:
        numbers = [await registers(person, person.user.language_code or "") for person in people]
        quoting = 'Bad Request: can\'t parse entities: Unsupported start tag "karim" at byte offset 3'
        telegram.faults.status(400, text=quoting, method="sendMessage", times=2)
        telegram.faults.status(502, html=True, method="sendMessage", skip=2)
        telegram.world.queue_unparsable('{"update_id": %d, "message": {"chat": 5, "text": ["Karim"]}}')
        for person in people:
            person.send("/my")
            person.send("Karim ليلى")
        await settled(bot, telegram)
    log = capsys.readouterr().err
    assert "ready: @" in log
    assert "could not be parsed" in log  # the faults did happen
    typed = [act.text for table in ANSWERS.values() for act in table.values() if isinstance(act, Write)]
    # names of countries, titles and the like are too short or too common to be told from the log's own words
    personal = [text for text in typed if len(text) > 4 and text not in ("Egypt", "Canada", "Toronto")]
    secrets = [*personal, "Karim", "ليلى", "mansouri", "1001234567", "790123456", "Firstname", "Lastname"]
    secrets += [*numbers, telegram.token, telegram.token.partition(":")[2], "/bot"]
    assert [secret for secret in secrets if secret.casefold() in log.casefold()] == []
    if log_format == "json":
        for line in log.splitlines():
            assert json.loads(line).keys() >= {"at", "level", "logger", "message"}
