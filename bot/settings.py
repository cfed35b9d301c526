"""What an operator sets: environment variables, or the same names in `.env`; errors name the variable."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

ROOT = Path(__file__).resolve().parent.parent


class Refusal(Exception):
    """A command can't do what was asked; the message says why and the cure, one fault a line."""


class SettingsFault(Refusal):
    """A setting is missing or malformed: the message names it, what was found, and the cure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings, checked. Secrets do not show in `repr`."""

    telegram_bot_token: str | None = field(default=None, repr=False)
    telegram_api_url: str = "https://api.telegram.org"
    database_url: str = field(default="", repr=False)
    organisers: frozenset[int] = frozenset()
    webhook_url: str | None = None
    webhook_secret: str | None = field(default=None, repr=False)
    listen: str | None = None
    content_dir: Path = ROOT / "content"
    clock_start: datetime | None = None
    log_format: str = "text"


def read_env_file(path: Path) -> dict[str, str]:
    """The `NAME=value` lines of a `.env` file; quotes round a value are taken off, `#` begins a comment line."""
    if not path.is_file():
        return {}
    found: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        name, sign, value = text.partition("=")
        if not sign:
            raise SettingsFault(f"{path.name} line {number}: expected NAME=value")
        found[name.strip()] = value.strip().strip("'\"")
    return found


def read_settings(environment: Mapping[str, str], *, root: Path = ROOT) -> Settings:
    """Settings from `environment`, over those of `.env` in `root`; an empty variable unsets what `.env` says.

    Raises SettingsFault for the first fault.
    """
    values = {**read_env_file(root / ".env"), **environment}

    def get(name: str, parse: Callable[[str], T], default: T) -> T:
        text = values.get(name)
        if text is None or text == "":
            return default
        try:
            return parse(text)
        except ValueError as e:
            raise SettingsFault(f"{name}: {e}") from e

    default_url = f"sqlite+aiosqlite:///{root / 'data' / 'bot.db'}"
    settings = Settings(
        telegram_bot_token=get("TELEGRAM_BOT_TOKEN", _token, None),
        telegram_api_url=get("TELEGRAM_API_URL", _http_url, "https://api.telegram.org"),
        database_url=get("DATABASE_URL", _database_url, default_url),
        organisers=get("ORGANISERS", _ids, frozenset()),
        webhook_url=get("WEBHOOK_URL", _https_url, None),
        webhook_secret=get("WEBHOOK_SECRET", _secret, None),
        listen=get("LISTEN", _listen, None),
        content_dir=get("CONTENT_DIR", _directory, root / "content"),
        clock_start=get("CLOCK_START", moment, None),
        log_format=get("LOG_FORMAT", _log_format, "text"),
    )
    if settings.webhook_url and not settings.webhook_secret:
        raise SettingsFault(
            "WEBHOOK_SECRET: is missing, and WEBHOOK_URL needs it; set 32 or more characters of A-Z a-z 0-9 _ -"
        )
    return settings


def _token(text: str) -> str | None:
    if not re.fullmatch(r"\d+:[A-Za-z0-9_-]{30,}", text):
        raise ValueError("is not a bot token (digits, a colon, 35 characters); copy it again from @BotFather")
    return text


def _http_url(text: str) -> str:
    if not re.fullmatch(r"https?://[^\s/]+(/[^\s]*)?", text):
        raise ValueError(f"expected an address such as https://api.telegram.org, got {text!r}")
    return text.rstrip("/")


def _https_url(text: str) -> str | None:
    if not re.fullmatch(r"https?://[^\s/]+/[^\s]*", text):
        raise ValueError(f"expected the public address of the webhook with a path, got {text!r}")
    return text


def _database_url(text: str) -> str:
    if not text.startswith(("sqlite+aiosqlite:///", "postgresql+asyncpg://")):
        raise ValueError("expected sqlite+aiosqlite:///FILE or postgresql+asyncpg://USER@HOST/DATABASE")
    return text


def _ids(text: str) -> frozenset[int]:
    parts = [p for p in re.split(r"[,\s]+", text) if p]
    wrong = [p for p in parts if not p.isdecimal()]
    if wrong:
        raise ValueError(f"expected Telegram user ids, separated by commas, got {wrong[0]!r}; /whoami tells an id")
    return frozenset(int(p) for p in parts)


def _secret(text: str) -> str | None:
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", text):
        raise ValueError("expected 1 to 256 characters of A-Z a-z 0-9 _ -")
    return text


def _listen(text: str) -> str | None:
    host, _, port = text.rpartition(":")
    if not host or not port.isdecimal() or not 0 <= int(port) <= 65535:
        raise ValueError(f"expected HOST:PORT such as 127.0.0.1:8080, got {text!r}")
    return text


def _directory(text: str) -> Path:
    path = Path(text)
    if not path.is_dir():
        raise ValueError(f"no such folder: {text}")
    return path


def moment(text: str) -> datetime | None:
    """An aware moment from ISO text; one without an offset is taken as UTC. Raises ValueError."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError as e:
        raise ValueError(f"expected a moment such as 2020-11-09T09:00:00+02:00, got {text!r}") from e
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _log_format(text: str) -> str:
    if text not in ("text", "json"):
        raise ValueError(f'expected "text" or "json", got {text!r}')
    return text
