"""What Telegram removes, replaces and keeps in texts and in names.

Texts are `str`; where a character goes is told as well, so that entities can follow.
"""

from __future__ import annotations

from itertools import pairwise

_REMOVED = frozenset({0x0D, 0x030A, 0x0333, 0x033F, *range(0x2028, 0x202F)})
_DIRECTION_MARKS = "\u200e\u200f"
_ZERO_WIDTH_NON_JOINER = "\u200c"
_NAME_SPACES = frozenset({0x00A0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x2800, 0x3000, 0xFFFC})
_INVISIBLE = frozenset({0x061C, 0x034F, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A)})


def utf16_length(text: str) -> int:
    """Length in UTF-16 units, the only unit of entity offsets."""
    return len(text) + sum(character > "\uffff" for character in text)


def clean_text(text: str) -> tuple[str, list[int]]:
    """Clean a text, caption or button.

    Returns the text and, for each index of the old text and its end, the index in the new one.
    """
    kept: list[str] = []
    moved: list[int] = []
    for character in text:
        moved.append(len(kept))
        code = ord(character)
        if code in _REMOVED:
            continue
        kept.append(" " if code < 32 and character != "\n" else character)
    moved.append(len(kept))
    for index, (mark, following) in enumerate(pairwise(kept)):
        if mark in _DIRECTION_MARKS and following in _DIRECTION_MARKS:
            kept[index] = _ZERO_WIDTH_NON_JOINER
    return "".join(kept), moved


def clean_name(name: str, limit: int) -> str:
    """Clean a name or title: every space becomes one kind, the ends are trimmed, cut at `limit` code points."""
    spaced = "".join(" " if ord(character) in _NAME_SPACES else character for character in name)
    trimmed = " ".join(spaced.replace("\n", " ").split(" ")).strip(" \t\r\n\x00\x0b")
    cut = trimmed[:limit].strip(" ")
    return "" if is_blank(cut) else cut


def trim_bounds(text: str) -> tuple[int, int]:
    """Where the text begins and ends once spaces and newlines, and only these, are trimmed."""
    start, end = 0, len(text)
    while start < end and text[start] in " \n":
        start += 1
    while end > start and text[end - 1] in " \n":
        end -= 1
    return start, end


def is_blank(text: str) -> bool:
    """True if nothing can be seen: spaces of any kind, direction marks, isolates, zero widths."""
    return all(
        character in " \n" or ord(character) in _NAME_SPACES or ord(character) in _INVISIBLE for character in text
    )
