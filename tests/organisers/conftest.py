from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.content import Content, load
from bot.records import Registration

CREATED = datetime(2020, 11, 10, 9, 5, tzinfo=UTC)
ANSWERS: dict[str, Any] = {
    "age_band": "adult",
    "consent": True,
    "for_whom": "me",
    "kind": "regulator",
    "country": "TN",
    "represents": "JO",
    "zone": "Africa/Tunis",
    "title": None,
    "given_name": "نور",
    "family_name": "حداد",
    "other_script_name": "Nour Haddad",
    "organisation": "هيئة تنظيم قطاع الاتصالات",
    "position": "Head of Digital Policy",
    "email": "nour@example.org",
    "phone": "+962790123456",
    "presents": False,
    "accessibility": ["captions", "other"],
    "accessibility_other": "نص العروض مكتوبًا",
    "speaker_question": None,
    "reminders": True,
}


@pytest.fixture(scope="session")
def content() -> Content:
    """The content that ships."""
    loaded = load(Path(__file__).parents[2] / "content")
    assert loaded.content is not None
    return loaded.content


@pytest.fixture
def registration() -> Callable[..., Registration]:
    """Makes a confirmed registration; a test states what matters to it, and answers that differ."""

    def make(answers: dict[str, Any] | None = None, **changed: Any) -> Registration:
        given = {
            "event_id": "cop2020",
            "number": "COP-0000-5724",
            "chat_id": 7,
            "status": "confirmed",
            "language": "ar",
            "answers": {**ANSWERS, **(answers or {})},
            "created_at": CREATED,
            "updated_at": CREATED,
        }
        return Registration(**{**given, **changed})

    return make
