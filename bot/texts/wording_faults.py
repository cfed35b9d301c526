"""What is wrong with one text of a catalogue: its markup, placeholders, length, and Arabic punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import Formatter

from bot.content.html import html_faults
from bot.screen import MAX_TEXT

_ARABIC = "\u0620-\u064a\u066e-\u06d3"
_LATIN_WORD = re.compile(r"[/+@#.]?[A-Za-z][A-Za-z0-9]*(?:[-./@_'’+][A-Za-z0-9]+)*[/+:.,;!?،؛؟%-]*")
_ISOLATED = re.compile("[\u2066-\u2068][^\u2066-\u2069]*\u2069")
_PLACEHOLDER = re.compile(r"\{[a-z0-9_]*\}")
_TAG = re.compile(r"<[^<>]*>")
_LETTER = "\u0646"  # stands for what is isolated: an Arabic letter, as far as its surroundings can tell
_REMOVED = re.compile("[\u202a-\u202e\u2028\u2029\x00-\x08\x0b-\x1f\x7f]")


def placeholders_of(text: str) -> frozenset[str] | None:
    """The names in braces; None where the braces are not in order."""
    try:
        fields = [(name, spec, conversion) for _, name, spec, conversion in Formatter().parse(text)]
    except ValueError:
        return None
    names = [name for name, _, _ in fields if name is not None]
    if any(spec or conversion for _, spec, conversion in fields) or not all(name.isidentifier() for name in names):
        return None
    return frozenset(names)


def text_faults(text: str, language: str, *, html: bool) -> Iterator[str]:
    """Each fault with its cure, one sentence."""
    if placeholders_of(text) is None:
        yield "a brace that is no placeholder; write {name}, or {{ and }} for the signs"
    length = len(text.encode("utf-16-le")) // 2
    if length > MAX_TEXT:
        yield f"{length} UTF-16 units, where Telegram takes {MAX_TEXT}; shorten it"
    if html:
        for message, cure in html_faults(text):
            yield f"{message}; {cure}"
    elif re.search(r"<[a-z/]|&\w+;", text):
        yield "markup in a text that is shown as it is (a button); take it out"
    if _REMOVED.search(text):
        yield "a character that Telegram removes; type the line again"
    if not _balanced(text):
        yield "an isolate that is not closed, or closed twice; pair U+2068 with U+2069"
    if language == "ar":
        yield from _arabic_faults(_TAG.sub("", text))


def _arabic_faults(text: str) -> Iterator[str]:
    if re.search(r"https?://[^\s<>\u2066-\u2069]*[،؛؟]", text):
        yield "Arabic punctuation joins the link before it; put a space or U+2069 between"
    bare = _PLACEHOLDER.sub(_LETTER, _ISOLATED.sub(_LETTER, text))
    if re.search(rf"[{_ARABIC}\u064b-\u0652»)]\s*[,;?]", bare):
        yield "a Latin , ; or ? after Arabic; use ، ؛ ؟"
    if '"' in bare:
        yield "straight quotes; use « »"
    if re.search(r"[^\S\n]+[،؛؟:.!»]", bare):
        yield "a space before a punctuation mark; take it out"
    for match in _LATIN_WORD.finditer(bare):
        word = match.group()
        if not (word[0].isalnum() and word[-1].isalnum()):
            yield f'"{word}" beside punctuation without an isolate; put U+2068 before and U+2069 after the Latin part'
    for line in bare.splitlines():
        first = next((c for c in line if re.match(rf"[A-Za-z{_ARABIC}]", c)), None)
        if first is not None and first.isascii() and re.search(f"[{_ARABIC}]", line):
            yield "a line that begins with Latin letters runs left to right; isolate them or begin in Arabic"


def _balanced(text: str) -> bool:
    depth = 0
    for character in text:
        depth += (character in "\u2066\u2067\u2068") - (character == "\u2069")
        if depth < 0:
            return False
    return depth == 0
