from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.places import (
    all_countries,
    arab_countries,
    country_of_zone,
    match_country,
    match_zone,
    zones_of,
    zones_that_differ,
)
from bot.places.cities import CITIES
from bot.places.country_aliases import ALIASES
from bot.places.matching import Names
from bot.places.zones import is_offset
from bot.texts import texts_for
from bot.texts.zones import iso_countries, zone_names, zones_by_country

EVENT = (datetime(2020, 11, 23, 9, tzinfo=UTC),)


@pytest.mark.parametrize("lang", ["ar", "en"])
@pytest.mark.parametrize("code", iso_countries())
def test_every_country_is_found_by_the_name_we_show(code: str, lang: str) -> None:
    match = match_country(texts_for(lang).country(code))

    assert match.found[0] == code
    assert match.sure or code == "GN"  # there are three Guineas, and "Guinea" asks which


@pytest.mark.parametrize("code", sorted(ALIASES))
def test_every_other_name_finds_its_country(code: str) -> None:
    for alias in ALIASES[code].split("|"):
        assert code in match_country(alias).found, alias


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_the_countries_are_all_there_once_the_arab_ones_first(lang: str) -> None:
    countries = all_countries(lang)

    assert sorted(countries) == sorted(iso_countries())
    assert countries[:22] == arab_countries(lang)


@pytest.mark.parametrize(("zone", "names"), CITIES)
def test_every_city_of_our_table_finds_its_zone(zone: str, names: str) -> None:
    assert zone in zone_names()
    for name in names.split("|"):
        assert zone in match_zone(name).found, name


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_every_zone_is_found_by_the_city_we_show(lang: str) -> None:
    lost = [
        zone
        for zones in zones_by_country().values()
        for zone in zones
        if zone not in match_zone(texts_for(lang).city(zone)).found
    ]
    assert lost == []


def test_every_zone_is_found_by_its_own_name() -> None:
    for zone in (zone for zones in zones_by_country().values() for zone in zones):
        assert match_zone(zone.lower()).found == (zone,)


@pytest.mark.parametrize(
    "text", ["UTC", "gmt", "UTC+3", "GMT -5", "+3", "-03:30", "utc +0200", "EST", "cst", "CEST", "EET", "غرينتش +2"]
)
def test_offsets_and_abbreviations_are_no_zones(text: str) -> None:
    assert is_offset(text)
    assert match_zone(text).found == ()


@pytest.mark.parametrize("text", ["Cairo", "Bern", "Test", "East", "Etc/GMT+3", "3", "Best"])
def test_other_words_are_no_offsets(text: str) -> None:
    assert not is_offset(text)


def test_zones_whose_clocks_agree_are_one() -> None:
    assert zones_that_differ("PS", EVENT) == ("Asia/Gaza",)
    assert zones_that_differ("DE", EVENT) == ("Europe/Berlin",)


def test_zones_that_differ_at_one_of_the_moments_stay_apart() -> None:
    # Arizona keeps its clocks: it agrees with Denver in winter only.
    winter, summer = datetime(2020, 11, 23, tzinfo=UTC), datetime(2020, 7, 1, tzinfo=UTC)

    assert "America/Phoenix" not in zones_that_differ("US", [winter])
    assert "America/Phoenix" in zones_that_differ("US", [winter, summer])


def test_without_moments_no_zones_are_known_to_agree() -> None:
    assert zones_that_differ("PS", ()) == zones_of("PS") == ("Asia/Gaza", "Asia/Hebron")


def test_a_country_without_zones_has_none() -> None:
    assert zones_that_differ("BV", EVENT) == ()
    assert zones_of("XX") == ()


def test_a_zone_belongs_to_its_country() -> None:
    assert country_of_zone("Africa/Cairo") == "EG"
    assert country_of_zone("Etc/UTC") is None


def test_the_zones_are_those_of_the_pinned_data() -> None:
    import zoneinfo

    assert zoneinfo.TZPATH == ()


def test_a_name_of_two_things_is_never_sure() -> None:
    names = Names([("Springfield", "a"), ("springfield", "b"), ("Shelbyville", "c")])

    assert not names.match("Springfield").sure
    assert names.match("Springfield").found == ("a", "b")
    assert names.match("Shelbyvile").sure


@given(st.text(max_size=200))
def test_no_text_breaks_the_search(text: str) -> None:
    for match in (match_country(text), match_zone(text)):
        assert len(match.found) <= 6
        assert len(match.found) == 1 or not match.sure
