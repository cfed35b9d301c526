"""From typed words to one of many known things, by their names: exactly, inside a sentence, or nearly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.texts import fold_name

SURE = 88  # per cent alike, and so far ahead of the next
AHEAD = 6
LIKELY = 75
MOST = 6
LONGEST = 80  # characters; nobody needs more to name a place, and search is not for essays

_FILLER_WORDS = (
    "the in from i am im at of living live currently based city country republic state kingdom me is my and",
    "انا في من دولة بلد مدينة جمهورية مملكة أعيش مقيم مقيمة حاليا هي بلدي و",
)
_FILLERS = frozenset(fold_name(word) for words in _FILLER_WORDS for word in words.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What was found, best first, at most six. `sure` only where there is one and nothing to ask."""

    found: tuple[str, ...] = ()
    sure: bool = False


NOTHING = Match()


def name_key(text: str) -> str:
    """A name for comparison: folded, without articles."""
    words = (word[2:] if word.startswith("ال") and len(word) > 4 else word for word in fold_name(text).split())
    return " ".join("saint" if word == "st" else word for word in words)


class Names:
    """An index of names. One name may stand for several things (Congo), in the order they are offered."""

    def __init__(self, named: Iterable[tuple[str, str]]) -> None:
        """`named` are (name, thing) pairs."""
        index: dict[str, list[str]] = {}
        for name, thing in named:
            for key in {name_key(name), _without_fillers(name_key(name))} - {""}:
                things = index.setdefault(key, [])
                if thing not in things:
                    things.append(thing)
        self._index: Mapping[str, tuple[str, ...]] = {k: tuple(v) for k, v in index.items()}
        self._longest = max((len(key.split()) for key in self._index), default=0)

    def match(self, text: str) -> Match:
        """The things that the words name. Text of any length; only its first 80 characters are read."""
        key = name_key(text[:LONGEST])
        for exact in (key, _without_fillers(key)):
            if exact in self._index:
                return _of(self._index[exact])
        near = self._near(_without_fillers(key))
        inside = () if near.sure else self._inside(key)
        return Match(found=inside[:MOST]) if inside else near

    def _inside(self, key: str) -> tuple[str, ...]:
        """Names that stand in it as whole words, longest first; a word serves only one of them."""
        words, position = key.split(), 0
        found: list[str] = []
        while position < len(words):
            for length in range(min(self._longest, len(words) - position), 0, -1):
                name = " ".join(words[position : position + length])
                if len(name) > 2 and name in self._index:
                    found.extend(self._index[name])
                    position += length - 1
                    break
            position += 1
        return tuple(dict.fromkeys(found))

    def _near(self, key: str) -> Match:
        if len(key) < 3:
            return NOTHING
        from rapidfuzz import fuzz, process

        near = process.extract(key, list(self._index), scorer=fuzz.ratio, limit=12, score_cutoff=LIKELY)
        best: dict[str, float] = {}
        for name, score, _ in near:
            for thing in self._index[name]:
                best[thing] = max(best.get(thing, 0), score)
        ranked = sorted(best, key=lambda thing: -best[thing])
        if not ranked:
            return NOTHING
        second = best[ranked[1]] if len(ranked) > 1 else 0
        if best[ranked[0]] >= SURE and best[ranked[0]] - second >= AHEAD:
            return _of((ranked[0],))
        return Match(found=tuple(ranked[:MOST]))


def _of(things: tuple[str, ...]) -> Match:
    return Match(found=things[:MOST], sure=len(things) == 1)


def _without_fillers(key: str) -> str:
    return " ".join(word for word in key.split() if word not in _FILLERS and word != "و")
