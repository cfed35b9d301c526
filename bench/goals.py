"""The goals of docs/performance.md as arithmetic over what was measured."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

Figures = Mapping[str, Sequence[Mapping[str, float]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """`value` is a ratio (or megabytes) of medians; reached where it is `at_least`, or `at_most`, so much. An `aim`
    is what a good day would bring: not reaching it is no miss."""

    number: int
    what: str
    against: str
    value: Callable[[Figures], float]
    at_least: float | None = None
    at_most: float | None = None
    aim: bool = False
    unit: str = "x"

    def is_met(self, figures: Figures) -> bool:
        """Whether it is reached."""
        value = self.value(figures)
        return (self.at_least is None or value >= self.at_least) and (self.at_most is None or value <= self.at_most)

    @property
    def wanted(self) -> str:
        """Such as ">= 3 x"."""
        sign, bound = ("≥", self.at_least) if self.at_least is not None else ("≤", self.at_most)
        return f"{'aim ' if self.aim else ''}{sign} {bound:g} {self.unit}"

    def line(self, figures: Figures) -> tuple[str, ...]:
        """Its row of the table."""
        verdict = "met" if self.is_met(figures) else "not reached" if self.aim else "MISSED"
        return (
            str(self.number),
            self.what,
            self.against,
            f"{self.value(figures):.3g} {self.unit}",
            self.wanted,
            verdict,
        )


def middle(figures: Figures, name: str, key: str) -> float:
    """The median of a variant's rounds."""
    return median(one[key] for one in figures[name])


def ratio(one: str, other: str, key: str = "rate") -> Callable[[Figures], float]:
    """Median over median."""
    return lambda figures: middle(figures, one, key) / middle(figures, other, key)


def _beside_empty(one: str, other: str, key: str) -> Callable[[Figures], float]:
    def value(figures: Figures) -> float:
        empty = middle(figures, EMPTY, key)
        return (middle(figures, one, key) - empty) / (middle(figures, other, key) - empty)

    return value


def _inbox(figures: Figures) -> float:
    best = max(middle(figures, name, "rate") for name in QUEUES)
    return middle(figures, "ours, into the inbox, 64 chats at once", "rate") / best


EMPTY, IMPORT = "an empty interpreter", "import telegram.ext"
START_10K, START_1M = "ours, start with 10,000 timers", "ours, start with 1,000,000 timers"
STEP_10, STEP_1M = "ours, first step, 10 drafts", "ours, first step, 1,000,000 drafts"
LOAD = "PTB, pickle load, 100,000 people"
MEMORY, PICKLE = "PTB, in memory", "PTB, pickle after each update"
PICKLE_10K = f"{PICKLE}, 10,000 people"
QUEUES = ("PTB, update queue, one at a time", "PTB, update queue, 64 at once")
MANY, ONE = "ours, 64 chats at once", "ours, one chat at a time"
OWN_MANY, OWN_ONE = "ours, the event's own form, 64 chats at once", "ours, the event's own form, one chat at a time"

GOALS = (
    Goal(number=1, what=MANY, against=PICKLE, value=ratio(MANY, PICKLE), at_least=3.0),
    Goal(number=1, what=MANY, against=PICKLE, value=ratio(MANY, PICKLE), at_least=5.0, aim=True),
    Goal(number=1, what=MANY, against=MEMORY, value=ratio(MANY, MEMORY), at_least=0.5, aim=True),
    Goal(number=2, what=ONE, against=PICKLE, value=ratio(ONE, PICKLE), at_least=1.2),
    Goal(number=2, what=ONE, against=PICKLE, value=ratio(ONE, PICKLE), at_least=3.0, aim=True),
    Goal(
        number=2,
        what=f"{ONE}, 10,000 people",
        against=PICKLE_10K,
        value=ratio(f"{ONE}, 10,000 people", PICKLE_10K),
        at_least=20.0,
    ),
    Goal(
        number=3,
        what="ours, into the inbox, 64 chats at once",
        against="PTB, update queue",
        value=_inbox,
        at_least=0.75,
    ),
    Goal(number=11, what=STEP_1M, against=STEP_10, value=ratio(STEP_1M, STEP_10, "seconds"), at_most=1.2),
    Goal(number=11, what=STEP_1M, against=LOAD, value=ratio(STEP_1M, LOAD, "seconds"), at_most=0.05),
    Goal(
        number=13,
        what="ours, start to ready",
        against=IMPORT,
        value=_beside_empty(START_10K, IMPORT, "seconds"),
        at_most=3.0,
    ),
    Goal(
        number=14,
        what="ours, memory at start",
        against=IMPORT,
        value=_beside_empty(START_10K, IMPORT, "mb"),
        at_most=3.0,
    ),
    Goal(
        number=14,
        what=START_1M,
        against=START_10K,
        value=lambda figures: middle(figures, START_1M, "mb") - middle(figures, START_10K, "mb"),
        at_most=5.0,
        unit="MB",
    ),
)
