"""Logs without token and without what people wrote: libraries stay quiet, secrets are blotted out."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from urllib.parse import quote

_BLOT = "[secret]"
_LIBRARIES = ("httpx", "httpcore", "telegram", "uvicorn", "asyncio")
# PTB logs whole answers that it can't read, at ERROR: they hold messages of people.
_ANSWERS = "telegram.request.BaseRequest"


class SecretFilter(logging.Filter):
    """Blots `secrets` out of every record that passes, its traceback included. Goes on a handler: a logger's
    own filters do not see what its children log."""

    def __init__(self, secrets: Iterable[str]) -> None:
        super().__init__()
        self._secrets = sorted(
            {form for secret in secrets if secret for form in (secret, quote(secret, safe=""))}, key=len, reverse=True
        )

    def filter(self, record: logging.LogRecord) -> bool:
        """Always true: records are changed, not dropped."""
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = self._blotted(record.exc_text)
        message = record.getMessage()
        blotted = self._blotted(message)
        if blotted != message:
            record.msg, record.args = blotted, ()
        return True

    def _blotted(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, _BLOT)
        return text


def quiet_logs(handlers: Iterable[logging.Handler], secrets: Iterable[str]) -> None:
    """Put libraries that log URLs or messages at WARNING and blot `secrets` out of what `handlers` write."""
    for name in _LIBRARIES:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger(_ANSWERS).setLevel(logging.CRITICAL)
    blot = SecretFilter(secrets)
    for handler in handlers:
        handler.addFilter(blot)
