"""Entities: what is bold, a link, a command. Positions here are code points; on the wire, UTF-16 units."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.simulator.cleaning import utf16_length
from bot.simulator.errors import bad_request

PLAIN_FORMATS = ("bold", "italic", "underline", "strikethrough", "spoiler")
CODE_FORMATS = ("code", "pre")
QUOTES = ("blockquote", "expandable_blockquote")
_EXPLICIT = (*PLAIN_FORMATS, *CODE_FORMATS, *QUOTES, "text_link", "text_mention", "custom_emoji", "date_time")
_OUTER_FIRST = {kind: rank for rank, kind in enumerate((*QUOTES, "text_link", "pre", "code"))}
_SYMBOLS = {"bold": "b", "italic": "i", "underline": "u", "strikethrough": "s", "code": "code"}

_COMMAND = re.compile(r"(?<![\w/<>])/([a-zA-Z0-9_]{1,64})(?:@([a-zA-Z0-9_]{3,32}))?(?![\w/<>])")
_MENTION = re.compile(r"(?<![\w@])@[a-zA-Z0-9_]{3,32}(?!\w)")
_HASHTAG = re.compile(r"(?<![\w#])#(?=\w*[^\W\d])\w{1,256}")
_EMAIL = re.compile(r"(?<![\w.@-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_LINK_END = r"\s<>\"«»\u2066-\u2069"
_URL = re.compile(
    rf"(?<![\w@])(?:(?:https?|tg)://|(?:t\.me|www\.[\w-]+\.\w+)(?=[/?\s]|$))[^{_LINK_END}]*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A stretch of a text from code point `start` to before `end`; `extra` holds the kind's own fields."""

    kind: str
    start: int
    end: int
    extra: Mapping[str, Any] = field(default_factory=dict)


def found_entities(text: str) -> list[Entity]:
    """Commands, links, addresses, mentions and hashtags that Telegram marks by itself."""
    found: list[Entity] = []
    for kind, pattern in (
        ("url", _URL),
        ("email", _EMAIL),
        ("bot_command", _COMMAND),
        ("mention", _MENTION),
        ("hashtag", _HASHTAG),
    ):
        for match in pattern.finditer(text):
            start, end = match.span()
            if kind == "url":
                end = start + len(match[0].rstrip(".,:;?!"))
                if text[start:end].endswith("://"):
                    continue
            if not any(start < other.end and other.start < end for other in found):
                found.append(Entity(kind=kind, start=start, end=end))
    return found


def with_found(text: str, explicit: Sequence[Entity]) -> tuple[Entity, ...]:
    """The given entities and those found where no code, link or mention of the sender's is."""
    holders = [entity for entity in explicit if entity.kind not in (*PLAIN_FORMATS, *QUOTES)]
    free = [
        entity
        for entity in found_entities(text)
        if not any(entity.start < holder.end and holder.start < entity.end for holder in holders)
    ]
    return ordered([*explicit, *free])


def ordered(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """In the order Telegram returns them: by start, the longer first. Formats in code are dropped."""
    every = list(entities)
    code = [entity for entity in every if entity.kind in CODE_FORMATS]
    kept = [
        entity
        for entity in every
        if entity in code
        or entity.kind in QUOTES
        or not any(entity.start < block.end and block.start < entity.end for block in code)
    ]
    return tuple(sorted(set_of(kept), key=lambda one: (one.start, -one.end, _OUTER_FIRST.get(one.kind, 9), one.kind)))


def set_of(entities: Iterable[Entity]) -> list[Entity]:
    """Empty ones and repetitions left out; touching ones of one plain format joined."""
    joined: list[Entity] = []
    for entity in sorted(entities, key=lambda one: (one.kind, one.start, one.end)):
        last = joined[-1] if joined else None
        if entity.start >= entity.end:
            continue
        if last and last.kind == entity.kind and entity.kind in PLAIN_FORMATS and entity.start <= last.end:
            joined[-1] = replace(last, end=max(last.end, entity.end))
        elif entity != last:
            joined.append(entity)
    return joined


def to_wire(text: str, entities: Iterable[Entity]) -> list[dict[str, Any]]:
    """Entities as the Bot API writes them, in UTF-16 units."""
    return [
        {
            "type": entity.kind,
            "offset": utf16_length(text[: entity.start]),
            "length": utf16_length(text[entity.start : entity.end]),
            **entity.extra,
        }
        for entity in entities
    ]


def from_wire(text: str, wire: object) -> list[Entity]:
    """Entities of a request. Raises ApiError for what Telegram refuses."""
    if not isinstance(wire, list):
        raise bad_request("can't parse entities: expected an Array of MessageEntity")
    index_of: dict[int, int] = {}
    units = 0
    for index, character in enumerate(text):
        index_of[units] = index
        units += 1 + (character > "\uffff")
    index_of[units] = len(text)
    entities: list[Entity] = []
    for item in wire:
        if not isinstance(item, dict) or not {"type", "offset", "length"} <= item.keys():
            raise bad_request("can't parse entities: can't parse MessageEntity")
        kind, offset, length = item["type"], item["offset"], item["length"]
        if kind not in _EXPLICIT:
            continue  # Telegram finds links and commands by itself and ignores those that are sent
        if offset not in index_of or offset + length not in index_of:
            raise bad_request("can't parse entities: entity bounds are not on a character of the text")
        extra = {key: value for key, value in item.items() if key not in {"type", "offset", "length"}}
        entities.append(Entity(kind=kind, start=index_of[offset], end=index_of[offset + length], extra=extra))
    return entities


def to_html(text: str, wire: Sequence[Mapping[str, Any]]) -> str:
    """The text and its wire entities as HTML of the Bot API's tags; links found are `<a>` as well."""
    pieces: list[str] = []
    open_tags: list[tuple[int, str]] = []
    waiting = list(from_wire_kept(text, wire))
    for index in range(len(text) + 1):
        while open_tags and open_tags[-1][0] <= index:
            pieces.append(open_tags.pop()[1])
        while waiting and waiting[0].start == index:
            entity = waiting.pop(0)
            end = min([entity.end, *(closing for closing, _ in open_tags)])
            opening, closing_tag = _tags(entity, text[entity.start : entity.end])
            pieces.append(opening)
            open_tags.append((end, closing_tag))
            if end < entity.end:
                waiting.append(replace(entity, start=end))
                waiting.sort(key=lambda one: (one.start, -one.end))
        if index < len(text):
            pieces.append(html.escape(text[index], quote=False))
    return "".join(pieces)


def from_wire_kept(text: str, wire: Sequence[Mapping[str, Any]]) -> tuple[Entity, ...]:
    """Wire entities of any kind as Entity, in order; those off a character's bounds are left out."""
    index_of = {utf16_length(text[:index]): index for index in range(len(text) + 1)}
    entities = []
    for item in wire:
        start, end = index_of.get(item["offset"]), index_of.get(item["offset"] + item["length"])
        if start is not None and end is not None:
            extra = {key: value for key, value in item.items() if key not in {"type", "offset", "length"}}
            entities.append(Entity(kind=item["type"], start=start, end=end, extra=extra))
    return ordered(entities)


def _tags(entity: Entity, covered: str) -> tuple[str, str]:
    if symbol := _SYMBOLS.get(entity.kind):
        return f"<{symbol}>", f"</{symbol}>"
    if entity.kind == "spoiler":
        return "<tg-spoiler>", "</tg-spoiler>"
    if entity.kind == "pre":
        return "<pre>", "</pre>"
    if entity.kind in QUOTES:
        return "<blockquote>", "</blockquote>"
    target = {
        "text_link": entity.extra.get("url", ""),
        "url": covered if "://" in covered else f"https://{covered}",
        "email": f"mailto:{covered}",
        "bot_command": f"command:{covered}",
        "text_mention": f"tg://user?id={entity.extra.get('user', {}).get('id', '')}",
    }.get(entity.kind)
    if target is None:
        return "", ""
    return f'<a href="{html.escape(target)}">', "</a>"
