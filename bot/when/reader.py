"""From tokens to items: phrases looked up, Arabic particles taken off the words they are written to, slips mended."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from bot.when.items import Item, Items
from bot.when.lexicon import ARTICLE, LATIN_ARTICLES, Lexicon, Sense, latin_arabic, spoken
from bot.when.likeness import skeleton
from bot.when.mending import fraction_meant, likely
from bot.when.tokens import Token
from bot.when.words.lookalikes import LOOKALIKES

_MEANINGLESS = frozenset({"word", "filler", "mark", "of"})
_RUN = 4
_ITEMS_AT_MOST = 180
_LOOKED_UP_AT_MOST = 700
MENDED_AT_MOST = 24  # words; in an essay nobody looks for slips

_PARTICLES = (
    ("وبال", ("و", "ب", ARTICLE)),
    ("وال", ("و", ARTICLE)),
    ("بال", ("ب", ARTICLE)),
    ("فال", ("في", ARTICLE)),
    ("عال", ("ع", ARTICLE)),
    ("وع", ("و", "ع")),
    ("هال", ("هذا", ARTICLE)),
    ("كال", ("ك", ARTICLE)),
    ("لل", ("ل", ARTICLE)),
    ("هل", ("هذا", ARTICLE)),
    ("وب", ("و", "ب")),
    ("ول", ("و", "ل")),
    ("تال", ("متاع", ARTICLE)),
    ("و", ("و",)),
    ("ب", ("ب",)),
    ("ف", ("في",)),
    ("ل", ("ل",)),
    ("ع", ("ع",)),
)
_NOT_SPLIT = frozenset(
    {
        "لست",
        "وست",
        "لهم",
        "لكم",
        "وعد",
        "بكم",
        "وحد",
        "لحد",
        "بعض",
        "بعد",
        "بين",
        "فجر",
        "بنت",
        "علي",
        "لو",
        "ولد",
        "فقط",
        "والد",
    }
)
_ARTICLE_MATTERS = frozenset({"الاحد", "الحد", "الخميس", "الجمعه", "السبت"})  # «أحد» is anyone
_ARABIC = re.compile("[\u0600-\u06ff]")
_ARABIZI_SIGN = re.compile(r"[a-z]+[23579][a-z]*|[23579][a-z]{2,}[0-9a-z]*")


def read(tokens: list[Token], language: str) -> Items:
    """The items of a message. `language` tips the balance where Latin letters may be either."""
    arabizi = _is_arabizi(tokens, language)
    words: list[Token] = []
    origin: list[int] = []
    mended = 0
    for index, token in enumerate(tokens):
        parts = [token]
        if token.text == ARTICLE:
            continue
        if token.shape == "word":
            parts = _split(token)
            if len(parts) == 1 and not _known(token.text, arabizi):
                mended += 1
                before, after = (tokens[k].text if 0 <= k < len(tokens) else "" for k in (index - 1, index + 1))
                better = _mended(token.text, before, after) if mended <= MENDED_AT_MOST else None
                if better is not None:
                    parts = [replace(token, text=text) for text in better]
        words.extend(parts)
        origin.extend([index] * len(parts))
    return _look_up(words, origin, arabizi)


def _is_arabizi(tokens: list[Token], language: str) -> bool:
    latin = [t.text for t in tokens if t.shape == "word" and t.text.isascii()]
    if any(_ARABIZI_SIGN.fullmatch(word) and word not in spoken().words for word in latin):
        return True
    strange = [word for word in latin if word not in spoken().words and len(word) > 2]
    certain = sum(word in latin_arabic().words for word in strange)
    hits = sum(_sounds_arabic(word) for word in strange)
    return (certain > 0 and 2 * hits > len(latin)) or (hits > 0 and language == "ar")


def _sounds_arabic(word: str) -> bool:
    """Whether a word in Latin letters has the consonants of an Arabic one; one consonant says nothing."""
    return word in latin_arabic().words or (_has_consonants(word) and skeleton(word) in latin_arabic().words)


def _has_consonants(word: str) -> bool:
    return len(skeleton(word).rstrip("-")) > 1


def _known(word: str, arabizi: bool) -> bool:
    if word in spoken().words or (word.startswith(ARTICLE) and word[2:] in spoken().words):
        return True
    return arabizi and word.isascii() and _sounds_arabic(word)


def _mended(word: str, before: str, after: str) -> tuple[str, ...] | None:
    """The word without stretching, or what it was probably meant to be."""
    single = re.sub(r"(.)\1+", r"\1", word)
    if single != word and word not in LOOKALIKES and _known(single, arabizi=False):
        return (single,)
    fraction = fraction_meant(word, before, after) if _ARABIC.match(word) else None
    meant = likely(word) if fraction is None else None
    return fraction if meant is None else (meant,)


def _split(token: Token) -> list[Token]:
    """«وبالليل» as «و», «ب», «الليل», where the rest is a word of ours and the whole is not."""
    word = token.text
    if not _ARABIC.match(word) or word in _NOT_SPLIT or _known(word, arabizi=False):
        return [token]
    for prefix, particles in _PARTICLES:
        rest = word[len(prefix) :]
        if not word.startswith(prefix) or len(rest) < 2:
            continue
        article = particles[-1] == ARTICLE
        whole = ARTICLE + rest if article else rest
        if _known(whole, arabizi=False):
            front = particles[:-1] if article else particles
            return [*(replace(token, text=p) for p in front), replace(token, text=whole)]
    return [token]


def _look_up(words: list[Token], origin: list[int], arabizi: bool) -> Items:
    plain = [_readings(token) for token in words]
    latin = [_latin_readings(words, i) for i in range(len(words))] if arabizi else []
    items: list[Item] = []
    position = 0
    while position < len(words) and len(items) < _LOOKED_UP_AT_MOST:
        found = _longest(plain, spoken(), position)
        if arabizi:
            other = _longest(latin, latin_arabic(), position)
            if other is not None and (found is None or _outweighs(other, found, words[position].text)):
                found = other
        token = words[position]
        if found is None and arabizi and token.text in LATIN_ARTICLES:
            items.append(
                Item(kind="filler", value="article", text=token.text, start=origin[position], end=origin[position] + 1)
            )
            position += 1
            continue
        count = found[1] if found is not None else 1
        text = token.text if count == 1 else " ".join(w.text for w in words[position : position + count])
        definite = token.text.startswith(ARTICLE) or (len(items) > 0 and items[-1].value == "article")
        built = _item(token, found[0] if found else None)
        items.append(
            replace(built, text=text, definite=definite, start=origin[position], end=origin[position + count - 1] + 1)
        )
        position += count
    return _shortened(items)


def _shortened(items: list[Item]) -> Items:
    """Without the middle of long runs of what means nothing, and without what comes after a few hundred items."""
    out: list[Item] = []
    run = 0
    for item in items:
        run = run + 1 if out and item.kind in _MEANINGLESS and item.kind == out[-1].kind else 0
        if run < _RUN:
            out.append(item)
        else:
            out[-1] = item
    return Items(out[:_ITEMS_AT_MOST])


def _longest(words: list[tuple[str, ...]], lexicon: Lexicon, position: int) -> tuple[Sense, int] | None:
    return lexicon.longest(words, position) if words[position] else None


def _outweighs(arabizi: tuple[Sense, int], english: tuple[Sense, int], first: str) -> bool:
    """In a message in Arabizi its own words hold, unless English has the longer phrase or only fills in."""
    return arabizi[1] > english[1] or (
        arabizi[1] == english[1] and (first in latin_arabic().words or english[0].kind == "filler")
    )


def _readings(token: Token) -> tuple[str, ...]:
    if token.shape == "mark":
        return (token.text,)
    if token.shape == "number":
        return (token.text,)
    if token.shape != "word":
        return ()
    text = token.text
    if text in _ARTICLE_MATTERS:
        return (text,)
    return (text, text[2:]) if text.startswith(ARTICLE) and len(text) > 3 else (text,)


def _latin_readings(words: list[Token], index: int) -> tuple[str, ...]:
    token = words[index]
    if token.shape != "word" or not token.text.isascii():
        return ()
    text = token.text
    if text in LATIN_ARTICLES:
        return (text,)
    readings = [text, skeleton(text)] if _has_consonants(text) else [text]
    for article in ("el", "al", "il"):
        if text.startswith(article) and len(text) > 4:
            readings += [text[2:], skeleton(text[2:])]
    return tuple(dict.fromkeys(readings))


def _item(token: Token, sense: Sense | None) -> Item:
    if sense is not None:
        return Item(kind=sense.kind, value=sense.value, number=_number(sense))
    if token.shape == "number":
        return _numeral(token.text)
    if token.shape in ("mark", "word"):
        return Item(kind=token.shape)
    return Item(kind=token.shape, value=token.text)


def _number(sense: Sense) -> Fraction | None:
    if sense.kind in ("number", "tens", "fraction", "hour_name", "ordinal", "weak_ordinal", "ordinal_tail"):
        return Fraction(sense.value)
    return None


def _numeral(text: str) -> Item:
    """A number in digits: 1,000 is a thousand, 2.5 and 2,5 two and a half. Nine digits are no number."""
    plain = text.replace(",", "") if re.fullmatch(r"\d{1,3}(?:,\d{3})+", text) else text.replace(",", ".")
    if plain.count(".") > 1 or len(plain) > 9:
        return Item(kind="word")
    return Item(kind="digits", value=text, number=Fraction(plain))
