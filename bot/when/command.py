"""`python bot.py when`: the time understood, for a text or for each row of a file."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.content import load
from bot.settings import Refusal, Settings
from bot.texts import UnknownZone, zone_named
from bot.when.outcome import Ambiguous, Moment, Outcome, Past
from bot.when.understanding import Explanation, explain

COLUMNS = ("now", "tz", "text")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One text, and for whom: `now` is aware, in `zone`."""

    text: str
    language: str
    now: datetime
    zone: str


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print what is understood, in order. Raises Refusal before the first line if a row can't be asked about."""
    asked = list(_asked(arguments))
    loaded = load(settings.content_dir)
    if loaded.content is None:
        raise Refusal("\n".join(str(fault) for fault in loaded.faults))
    for one in asked:
        found = explain(one.text, language=one.language, now=one.now, zone=one.zone, event=loaded.content.event)
        sys.stdout.write((as_json(found.outcome) if arguments.json else as_line(found.outcome)) + "\n")
        if arguments.explain:
            sys.stdout.writelines(f"  {line}\n" for line in explained(found))
    return 0


def as_json(outcome: Outcome) -> str:
    """The outcome as the contract has it: kind, at, candidates."""
    kind, at, candidates = _parts(outcome)
    return json.dumps({"kind": kind, "at": at, "candidates": candidates})


def as_line(outcome: Outcome) -> str:
    """The outcome in one line for people."""
    kind, at, candidates = _parts(outcome)
    words = [kind, *([at] if at else [])]
    if isinstance(outcome, Moment) and outcome.clock_change:
        words.append(f"({outcome.clock_change} by a clock change)")
    if isinstance(outcome, Ambiguous):
        words.append(f"({outcome.reason})")
    return " ".join([*words, *candidates])


def explained(found: Explanation) -> Iterator[str]:
    """How it was understood, a line each: the items with what they were taken for, then the conventions."""
    for item in found.items:
        words = " ".join(token.text for token in found.tokens[item.start : item.end])
        meaning = item.kind + (f" {item.value}" if item.value else "")
        yield f"{words}: {meaning}" + (f" {item.payload.shown}" if item.payload is not None else "")
    yield "conventions: " + ("; ".join(found.rules) or "none")


def _parts(outcome: Outcome) -> tuple[str, str | None, list[str]]:
    if isinstance(outcome, Moment):
        return "moment", outcome.at.isoformat(), []
    if isinstance(outcome, Ambiguous):
        return "ambiguous", None, [at.isoformat() for at in outcome.candidates]
    return ("past" if isinstance(outcome, Past) else "none"), None, []


def _asked(arguments: argparse.Namespace) -> Iterator[Asked]:
    if arguments.file is not None:
        yield from _rows(Path(arguments.file), arguments.lang)
    elif arguments.text is None or arguments.now is None or arguments.tz is None:
        raise Refusal("when: give --now, --tz and TEXT, or --file F.tsv")
    else:
        yield _one("when", arguments.text, arguments.now, arguments.tz, arguments.lang)


def _rows(path: Path, language: str) -> Iterator[Asked]:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as e:
        raise Refusal(f"when: {path} can't be read: {e}") from e
    reader = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
    if missing:
        raise Refusal(f"when: {path} has no column {', '.join(missing)}; its first line names the columns")
    for number, row in enumerate(reader, start=2):
        where = f"{path} line {number}"
        yield _one(where, row["text"] or "", row["now"] or "", row["tz"] or "", row.get("lang") or language)


def _one(where: str, text: str, now: str, zone: str, language: str) -> Asked:
    try:
        clock = zone_named(zone)
    except UnknownZone as e:
        raise Refusal(f"{where}: no zone {zone!r} in tzdata; write one as Africa/Cairo") from e
    try:
        moment = datetime.fromisoformat(now)
    except ValueError as e:
        raise Refusal(f"{where}: {now!r} is no moment; write one as 2020-11-09T09:00") from e
    return Asked(text=text, language=language, now=moment if moment.tzinfo else moment.replace(tzinfo=clock), zone=zone)
