"""The command line as an operator meets it: real processes, exit codes, and one clear line where something is wrong."""

from __future__ import annotations

import asyncio
import csv
import io
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.records import NewUpdate, Registration
from bot.settings import ROOT
from bot.simulator import SimulatedTelegram
from storage.store import open_store

TOKEN = "123456789:" + "A" * 35
Result = subprocess.CompletedProcess[str]
BotPy = Callable[..., Result]


def environment(**settings: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "COVERAGE_PROCESS_START") if name in os.environ}
    return {**kept, "PYTHONWARNINGS": "error", **settings}


@pytest.fixture
def bot_py(sqlite_url: str) -> BotPy:
    """Runs `python bot.py ARGUMENTS` on a store of this test."""

    def run(*arguments: str, **settings: str) -> Result:
        return subprocess.run(
            [sys.executable, "-X", "utf8", str(ROOT / "bot.py"), *arguments],
            env=environment(**{"DATABASE_URL": sqlite_url, **settings}),
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return run


@pytest.mark.parametrize(
    ("arguments", "settings", "name"),
    [
        (["run"], {}, "TELEGRAM_BOT_TOKEN"),
        (["run"], {"TELEGRAM_BOT_TOKEN": "abc"}, "TELEGRAM_BOT_TOKEN"),
        (["run"], {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": "api.telegram.org"}, "TELEGRAM_API_URL"),
        (["run"], {"TELEGRAM_BOT_TOKEN": TOKEN, "WEBHOOK_URL": "https://example.org/hook"}, "WEBHOOK_SECRET"),
        (["run"], {"TELEGRAM_BOT_TOKEN": TOKEN, "WEBHOOK_URL": "example.org"}, "WEBHOOK_URL"),
        (["run"], {"TELEGRAM_BOT_TOKEN": TOKEN, "WEBHOOK_SECRET": "with space"}, "WEBHOOK_SECRET"),
        (["status"], {"DATABASE_URL": "mysql://localhost/x"}, "DATABASE_URL"),
        (["status"], {"DATABASE_URL": "sqlite+aiosqlite:///:memory:"}, "DATABASE_URL"),
        (["status"], {"ORGANISERS": "12, name"}, "ORGANISERS"),
        (["status"], {"LISTEN": "8080"}, "LISTEN"),
        (["check"], {"CONTENT_DIR": "/nowhere/at/all"}, "CONTENT_DIR"),
        (["status"], {"CLOCK_START": "tomorrow"}, "CLOCK_START"),
        (["status"], {"LOG_FORMAT": "xml"}, "LOG_FORMAT"),
        (["export", "list.pdf"], {}, ".xlsx"),
        (["restore", "/nowhere/backup.db"], {}, "/nowhere/backup.db"),
        (["backup", "/nowhere/at/all/backup.db"], {}, "/nowhere/at/all"),
        (["export", "/nowhere/at/all/list.csv"], {}, "/nowhere/at/all"),
    ],
)
def test_what_is_missing_or_malformed_is_one_line_that_names_it_and_exit_2(
    bot_py: BotPy, arguments: list[str], settings: dict[str, str], name: str
) -> None:
    result = bot_py(*arguments, **settings)
    assert result.returncode == 2, result.stderr
    assert name in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert "Traceback" not in result.stderr


def test_an_unknown_command_is_refused_with_the_known_ones(bot_py: BotPy) -> None:
    result = bot_py("rnu")
    assert result.returncode == 2
    assert "simulate" in result.stderr


def test_check_finds_no_fault_in_what_ships_and_lists_the_facts_to_confirm(bot_py: BotPy) -> None:
    result = bot_py("check")
    assert (result.returncode, result.stderr) == (0, "")
    assert "no faults" in result.stdout
    result = bot_py("check", "--facts")
    assert result.returncode == 0
    assert len(result.stdout.splitlines()) > 3


def test_check_names_every_fault_at_once_and_exits_1(bot_py: BotPy, tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(ROOT / "content", content)
    form = (content / "registration.toml").read_text("utf-8")
    form = form.replace('kind = "email"', 'kind = "mail"').replace('text.ar = "ما اسم العائلة؟"\n', "")
    (content / "registration.toml").write_text(form, "utf-8")
    result = bot_py("check", CONTENT_DIR=str(content))
    assert (result.returncode, result.stderr) == (1, "")
    assert "mail" in result.stdout
    assert "family_name" in result.stdout
    assert all("registration.toml" in line for line in result.stdout.splitlines())
    for command in (["run"], ["export", str(tmp_path / "list.csv")]):
        refused = bot_py(*command, CONTENT_DIR=str(content), TELEGRAM_BOT_TOKEN=TOKEN)
        assert refused.returncode == 2
        assert "Traceback" not in refused.stderr
        assert "family_name" in refused.stderr


def registration(number: str) -> Registration:
    now = datetime(2020, 11, 10, 9, tzinfo=UTC)
    return Registration(
        event_id="cop2020",
        number=number,
        chat_id=7,
        status="confirmed",
        language="ar",
        answers={"given_name": "نور", "organisation": "=1+1"},
        created_at=now,
        updated_at=now,
    )


def fill(url: str) -> None:
    """One registration, and one update that was set aside."""

    async def put() -> None:
        store = await open_store(url)
        await store.write(lambda tx: tx.registrations.add(registration("COP-0000-5724")))
        await store.close()

    asyncio.run(put())


def test_export_writes_both_kinds_of_file(bot_py: BotPy, sqlite_url: str, tmp_path: Path) -> None:
    fill(sqlite_url)
    for name in ("list.csv", "list.xlsx"):
        result = bot_py("export", str(tmp_path / name))
        assert (result.returncode, result.stderr) == (0, "")
    rows = list(csv.reader(io.StringIO((tmp_path / "list.csv").read_text("utf-8-sig"))))
    assert rows[1][0] == "COP-0000-5724"
    assert "'=1+1" in rows[1]
    assert (tmp_path / "list.xlsx").read_bytes().startswith(b"PK")


def test_status_exits_1_where_someone_should_look(bot_py: BotPy, sqlite_url: str) -> None:
    result = bot_py("status")
    assert (result.returncode, result.stderr) == (0, "")
    assert "nothing waits" in result.stdout

    async def set_aside() -> None:
        store = await open_store(sqlite_url)
        now = datetime(2020, 11, 10, 9, tzinfo=UTC)
        update = NewUpdate(update_id=1, chat_id=7, raw='"Secret"')
        (row,) = await store.write(lambda tx: tx.inbox.add([update], now))
        await store.write(lambda tx: tx.inbox.set_aside(row.id, "ZeroDivisionError", now))
        await store.close()

    asyncio.run(set_aside())
    result = bot_py("status")
    assert result.returncode == 1
    assert "ZeroDivisionError" in result.stdout
    assert "Secret" not in result.stdout


def test_backup_and_restore_bring_the_registrations_back(
    bot_py: BotPy, sqlite_url: str, sqlite_template: Path, tmp_path: Path
) -> None:
    fill(sqlite_url)
    copy = tmp_path / "backup.db"
    assert bot_py("backup", str(copy)).returncode == 0
    other = f"sqlite+aiosqlite:///{tmp_path / 'other.db'}"
    shutil.copy(sqlite_template, tmp_path / "other.db")
    result = bot_py("restore", str(copy), DATABASE_URL=other)
    assert (result.returncode, result.stderr) == (0, "")
    assert bot_py("export", str(tmp_path / "list.csv"), DATABASE_URL=other).stdout.startswith("1 ")


async def test_run_works_until_it_is_told_to_stop_and_refuses_company(sqlite_url: str, tmp_path: Path) -> None:
    async with SimulatedTelegram() as telegram:
        settings = environment(
            DATABASE_URL=sqlite_url, TELEGRAM_BOT_TOKEN=telegram.token, TELEGRAM_API_URL=telegram.url
        )

        async def start(*arguments: str) -> asyncio.subprocess.Process:
            return await asyncio.create_subprocess_exec(
                sys.executable, str(ROOT / "bot.py"), *arguments, env=settings, cwd=ROOT, stderr=asyncio.subprocess.PIPE
            )

        running = await start("run")
        person = telegram.add_person("Nour", language_code="en")
        person.start()
        await person.wait_for("Please choose a language", 30)
        copy = tmp_path / "backup.db"
        for arguments, code in ((["run"], 2), (["backup", str(copy)], 0), (["restore", str(copy)], 2), (["status"], 0)):
            other = await start(*arguments)
            _, errors = await other.communicate()
            assert other.returncode == code, (arguments, errors)
            assert b"Traceback" not in errors
            assert len(errors.strip().splitlines()) == (1 if code else 0), errors
        running.send_signal(signal.SIGTERM)
        _, errors = await running.communicate()
        assert running.returncode == 0
        assert b"Traceback" not in errors
        assert telegram.token.encode() not in errors


async def test_a_token_that_is_refused_is_one_line_and_exit_2(sqlite_url: str) -> None:
    async with SimulatedTelegram() as telegram:
        settings = environment(DATABASE_URL=sqlite_url, TELEGRAM_BOT_TOKEN=TOKEN, TELEGRAM_API_URL=telegram.url)
        running = await asyncio.create_subprocess_exec(
            sys.executable, str(ROOT / "bot.py"), "run", env=settings, cwd=ROOT, stderr=asyncio.subprocess.PIPE
        )
        _, errors = await running.communicate()
    assert running.returncode == 2
    assert errors.decode().strip().splitlines()[-1].startswith("TELEGRAM_BOT_TOKEN:")
    assert b"Traceback" not in errors


async def test_simulate_prints_its_address_and_serves_the_page(tmp_path: Path) -> None:
    import httpx

    running = await asyncio.create_subprocess_exec(
        sys.executable,
        str(ROOT / "bot.py"),
        "simulate",
        "--port",
        "18500",
        env=environment(DATABASE_URL=f"sqlite+aiosqlite:///{tmp_path / 'bot.db'}"),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        assert running.stdout is not None
        async with asyncio.timeout(30):
            line = (await running.stdout.readline()).decode()
        assert line.startswith("The simulator is ready: http://127.0.0.1:")
        async with httpx.AsyncClient(trust_env=False, follow_redirects=True) as client:
            assert (await client.get(line.split()[-1])).status_code == 200
    finally:
        running.send_signal(signal.SIGINT)
        await running.wait()
    assert running.returncode in (0, 130)
