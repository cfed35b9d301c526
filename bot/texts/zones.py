"""Zones as pinned: importing this module makes `zoneinfo` read the tzdata package only.

The machine's own zone files may be older than the rules we promise by (see docs on time), so they are not
consulted, and every zone in the program comes through `zone_named`.
"""

from __future__ import annotations

import zoneinfo
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo

zoneinfo.reset_tzpath(to=[])


class UnknownZone(ValueError):
    """No zone of that name in the pinned tzdata."""


@cache
def zone_named(name: str) -> ZoneInfo:
    """The zone of that IANA name. Raises UnknownZone."""
    if name not in zone_names():
        raise UnknownZone(name)
    return ZoneInfo(name)


@cache
def zone_names() -> frozenset[str]:
    """Every name that tzdata knows, old spellings included."""
    return frozenset(_data("zones").split())


@cache
def zones_by_country() -> dict[str, tuple[str, ...]]:
    """{ISO code: zones} from zone.tab, whose first zone of a country is usually the capital's."""
    found: dict[str, list[str]] = {}
    for line in _data("zoneinfo", "zone.tab").splitlines():
        if line and not line.startswith("#"):
            country, _, zone = line.split("\t")[:3]
            found.setdefault(country, []).append(zone)
    return {country: tuple(zones) for country, zones in found.items()}


@cache
def iso_countries() -> tuple[str, ...]:
    """The ISO 3166 alpha-2 codes, in alphabetical order."""
    lines = _data("zoneinfo", "iso3166.tab").splitlines()
    return tuple(sorted(line.split("\t")[0] for line in lines if line and not line.startswith("#")))


def _data(*path: str) -> str:
    return resources.files("tzdata").joinpath(*path).read_text(encoding="utf-8")
