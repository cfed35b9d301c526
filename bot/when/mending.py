"""Slips of the keyboard: which word of time was probably meant. Only where one meaning is near, and never for another
word that happens to look alike."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

from bot.when.lexicon import ARTICLE, spoken
from bot.when.words.lookalikes import LOOKALIKES

_SHORTEST, _SHORTEST_ARABIC = 5, 6  # letters of a word that is mended; shorter ones have too many neighbours
_LONG = 7  # from here on two slips are allowed
_KINDS = frozenset(
    {
        *("unit", "dual", "day", "weekday", "part", "month", "before", "after", "event", "tens", "number", "fraction"),
        *("hour_name", "remind", "tonight", "start", "end", "next", "closes", "registration", "weekend", "fortnight"),
        *("oclock", "closing_day"),
    }
)
_COUNTED = frozenset({"number", "tens", "hour_name", "unit", "dual", "clock"})
_FRACTIONS = ("نصف", "ربع", "ثلث", "نص", "تلت")
_BEFORE_FRACTIONS = ("وال", "و", "ب", "ال", "")


@cache
def _candidates() -> Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """By first letter: the words that carry a time, and what each means."""
    found: dict[str, tuple[list[str], list[str]]] = {}
    for word, sense in spoken().single_words():
        if sense.kind in _KINDS and len(word) >= _SHORTEST - 1 and not word.startswith(ARTICLE):
            words, senses = found.setdefault(word[0], ([], []))
            words.append(word)
            senses.append(f"{sense.kind}:{sense.value}")
    return {letter: (tuple(words), tuple(senses)) for letter, (words, senses) in found.items()}


@lru_cache(maxsize=2048)
def likely(word: str) -> str | None:
    """The word of time that `word`, which is none of ours, was probably meant to be."""
    article = ARTICLE if word.startswith(ARTICLE) else ""
    core = word.removeprefix(article)
    if (
        len(core) < (_SHORTEST if core.isascii() else _SHORTEST_ARABIC)
        or not core.isalpha()
        or core in LOOKALIKES
        or core[0] not in _candidates()
    ):
        return None
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    words, senses = _candidates()[core[0]]
    limit = 2 if len(core) >= _LONG and core.isascii() else 1
    near = process.extract(core, words, scorer=OSA.distance, score_cutoff=limit, limit=6)
    if not near:
        return None
    best = near[0][1]
    meanings = {senses[index] for _, slips, index in near if slips == best}
    if len(meanings) > 1 or (best == 2 and len(near[0][0]) < _LONG):
        return None
    return article + str(near[0][0])


def fraction_meant(word: str, before: str, after: str) -> tuple[str, ...] | None:
    """«ونصفف» behind an hour, «بنصق» before «ساعة»: the words it was meant to be. A half that is not understood would
    make a wrong moment, so here short words are mended too."""
    if not (before.isdigit() or spoken().kind_of(before) in _COUNTED or spoken().kind_of(after) == "unit"):
        return None
    from rapidfuzz.distance import OSA

    for prefix in _BEFORE_FRACTIONS:
        core = word.removeprefix(prefix)
        if word.startswith(prefix) and len(core) >= 3:
            meant = [fraction for fraction in _FRACTIONS if OSA.distance(core, fraction) <= 1]
            if len(meant) == 1 or set(meant) == {"نصف", "نص"}:
                particle = prefix.replace(ARTICLE, "")
                return (particle, meant[0]) if particle else (meant[0],)
    return None
