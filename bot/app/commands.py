"""The commands of the command line that look at the store or run the simulator."""

from __future__ import annotations

import asyncio
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bot.app.opening import load_content, opened, refusals
from bot.settings import ROOT, Settings

if TYPE_CHECKING:
    from bot.records import StoreStatus

BEFORE_EVENT = timedelta(days=14)
TOO_LONG = timedelta(minutes=5)  # a row that waits longer wants somebody to look


async def export(settings: Settings, file: Path) -> int:
    """Write all registrations to `file` (.csv or .xlsx); how many there were."""
    from bot.organisers.export import export_rows, to_csv, to_xlsx
    from bot.texts import texts_for

    content = load_content(settings.content_dir)
    async with opened(settings.database_url, lock=False) as store:
        registrations = await store.read(lambda tx: list(tx.registrations.all(content.event.id)))
    table = export_rows(content, registrations, texts_for("ar"), texts_for("en"))
    await asyncio.to_thread(file.write_bytes, to_csv(table) if file.suffix.lower() == ".csv" else to_xlsx(table, "ar"))
    return len(registrations)


async def status(settings: Settings) -> tuple[list[str], bool]:
    """What an operator should know, a line each, and whether someone should look."""
    async with opened(settings.database_url, lock=False) as store:
        found = await store.read(lambda tx: tx.status())
    return status_lines(found, datetime.now(UTC))


def status_lines(found: StoreStatus, now: datetime) -> tuple[list[str], bool]:
    """`status` as text. Someone should look at what was set aside, and at what has waited for minutes."""
    from importlib.metadata import version

    def counts(of: dict[str, int]) -> str:
        return ", ".join(f"{state} {n}" for state, n in sorted(of.items())) or "nothing"

    oldest = found.oldest_waiting_at
    stuck = oldest is not None and now - oldest > TOO_LONG
    lines = [
        f"inbox: {counts(found.inbox)}",
        f"outbox: {counts(found.outbox)}",
        f"oldest waiting since: {oldest.isoformat() if oldest else 'nothing waits'}{' (look!)' if stuck else ''}",
        f"registrations: {counts(found.registrations)}",
        f"drafts: {found.drafts}",
        f"timers: {found.timers}, next due {found.next_due_at.isoformat() if found.next_due_at else 'never'}",
        f"chats that blocked the bot: {found.blocked}",
        f"schema: {found.schema_version}; time zones: {version('tzdata')}",
    ]
    lines += [f"set aside: {table} {row}: {reason} ({at.isoformat()})" for table, row, reason, at in found.set_aside]
    return lines, stuck or bool(found.set_aside)


async def backup(settings: Settings, file: Path) -> None:
    """A consistent copy of the store in `file`."""
    from storage.backup import backup as copy

    with refusals():
        await copy(settings.database_url, file)


async def restore(settings: Settings, file: Path) -> str:
    """The backup in `file` put in place of the store; a line that says where the replaced one is."""
    from storage.backup import restore as put_back

    with refusals():
        kept = await put_back(settings.database_url, file, now=datetime.now(UTC))
    return f"restored from {file}" + (f"; what was there before is in {kept}" if kept else "")


async def simulate(settings: Settings, *, start: datetime | None, port: int, data_dir: Path) -> int:
    """Serve the simulator until it is stopped; chats and the bot's store are kept in `data_dir`."""
    from bot.simulator.supervisor import simulate as serve

    content = load_content(settings.content_dir)
    data_dir.mkdir(parents=True, exist_ok=True)
    url = os.environ.get("DATABASE_URL") or f"sqlite+aiosqlite:///{data_dir / 'bot.db'}"

    async def next_due() -> datetime | None:
        async with opened(url, lock=False) as store:
            return await store.read(lambda tx: tx.timers.next_due_at())

    def ready(address: str) -> None:
        sys.stdout.write(f"The simulator is ready: {address}\n")
        sys.stdout.flush()

    await serve(
        command=[sys.executable, str(ROOT / "bot.py"), "run"],
        env={**os.environ, "DATABASE_URL": url, "CONTENT_DIR": str(settings.content_dir)},
        data_dir=data_dir,
        port=port,
        start=start or content.event.starts_at - BEFORE_EVENT,
        next_due=next_due,
        on_ready=ready,
    )
    return 0
