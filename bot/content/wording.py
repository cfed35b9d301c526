"""What a text in content must be: in both languages, not empty, legal for Telegram, with known placeholders."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.content.faults import did_you_mean
from bot.content.html import html_faults
from bot.screen import MAX_TEXT

# What the engine fills in from event.toml and the chat; the value stands for its longest likely length.
PLACEHOLDERS = {
    "event_title": 180,
    "event_short": 80,
    "organiser": 80,
    "contact_name": 60,
    "contact_email": 60,
    "homepage": 120,
    "closing": 120,
    "starts": 120,
    "ends": 120,
    "grace": 30,
    "retention": 30,
}
FRAME_ROOM = 600  # progress line, hint and greeting that the engine puts around a question
MAX_QUESTION_TEXT = MAX_TEXT - FRAME_ROOM
MAX_LABEL = 64

_PLACEHOLDER = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}")
_ARABIC = "\u0621-\u064a\u0671-\u06d3"
_REMOVED_BY_TELEGRAM = re.compile("[\u202a-\u202e\u2028\u2029\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What is asked of one text. `limit` in UTF-16 units, after the placeholders are filled."""

    limit: int
    html: bool = False
    placeholders: frozenset[str] = field(default_factory=lambda: frozenset(PLACEHOLDERS))
    needs: frozenset[str] = frozenset()
    prose: bool = True


MESSAGE = Rule(limit=MAX_QUESTION_TEXT, html=True)
LABEL = Rule(limit=MAX_LABEL, placeholders=frozenset(), prose=False)
TITLE = Rule(limit=256, placeholders=frozenset())


def utf16_length(text: str) -> int:
    """As Telegram's clients count."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def filled_length(text: str) -> int:
    """UTF-16 units once the placeholders are filled, tags included (a little too much is the safe side)."""
    return utf16_length(_PLACEHOLDER.sub(lambda m: "x" * PLACEHOLDERS.get(m[1], len(m[0])), text))


def placeholders_in(text: str) -> frozenset[str]:
    return frozenset(_PLACEHOLDER.findall(text))


def text_faults(text: str, language: str, rule: Rule) -> Iterator[tuple[str, str]]:
    """(message, cure) of each fault of one text in one language."""
    if not text.strip():
        yield "is empty", "write it, or take the whole entry out"
        return
    length = filled_length(text)
    if length > rule.limit:
        yield f"is too long: {length} of {rule.limit} characters", f"shorten it by {length - rule.limit}"
    yield from _placeholder_faults(text, rule)
    if rule.html:
        yield from html_faults(text)
    elif re.search(r"[<>]", text):
        yield "has < or > in a text that is shown as it is", "take tags out, and write the sign in words"
    if _REMOVED_BY_TELEGRAM.search(text):
        yield "has an invisible control character that Telegram removes", "type the line again"
    if language == "ar":
        yield from _arabic_faults(text, rule)


def pair_faults(arabic: str, english: str) -> Iterator[tuple[str, str]]:
    """(message, cure) where the two languages of one text disagree."""
    ar, en = placeholders_in(arabic), placeholders_in(english)
    for name in sorted(en - ar):
        yield f"{{{name}}} is in the English and not in the Arabic", "put it in both or in neither"
    for name in sorted(ar - en):
        yield f"{{{name}}} is in the Arabic and not in the English", "put it in both or in neither"


def _placeholder_faults(text: str, rule: Rule) -> Iterator[tuple[str, str]]:
    found = placeholders_in(text)
    for name in sorted(found - rule.placeholders):
        if rule.placeholders:
            yield f"unknown placeholder {{{name}}}", did_you_mean(name, sorted(rule.placeholders))
        else:
            yield f"placeholder {{{name}}} where none is filled in", "write the words themselves"
    for name in sorted(rule.needs - found):
        yield f"lacks the placeholder {{{name}}}", f"say it with {{{name}}}: people must be told"
    if re.search(r"[{}]", _PLACEHOLDER.sub("", text)):
        yield "has a single { or }", "a placeholder is a name in braces, such as {closing}"


def _arabic_faults(text: str, rule: Rule) -> Iterator[tuple[str, str]]:
    bare = re.sub(r"<[^<>]*>", "", text)
    if rule.prose and not re.search(f"[{_ARABIC}]", bare):
        yield "has no Arabic letter", "write the Arabic text here"
        return
    for wrong, right in ((",", "،"), (";", "؛"), ("?", "؟")):
        if re.search(rf"[{_ARABIC}»)\d]\s*{re.escape(wrong)}(?=[\s{_ARABIC}«]|$)", bare):
            yield f'"{wrong}" after an Arabic word', f"use «{right}»"
    if re.search(f'"[^"]*[{_ARABIC}][^"]*"', bare):
        yield "straight quotes around Arabic words", "use «»"
    if re.search(r"[^\S\n]+[،؛؟:.!»]", bare):
        yield "a space before a punctuation mark", "take the space out"
    if re.search(rf"[،؛؟](?=[{_ARABIC}])", bare):
        yield "no space after a punctuation mark", "put a space after it"
    if re.search(rf"[{_ARABIC}]ـ|ـ[{_ARABIC}]", bare):
        yield "a stretched letter (ـ)", "write the word without it"
