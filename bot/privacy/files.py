"""What is held about a person as files: JSON for a program, the same as text for a reader, in their language."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.privacy.summary import Rows, Section
from bot.registration.form_screens import Frame
from bot.screen import Document


def as_json(frame: Frame, told: Sequence[Section], rows: Rows, now: datetime) -> Document:
    """The sections as they are told, and under "records" every row as it is stored."""
    content: dict[str, Any] = {
        "made_at": now.isoformat(),
        "event": frame.content.event.title[frame.texts.lang],
        "language": frame.texts.lang,
        "sections": [
            {
                "title": section.title,
                "kept": section.kept or None,
                "entries": [
                    {
                        "name": entry.name,
                        "value": entry.value,
                        "kept_until": entry.until.isoformat() if entry.until else None,
                        "seen_by": entry.seen_by or None,
                    }
                    for entry in section.entries
                ],
            }
            for section in told
        ],
        "records": rows,
    }
    text = json.dumps(content, ensure_ascii=False, indent=1)
    return Document(name="my-data.json", content=text.encode("utf-8", "replace"), media_type="application/json")


def as_text(frame: Frame, told: Sequence[Section], now: datetime) -> Document:
    """The sections, a line an entry; under an answer until when it is kept and who sees it."""
    t = frame.texts
    lines = [frame.content.event.title[t.lang], t.plain("mydata.file", at=frame.when(now))]
    for section in told:
        lines += ["", section.title, "-" * 20]
        for entry in section.entries:
            lines.append(f"{entry.name}: {entry.value}")
            if entry.until is not None:
                lines.append("    " + t.plain("mydata.until", at=frame.when(entry.until), who=entry.seen_by))
        if section.kept:
            lines.append(section.kept)
    lines += ["", t.plain("mydata.telegram")]
    text = "\n".join(lines) + "\n"
    return Document(name="my-data.txt", content=text.encode("utf-8-sig", "replace"), media_type="text/plain")
