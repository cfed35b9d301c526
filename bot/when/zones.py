"""Convention 13: which clock is read. A place, UTC, GMT or an offset; unclear abbreviations are asked about."""

from __future__ import annotations

import re
from datetime import timedelta, timezone, tzinfo
from functools import lru_cache

from bot.texts import zone_named
from bot.texts.zones import zone_names
from bot.when.items import Found, Item, Items
from bot.when.lexicon import ARTICLE
from bot.when.words.places import AMBIGUOUS_ABBREVIATIONS, OFFSETS, PLACES

OWN = "own"
UNKNOWN = "unknown"
_AFTER_A_CLOCK = frozenset({"half", "time", "hours", "part", "sun", "oclock", "digits", "number", "pair", "clock_time"})
_OFFSET = re.compile(r"(\d{1,2})(?::(\d{2}))?")
_UTC = frozenset({"utc", "gmt", "غرينتش", "جرينتش", "غرينيتش", "جرينيتش", "غرنتش"})
_FARTHEST = 14 * 60  # minutes from Greenwich that a clock may be
_JOINING = frozenset({"in", "filler", "mark"})


def zone_said(items: Items, i: int) -> Found:
    """A rule: «بتوقيت الرياض», "Riyadh time", "UTC+4", "5 pm CST", "8 pm, Dubai"."""
    item = items[i]
    if item.kind == "zone":
        return _iana(item.text), 1
    if item.kind == "own_time" or (item.kind == "by" and items.kind(i + 1) == "own_time"):
        return Item(kind="zone_said", value=OWN), 1 if item.kind == "own_time" else 2
    return _utc(items, i) or _abbreviation(items, i) or _named(items, i) or _bare(items, i)


def zones_of_value(value: str) -> tuple[tzinfo, ...]:
    """The clocks that a zone item's value may mean: one, several to ask about, or none where it is unknown."""
    if value.startswith("+") or value.startswith("-"):
        return (timezone(timedelta(minutes=int(value))),)
    return tuple(zone_named(name) for name in value.split("|") if name in zone_names())


def _iana(text: str) -> Item:
    name = next((name for name in zone_names() if name.casefold() == text), UNKNOWN)
    return Item(kind="zone_said", value=name)


def _utc(items: Items, i: int) -> Found:
    """ "UTC+4", «بتوقيت غرينتش», and "+4" right behind a clock."""
    first = 1 if items.kind(i) == "by" and items.kind(i + 1) == "time_of" else 0
    first += items.kind(i + first) == "time_of"
    if items.at(i + first).text.removeprefix(ARTICLE) not in _UTC:
        value = _offset(items, i) if items.kind(i - 1) in ("half", "time", "clock_time") else None
        return None if value is None else (Item(kind="zone_said", value=value), 2)
    after = i + first + 1
    if items.kind(after) == "time_of":
        return Item(kind="zone_said", value="+0"), first + 2
    value = _offset(items, after)
    return Item(kind="zone_said", value=value or "+0"), first + (1 if value is None else 3)


def _offset(items: Items, i: int) -> str | None:
    """Minutes with their sign, unknown where no clock is that far from Greenwich; None where there is no offset."""
    sign, offset = items.at(i), _OFFSET.fullmatch(items.at(i + 1).text)
    if sign.text not in ("+", "-") or offset is None:
        return None
    minutes = int(offset[1]) * 60 + int(offset[2] or 0)
    return f"{sign.text}{minutes}" if minutes <= _FARTHEST and int(offset[2] or 0) < 60 else UNKNOWN


def _abbreviation(items: Items, i: int) -> Found:
    text = items[i].text
    before = items.kind(i - 1)
    if before not in _AFTER_A_CLOCK and items.kind(i + 1) != "time_of":
        return None
    count = 2 if items.kind(i + 1) == "time_of" else 1
    if text in AMBIGUOUS_ABBREVIATIONS:
        return Item(kind="zone_said", value=AMBIGUOUS_ABBREVIATIONS[text]), count
    if text in OFFSETS and (before in _AFTER_A_CLOCK):
        return Item(kind="zone_said", value=f"{OFFSETS[text]:+d}"), count
    return None


def _named(items: Items, i: int) -> Found:
    first = 1 if items.kind(i) == "by" else 0
    if items.kind(i + first) == "time_of" and not items.at(i + first).text.isascii():
        return _place_at(items, i, first + 1) or (Item(kind="zone_said", value=UNKNOWN), first + 1)
    if items.kind(i) == "time_of" and items.kind(i + 1) in ("in", "of"):
        return _place_at(items, i, 2)
    for count in (3, 2, 1):
        named = items.kind(i + count) == "time_of" and items.at(i + count).text.isascii()
        if named and items.kind(i) in ("word", "sun"):
            zone = zone_of_place(_text(items, i, count))
            if zone:
                return Item(kind="zone_said", value=zone), count + 1
    if items.kind(i) == "word" and items.kind(i + 1) == "time_of" and items.kind(i - 1) in _AFTER_A_CLOCK:
        return Item(kind="zone_said", value=UNKNOWN), 2
    if items.kind(i) == "time_of" and items.at(i + 1).kind == "word" and items.kind(i - 1) in _AFTER_A_CLOCK:
        return _place_at(items, i, 1)
    return None


def _place_at(items: Items, i: int, first: int) -> Found:
    for count in (3, 2, 1):
        if i + first + count <= len(items) and (zone := zone_of_place(_text(items, i + first, count))):
            return Item(kind="zone_said", value=zone), first + count
    return None


def _bare(items: Items, i: int) -> Found:
    """ "8 pm Dubai", "8 pm in Dubai": well-known names only, right after a clock."""
    back = i - 1
    while items.kind(back) in _JOINING:
        back -= 1
    if items.kind(back) not in ("half", "time", "hours", "part", "oclock") or items[i].kind not in ("word", "sun"):
        return None
    for count in (2, 1):
        zone = PLACES.get(_text(items, i, count)) if i + count <= len(items) else None
        if zone and items[i].kind == "word":
            return Item(kind="zone_said", value=zone), count
    return None


def _text(items: Items, first: int, count: int) -> str:
    return " ".join(item.text for item in items[first : first + count])


@lru_cache(maxsize=512)
def zone_of_place(text: str) -> str:
    """The zone of a country or city, several parted by | where they differ, or nothing. `text` is folded."""
    if text in PLACES:
        return PLACES[text]
    if len(text) < 2 or text.isdigit():
        return ""
    from bot.places import match_country, match_zone, zones_of

    city = match_zone(text)
    if city.sure:
        return city.found[0]
    country = match_country(text)
    return "|".join(zones_of(country.found[0])) if country.sure else ""
