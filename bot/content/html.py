"""Whether Telegram accepts a text as HTML, in words an organiser understands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.content.faults import did_you_mean

TAGS = (
    *("b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "a", "code", "pre"),
    *("blockquote", "tg-spoiler", "span", "tg-emoji", "tg-time"),
)
_PIECE = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)([^<>]*)>|([<>])|&(#?\w*;?)")
_ENTITY = re.compile(r"(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);")
_LINK = re.compile(r"""\s+href=(?:"((?:https?|mailto|tg):[^"]+)"|'((?:https?|mailto|tg):[^']+)')\s*""")


def html_faults(text: str) -> Iterator[tuple[str, str]]:
    """(message, cure) of what Telegram refuses or shows as typed."""
    opened: list[str] = []
    for piece in _PIECE.finditer(text):
        closing, tag, attributes, lone, entity = piece.groups()
        if tag is not None:
            yield from _tag_faults(opened, closing == "/", tag.lower(), attributes)
        elif lone is not None:
            name = "&lt;" if lone == "<" else "&gt;"
            yield f"a lone {lone}, which Telegram refuses", f"write {name}"
        elif not _ENTITY.fullmatch(entity or ""):
            yield f"&{entity} is shown as it stands", "write &amp; for the sign &, or type the character itself"
    for tag in reversed(opened):
        yield f"<{tag}> is never closed", f"add </{tag}>"


def _tag_faults(opened: list[str], closing: bool, tag: str, attributes: str) -> Iterator[tuple[str, str]]:
    if tag in ("br", "p", "div", "h1", "h2", "h3", "ul", "li"):
        yield f"Telegram refuses <{tag}>", "start a new line instead"
    elif tag not in TAGS:
        yield f"Telegram refuses <{tag}>", did_you_mean(tag, TAGS)
    elif closing:
        if opened and opened[-1] == tag:
            opened.pop()
        elif tag in opened:
            yield f"</{tag}> comes before </{opened[-1]}>", "close first what was opened last"
            opened.remove(tag)
        else:
            yield f"</{tag}> closes nothing", f"add <{tag}> before it or take it out"
    else:
        if tag == "a" and not _LINK.fullmatch(attributes):
            yield "a link without an address", 'write <a href="https://...">words</a>'
        opened.append(tag)
