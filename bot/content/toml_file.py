"""A TOML file that remembers where things stand in it, so that a fault can name a line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.content.faults import FaultList, Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Lines `start` (from 1) to before `end` of a file."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TomlFile:
    """Its name, its lines, and what TOML reads in it."""

    name: str
    lines: Sequence[str]
    data: dict[str, Any]

    @property
    def whole(self) -> Block:
        return Block(start=1, end=len(self.lines) + 1)

    def blocks(self, header: str, within: Block) -> list[Block]:
        """The stretches that begin with `[[header]]`, each up to the next of its kind or the end of `within`."""
        starts = [n for n in range(within.start, within.end) if self._is_header(n, header)]
        ends = [*starts[1:], within.end]
        return [Block(start=start, end=end) for start, end in zip(starts, ends, strict=False)]

    def line_of(self, key: str, within: Block) -> int | None:
        """The first line in `within` that sets `key` (bare, dotted, or as a table); a guess by its look."""
        pattern = re.compile(rf"\s*(?:\[+\s*)?{re.escape(key)}\s*(?:[.=\]])")
        return next((n for n in range(within.start, within.end) if pattern.match(self.lines[n - 1])), None)

    def _is_header(self, line: int, header: str) -> bool:
        return re.match(rf"\s*\[\[\s*{re.escape(header)}\s*\]\]", self.lines[line - 1]) is not None


def read_toml(path: Path, faults: FaultList) -> TomlFile | None:
    """The file, or None after adding the fault that keeps it from being read."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        faults.add(Place(words=""), "is not there", f"put it in {path.parent}")
        return None
    except OSError as error:
        faults.add(Place(words=""), f"can't be read ({error.strerror})", "see that the bot may read it")
        return None
    except UnicodeDecodeError:
        faults.add(Place(words=""), "is not saved as UTF-8", 'save it again with the encoding "UTF-8"')
        return None
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        what, line, column = _syntax(str(error), text)
        place = Place(words=f"column {column}", line=line)
        faults.add(place, f"not TOML: {what}", "look for a missing quote, bracket or = here or just above")
        return None
    return TomlFile(name=path.name, lines=text.split("\n"), data=data)


def _syntax(message: str, text: str) -> tuple[str, int, int]:
    """What tomllib found, and the line and column it names in its message."""
    what = message.partition(" (at ")[0]
    found = re.search(r"line (\d+), column (\d+)\)$", message)
    if found is None:  # it says "end of document"
        lines = text.split("\n")
        return what, len(lines), len(lines[-1]) + 1
    return what, int(found[1]), int(found[2])
