"""From what a bot sends to what Telegram keeps: parse, clean, trim, refuse."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from bot.simulator.cleaning import clean_text, is_blank, trim_bounds, utf16_length
from bot.simulator.entities import Entity, from_wire, to_wire, with_found
from bot.simulator.errors import bad_request
from bot.simulator.markup import parse_html

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
ENTITY_LIMIT = 100
_SOURCE_BYTES = 32_768


@dataclass(frozen=True, slots=True, kw_only=True)
class FormattedText:
    """A text as Telegram keeps it; `entities` as on the wire."""

    text: str
    entities: tuple[dict[str, Any], ...] = ()


def formatted_text(
    source: str, *, parse_mode: str, entities: object, limit: int, strict: bool, may_be_empty: bool = False
) -> FormattedText:
    """What a bot's text becomes.

    Strict counts UTF-16 units instead of code points, and refuses more than 100 entities instead of
    dropping them. Raises ApiError in Telegram's words.
    """
    if len(source.encode("utf-8", "surrogatepass")) > _SOURCE_BYTES:
        raise bad_request("text is too long")
    if any("\ud800" <= character <= "\udfff" for character in source):
        raise bad_request("strings must be encoded in UTF-8")
    explicit: list[Entity]
    if parse_mode == "html":
        text, explicit = parse_html(source)
    elif parse_mode:
        raise bad_request("unsupported parse_mode")
    else:
        text, explicit = source, [] if entities is None else from_wire(source, entities)
    if strict and len(explicit) > ENTITY_LIMIT:
        raise bad_request("ENTITIES_TOO_LONG")
    kept = cleaned(text, explicit[:ENTITY_LIMIT])
    if not kept.text and not may_be_empty:
        raise bad_request("text must be non-empty")
    if (utf16_length(kept.text) if strict else len(kept.text)) > limit:
        raise bad_request("message caption is too long" if limit == CAPTION_LIMIT else "message is too long")
    return kept


def cleaned(text: str, explicit: list[Entity]) -> FormattedText:
    """Clean and trim, entities following; what shows nothing becomes the empty text."""
    clean, moved = clean_text(text)
    if is_blank(clean):
        return FormattedText(text="")
    start, end = trim_bounds(clean)
    kept = clean[start:end]
    followed = [
        replace(
            entity,
            start=min(max(moved[entity.start] - start, 0), len(kept)),
            end=min(max(moved[entity.end] - start, 0), len(kept)),
        )
        for entity in explicit
    ]
    visible = [entity for entity in followed if entity.start < entity.end]
    return FormattedText(text=kept, entities=tuple(to_wire(kept, with_found(kept, visible))))


def as_typed(text: str) -> FormattedText:
    """What a person's typed text becomes on its way to the bot."""
    return cleaned(text, [])
