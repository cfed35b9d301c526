"""What comes in: text as typed made plain, and forms of it for comparison."""

from __future__ import annotations

import re
import unicodedata

# Nothing that a person means to say: controls, direction marks, invisible fillers, halves of characters, and
# the three combining marks that Telegram itself takes out of every message.
_DROPPED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u030a\u0333\u033f\u034f\u061c\u115f\u1160\u17b4\u17b5"
    "\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\uffff\ud800-\udfff]"
)
_LINE_ENDS = re.compile("\r\n?|[\x85\u2028\u2029]")
_SPACES = re.compile("[\t \u00a0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000]+")
_JOINERS = re.compile("[\u200c\u200d]+")
_MARK_LIMIT = 4  # more combining marks on one letter are decoration ("Zalgo"), no script needs them
_TATWEEL = "\u0640"

_LETTERS_FOLDED = str.maketrans(
    {
        "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ة": "ه", "ۀ": "ه", "ە": "ه", "ہ": "ه", "ھ": "ه",
        "ک": "ك", "ڪ": "ك", "گ": "ك", "ڨ": "ق", "ڤ": "ف", "پ": "ب", "چ": "ج", "ء": "", _TATWEEL: "",
        "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h",
        "’": "", "'": "", "ʼ": "", "‘": "", "`": "", "´": "", "ʻ": "", "ʾ": "", "ʿ": "",
    }
)  # fmt: skip
_SEPARATORS = {"٫": ".", "٬": ",", "٪": "%", "＋": "+", "﹢": "+", "．": ".", "，": ","}


def clean(text: str) -> str:
    """What was typed, NFC, without what cannot be seen; lines trimmed, spaces and empty lines collapsed.

    Joiners stay where they shape a word or an emoji: between two letters of a script that uses them, or
    (U+200D) after an emoji. At most four combining marks stay on one letter.
    """
    text = _LINE_ENDS.sub("\n", text)
    text = _SPACES.sub(" ", _DROPPED.sub("", text))
    if not text.isascii():
        text = _JOINERS.sub(_joiner_kept, text)
        # Taking a mark out can let its neighbours compose, and composing can free a mark that is to go.
        text = unicodedata.normalize("NFC", text)
        text = unicodedata.normalize("NFC", _few_marks(text))
    lines = [line.strip() for line in text.split("\n")]
    return re.sub("\n{3,}", "\n\n", "\n".join(lines)).strip()


def one_line(text: str) -> str:
    """`clean`, on one line."""
    return " ".join(clean(text).split())


def ascii_digits(text: str) -> str:
    """Digits of every script as 0-9, and the Arabic separators as . and , (the rest untouched)."""
    if text.isascii():
        return text
    return "".join(_ascii_digit(character) for character in text)


def unstretch(text: str) -> str:
    """Without the stroke (tatweel) that stretches Arabic words."""
    return text.replace(_TATWEEL, "")


def fold_name(text: str) -> str:
    """For comparison and search only: case, accents, vowel marks, hamza seats, alef, ya and ta marbuta
    forms, digits and punctuation made equal; words parted by one space."""
    text = unicodedata.normalize("NFKD", clean(text)).casefold()
    text = unicodedata.normalize("NFKD", ascii_digits(text))
    text = "".join(c for c in text if unicodedata.category(c) not in {"Mn", "Me", "Cf"})
    text = unicodedata.normalize("NFKC", text.translate(_LETTERS_FOLDED))
    return " ".join("".join(c if c.isalnum() or c == "+" else " " for c in text).split())


def _ascii_digit(character: str) -> str:
    if character in _SEPARATORS:
        return _SEPARATORS[character]
    value = unicodedata.decimal(character, None)
    return character if value is None else str(value)


def _joiner_kept(match: re.Match[str]) -> str:
    text, joiner = match.string, match.group()[0]
    before = text[match.start() - 1 : match.start()]
    after = text[match.end() : match.end() + 1]
    if not before or not after:
        return ""
    if _uses_joiners(before) and _uses_joiners(after):
        return joiner
    if joiner == "\u200d" and (_is_pictogram(before) or before == "\ufe0f") and _is_pictogram(after):
        return joiner
    return ""


def _uses_joiners(character: str) -> bool:
    return ord(character) >= 0x0600 and unicodedata.category(character) in {"Lo", "Mn", "Mc"}


def _is_pictogram(character: str) -> bool:
    return ord(character) >= 0x2190 and unicodedata.category(character) in {"So", "Sk"}


def _few_marks(text: str) -> str:
    kept: list[str] = []
    run = 0
    for character in text:
        run = run + 1 if unicodedata.category(character) in {"Mn", "Me"} else 0
        if run <= _MARK_LIMIT and character not in "\u030a\u0333\u033f":
            kept.append(character)
    return "".join(kept)
