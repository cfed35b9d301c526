"""Which zones a country has, which of them differ, and which one is meant by a typed city or zone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cache

from bot.places.cities import CITIES
from bot.places.matching import NOTHING, Match, Names
from bot.texts import clean, zone_named
from bot.texts.place_names import city_name
from bot.texts.zones import zone_names, zones_by_country

_ABBREVIATIONS = (
    "utc|gmt|z|est|edt|cst|cdt|mst|mdt|pst|pdt|ast|adt|akst|akdt|hst|nst|ndt|brt|art|bst|ist|wet|cet|cest|eet|eest"
    "|msk|trt|gst|irst|pkt|sst|sgt|hkt|jst|kst|wib|aest|aedt|acst|awst|nzst|nzdt|wat|cat|eat|sast|غرينتش|جرينتش"
)
_OFFSET = r"[+\-−–]\s*\d{1,2}(?::?\d\d)?"
_OFFSET_OR_ABBREVIATION = re.compile(rf"(?:{_ABBREVIATIONS})?\s*{_OFFSET}|(?:{_ABBREVIATIONS})", re.IGNORECASE)


_WELL_KNOWN = frozenset(zone for zone, _ in CITIES)


def zones_of(country: str) -> tuple[str, ...]:
    """The country's zones by tzdata's zone.tab; none for a code it does not know."""
    return zones_by_country().get(country, ())


def zones_that_differ(country: str, moments: Sequence[datetime]) -> tuple[str, ...]:
    """One zone, of a well-known city if there is one, for each group whose clocks agree at these instants (aware).

    One zone: nothing to ask. Without instants nothing is known to agree, and all zones come back.
    """
    zones = zones_of(country)
    if not moments:
        return zones
    groups: dict[tuple[object, ...], list[str]] = {}
    for zone in zones:
        clocks = tuple(moment.astimezone(zone_named(zone)).utcoffset() for moment in moments)
        groups.setdefault(clocks, []).append(zone)
    return tuple(next((zone for zone in group if zone in _WELL_KNOWN), group[0]) for group in groups.values())


def is_offset(text: str) -> bool:
    """Whether it is "UTC+3", "GMT", "EST" or the like: no zone, for it says nothing of clock changes."""
    return _OFFSET_OR_ABBREVIATION.fullmatch(clean(text).strip(" ()")) is not None


def match_city(text: str) -> Match:
    """The zone of a city named in either language."""
    return _cities().match(text)


def match_zone(text: str) -> Match:
    """The zone meant by an IANA name or a city; NOTHING for offsets and abbreviations (see `is_offset`)."""
    text = clean(text)
    if is_offset(text):
        return NOTHING
    name = _iana().get(text.replace(" ", "_").casefold())
    if name is not None:
        return Match(found=(name,), sure=True)
    return match_city(text)


@cache
def _iana() -> dict[str, str]:
    places = (name for name in zone_names() if "/" in name and not name.startswith("Etc/"))
    return {name.casefold(): name for name in places}


@cache
def _cities() -> Names:
    return Names(_named())


def _named() -> Iterator[tuple[str, str]]:
    for zone, names in CITIES:
        for name in names.split("|"):
            yield name, zone
    for zones in zones_by_country().values():
        for zone in zones:
            for language in ("ar", "en"):
                yield city_name(zone, language), zone
            yield zone.rsplit("/", 1)[-1].replace("_", " "), zone
