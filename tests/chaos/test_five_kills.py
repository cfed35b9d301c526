"""The real bot as a process, killed five times while six people register: nothing lost, nothing doubled."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.chaos.run import Chaos, Report


def said(report: Report) -> str:
    broken = [f"{promise.name}: {breach}" for promise in report.promises for breach in promise.breaches]
    return "\n".join([*broken, *report.log_faults])


@pytest.mark.slow
async def test_five_kills_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    phases = [("polling", 3), ("webhook", 2)]
    chaos = Chaos(people=6, phases=phases, seed=11, folder=tmp_path, think_s=0.05, patience_s=60.0)
    report = await chaos.run()
    assert report.is_kept, said(report)
    assert len(chaos.deaths) == 5
    assert report.answers >= 20, "too little happened for the kills to matter"
