"""The commands of the command line that look at the store or run the simulator."""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bot.app.clocks import open_clock
from bot.app.opening import exists, load_content, opened, refusals
from bot.records import AuditEntry
from bot.settings import ROOT, Refusal, Settings

if TYPE_CHECKING:
    from bot.ports import Transaction
    from bot.records import StoreStatus

BEFORE_EVENT = timedelta(days=14)
COMMAND_LINE = 0  # who did it, in the audit log
TOO_LONG = timedelta(minutes=5)  # a row that waits longer wants somebody to look


async def export(settings: Settings, file: Path) -> int:
    """Write all registrations to `file` (.csv or .xlsx); how many there were."""
    from bot.organisers.export import export_rows, to_csv, to_xlsx
    from bot.texts import texts_for

    content = load_content(settings.content_dir)
    async with opened(settings.database_url, lock=False) as store:
        registrations = await store.read(lambda tx: list(tx.registrations.all(content.event.id)))
        what = f"exported {file.suffix.lower().lstrip('.')}"
        entry = AuditEntry(organiser=COMMAND_LINE, what=what, number=None, at=(await open_clock(settings, store)).now())
        with refusals():
            await store.write(lambda tx: tx.audit.add(entry))
    table = export_rows(content, registrations, texts_for("ar"), texts_for("en"))
    written = to_csv(table) if file.suffix.lower() == ".csv" else to_xlsx(table, "ar")
    try:
        await asyncio.to_thread(file.write_bytes, written)
    except OSError as e:
        raise Refusal(f"export: {file} can't be written: {e.strerror}") from e
    return len(registrations)


async def purge(settings: Settings, *, dry_run: bool) -> list[str]:
    """Take what is past its time; what and why, a line each. `dry_run` does it and takes it back."""
    from bot.privacy.purging import purge as take
    from bot.privacy.purging import report

    content = load_content(settings.content_dir)
    async with opened(settings.database_url, lock=False) as store:
        now = (await open_clock(settings, store)).now()

        def tried(tx: Transaction) -> dict[str, int]:
            taken: dict[str, int] = {}

            def work() -> None:
                taken.update(take(tx, content, now))
                raise _TakenBackError

            with suppress(_TakenBackError):
                tx.savepoint(work)
            return taken

        with refusals():
            taken = await store.write(tried if dry_run else lambda tx: take(tx, content, now))
            if not dry_run:
                await store.tidy()
    return report(taken, dry_run=dry_run)


class _TakenBackError(Exception):
    """Undoes what a dry run did."""


async def erase(settings: Settings, typed: str, *, dry_run: bool) -> list[str]:
    """Erase all that is held of who has that number, as the office was asked to. Raises Refusal for no such number."""
    from bot.organisers.number import read
    from bot.registration.consents import emptied

    content = load_content(settings.content_dir)
    number = read(typed, content.event.number_prefix)
    async with opened(settings.database_url, lock=False) as store:
        now = (await open_clock(settings, store)).now()

        def work(tx: Transaction) -> str | None:
            found = tx.registrations.by_number(content.event.id, number) if number else None
            if found is None or dry_run:
                return found.role if found else None
            if found.role == "child":  # the guardian stays
                tx.registrations.save(emptied(found, now))
            else:
                tx.erase_chat(found.chat_id, content.event.id, now)
            tx.audit.add(AuditEntry(organiser=COMMAND_LINE, what="erased", number=number, at=now))
            return found.role

        with refusals():
            role = await store.write(work)
            if role is not None and not dry_run:
                await store.tidy()
    if role is None:
        raise Refusal(f"purge: no registration has the number {typed}")
    what = "the child's registration" if role == "child" else "all that is kept of that chat"
    return [f"would be erased: {what}" if dry_run else f"erased: {what}"]


async def status(settings: Settings) -> tuple[list[str], bool]:
    """What an operator should know, a line each, and whether someone should look."""
    async with opened(settings.database_url, lock=False) as store:
        found = await store.read(lambda tx: tx.status())
        clock = await open_clock(settings, store)
    return status_lines(found, clock.now())


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
        done = await put_back(settings.database_url, file, now=datetime.now(UTC))
    before = f"; what was there before is in {done.kept}" if done.kept else ""
    again = f"; erased again, as since the backup: {done.erased_again}" if done.erased_again else ""
    return f"restored from {file}{before}{again}"


async def simulate(settings: Settings, *, start: datetime | None, port: int, data_dir: Path) -> int:
    """Serve the simulator until it is stopped; chats and the bot's store are kept in `data_dir`."""
    from bot.simulator.supervisor import simulate as serve

    content = load_content(settings.content_dir)
    data_dir.mkdir(parents=True, exist_ok=True)
    url = os.environ.get("DATABASE_URL") or f"sqlite+aiosqlite:///{data_dir / 'bot.db'}"

    async def next_due() -> datetime | None:
        if not exists(url):
            return None
        async with opened(url, lock=False) as store:
            return await store.read(lambda tx: tx.timers.next_due_at())

    def ready(address: str) -> None:
        sys.stdout.write(f"The simulator is ready: {address}\n")
        sys.stdout.flush()

    await serve(
        command=[sys.executable, str(ROOT / "bot.py"), "run"],
        env={
            **os.environ,
            "WEBHOOK_URL": "",
            "LISTEN": "",
            "DATABASE_URL": url,
            "CONTENT_DIR": str(settings.content_dir),
        },
        data_dir=data_dir,
        port=port,
        start=start or content.event.starts_at - BEFORE_EVENT,
        next_due=next_due,
        on_ready=ready,
    )
    return 0
