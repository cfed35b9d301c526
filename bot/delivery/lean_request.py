"""PTB's HTTP client with less work an answer, and without answers in the log."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from telegram.error import TelegramError
from telegram.request import HTTPXRequest

_KEPT = ("message_id", "date", "chat")


@dataclass(frozen=True, slots=True)
class PlainCall:
    """The parameters of a call without files, each as the text that goes over the wire: what a PTB request reads of
    its own RequestData, which is final."""

    json_parameters: dict[str, str]
    contains_files: bool = False
    multipart_data: dict[str, Any] = field(default_factory=dict)


class LeanRequest(HTTPXRequest):
    """Few connections, since httpx costs more a call the larger its pool is. Of a message that Telegram sends
    back only its id, date and chat are read: making PTB objects of the rest costs more than the call's JSON."""

    __slots__ = ()

    def __init__(self, *, connections: int, timeout_s: float, httpx_kwargs: dict[str, Any]) -> None:
        super().__init__(
            connection_pool_size=connections,
            read_timeout=timeout_s,
            write_timeout=timeout_s,
            connect_timeout=5.0,
            pool_timeout=5.0,
            httpx_kwargs=httpx_kwargs,
        )

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Raises TelegramError where `payload` is no JSON object; unlike PTB's, it logs nothing of it."""
        try:
            answer = json.loads(payload)
        except (ValueError, RecursionError):
            answer = None
        if not isinstance(answer, dict):
            raise TelegramError("Invalid server response")
        result = answer.get("result")
        if isinstance(result, dict) and "message_id" in result:
            answer["result"] = {name: result[name] for name in _KEPT if name in result}
        return answer
