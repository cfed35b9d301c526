from __future__ import annotations

import logging

import pytest

from bot.delivery.bot_api import BotApi
from bot.delivery.call import call
from bot.delivery.quiet_logs import SecretFilter, quiet_logs
from bot.screen import Screen
from tests.delivery.loopback import TOKEN, Answer, Loopback


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    levels = {name: logging.getLogger(name).level for name in ("httpx", "httpcore", "telegram", "uvicorn", "asyncio")}
    answers = logging.getLogger("telegram.request.BaseRequest")
    was = answers.level
    caplog.set_level(logging.DEBUG)
    quiet_logs([caplog.handler], [TOKEN, "s3cret"])
    yield caplog
    caplog.handler.filters.clear()
    answers.setLevel(was)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


async def test_no_line_of_the_log_holds_the_token_or_a_message(
    server: Loopback, api: BotApi, lines: pytest.LogCaptureFixture
) -> None:
    server.script(
        Answer(body=b"not json, but Ali Hassan"), Answer(status=502, body=b"<html>Ali Hassan"), Answer(cut="after")
    )
    for _ in range(4):
        await call(api.bot, 1, Screen(template="t", text="Ali Hassan"), None)
    await api.bot.get_me()
    assert len(server.calls) == 5
    assert TOKEN not in lines.text
    assert "Hassan" not in lines.text


def test_secrets_are_blotted_out_of_message_arguments_and_traceback(lines: pytest.LogCaptureFixture) -> None:
    log = logging.getLogger("anything")
    log.info("POST https://api/bot%s/getMe", TOKEN)
    log.info("url-encoded %s and %d", TOKEN.replace(":", "%3A"), 5)
    try:
        raise RuntimeError(f"no answer from /bot{TOKEN}/ with s3cret")  # noqa: TRY301
    except RuntimeError:
        log.exception("failed")
    assert TOKEN not in lines.text
    assert TOKEN.replace(":", "%3A") not in lines.text
    assert "s3cret" not in lines.text
    assert "https://api/bot[secret]/getMe" in lines.text
    assert "RuntimeError: no answer from /bot[secret]/ with [secret]" in lines.text


def test_lines_without_secrets_stay_as_they_are() -> None:
    record = logging.LogRecord("a", logging.INFO, "f", 1, "%s of %d", ("one", 2), None)
    assert SecretFilter([TOKEN, ""]).filter(record)
    assert record.getMessage() == "one of 2"
    assert record.args == ("one", 2)
