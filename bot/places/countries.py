"""Which countries there are, in which order they are offered, and which one is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from bot.places.country_aliases import ALIASES
from bot.places.matching import NOTHING, Match, Names
from bot.texts import ARAB_COUNTRIES, ascii_digits, clean, fold_name
from bot.texts.place_names import babel_locale, country_name
from bot.texts.zones import iso_countries, zones_by_country

_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
_A = ord("A") - 0x1F1E6
_ALPHA_2 = re.compile("[A-Za-z]{2}")


@cache
def arab_countries(language: str) -> tuple[str, ...]:
    """The 22 members of the Arab League, in the alphabetical order of the language (the article not counted)."""
    return tuple(sorted(ARAB_COUNTRIES, key=lambda code: _sort_key(country_name(code, language))))


@cache
def all_countries(language: str) -> tuple[str, ...]:
    """Every ISO 3166 country: the Arab ones first, then the rest, each in alphabetical order."""
    rest = (code for code in iso_countries() if code not in ARAB_COUNTRIES)
    return arab_countries(language) + tuple(sorted(rest, key=lambda code: _sort_key(country_name(code, language))))


def match_country(text: str) -> Match:
    """The country meant by a name in any spelling, an adjective, a code, a flag or a city. Codes are ISO 3166.

    A city, or a country named inside a sentence, is offered and not taken.
    """
    text = clean(text)
    flags = {_flag_code(flag) for flag in _FLAG.findall(text)} & set(iso_countries())
    if flags and not fold_name(_FLAG.sub("", text)):
        return Match(found=tuple(sorted(flags)), sure=len(flags) == 1)
    typed = text.strip(" .،,!")
    if _ALPHA_2.fullmatch(typed) and typed.upper() in iso_countries():
        return Match(found=(typed.upper(),), sure=typed.isupper())
    found = _names().match(ascii_digits(text))
    if found.sure or len(found.found) > 1:
        return found
    by_city = _by_city(text)
    if by_city.found and by_city.found != found.found:
        return Match(found=tuple(dict.fromkeys((*found.found, *by_city.found)))[:6])
    return found


@cache
def country_of_zone(zone: str) -> str | None:
    """The country whose zone it is, by zone.tab."""
    return next((code for code, zones in zones_by_country().items() if zone in zones), None)


def _by_city(text: str) -> Match:
    from bot.places.zones import match_city

    city = match_city(text)
    if not city.sure:
        return NOTHING
    codes = tuple(code for zone in city.found if (code := country_of_zone(zone)) is not None)
    return Match(found=codes)


@cache
def _names() -> Names:
    return Names(_named())


def _named() -> Iterator[tuple[str, str]]:
    from babel.core import get_global

    for code in iso_countries():
        for language in ("ar", "en"):
            yield country_name(code, language), code
        for locale in ("ar", "en", "fr"):
            yield str(babel_locale(locale).territories[code]), code
        for alias in ALIASES.get(code, "").split("|"):
            yield alias, code
    for alias, codes in get_global("territory_aliases").items():
        if len(alias) == 3 and alias.isalpha() and len(codes) == 1 and codes[0] in iso_countries():
            yield alias, codes[0]


def _flag_code(flag: str) -> str:
    return "".join(chr(ord(letter) + _A) for letter in flag)


def _sort_key(name: str) -> str:
    folded = fold_name(name)
    return folded[2:] if folded.startswith("ال") else folded
