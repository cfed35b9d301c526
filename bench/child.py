"""One variant in a process of its own: `python -m bench.child NAME FOLDER`; its figures as a line of JSON."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

Variant = Callable[[Path], Awaitable[dict[str, float]]]


def variants() -> dict[str, Variant]:
    """Every variant that runs in a process of its own, by name."""
    from bench import ours, peers

    return {
        "PTB, in memory": lambda folder: peers.dialogue(folder, people=150, kept=None),
        "PTB, pickle after each update": lambda folder: peers.dialogue(folder, people=150, kept=0),
        "PTB, pickle after each update, 10,000 people": lambda folder: peers.dialogue(folder, people=15, kept=10_000),
        "ours, 64 chats at once": lambda folder: ours.dialogue(folder, people=150, at_once=64, plain=True),
        "ours, one chat at a time": lambda folder: ours.dialogue(folder, people=150, at_once=1, plain=True),
        "ours, one chat at a time, 10,000 people": lambda folder: ours.dialogue(
            folder, people=15, at_once=1, plain=True
        ),
        "ours, the event's own form, 64 chats at once": lambda folder: ours.dialogue(
            folder, people=150, at_once=64, plain=False
        ),
        "ours, the event's own form, one chat at a time": lambda folder: ours.dialogue(
            folder, people=150, at_once=1, plain=False
        ),
        "PTB, update queue, one at a time": lambda _folder: peers.taking_updates(count=3000, at_once=0),
        "PTB, update queue, 64 at once": lambda _folder: peers.taking_updates(count=3000, at_once=64),
        "ours, into the inbox, 64 chats at once": lambda folder: ours.taking_updates(folder, count=3000, at_once=64),
        "ours, first step": lambda folder: ours.first_step(folder / "bot.db"),
        "PTB, pickle load": lambda folder: peers.pickle_load(folder / "people.pickle"),
    }


def main() -> None:
    """Run one and leave at once: what a library would still do at exit is nobody's measure."""
    os.environ.setdefault("PTB_TIMEDELTA", "1")
    logging.disable(logging.CRITICAL)
    figures = asyncio.run(variants()[sys.argv[1]](Path(sys.argv[2])))  # type: ignore[arg-type]
    sys.stdout.write(json.dumps(figures) + "\n")
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
