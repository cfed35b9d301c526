"""`python -m bench.chaos`: kill -9 at random instants while people register, by polling, then by webhook."""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys
import tempfile
from collections import Counter
from pathlib import Path

from bench.chaos.run import Chaos, Report
from bench.chaos.victim import Mode

SHOWN = 5  # breaches of one promise


def phases_of(mode: str, kills: int) -> list[tuple[Mode, int]]:
    """Half of the kills by each way, or all by one."""
    if mode == "polling":
        return [("polling", kills)]
    if mode == "webhook":
        return [("webhook", kills)]
    return [("polling", kills - kills // 2), ("webhook", kills // 2)]


def show(report: Report) -> None:
    """The table."""
    killed = ", ".join(f"{kills} by {mode}" for mode, kills in report.kills.items())
    print(f"{report.people} people, {sum(report.kills.values())} kills ({killed}), {report.seconds:.0f} s")
    print(f"{report.updates} updates, {report.answers} answers acknowledged, {report.registered} registrations\n")
    width = max(len(promise.name) for promise in report.promises)
    print(f"{'':{width}}  {'breaches':>8}  {'of':>6}")
    for promise in report.promises:
        print(f"{promise.name:{width}}  {len(promise.breaches):8}  {promise.looked_at:6}")
    for promise in report.promises:
        for breach in promise.breaches[:SHOWN]:
            print(f"\n{promise.name}: {breach}")
    faults = Counter(line.partition(": ")[2] for line in report.log_faults)
    for fault, times in faults.most_common(SHOWN):
        print(f"\nin the bot's log, {times} times: {fault}")


def main() -> int:
    """0 where every promise was kept."""
    arguments = argparse.ArgumentParser(prog="python -m bench.chaos", description=__doc__)
    arguments.add_argument("--kills", type=int, default=200)
    arguments.add_argument("--people", type=int, default=50)
    arguments.add_argument("--seed", type=int, default=5)
    arguments.add_argument("--mode", choices=("both", "polling", "webhook"), default="both")
    arguments.add_argument("--keep", type=Path, help="folder for the store and the bot's log (else thrown away)")
    given = arguments.parse_args()
    logging.getLogger("uvicorn.error").addFilter(lambda _record: False)  # a client that dies in mid-call is the point
    with tempfile.TemporaryDirectory(prefix="chaos-") as thrown_away:
        folder = given.keep or Path(thrown_away)
        folder.mkdir(parents=True, exist_ok=True)
        chaos = Chaos(people=given.people, phases=phases_of(given.mode, given.kills), seed=given.seed, folder=folder)
        report = asyncio.run(chaos.run())
    show(report)
    return 0 if report.is_kept else 1


if __name__ == "__main__":
    sys.exit(main())
