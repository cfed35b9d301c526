"""Text made safe to insert: escaped for Telegram's HTML, isolated so that directions do not mix."""

from __future__ import annotations

import re
import unicodedata

FSI, PDI = "\u2068", "\u2069"
_OPENERS = "\u2066\u2067\u2068"
_OTHER_MARKS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2028\u2029\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_ISOLATES = re.compile("[\u2066-\u2069]")
_DISTURBS = {  # bidi classes that, inside a sentence of that language, can move what stands around them
    "ar": frozenset({"L", "EN", "AN"}),
    "en": frozenset({"R", "AL", "AN"}),
}


class Markup(str):
    """Telegram HTML that is already safe: inserted as it is, neither escaped nor isolated again."""

    __slots__ = ()


def escape(text: str) -> Markup:
    """Plain text as Telegram HTML, safe in text and in a quoted attribute."""
    return Markup(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;"))


def isolate(text: str) -> str:
    """The text between FSI and PDI, the marks that survive Telegram's cleaning."""
    return f"{FSI}{text}{PDI}"


def without_marks(text: str) -> str:
    """NFC, without control characters and direction marks; isolates stay only where they are balanced."""
    text = unicodedata.normalize("NFC", _OTHER_MARKS.sub("", text))
    if not _ISOLATES.search(text):
        return text
    depth = 0
    for character in _ISOLATES.findall(text):
        depth += 1 if character in _OPENERS else -1
        if depth < 0:
            break
    return text if depth == 0 else _ISOLATES.sub("", text)


def disturbs(text: str, language: str) -> bool:
    """Whether the text holds letters or numbers that could move a sentence of that language."""
    if language == "en" and text.isascii():
        return False
    classes = _DISTURBS[language]
    return any(unicodedata.bidirectional(character) in classes for character in text)


def inserted(text: str, language: str) -> str:
    """Plain text ready to stand inside a sentence of that language: marks off, isolated where needed."""
    text = without_marks(text)
    return isolate(text) if disturbs(text, language) else text
