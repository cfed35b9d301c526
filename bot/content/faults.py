"""Faults in content: values with file, place, message and cure, collected and not raised."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing to mend. `line` counts from 1, None where it is not known. All in English, for an organiser."""

    file: str
    place: str
    message: str
    cure: str
    line: int | None = None

    def __str__(self) -> str:
        where = [self.place] if self.place else []
        if self.line is not None:
            where.append(f"(line {self.line})" if self.place else f"line {self.line}")
        return f"{self.file}: {' '.join(where)}{': ' if where else ''}{self.message}; {self.cure}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in a file: words an organiser finds it by, and the line."""

    words: str
    line: int | None = None


class FaultList:
    """The faults of one file, in the order of their lines."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._faults: list[Fault] = []

    def add(self, place: Place, message: str, cure: str) -> None:
        self._faults.append(Fault(file=self._file, place=place.words, message=message, cure=cure, line=place.line))

    def found_below(self, words: str) -> bool:
        """Whether there is a fault at a place whose words begin so."""
        return any(fault.place.startswith(words) for fault in self._faults)

    def sorted(self) -> tuple[Fault, ...]:
        """By line; those without one first."""
        return tuple(sorted(self._faults, key=lambda fault: fault.line or 0))


def did_you_mean(word: object, known: Iterable[str]) -> str:
    """A cure: the known word nearest to `word`, or the list of what is known."""
    import difflib

    words = list(known)
    near = difflib.get_close_matches(str(word), words, n=1, cutoff=0.6)
    if near:
        return f'did you mean "{near[0]}"?'
    return "it can be: " + ", ".join(words)
