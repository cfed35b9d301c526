"""Logs: text for a person or JSON lines for a machine, never a token, never what people wrote."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime

from bot.delivery.quiet_logs import quiet_logs
from bot.settings import Settings


class JsonLines(logging.Formatter):
    """One JSON object a record."""

    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_text:
            entry["traceback"] = record.exc_text
        return json.dumps(entry, ensure_ascii=False)


def set_up_logs(settings: Settings) -> None:
    """Log to standard error in the format of LOG_FORMAT, with every secret of the settings blotted out."""
    handler = logging.StreamHandler(sys.stderr)
    text = logging.Formatter("%(asctime)s %(levelname)-7s %(name)s: %(message)s")
    handler.setFormatter(JsonLines() if settings.log_format == "json" else text)
    secrets = [s for s in (settings.telegram_bot_token, settings.webhook_secret, settings.database_url) if s]
    quiet_logs([handler], secrets)
    root = logging.getLogger()
    for old in [h for h in root.handlers if isinstance(h.formatter, JsonLines) or h.get_name() == "bot"]:
        root.removeHandler(old)
    handler.set_name("bot")
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    logging.getLogger("alembic").setLevel(logging.WARNING)
