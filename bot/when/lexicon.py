"""The tables of words as one index: from tokens to what they mean, the longest phrase first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from bot.when.likeness import skeleton

Tables = Sequence[Mapping[str, str]]
ARTICLE = "ال"
LATIN_ARTICLES = frozenset({"el", "al", "il", "l"})
_END = ""


@dataclass(frozen=True, slots=True)
class Sense:
    """What a phrase means in the grammar: its kind, and which of that kind."""

    kind: str
    value: str = ""


class Lexicon:
    """An index of phrases. Where tables disagree the earlier one holds."""

    def __init__(self, tables: Tables, *, by_consonants: bool = False) -> None:
        self._by_consonants = by_consonants
        self._index: dict[str, Any] = {}
        self.words: set[str] = set()
        for phrase, sense in _phrases(tables):
            self._add(self.keys_of(phrase.split()), sense)
            if by_consonants:
                self._add(tuple(phrase.split()), sense)

    def keys_of(self, words: Sequence[str]) -> tuple[str, ...]:
        """The words as the index has them: by their consonants for Arabic in Latin letters."""
        return (
            tuple(word if word in LATIN_ARTICLES else skeleton(word) for word in words)
            if self._by_consonants
            else tuple(words)
        )

    def _add(self, words: Sequence[str], sense: Sense) -> None:
        node = self._index
        for word in words:
            self.words.add(word)
            node = node.setdefault(word, {})
        node.setdefault(_END, sense)

    def longest(self, words: Sequence[Sequence[str]], position: int) -> tuple[Sense, int] | None:
        """The longest phrase that begins at `position`, and how many words it has. Each word comes as its readings,
        the likeliest first."""
        best: tuple[Sense, int] | None = None
        stack = [(self._index, position)]
        while stack:
            node, at = stack.pop()
            sense = node.get(_END)
            if sense is not None and (best is None or at - position > best[1]):
                best = (sense, at - position)
            if at < len(words):
                stack.extend((node[word], at + 1) for word in reversed(words[at]) if word in node)
        return best

    def single_words(self) -> Iterable[tuple[str, Sense]]:
        """The phrases of one word, and what they mean."""
        return ((word, node[_END]) for word, node in self._index.items() if _END in node)

    def kind_of(self, word: str) -> str:
        """What kind of thing a word alone is, with or without the article; nothing for a word that is none of ours."""
        for reading in (word, word.removeprefix(ARTICLE)):
            sense = self._index.get(reading, {}).get(_END)
            if isinstance(sense, Sense):
                return sense.kind
        return ""


def _phrases(tables: Tables) -> Iterable[tuple[str, Sense]]:
    for table in tables:
        for name, phrases in table.items():
            kind, _, value = name.partition(":")
            for phrase in phrases.split("|"):
                yield phrase, Sense(kind, value)


@cache
def spoken() -> Lexicon:
    """English, French of the Maghreb's chats, and Arabic in its own letters."""
    from bot.when.words import arabic, egyptian, english, gulf, iraqi, levantine, maghrebi, months, numbers

    return Lexicon(
        (
            english.ENGLISH, numbers.ENGLISH_NUMBERS, months.FRENCH,
            arabic.ARABIC, numbers.ARABIC_NUMBERS, months.GREGORIAN, months.HIJRI,
            egyptian.EGYPTIAN, gulf.GULF, levantine.LEVANTINE, iraqi.IRAQI, maghrebi.MAGHREBI,
        )
    )  # fmt: skip


@cache
def latin_arabic() -> Lexicon:
    """Arabic in Latin letters."""
    from bot.when.words import arabizi

    return Lexicon((arabizi.ARABIZI,), by_consonants=True)
