"""`python -m bench`: the goals of docs/performance.md, each beside its peer in the same run.

Every variant in a fresh process, rounds interleaved, medians. A missed goal is named and changes no exit code: how
fast a machine is, is no defect.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

from bench import starts
from bench.goals import (
    EMPTY,
    GOALS,
    IMPORT,
    LOAD,
    MANY,
    MEMORY,
    ONE,
    OWN_MANY,
    OWN_ONE,
    PICKLE,
    PICKLE_10K,
    QUEUES,
    START_1M,
    START_10K,
    STEP_1M,
    STEP_10,
)
from bench.stores import fill, forget_pages, make_empty
from bot.settings import ROOT

Figure = dict[str, float]
AGAIN = 3  # times a round for what lasts so short that a neighbour's work on the machine would decide
SHORT = (STEP_10, STEP_1M, LOAD, EMPTY, IMPORT, START_10K, START_1M)
UNITS = {"rate": ("updates/s", 1.0), "seconds": ("ms", 1e3), "mb": ("MB", 1.0)}


def child(variant: str, folder: Path, round_: int) -> Figure:
    """One variant in a fresh process."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.child", variant, str(folder)],
        cwd=ROOT,
        env={**os.environ, "BENCH_ROUND": str(round_), "PTB_TIMEDELTA": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode or not done.stdout.strip():
        raise RuntimeError(f"{variant}: {done.stderr[-2000:]}")
    figures: Figure = json.loads(done.stdout.strip().splitlines()[-1])
    return figures


class Bench:
    """The stores it works on are made once; `folder` is thrown away afterwards."""

    def __init__(self, folder: Path, many: int, turns: int) -> None:
        """`many` is the size of the big store; each of `turns` first steps is another person's."""
        self.folder = folder
        self._few = max(10, turns)
        self._empty = folder / "empty.db"
        self._sizes = {size: folder / f"{size}" / "bot.db" for size in (self._few, 10_000, many)}
        self._many = many
        make_empty(self._empty)

    def prepare(self) -> None:
        """Fill the big stores, and the pickle."""
        for size, path in self._sizes.items():
            path.parent.mkdir()
            shutil.copy(self._empty, path)
            fill(path, size)
        from bench.peers import pickle_of

        (self.folder / "pickle").mkdir()
        pickle_of(self.folder / "pickle" / "people.pickle", 100_000)

    def on_empty(self, variant: str) -> Callable[[int], Figure]:
        """In a folder of its own with an empty store."""
        return lambda round_: self._fresh(variant, self._empty, round_)

    def on_filled(self, variant: str) -> Callable[[int], Figure]:
        """In a folder of its own with 10,000 people in the store."""
        return lambda round_: self._fresh(variant, self._sizes[10_000], round_)

    def _fresh(self, variant: str, store: Path, round_: int) -> Figure:
        with tempfile.TemporaryDirectory(dir=self.folder) as own:
            shutil.copy(store, Path(own) / "bot.db")
            return child(variant, Path(own), round_)

    def first_step(self, size: int) -> Callable[[int], Figure]:
        """On the store itself, read from the disk anew."""

        def run(turn: int) -> Figure:
            path = self._sizes[size]
            forget_pages(path, path.with_name("bot.db-wal"))
            return child("ours, first step", path.parent, turn)

        return run

    def pickle_load(self, round_: int) -> Figure:
        """PTB's start with 100,000 people, read from the disk anew."""
        forget_pages(self.folder / "pickle" / "people.pickle")
        return child("PTB, pickle load", self.folder / "pickle", round_)

    def start(self, size: int) -> Callable[[int], Figure]:
        """The bot's own start."""
        return lambda _round: asyncio.run(starts.bot(self._sizes[size], self.folder))

    def variants(self) -> dict[str, Callable[[int], Figure]]:
        """All that is measured, in the order of a round."""
        same = (MEMORY, PICKLE, MANY, ONE, OWN_MANY, OWN_ONE, *QUEUES, "ours, into the inbox, 64 chats at once")
        return {
            **{name: self.on_empty(name) for name in same},
            PICKLE_10K: self.on_empty(PICKLE_10K),
            f"{ONE}, 10,000 people": self.on_filled(f"{ONE}, 10,000 people"),
            STEP_10: self.first_step(self._few),
            STEP_1M: self.first_step(self._many),
            LOAD: self.pickle_load,
            EMPTY: lambda _round: asyncio.run(starts.interpreter("pass")),
            IMPORT: lambda _round: asyncio.run(starts.interpreter("import telegram.ext")),
            START_10K: self.start(10_000),
            START_1M: self.start(self._many),
        }


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table, its columns of one width."""
    widths = [max(len(row[i]) for row in (head, *rows)) for i in range(len(head))]
    lines = [head, ["-" * width for width in widths], *rows]
    return "\n".join(
        "| " + " | ".join(f"{cell:{width}}" for cell, width in zip(line, widths, strict=True)) + " |" for line in lines
    )


def measured(figures: dict[str, list[Figure]]) -> str:
    """What each variant did."""
    rows = []
    for name, rounds in figures.items():
        for key, (unit, factor) in UNITS.items():
            if key in rounds[0]:
                values = [one[key] * factor for one in rounds]
                rows.append((name, unit, *(f"{value:.4g}" for value in (min(values), median(values), max(values)))))
    return table(("variant", "unit", "min", "median", "max"), rows)


def machine() -> str:
    """What it ran on."""
    cpu = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if "model name" in line
        ),
        platform.processor(),
    )
    return (
        f"{os.cpu_count()} cores of {cpu}, {platform.system()} {platform.release()}, Python {platform.python_version()}"
    )


def main() -> int:
    """Print the tables."""
    arguments = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--many", type=int, default=1_000_000, help="drafts and timers in the big store")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        bench = Bench(Path(folder), given.many, AGAIN * given.rounds)
        bench.prepare()
        figures: dict[str, list[Figure]] = {}
        for round_ in range(given.rounds):
            for name, run in bench.variants().items():
                print(f"round {round_ + 1} of {given.rounds}: {name}", file=sys.stderr)
                for again in range(AGAIN if name in SHORT else 1):
                    figures.setdefault(name, []).append(run(round_ * AGAIN + again))
    print(f"{machine()}; {given.rounds} rounds; load {os.getloadavg()[0]:.1f}\n")
    print(measured(figures) + "\n")
    print(table(("goal", "what", "against", "reached", "goal is", "verdict"), [goal.line(figures) for goal in GOALS]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
