"""The command line. Each command is a row of `COMMANDS`; slow libraries are imported by the command that needs them."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.settings import ROOT, Refusal, Settings, SettingsFault, read_settings

Run = Callable[[argparse.Namespace, Settings], int]

FAULTS, UNUSABLE = 1, 2  # exit codes: something found that someone should look at; can't do it as things are set


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """`arguments` adds to the parser; `run` returns the exit code."""

    name: str
    help: str
    run: Run
    arguments: Callable[[argparse.ArgumentParser], object] = lambda parser: None


def _run(arguments: argparse.Namespace, settings: Settings) -> int:
    if settings.telegram_bot_token is None:
        raise SettingsFault("TELEGRAM_BOT_TOKEN: is missing; set it, or run `python bot.py simulate` without one")
    from bot.app.runtime import run

    return asyncio.run(run(settings))


def _simulate(arguments: argparse.Namespace, settings: Settings) -> int:
    from bot.app.commands import simulate

    return asyncio.run(simulate(settings, start=arguments.now, port=arguments.port, data_dir=Path(arguments.data)))


def _default(arguments: argparse.Namespace, settings: Settings) -> int:
    if settings.telegram_bot_token is None:
        return _simulate(parser().parse_args(["simulate"]), settings)
    return _run(arguments, settings)


def _check(arguments: argparse.Namespace, settings: Settings) -> int:
    from bot.content import check_facts, load
    from bot.texts.catalogue_faults import faults as catalogue_faults

    loaded = load(settings.content_dir)
    found = [str(f) for f in loaded.faults]
    if arguments.facts:
        if loaded.content is not None:
            for fact in check_facts(loaded.content):
                print(f"{fact.where}: {fact.text}")
            return 0
    else:
        found += [f"{f.file}: {f.place}: {f.cure}" for f in catalogue_faults()]
    for line in found:
        print(line)
    if not found:
        print("content and catalogues: no faults")
    return FAULTS if found else 0


def _export(arguments: argparse.Namespace, settings: Settings) -> int:
    path = Path(arguments.file)
    if path.suffix.lower() not in (".csv", ".xlsx"):
        raise SettingsFault(f"export: the name's ending says what is written, .csv or .xlsx; got {path.name!r}")
    from bot.app.commands import export

    count = asyncio.run(export(settings, path))
    print(f"{count} registrations written to {path}")
    return 0


def _status(arguments: argparse.Namespace, settings: Settings) -> int:
    from bot.app.commands import status

    lines, should_look = asyncio.run(status(settings))
    print("\n".join(lines))
    return FAULTS if should_look else 0


def _backup(arguments: argparse.Namespace, settings: Settings) -> int:
    from bot.app.commands import backup

    asyncio.run(backup(settings, Path(arguments.file)))
    print(f"backup written to {arguments.file}")
    return 0


def _restore(arguments: argparse.Namespace, settings: Settings) -> int:
    from bot.app.commands import restore

    print(asyncio.run(restore(settings, Path(arguments.file))))
    return 0


def _purge(arguments: argparse.Namespace, settings: Settings) -> int:
    from bot.app.commands import erase, purge

    if arguments.number is not None:
        print("\n".join(asyncio.run(erase(settings, arguments.number, dry_run=arguments.dry_run))))
    else:
        print("\n".join(asyncio.run(purge(settings, dry_run=arguments.dry_run))))
    return 0


def _purge_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--dry-run", action="store_true", help="say what would be taken, and take nothing")
    parser.add_argument("--number", metavar="NUMBER", help="erase instead all that is kept of who registered under it")


def _simulate_arguments(parser: argparse.ArgumentParser) -> None:
    from bot.settings import moment

    parser.add_argument(
        "--now", type=moment, metavar="ISO", help="where the clock starts (a fortnight before the event)"
    )
    parser.add_argument("--port", type=int, default=8000, help="port of the page on 127.0.0.1 (or the next free one)")
    parser.add_argument("--data", default=str(ROOT / "data" / "simulator"), help="folder where it keeps everything")


def _check_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--facts", action="store_true", help="list what the organisers must confirm instead")


def _file(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE")


COMMANDS = (
    Command(name="run", help="the bot, against the Bot API server of the settings", run=_run),
    Command(
        name="simulate", help="the simulator: a chat page on this machine", run=_simulate, arguments=_simulate_arguments
    ),
    Command(
        name="check",
        help="every fault of content and catalogues, with file, place and cure; exit 1 on any",
        run=_check,
        arguments=_check_arguments,
    ),
    Command(name="export", help="registrations as .csv or .xlsx, by the name's ending", run=_export, arguments=_file),
    Command(name="status", help="what waits and what was set aside; exit 1 if someone should look", run=_status),
    Command(name="backup", help="a consistent copy of the store while the bot runs", run=_backup, arguments=_file),
    Command(name="restore", help="a backup put back; refused while the bot runs", run=_restore, arguments=_file),
    Command(
        name="purge",
        help="take what is past its time, and say what and why (the bot does so every day)",
        run=_purge,
        arguments=_purge_arguments,
    ),
)


def parser() -> argparse.ArgumentParser:
    """All commands with their help."""
    top = argparse.ArgumentParser(
        prog="python bot.py",
        description="Registers people for an event in Telegram. Without a command: the bot if "
        "TELEGRAM_BOT_TOKEN is set, else the simulator.",
    )
    commands = top.add_subparsers(dest="command", metavar="COMMAND")
    for command in COMMANDS:
        one = commands.add_parser(command.name, help=command.help, description=command.help)
        command.arguments(one)
        one.set_defaults(run=command.run)
    return top


def main(argv: Sequence[str]) -> int:
    """Run a command; the exit code. 2 and one clear line where settings or files do not allow it."""
    arguments = parser().parse_args(argv)
    run: Run = getattr(arguments, "run", _default)
    try:
        return run(arguments, read_settings(os.environ))
    except Refusal as e:
        print(e, file=sys.stderr)
        return UNUSABLE
    except KeyboardInterrupt:
        return 130
