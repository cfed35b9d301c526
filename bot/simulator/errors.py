"""A refusal in Telegram's own words, and how Telegram words it."""

from __future__ import annotations

from typing import Any

_PREFIX = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    413: "Request Entity Too Large",
    429: "Too Many Requests",
    500: "Internal Server Error",
}


class ApiError(Exception):
    """What a Bot API method answers instead of a result; `text` is without the prefix."""

    def __init__(self, status: int, text: str = "", **parameters: int) -> None:
        super().__init__(f"{status} {text}")
        self.status = status
        self.text = text
        self.parameters = parameters

    @property
    def description(self) -> str:
        """The prefix of the status and the text, its first letter lowered unless it is a CONSTANT."""
        prefix = _PREFIX.get(self.status, "Error")
        if not self.text:
            return prefix
        return f"{prefix}: {_lowered(self.text)}"

    def body(self) -> dict[str, Any]:
        """The JSON object of the answer."""
        answer: dict[str, Any] = {
            "ok": False,
            "error_code": self.status,
            "description": self.description,
        }
        if self.parameters:
            answer["parameters"] = dict(self.parameters)
        return answer


def _lowered(text: str) -> str:
    is_constant = len(text) > 1 and (text[1] == "_" or "A" <= text[1] <= "Z")
    return text if is_constant else text[0].lower() + text[1:]


def bad_request(text: str) -> ApiError:
    """400 with Telegram's prefix."""
    return ApiError(400, text)


def forbidden(text: str) -> ApiError:
    """403 with Telegram's prefix."""
    return ApiError(403, text)


def too_many_requests(retry_after: int) -> ApiError:
    """429; `retry_after` in whole seconds."""
    return ApiError(429, f"retry after {retry_after}", retry_after=retry_after)
