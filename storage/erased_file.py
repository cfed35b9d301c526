"""`<db>.erased`: what was erased, beside the SQLite file, so that it outlives the loss of that file.

A line a tombstone, only ever appended: event, number or -, mark or -, moment, a point; parted by tabs.
The table `tombstones` is what counts; lines that a crash left out are added the next time.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from bot.records import Tombstone

_NONE, _WHOLE = "-", "."


def erased_file(database: Path) -> Path:
    """The file beside that database."""
    return database.with_name(database.name + ".erased")


def identity(stone: Tombstone) -> tuple[str, str | None, datetime]:
    """What tells one tombstone from another, with or without its mark; those without a number go by the mark."""
    return stone.event_id, stone.number or stone.chat_mark, stone.erased_at


def read_erased(file: Path) -> list[Tombstone]:
    """The tombstones in the file; none where there is no file. A line that a crash cut off is passed over."""
    if not file.exists():
        return []
    found = []
    for line in file.read_text(encoding="utf-8").split("\n")[:-1]:
        parts = line.split("\t")
        if len(parts) == 5 and parts[-1] == _WHOLE:
            event_id, number, mark, at, _ = parts
            found.append(
                Tombstone(
                    event_id=event_id,
                    number=None if number == _NONE else number,
                    chat_mark=None if mark == _NONE else mark,
                    erased_at=datetime.fromisoformat(at),
                )
            )
    return found


def append_erased(file: Path, stones: Iterable[Tombstone]) -> int:
    """Add those that are not in the file yet; how many. Raises OSError."""
    known = {identity(stone) for stone in read_erased(file)}
    new = [stone for stone in stones if (stone.number or stone.chat_mark) and identity(stone) not in known]
    if not new:
        return 0
    text = "".join(
        f"{s.event_id}\t{s.number or _NONE}\t{s.chat_mark or _NONE}\t{s.erased_at.isoformat()}\t{_WHOLE}\n" for s in new
    )
    handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
    try:
        size = os.fstat(handle).st_size
        torn = size > 0 and os.pread(handle, 1, size - 1) != b"\n"
        os.write(handle, ("\n" if torn else "").encode() + text.encode())
        os.fsync(handle)
    finally:
        os.close(handle)
    return len(new)
